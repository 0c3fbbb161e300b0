"""What lies in or on another thing beside the product: croissants on a plate, a bowl of lemons."""

from __future__ import annotations

from collections.abc import Sequence

from ecomgen.scenes.studio.declarations.wish import DRINKS
from ecomgen.scenes.studio.prompt.carrying import bends
from ecomgen.scenes.studio.prompt.tokens import Token
from ecomgen.scenes.studio.props.declaration import Prop, props

INTO = ("in", "inside", "into", "on", "onto", "upon")
FULL = ("of", "full", "filled", "piled", "heaped", "loaded")
WITH, FOOD = "with", "food"  # of what is not eaten it only says what is beside
VASE, GROWN = "vase", ("nature", "decoration")  # flowers have a vase already: that they are in one adds none
PLATE, PLATES = "cutlery", ("plate", "plates")  # the prop with a plate, and the words of it that mean the plate


def served(tokens: Sequence[Token]) -> dict[int, int]:
    """By the number of what lies in or on another thing, the number of that thing."""
    found: dict[int, int] = {}
    for number, token in enumerate(tokens):
        content, vessel = _content(tokens, number), _noun(tokens, number, INTO)
        if content is not None:
            found[content] = number
        if vessel is not None and _holds(tokens[vessel], token):
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


def _content(tokens: Sequence[Token], number: int) -> int | None:
    """What lies in the thing with this number: "a bowl of lemons"; other languages say "a bowl lemons"."""
    vessel, beside = tokens[number], number + 1
    content = _noun(tokens, number, (*FULL, WITH)) or beside
    if content == len(tokens) or not vessel.among("props") or not _holds(vessel, tokens[content]):
        return None
    eaten = vessel.value("props") == VASE or _prop(tokens[content]).family == FOOD
    return content if eaten or tokens[beside].words != (WITH,) else None


def _holds(vessel: Token, content: Token) -> bool:
    """Whether one thing may lie in the other, as flowers in a vase."""
    if not content.among("props"):
        return False
    name, thing = vessel.value("props"), _prop(content)
    if thing.name in DRINKS:
        return False
    if name == VASE:
        return thing.family in GROWN and content.value("props") != VASE
    if name == PLATE and vessel.words[-1] not in PLATES:
        return False
    hollow = vessel.among("plate") if name is None else _prop(vessel).holds is not None
    return hollow and thing.holds is None and not (thing.framing or thing.flanking)


def _prop(token: Token) -> Prop:
    return props()[str(token.value("props"))]
