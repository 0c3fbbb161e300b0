"""What stands between the lamp and the set and is seen only as a shadow: leaves, a window's bars."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.bodies.plants import leaf
from ecomgen.scenes.studio.primitives.noise import ridges, spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Material, Sun, Thing
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.scenes.studio.stage.shot import Shot

BEHIND = (0.0, 0.9, -2.5)  # of a wall, from the product
BEFORE_WALL, MORE = 9, 7  # twigs whose shadows fall there, and round the product, where they are asked for
NEAREST = (0.75, 0.3)  # of a twig to the product's middle, in units; where its shadow is asked for
BLACK = Material((0.02, 0.025, 0.015))


def is_card(thing: Thing) -> bool:
    """Whether it is hung before a lamp, of a set that was built or read from a file."""
    return isinstance(thing.material.colour, tuple) and thing.material.colour == BLACK.colour


def _across(sun: Sun) -> np.ndarray:
    """Right, up and towards the sun, 3x3, each a row: the axes of what is hung across its light."""
    aim = np.asarray(sun.towards, dtype=np.float64)
    aim /= np.linalg.norm(aim)
    right = np.cross([0.0, 1.0, 0.0], aim)
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(aim, right), aim])


def _hung(shape: Shape, shot: Shot, sun: Sun, *, distance: float = 3.4, z: float = -0.5) -> Shape:
    """A shape in the xy plane hung across the sun's light, `distance` units from the product, out of the picture."""
    axes = _across(sun)
    points = [shot.frame.product_x, 0.3, z] + distance * axes[2] + shape.points.astype(np.float64) @ axes
    unseen = ~_seen(points[shape.faces], shot.frame)
    return Shape(points=points.astype(np.float32), faces=shape.faces[unseen], uv=shape.uv, smooth=False)


def _seen(faces: np.ndarray, frame: Frame) -> np.ndarray:
    """Which faces, Nx3x3, are before the camera and may be within or close to the picture, as beside the lens."""
    scale = frame.distance / np.maximum(frame.distance - faces[..., 2], 1e-3)
    x, y = faces[..., 0] * scale, frame.eye + (faces[..., 1] - frame.eye) * scale
    margin = 0.15 + 0.05 * scale.max(axis=1)
    across = (x.min(axis=1) < frame.right + margin) & (x.max(axis=1) > -frame.right - margin)
    high = (y.min(axis=1) < frame.top + margin) & (y.max(axis=1) > frame.bottom - margin)
    return across & high & (faces[..., 2] < frame.distance).any(axis=1)


def cast(shot: Shot, sun: Sun) -> Thing:
    """What shades this picture: leaves or a window's bars, as wished, else by chance."""
    if shot.wish.hardness is None:
        return leaves(shot, sun) if shot.span("cast", 0, 1) < 0.6 else panes(shot, sun)
    return leaves(shot, sun) if shot.wish.hardness == "dappled" else panes(shot, sun)


def leaves(shot: Shot, sun: Sun, *, distance: float = 3.6) -> Thing:
    """Twigs with leaves round the product's place, dense at the rim and open in the middle; or fronds of palms, or the
    net of light under rippled water, where these are wished."""
    if shot.wish.cast == "palm":
        return _fronds(shot, sun, distance=distance)
    if shot.wish.cast == "water":
        return _ripples(shot, sun, distance=distance)
    asked = shot.wish.cast is not None
    middles = [np.zeros(2)] * int(shot.rng.integers(9, 14))
    middles += [middles[0]] * (MORE * asked) + [(_across(sun) @ BEHIND)[:2]] * (BEFORE_WALL * asked)
    twigs = []
    for middle in middles:
        angle, nearest = shot.uniform(0, 360), 0.2 if middle.any() else NEAREST[asked]
        out = shot.uniform(nearest, nearest + 1.45)
        start = middle + np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))]) * out
        heading = shot.uniform(0, 360)
        size = shot.uniform(0.22, 0.42)
        for step in range(int(shot.rng.integers(4, 9))):
            offset = start + 0.17 * step * np.array([np.cos(np.radians(heading)), np.sin(np.radians(heading))])
            twist = heading + (55 if step % 2 else -55) + shot.uniform(-15, 15) - 90
            twigs.append(leaf(size, size * 0.38).turned(z=twist).moved(float(offset[0]), float(offset[1])))
    return Thing(_hung(joined(twigs), shot, sun, distance=distance), BLACK)


def _fronds(shot: Shot, sun: Sun, *, distance: float) -> Thing:
    """Fronds that reach in from all round and past the product's place, each with its two rows of narrow leaves."""
    first = shot.uniform(0, 360)
    parts = []
    for number in range(int(shot.rng.integers(3, 5))):
        angle = np.radians(first + 137.5 * number + shot.uniform(-20, 20))
        foot = shot.uniform(1.7, 2.3) * np.array([np.cos(angle), np.sin(angle)])
        aside = shot.uniform(0.5, 0.95) * shot.rng.choice([-1, 1]) * np.array([-np.sin(angle), np.cos(angle)])
        way = aside - foot
        parts.append(
            _frond(shot, 1.15 * float(np.hypot(*way))).turned(z=float(np.degrees(np.arctan2(*way[::-1]))) - 90)
        )
        parts[-1] = parts[-1].moved(*foot.tolist())
    return Thing(_hung(joined(parts), shot, sun, distance=distance), BLACK)


def _frond(shot: Shot, long: float) -> Shape:
    """A palm's frond from the origin upwards, bent to one side."""
    bend, parts = shot.uniform(-0.25, 0.25), []
    for share in np.linspace(0.12, 1, 24):
        x, y = bend * long * share**2, long * share
        size = long * 0.34 * float(np.sin(np.pi * (0.18 + 0.72 * share)))
        lean = 62 - 34 * share
        for side in (-1, 1):
            turn = side * lean - np.degrees(2 * bend * share) + shot.uniform(-4, 4)
            parts.append(leaf(size, 0.085 * size + 0.008).turned(z=-float(turn)).moved(x, y))
    path = np.linspace(0, 1, 14)
    spine = np.stack([bend * long * path**2, long * path], -1)
    wide = 0.016 * (1 - 0.7 * path)[:, None] * np.array([1.0, 0.0])
    rows = np.stack([spine - wide, spine + wide], 1)
    return joined([*parts, sheet(np.concatenate([rows, np.zeros((14, 2, 1))], -1), smooth=False)])


def _ripples(shot: Shot, sun: Sun, *, distance: float) -> Thing:
    """A card of fine holes, closer together along a net of lines, as rippled water gathers the light."""
    cells, size = 360, 8.0  # holes side by side, and units across
    field, other = (spectral(shot.rng, (cells, cells), falloff=3, coarsest=at, finest=3) for at in (0.16, 0.12))
    bright = np.clip(0.36 + 0.8 * ridges(field, 0.17) + 0.5 * ridges(other, 0.14), 0, 1)
    right, up = (_across(sun) @ BEHIND)[:2] / 2  # between what falls round the product and what falls behind
    at = np.linspace(-size / 2, size / 2, cells + 1)
    card = sheet(xyz(at[None, :] + right, -at[:, None] + up, 0), smooth=False)
    shut = np.tile((shot.rng.random((cells, cells)) > bright).ravel(), 2)
    return Thing(_hung(replace(card, faces=card.faces[shut]), shot, sun, distance=distance), BLACK)


def canopy(shot: Shot, sun: Sun) -> Thing:
    """The crowns of trees over all of the place: sunlit patches on the ground, the product in one of them."""
    twigs = []
    for _ in range(64):
        crown = np.array([shot.uniform(-8, 8), shot.uniform(-5, 5)])
        if np.hypot(*crown) < 1.5:
            crown *= 1.5 / np.hypot(*crown)
        for offset in crown + shot.rng.normal(0, 0.42, (7, 2)):
            size = shot.uniform(0.4, 0.8)
            twigs.append(leaf(size, 0.5 * size).turned(z=shot.uniform(0, 360)).moved(*(float(x) for x in offset)))
    return Thing(_hung(joined(twigs), shot, sun, distance=6.0), BLACK)


def panes(shot: Shot, sun: Sun) -> Thing:
    """A window's bars, or its blind where that is wished."""
    return _blind(shot, sun) if shot.wish.cast == "blinds" else _bars(shot, sun)


def _blind(shot: Shot, sun: Sun) -> Thing:
    """The slats of a blind: stripes of light over the product's place and the wall behind, dark beside the window."""
    pitch, beside = shot.uniform(0.15, 0.21), shot.uniform(1.0, 1.5)
    shut = pitch * shot.uniform(0.42, 0.55)
    right, up = (_across(sun) @ BEHIND)[:2]
    left, right = min(0.0, float(right)) - beside, max(0.0, float(right)) + beside
    slats = [_panel(left, right, y, y + shut) for y in np.arange(-2.5, max(up, 0) + 2.5, pitch)]
    walls = [_panel(left - 6, left, -6, up + 6), _panel(right, right + 6, -6, up + 6)]
    return Thing(_hung(joined([*slats, *walls]).turned(z=shot.uniform(-9, 9)), shot, sun), BLACK)


def _bars(shot: Shot, sun: Sun) -> Thing:
    """A window's frame: light falls through its panes, the wall round it keeps the rest dark.

    The product stands in the middle of a pane's light, so that the shadow beside it is its own; the other panes light
    what is behind it.
    """
    wide, bar = shot.uniform(0.95, 1.3), shot.uniform(0.06, 0.11)
    x, y = shot.uniform(-0.12, 0.12), shot.uniform(-0.1, 0.2)
    high = wide * shot.uniform(1.3, 1.8)
    right, up = (_across(sun) @ BEHIND)[:2]
    aside, above = round(right / (wide + bar)) or int(np.sign(right)), max(round(up / (high + bar)), 0)
    xs = [x + (number - 0.5) * (wide + bar) for number in range(min(aside, 0), max(aside, 0) + 2)]
    ys = [y + (number - 0.5) * (high + bar) for number in range(above + 2)]
    panels = [_panel(at - bar / 2, at + bar / 2, ys[0], ys[-1]) for at in xs]
    panels += [_panel(xs[0], xs[-1], at - bar / 2, at + bar / 2) for at in ys]
    panels += [_panel(xs[0] - 6, xs[0], ys[0] - 6, ys[-1] + 6), _panel(xs[-1], xs[-1] + 6, ys[0] - 6, ys[-1] + 6)]
    panels += [_panel(xs[0], xs[-1], ys[0] - 6, ys[0]), _panel(xs[0], xs[-1], ys[-1], ys[-1] + 6)]
    turned = joined(panels).turned(z=shot.uniform(-6, 6))
    return Thing(_hung(turned, shot, sun), BLACK)


def _panel(x0: float, x1: float, y0: float, y1: float) -> Shape:
    """A rectangle of small faces, so that those in the picture can be left out."""
    y, x = np.meshgrid(np.linspace(y1, y0, 25), np.linspace(x0, x1, 25), indexing="ij")
    return sheet(xyz(x, y, 0), smooth=False)


def pool_of_light(shot: Shot, sun: Sun) -> Thing:
    """A card with a round hole: what a spotlight leaves in the dark is dark, its pool lies round the product."""
    hole = 0.5 * max(shot.frame.product_width, shot.frame.product_height) + shot.uniform(0.28, 0.42)
    turn, reach = np.meshgrid(np.linspace(0, 2 * np.pi, 97), [hole, 1.15 * hole, 2.0, 3.5, 9.0], indexing="xy")
    ring = sheet(xyz(reach * np.cos(turn), reach * np.sin(turn), 0), smooth=False)
    return Thing(_hung(ring.moved(0, 0.12), shot, sun, z=0.0), BLACK)
