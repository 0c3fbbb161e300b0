"""What the sea washes up, and what one takes to the beach."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import grained, rounded, tint
from ecomgen.scenes.studio.bodies.plants import blades, shades
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import around, cluster, strewn
from ecomgen.scenes.studio.stage.shot import Shot

RIBS = 9  # of a scallop
DRY = (0.40, 0.37, 0.18)


@prop(
    "shell, seashell, scallop, conch, clam, oyster, mussel, sea shell, cockle, snail shell, mother of pearl",
    companion="tiny shells",
)
def shells(shot: Shot) -> list[Thing]:
    """Scallops and turret shells."""
    fans, turrets = [], []
    for number, (x, z) in enumerate(cluster(shot, shot.count(3), 0.22)):
        size, turn = shot.uniform(0.2, 0.29), shot.uniform(-35, 35)
        if number % 3 == 2:
            turrets.append(_spiral(1.2 * size).turned(y=turn).moved(x, 0, z + 0.1))
        else:
            leaning = _scallop(size).turned(y=180).turned(x=shot.uniform(28, 50)).turned(y=turn)
            fans.append(leaning.moved(x, -float(leaning.points[:, 1].min()) - 0.02 * size, z))
    rows, ribs = np.linspace(0, 1, 120)[:, None], np.linspace(0, 1, 360)[None]
    shade = (1 - 0.13 * np.cos(30 * rows**1.4) * rows) * (0.8 + 0.2 * np.abs(np.sin(RIBS * np.pi * ribs)) ** 0.6)
    colour = np.asarray(tint(shot, "#ecd3bd", "#e6bfa8", "#efe3d3")) * shade[..., None]
    found = [Thing(joined(fans), Material(colour.astype(np.float32), roughness=0.4))]
    pale = Material((0.72, 0.58, 0.42), roughness=0.35)
    return [*found, Thing(joined(turrets), pale)] if turrets else found


@prop("tiny seashell, tiny shell, small shell, small seashell, shell fragment, broken shell, little shell", strewn=True)
def tiny_shells(shot: Shot, count: int) -> list[Thing]:
    """Small shells strewn about."""
    moulds = [_scallop(1.0), _spiral(1.1), _scallop(0.8)]
    lying = strewn(shot, moulds, around(shot, max(count // 2, 8), reach=0.8), 0.075)
    return [Thing(lying, Material(tint(shot, "#eadccb"), roughness=0.4))]


@prop("starfish, sea star, star fish")
def starfish(shot: Shot) -> list[Thing]:
    """Starfish with five arms and a grainy back, propped up a little towards the camera."""
    t, angle = np.meshgrid(np.linspace(0, 1, 40), np.linspace(0, 2 * np.pi, 201), indexing="ij")
    arm = np.abs(((5 * angle / (2 * np.pi)) % 1) - 0.5) * 2
    edge = 0.3 * (0.30 + 0.70 * arm**1.9)
    ridge = 0.075 * (1 - t**2.2) * (0.55 + 0.45 * arm)
    grid = xyz(edge * t * np.sin(angle), ridge, edge * t * np.cos(angle))
    grain = spectral(shot.rng, (200, 400), falloff=0.4, finest=1.6)
    skin = Material(tint(shot, "#d98c52", "#c96a4a", "#e2b27a"), roughness=0.85, bump=grain, bump_scale=0.002)
    stars = []
    for number, (x, z) in enumerate(cluster(shot, shot.count(1), 0.5)):
        size = 1.0 if number == 0 else 0.6
        star = sheet(grid).scaled(size).turned(y=shot.uniform(0, 72)).turned(x=shot.uniform(16, 28))
        stars.append(star.moved(x, -float(star.points[:, 1].min()) - 0.03 * size, z))
    return [Thing(joined(stars), skin)]


@prop("driftwood, bleached wood, drift wood, beach wood, bleached branch")
def driftwood(shot: Shot) -> list[Thing]:
    """A bleached branch with a stump of another."""
    parts = []
    for length, thick, turn, lift in ((1.1, 0.075, 0.0, 0.0), (0.5, 0.045, 55.0, 0.05)):
        t = np.linspace(0, 1, 60)
        path = xyz(length * (t - 0.5), 0.06 + lift * t + 0.05 * np.sin(3 * t), 0.10 * np.sin(4 * t + 1))
        knots = spectral(shot.rng, (8, 60), falloff=2.4)[0]
        radii = (
            thick
            * (0.75 + 0.5 * np.sin(np.pi * np.clip(t, 0.05, 0.95)) ** 0.4 + 0.05 * knots)
            * np.clip(12 * (1 - t), 0.05, 1)
        )
        parts.append(tube(path, radii * np.clip(12 * t, 0.05, 1), segments=20).turned(y=turn))
    grain = spectral(shot.rng, (500, 60), falloff=1.3, stretch=(1.0, 8.0))
    colour = grained((0.40, 0.34, 0.27), grain, 0.22)
    material = Material(colour, roughness=0.9, bump=grain, bump_scale=0.012)
    return [Thing(joined(parts).turned(y=shot.uniform(-25, 25)), material)]


@prop("straw hat, sun hat, hat, panama hat, beach hat, summer hat, boater", single=True)
def straw_hat(shot: Shot) -> list[Thing]:
    """A straw hat with a band."""
    outline = [
        *((0.78, 0.0), (0.74, 0.035), (0.36, 0.02), (0.345, 0.05), (0.33, 0.2), (0.27, 0.27)),
        *((0.12, 0.255), (0.0, 0.25)),
    ]
    hat = lathe(rounded(outline))
    rows, columns = np.mgrid[0:600, 0:900]
    weave = np.sin(rows * 0.9) * np.sign(np.sin(columns * 0.35 + np.pi * ((rows // 7) % 2)))
    straw = grained((0.62, 0.47, 0.26), weave, 0.10)
    band = lathe([(0.357, 0.045), (0.362, 0.05), (0.346, 0.13), (0.338, 0.135)])
    return [
        Thing(hat, Material(straw, roughness=0.85, bump=weave, bump_scale=0.0015)),
        Thing(band, Material(tint(shot, "#26262b", "#7d2f22", "#1e2d4d"), roughness=0.7)),
    ]


@prop(
    "rope, coil of rope, sailor rope, cord, nautical rope, lasso, fishing line",
)
def rope(_: Shot) -> list[Thing]:
    """A coil of three-stranded rope."""
    t = np.linspace(0, 2 * np.pi * 4, 520)
    reach = 0.16 + 0.055 * t / (2 * np.pi)
    strands = []
    for k in range(3):
        phase = 26 * t + 2 * np.pi * k / 3
        r = reach + 0.014 * np.cos(phase)
        y = 0.034 + 0.014 * np.sin(phase)
        strands.append(tube(xyz(r * np.cos(t), y, r * np.sin(t)), 0.0165, segments=7))
    return [Thing(joined(strands), Material((0.46, 0.34, 0.20), roughness=0.9))]


@prop("surfboard, surf board, paddle board, skim board, wakeboard", place="beach", single=True)
def surfboard(shot: Shot) -> list[Thing]:
    """A surfboard stuck upright."""
    t = np.linspace(0, 1, 40)
    half = 0.24 * np.sin(np.pi * (0.08 + 0.92 * t)) ** 0.55
    angle = np.linspace(0, 2 * np.pi, 33)
    rows = [xyz(h * np.cos(angle), 1.9 * y, 0.035 * np.sin(angle)) for h, y in zip(half, t, strict=True)]
    colour = np.full((64, 64, 3), tint(shot, "#f0e6d6"), np.float32)
    colour[:, 27:37] = tint(shot, "#3f8f99", "#d9674a")
    board = sheet(np.stack(rows[::-1])).draped(0.5, 3.8)
    return [Thing(board.turned(z=-6, y=10), Material(colour, roughness=0.2))]


def _scallop(size: float) -> Shape:
    """A ribbed fan, its hinge at the origin, domed upwards, its rim scalloped."""
    t, s = np.meshgrid(np.linspace(0, 1, 18), np.linspace(-1, 1, 181), indexing="ij")
    angle = 1.15 * s
    ridge = np.abs(np.sin(RIBS * np.pi * (s + 1) / 2))
    rib = 0.055 * ridge * t
    reach = size * (1 - (1 - t) ** 1.3) * (1 - 0.12 * s**4) * (1 + 0.035 * ridge * t**3)
    dome = 0.32 * size * np.sin(np.pi * np.clip(0.08 + 0.87 * t, 0, 1)) * np.cos(0.9 * s) + rib * size
    return sheet(xyz(reach * np.sin(angle), dome, reach * np.cos(angle))).moved(0, 0, -0.5 * size)


def _spiral(size: float) -> Shape:
    """A turret shell lying on its side."""
    t = np.linspace(0, 1, 150)
    angle, girth = 2 * np.pi * 6.5 * t, 0.28 * (1 - t) + 0.012
    path = xyz(0.75 * t**0.8, girth * 0.55 * np.cos(angle), girth * 0.55 * np.sin(angle))
    return tube(path, 0.62 * girth, segments=14).scaled(size).moved(-0.35 * size, 0.26 * size)


@prop(
    "beach grass, dune grass, marram, marram grass, sea oats, tuft of grass, ornamental grass, sea grass, reed grass",
    "tussock, beachgrass",
    place="beach",
    kind_of="plant",
)
def beach_grass(shot: Shot) -> list[Thing]:
    """Two tufts of dry grass that bend with the wind."""
    wind = shot.uniform(0, 2 * np.pi)
    roots = np.concatenate(
        [
            shot.rng.normal(0, wide, (count, 3)) * (1, 0, 1) + (x, 0, z)
            for x, z, wide, count in ((0.0, 0.0, 0.13, 150), (0.6, -0.3, 0.09, 80))
        ]
    )
    heading = wind + shot.rng.normal(0, 1.1, len(roots))
    grown = blades(shot.rng, roots, height=1.05, width=0.002, heading=heading, bend=(0.2, 1.0))
    return [Thing(grown, Material(shades(shot.rng, DRY), roughness=0.7))]
