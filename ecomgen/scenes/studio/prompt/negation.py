"""What a "no" takes away: "no plants or flowers", "without shadows"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecomgen.scenes.studio.prompt.draft import Draft
    from ecomgen.scenes.studio.prompt.tokens import Token

FIELDS = ("props", "background", "furniture", "accents", "weather", "season", "mood", "style", "finish", "ground")
REACH = 9  # phrases after the "no"


def negate(draft: Draft, tokens: Sequence[Token], number: int) -> int:
    """Take away what follows a "no" from this phrase on, and what "or" joins to it; how many phrases were used up."""
    used = 0
    for token in tokens[number : number + REACH]:
        used += 1
        if token.empty:
            continue
        _take_away(draft, token)
        following = next(iter(tokens[number + used : number + used + 1]), None)
        if _is_last(token, following):
            break
    return used


def _is_last(token: Token, following: Token | None) -> bool:
    """Whether the "no" reaches no farther than this phrase."""
    if token.among("props", "background", "accents") and not (following and following.words[0] in ("or", "and")):
        return True
    if following is None:
        return not token.known or not (token.among("scale", "finish", "amount") or token.colour)
    return not token.known and not following.known


def _take_away(draft: Draft, token: Token) -> None:
    for field in FIELDS:
        value = token.value(field)
        if value is not None:
            draft.add("without", value)
            if (field, value) == ("accents", "shadow"):
                draft.values.setdefault("hardness", "soft")
            return
    if token.among("dressing"):
        draft.values.setdefault("dressing", "none")
