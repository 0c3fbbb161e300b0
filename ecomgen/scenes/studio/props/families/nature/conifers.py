"""Branches and cones of fir and pine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecomgen.scenes.studio.bodies import BARK
from ecomgen.scenes.studio.bodies.plants import foliage, leaf, round_leaf
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined, lathe, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster, resting
from ecomgen.scenes.studio.stage.shot import Shot

Branch = tuple[Shape, Shape, Shape]  # its wood, its needles, the snow that lies on it

CONE = Material((0.16, 0.085, 0.042), roughness=0.8)
FIR = (0.045, 0.105, 0.045)
SNOW = Material((0.86, 0.89, 0.94), roughness=0.9)


@prop(
    "pine branch, fir branch, fir twig, pine twig, christmas branch, evergreen branch, spruce branch, wreath",
    "fir garland, pine garland, christmas garland, evergreen garland",
    "pine needle, fir sprig, garland, fir, evergreen, conifer branch, advent wreath, pine sprig, bough, yew branch",
    place="room",
    loose=True,
    around="fir boughs",
)
def pine_branch(shot: Shot) -> list[Thing]:
    """Branches of fir laid over one another, with cones and red berries."""
    heap = []
    for number in range(5):
        heading = 34 * (number - 2) + 180 * (number % 2) + shot.uniform(-14, 14)  # tips on both sides
        wood, needles, _ = _branch(shot, 0.6)
        heap.append([part.moved(-0.2).turned(y=heading).moved(0, 0.05 + 0.02 * number) for part in (wood, needles)])
    cones = [_cone().turned(z=82, y=shot.uniform(0, 360)).moved(x, 0.085, z) for x, z in ((0.1, 0.16), (-0.17, 0.08))]
    berries = [
        ball(0.021, rings=9).moved(x + 0.1, 0.07 + 0.01 * (k % 3), z + 0.2)
        for k, (x, z) in enumerate(cluster(shot, 7, 0.06))
    ]
    return _with_cones(shot, heap, cones, berries)


@prop(
    "fir bough, bed of fir, bed of pine branch, bed of fir branch",
    place="room",
    loose=True,
    kind_of="pine branch",
    framing=True,
)
def fir_boughs(shot: Shot) -> list[Thing]:
    """Branches of fir that lie all round the product, tips outwards, cones and red berries between them."""
    half, heap, cones, berries = 0.5 * shot.frame.product_width, [], [], []
    for side in (-1, 1):
        for number in range(5):
            heading = 90 - side * (90 - 30 * number) + shot.uniform(-10, 10)
            wood, needles, _ = _branch(shot, shot.uniform(0.6, 0.85))
            x, z = side * (half + 0.05), 0.35 - 0.12 * number
            heap.append([part.turned(y=heading).moved(x, 0.05 + 0.015 * number, z) for part in (wood, needles)])
        for _ in range(2):
            at = side * (half + shot.uniform(0.25, 0.6)), 0.09, shot.uniform(0.0, 0.5)
            cones.append(_cone().turned(z=82, y=shot.uniform(0, 360)).moved(*at))
            berries += [
                ball(0.021, rings=9).moved(at[0] + x, 0.08 + 0.01 * (k % 3), at[2] + z - 0.25)
                for k, (x, z) in enumerate(cluster(shot, 6, 0.06))
            ]
    return _with_cones(shot, heap, cones, berries)


def _with_cones(shot: Shot, heap: Sequence[Sequence[Shape]], cones: list[Shape], berries: list[Shape]) -> list[Thing]:
    """Branches with cones and red berries."""
    return [
        *_coloured(shot, heap),
        Thing(joined(cones), CONE),
        Thing(joined(berries), Material((0.45, 0.02, 0.02), roughness=0.25)),
    ]


@prop("pine cone, pinecone, fir cone, cone, acorn, conker", place="room", loose=True)
def pine_cones(shot: Shot) -> list[Thing]:
    """Pine cones, standing and lying."""
    cones = []
    for number, (x, z) in enumerate(cluster(shot, shot.count(4), 0.24)):
        lies = number % 3 != 0
        cone = _cone().turned(z=84 if lies else 4, y=shot.uniform(0, 360))
        cones.append(cone.moved(x, 0.075 if lies else 0, z))
    return [Thing(joined(cones), CONE)]


def _shoot(shot: Shot, long: float) -> Branch:
    """A shoot of fir along +x from the origin, `long` units: its stem, needles on all sides but below, snow on top."""
    t = np.linspace(0, 1, 18)
    path = xyz(long * t, 0 * t, 0 * t)
    needles = [
        leaf(0.075 * (1.1 - 0.45 * share), 0.011, curl=0.08, rows=3)
        .turned(z=-shot.uniform(38, 60))
        .turned(x=around + shot.uniform(-16, 16))
        .moved(float(point[0]))
        for share, point in zip(t, path, strict=True)
        for around in (-90, -45, 0, 45, 90)
    ]
    heaped = 0.024 * np.sin(np.pi * t) ** 0.4 * shot.rng.uniform(0.45, 1.2, len(t))
    snow = tube(path, heaped, segments=9).scaled(1, 0.8, 1.3).moved(0, 0.024)
    return tube(path, np.linspace(0.006, 0.003, 18), segments=5), joined(needles), snow


def _cone() -> Shape:
    """A pine cone standing on y = 0: scales in a spiral."""
    scales = []
    for k in range(90):
        share = k / 90
        girth = 0.075 * np.sin(np.pi * (0.12 + 0.86 * share)) ** 0.7
        scale = round_leaf(0.024 * (1.15 - 0.5 * share)).turned(x=70 - 50 * share).moved(0, 0, girth * 0.8)
        scales.append(scale.turned(y=137.5 * k).moved(0, 0.02 + 0.2 * share))
    core = lathe([(0, 0), (0.045, 0.02), (0.055, 0.1), (0.02, 0.21), (0, 0.215)])
    return joined([core, *scales])


def _branch(shot: Shot, long: float) -> Branch:
    """A spray along +x from the origin, `long` units: needles all along, shoots on both sides, shorter to the tip."""
    moulds = [_shoot(shot, 0.24 * long) for _ in range(3)]
    stem = _shoot(shot, 0.5 * long)
    parts = [[part, part.scaled(0.9).moved(0.5 * long)] for part in stem]
    for share in np.linspace(0.08, 0.92, 11):
        for side in (-1, 1):
            mould = moulds[int(shot.rng.integers(3))]
            size, heading = 1.5 - 1.1 * float(share), side * shot.uniform(38, 56)
            lift = shot.uniform(-4, 24)
            for part, found in zip(mould, parts, strict=True):
                found.append(part.scaled(size).turned(z=lift, y=heading).moved(share * long))
    wood, needles, snow = map(joined, parts)
    return wood, needles, snow


def _coloured(shot: Shot, branches: Sequence[Sequence[Shape]]) -> list[Thing]:
    """Wood, needles and, where it is given, snow."""
    wood, needles, *snow = zip(*branches, strict=True)
    return [
        Thing(joined(list(wood)), BARK),
        foliage(shot.rng, list(needles), FIR),
        *(Thing(joined(list(parts)), SNOW) for parts in snow),
    ]


def fallen_branches(shot: Shot, ground: Shape) -> list[Thing]:
    """Branches and cones that lie on uneven `ground`, on both sides of the product and clear of it."""
    found = []
    for number in range(4):
        side = shot.order if number % 2 else -shot.order
        inner, outer = shot.beside_product(side, 0.14), shot.frame.right - 0.1
        z, long = -shot.uniform(0.1, 0.5), shot.uniform(0.5, 0.75)
        x = shot.frame.at(side * shot.uniform(inner, max(outer - 0.3, inner + 0.05)), z)
        back = shot.uniform(-50, 10)  # the tip points to the product, the stem outwards and away from the camera
        branch = [
            part.moved(-long).turned(y=back if side < 0 else 180 - back).moved(x, 0.03, z)
            for part in _branch(shot, long)
        ]
        found += resting(_coloured(shot, [branch]), ground, 0.0)
        if number < 3:
            z += 0.2
            x = shot.frame.at(side * shot.uniform(inner + 0.1, max(outer, inner + 0.15)), z)
            cone = _cone().turned(z=84, y=shot.uniform(0, 360)).moved(x, 0.075, z)
            found += resting([Thing(cone, CONE)], ground, 0.0)
    return found


def hanging_branches(shot: Shot) -> list[Thing]:
    """Branches that hang into an upper corner of the picture, a little behind the product."""
    side = -shot.order if shot.wish.space is None else (1.0 if shot.wish.space == "left" else -1.0)
    hung = []
    for number in range(3):
        z, long = -shot.uniform(0.3, 0.9), shot.uniform(0.6, 0.85)
        x = shot.frame.at(side * (shot.frame.right + 0.02 - 0.1 * number), z)
        top = shot.frame.eye + (shot.frame.top - shot.frame.eye) * shot.frame.spread(z)
        slope = 12 + 16 * number + shot.uniform(-5, 5)  # like ribs of a fan, so that light falls between them
        branch = [
            part.turned(x=shot.uniform(40, 70)).turned(z=-slope).scaled(-side, 1, 1).moved(x, top - 0.04, z)
            for part in _branch(shot, long)
        ]
        hung.append(branch)
    return _coloured(shot, hung)
