"""A field in flower: blossoms on stems among grass, of one kind or many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecomgen.scenes.studio.bodies.plants import blades, leaf, mottled
from ecomgen.scenes.studio.grounds.lawn import grass
from ecomgen.scenes.studio.grounds.relief import covered, ending_below, spread
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import joined, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.stage.shot import Shot

STEMS, HEADS = 8_000, 380  # of all colours together
TUFTS = 1_500  # of grass between them
SHORT = 0.07  # units: lower stems bear no blossom
STEM = np.array([0.11, 0.17, 0.06])
KINDS = LAVENDER, POPPY, BUTTERCUP = "#7a62b8", "#c23b4a", "#e6b93a"
DAISY = "#ecebe4"


def flowers(shot: Shot, drop: float) -> list[Thing]:
    """A meadow: many flowers, one kind before all."""
    first = shot.choice(*KINDS)
    return in_flower(shot, drop, usual=(first, first, DAISY, *(tint for tint in KINDS if tint != first)))


def in_flower(shot: Shot, drop: float, *, usual: Sequence[str]) -> list[Thing]:
    """Blossoms in the wished colour, else in the usual ones (#rrggbb), in grass that parts for the product."""
    told = shot.wish.surface_colour
    tints = np.array([hexadecimal(each) for each in ((told,) if told else usual)])
    under, sward, *_ = grass(shot, drop, count=TUFTS)
    return [under, sward, _stems(shot, drop, tints), *_heads(shot, drop, tints)]


def _stems(shot: Shot, drop: float, tints: np.ndarray) -> Thing:
    """Stems that turn to the colour of their blossoms at the top, one of the `tints` (Nx3)."""
    columns = tints.repeat(8, 0) * np.tile(np.linspace(0.65, 1.25, 8), len(tints))[:, None]
    share = np.clip((np.linspace(0, 1, 32)[:, None, None] - 0.55) / 0.2, 0, 1)
    places = _sown(shot, STEMS) - np.array([0, drop, 0])
    colour = np.clip(STEM * (1 - share) + columns * share, 0, 1).astype(np.float32)
    return Thing(blades(shot.rng, places, height=_height(shot, places, drop)), Material(colour))


def _heads(shot: Shot, drop: float, tints: np.ndarray) -> list[Thing]:
    """Open blossoms that look up, near enough to be told apart, each of one of the `tints` (Nx3)."""
    places = _sown(shot, HEADS, far=-3.5) - np.array([0, drop, 0])
    tall = _height(shot, places, drop)
    mould = joined([leaf(0.5, 0.42, curl=-0.3, rows=5).turned(x=58).turned(y=72 * k) for k in range(5)])
    grown = [
        mould.turned(y=shot.uniform(0, 360))
        .turned(x=shot.uniform(-30, 30), z=shot.uniform(-30, 30))
        .scaled(shot.uniform(0.045, 0.075))
        .moved(x, y + 0.9 * high, z)
        for (x, y, z), high in zip(places.tolist(), tall.tolist(), strict=True)
        if high > SHORT
    ]
    colour = np.repeat(tints[None], 2, axis=0).astype(np.float32)
    return [Thing(mottled(shot.rng, grown), Material(colour))] if grown else []


def _sown(shot: Shot, count: int, *, far: float = -9.0) -> np.ndarray:
    """`count` places of stems over the whole field, denser near the camera, Nx3."""
    x, z = spread(shot, count, far, before=0.3, dense=1.6, wide=1.15)
    return xyz(x, 0, z)


def _height(shot: Shot, places: np.ndarray, drop: float) -> np.ndarray:
    """Tall away from the product, lower beside it, before it ending where it begins, and low under what is laid."""
    away = shot.away(places)
    tall = 0.36 * np.clip(away / 0.4, 0.3, 1)
    if drop > 0:
        tall = np.where(covered(shot, places), 0.6 * drop, tall)
    return np.where(away > 0, np.minimum(tall, ending_below(shot, places)), 0.0)
