"""Stones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.stones import pebble
from ecomgen.scenes.studio.stage.types import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot


@prop(
    "pebble, spa stone, hot stone, smooth stone, river pebble, zen stone, stone pebble, basalt stone",
    "balancing stone, massage stone, stacked stone",
    rank=8,
)
def pebbles(shot: Shot) -> list[Thing]:
    """Three worn stones."""
    tint = shot.between(0.12, 0.5)
    colour = (tint, 0.95 * tint, 0.88 * tint)
    stones = [pebble(shot, shot.between(0.1, 0.2)).moved(0.17 * k, 0, shot.between(-0.1, 0.1)) for k in range(3)]
    return [Thing(shape=stone, material=Material(colour=colour)) for stone in stones]
