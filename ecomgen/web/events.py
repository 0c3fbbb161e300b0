"""How events of the screen are connected: nothing of them is part of the public API, nothing covers what is shown.

And how a file that an event makes comes to be saved.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import gradio as gr

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
SWIFT: dict[str, Any] = PRIVATE | {"queue": False}  # answered at once, also while others wait


def scroll_to(place: str) -> str:
    """A script for an event: where the page is one column, bring `place` into view; beside others, show its top."""
    return (
        f"() => {{ const place = document.querySelector('{place}');"
        " if (innerWidth < 1000) place.scrollIntoView({behavior: 'smooth'}); else place.scrollTop = 0; }"
    )


def upload_folder() -> Path:
    """Where gradio keeps what comes in and goes out; cleaned by age."""
    folder = Path(os.environ["GRADIO_TEMP_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fresh_folder(kind: str) -> Path:
    """A folder of its own for one download."""
    return Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=upload_folder()))


def hidden_button(name: str) -> gr.DownloadButton:
    """Holds the file that was made; `then_saved` presses it."""
    return gr.DownloadButton("zip", visible="hidden", elem_id=name)


def then_saved(event: Any, name: str) -> Any:
    """Once the file is there, the browser saves it."""
    return event.success(None, None, None, js=f"() => document.querySelector('#{name}').click()", **PRIVATE)
