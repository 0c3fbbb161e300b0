"""What lies in or on another thing beside the product: croissants on a plate, a bowl of lemons."""

from __future__ import annotations

from collections.abc import Sequence

from ecomgen.scenes.studio.prompt.carrying import bends
from ecomgen.scenes.studio.prompt.tokens import Token
from ecomgen.scenes.studio.props.declaration import props

INTO = ("in", "inside", "into", "on", "onto", "upon")
FULL = ("of", "full", "filled", "piled", "heaped", "loaded")
WITH = "with"  # of what is not eaten it only says what is beside
VASE, GROWN = "vase", ("nature", "decoration")  # flowers have a vase already: that they are in one adds none
PLATE, PLATES = "cutlery", ("plate", "plates")  # the prop with a plate, and the words of it that mean the plate


def served(tokens: Sequence[Token]) -> dict[int, int]:
    """By the number of what lies in or on another thing, the number of that thing."""
    found: dict[int, int] = {}
    for number, token in enumerate(tokens):
        if _is_vessel(token) and token.among("props"):
            content = _noun(tokens, number, (*FULL, WITH)) or next(
                iter(range(len(tokens))[number + 1 : number + 2]), None
            )
            if content is not None and _may_lie(tokens[content], food=tokens[number + 1].words == (WITH,)):
                found[content] = number
        elif _may_lie(token):
            vessel = _noun(tokens, number, INTO)
            if vessel is not None and (_is_vessel(tokens[vessel]) or _is_own_vase(token, tokens[vessel])):
                found.setdefault(number, vessel)
    return found


def vessel_of(token: Token) -> str:
    """The prop that a phrase for a vessel means."""
    return PLATE if token.among("plate") else str(token.value("props"))


def _noun(tokens: Sequence[Token], number: int, joining: Sequence[str]) -> int | None:
    """The thing that one of the `joining` words joins to this one: "in a small wooden bowl"."""
    joined = False
    for at, token in enumerate(tokens[number + 1 :], number + 1):
        if token.words[-1] in joining:
            joined = True
        elif not joined or token.stop or not (bends(token) or token.among("number")) or token.among("props"):
            return at if joined and not token.stop else None
    return None


def _is_vessel(token: Token) -> bool:
    name = token.value("props")
    if name == PLATE:
        return token.words[-1] in PLATES
    return token.among("plate") if name is None else props()[name].holds is not None


def _is_own_vase(flowers: Token, vase: Token) -> bool:
    return vase.value("props") == VASE and props()[str(flowers.value("props"))].family in GROWN


def _may_lie(token: Token, *, food: bool = False) -> bool:
    """Whether it is a thing that a vessel may hold, of `food` only what is eaten."""
    thing = props().get(token.value("props") or "")
    if thing is None or thing.holds is not None or thing.framing or thing.flanking:
        return False
    return thing.family == "food" or not food
