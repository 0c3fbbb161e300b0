"""Files that are made when somebody asks for them: where they lie, and how the browser comes to save them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import gradio as gr

from ecomgen.web.events import PRIVATE


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
