"""Natural and paved ground outdoors. In: a shot and `drop`, units below the product's base. Out: things, ground first.

Each is calm where the product stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ecomgen.scenes.studio.grounds import blossom, cloud, lawn, pavement, plants, sand, water, winter

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Thing

    Ground = Callable[[Shot, float], list[Thing]]

GROUNDS: dict[str, Ground] = {
    "sand": sand.sand,
    "soil": sand.soil,
    "track": sand.track,
    "gravel": sand.gravel,
    "snow": winter.snow,
    "ice": winter.ice,
    "flowers": blossom.flowers,
    "lavender": blossom.lavender,
    "poppies": blossom.poppies,
    "buttercups": blossom.buttercups,
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
    "cobbles": pavement.cobbles,
    "asphalt": pavement.asphalt,
    "deck": pavement.deck,
    "paving": pavement.tiles,
}


def underfoot(name: str, shot: Shot) -> list[Thing]:
    """The ground called `name`, on which the product itself stands."""
    first, *others = GROUNDS[name](shot, 0.0)
    return [replace(first, ground=name), *others]
