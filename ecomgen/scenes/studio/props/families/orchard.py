"""More fruit and vegetables: bananas, peaches, plums, coconuts, melons, kiwis, cucumbers, carrots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.plants import leaf
from ecomgen.scenes.studio.props.scatter import METRE, cluster, fruit
from ecomgen.scenes.studio.stage.noise import spectral
from ecomgen.scenes.studio.stage.shapes import Shape, ball, disc, joined, sheet, tube
from ecomgen.scenes.studio.stage.types import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Colour, Texture

STALK = Material(colour=(0.10, 0.07, 0.03), roughness=0.8)


@prop("banana, plantain", place="window")
def bananas(shot: Shot) -> list[Thing]:
    """A hand of bananas, joined at one end."""
    fingers, tips = [], []
    t = np.linspace(0, 1, 26)
    angle = 1.9 * (t - 0.5)
    girth = 0.062 * np.sqrt(np.clip(np.sin(np.pi * (0.06 + 0.9 * t)), 0, 1)) * np.clip(7 * t + 0.3, 0, 1)
    for k in range(shot.wish.count_of("bananas", 4)):
        bend = np.stack([0.36 * np.sin(angle), 0.36 * (1 - np.cos(angle)) + 0.03, np.zeros(26)], -1)
        turn = {"y": 16 * (k - 1.5), "x": 14 * (k - 1.5)}
        fingers.append(tube(bend, girth, segments=7).turned(**turn).moved(0, 0.04, 0.09 * (k - 1.5)))
        tips.append(ball(0.016, rings=9).moved(*bend[-1]).turned(**turn).moved(0, 0.03, 0.09 * (k - 1.5)))
    peel = Material(colour=(0.84, 0.60, 0.06), roughness=0.5)
    spin = shot.between(-30, 30)
    return [
        Thing(shape=joined(fingers).turned(y=spin), material=peel),
        Thing(shape=joined(tips).turned(y=spin), material=STALK),
    ]


def _blushed(shot: Shot, base: Colour, cheek: Colour) -> Texture:
    """A skin that is redder on one side."""
    side = 0.5 + 0.5 * np.cos(np.linspace(0, 2 * np.pi, 256))[None, :]
    share = np.clip(side + 0.25 * spectral(shot.rng, (128, 256), falloff=1.2), 0, 1)[..., None]
    return (np.asarray(base) * (1 - share) + np.asarray(cheek) * share).astype(np.float32)


@prop("peach, nectarine, apricot fruit, peach fruit, ripe peach", plurals="apricots, nectarines", place="window")
def peaches(shot: Shot) -> list[Thing]:
    """Peaches: downy, orange turning to red."""
    skin = Material(colour=_blushed(shot, (0.80, 0.47, 0.16), (0.55, 0.10, 0.06)), roughness=0.85, sheen=0.6)
    bodies = [
        _creased(fruit(shot.between(0.034, 0.039), tall=0.95, dimple=0.25))
        .turned(y=shot.between(0, 360))
        .moved(x, 0, z)
        for x, z in cluster(shot, shot.wish.count_of("peaches", 3), 0.35)
    ]
    return [Thing(shape=joined(bodies), material=skin)]


def _creased(body: Shape) -> Shape:
    """With one crease from stalk to tip."""
    points = body.points.astype(np.float64)
    angle = np.arctan2(points[:, 0], points[:, 2])
    points[:, [0, 2]] *= (1 - 0.09 * np.exp(-((angle / 0.16) ** 2)))[:, None]
    return Shape(points=points.astype(np.float32), faces=body.faces, uv=body.uv)


@prop("plum fruit, plums, damson, prune, date, fig fruit", place="window")
def plums(shot: Shot) -> list[Thing]:
    """Plums with their bloom."""
    bloom = np.clip(0.35 + 0.25 * spectral(shot.rng, (128, 256), falloff=1.4), 0, 0.8)[..., None]
    colour = np.asarray((0.06, 0.015, 0.06)) * (1 - bloom) + np.asarray((0.16, 0.15, 0.27)) * bloom
    bodies = [
        _creased(fruit(shot.between(0.02, 0.024), tall=1.12, dimple=0.12))
        .turned(x=80, y=shot.between(0, 360))
        .moved(x, 0.09, z)
        for x, z in cluster(shot, shot.wish.count_of("plums", 5), 0.22)
    ]
    return [Thing(shape=joined(bodies), material=Material(colour=colour.astype(np.float32), roughness=0.4))]


@prop("coconut, coconut half, coconut oil, coconut water, coconut shell, copra", place="window")
def coconuts(shot: Shot) -> list[Thing]:
    """A coconut, and half of another with its white flesh."""
    fibre = spectral(shot.rng, (256, 256), falloff=0.7, stretch=(7.0, 1.0))
    brown = np.clip(np.asarray((0.19, 0.11, 0.06)) * (1 + 0.3 * fibre[..., None]), 0, 1).astype(np.float32)
    husk = Material(colour=brown, roughness=0.95, bump=fibre, bump_scale=0.03)
    whole = ball(0.22).moved(0, 0, 0)
    bowl, flesh = _cup(0.22), _cup(0.2).moved(0, 0.012)
    lean = {"x": 42.0, "y": shot.between(-20, 20)}
    return [
        Thing(shape=joined([whole, bowl.turned(**lean).moved(0.36, 0.2, 0.2)]), material=husk),
        Thing(
            shape=flesh.turned(**lean).moved(0.36, 0.2, 0.2),
            material=Material(colour=(0.86, 0.84, 0.79), roughness=0.4),
        ),
    ]


def _cup(radius: float) -> Shape:
    """The lower half of a sphere about the origin, open above, with a thick rim."""
    angle = np.linspace(-np.pi / 2, 0, 20)
    outer = [(radius * float(np.cos(a)), radius * float(np.sin(a))) for a in angle]
    inner = [(0.86 * radius * float(np.cos(a)), 0.86 * radius * float(np.sin(a))) for a in angle[::-1]]
    turn = np.linspace(-np.pi, np.pi, 65)
    rows = [np.stack([r * np.sin(turn), np.full(65, h), r * np.cos(turn)], -1) for r, h in [*outer, *inner]]
    return sheet(np.stack(rows[::-1]))


@prop("watermelon, melon, watermelon slice, melon slice, watermelon wedge", place="window")
def watermelon(shot: Shot) -> list[Thing]:
    """Wedges of watermelon, standing on their rind."""
    flesh, rinds, pips = [], [], []
    for x, z in cluster(shot, shot.wish.count_of("watermelon", 2), 0.46):
        turn = shot.between(-35, 35)
        arc = np.linspace(np.pi, 2 * np.pi, 33)
        for radius, thick, group in ((0.30, 0.12, flesh), (0.335, 0.118, rinds)):
            rim = np.stack([radius * np.cos(arc), radius * np.sin(arc)], -1)
            middle = np.zeros_like(rim)
            rows = [
                (middle, thick / 2),
                (rim, thick / 2),
                (rim, thick / 2),
                (rim, -thick / 2),
                (rim, -thick / 2),
                (middle, -thick / 2),
            ]
            grid = np.stack([np.concatenate([line, np.full((33, 1), at)], -1) for line, at in rows])
            group.append(sheet(grid, smooth=False).turned(x=-12, y=turn).moved(x, 0.335, z))
        for _ in range(12):
            a, r = shot.between(np.pi + 0.3, 2 * np.pi - 0.3), shot.between(0.12, 0.24)
            pip = ball(0.011, rings=7).scaled(0.8, 1.4, 0.5).moved(r * np.cos(a), r * np.sin(a), 0.058)
            pips.append(pip.turned(x=-12, y=turn).moved(x, 0.335, z))
    return [
        Thing(shape=joined(flesh), material=Material(colour=(0.72, 0.10, 0.09), roughness=0.35)),
        Thing(shape=joined(rinds), material=Material(colour=(0.30, 0.46, 0.16), roughness=0.4)),
        Thing(shape=joined(pips), material=Material(colour=(0.02, 0.015, 0.01), roughness=0.3)),
    ]


def _slices(shot: Shot, name: str, face: Texture, radius: float) -> list[Thing]:
    """Round slices, lying over one another like fallen dominoes."""
    wide = radius * METRE
    lying = [
        disc(wide, 0.022, 0.005)
        .draped(2 * wide, 2 * wide)
        .turned(z=0 if k == 0 else -12)
        .moved(0.62 * wide * k, 0.006 * k)
        for k in range(shot.wish.count_of(name, 5))
    ]
    flesh = Material(colour=face, roughness=0.25, specular=0.6)
    return [Thing(shape=joined(lying).turned(y=shot.between(-40, 40)), material=flesh)]


@prop("kiwi, kiwi slice, kiwifruit", place="window")
def kiwi_slices(shot: Shot) -> list[Thing]:
    y, x = np.mgrid[-1:1:256j, -1:1:256j]
    r, angle = np.hypot(x, y), np.arctan2(y, x)
    green = np.asarray((0.38, 0.55, 0.08)) * (0.8 + 0.2 * np.cos(44 * angle))[..., None]
    heart = np.clip((0.22 - r) / 0.05, 0, 1)[..., None]
    face = green * (1 - heart) + np.asarray((0.80, 0.82, 0.55)) * heart
    seeds = (np.abs(r - 0.38) < 0.07) & (np.cos(30 * angle) > 0.75)
    face = np.where(seeds[..., None], (0.02, 0.02, 0.01), face)
    return _slices(
        shot, "kiwi slices", np.where((r > 0.95)[..., None], (0.25, 0.17, 0.08), face).astype(np.float32), 0.024
    )


@prop("cucumber, cucumber slice, zucchini, courgette, cucumber ribbon, pickle slice", place="window")
def cucumber_slices(shot: Shot) -> list[Thing]:
    y, x = np.mgrid[-1:1:256j, -1:1:256j]
    r, angle = np.hypot(x, y), np.arctan2(y, x)
    face = np.asarray((0.62, 0.74, 0.38)) * (0.92 + 0.08 * np.cos(3 * angle))[..., None]
    seeds = (np.abs(r - 0.42) < 0.12) & (np.cos(24 * angle) > 0.6)
    face = np.where(seeds[..., None], (0.74, 0.80, 0.52), face)
    return _slices(
        shot, "cucumber slices", np.where((r > 0.91)[..., None], (0.05, 0.17, 0.03), face).astype(np.float32), 0.022
    )


@prop("carrot, vegetable, veggie, root vegetable, veg", place="window")
def carrots(shot: Shot) -> list[Thing]:
    """Carrots with their green, side by side."""
    roots, tops = [], []
    t = np.linspace(0, 1, 40)
    for k in range(shot.wish.count_of("carrots", 4)):
        rings = 1 + 0.035 * (np.sin(60 * t + k) > 0.7)
        girth = 0.062 * (1 - t) ** 0.62 * rings * np.clip(14 * t + 0.35, 0, 1) + 0.002
        path = np.stack([0.66 * t - 0.3, np.full(40, 0.06), 0.03 * np.sin(3 * t + k)], -1)
        turn = shot.between(-10, 10)
        roots.append(tube(path, girth, segments=18).turned(y=turn).moved(0, 0, 0.13 * k))
        for _ in range(22):
            blade = (
                leaf(shot.between(0.14, 0.3), 0.03, curl=0.3)
                .turned(x=shot.between(60, 92))
                .turned(y=-90 + shot.between(-26, 26))
            )
            tops.append(blade.moved(-0.29, 0.06, 0).turned(y=turn).moved(0, 0, 0.13 * k))
    spin = shot.between(-25, 25)
    return [
        Thing(shape=joined(roots).turned(y=spin), material=Material(colour=(0.78, 0.25, 0.03), roughness=0.5)),
        Thing(shape=joined(tops).turned(y=spin), material=Material(colour=(0.09, 0.22, 0.04), roughness=0.6)),
    ]
