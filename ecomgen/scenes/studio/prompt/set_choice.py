"""Where the prompt names no place: the one that suits what it does name; and what a second place adds to the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.prompt.styles import STYLES

if TYPE_CHECKING:
    from ecomgen.scenes.studio.prompt.wish import Wish

USUAL = "podium"
OF_SURFACE = {
    "room": "wood oak walnut pine birch teak weathered white black",
    "floor": "floorboards rug brick",
    "podium": "marble travertine slate granite concrete stone plaster terrazzo",
    "bathroom": "tiles mosaic",
    "sweep": "mirror acrylic steel brass",
    "night": "wet",
    "fabric": "linen cotton denim velvet silk",
    "paper": "paper",
    "desert": "sand",
    "field": "grass flowers lavender poppies buttercups",
    "snow": "snow ice",
    "lake": "water milk deck",
    "city": "asphalt",
    "garden": "moss leaves soil wheat track gravel cobbles",
}
OF_BACKGROUND = {
    "mountains": "mountains stars moon",
    "terrace": "hedge",
    "garden": "house sunflowers hills wheat vines",
    "forest": "woods bamboo",
    "snow": "pines",
    "city": "city tower",
    "street": "street crowd",
    "field": "clouds trees",
    "desert": "dunes",
    "beach": "sea palms",
    "lake": "lake",
    "night": "bokeh",
}
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
OF_SUPPORT = {
    "podium": "podium",
    "table": "room",
    "board": "kitchen",
    "shelf": "shelf",
    "midair": "sweep",
    "stack": "desk",
    "stump": "garden",
    "seat": "room",
    "towels": "bathroom",
}
OF_WALL = {"sweep": "brick concrete stone tiles wood plaster greenery", "fabric": "hanging"}
OF_SEASON = {"autumn": "street", "winter": "snow", "spring": "field", "summer": "terrace"}
RANK = {"sweep": 0, "floor": 1, "shelf": 1, "window": 1, "room": 1, "flatlay": 3}
"""Of two places the one of higher rank is set up, the first where they are equal; others have 2."""
SECOND = {
    "sweep": ("hardness", "soft"),
    "podium": ("support", "podium"),
    "paper": ("plate", "paper"),
    "fabric": ("wall", "hanging"),
    "night": ("time", "night"),
    "window": ("furniture", "window"),
    "room": ("furniture", "sofa"),
    "kitchen": ("furniture", "cupboards"),
    "bathroom": ("furniture", "washstand"),
    "desk": ("furniture", "shelves"),
    "cafe": ("furniture", "bar"),
    "festive": ("furniture", "fir tree"),
    "floor": ("accents", "ground"),
    "shelf": ("support", "shelf"),
    "garden": ("background", "hedge"),
    "beach": ("background", "sea"),
    "desert": ("background", "dunes"),
    "snow": ("season", "winter"),
    "forest": ("background", "woods"),
    "jungle": ("background", "palms"),
    "mountains": ("background", "mountains"),
    "lake": ("background", "lake"),
    "pool": ("ground", "pool edge"),
    "city": ("background", "city"),
    "street": ("background", "street"),
    "field": ("background", "wheat"),
    "terrace": ("ground", "deck"),
    "clouds": ("background", "clouds"),
}
"""What a place adds where another one is set up: the field of the wish and its value."""


def place_for(wish: Wish) -> str:
    """The place to be set up."""
    if wish.place is not None:
        return wish.place
    natural = _find(OF_SURFACE, wish.ground or wish.surface)
    plain = "background" in wish.accents and wish.backdrop_colour is not None
    if (natural == "lake" and not plain) or wish.support == "afloat":
        return "lake"
    if natural == "lake":
        return "sweep"
    if wish.support == "table" and natural in ("podium", "sweep", "bathroom"):
        natural = "room"
    candidates = (
        _find(OF_BACKGROUND, wish.background[0] if wish.background else None),
        "room" if wish.furniture else None,
        natural,
        _find(OF_WALL, wish.wall),
        _of_style(wish),
        "sweep" if plain else None,
        _find(OF_PROP, wish.props[0] if wish.props else None),
        OF_SEASON.get(wish.season or ""),
        "sweep" if "background" in wish.accents or wish.gradient else None,
        OF_SUPPORT.get(wish.support or ""),
        _find(OF_LOOSE_PROP, wish.props[0] if wish.props else None),
        "garden" if wish.weather or wish.time in ("noon", "dusk") else None,
        "night" if wish.time == "night" else None,
        "window" if wish.time or wish.hardness == "hard" else None,
        "sweep" if wish.backdrop_colour else None,
    )
    return next((place for place in candidates if place), USUAL)


def _of_style(wish: Wish) -> str | None:
    return STYLES[wish.style[0]].place if wish.style else None


def _find(table: dict[str, str], name: str | None) -> str | None:
    """The place whose names hold `name`; a name of two words is joined by an underscore there."""
    joined = (name or "").replace(" ", "_")
    return next((place for place, names in table.items() if joined and joined in names.split()), None)
