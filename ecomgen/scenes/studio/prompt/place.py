"""Which set is built: the one that is named, else the one that suits what the prompt names."""

from __future__ import annotations

from typing import Any

from ecomgen.scenes.studio.declarations.sets import ANY, declared
from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.declarations.wish import ALOFT, BOARDS, PLINTHS, Wish
from ecomgen.scenes.studio.prompt.carrying import CLOUDS
from ecomgen.scenes.studio.prompt.colour_grammar import is_plain
from ecomgen.scenes.studio.prompt.completing import BLINDS, GLAZED, SEA
from ecomgen.scenes.studio.prompt.draft import HOUSES, LAKE, PODIUM, SNOW, SWEEP, WINDOW
from ecomgen.scenes.studio.prompt.grammar import TERRACE
from ecomgen.scenes.studio.props.declaration import props

SHORE = ("sand", "water")  # what one stands on and what lies round it, by the sea
TREE = "fir tree"
FORMS = (*PLINTHS, "steps", "bale", "in box", "in carton")  # to stand on or in, that not every set has


def place_for(wish: Wish) -> str:
    """The set to be built."""
    if wish.place == WINDOW and TREE in wish.furniture:  # which stands by it
        return _suited("furniture", TREE) or WINDOW
    if wish.place is not None:
        return (_round_a_podium(wish) if wish.place == PODIUM else None) or wish.place
    natural = _with_props(wish, _suited("surface", wish.ground or wish.surface))
    return _without_firm_ground(wish, natural) or _best_suited(wish, natural)


def _without_firm_ground(wish: Wish, natural: str | None) -> str | None:
    """The set where the product is in the air, by or in water, or in snow that only covers a plain ground."""
    plain = _is_plain(wish)
    if wish.support in ALOFT and natural is None and {*wish.background} == {CLOUDS}:
        return CLOUDS
    if (wish.surface, wish.ground) == SHORE or _is_of_the_shore(wish):
        return "beach"
    splashing = natural == LAKE and any(props()[name].place == SWEEP for name in wish.props) and not wish.background
    if (natural == LAKE and not (plain or splashing)) or wish.support == "afloat":
        return LAKE
    return SWEEP if natural == LAKE or (natural == SNOW and plain) else None


def _is_of_the_shore(wish: Wish) -> bool:
    """Whether the sand is wet, black or white."""
    plain = wish.surface_colour is not None and is_plain(wish.surface_colour)
    return wish.surface == SHORE[0] and ("wet" in wish.finish or plain)


def _is_plain(wish: Wish) -> bool:
    """Whether a background of one colour is asked for."""
    return "background" in wish.accents and wish.backdrop_colour is not None


def _best_suited(wish: Wish, natural: str | None) -> str:
    """The set that suits what the prompt names: what it names first of what says most about the place."""
    if wish.support == "table" and wish.background[:1] == (SEA,):
        return TERRACE
    if wish.support == "table" and natural in (PODIUM, "stone", SWEEP, "bathroom"):
        natural = "room"
    if wish.support == "steps":
        natural = {"stone": "garden", "floor": None}.get(str(natural), natural)
    if wish.support in BOARDS and natural == "room":
        natural = _suited("support", wish.support)
    if wish.surface == "knit" and wish.season:  # which is seen
        natural = None
    if natural and declared()[natural].room and _is_plain(wish):
        natural = SWEEP
    if wish.furniture == ("fireplace",) and natural and declared()[natural].landscape and not wish.background:
        return natural
    candidates = (
        natural if natural == SNOW and not {*wish.background}.isdisjoint(HOUSES) else None,  # which has no garden then
        _first_suited(wish, "furniture") if wish.background and not GLAZED.isdisjoint(wish.furniture) else None,
        _first_suited(wish, "background", "furniture"),
        SWEEP if wish.weather == "foggy" and wish.light_colour and "background" in wish.accents else None,  # smoke
        natural,
        _suited("wall", wish.wall),
        _suited("support", wish.support) if wish.support in FORMS else None,
        vocabulary().style[wish.style[0]].place if wish.style else None,
        SWEEP if _is_plain(wish) else None,
        _of_prop(wish, loose=False),
        _suited("season", wish.season),
        (_suited("lens", wish.lens) or _suited("accents", "background")) if "background" in wish.accents else None,
        _first_suited(wish, "harmony", "gradient", "support", "plate"),
        _of_prop(wish, loose=True),
        PODIUM if wish.weather == "foggy" and (wish.light_colour or "dark" in wish.mood) else None,  # smoke
        "window" if wish.cast == BLINDS or (wish.wall and wish.weather) else None,
        _first_suited(wish, "weather", "time", "hardness", "backdrop_colour", "mood"),
    )
    return next((place for place in candidates if place), PODIUM)


def _round_a_podium(wish: Wish) -> str | None:
    """The landscape or the room in which a podium stands of which something is behind it; under nothing but sky it
    rises from clouds."""
    if {*wish.background} == {CLOUDS}:
        return CLOUDS
    if WINDOW in wish.furniture:
        return None if wish.hardness == "hard" else WINDOW  # whose bars only shade it: "sunlight through a window"
    found = _first_suited(wish, "background", "furniture")
    return found if found is not None and declared()[found].studio is None else None


def _with_props(wish: Wish, natural: str | None) -> str | None:
    """The set for a natural ground, or another that has the same ground and that a prop calls for: sand with shells."""
    if natural is None or (land := declared()[natural].landscape) is None:
        return natural
    called = (_suited("props", name) for name in wish.props)
    lands = ((name, declared()[name].landscape) for name in called if name is not None)
    return next((name for name, one in lands if one and {*one.grounds} & {*land.grounds}), natural)


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
