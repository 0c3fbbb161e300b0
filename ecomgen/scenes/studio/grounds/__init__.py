"""Natural and paved ground outdoors. In: a shot and `drop`, units below the product's base. Out: things, ground first.

Each is calm where the product stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from ecomgen.scenes.studio.declarations.sets import Tone
from ecomgen.scenes.studio.grounds import blossom, cloud, lawn, pavement, plants, sand, track, water, winter
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing, triple
from ecomgen.scenes.studio.stage.shot import Shot

Ground = Callable[[Shot, float], list[Thing]]

GROUNDS: dict[str, Ground] = {
    "sand": sand.sand,
    "soil": sand.soil,
    "track": track.track,
    "cracked earth": sand.cracked,
    "lunar": sand.lunar,
    "gravel": sand.gravel,
    "pebbles": sand.pebbles,
    "snow": winter.snow,
    "ice": winter.ice,
    "flowers": blossom.flowers,
    "lavender": partial(blossom.in_flower, usual=[blossom.LAVENDER]),
    "poppies": partial(blossom.in_flower, usual=[blossom.POPPY]),
    "buttercups": partial(blossom.in_flower, usual=[blossom.BUTTERCUP]),
    "grass": lawn.grass,
    "moss": plants.moss,
    "leaves": plants.leaf_litter,
    "undergrowth": plants.undergrowth,
    "wheat": plants.stubble,
    "water": water.water,
    "milk": water.milk,
    "pool edge": water.pool_edge,
    "pool": water.pool,
    "clouds": cloud.clouds,
    "cobbles": partial(pavement.paved, surface="cobbles"),
    "brick": partial(pavement.paved, surface="brick"),
    "asphalt": pavement.asphalt,
    "court": pavement.court,
    "deck": pavement.deck,
    "paving": partial(pavement.paved, surface="paving"),
}


GROWN = ((1.0, 1.0, 1.0), (1.45, 1.22, 0.8), (0.72, 0.8, 0.8), (1.2, 1.3, 1.0))  # fresh, dry, in shade, young
LOOSE = ((1.0, 1.0, 1.0), (1.25, 1.3, 1.38), (1.02, 0.9, 0.78), (0.72, 0.74, 0.78))  # usual, pale, golden, grey
PAVED = ((1.0, 1.0, 1.0),)
TINTS: dict[str, tuple[Colour, ...]] = {
    **dict.fromkeys(("grass", "moss", "undergrowth"), GROWN),
    **dict.fromkeys(("sand", "soil", "cracked earth", "gravel", "pebbles"), LOOSE),
    **dict.fromkeys(("deck", "paving", "cobbles", "brick", "asphalt", "court"), PAVED),
}
"""By what the colours of a ground may be multiplied: no meadow and no beach is like the next."""
TONED: dict[tuple[Colour, ...], dict[Tone, Colour]] = {
    GROWN: {"dark": (0.5, 0.6, 0.6), "deep": (0.78, 0.88, 0.72), "pale": (1.45, 1.35, 1.1)},
    LOOSE: {"dark": (0.5, 0.46, 0.42), "deep": (1.0, 0.85, 0.71), "pale": (1.38, 1.48, 1.62)},
    PAVED: {"dark": (0.45, 0.45, 0.47), "deep": (0.85, 0.72, 0.6), "pale": (1.5, 1.5, 1.5)},
}
"""And where a picture's idea has a tone."""


def underfoot(name: str, shot: Shot) -> list[Thing]:
    """The ground called `name`, on which the product itself stands."""
    first, *others = laid(name, shot, 0.0)
    return [replace(first, ground=name), *others]


def laid(name: str, shot: Shot, drop: float) -> list[Thing]:
    """The ground called `name`, in a tint of its own where seeds take turns and no colour is asked for."""
    things = GROUNDS[name](shot.spawn(), drop)
    tints = TINTS.get(name, ())
    if not shot.ideas or not tints or shot.wish.surface_colour or shot.wish.season:
        return things
    tint = TONED[tints][shot.tone] if shot.tone else tints[int(shot.turn(*map(str, range(len(tints)))))]
    return [replace(thing, material=_tinted(thing.material, tint)) for thing in things]


def _tinted(material: Material, tint: Colour) -> Material:
    colour = np.clip(np.asarray(material.colour) * np.asarray(tint), 0, 0.97)
    if colour.ndim == 1:
        return replace(material, colour=triple(colour))
    return replace(material, colour=colour.astype(np.float32))
