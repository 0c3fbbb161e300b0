"""HTML of our own: small pieces with everything from outside escaped."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import gradio as gr

from ecomgen.web import locale

if TYPE_CHECKING:
    from ecomgen.web.jobs.scheduler import View

ASSETS = Path(__file__).parent / "assets"


def esc(text: object) -> str:
    """Text from outside, safe inside an element or a quoted attribute."""
    return html.escape(str(text), quote=True)


def badge(text: str, tone: str = "plain", title: str = "") -> str:
    """A small label; `tone` is ok, warn, fail, accent or plain."""
    hover = f' title="{esc(title)}"' if title else ""
    return f'<span class="badge {tone}"{hover}>{esc(text)}</span>'


def meter(share: float) -> str:
    """A bar for a share from 0 to 1, after the `dd` that tells it."""
    return f'<dd class="meter" aria-hidden="true"><b style="width:{share * 100:.0f}%"></b></dd>'


def counted(view: View, doing: str, done: int, total: int, pace: str = "") -> str:
    """How far a job of many parts is, and at which `pace`, or how many wait before it."""
    line = locale.WAITING.format(ahead=view.ahead) if view.started is None and view.ahead else doing
    share = 100 * done / max(1, total)
    figures = " · ".join(filter(None, (f"{done} / {total}", pace)))
    return (
        f'<div class="progress" role="status"><div class="progress-line"><strong>{esc(line)}</strong>'
        f'<span class="hint">{esc(figures)}</span></div><div class="bar" role="progressbar" aria-valuemin="0" '
        f'aria-label="{esc(line)}" '
        f'aria-valuemax="100" aria-valuenow="{share:.0f}"><i style="width:{share:.1f}%"></i></div></div>'
    )


def time_left(seconds: float) -> str:
    """How long something will take still."""
    left = max(1.0, seconds)
    return locale.SECONDS_LEFT.format(seconds=f"{left:.0f} s" if left < 90 else f"{left / 60:.0f} min")


def message(text: str, tone: str = "warn") -> str:
    """One sentence in a quiet box."""
    return f'<p class="message {tone}" role="status">{esc(text)}</p>'


def heading(number: int, title: str, hint: str) -> str:
    """A step's head: its number, its name, one sentence."""
    return (
        f'<div class="step"><span class="step-number" aria-hidden="true">{number}</span>'
        f'<div><h2>{esc(title)}</h2><p class="hint">{esc(hint)}</p></div></div>'
    )


def file_url(path: Path) -> str:
    """Where the app serves a file of the runs folder."""
    return f"gradio_api/file={quote(str(path))}"


def live(value: str, *events: str, script: str = "", **options: Any) -> Any:
    """HTML whose elements with `data-trigger="EVENT" data-value="…"` raise these events with `evt.value`.

    `script` is a further file of the assets, which may call `trigger`.
    """
    code = (ASSETS / "live.js").read_text("utf-8").replace("__EVENTS__", json.dumps(events))
    if script:
        code += (ASSETS / script).read_text("utf-8")
    return gr.HTML(value, js_on_load=code, apply_default_css=False, **options)
