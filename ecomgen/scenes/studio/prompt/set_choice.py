"""Where the prompt names no set: the one that suits what it does name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ecomgen.scenes.studio.prompt.vocabulary import vocabulary
from ecomgen.scenes.studio.sets.declaration import ANY, declared

if TYPE_CHECKING:
    from ecomgen.scenes.studio.prompt.wish import Wish

USUAL = "podium"
OF_PROP = {
    "window": "lemons oranges bowl apples pears tomatoes chillies garlic bread cheese eggs cookies flour jar cutlery "
    "avocados nuts chocolate honeycomb grapefruit_slices spice_powder cinnamon star_anise cake herbs rosemary cup "
    "teapot wine_glass tumbler coffee_beans tea_leaves cocoa berries strawberries cherries grapes notebook books "
    "bananas peaches plums coconuts watermelon kiwi_slices cucumber_slices carrots",
    "room": "laptop keyboard phone headphones eyeglasses pens pencils flowers vase candle plant monstera cushion "
    "lantern folded_cloth basket tools shavings toys crate barrel gifts baubles",
    "garden": "sunflowers pots hay_bale straw wheat_bunch leaves pumpkins log",
}
OF_LOOSE_PROP = {
    "sweep": "balloons confetti glitter hearts ribbon drops ice_cubes lemon_slices orange_slices lime_slices bubbles "
    "foam salt fairy_lights",
}
"""Things that lie or float anywhere: what they lie on says more about the place."""


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
    first = wish.props[0] if wish.props else None
    candidates = (
        _first_suited(wish, "background", "furniture"),
        natural,
        _suited("wall", wish.wall),
        vocabulary().style[wish.style[0]].place if wish.style else None,
        "sweep" if plain else None,
        _find(OF_PROP, first),
        _suited("season", wish.season),
        _suited("accents", "background") if "background" in wish.accents else None,
        _first_suited(wish, "gradient", "support"),
        _find(OF_LOOSE_PROP, first),
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


def _suited(field: str, value: str | None) -> str | None:
    """The set that this value calls for, else the one that any value of the field does."""
    wanted = (value, ANY) if value is not None else ()
    return next((name for each in wanted for name, one in declared().items() if each in one.suits.get(field, ())), None)


def _find(table: dict[str, str], name: str | None) -> str | None:
    """The place whose names hold `name`; a name of two words is joined by an underscore there."""
    joined = (name or "").replace(" ", "_")
    return next((place for place, names in table.items() if joined and joined in names.split()), None)
