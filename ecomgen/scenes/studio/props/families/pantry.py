"""What stands in a larder: beans, spices, sweets, bread, cheese, ice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.plants import leaf
from ecomgen.scenes.studio.props.scatter import METRE, around, cluster, strewn, turned_body
from ecomgen.scenes.studio.stage.noise import spectral
from ecomgen.scenes.studio.stage.palette import hexadecimal
from ecomgen.scenes.studio.stage.shapes import Shape, ball, block, disc, joined, lathe, sheet, tube
from ecomgen.scenes.studio.stage.types import Material, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Colour

BARK = (0.24, 0.095, 0.035)


@prop(
    "coffee bean, roasted bean, espresso bean, roasted coffee bean, arabica, roasted coffee, cacao bean, roast",
    place="window",
    strewn=True,
)
def coffee_beans(shot: Shot, count: int) -> list[Thing]:
    """Roasted beans about the product, most of them with their groove up."""
    places = around(shot, 2 * count, reach=0.55)
    bean = ball(0.5, rings=15).scaled(0.03, 0.02, 0.042)
    t = np.linspace(-1, 1, 9)
    line = np.stack([0.0025 * np.sin(3 * t), 0.0205 - 0.0045 * t**2, 0.019 * t], -1)
    groove = tube(line, np.full(9, 0.0018), segments=5)
    roast = Material(colour=(0.075, 0.028, 0.012), roughness=0.32, specular=0.5)
    bodies, grooves = [], []
    for x, z in places:
        turn, size = shot.between(0, 360), shot.between(0.9, 1.2)
        bodies.append(bean.scaled(size).turned(y=turn).moved(x, 0, z))
        grooves.append(groove.scaled(size).turned(y=turn).moved(x, 0, z))
    dark = Material(colour=(0.02, 0.008, 0.004), roughness=0.7)
    return [Thing(shape=joined(bodies), material=roast), Thing(shape=joined(grooves), material=dark)]


@prop(
    "cinnamon, cinnamon stick, cinnamon bark, vanilla, vanilla pod, liquorice, nutmeg, mulled wine, gingerbread spice",
    "clove",
    place="window",
)
def cinnamon(shot: Shot) -> list[Thing]:
    """Sticks of cinnamon, each a scroll of bark, and a star anise."""
    wood = spectral(shot.rng, (64, 256), falloff=1.2, stretch=(1.0, 6.0))[..., None]
    colour = np.clip(np.asarray(BARK) * (1 + 0.2 * wood), 0, 1).astype(np.float32)
    sticks = []
    for k in range(shot.wish.count_of("cinnamon", 4)):
        lift = 0.0 if k < 3 else 0.066
        stick = _scroll(0.034, shot.between(0.34, 0.42)).turned(y=shot.between(-7, 7))
        sticks.append(stick.moved(0, lift, 0.085 * (k % 3) + (0.04 if k >= 3 else 0)))
    turn = shot.between(-40, 40)
    star = star_anise_shape().scaled(1.0).moved(0.34, 0, 0.16)
    return [
        Thing(shape=joined(sticks).turned(y=turn), material=Material(colour=colour, roughness=0.75)),
        Thing(shape=star.turned(y=turn), material=Material(colour=(0.17, 0.065, 0.025), roughness=0.55)),
    ]


def _scroll(radius: float, length: float) -> Shape:
    """Bark rolled up from both sides."""
    t = np.linspace(0, 1, 60)
    angle = 2 * np.pi * 1.7 * t
    r = radius * (1 - 0.55 * t)
    line = np.stack([radius + r * np.sin(angle), r * np.cos(angle)], -1)
    ends = [np.stack([np.full(60, x), line[:, 0], line[:, 1]], -1) for x in (-length / 2, length / 2)]
    return sheet(np.stack(ends))


def star_anise_shape() -> Shape:
    """Eight boat-shaped pods round a middle, as wide as a thumb."""
    pods = [leaf(0.075, 0.032, curl=-0.25).turned(x=82).turned(y=45 * k) for k in range(8)]
    seeds = [ball(0.009, rings=9).moved(0, 0.012, 0.045).turned(y=45 * k) for k in range(8)]
    return joined([*pods, *seeds, ball(0.011, rings=9)])


@prop(
    "star anise, anise, cardamom, clove bud, aniseed, juniper berry, cardamom pod, peppercorn, pepper, allspice",
    place="window",
    strewn=True,
)
def star_anise(shot: Shot, count: int) -> list[Thing]:
    """Star anise strewn about, with pods of cardamom between."""
    places = around(shot, max(6, count // 4), reach=0.7)
    stars = strewn(shot, [star_anise_shape()], places, 1.0)
    pods = strewn(shot, [ball(0.5, rings=13).scaled(0.032, 0.03, 0.07)], around(shot, count // 4, reach=0.7), 1.0)
    return [
        Thing(shape=stars, material=Material(colour=(0.17, 0.065, 0.025), roughness=0.5)),
        Thing(shape=pods, material=Material(colour=(0.33, 0.36, 0.15), roughness=0.6)),
    ]


def _heap(shot: Shot, colour: Colour, *, coarse: float) -> list[Thing]:
    """A small heap of powder or crystals, with some spilt round it."""
    wide = 0.42
    r = np.linspace(0, 1, 40)
    profile = np.stack([wide * r, 0.16 * np.exp(-((r / 0.45) ** 2)) * (1 - r**4)], -1)[::-1]
    body = lathe([(float(a), float(b)) for a, b in profile])
    points = body.points.astype(np.float64)
    points[:, [0, 2]] *= (1 + 0.08 * np.cos(3 * np.arctan2(points[:, 0], points[:, 2]) + shot.between(0, 6)))[:, None]
    lumps = spectral(shot.rng, (256, 512), falloff=0.5, finest=coarse)
    grain = np.clip(1 + 0.1 * lumps, 0.6, 1.3)[..., None]
    heap = Shape(points=points.astype(np.float32), faces=body.faces, uv=body.uv)
    material = Material(
        colour=np.clip(np.asarray(colour) * grain, 0, 0.92).astype(np.float32), bump=lumps, bump_scale=0.012
    )
    spill = cluster(shot, 160, 0.07)
    crumbs = strewn(shot, [ball(0.006, rings=5)], [(1.1 * x, 1.1 * z) for x, z in spill], 0.5 + 0.3 * coarse)
    return [Thing(shape=heap, material=material), Thing(shape=crumbs, material=Material(colour=colour))]


@prop(
    "salt, sea salt, bath salt, salt flake, epsom, sugar, salt crystal, crystal salt, himalayan salt, coarse salt",
    "icing sugar",
    place="sweep",
    loose=True,
)
def salt(shot: Shot) -> list[Thing]:
    return _heap(shot, (0.86, 0.85, 0.84), coarse=2.0)


@prop("cocoa, cocoa powder, cacao, coffee ground, ground coffee, cocoa nib, chocolate powder, carob", place="window")
def cocoa(shot: Shot) -> list[Thing]:
    return _heap(shot, (0.11, 0.045, 0.02), coarse=0.7)


@prop(
    "spice, powder, turmeric, paprika, curry, pigment, ground spice, saffron, cumin, holi, chilli powder",
    "coloured powder, makeup powder, masala, protein powder, sand pile, powder explosion, mustard powder",
    place="window",
)
def spice_powder(shot: Shot) -> list[Thing]:
    return _heap(shot, hexadecimal(shot.wish.prop_colour or shot.pick("#c8781f", "#a8371c", "#d9a12b")), coarse=0.7)


@prop("flour, dough, baking, baking powder, cornstarch, talc, flour dust, talcum, yeast", place="window")
def flour(shot: Shot) -> list[Thing]:
    return _heap(shot, (0.84, 0.82, 0.77), coarse=0.7)


@prop(
    "tea leaf, loose tea, loose leaf, loose leaf tea, dried tea, black tea, herbal, dried herb, tobacco",
    "dried leaf pile",
    place="window",
)
def tea_leaves(shot: Shot) -> list[Thing]:
    """A heap of rolled dry tea leaves."""
    curls = []
    for _ in range(520):
        r, angle = 0.30 * shot.rng.random() ** 0.6, shot.between(0, 2 * np.pi)
        y = 0.085 * np.exp(-((r / 0.16) ** 2)) + 0.008
        t = np.linspace(-1, 1, 5)
        path = np.stack([0.024 * t, 0.008 * np.sin(2.2 * t), 0.008 * t**2], -1)
        curl = tube(path, 0.006 * (1.2 - np.abs(t)), segments=5).turned(x=shot.between(-25, 25), y=shot.between(0, 360))
        curls.append(curl.moved(r * np.cos(angle), y, r * np.sin(angle)))
    return [Thing(shape=joined(curls), material=Material(colour=(0.055, 0.062, 0.028), roughness=0.8))]


@prop(
    "chocolate, dark chocolate, chocolate piece, praline, truffle, chocolate bar, candy, sweet, brownie, fudge",
    "caramel piece",
    place="window",
)
def chocolate(shot: Shot) -> list[Thing]:
    """Pieces broken off a bar, and a few crumbs."""
    bars = []
    for number, (x, z) in enumerate(cluster(shot, shot.wish.count_of("chocolate", 3), 0.3)):
        rows, columns = int(shot.rng.integers(1, 3)), int(shot.rng.integers(2, 4))
        squares = [
            block(0.115, 0.045, 0.115, 0.014).moved(0.118 * i, 0.012, 0.118 * j)
            for i in range(columns)
            for j in range(rows)
        ]
        base = block(0.118 * columns, 0.03, 0.118 * rows, 0.006).moved(0.059 * (columns - 1), 0, 0.059 * (rows - 1))
        piece = joined([base, *squares]).turned(z=10 if number else 0, y=shot.between(0, 360))
        bars.append(piece.moved(x, 0.02 if number else 0, z))
    crumbs = strewn(shot, [block(0.02, 0.015, 0.017, 0.003)], cluster(shot, 30, 0.12), 1.0)
    cocoa_mass = Material(colour=(0.05, 0.018, 0.008), roughness=0.34, specular=0.5)
    return [Thing(shape=joined([*bars, crumbs]), material=cocoa_mass)]


@prop(
    "cookie, biscuit, cracker, shortbread, oatmeal, macaron, gingerbread, cookie jar, pet treat, dog treat, treat",
    "wafer, snack, crisp bread",
    place="window",
)
def cookies(shot: Shot) -> list[Thing]:
    """A stack of biscuits with pieces of chocolate, one leaning on it."""
    bump = spectral(shot.rng, (256, 256), falloff=1.0, finest=3)
    chips = np.clip(spectral(shot.rng, (256, 256), falloff=0.8, coarsest=0.12, finest=6) - 1.25, 0, 0.2)[..., None] * 5
    dough = np.asarray((0.50, 0.27, 0.10)) * (1 + 0.08 * bump[..., None])
    baked = np.clip(dough + (np.asarray((0.05, 0.02, 0.01)) - dough) * chips, 0, 1).astype(np.float32)
    material = Material(colour=baked, roughness=0.85, bump=bump, bump_scale=0.012)
    pile = [
        _biscuit().turned(y=60 * k).moved(shot.between(-0.02, 0.02), 0.062 * k)
        for k in range(shot.wish.count_of("cookies", 4))
    ]
    leaning = _biscuit().turned(x=68).moved(0.03, 0.125, 0.24)
    return [Thing(shape=joined([*pile, leaning]), material=material)]


def _biscuit() -> Shape:
    return disc(0.145, 0.06, 0.026).draped(0.32, 0.32)


@prop(
    "bread, loaf, sourdough, baguette, toast bread, bun, brioche, croissant, bakery, roll bread, bagel, pastry",
    "ciabatta",
    place="window",
    companion="flour",
)
def bread(shot: Shot) -> list[Thing]:
    """A golden loaf, scored on top."""
    loaf = ball(0.5, rings=61).scaled(0.86, 0.44, 0.5)
    points = loaf.points.astype(np.float64)
    cuts = sum(np.exp(-(((points[:, 0] + 0.25 * points[:, 2] - at) / 0.018) ** 2)) for at in (-0.22, 0.0, 0.22))
    points[:, 1] -= 0.03 * np.asarray(cuts) * np.clip(points[:, 1] * 4, 0, 1)
    shape = Shape(points=points.astype(np.float32), faces=loaf.faces, uv=loaf.uv).draped(1.0, 1.0)
    baked = np.clip(0.5 + 0.3 * spectral(shot.rng, (300, 300), falloff=1.8), 0, 1)[..., None]
    crust = np.asarray((0.50, 0.26, 0.085)) * (1 - baked) + np.asarray((0.27, 0.11, 0.03)) * baked
    rough = spectral(shot.rng, (300, 300), falloff=1.2)
    material = Material(colour=crust.astype(np.float32), roughness=0.62, bump=rough, bump_scale=0.0025)
    return [Thing(shape=shape.turned(y=shot.between(-30, 30)), material=material)]


@prop(
    "cheese, parmesan, cheddar, cheese board, cheese platter, brie, gouda, cheese wedge, camembert, butter, fondue",
    place="window",
)
def cheese(shot: Shot) -> list[Thing]:
    """A wedge of hard cheese with its rind, and a small cube."""
    angle = np.linspace(-0.36, 0.36, 17)
    wedge = _prism(np.concatenate([[[0.0, 0.0]], np.stack([0.5 * np.cos(angle), 0.5 * np.sin(angle)], -1)]), 0.26)
    rind = _prism(
        np.concatenate(
            [
                np.stack([0.5 * np.cos(angle), 0.5 * np.sin(angle)], -1),
                np.stack([0.515 * np.cos(angle[::-1]), 0.515 * np.sin(angle[::-1])], -1),
            ]
        ),
        0.262,
    )
    paste = Material(colour=(0.80, 0.58, 0.22), roughness=0.45)
    cubes = [block(0.11, 0.1, 0.11, 0.008).turned(y=t).moved(x, 0, z) for x, z, t in ((0.12, 0.34, 20), (0.3, 0.4, 60))]
    turn = shot.between(10, 60)
    return [
        Thing(shape=joined([wedge, *cubes]).turned(y=turn), material=paste),
        Thing(shape=rind.turned(y=turn), material=Material(colour=(0.46, 0.23, 0.07), roughness=0.7)),
    ]


def _prism(outline: np.ndarray, height: float) -> Shape:
    """An upright body over an outline, Nx2 in x and z, with flat ends."""
    ring = np.concatenate([outline, outline[:1]])
    middle = np.broadcast_to(ring.mean(0), ring.shape)
    rows = [(middle, height), (ring, height), (ring, height), (ring, 0.0), (ring, 0.0), (middle, 0.0)]
    grid = [np.stack([line[:, 0], np.full(len(line), y), line[:, 1]], -1) for line, y in rows]
    return sheet(np.stack(grid), smooth=False)


@prop("egg, chicken egg, fresh egg, hen, farm egg, quail egg, boiled egg", place="window")
def eggs(shot: Shot) -> list[Thing]:
    """Eggs in the wished colour, else in the shades of a farm's."""
    shells = ("#d9b08c", "#e8d6c0", "#c48f66", "#efe6da")
    return [_egg(shot, hexadecimal(shot.wish.prop_colour or shot.pick(*shells)), x, z) for x, z in _nest(shot)]


@prop("easter egg, easter, painted egg, coloured egg, easter bunny")
def easter_eggs(shot: Shot) -> list[Thing]:
    """Eggs in several pastel colours."""
    dyes = ("#f3c8d2", "#b4cfe6", "#f6e7a6", "#bde0be", "#d9c6ea")
    return [
        _egg(shot, hexadecimal(shot.wish.prop_colour or dyes[k % len(dyes)]), x, z)
        for k, (x, z) in enumerate(_nest(shot))
    ]


def _nest(shot: Shot) -> list[tuple[float, float]]:
    return cluster(shot, shot.wish.count_of("eggs", 5), 0.24)


def _egg(shot: Shot, colour: Colour, x: float, z: float) -> Thing:
    angle = np.linspace(-np.pi / 2, np.pi / 2, 41)
    outline = [
        (0.088 * float(np.cos(a)) * (1 - 0.16 * float(np.sin(a))), 0.118 * float(np.sin(a)) + 0.118) for a in angle
    ]
    shape = lathe(outline).moved(0, -0.118).turned(x=shot.between(76, 96), y=shot.between(0, 360)).moved(x, 0.084, z)
    return Thing(shape=shape, material=Material(colour=colour, roughness=0.55))


@prop(
    "ice cube, crushed ice, ice block, ice bucket, iced, on the rocks, ice crystal, icicle, ice cold",
    place="sweep",
    loose=True,
)
def ice_cubes(shot: Shot) -> list[Thing]:
    """Cubes of ice, clear at the rim and white in the middle, in a little melt water."""
    outer, cores = [], []
    for x, z in cluster(shot, shot.wish.count_of("ice cubes", 6), 0.2):
        side, turn = shot.between(0.12, 0.15), shot.between(0, 90)
        outer.append(block(side, side, side, 0.024).turned(y=turn).moved(x, 0, z))
        cores.append(block(0.6 * side, 0.6 * side, 0.6 * side, 0.03).turned(y=turn).moved(x, 0.2 * side, z))
    pool = disc(0.4, 0.008, 0.004)
    return [
        Thing(shape=joined(outer), material=Material(colour=(1, 1, 1), transmission=1.0)),
        Thing(shape=joined(cores), material=Material(colour=(0.88, 0.93, 0.96), roughness=0.25)),
        Thing(shape=pool, material=Material(colour=(1, 1, 1), transmission=1.0)),
    ]


@prop("honeycomb, honey, honey dipper, beeswax, honey drizzle, hive, syrup, manuka, beehive", place="window")
def honeycomb(_: Shot) -> list[Thing]:
    """A piece of comb and a wooden dipper."""
    cells = []
    for i in range(7):
        for j in range(5):
            x, z = 0.062 * (i - 3) + 0.031 * (j % 2), 0.054 * (j - 2)
            cells.append(_cell().moved(x, 0.0, z))
    comb = block(0.50, 0.05, 0.30, 0.01)
    wax = Material(colour=(0.72, 0.40, 0.05), roughness=0.2, specular=0.6)
    t = np.linspace(0, 1, 9)
    handle = tube(np.stack([0.5 - 0.55 * t, 0.07 + 0.12 * t, 0.3 - 0.1 * t], -1), np.full(9, 0.015))
    rings = [disc(0.055, 0.014, 0.006).turned(z=78).moved(0.52 + 0.024 * k, 0.062, 0.305) for k in range(5)]
    return [
        Thing(shape=joined([comb, *cells]), material=wax),
        Thing(shape=joined([handle, *rings]), material=Material(colour=(0.50, 0.30, 0.13), roughness=0.5)),
    ]


def _cell() -> Shape:
    """The raised six-sided rim of one cell."""
    turn = np.radians(np.arange(7) * 60 + 30)
    rows = [(0.034, 0.03), (0.034, 0.085), (0.027, 0.085), (0.027, 0.03)]
    return sheet(
        np.stack([np.stack([r * np.cos(turn), np.full(7, y), r * np.sin(turn)], -1) for r, y in rows[::-1]]),
        smooth=False,
    )


@prop("cake, cupcake, dessert, muffin, birthday cake, cheesecake, tart, icing, frosting", place="window")
def cake(shot: Shot) -> list[Thing]:
    """A small cake: sponge, cream between, icing and cherries on top."""
    sponge = [disc(0.30, 0.11, 0.012).moved(0, 0.15 * k) for k in range(2)]
    cream = [disc(0.295, 0.04, 0.016).moved(0, 0.11), disc(0.305, 0.05, 0.024).moved(0, 0.26)]
    dots = [ball(0.034, rings=13).scaled(1, 0.9).moved(0.24, 0.305).turned(y=36 * k) for k in range(10)]
    fruit_on_top = [ball(0.036, rings=13).moved(0.12, 0.305).turned(y=72 * k) for k in range(5)]
    icing = hexadecimal(shot.wish.prop_colour or shot.pick("#f6e9dc", "#f3c8d2", "#efe0c8"))
    return [
        Thing(shape=joined(sponge), material=Material(colour=(0.58, 0.36, 0.15), roughness=0.9)),
        Thing(shape=joined([*cream, *dots]), material=Material(colour=icing, roughness=0.5)),
        Thing(shape=joined(fruit_on_top), material=Material(colour=(0.36, 0.01, 0.02), roughness=0.15)),
    ]


@prop(
    "jar, spice jar, preserve, mason jar, pickle, canister, jam jar, honey jar, marmalade, storage jar, spice rack",
    place="window",
    companion="honeycomb",
    tinted=True,
)
def jar(shot: Shot) -> list[Thing]:
    """Two jars with lids, filled to the shoulder."""
    things = []
    for x, z, size in ((0.0, 0.0, 1.0), (0.34, 0.12, 0.8)):
        body = turned_body(
            [(0, 0), (0.036, 0), (0.038, 0.004), (0.038, 0.07), (0.03, 0.082), (0.03, 0.088), (0, 0.088)]
        )
        lid = disc(0.128, 0.07, 0.012).moved(0, 0.35)
        fill = hexadecimal(shot.wish.prop_colour or shot.pick("#a8571c", "#7a8a4a", "#c99a5b", "#7d2f22"))
        things.append(
            Thing(shape=body.scaled(size).moved(x, 0, z), material=Material(colour=fill, roughness=0.08, specular=0.7))
        )
        things.append(
            Thing(
                shape=lid.scaled(size).moved(x, 0, z),
                material=Material(colour=(0.55, 0.42, 0.2), roughness=0.3, metallic=0.9),
            )
        )
    return things


@prop("barrel, cask, oak barrel, wine barrel, whisky barrel, keg, wooden barrel, rum, distillery", place="room")
def barrel(shot: Shot) -> list[Thing]:
    """An oak cask with iron hoops."""
    tall = 0.9 * METRE * 0.28
    h = np.linspace(0, 1, 30)
    r = 0.33 + 0.09 * np.sin(np.pi * h)
    body = lathe([(0.0, 0.02), *[(float(a), float(tall * b)) for a, b in zip(r, h, strict=True)], (0.0, tall - 0.03)])
    hoops = [
        lathe([(r_at + 0.004, y - 0.03), (r_at + 0.012, y - 0.03), (r_at + 0.012, y + 0.03), (r_at + 0.004, y + 0.03)])
        for y, r_at in ((0.12 * tall, 0.365), (0.3 * tall, 0.405), (0.7 * tall, 0.405), (0.88 * tall, 0.365))
    ]
    staves = 0.75 + 0.25 * np.abs(np.sin(np.linspace(0, 14 * np.pi, 560)))[None, :, None] ** 0.25
    grain = 1 + 0.14 * spectral(shot.rng, (200, 560), falloff=1.2, stretch=(8.0, 1.0))[..., None]
    oak = np.clip(np.asarray((0.30, 0.165, 0.075)) * staves * grain, 0, 1).astype(np.float32)
    return [
        Thing(shape=body, material=Material(colour=oak, roughness=0.65)),
        Thing(shape=joined(hoops), material=Material(colour=(0.11, 0.105, 0.10), roughness=0.45, metallic=0.8)),
    ]
