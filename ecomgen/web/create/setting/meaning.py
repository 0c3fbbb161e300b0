"""What the studio took from a description, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ecomgen.errors import EcomgenError
from ecomgen.record import RunRecord
from ecomgen.types import Understanding
from ecomgen.web import locale
from ecomgen.web.markup import badge, esc, message
from ecomgen.web.messages import wrong

WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 40  # of each kind that are shown


def is_unread(prompt: str, product: str, pipeline: str) -> bool:
    """Whether the studio would be asked for a scene of which it understands nothing."""
    from ecomgen.scenes import studio
    from ecomgen.workflows.resolution import choose_recipe

    if choose_recipe(pipeline).backend != "studio" or not studio.parse(prompt, product).unread:
        return False
    return studio.understand(prompt, product).unread


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
