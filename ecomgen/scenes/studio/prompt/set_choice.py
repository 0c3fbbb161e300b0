"""Where the prompt names no set: the one that suits what it does name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ecomgen.scenes.studio.prompt.vocabulary import vocabulary
from ecomgen.scenes.studio.props.declaration import props
from ecomgen.scenes.studio.sets.declaration import ANY, declared

if TYPE_CHECKING:
    from ecomgen.scenes.studio.prompt.wish import Wish

USUAL = "podium"


def place_for(wish: Wish) -> str:
    """The set to be built."""
    if wish.place is not None:
        return wish.place
    natural = _suited("surface", wish.ground or wish.surface)
    plain = "background" in wish.accents and wish.backdrop_colour is not None
    if (natural == "lake" and not plain) or wish.support == "afloat":
        return "lake"
    if natural == "lake":
        return "sweep"
    if wish.support == "table" and natural in ("podium", "sweep", "bathroom"):
        natural = "room"
    candidates = (
        _first_suited(wish, "background", "furniture"),
        natural,
        _suited("wall", wish.wall),
        vocabulary().style[wish.style[0]].place if wish.style else None,
        "sweep" if plain else None,
        _of_prop(wish, loose=False),
        _suited("season", wish.season),
        _suited("accents", "background") if "background" in wish.accents else None,
        _first_suited(wish, "gradient", "support"),
        _of_prop(wish, loose=True),
        _first_suited(wish, "weather", "time", "hardness", "backdrop_colour"),
    )
    return next((place for place in candidates if place), USUAL)


def _first_suited(wish: Wish, *fields: str) -> str | None:
    """The set for the first of the fields that calls for one; of several values the first counts."""
    for field in fields:
        held: Any = getattr(wish, field)
        found = _suited(field, next(iter(held), None) if isinstance(held, tuple) else held)
        if found is not None:
            return found
    return None


def _of_prop(wish: Wish, *, loose: bool) -> str | None:
    first = props()[wish.props[0]] if wish.props else None
    return first.place if first is not None and first.loose == loose else None


def _suited(field: str, value: str | None) -> str | None:
    """The set that this value calls for, else the one that any value of the field does."""
    wanted = (value, ANY) if value is not None else ()
    return next((name for each in wanted for name, one in declared().items() if each in one.suits.get(field, ())), None)
