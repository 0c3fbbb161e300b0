"""Bodies, colours and materials that grounds and props share. Many are modelled in metres times `METRE`."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ecomgen.scenes.studio.bodies.plants import leaf
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined, lathe, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Texture, Thing, Values
from ecomgen.scenes.studio.stage.shot import Shot

METRE = 4.0  # units in a metre beside a product of a quarter of a metre; `likely_size` suits them to others
BLACK = Material((0.025, 0.025, 0.028), roughness=0.4)
STEEL = Material((0.62, 0.62, 0.63), roughness=0.28, metallic=1.0)
BRASS = Material((0.78, 0.56, 0.25), roughness=0.2, metallic=1.0)
GLASS = Material((1, 1, 1), transmission=1.0)
BEECH = Material((0.52, 0.34, 0.18), roughness=0.55)
BARK = Material((0.11, 0.07, 0.045), roughness=0.9)
STEM = Material((0.10, 0.15, 0.05), roughness=0.7)
EARTHENWARE = Material((0.52, 0.22, 0.11), roughness=0.85)
STALK = Material((0.10, 0.06, 0.03), roughness=0.8)
CALYX_GREEN = Material((0.08, 0.17, 0.04), roughness=0.6)


def rounded(profile: ArrayLike) -> Values:
    """A profile, Nx2, with its corners cut three times (Chaikin), so that no edge is sharp."""
    points = np.asarray(profile, dtype=float)
    for _ in range(3):
        near, far = 0.75 * points[:-1] + 0.25 * points[1:], 0.25 * points[:-1] + 0.75 * points[1:]
        points = np.concatenate([points[:1], np.stack([near, far], 1).reshape(-1, 2), points[-1:]])
    return points


def turned(profile: ArrayLike, size: float = METRE, *, segments: int = 64) -> Shape:
    """A profile of (radius, height), made `size` times as large and turned on the lathe."""
    return lathe(size * np.asarray(profile), segments=segments)


def turned_body(profile: ArrayLike) -> Shape:
    """A rounded profile in metres, turned on the lathe."""
    return turned(rounded(profile))


def assembled(turn: float, *parts: tuple[Shape, Material]) -> list[Thing]:
    """A thing of each part, all turned together by `turn` degrees."""
    return [Thing(shape.turned(y=turn), material) for shape, material in parts]


def lobed(shape: Shape, lobes: int, depth: float) -> Shape:
    """A turned body with `lobes` grooves from top to bottom, `depth` of its radius deep."""
    points = shape.points.astype(np.float64)
    angle = np.arctan2(points[:, 0], points[:, 2])
    points[:, [0, 2]] *= (1 - depth * (1 - np.abs(np.cos(0.5 * lobes * angle)) ** 0.7))[:, None]
    return shape.through(points)


def circle(radius: float, count: int = 40) -> np.ndarray:
    """A closed ring in the xy plane, Nx3."""
    turn = np.linspace(0, 2 * np.pi, count)
    return xyz(radius * np.cos(turn), radius * np.sin(turn), 0)


def ring(radius: float, count: int) -> np.ndarray:
    """A closed ring in the xz plane, Nx3."""
    turn = np.linspace(0, 2 * np.pi, count)
    return xyz(radius * np.cos(turn), 0, radius * np.sin(turn))


def fruit(radius: float, *, tall: float = 0.92, dimple: float = 0.22, taper: float = 0.0) -> Shape:
    """A round fruit of `radius` metres standing on y = 0, dimpled above and below; `taper` narrows its foot."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, 41)
    r = np.cos(angle) ** 0.92 * (1 + taper * np.sin(angle))
    h = tall * np.sin(angle)
    h = h - np.sign(h) * dimple * np.exp(-((r / 0.34) ** 2)) * np.where(h > 0, 1, 0.5)
    return lathe(np.stack([np.maximum(r, 0), h - h.min()], -1) * radius * METRE)


def stalk(x: float, y: float, z: float, length: float) -> Shape:
    """A bent stalk of `length` units on a fruit whose top is at (x, y, z)."""
    t = np.linspace(0, 1, 6)
    path = xyz(x + 0.3 * length * t**2, y + length * t, z)
    return tube(path, 0.07 * length + 0.006, segments=7)


def calyx(radius: float, blades: int = 5) -> Shape:
    """Small green leaves that lie on a fruit's top."""
    return joined([leaf(radius, 0.4 * radius, curl=0.2).turned(x=80).turned(y=360 / blades * k) for k in range(blades)])


def pebble(shot: Shot, size: float, *, rings: int = 25) -> Shape:
    """A worn stone of about `size` units across, standing on y = 0."""
    mould = ball(0.5, rings=rings)
    points = mould.points.astype(np.float64) - [0, 0.5, 0]
    direction = points / (np.linalg.norm(points, axis=1, keepdims=True) + 1e-9)
    bulge = np.zeros(len(points))
    for _ in range(5):
        axis = shot.rng.normal(size=3)
        axis /= np.linalg.norm(axis)
        bulge += shot.uniform(-0.11, 0.11) * np.cos(
            shot.uniform(0.4, 1.3) * (direction @ axis) * np.pi + shot.uniform(0, 6)
        )
    points = direction * (0.5 * (1 + bulge))[:, None] * [1, shot.uniform(0.45, 0.7), shot.uniform(0.7, 1)]
    shape = mould.through(points).turned(y=shot.uniform(0, 360))
    return shape.scaled(size).moved(0, -float(shape.points[:, 1].min()) * size * 0.7)


def slender_vase(shot: Shot, height: float) -> Thing:
    """A vase of `height` units, widest in its lower half."""
    r = 0.3 * height
    profile = [(0, 0), (0.6 * r, 0), (r, 0.35 * height), (0.75 * r, 0.7 * height), (0.38 * r, 0.9 * height)]
    profile += [(0.48 * r, height), (0.42 * r, height), (0.3 * r, 0.88 * height)]
    colour = hexadecimal(shot.choice("#e9e3d8", "#c9b8a3", "#b5aa9a", "#3f4a4a", "#d8d2c8"))
    return Thing(lathe(rounded(profile)), Material(colour, roughness=0.5))


FLAT = 0.3  # times as deep is a bunch that lies
NECK = 0.46  # units: how high the bellied vase is where branches leave it


def bellied_vase(shot: Shot) -> Thing:
    """A vase of half a unit with a narrow neck."""
    outline = [
        *((0, 0), (0.03, 0), (0.05, 0.035), (0.045, 0.08), (0.022, 0.115), (0.026, 0.128)),
        *((0.02, 0.126), (0.016, 0.11)),
    ]
    return Thing(turned_body(outline), Material(pale_glaze(shot), roughness=0.5))


def standing_in(shot: Shot, vase: Thing, neck: float, *parts: tuple[Shape, Material]) -> list[Thing]:
    """A vase, and what grows out of it at the height `neck`; in a flat lay the branches or flowers alone, none of them
    under what they lie on."""
    if shot.frame.lying:
        under = FLAT * min(float(shape.points[:, 2].min()) for shape, _ in parts)
        lying = [(shape.scaled(1, 1, FLAT).moved(0, 0, -under), material) for shape, material in parts]
        return [Thing(shape.turned(x=-90), material) for shape, material in lying]
    return [vase, *(Thing(shape.moved(0, neck), material) for shape, material in parts)]


def tint(shot: Shot, *usual: str) -> Colour:
    """The wished colour of props, else one of the usual ones; linear."""
    return hexadecimal(shot.wish.prop_colour or shot.choice(*usual))


def pale_glaze(shot: Shot) -> Colour:
    return hexadecimal(shot.choice("#e9e3d8", "#c9b8a3", "#b5aa9a", "#d8d2c8", "#8f9a94"))


def grained(colour: Colour, grain: Values, strength: float) -> Texture:
    """`colour` made lighter and darker by `grain`, HxW about 0, by `strength` where that is 1."""
    return np.clip(np.asarray(colour) * (1 + strength * grain[..., None]), 0, 1).astype(np.float32)
