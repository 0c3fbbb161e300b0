"""A cask, a crate, a basket, pots, a watering can."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import METRE, grained, tint, turned
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import block, disc, joined, lathe, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import Hollow, prop
from ecomgen.scenes.studio.props.families.food.larder import ice_bed
from ecomgen.scenes.studio.props.vessels import filled
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports.barrel import HEIGHT, RADIUS
from ecomgen.scenes.studio.stage.supports.barrel import barrel as upright

FULL_OF_ICE = 24  # splinters, which are heaped again and again


@prop("barrel, cask, oak barrel, wine barrel, whisky barrel, keg, wooden barrel", place="room", single=True)
def barrel(shot: Shot) -> list[Thing]:
    """An oak cask with iron hoops."""
    units_per_metre = 0.28 * METRE
    made = upright(shot, radius=RADIUS * units_per_metre, height=HEIGHT * units_per_metre)
    return [thing.moved(0, HEIGHT * units_per_metre) for thing in made]


@prop(
    "crate, wooden crate, box, cardboard box, wooden box, parcel, package, chest, shipping box, fruit crate, packaging",
    "moving box",
    place="room",
    holds=Hollow(radius=0.29, floor=0.03, rim_radius=0.29, rim=0.49, wide=1.45),
    single=True,
)
def crate(shot: Shot) -> list[Thing]:
    """A crate of rough slats."""
    slats = []
    for level in range(3):
        y = 0.02 + 0.17 * level
        slats += [block(0.9, 0.13, 0.03, 0.006).moved(0, y, z) for z in (-0.31, 0.31)]
        slats += [block(0.03, 0.13, 0.62, 0.006).moved(x, y, 0) for x in (-0.44, 0.44)]
    posts = [block(0.06, 0.5, 0.06, 0.008).moved(0.40 * i, 0, 0.27 * j) for i in (-1, 1) for j in (-1, 1)]
    floor = block(0.86, 0.03, 0.58, 0.005)
    grain = spectral(shot.rng, (300, 300), falloff=1.3, stretch=(1.0, 8.0))
    colour = grained((0.36, 0.24, 0.13), grain, 0.2)
    made = joined([*slats, *posts, floor]).draped(0.6, 0.6)
    return [Thing(made, Material(colour, roughness=0.85))]


@prop(
    "basket, wicker basket, picnic basket, hamper, easter basket, bicycle basket, laundry basket, woven basket",
    "trug, bushel",
    place="room",
    tinted=True,
    holds=Hollow(radius=0.26, floor=0.03, rim_radius=0.38, rim=0.42),
    single=True,
)
def basket(shot: Shot) -> list[Thing]:
    """A wicker basket: staves with a rod woven round them, and a handle."""
    rods = []
    for level in range(11):
        turn = np.linspace(0, 2 * np.pi, 160)
        r = 0.28 + 0.012 * level + 0.018 * np.cos(12 * turn + np.pi * level)
        rods.append(
            tube(
                xyz(r * np.cos(turn), 0.025 + 0.038 * level, r * np.sin(turn)),
                0.02,
                segments=7,
            )
        )
    arc = np.linspace(0, np.pi, 50)
    handle = tube(xyz(0.4 * np.cos(arc), 0.4 + 0.42 * np.sin(arc), 0), 0.024)
    bottom = disc(0.28, 0.03, 0.01)
    willow = Material(tint(shot, "#a68a5c"), roughness=0.75)
    return [Thing(joined([*rods, handle.turned(y=25), bottom]), willow)]


@prop(
    "bucket, pail, tin bucket, metal bucket, zinc bucket, steel bucket, galvanised bucket, galvanized bucket, tin pail",
    "metal pail, zinc pail, milk pail, flower bucket, zinc tub, tin tub, metal tub, washtub, wash tub, tin bath",
    place="garden",
    tinted=True,
    holds=Hollow(radius=0.165, floor=0.04, rim_radius=0.235, rim=0.41),
    single=True,
)
def bucket(shot: Shot) -> list[Thing]:
    """A pail of zinc or painted sheet with two beads, a rolled rim and a bail handle that lies on it."""
    side = [(0.165, 0.0), (0.17, 0.02), (0.187, 0.115), (0.193, 0.122), (0.19, 0.13), (0.218, 0.29), (0.224, 0.297)]
    rim = [(0.221, 0.305), (0.24, 0.405), (0.248, 0.412), (0.246, 0.424), (0.236, 0.422), (0.233, 0.405)]
    pail = lathe([(0.0, 0.012), (0.155, 0.012), *side, *rim, (0.163, 0.045), (0.0, 0.045)])
    arc, lying = np.linspace(0, np.pi, 48), np.radians(shot.uniform(4, 14))
    bail = xyz(0.246 * np.cos(arc), 0.4 + 0.25 * np.sin(arc) * np.sin(lying), 0.25 * np.sin(arc) * np.cos(lying))
    ears = [disc(0.03, 0.05, 0.006).moved(side * 0.243, 0.375) for side in (-1, 1)]
    made = joined([pail, tube(bail, 0.009), *ears]).turned(y=shot.uniform(-40, 40))
    zinc = tint(shot, "#9ba0a2", "#8f9698", "#e6e3da", "#6d7f78")
    return [Thing(made, Material(zinc, roughness=0.4, metallic=0.45, specular=0.6))]


@prop(
    "ice bucket, champagne bucket, wine cooler, bucket of ice, bucket full of ice",
    place="window",
    tinted=True,
    single=True,
)
def ice_bucket(shot: Shot) -> list[Thing]:
    """A pail full of ice, all of it milky: a clear piece on top would hang in the air."""
    return filled(shot, bucket, ice_bed.build(shot, FULL_OF_ICE)[:1])


@prop(
    "terracotta pot, flower pot, flowerpot, pot, clay pot, earthenware, amphora, plant pot, terracotta vase, pots",
    "planter, potted, jardiniere",
    place="garden",
)
def pots(shot: Shot) -> list[Thing]:
    """Pots of earthenware, one lying."""
    outline = [
        *((0, 0), (0.032, 0), (0.045, 0.075), (0.05, 0.075), (0.052, 0.095), (0.046, 0.095), (0.042, 0.08)),
        *((0.028, 0.01), (0, 0.01)),
    ]
    upright = turned(outline)
    shapes = [upright.scaled(shot.uniform(0.85, 1.15)), upright.scaled(0.75).moved(0.4, 0, -0.1)]
    shapes.append(upright.scaled(0.7).turned(z=92, y=shot.uniform(-40, 40)).moved(0.28, 0.14, 0.3))
    grain = spectral(shot.rng, (200, 300), falloff=1.1)
    colour = grained((0.50, 0.21, 0.105), grain, 0.08)
    return [Thing(joined(shapes), Material(colour, roughness=0.9))]


@prop("watering can", place="garden", tinted=True, single=True)
def watering_can(shot: Shot) -> list[Thing]:
    """A can of zinc or painted sheet: a long spout with a rose, half a lid, a handle over the back."""
    side = [(0.0, 0.0), (0.24, 0.0), (0.25, 0.012), (0.25, 0.03), (0.243, 0.035), (0.215, 0.45), (0.222, 0.462)]
    can = lathe([*side, (0.21, 0.462), (0.203, 0.45), (0.232, 0.03), (0.0, 0.025)])
    lid = lathe([(0.0, 0.47), (0.205, 0.452), (0.0, 0.452)]).scaled(1, 1, 0.55).moved(0, 0, -0.09)
    along = np.linspace(0, 1, 24)
    spout = tube(xyz(0.2 + 0.52 * along, 0.1 + 0.46 * along - 0.1 * along * (1 - along), 0), 0.05 - 0.024 * along)
    rose = lathe([(0.0, 0.0), (0.026, 0.0), (0.075, 0.1), (0.07, 0.112), (0.0, 0.118)]).turned(z=-46).moved(0.71, 0.55)
    arc = np.linspace(0.25 * np.pi, 1.28 * np.pi, 40)
    grip = tube(xyz(-0.12 + 0.24 * np.cos(arc), 0.44 + 0.25 * np.sin(arc), 0), 0.018)
    stay = tube(xyz(0.2 + 0.3 * along, 0.43 - 0.085 * along, 0), 0.009)
    made = joined([can, lid, spout, rose, grip, stay]).scaled(0.8).turned(y=shot.choice(-35, 35, 150, 215))
    painted = tint(shot, "#9aa0a0", "#5f7a63", "#e8e4d8", "#4a5a66")
    return [Thing(made, Material(painted, roughness=0.42, metallic=0.35, specular=0.6))]
