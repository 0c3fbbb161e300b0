"""The first tab: photos and a form come in, a request goes to the scheduler, ranked pictures come out."""
