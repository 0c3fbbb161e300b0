"""Shallow water with a stone or a pier in it, a far shore behind; on the water itself where that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.outdoors import Scenery, outdoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    wide = shot.wish.surface == "milk"
    layers = ("sea",) if wide or shot.rng.random() < 0.35 else ("lake",)
    pier = shot.wish.support == "pier"
    stands = ("weathered", "teak") if pier else ("stone", "slate", "granite")
    drop = 0.3 if pier else 0.09
    lake = Scenery(grounds=("water",), layers=layers, stands=stands, drop=drop, blur=(0.03, 0.06))
    return outdoors(shot, lake)
