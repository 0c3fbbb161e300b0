"""A barrel of oak that stands upright: bulging staves, iron hoops, a head of boards."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, lathe, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing, Values
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports.footprint import CRATE_END, FRONT, beneath

RADIUS, HEIGHT = 0.29, 0.9  # metres, of its head, and how high it is
BARREL = 0.8  # units: how high one is at least on which the product stands
BULGE, STAVES, BOARDS = 0.2, 24, 7
OAK, IRON = (0.25, 0.135, 0.065), Material((0.1, 0.095, 0.09), roughness=0.5, metallic=0.8)
HOOPS = ((0.015, 0.05), (0.1, 0.045), (0.26, 0.05), (0.62, 0.05), (0.78, 0.045), (0.95, 0.045))
"""Of each hoop where it begins below the head, and how broad it is, as shares of the height."""
RIM, CHIME = 0.045, 0.012  # of the radius: how thick the staves are; of the height, by which they stand above the head


def barrel(shot: Shot, *, radius: float, height: float) -> list[Thing]:
    """A barrel about the origin, its head at y = 0; `radius` is the head's."""
    down = np.linspace(0, 1, 40)
    out = radius * (1 + BULGE * np.sin(np.pi * down))
    above = CHIME * height
    side = [(float(r), float(above - d * (height + above))) for r, d in zip(out, down, strict=True)]
    lip = radius * (1 - RIM)
    staves = lathe([*side[::-1], (lip, above), (lip, -0.1 * radius)], segments=192)
    hoops = [_hoop(radius, height, begin, broad) for begin, broad in HOOPS]
    return [
        Thing(staves, _wood(_boards(shot, (256, 1536), STAVES))),
        Thing(_head(lip), _wood(_boards(shot, (768, 768), BOARDS))),
        Thing(joined(hoops), IRON),
    ]


def _head(radius: float) -> Shape:
    out, turn = np.linspace(0, 1, 12)[:, None], np.linspace(-np.pi, np.pi, 129)
    x, z = radius * out * np.sin(turn), radius * out * np.cos(turn)
    return sheet(xyz(x, 0, z)).draped(2 * radius, 2 * radius)


def _hoop(radius: float, height: float, begin: float, broad: float) -> Shape:
    """A band round the staves, as they bulge."""
    down = np.array([begin, begin, begin + broad, begin + broad])
    out = radius * (1 + BULGE * np.sin(np.pi * down)) + radius * np.array([-0.01, 0.012, 0.012, -0.01])
    return lathe(np.stack([out, -down * height], -1)[::-1], segments=128)


def _boards(shot: Shot, shape: tuple[int, int], count: int) -> Values:
    """How light so many staves or boards side by side are: each of another tone, a dark seam to the next."""
    grain = spectral(shot.rng, shape, falloff=0.9, coarsest=0.2, finest=2, stretch=(10.0, 1.0))
    return _seamed(shot, shape[1], count)[None] * (1 + 0.16 * np.clip(grain, -2, 2))


def _seamed(shot: Shot, width: int, parts: int) -> Values:
    at = np.arange(width) * parts / width
    tones = shot.rng.uniform(0.82, 1.12, parts + 1)[at.astype(int)]
    seam = np.abs(at % 1 - 0.5) * 2
    return tones * (1 - 0.75 * np.clip((seam - 0.965) / 0.03, 0, 1))


def _wood(light: Values) -> Material:
    colour = np.clip(np.asarray(OAK) * light[..., None], 0, 1).astype(np.float32)
    return Material(colour, roughness=0.7, specular=0.25, bump=light.astype(np.float32), bump_scale=0.004)


def on_barrel(shot: Shot) -> list[Thing]:
    """A barrel, wider than one is where the product needs it, or as wide as the picture where more stands on it."""
    place = beneath(shot, 0.25)
    radius = max(
        place.radius, RADIUS * shot.units_per_metre, shot.frame.half_width(CRATE_END) if shot.wish.props else 0
    )
    made = barrel(shot, radius=radius, height=max(HEIGHT * shot.units_per_metre, BARREL))
    back = min(place.z, FRONT + 0.5 - radius)  # seen up to its edge
    return [thing.moved(shot.frame.product_x, 0, back) for thing in made]
