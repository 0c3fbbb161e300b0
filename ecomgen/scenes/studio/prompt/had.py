"""Whether a scene has what a phrase of the prompt asks for, though it may be there under another name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.vocabulary import Meaning
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.prompt.completing import LACQUER
from ecomgen.scenes.studio.prompt.draft import AFLOAT, HOUSES, POOL, WATER, WINDOW
from ecomgen.scenes.studio.prompt.grammar import CITY, DRESSING_TABLE, STREET, WASHSTAND, are_one
from ecomgen.scenes.studio.prompt.serving import GROWN, VASE
from ecomgen.scenes.studio.prompt.tokens import Token
from ecomgen.scenes.studio.props.declaration import props

SHINING = (LACQUER, "glass", "steel")
MIRRORED = frozenset({WASHSTAND, DRESSING_TABLE})  # furniture with a mirror above


@dataclass(frozen=True)
class Alike:
    """A meaning that another of the same scene holds as well: of a `field`, with that `value` or with any."""

    field: str
    value: str | None
    held: Callable[[Wish, str], bool]  # by a wish, for the value that is meant

    def holds(self, wish: Wish, meaning: Meaning) -> bool:
        """Whether it is about this meaning, and the scene has it so."""
        return meaning.field == self.field and self.value in (None, meaning.value) and self.held(wish, meaning.value)


def _is_mirrored(wish: Wish, _: str) -> bool:
    over_furniture = wish.place in WATER or not MIRRORED.isdisjoint(wish.furniture)
    return over_furniture or wish.surface in SHINING or wish.has("finish", "polished")


def _has_all_of_a_second_set(wish: Wish, place: str) -> bool:
    second = declared()[place].second
    return bool(second) and all(wish.has(field, value) for field, value in second.items())


ALIKE = (
    Alike("place", None, _has_all_of_a_second_set),
    Alike("place", WINDOW, lambda wish, _: not {*wish.background}.isdisjoint(HOUSES)),  # seen from outside
    Alike("furniture", WINDOW, lambda wish, _: not {*wish.background}.isdisjoint(HOUSES)),
    Alike("space", None, lambda wish, _: wish.space is not None),  # "space on top for text"
    Alike("lens", "scenic", lambda wish, _: wish.lens == "shallow"),  # "in the background, out of focus"
    Alike("plate", None, lambda wish, _: wish.plate is not None),  # "a slate plate"
    Alike("surface", None, lambda wish, surface: are_one(surface, wish.surface) or surface == wish.plate),
    Alike("surface", "mirror", _is_mirrored),
    Alike("background", CITY, lambda wish, _: STREET in (wish.place, *wish.background)),
    Alike("background", "cabin", lambda wish, _: wish.wall == "timber"),  # seen from inside
    Alike("ground", "water", lambda wish, _: wish.place == POOL),
    Alike("support", "midair", lambda wish, _: wish.support == AFLOAT),  # "floating in a bubble bath"
    Alike("props", VASE, lambda wish, _: any(props()[name].family in GROWN for name in wish.props)),
    Alike("props", None, lambda wish, kind: any(kind in props()[name].kind_of for name in wish.props)),
    Alike("amount", None, lambda wish, _: bool(wish.served) or "space" in wish.accents),  # "a bowl full of lemons"
)


def is_had(token: Token, wish: Wish) -> bool:
    """Whether the scene has all that the phrase asks for. How large is said of one thing only."""
    if token.outside or token.overlooks:
        return bool(wish.background) or declared()[str(wish.place)].landscape is not None
    if token.colour and not token.meanings:  # "white background for Amazon", which has it white
        return token.colour == wish.backdrop_colour
    told = all(meaning.field != "scale" for meaning in token.meanings)
    return told and bool(token.meanings) and all(_has(wish, meaning) for meaning in token.meanings)


def _has(wish: Wish, meaning: Meaning) -> bool:
    return wish.has(meaning.field, meaning.value) or any(one.holds(wish, meaning) for one in ALIKE)
