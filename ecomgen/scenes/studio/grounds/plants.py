"""Ground that grows: moss, fallen leaves, undergrowth, a field of stalks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.bodies import plants
from ecomgen.scenes.studio.bodies.plants import AUTUMN, blades
from ecomgen.scenes.studio.grounds.relief import covered, land, scattered, sown, visible
from ecomgen.scenes.studio.grounds.sand import grains
from ecomgen.scenes.studio.primitives.noise import spectral, to_unit_range
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.stage.shot import Shot

MOSS, DEEP = 120_000, 0.022  # tips, and the units that the product sinks among them
TUFTS = 26_000  # on each part of what moss grows on
NEAR = -1.0  # z behind which leaves need few points
WITHERED = ((0.13, 0.075, 0.035), (0.19, 0.13, 0.07), (0.09, 0.06, 0.035))


def moss(shot: Shot, drop: float) -> list[Thing]:
    """Low cushions of moss of many greens, twigs and a few leaves on it."""
    area = land(shot)
    cushions = np.sqrt(np.clip(area.noise(falloff=2.6, coarsest=0.55, finest=10) + 0.5, 0, 2.6))
    tufts = area.noise(falloff=1.5, coarsest=0.16, finest=2)
    far = np.clip(area.away - 0.8, 0, 1)
    before = np.clip(0.35 - 0.65 * area.z, 0.15, 1)  # low before the product, which they must not hide
    heights = (0.10 * cushions * far * before + 0.0045 * tufts) * area.calm(0.9) - 0.006 + area.rolling()
    heights += area.sunk(DEEP) if drop == 0 else 0
    places = sown(shot, MOSS, far=-8.0)
    places[:, 1] = area.under(heights, places) - drop
    away = shot.away(places)
    short = np.where(covered(shot, places) & (drop > 0), 0.005, 0.021 * shot.rng.uniform(0.5, 1.3, len(places)))
    short = short * (1 - 0.6 * np.exp(-((away / 0.05) ** 2)))
    return [
        Thing(area.shape(heights, drop), Material(_humus(shot))),
        Thing(blades(shot.rng, places, height=short), Material(_mossy(shot))),
        *_twigs(shot, drop),
        *fallen_leaves(shot, 18, drop, tints=WITHERED),
    ]


def moss_on(shot: Shot, things: Sequence[Thing]) -> Thing:
    """Moss in patches on wood or stone, on its sides more than on its top, and none where the product stands."""
    rng, found = shot.rng, []
    for thing in things:
        corners = thing.shape.points[thing.shape.faces].astype(np.float64)
        areas = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
        chosen = corners[rng.choice(len(corners), TUFTS, p=areas / areas.sum())]
        found.append(np.einsum("nk,nkd->nd", rng.dirichlet((1, 1, 1), TUFTS), chosen))
    places = np.concatenate(found)
    waves = rng.normal(0, 4.5, (3, 5))
    patches = np.sin(places @ waves + rng.uniform(0, 6.3, 5)).sum(1)
    away = shot.away(places)
    aside = np.clip(-places[:, 1] / 0.03, 0, 1)  # below the cut
    grown = patches > np.where(aside > 0.5, -0.9, 1.0 - 1.2 * np.clip((away - 0.25) / 0.4, 0, 1))
    places = places[grown & (away > 0.1)]
    tall = 0.02 * rng.uniform(0.5, 1.4, len(places))
    return Thing(blades(rng, places, height=tall), Material(_mossy(shot)))


def _humus(shot: Shot) -> NDArray[np.float32]:
    """What is seen between the tips of moss: dark green, brown where there is little of it."""
    tone = to_unit_range(spectral(shot.rng, (1200, 1200), falloff=1.0), 2.2)[..., None]
    bare = np.clip(spectral(shot.rng, (1200, 1200), falloff=1.5, coarsest=0.2) - 0.7, 0, 1)[..., None]
    green = np.asarray((0.045, 0.075, 0.018)) + np.asarray((0.09, 0.135, 0.03)) * tone
    return np.clip(green + (np.asarray((0.075, 0.052, 0.03)) - green) * bare, 0, 1).astype(np.float32)


def _mossy(shot: Shot) -> NDArray[np.float32]:
    """The tips' colours, 64x64x3: fresh and old green in patches, here and there a dry one."""
    patch = to_unit_range(spectral(shot.rng, (64, 64), falloff=0.9), 2.0)[..., None]
    each = shot.rng.normal(1, 0.22, (64, 64, 1))
    green = (np.asarray((0.075, 0.125, 0.036)) + np.asarray((0.15, 0.205, 0.055)) * patch) * np.clip(each, 0.4, 1.7)
    dry = shot.rng.random((64, 64, 1)) < 0.06
    return np.where(dry, np.array([0.22, 0.15, 0.07]), green).astype(np.float32)


def _twigs(shot: Shot, drop: float) -> list[Thing]:
    """Thin dead twigs that lie about."""
    lying = []
    for x, _, z in scattered(shot, 22):
        long, bend = shot.uniform(0.15, 0.5), shot.uniform(-0.06, 0.06)
        t = np.linspace(-0.5, 0.5, 12)
        path = xyz(long * t, 0.008, bend * np.cos(np.pi * t))
        twig = tube(path, shot.uniform(0.004, 0.008) * (1 - 0.5 * (t + 0.5)), segments=7)
        lying.append(twig.turned(y=shot.uniform(0, 360)).moved(float(x), -drop, float(z)))
    return [Thing(joined(lying), Material((0.09, 0.062, 0.04)))] if lying else []


def leaf_litter(shot: Shot, drop: float) -> list[Thing]:
    """Fallen leaves, layer on layer: those below are but spots of their colours."""
    area = land(shot)
    heights = 0.02 * area.noise(falloff=1.8, coarsest=0.8) * area.calm() - 0.02 + area.rolling()
    floor = Thing(area.shape(heights, drop), Material(_spots(shot)))
    return [floor, *fallen_leaves(shot, 2600, drop, deep=0.03, far=-9.0)]


def undergrowth(shot: Shot, drop: float) -> list[Thing]:
    """A jungle's floor: dark wet leaves that rot, seedlings and blades between them."""
    area = land(shot)
    heights = 0.03 * area.noise(falloff=1.7, coarsest=0.9) * area.calm() - 0.02 + area.rolling()
    shape = area.shape(heights, drop)
    dark = _spots(shot) * np.array([0.55, 0.55, 0.45], np.float32)
    green = np.array([0.075, 0.13, 0.03]) * (
        0.4 + to_unit_range(spectral(shot.rng, (1200, 1200), falloff=1.2))[..., None]
    )
    grown = np.clip(spectral(shot.rng, (1200, 1200), falloff=1.5, coarsest=0.25) + 0.3, 0, 1)[..., None]
    places = sown(shot, 20_000)
    places[:, 1] = area.under(area.risen(shape), places)
    foot = np.hypot((places[:, 0] - shot.frame.product_x) / (0.5 * shot.frame.product_width + 0.3), places[:, 2] / 0.5)
    tall = 0.11 * np.clip(foot - 0.7, 0.1, 1) * np.where(covered(shot, places) & (drop > 0), 0.3, 1)
    seedlings = blades(shot.rng, places, height=tall, width=2 * visible(places))
    return [
        Thing(shape, Material((dark + (green - dark) * grown).astype(np.float32), roughness=0.7)),
        Thing(seedlings, Material(_mossy(shot))),
        *fallen_leaves(shot, 260, drop, tints=WITHERED, far=-7.0),
    ]


def _spots(shot: Shot) -> NDArray[np.float32]:
    """Leaves that lie below others: spots of autumn's colours with dark gaps, 1200x1200x3."""
    shape = (1200, 1200)
    kind = to_unit_range(spectral(shot.rng, shape, falloff=0.55, coarsest=0.03, finest=9), 1.8)
    tints = np.asarray((*AUTUMN, (0.20, 0.12, 0.06), (0.13, 0.08, 0.04)), np.float32)
    order = shot.rng.permutation(len(tints))
    spots = tints[order][np.minimum((kind * 14).astype(int) % len(tints), len(tints) - 1)]
    gaps = np.clip(1.1 - 0.55 * np.abs(spectral(shot.rng, shape, falloff=0.8, coarsest=0.04, finest=3)), 0.25, 1)
    shades = 0.62 * gaps * (1 + 0.1 * spectral(shot.rng, shape, falloff=0.3))
    return (spots * shades[..., None]).clip(0, 1).astype(np.float32)


def fallen_leaves(
    shot: Shot,
    count: int,
    drop: float = 0.0,
    *,
    deep: float = 0.0,
    far: float = -4.0,
    tints: Sequence[Colour] = AUTUMN,
    sizes: tuple[float, float] = (0.09, 0.18),
    curled: float = 1.0,
) -> list[Thing]:
    """Leaves lying about, of `sizes` in units, autumn's where no other `tints` are told, none across the product's
    foot; `curled` is 1 for dry ones and 0 for flat ones."""
    fine = [_fallen(shot, kind, curled) for kind in ("maple", "oak", "beech", "beech", "maple", "oak")]
    coarse = [sheet(each.points.reshape(7, 61, 3)[::2, ::3]) for each in fine]
    things = []
    for tint in tints:
        lying = []
        for x, _, z in scattered(shot, count // len(tints), far=far):
            size = shot.uniform(*sizes) * (1 + 0.12 * max(-z - 2, 0))  # far off, a few stand for many
            flat = shot.choice(*(fine if z > NEAR else coarse)).scaled(size)
            flat = flat.turned(y=shot.uniform(0, 360)).turned(
                x=curled * shot.uniform(-16, 16), z=curled * shot.uniform(-16, 16)
            )
            lying.append(flat.moved(float(x), 0.012 + 0.09 * curled * size - drop - deep * shot.rng.random(), float(z)))
        if lying:
            shape = plants.mottled(shot.rng, lying)
            things.append(Thing(shape, Material(_turned_leaf(shot, tint))))
    return things


LOBES = {
    "maple": ((0, 1.0), (24, 0.5), (52, 0.92), (80, 0.42), (112, 0.66), (150, 0.36), (180, 0.30)),
    "oak": (
        (0, 1.0),
        (13, 0.66),
        (24, 0.80),
        (36, 0.48),
        (52, 0.64),
        (74, 0.36),
        (105, 0.42),
        (140, 0.30),
        (180, 0.42),
    ),
    "beech": ((0, 1.0), (20, 0.74), (45, 0.55), (90, 0.44), (135, 0.5), (165, 0.7), (180, 0.82)),
}
"""Outlines of leaves, from the tip to the stalk: degrees, and how far the rim is from the middle."""


def _fallen(shot: Shot, kind: str, curled: float) -> Shape:
    """A dry leaf about one unit long that lies on y = 0, its rim curled, cupped along its rib."""
    turn = np.linspace(0, 2 * np.pi, 61)
    degrees, reach = np.asarray(LOBES[kind]).T
    rim = np.interp(np.abs(np.degrees(np.where(turn > np.pi, turn - 2 * np.pi, turn))), degrees, reach)
    out = np.linspace(0, 1, 7)[:, None]
    x, z = 0.5 * out * rim * np.sin(turn), 0.5 * out * rim * np.cos(turn)
    cup, curl, twist = shot.uniform(0.3, 1.2), shot.uniform(0.05, 0.28), shot.uniform(-0.8, 0.8)
    waves = curl * out**2 * np.cos(3 * turn + shot.uniform(0, 6)) * 0.5
    y = cup * np.abs(x) ** 1.3 + waves + twist * x * z - 0.25 * cup * z**2
    return sheet(xyz(x, curled * (y - y.min() * 0.6), z))


def _turned_leaf(shot: Shot, tint: Colour) -> NDArray[np.float32]:
    """A palette for `mottled` leaves of one colour, 16x24x3: paler along the middle, brown and dry at the rim."""
    base = np.asarray(tint)
    each = shot.rng.uniform(0.55, 1.35, (1, 24, 1)) * (1 + shot.rng.normal(0, 0.09, (1, 24, 3)))
    out = np.linspace(0, 1, 16)[:, None, None]
    brown = np.array([0.17, 0.09, 0.04])
    aged = base * each * (1.12 - 0.2 * out)
    return np.clip(aged + (brown - aged) * 0.65 * np.clip((out - 0.62) / 0.38, 0, 1), 0, 1).astype(np.float32)


def stubble(shot: Shot, drop: float) -> list[Thing]:
    """A wheat field: golden stalks round a trodden place."""
    area = land(shot)
    heights = 0.01 * area.noise(falloff=1.2, coarsest=0.4) * area.calm() + area.rolling()
    shape, colour = area.shape(heights, drop), grains(shot, (0.30, 0.21, 0.11), strength=0.3)
    places = sown(shot, 16_000) - [0, drop, 0]
    distance = np.hypot(
        (places[:, 0] - shot.frame.product_x) / (0.7 * shot.frame.product_width + 0.35),
        np.maximum(np.abs(places[:, 2]) - 0.1, 0) / 0.6,
    )
    tall = 0.42 * np.clip(distance - 0.75, 0.06, 1)
    tall = np.where(places[:, 2] > 0.15, np.minimum(tall, 0.1), tall)
    gold = np.linspace((0.42, 0.30, 0.10), (0.66, 0.47, 0.2), 16)[None]
    return [
        Thing(shape, Material(colour)),
        Thing(blades(shot.rng, places, height=tall), Material(gold.astype(np.float32))),
    ]
