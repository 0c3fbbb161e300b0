"""Sprigs of herbs, lying."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import BARK, STEM, assembled, ring
from ecomgen.scenes.studio.bodies.plants import foliage, leaf
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import around, cluster
from ecomgen.scenes.studio.stage.shot import Shot

BASIL = (0.075, 0.19, 0.04)


@prop(
    "herb, mint, mint leaf, basil, basil leaf, parsley, coriander, cilantro, sage leaf, fresh herb, kelp, seaweed",
    "dill",
    "tea leaf green, spearmint, peppermint, mint sprig, oregano, lemon balm, nettle, lettuce, kale, spinach, arugula",
    "menthol, sprig of mint, sprig of basil",
    place="window",
    kind_of="plant",
    around="mint leaves",
)
def herbs(shot: Shot) -> list[Thing]:
    """A bunch of basil or mint, lying: crossed pairs of oval leaves, smaller towards the tip."""
    stems, leaves, turn = [], [], shot.uniform(-35, 35) + 90
    for k, fan in enumerate(np.linspace(-24, 24, shot.count(7))):
        t, long = np.linspace(0, 1, 10), shot.uniform(0.42, 0.6)
        lift = shot.uniform(0.01, 0.08)  # the tip lies on the ground again
        path = xyz(0.04 * np.sin(3 * t), 0.012 + lift * np.sin(np.pi * t) + 0.008 * (k % 3), long * t)
        heading = turn + fan
        stems.append(tube(path, np.linspace(0.009, 0.004, 10), segments=6).turned(y=heading))
        for at in range(2, 10):
            size = 0.165 * (1.1 - 0.6 * t[at]) * shot.uniform(0.85, 1.15)
            for flank in (-1, 1):
                flat = _mint_leaf(size).turned(z=shot.uniform(-30, 30)).turned(x=shot.uniform(-28, 14))
                aside = flank * (78 - 45 * t[at]) + shot.uniform(-12, 12)
                leaves.append(flat.turned(y=aside).moved(*path[at]).turned(y=heading))
    return [
        Thing(joined(stems), STEM),
        foliage(shot.rng, leaves, BASIL, 0.45),
    ]


@prop("scattered mint, loose mint, mint leaves strewn", place="window", kind_of="plant", strewn=True)
def mint_leaves(shot: Shot, count: int) -> list[Thing]:
    """Tips of mint and single leaves, lying about: pairs of leaves crossed over one another, the smallest on top."""
    leaves = []
    for number, (x, z) in enumerate(around(shot, count // 4, reach=0.8)):
        heading, whole = shot.uniform(0, 360), number % 2 == 0
        for pair in range(3 if whole else 1):
            size = (0.24 - 0.05 * pair) * shot.uniform(0.85, 1.1)
            for flank in (0, 180) if whole else (0,):
                turn = heading + flank + 90 * pair + shot.uniform(-12, 12)
                tilted = _mint_leaf(size).turned(x=-8 * pair - shot.uniform(0, 10))
                leaves.append(tilted.turned(y=turn).moved(x, 0.008 + 0.014 * pair, z))
    return [foliage(shot.rng, leaves, BASIL, 0.45)]


def _mint_leaf(size: float) -> Shape:
    """An oval leaf along +z from the origin, lying: arched, puckered between its veins, its edge toothed."""
    t, s = np.linspace(0, 1, 49)[:, None], np.linspace(-1, 1, 17)[None, :]
    teeth = 1 + 0.07 * (np.abs(np.sin(11 * np.pi * t)) - 0.5) * np.abs(s) ** 6
    x = 0.31 * size * np.sin(np.pi * t**0.8) ** 0.75 * s * teeth
    veins = 0.014 * np.cos(14 * np.pi * (t - 0.3 * np.abs(s))) * (1 - s**8) - 0.03 * np.exp(-((s / 0.12) ** 2))
    y = size * np.sin(np.pi * t) ** 0.6 * (0.1 * (1 - 0.75 * s**2) + veins)
    return sheet(xyz(x, y, np.broadcast_to(size * t, x.shape)))


@prop(
    "rosemary, thyme, thyme sprig, rosemary sprig, juniper, tarragon, rosemary branch, spruce tip, sprig of rosemary, "
    "sprig of thyme",
    place="window",
)
def rosemary(shot: Shot) -> list[Thing]:
    """Twigs of rosemary, lying."""
    needles, stems = [], []
    for x, z in cluster(shot, shot.count(3), 0.12):
        turn = shot.uniform(-50, 50)
        t = np.linspace(0, 1, 8)
        stem = tube(xyz(0.5 * t - 0.25, 0.03, 0.03 * np.sin(4 * t)), 0.008, segments=6)
        stems.append(stem.turned(y=turn).moved(x, 0, z))
        blades = [
            leaf(0.085, 0.014, curl=0.15)
            .turned(x=shot.uniform(20, 85))
            .turned(y=90 + shot.uniform(-60, 60))
            .moved(at, 0.03)
            for at in np.linspace(-0.22, 0.25, 70)
        ]
        needles.append(joined(blades).turned(y=turn).moved(x, 0, z))
    return [
        Thing(joined(needles), Material((0.08, 0.14, 0.07), roughness=0.6)),
        Thing(joined(stems), BARK),
    ]


@prop(
    "lavender, lavender sprig, lavender flower, lavender bunch, bunch of lavender, dried lavender, lavender stem",
    "sprig",
    kind_of="flowers",
)
def lavender(shot: Shot) -> list[Thing]:
    """A tied bunch of lavender, lying."""
    stems, buds = [], []
    for _ in range(26):
        spread, high = shot.uniform(-0.10, 0.10), shot.uniform(0.0, 0.09)
        long = shot.uniform(0.85, 1.05)
        t = np.linspace(0, 1, 8)
        path = xyz(long * (t - 0.5), 0.03 + high * np.abs(t - 0.4) * 1.6, spread * (t - 0.35) * 1.6)
        stems.append(tube(path, 0.006, segments=5))
        for j in range(14):
            at = path[-1] + (path[-1] - path[-2]) * (0.16 * j - 0.5)
            bead = ball(0.016 * (1.1 - 0.04 * j), rings=7).scaled(1, 1.3, 1)
            buds.append(bead.moved(at[0], at[1] + shot.uniform(-0.014, 0.008), at[2] + shot.uniform(-0.016, 0.016)))
    band = tube(ring(0.05, 24), 0.012, segments=6).turned(z=90).moved(-0.1, 0.055)
    turn = shot.uniform(-35, 35)
    return assembled(
        turn,
        (joined(stems), Material((0.20, 0.26, 0.14), roughness=0.8)),
        (joined(buds), Material((0.24, 0.16, 0.42), roughness=0.8)),
        (band, Material((0.52, 0.42, 0.28), roughness=0.9)),
    )
