"""One package, so that the app and the browser end with its last test, and cost those that follow nothing."""
