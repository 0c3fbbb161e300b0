"""What fields and woods leave: ears, straw, a log, leaves."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import METRE, ring
from ecomgen.scenes.studio.bodies.plants import FERN, arc, frond, leaf, mottled, shades
from ecomgen.scenes.studio.grounds.plants import fallen_leaves
from ecomgen.scenes.studio.primitives.shapes import ball, disc, joined, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import Hollow, prop
from ecomgen.scenes.studio.props.scatter import around, strewn
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports.bale import bale

NEST = 240  # stalks of a nest


@prop(
    "wheat, wheat ear, ear of wheat, wheat stalk, sheaf, wheat bunch, grain, oat, spelt, barley stalk, bunch of wheat",
    "hop, malt",
    place="field",
)
def wheat_bunch(shot: Shot) -> list[Thing]:
    """A sheaf of ears of wheat, standing tied."""
    stems, ears = [], []
    for k in range(34):
        path = arc(shot.uniform(0.75, 0.95), shot.uniform(0.02, 0.30), 2.4 * k)
        path[:, [0, 2]] += 0.05 * np.sqrt(k / 34) * np.array([np.cos(2.4 * k), np.sin(2.4 * k)])
        stems.append(tube(path, 0.006, segments=5))
        for j in range(12):
            grain = ball(0.013, rings=7).scaled(1, 2.0, 1).turned(z=22 if j % 2 else -22, y=97 * j)
            ears.append(
                grain.moved(*(path[-1] + np.array([0.012 * np.cos(3 * j), 0.021 * j - 0.05, 0.012 * np.sin(3 * j)])))
            )
    band = tube(ring(0.075, 30), 0.016, segments=6).moved(0, 0.36)
    gold = Material((0.55, 0.38, 0.14), roughness=0.8)
    return [
        Thing(joined([*stems, *ears]), gold),
        Thing(band, Material((0.40, 0.28, 0.16), roughness=0.9)),
    ]


@prop(
    "straw, hay, loose hay, raffia, thatch, haystack",
    place="garden",
    strewn=True,
)
def straw(shot: Shot, count: int) -> list[Thing]:
    """Loose straw."""
    t = np.linspace(-0.5, 0.5, 4)
    stalks = [tube(xyz(t, 0.02 + b * t**2, 0), 0.011, segments=5) for b in (0.05, 0.12, 0.0)]
    lying = strewn(shot, stalks, around(shot, 5 * count, reach=0.8), 0.42)
    return [Thing(lying, Material((0.56, 0.42, 0.19), roughness=0.8))]


@prop(
    "nest, bird nest, bird s nest, birds nest, easter nest, straw nest",
    place="podium",
    holds=Hollow(radius=0.2, floor=0.05, rim_radius=0.26, rim=0.13),
)
def nest(shot: Shot) -> list[Thing]:
    """A nest of straw, wound round, its ends standing out."""
    stalks = []
    for _ in range(NEST):
        bend = np.linspace(0, shot.uniform(0.7, 1.9), 9) + shot.uniform(0, 2 * np.pi)
        wide = shot.uniform(0.16, 0.32) + shot.uniform(-0.04, 0.05) * np.linspace(-1, 1, 9)
        low = 0.02 + 0.13 * np.clip((wide - 0.12) / 0.2, 0, 1) * shot.uniform(0.2, 1.1)
        high = low + 0.02 * np.sin(3 * bend + shot.uniform(0, 6))
        path = xyz(wide * np.cos(bend), high, wide * np.sin(bend))
        stalks.append(tube(path, shot.uniform(0.005, 0.01), segments=5))
    return [Thing(joined(stalks), Material((0.50, 0.36, 0.17), roughness=0.85))]


@prop("barnyard, hay bale, straw bale, hay bales, bale of hay, hayloft", place="garden", single=True)
def hay_bale(shot: Shot) -> list[Thing]:
    """A small square bale."""
    turn, (width, height, depth) = shot.uniform(-25, 25), (1.1, 0.52, 0.6)
    made = bale(shot, size=(width, height, depth), units_per_metre=0.28 * METRE)
    return [thing.turned(y=turn).moved(0, height) for thing in made]


@prop(
    "log, tree stump, stump, firewood, bark",
    "timber log, woodpile, kindling, split wood, chopped wood, cut wood",
    place="garden",
    single=True,
)
def log(_: Shot) -> list[Thing]:
    """A slice of a trunk with bark."""
    slab = disc(0.36, 0.11, 0.01)
    turn = np.linspace(-1, 1, 320)
    r = np.hypot(*np.meshgrid(turn, turn))
    rings = 0.82 + 0.18 * np.cos(70 * r + 1.5 * np.sin(5 * np.arctan2(*np.meshgrid(turn, turn))))
    wood = np.where(r[..., None] > 0.9, (0.09, 0.06, 0.04), np.asarray((0.46, 0.29, 0.15)) * rings[..., None])
    return [Thing(slab.draped(0.74, 0.74), Material(wood.astype(np.float32), roughness=0.8))]


@prop(
    "leaf, green leaf, fresh leaf, scattered leaf, botanical leaf, foliage, neem",
    kind_of="plant, leaves",
    strewn=True,
)
def green_leaves(shot: Shot, count: int) -> list[Thing]:
    """Fresh green leaves lying about, fallen ones in autumn."""
    if shot.wish.season == "autumn":
        return strewn_leaves(shot, count)
    flat = [leaf(1.0, wide, curl=curl).scaled(1, 1, 0.4) for wide, curl in ((0.5, 0.12), (0.42, -0.1), (0.6, 0.2))]
    lain = [one.turned(x=86) for one in flat]
    moulds = [one.moved(0, -float(one.points[:, 1].min())) for one in lain]
    lying = strewn(shot, moulds, around(shot, count // 2, reach=0.9), 0.15)
    return [Thing(lying.moved(0, 0.012), Material((0.08, 0.20, 0.045), roughness=0.4))]


@prop(
    "fern leaf, fern frond, frond, green fern, fern branch, fern sprig",
    kind_of="plant, fern, green leaves",
    strewn=True,
)
def fern_fronds(shot: Shot, count: int) -> list[Thing]:
    """Fronds of fern lying about."""
    lying = []
    for x, z in around(shot, max(4, count // 9), reach=0.6):
        flat = mottled(shot.rng, frond(shot.uniform(0.5, 0.75), rise=0.0))
        lying.append(flat.moved(0, 0.02, -0.3).turned(y=shot.uniform(0, 360)).moved(x, 0, z))
    green = Material(shades(shot.rng, FERN), roughness=0.5)
    return [Thing(joined(lying), green)]


@prop(
    "autumn leaf, dry leaf, falling leaf, maple leaf, fallen leaf",
    "golden leaf, oak leaf, dried leaf, red leaf, fall leaf, autumn foliage",
    "orange leaf, yellow leaf",
    "russet leaf, sycamore leaf, red maple leaf, japanese maple leaf",
    place="garden",
    kind_of="green leaves",
    strewn=True,
)
def leaves(shot: Shot, count: int) -> list[Thing]:
    """Fallen leaves."""
    return strewn_leaves(shot, count)


def strewn_leaves(shot: Shot, count: int) -> list[Thing]:
    """A few fallen leaves as large as they are, a hand's breadth, where a set does not lie under them."""
    size = float(np.clip(0.25 * shot.units_per_metre, 0.75, 2.0))
    return fallen_leaves(shot, round(0.4 * count / size), sizes=(0.2 * size, 0.36 * size), curled=0.35)
