"""What a description may go on with, while it is typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import gradio as gr

from ecomgen.runlog import RunFilter
from ecomgen.web import locale
from ecomgen.web.markup import esc
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import person, runs_of

OFFERED, LOOKED_THROUGH = 5, 60  # completions of each kind, and runs whose descriptions are looked at
BEGUN = re.compile(r"[^\W\d_]{2,}$")  # a word that is being typed


@spoken
def completions(web: gr.Request, prompt: str) -> str:
    """What may be meant: a word that is being typed, or an earlier description with the same words."""
    return _offered([*_gone_on(prompt), *_earlier(web, prompt.strip())])


def _gone_on(prompt: str) -> list[str]:
    """The prompt with known words for the one that is being typed, in its language or the page's; capitals stay."""
    from ecomgen.scenes.studio import prompt as studio

    begun = BEGUN.search(prompt)
    if begun is None:
        return []
    before, word = prompt[: begun.start()], begun[0]
    known = studio.completions(word, [studio.words_of(one) for one in before.split(",")], locale.language())[:OFFERED]
    return [before + (one[0].upper() if word[0].isupper() else one[0]) + one[1:] for one in known]


def completed(evt: gr.EventData) -> tuple[str, str]:
    """The description that was chosen."""
    return str(evt.value), ""


def _earlier(web: gr.Request, text: str) -> list[str]:
    rows = runs_of(person(web), RunFilter(prompt=text), LOOKED_THROUGH)
    return [one for one in dict.fromkeys(row.prompt for row in rows) if one and one != text][:OFFERED]


def _offered(texts: Sequence[str]) -> str:
    buttons = "".join(
        f'<button type="button" tabindex="-1" data-trigger="completed" data-value="{esc(text)}">{esc(text)}</button>'
        for text in texts
    )
    return f'<div class="offered" role="group" aria-label="{esc(locale.OFFERED)}">{buttons}</div>' if texts else ""
