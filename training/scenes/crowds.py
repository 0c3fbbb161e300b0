"""How hard a scene is made: what the product stands on, what is round it, what looks like it."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """How often a product stands on something, and looks like what is round it; how many other things are about."""

    support: float = 0.28
    alike: float = 0.28
    clutter: tuple[float, float, float, float] = (0.35, 0.25, 0.25, 0.15)  # chances of 0, 1, 3 and 6 things
    furniture: float = 0.0  # share of the supports that are furniture, rocks and dishes
    worn: float = 0.0  # carried by somebody instead
    lived: float = 0.0  # people, plants, windows, streets behind it
    families: float = 0.0  # share of the harder families
    held_out: bool = False  # only the families held out
    assembled: float = 0.0  # share of products of no family
    blended: float = 0.0  # one material as what is around it, or the other way round
    outdoors: float = 0.0
    low_sun: float = 0.0
    glossy: float = 0.0  # the ground mirrors
    hidden: float = 0.0  # leaves, grass, hands before it


CROWDS = {
    "usual": Crowd(),
    "harder": Crowd(support=0.6, alike=0.45, clutter=(0.12, 0.28, 0.35, 0.25)),
    "lived": Crowd(support=0.6, clutter=(0.4, 0.25, 0.25, 0.1), furniture=0.7, worn=0.12, lived=0.75),
    "torn": Crowd(
        support=0.5,
        alike=0.12,
        clutter=(0.45, 0.25, 0.2, 0.1),
        furniture=0.6,
        lived=0.4,
        families=0.7,
        blended=0.65,
        outdoors=0.35,
        low_sun=0.25,
        glossy=0.2,
        hidden=0.25,
    ),
}
CROWDS["assembled"] = replace(CROWDS["torn"], assembled=0.85)
