"""What grows round a set: ferns, trunks, rows of vines beside and behind the product, leaves close to the lens."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.bodies.plants import FERN, foliage, fronds, leaf, mottled, rosette, shades, trunks_of
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, lathe, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.stage.lights import dimmed
from ecomgen.scenes.studio.stage.shot import Shot

BROAD, BARK, VINE, OLIVE = (
    (0.10, 0.22, 0.05),
    (0.15, 0.12, 0.09),
    (0.19, 0.28, 0.065),
    (0.20, 0.235, 0.145),
)
AUTUMN: tuple[Colour, ...] = ((0.46, 0.18, 0.03), (0.58, 0.33, 0.06), (0.36, 0.10, 0.02), (0.55, 0.42, 0.09))
FADED = 0.5  # times as large are ferns in autumn, whose leaflets are then no larger than fallen leaves
CROWNS = 34  # boughs over an autumn forest
ROWS, VINES = (-9.5, -6.9, -4.3, -1.7, 1.7, 4.3, 6.9, 9.5), 2.3  # x of rows of vines, and how tall they are, in units


def undergrowth(shot: Shot, *, count: int = 9) -> list[Thing]:
    """Ferns on both sides of the product and behind it."""
    size = FADED if shot.wish.season == "autumn" else 1.0
    places = _flanking(shot, count, (0.7, 3.2))
    ferns = [fronds(shot.rng, size * shot.uniform(0.55, 0.95)).moved(*place) for place in places]
    return [Thing(each, Material(_green(shot, FERN), roughness=0.5)) for each in ferns]


def broad_leaves(shot: Shot, *, count: int = 8) -> list[Thing]:
    """Plants of broad arching leaves, which close the view behind the product."""
    stalks, blades = [], []
    for place in _flanking(shot, count, (1.4, 4.6)):
        stalk, blade = rosette(shot.rng, shot.uniform(1.1, 2.0))
        stalks.append(stalk.moved(*place))
        blades.append(blade.moved(*place))
    return [
        Thing(joined(stalks), Material((0.12, 0.17, 0.05))),
        Thing(joined(blades), Material(shades(shot.rng, BROAD), roughness=0.4)),
    ]


def _flanking(shot: Shot, count: int, deep: tuple[float, float]) -> list[tuple[float, float, float]]:
    """Places by turns right and left of the product, so far behind it."""
    found = []
    for number in range(count):
        z, side = -shot.uniform(*deep), -1.0 if number % 2 else 1.0
        inner = shot.beside_product(side, 0.3)
        x = shot.frame.at(side * shot.uniform(inner, max(shot.frame.right * 1.15, inner + 0.2)), z)
        found.append((x, -0.14, z))
    return found


def trunks(shot: Shot, *, count: int = 7) -> list[Thing]:
    """Trunks of tall trees behind the product, none straight behind it, ferns at their feet but in winter."""
    bark, ferns, size = [], [], FADED if shot.wish.season == "autumn" else 1.0
    for number in range(count):
        z, side = -shot.uniform(3.6, 11.0), -1.0 if number % 2 else 1.0
        inner = shot.beside_product(side, 0.05)
        x = shot.frame.at(side * shot.uniform(inner, 1.1 * shot.frame.right + 0.1), z)
        tall, thick, lean = (
            1.4 * shot.frame.top * shot.frame.spread(z) + 1,
            shot.uniform(0.16, 0.34),
            shot.uniform(-1, 1),
        )
        t = np.linspace(0, 1, 16)
        path = xyz(x + 0.06 * lean * tall * t, tall * t - 0.3, z)
        bark.append(tube(path, thick * (1 - 0.35 * t + 0.7 * np.exp(-14 * t)), segments=18))
        ferns.append(fronds(shot.rng, size * shot.uniform(0.6, 1.0)).moved(x + shot.uniform(-0.7, 0.7), -0.1, z + 0.5))
    made = trunks_of(shot.rng, bark, BARK)
    low = Thing(joined(ferns), Material(_green(shot, FERN), roughness=0.5))
    if shot.wish.season == "autumn":
        return [made, low, _turned_crowns(shot)]
    return [made] if shot.wintry else [made, low]


def _green(shot: Shot, green: Colour) -> NDArray[np.float32]:
    """A palette of leaves in the picture's season."""
    if shot.wish.season != "autumn":
        return shades(shot.rng, green)
    return np.concatenate([shades(shot.rng, tint, count=8) for tint in AUTUMN], axis=1)


def _turned_crowns(shot: Shot) -> Thing:
    """Boughs of broad leaves in autumn's colours that hang into the picture between the trunks."""
    moulds, boughs = [_clump(shot, 60, (0.8, 0.45, 0.6), 0.24, slim=0.65) for _ in range(3)], []
    for _ in range(CROWNS):
        z = -shot.uniform(2.6, 9.0)
        x = shot.frame.at(shot.uniform(-1.1, 1.1) * shot.frame.right, z)
        hangs = shot.rng.random() ** 2 * (0.75 if abs(x / shot.frame.spread(z)) > 0.4 * shot.frame.right else 0.3)
        y = shot.frame.eye + (shot.frame.top - shot.frame.eye) * shot.frame.spread(z) * (1.05 - hangs)
        bough = moulds[int(shot.rng.integers(3))].turned(y=shot.uniform(0, 360))
        boughs.append(bough.scaled(shot.uniform(0.7, 1.2)).moved(x, y, z))
    return Thing(joined(boughs), Material(_green(shot, FERN), roughness=0.6))


def vines(shot: Shot) -> list[Thing]:
    """Rows of vines that run away from the camera on both sides, on posts, grapes among their leaves."""
    moulds = [_clump(shot, 46, (0.34, 0.3, 0.5), 0.26) for _ in range(4)]
    leaves, posts = [], []
    middle = shot.frame.at(shot.frame.product_x, -3.0) + shot.uniform(-0.5, 0.5)
    for x in ROWS:
        for z in np.arange(-2.6, -13.6, -0.62):
            at, turn = (
                (middle + x + shot.uniform(-0.08, 0.08), float(z) + shot.uniform(-0.1, 0.1)),
                shot.uniform(0, 360),
            )
            for high in (0.55, 0.8, 1.0):
                mould = moulds[int(shot.rng.integers(4))].turned(y=turn).scaled(shot.uniform(0.85, 1.3))
                leaves.append(mould.moved(at[0], high * VINES - 0.7, at[1]))
            if abs(z / 0.62 % 4) < 1:
                post = np.array([[at[0], -0.9, at[1]], [at[0], 0.55 * VINES, at[1]]])
                posts.append(tube(post, (0.05, 0.05), segments=8))
    return [
        Thing(joined(leaves), Material(shades(shot.rng, VINE), roughness=0.5)),
        Thing(joined(posts), Material((0.22, 0.17, 0.12))),
    ]


def olives(shot: Shot) -> list[Thing]:
    """Olive trees in rows behind the product: forked grey trunks, round silver crowns."""
    moulds = [_clump(shot, 90, (0.95, 0.7, 0.95), 0.3, slim=0.24) for _ in range(3)]
    crowns, bark = [], []
    middle = shot.frame.at(shot.frame.product_x, -5.0)
    for z in (-4.6, -7.4, -10.2, -12.6):
        for x in np.arange(-7.7, 8, 2.2) * (1 - 0.08 * (z + 4.6)):
            at = np.array([middle + x + shot.uniform(-0.4, 0.4), -0.5, z + shot.uniform(-0.5, 0.5)])
            if abs(at[0] / shot.frame.spread(z) - shot.frame.product_x) < 0.25 and z > -6:
                continue
            for lean in (-1, 1):
                fork = at + np.array([[0, -0.4, 0], [0.08 * lean, 0.5, 0], [0.5 * lean, 1.3, 0.2 * lean]])
                bark.append(tube(fork, (0.2, 0.13, 0.07), segments=10))
            for _ in range(7):
                place = at + shot.rng.uniform([-0.8, 1.0, -0.6], [0.8, 1.9, 0.6])
                mould = moulds[int(shot.rng.integers(3))].turned(y=shot.uniform(0, 360))
                crowns.append(mould.scaled(shot.uniform(0.55, 0.85)).moved(*place))
    return [
        Thing(joined(crowns), Material(shades(shot.rng, OLIVE), roughness=0.6)),
        trunks_of(shot.rng, bark, BARK),
    ]


def _clump(shot: Shot, count: int, size: tuple[float, float, float], length: float, *, slim: float = 0.8) -> Shape:
    """Leaves that fill an ellipsoid of half axes `size` about the origin and point outwards and down."""
    found = []
    for _ in range(count):
        way = shot.rng.normal(size=3)
        place = way / np.linalg.norm(way) * shot.rng.random() ** 0.4 * np.array(size)
        long = length * shot.uniform(0.7, 1.2)
        blade = leaf(long, slim * long, curl=0.3, rows=5).turned(x=shot.uniform(40, 150)).turned(y=shot.uniform(0, 360))
        found.append(blade.moved(*(float(part) for part in place)))
    return mottled(shot.rng, found)


def foreground_leaves(shot: Shot) -> list[Thing]:
    """A few leaves hanging into a corner of the picture, close to the lens and out of focus."""
    side = -shot.order if shot.wish.space is None else (1.0 if shot.wish.space == "left" else -1.0)
    z = 0.42 * shot.frame.distance
    things = []
    for _ in range(4):
        size = shot.uniform(0.22, 0.4)
        x = shot.frame.at(side * shot.frame.right * shot.uniform(0.85, 1.1), z)
        y = shot.frame.eye + (shot.frame.top - shot.frame.eye) * shot.frame.spread(z) * shot.uniform(0.7, 1.05)
        shape = (
            leaf(size, 0.4 * size).turned(x=shot.uniform(-30, 30), z=180 + side * shot.uniform(-10, 70)).moved(x, y, z)
        )
        green = (0.09, 0.20, 0.05) if shot.wish.season != "autumn" else AUTUMN[int(shot.rng.integers(len(AUTUMN)))]
        things.append(Thing(shape, Material(dimmed(green, shot.uniform(0.7, 1.6)))))
    return things


def grove(shot: Shot) -> list[Thing]:
    """Bamboo behind the product, as tall as the picture: canes with pale knots, leaves above."""
    canes, blades = [], []
    for _ in range(30):
        z = -shot.uniform(1.3, 5.0)
        x = shot.uniform(-1.1, 1.1) * shot.frame.half_width(z)
        tall, thick = 1.3 * shot.frame.top * shot.frame.spread(z) + 0.5, shot.uniform(0.03, 0.055)
        h = np.linspace(-0.3, tall, 120)
        knot = np.abs(((h / 0.36 + shot.uniform(0, 1)) % 1) - 0.5) > 0.475
        girth = thick * np.where(knot, 1.13, 1.0)
        cane = lathe(np.stack([girth, h], -1), segments=16)
        canes.append(cane.turned(x=shot.uniform(-3, 3), z=shot.uniform(-4, 4)).moved(x, 0, z))
        for y in shot.rng.uniform(0.5, 1.0, 9) * tall:
            blade = leaf(shot.uniform(0.25, 0.42), 0.05, curl=0.5, rows=7).turned(x=shot.uniform(70, 130))
            blades.append(blade.turned(y=shot.uniform(0, 360)).moved(x + shot.uniform(-0.2, 0.2), float(y), z))
    return [
        foliage(shot.rng, canes, (0.20, 0.27, 0.075)),
        foliage(shot.rng, blades, (0.14, 0.25, 0.055)),
    ]
