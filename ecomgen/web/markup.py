"""HTML of our own: small pieces with everything from outside escaped."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import gradio as gr

from ecomgen.web import locale

ASSETS = Path(__file__).parent / "assets"


def esc(text: object) -> str:
    """Text from outside, safe inside an element or a quoted attribute."""
    return html.escape(str(text), quote=True)


def data(facts: Mapping[str, object]) -> str:
    """Facts as an element's `data-` attributes."""
    return "".join(f' data-{name}="{esc(value)}"' for name, value in facts.items())


def heard(facts: Mapping[str, object]) -> str:
    """What a script of the page hears, and nobody sees."""
    return f"<i hidden{data(facts)}></i>"


def chip(
    text: str,
    event: str = "",
    value: object = "",
    *,
    kind: str = "chip",
    sign: str = "",
    title: str = "",
    label: str = "",
    pressed: bool | None = None,
    **more: object,
) -> str:
    """A button, small where its `kind` is no other, with a `sign` of HTML before its text; it raises `event` with
    `value` (see `live`). `pressed` where it stays chosen; `more` are further data."""
    told = more | ({"trigger": event, "value": value} if event else {})
    named = {"aria-pressed": "" if pressed is None else str(pressed).lower(), "aria-label": label, "title": title}
    said = data(told) + "".join(f' {name}="{esc(one)}"' for name, one in named.items() if one)
    return f'<button type="button" class="{kind}{" on" if pressed else ""}"{said}>{sign}{esc(text)}</button>'


def copying(text: str) -> str:
    """A button that copies a text."""
    return chip(locale.COPY, copied=locale.COPIED, copy=text)


def image(uri: str, alt: str = "", otherwise: str = "") -> str:
    """A picture, or what stands where there is none."""
    return f'<img src="{esc(uri)}" alt="{esc(alt)}">' if uri else otherwise


def bullets(texts: Iterable[str], kind: str = "") -> str:
    """A list of texts; nothing where there are none."""
    items = "".join(f"<li>{esc(text)}</li>" for text in texts)
    named = f' class="{kind}"' if kind else ""
    return f"<ul{named}>{items}</ul>" if items else ""


def facts(told: Mapping[str, object], kind: str = "facts") -> str:
    """Names and what is told of them."""
    rows = "".join(f"<div><dt>{esc(name)}</dt><dd>{esc(one)}</dd></div>" for name, one in told.items())
    return f'<dl class="{kind}">{rows}</dl>'


def folded(title: str, inside: str) -> str:
    """What is seen once it is unfolded; nothing where there is nothing."""
    return f'<details class="notes"><summary>{esc(title)}</summary>{inside}</details>' if inside else ""


def unfolding(name: str, summary: str, inside: str, label: str, **more: str) -> str:
    """A chip, of HTML, that unfolds what is `inside` below the row that it stands in; `more` are its attributes."""
    told = "".join(f' {each}="{esc(one)}"' for each, one in ({"class": "chip", "data-act": name} | more).items())
    return (
        f'<details class="{name}"><summary{told}>{summary}</summary>'
        f'<div class="reasons" role="group" aria-label="{esc(label)}">{inside}</div></details>'
    )


def table(heads: Iterable[str], rows: str, more: str = "") -> str:
    """A table that scrolls sideways where it must; `more` are its attributes."""
    head = "".join(f'<th scope="col">{esc(title)}</th>' for title in heads)
    whole = f'<table class="plan"{more}><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<div class="scrolled" tabindex="0">{whole}</div>'


def badge(text: str, tone: str = "plain", title: str = "") -> str:
    """A small label; `tone` is ok, warn, fail, accent or plain."""
    hover = f' title="{esc(title)}"' if title else ""
    return f'<span class="badge {tone}"{hover}>{esc(text)}</span>'


def meter(share: float) -> str:
    """A bar for a share from 0 to 1, after the `dd` that tells it."""
    return f'<dd class="meter" aria-hidden="true"><b style="width:{share * 100:.0f}%"></b></dd>'


def progress_bar(label: str, share: float) -> str:
    """How much is done, from 0 to 1."""
    return (
        f'<div class="bar" role="progressbar" aria-label="{esc(label)}" aria-valuemin="0" aria-valuemax="100"'
        f' aria-valuenow="{100 * share:.0f}"><i style="width:{100 * share:.1f}%"></i></div>'
    )


def progress(line: str, figures: Iterable[str], share: float) -> str:
    """What is being done, how far it is, and a bar."""
    return (
        f'<div class="progress" role="status"><div class="progress-line"><strong>{esc(line)}</strong>'
        f'<span class="hint">{esc(" · ".join(filter(None, figures)))}</span></div>{progress_bar(line, share)}</div>'
    )


def time_left(seconds: float) -> str:
    """How long something will take still."""
    return locale.SECONDS_LEFT.format(seconds=duration(max(1.0, seconds)))


def duration(seconds: float) -> str:
    """In seconds, minutes or hours, as exactly as a guess deserves."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{locale.number(round(seconds / 3600, 1)):g} h"


def hint(text: str, beside: str = "") -> str:
    """A quiet line, with HTML `beside` its text; nothing where there is neither."""
    return f'<p class="hint">{esc(text)}{beside}</p>' if text or beside else ""


def message(text: str, tone: str = "warn", beside: str = "") -> str:
    """One sentence in a quiet box, with HTML `beside` it."""
    return f'<p class="message {tone}" role="status">{esc(text)}{beside and f" {beside}"}</p>'


def stopping() -> str:
    """What is told once something is to stop."""
    return message(locale.STOPPING, "plain")


def heading(number: int, title: str) -> str:
    """A step's head: its number and its name."""
    return f'<div class="step"><span class="step-number" aria-hidden="true">{number}</span><h2>{esc(title)}</h2></div>'


def saving(address: str, name: str, title: str) -> str:
    """A link that saves a file under a name."""
    return f'<a class="chip" href="{esc(address)}" download="{esc(name)}">{esc(title)}</a>'


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
