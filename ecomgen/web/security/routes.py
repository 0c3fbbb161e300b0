"""Which of Gradio's routes the app has a use for; all others are closed, also those that a newer Gradio may add."""

from __future__ import annotations

import re

FILES = re.compile(r"/gradio_api/file[=/](.*)", re.DOTALL)  # the only routes that serve a file by its path
PAGE = ("/?", "/config/?", "/theme\\.css", "/favicon\\.ico", "/robots\\.txt", "/manifest\\.json", "/pwa_icon(/\\d+)?")
PARTS = ("/assets/.+", "/static/.+", "/svelte/.+")
LOGIN = ("/login/?", "/logout")
API = (
    *("info/?", "openapi\\.json", "theme\\.css", "app_id/?", "user/?", "login_check/?", "startup-events"),
    *("upload", "upload_progress", "component_server/?", "custom_component/.+"),
    *("queue/join/?", "queue/data", "queue/status", "heartbeat/[^/]+", "cancel", "reset/?"),
    *("(call|call/v2|run|api)/[^/]+/?", "call/(v2/)?[^/]+/[^/]+"),
)
OPEN = re.compile("|".join((*PAGE, *PARTS, *LOGIN, FILES.pattern, *(f"/gradio_api/{one}" for one in API))), re.DOTALL)
WEB = re.compile(r"\s*\w+:/{1,2}")  # an address that Gradio would fetch for whoever asks


def is_open(path: str) -> bool:
    """Whether the app has something to say at a path (decoded, below the root path)."""
    asked = requested_file(path)
    return OPEN.fullmatch(path) is not None and "\0" not in path and not (asked and WEB.match(asked))


def requested_file(path: str) -> str:
    """The file that is asked for by its path; nothing where none is."""
    found = FILES.fullmatch(path)
    return found[1] if found else ""
