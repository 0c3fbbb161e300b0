"""Heads of flowers, petal by petal, and the colours of their petals. Each looks up, about the origin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecomgen.scenes.studio.bodies.plants import in_column
from ecomgen.scenes.studio.primitives.palette import lightness
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Texture
from ecomgen.scenes.studio.stage.shot import Shot

HEART = (0.78, 0.50, 0.03)
WHITISH = 0.9  # lightness (Oklab) from which on petals let less light through, which would leave them grey


def full(shot: Shot, radius: float) -> Shape:
    """A full flower as of a peony, about the origin: ruffled petals that close over the middle, cupped ones about."""
    petals = []
    for k in range(44):
        share = k / 43
        size = radius * (0.62 + 0.62 * share) * shot.uniform(0.9, 1.1)
        petals.append(
            petal(size, size * (0.85 + 0.25 * share), base=18 + 72 * share, tip=-62 + 86 * share, ruffle=0.07)
        )
    return _whorled(shot, petals).moved(0, -0.35 * radius)


def rose(shot: Shot, radius: float) -> Shape:
    """A rose half open, about the origin: petals rolled about the middle, the outer ones bent back."""
    petals = []
    for k in range(26):
        share = k / 25
        size = radius * (1.15 + 0.2 * share)
        petals.append(
            petal(size, size * (0.75 + 0.4 * share), base=4 + 62 * share, tip=-16 + 92 * share**1.5, ruffle=0.03)
        )
    return _whorled(shot, petals).moved(0, -0.5 * radius)


def opened(shot: Shot, radius: float) -> Shape:
    """An open flower, about the origin: two rows of round petals about its heart."""
    rows = ((7, 0.8, 0.62, 48, 34), (8, 1.0, 0.7, 70, 64))
    petals = [
        petal(radius * long * shot.uniform(0.92, 1.08), radius * wide, base=base, tip=tip, ruffle=0.04)
        for count, long, wide, base, tip in rows
        for _ in range(count)
    ]
    heart = in_column(ball(0.2 * radius, rings=9).scaled(1, 0.75, 1), 0.0)
    return joined([_whorled(shot, petals), heart])


def moth(shot: Shot, radius: float) -> Shape:
    """A moth orchid's flower: three narrow sepals, two wide petals over them, and its lip."""
    sepals = [petal(radius, 0.7 * radius, base=80, tip=72).turned(y=at) for at in (0, 125, 235)]
    wings = [petal(radius, 1.25 * radius, base=72, tip=66, ruffle=0.04).turned(y=at) for at in (68, 292)]
    lip = petal(0.45 * radius, 0.4 * radius, base=30, tip=10).turned(y=180)
    petals = [in_column(each, shot.uniform(0.6, 1)) for each in (*sepals, *wings)]
    return joined([*petals, in_column(lip, 0.0)])


def petal(length: float, width: float, *, base: float, tip: float, ruffle: float = 0.0) -> Shape:
    """A petal with a round tip that rises from the origin towards +z and wraps the axis y.

    It leans outwards by `base` degrees where it grows and by `tip` at its end: 0 is upright, less leans inwards.
    """
    t = 1 - (1 - np.linspace(0, 1, 15)) ** 1.7
    s = np.linspace(-1, 1, 13)[None, :]
    lean, step = np.radians(base + (tip - base) * t), np.diff(t, prepend=0.0) * length
    out, up = np.cumsum(np.sin(lean) * step)[:, None], np.cumsum(np.cos(lean) * step)[:, None]
    half = (width / 2 * t**0.5 * np.sqrt(np.clip(1 - t**5, 0, 1)))[:, None]
    bend = np.maximum(out, 0.42 * width)  # the radius of its cup
    angle = half * s / bend
    waves = ruffle * length * np.sin(7.3 * s + 2.1) * t[:, None] ** 3
    return sheet(xyz(bend * np.sin(angle), up + waves, out - bend * (1 - np.cos(angle))))


def _whorled(shot: Shot, petals: Sequence[Shape]) -> Shape:
    """Petals from the middle outwards, each turned on by the golden angle, with its own column of `petal_colours`."""
    turned = [each.turned(y=137.5 * k + shot.uniform(-9, 9)) for k, each in enumerate(petals)]
    columns = [0.1 + 0.75 * k / len(petals) + shot.uniform(0, 0.15) for k in range(len(petals))]
    return joined([in_column(each, at) for each, at in zip(turned, columns, strict=True)])


def petals_of(colour: Colour) -> Material:
    """Petals of one colour, which let some of the light through."""
    through = 0.35 if lightness(colour) < WHITISH else 0.12
    return Material(petal_colours(colour), roughness=0.75, translucency=through)


def petal_colours(colour: Colour) -> Texture:
    """From the middle's petals to the outer ones (columns), from base to tip (rows): deep within, pale at the rims.

    The first column is a heart's.
    """
    inner, base = np.linspace(1, 0, 16)[None, :, None], np.linspace(1, 0, 24)[:, None, None]
    deep = np.asarray(colour) ** (0.8 + (0.35 * inner + 0.2 * base) * np.array([0.7, 1.1, 1.7]))
    colours = deep + (0.92 - deep) * 0.16 * (1 - base) ** 2 * (1 - 0.6 * inner)
    colours[:, 0] = HEART
    return colours.astype(np.float32)
