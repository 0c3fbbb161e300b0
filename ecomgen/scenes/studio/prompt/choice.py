"""Where the prompt names no place: the one that suits what it does name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecomgen.scenes.studio.wish import Wish

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
    "beach": "sand",
    "field": "soil wheat track",
    "snow": "snow ice",
    "forest": "moss leaves",
    "lake": "water milk",
    "street": "asphalt",
    "garden": "grass gravel cobbles",
    "terrace": "deck",
}
OF_BACKGROUND = {
    "mountains": "mountains",
    "garden": "trees hedge house sunflowers hills",
    "forest": "woods",
    "snow": "pines",
    "city": "city tower",
    "street": "street crowd",
    "field": "wheat",
    "beach": "sea",
    "lake": "lake",
    "night": "bokeh",
}
OF_PROP = {
    "kitchen": "lemons oranges bowl",
    "bathroom": "towel bottle pebbles",
    "desk": "notebook books",
    "cafe": "cup",
    "festive": "gifts baubles",
    "garden": "sunflowers",
    "forest": "leaves",
    "room": "flowers vase candle plant",
    "podium": "spheres blocks arch pampas petals",
}
OF_SUPPORT = {"podium": "podium", "table": "room", "board": "kitchen"}
OF_SEASON = {"autumn": "forest", "winter": "snow", "spring": "garden"}


def place_for(wish: Wish, weak: str | None) -> str:
    """The place to be set up. `weak` is one that only counts where nothing else speaks for a place."""
    if wish.place is not None:
        return wish.place
    outdoors = [_find(OF_BACKGROUND, name) for name in wish.background]
    natural = _find(OF_SURFACE, wish.surface)
    if natural == "lake" or wish.support == "afloat":
        return "lake"
    candidates = (
        *outdoors[:1],
        natural,
        _find(OF_PROP, wish.props[0] if wish.props else None),
        OF_SEASON.get(wish.season or ""),
        weak,
        OF_SUPPORT.get(wish.support or ""),
        "garden" if wish.weather or wish.time in ("noon", "dusk") else None,
        "night" if wish.time == "night" else None,
        "window" if wish.time or wish.hardness == "hard" else None,
    )
    return next((place for place in candidates if place), USUAL)


def _find(table: dict[str, str], name: str | None) -> str | None:
    return next((place for place, names in table.items() if name and name in _listed(names)), None)


def _listed(names: str) -> list[str]:
    return names.split()
