"""The shipped cut-out network: a photo, and perhaps a box and clicks, come in; ranked hypotheses go out."""
