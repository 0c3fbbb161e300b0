"""Bread, cake, biscuits, chocolate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.bodies import BEECH, METRE, lobed, tint, turned_body
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, block, disc, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster, strewn
from ecomgen.scenes.studio.stage.shot import Shot

SPONGE, CHERRY = (
    Material((0.58, 0.36, 0.15), roughness=0.9),
    Material((0.36, 0.01, 0.02), roughness=0.15),
)
PAPER_CUP = Material((0.62, 0.5, 0.38), roughness=0.85)
LONG = 0.2  # turns by which a loaf's cuts run to either side of its top
ROLLS = 3.5  # layers of a croissant's dough from its middle to either tip


@prop(
    "chocolate, dark chocolate, chocolate piece, praline, truffle, chocolate bar, candy, sweet, brownie, fudge",
    "caramel piece, couverture, ganache, bonbon",
    place="window",
)
def chocolate(shot: Shot) -> list[Thing]:
    """Pieces broken off a bar, and a few crumbs."""
    bars = []
    for number, (x, z) in enumerate(cluster(shot, shot.count(3), 0.3)):
        rows, columns = int(shot.rng.integers(1, 3)), int(shot.rng.integers(2, 4))
        squares = [
            block(0.115, 0.045, 0.115, 0.014).moved(0.118 * i, 0.012, 0.118 * j)
            for i in range(columns)
            for j in range(rows)
        ]
        base = block(0.118 * columns, 0.03, 0.118 * rows, 0.006).moved(0.059 * (columns - 1), 0, 0.059 * (rows - 1))
        piece = joined([base, *squares]).turned(z=10 if number else 0, y=shot.uniform(0, 360))
        bars.append(piece.moved(x, 0.02 if number else 0, z))
    crumbs = strewn(shot, [block(0.02, 0.015, 0.017, 0.003)], cluster(shot, 30, 0.12), 1.0)
    cocoa_mass = Material((0.05, 0.018, 0.008), roughness=0.34, specular=0.5)
    return [Thing(joined([*bars, crumbs]), cocoa_mass)]


@prop(
    "cookie, biscuit, cracker, shortbread, oatmeal, gingerbread, cookie jar, pet treat, dog treat, treat",
    "wafer, snack, crisp bread, amaretti, biscotti, speculoos",
    place="window",
)
def cookies(shot: Shot) -> list[Thing]:
    """A stack of biscuits with pieces of chocolate, one leaning on it."""
    bump = spectral(shot.rng, (256, 256), falloff=1.0, finest=3)
    chips = np.clip(spectral(shot.rng, (256, 256), falloff=0.8, coarsest=0.12, finest=6) - 1.25, 0, 0.2)[..., None] * 5
    dough = np.asarray((0.50, 0.27, 0.10)) * (1 + 0.08 * bump[..., None])
    baked = np.clip(dough + (np.asarray((0.05, 0.02, 0.01)) - dough) * chips, 0, 1).astype(np.float32)
    material = Material(baked, roughness=0.85, bump=bump, bump_scale=0.005)
    pile = [_biscuit().turned(y=60 * k).moved(shot.uniform(-0.02, 0.02), 0.062 * k) for k in range(shot.count(4))]
    leaning = _biscuit().turned(x=68).moved(0.03, 0.125, 0.24)
    return [Thing(joined([*pile, leaning]), material)]


@prop(
    "bread, loaf, sourdough, toast bread, toast, bun, brioche, bakery, roll bread, bagel",
    "ciabatta, focaccia, flatbread, naan, pita, boule",
    place="window",
    companion="flour",
    single=True,
)
def bread(shot: Shot) -> list[Thing]:
    """A golden loaf, dusted with flour: three cuts opened aslant over its top, a thick lip along each."""
    loaf = ball(0.5, rings=121).scaled(0.86, 0.46, 0.52).moved(0, -0.23)
    points = loaf.points.astype(np.float64)
    over = np.arctan2(points[:, 2] / 0.26, points[:, 1] / 0.23) / (2 * np.pi)  # round the loaf, 0 on top
    depth, lip, _ = _cuts(points[:, 0], over)
    points *= 1 + (0.07 * lip - 0.09 * depth)[:, None] * [0, 1, 1]
    points[:, 1] = np.maximum(points[:, 1], -0.15)  # as it lay in the oven
    uv = np.stack([points[:, 0] + 0.5, over + 0.5], -1).astype(np.float32)
    shape = replace(loaf.through(points), uv=uv).moved(0, 0.15)
    colour, relief = _baked(shot)
    material = Material(colour, roughness=0.55, specular=0.4, bump=relief, bump_scale=0.0025)
    return [Thing(shape.turned(y=shot.uniform(-30, 30)), material)]


@prop("baguette, french bread, french stick, breadstick, bread stick, grissini", place="window", companion="flour")
def baguettes(shot: Shot) -> list[Thing]:
    """Short baguettes, one lying across the others."""
    colour, relief = _baked(shot)
    crust = Material(colour, roughness=0.5, specular=0.4, bump=relief, bump_scale=0.001)
    lying = []
    for number in range(shot.count(3)):
        across = number % 3 == 2
        turn = shot.order * (-12.0 if across else 32.0 + 24 * number + shot.uniform(-6, 6))
        place = 0.02, 0.052 * METRE if across else 0.0, 0.3 * (number % 2) - 0.15
        lying.append(Thing(_baguette().turned(y=turn).moved(*place), crust))
    return lying


@prop(
    "croissant, pastry, danish pastry, croissant plate, butter croissant",
    place="window",
    companion="cup",
)
def croissants(shot: Shot) -> list[Thing]:
    """Two croissants or as many as are wished, golden where they rose and pale between."""
    baked, flakes = _crust(shot)
    crust = Material(baked, roughness=0.42, specular=0.5, bump=flakes, bump_scale=0.004)
    places = [(0.0, 0.0), (shot.uniform(-0.1, 0.1), -0.33)]
    count = shot.count(2)
    return [
        Thing(_croissant().turned(y=shot.uniform(-40, 40)).moved(x, 0, z), crust)
        for x, z in (places[:count] if count <= len(places) else cluster(shot, count, 0.5))
    ]


@prop(
    "cake, dessert, birthday cake, cheesecake, tart, icing, frosting, gateau, torte, tartlet",
    place="window",
    single=True,
)
def cake(shot: Shot) -> list[Thing]:
    """A small cake: sponge, cream between, icing and cherries on top."""
    sponge = [disc(0.30, 0.11, 0.012).moved(0, 0.15 * k) for k in range(2)]
    cream = [disc(0.295, 0.04, 0.016).moved(0, 0.11), disc(0.305, 0.05, 0.024).moved(0, 0.26)]
    dots = [ball(0.034, rings=13).scaled(1, 0.9).moved(0.24, 0.305).turned(y=36 * k) for k in range(10)]
    fruit_on_top = [ball(0.036, rings=13).moved(0.12, 0.305).turned(y=72 * k) for k in range(5)]
    icing = tint(shot, "#f6e9dc", "#f3c8d2", "#efe0c8")
    return [
        Thing(joined(sponge), SPONGE),
        Thing(joined([*cream, *dots]), Material(icing, roughness=0.5)),
        Thing(joined(fruit_on_top), CHERRY),
    ]


@prop("cupcake, muffin, fairy cake, mini cake, frosted cupcake", place="window")
def cupcakes(shot: Shot) -> list[Thing]:
    """Cupcakes in pleated paper, cream piped on them in a spiral, a cherry on top."""
    cup = lobed(lathe([(0.0, 0.0), (0.082, 0.0), (0.122, 0.135), (0.116, 0.135)], segments=240), 30, 0.07)
    sponge = lathe([(0.118, 0.12), (0.126, 0.145), (0.11, 0.175), (0.0, 0.19)])
    turn = np.linspace(0, 3.2 * 2 * np.pi, 150)
    rise = turn / turn[-1]
    reach = 0.098 * (1 - rise) ** 0.8
    coil = tube(
        xyz(reach * np.cos(turn), 0.175 + 0.15 * rise, reach * np.sin(turn)),
        0.04 * (1 - 0.75 * rise**2),
        segments=16,
    )
    cherry = ball(0.036, rings=15).moved(0, 0.318)
    places = list(cluster(shot, shot.count(3), 0.3))
    usual = ("#f3bccb", "#f6ead8", "#c9e3d3", "#cdbde6")
    things = []
    for number, (x, z) in enumerate(places):
        cream = Material(tint(shot, usual[(number + int(shot.seed)) % len(usual)]), roughness=0.5, specular=0.4)
        parts = (cup, PAPER_CUP), (sponge, SPONGE), (coil, cream), (cherry, CHERRY)
        things += [Thing(shape.moved(x, 0, z), made) for shape, made in parts]
    return things


def _baguette() -> Shape:
    """A long loaf, pointed at its ends, over which a loaf's crust comes again and again, drawn out along it."""
    share = np.linspace(-0.5, 0.5, 221)
    line = xyz(0.3 * METRE * share, 0 * share, 0 * share)
    dough = tube(line, 0.032 * METRE * np.clip(1 - np.abs(2 * share) ** 2.6, 0.002, 1) ** 0.6, segments=96)
    points = dough.points.astype(np.float64)
    along, over = points[:, 0] / (0.3 * METRE), np.arctan2(points[:, 2], points[:, 1]) / np.pi
    place = 0.8 * ((1.6 * along + 0.3) % 1 - 0.5)
    depth, lip, _ = _cuts(place, over)
    points *= 1 + (0.13 * lip - 0.12 * depth)[:, None] * [0, 1, 1]
    points[:, 1] = np.maximum(points[:, 1], -0.022 * METRE)
    uv = np.stack([place + 0.5, over + 0.5], -1).astype(np.float32)
    return replace(dough.through(points), uv=uv).moved(0, 0.022 * METRE)


def _cuts(x: np.ndarray, over: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How deep a loaf's crust is cut at places along and round it, how high its lips are, how near the rims."""
    away = np.stack([x + 0.45 * over - at for at in (-0.25, 0.0, 0.25)])
    gape = 0.052 * np.clip(1 - (over / LONG) ** 2, 0.01, 1)
    depth = np.exp(-((away / gape) ** 4)).max(0) * (np.abs(over) < LONG)
    lip = np.exp(-(((away - 1.25 * gape) / 0.016) ** 2)).max(0) * (np.abs(over) < LONG)
    rim = np.exp(-(((np.abs(away) - 1.15 * gape) / 0.012) ** 2)).max(0) * (np.abs(over) < LONG)
    return depth, lip, rim


def _baked(shot: Shot) -> tuple[np.ndarray, np.ndarray]:
    """The colour of a loaf's crust along and round it, and its relief: dark lips, pale cuts, flour in patches."""
    side = 600
    x, over = np.meshgrid(*(np.linspace(-0.5, 0.5, side),) * 2)
    depth, lip, rim = _cuts(x, over)
    slow, fine = spectral(shot.rng, (side, side), falloff=1.7), spectral(shot.rng, (side, side), falloff=0.9)
    torn = spectral(shot.rng, (side, side), falloff=0.8, stretch=(5.0, 1.0))
    done = np.clip(0.38 + 0.22 * slow + 0.12 * fine + 0.55 * lip, 0, 1)[..., None]
    gold, brown = np.array((0.66, 0.38, 0.13)), np.array((0.34, 0.14, 0.04))
    crumb, flour = np.array((0.86, 0.70, 0.44)), np.array((0.90, 0.85, 0.77))
    colour = gold + (brown - gold) * done
    dusted = np.clip(0.1 + 0.22 * np.roll(slow, side // 3) + 0.16 * fine, 0, 0.5) * (1 - rim)
    colour = colour + (flour - colour) * dusted[..., None]
    opened = (depth * np.clip(0.85 + 0.1 * torn, 0, 1))[..., None]
    colour = colour + (crumb * (1 + 0.1 * torn[..., None]) - colour) * opened
    return np.clip(colour, 0, 1).astype(np.float32), fine + 1.2 * torn * depth


def _along(count: int) -> np.ndarray:
    """How far a croissant is rolled up at `count` places from tip to tip, a sawtooth: 1 where a layer begins."""
    return 1 - np.abs(np.linspace(-ROLLS, ROLLS, count)) % 1


def _croissant() -> Shape:
    """A crescent of dough that is rolled up: each layer from the middle outwards comes out from under the last."""
    u, rolled = np.linspace(-1, 1, 181), _along(181)
    girth = 0.115 * (1 - 0.86 * np.abs(u) ** 1.5) * (0.78 + 0.22 * rolled**0.6)
    bow = np.radians(88) * u
    middle = 0.17 * xyz(1.2 * np.sin(bow), 0, np.cos(bow))
    dough = tube(middle, girth, segments=32)
    points = dough.points.astype(np.float64)
    points[:, 1] *= np.where(points[:, 1] < 0, 0.5, 0.92)
    return dough.through(points).moved(0, -float(points[:, 1].min()))


def _crust(shot: Shot) -> tuple[np.ndarray, np.ndarray]:
    """The colour of a croissant's crust, from tip to tip and round it, and the relief of its layers."""
    rows, columns = 400, 200
    flakes = spectral(shot.rng, (rows, columns), falloff=1.1, stretch=(1.0, 5.0))
    risen = np.clip(_along(rows)[:, None] + 0.16 * flakes, 0, 1)[..., None]
    pale, gold, brown = (np.asarray(colour) for colour in ((0.86, 0.63, 0.33), (0.74, 0.44, 0.15), (0.52, 0.24, 0.07)))
    colour = np.where(risen < 0.6, pale + (gold - pale) * risen / 0.6, gold + (brown - gold) * (risen - 0.6) / 0.4)
    return np.clip(colour, 0, 1).astype(np.float32), flakes


def _biscuit() -> Shape:
    return disc(0.145, 0.06, 0.026).draped(0.32, 0.32)


@prop("rolling pin", place="kitchen", tinted=True, single=True)
def rolling_pin(shot: Shot) -> list[Thing]:
    """A rolling pin of beech, lying."""
    half = [(0, 0), (0.027, 0), (0.029, 0.004), (0.029, 0.115), (0.026, 0.122), (0.009, 0.123), (0.009, 0.13)]
    half += [(0.014, 0.137), (0.0155, 0.165), (0.013, 0.195), (0.008, 0.204), (0, 0.206)]
    end = turned_body(half).turned(z=90)
    pin = joined([end, end.turned(y=180)]).moved(y=0.029 * METRE)
    wood = replace(BEECH, colour=tint(shot, "#c79a66", "#b98a58"))
    return [Thing(pin.turned(y=shot.uniform(12, 40) * shot.order), wood)]


@prop("wooden spoon, wooden spatula, wooden ladle, cooking spoon, spatula", place="kitchen", tinted=True, single=True)
def wooden_spoon(shot: Shot) -> list[Thing]:
    """A wooden spoon, lying: a shallow bowl, a handle that grows thicker towards its end."""
    along, turn = np.meshgrid(np.linspace(0, 1, 120), np.linspace(0, 2 * np.pi, 41), indexing="ij")
    bowl = np.sqrt(np.clip(1 - ((along - 0.13) / 0.13) ** 2, 0, 1))
    grip = 0.0055 + 0.003 * along
    ends = np.sqrt(np.clip(1 - ((along - 0.985) / 0.015) ** 2 * (along > 0.985), 0, 1))
    wide = np.maximum(0.026 * bowl, grip * np.clip((along - 0.18) / 0.06, 0, 1)) * ends
    high = np.maximum(0.008 * bowl, 0.8 * grip * np.clip((along - 0.18) / 0.06, 0, 1)) * ends
    top = np.clip(np.sin(turn), 0, 1)
    y = 0.008 + high * np.sin(turn) - 0.013 * bowl**2 * top**2
    body = sheet(METRE * xyz(wide * np.cos(turn), y, 0.25 * (along - 0.5)))
    wood = replace(BEECH, colour=tint(shot, "#c79a66", "#a9774a"))
    return [Thing(body.turned(y=shot.uniform(50, 75) * shot.order), wood)]
