"""Which noun a phrase belongs to: what stands after it, before it, or is joined to it by "of"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecomgen.scenes.studio.prompt.tokens import Token


def following(tokens: Sequence[Token], number: int) -> Token | None:
    """The phrase right after this one; None where a joining word or a stop comes first."""
    token = next(iter(tokens[number + 1 : number + 2]), None)
    return None if token is None or token.empty else token


def noun_after(tokens: Sequence[Token], number: int, *fields: str, reach: int = 3) -> Token | None:
    """The first of the next few adjoining phrases, commas aside, that means something in one of the fields."""
    for token in [token for token in tokens[number + 1 :] if not token.stop][:reach]:
        if token.among(*fields):
            return token
        if token.empty or not token.known:
            return None
    return None


def counted_prop(tokens: Sequence[Token], number: int) -> Token | None:
    """The prop that a number tells of: "two candles", "a pair of candles", "a stack of old books"."""
    noun = noun_after(tokens, number, "props", reach=4)
    if noun is None and number + 1 < len(tokens) and tokens[number + 1].words == ("of",):
        return noun_after(tokens, number + 1, "props", reach=3)
    return noun


def stands_after_on(tokens: Sequence[Token], number: int, *, reach: int) -> bool:
    """Whether one of the few words before this phrase is "on"."""
    return any(token.words == ("on",) for token in tokens[max(number - reach, 0) : number])
