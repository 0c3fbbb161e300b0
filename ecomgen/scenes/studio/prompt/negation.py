"""What a "no" takes away: what it says, and how far it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.prompt.draft import Draft
from ecomgen.scenes.studio.prompt.tokens import Token

FIELDS = (
    *("props", "background", "furniture", "accents", "weather", "season", "mood", "style", "finish", "ground"),
    "surface",
)  # of what may be left out
REACH = 9  # phrases after the "no"
NOT = ("not",)  # whose adjective has no noun: "not dark"
TURNS = ("more", "but", "put", "add", "use", "just", "only", "rather", "instead")
"""Words where a "no" ends: "less clutter, more light"."""


def take_away(draft: Draft, tokens: Sequence[Token], number: int) -> int:
    """Take away what follows a "no" from this phrase on, and what "or" joins to it; how many phrases were used up."""
    used, said, before, colours = 0, False, draft.values.get("without"), list[str]()
    for at, token in enumerate(tokens[number : number + REACH], number):
        if (said and token.words[0] in TURNS) or (token.stop and not _goes_on(tokens, number - 1, at)):
            break
        used += 1
        if token.empty:
            continue
        said = True
        _leave_out(draft, token)
        colours += [token.colour] if token.colour else []
        if _is_last(token, next(iter(tokens[at + 1 : at + 2]), None)):
            break
    if draft.values.get("without") == before:  # "no red", not "no red flowers"
        for colour in colours:
            draft.add("without", colour)
    return used


def _goes_on(tokens: Sequence[Token], no: int, stop: int) -> bool:
    """Whether a "no" reaches past this stop: to an adjective's noun, "no bright, saturated colours", or down a list,
    "no flowers, candles or leaves"."""
    clause = list(takewhile(lambda one: not one.stop, tokens[stop + 1 :]))
    listed = any(one.words == ("or",) for one in clause[1:]) and not any(
        one.words[0] in vocabulary().placing_words for one in clause
    )
    return listed or (tokens[no].words != NOT and tokens[stop - 1].among("mood", "finish", "hardness"))


def _is_last(token: Token, following: Token | None) -> bool:
    """Whether the "no" reaches no farther than this phrase."""
    if following is None:
        return not token.known or not (token.among("scale", "finish", "amount") or token.colour)
    if following.stop:
        return False
    joined = following.words[0] in ("or", "and")
    return (token.among("props", "background", "accents") and not joined) or not (token.known or following.known)


def _leave_out(draft: Draft, token: Token) -> None:
    if token.shown_as or not (token.known or " ".join(token.words) in vocabulary().of_every_picture):
        draft.add("without", " ".join(token.words))  # the studio has none
        return
    for field in FIELDS:
        value = token.value(field)
        if value is not None:
            draft.add("without", value)
            if (field, value) == ("accents", "shadow"):
                draft.values.setdefault("hardness", "soft")
            return
    if token.among("dressing"):
        draft.values.setdefault("dressing", "none")
    elif token.among("lens", "space"):  # nothing busy in the background, no lettering
        draft.add("without", " ".join(token.words))
