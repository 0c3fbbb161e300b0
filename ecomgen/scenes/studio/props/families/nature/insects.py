"""Butterflies."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import METRE, tint
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Texture, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.shot import Shot

FORE = (0.042 * METRE, (8, 72), 46, 0.9)  # of a wing: how long, from where to where in degrees, its tip, how pointed
HIND = (0.03 * METRE, (-68, 14), -34, 0.45)
DARK: Colour = (0.018, 0.013, 0.01)
VEINS = 5  # in a wing
MARGIN = 0.8  # of a wing's length at which its dark edge begins


@prop("butterfly, butterflies, fluttering butterfly, monarch butterfly, flying butterfly", loose=True, tinted=True)
def butterflies(shot: Shot) -> list[Thing]:
    """Butterflies on the wing, each turned its own way."""
    wings, bodies = [], []
    for number, (x, z) in enumerate(cluster(shot, shot.count(5), 0.3)):
        size, spread = shot.uniform(0.8, 1.1), shot.uniform(18, 52)
        turn = {"x": shot.uniform(20, 60), "y": shot.uniform(-50, 50), "z": shot.uniform(-35, 35)}
        place = (x, 0.4 + 0.26 * (number * 3 % 5) + shot.uniform(-0.06, 0.06), 0.5 * z)
        pair = joined([_wing(*part, spread) for part in (FORE, HIND)])
        both = joined([pair, pair.through(pair.points * [-1, 1, 1])])
        wings.append(both.scaled(size).turned(**turn).moved(*place))
        bodies.append(_body().scaled(size).turned(**turn).moved(*place))
    painted = Material(_painted(np.asarray(tint(shot, "#e8862a", "#f2c14b", "#5b8fd6"))), roughness=0.7)
    return [
        Thing(joined(wings), painted),
        Thing(joined(bodies), Material(DARK, roughness=0.8)),
    ]


def _wing(length: float, angles: tuple[float, float], tip: float, pointed: float, spread: float) -> Shape:
    """A right wing about the origin, raised by `spread` degrees; its texture runs from root to edge."""
    angle, out = np.linspace(*angles, 25)[None, :], np.linspace(0, 1, 12)[:, None]
    first, last = angles
    bay = np.sin(np.pi * (angle - first) / (last - first)) ** 0.4  # to nothing at either flank
    reach = length * bay * np.exp(-pointed * np.radians(angle - tip) ** 2)
    across, along = (out * reach * turn(np.radians(angle)) for turn in (np.cos, np.sin))
    raised = np.radians(spread)
    return sheet(xyz(across * np.cos(raised), along, across * np.sin(raised)))


def _body() -> Shape:
    t = np.linspace(-1, 1, 12)
    feelers = [
        tube(xyz(side * 0.008 * METRE * s, 0.011 * METRE + 0.013 * METRE * s, 0.002), 0.0004 * METRE, segments=4)
        for side in (-1, 1)
        for s in [np.linspace(0, 1, 6)]
    ]
    trunk = tube(xyz(0.0, 0.013 * METRE * t, 0.0), 0.0025 * METRE * np.sqrt(1.02 - t**2), segments=8)
    return joined([trunk, *feelers])


def _painted(colour: np.ndarray) -> Texture:
    """A wing in `colour` with dark veins and a dark edge with pale spots."""
    v, u = np.meshgrid(np.linspace(0, 1, 96), np.linspace(0, 1, 96), indexing="ij")
    vein = np.abs((u * VEINS) % 1 - 0.5) > 0.47 - 0.03 * v
    edge = (v > MARGIN) | (np.abs(u - 0.5) > 0.5 - 0.05 * v)
    spot = np.hypot(((u * 2 * VEINS) % 1 - 0.5) / 2.4, v - 0.9) < 0.045
    shade = colour * (1.15 - 0.45 * v[..., None])
    shade[vein | edge] = DARK
    shade[spot] = (0.85, 0.8, 0.7)
    return np.clip(shade, 0, 1).astype(np.float32)
