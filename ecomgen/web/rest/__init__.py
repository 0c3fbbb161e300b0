"""The app for programs: REST under /v1, remove.bg's endpoint, health and metrics, in the queue of the screen."""
