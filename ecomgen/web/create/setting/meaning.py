"""A description while it is typed: what the studio takes from it, word by word, and what it may go on with."""

from __future__ import annotations

import re
from collections.abc import Sequence

import gradio as gr

from ecomgen.errors import EcomgenError
from ecomgen.options.reading import read_set
from ecomgen.record import RunRecord
from ecomgen.runlog import RunFilter
from ecomgen.types import Understanding
from ecomgen.web import locale
from ecomgen.web.markup import badge, esc, message
from ecomgen.web.messages import spoken, wrong
from ecomgen.web.people.access import person, run_of, runs_of

WORD = re.compile(r"[^\W_]+")
OFFERED, LOOKED_THROUGH = 5, 60  # completions of each kind, and runs whose descriptions are looked at
BEGUN = re.compile(r"[^\W\d_]{2,}$")  # a word that is being typed
MOST_WORDS = 40  # of each kind that are shown


def is_unread(prompt: str, product: str, pipeline: str) -> bool:
    """Whether the studio would be asked for a scene of which it understands nothing."""
    from ecomgen.scenes import studio
    from ecomgen.workflows.resolution import choose_recipe

    if choose_recipe(pipeline).backend != "studio" or not studio.parse(prompt, product).unread:
        return False
    return studio.understand(prompt, product).unread


def keeps_scene(web: gr.Request, run: str | None, prompt: str) -> bool:
    """Whether the words leave an earlier run its scene: others ask for another one with its camera and light."""
    try:
        earlier = run_of(person(web), read_set(run or "")[0])[0].prompt
    except EcomgenError:  # which is told when pictures are asked for
        return True
    return prompt.strip() in ("", earlier.strip())


def meaning(prompt: str, product: str, pipeline: str, backdrop: str | None = None) -> str:
    """What the studio takes from the prompt, while it is typed: nothing, where the `backdrop` is the user's own."""
    from ecomgen.scenes import studio
    from ecomgen.workflows.resolution import choose_recipe

    try:
        if not (prompt or "").strip() or choose_recipe(pipeline).backend != "studio":
            return ""
        if backdrop:
            return message(locale.BACKDROP_INSTEAD, "plain")
        told = words(prompt, studio.parse(prompt, product or ""))
    except EcomgenError as error:
        return wrong(error)
    tones = {locale.APPROXIMATED: "warn", locale.IGNORED: "plain struck"}
    groups = "".join(
        f'<span class="group"><span class="hint">{esc(title)}</span>{_chips(some, tones.get(title, "ok"))}</span>'
        for title, some in told.items()
        if some
    )
    return f'<div class="meaning">{groups}</div>'


def words(prompt: str, read: Understanding | RunRecord) -> dict[str, list[str]]:
    """The prompt's words as they were typed, by what became of them."""
    typed = {word.lower(): word for word in WORD.findall(prompt)}
    near = [(one.word, locale.translated(one.shown_as)) for one in read.approximated]
    return {
        locale.UNDERSTOOD: [typed.get(word, word) for word in read.understood],
        locale.APPROXIMATED: [f"{typed.get(word, word)} → {shown_as}" for word, shown_as in near],
        locale.IGNORED: [typed.get(word, word) for word in read.ignored],
    }


def _chips(some: Sequence[str], tone: str) -> str:
    """A badge per word; of a long text the first ones, and how many more there are."""
    more = len(some) - MOST_WORDS
    rest = f'<span class="hint">{esc(locale.MORE_WORDS.format(count=more))}</span>' if more > 0 else ""
    return "".join(badge(word, tone) for word in some[:MOST_WORDS]) + rest


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
