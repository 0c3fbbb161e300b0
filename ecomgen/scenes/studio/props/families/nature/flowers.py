"""Flowers in vases, and their petals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ecomgen.scenes.studio.bodies import (
    NECK,
    STEM,
    assembled,
    bellied_vase,
    lobed,
    pale_glaze,
    standing_in,
    tint,
    turned_body,
)
from ecomgen.scenes.studio.bodies.plants import GREEN, arc, foliage, in_column, leaf, mottled, shades
from ecomgen.scenes.studio.grounds.relief import scattered
from ecomgen.scenes.studio.primitives.palette import from_oklch, hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.props.blooms import HEART, full, moth, opened, petal, petals_of, rose
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import around, cluster
from ecomgen.scenes.studio.stage.shot import Shot

UNGROWN, WHITE = (95, 290), (0.9, 0.88, 0.81)  # hues, in degrees, that few flowers have; what they have instead
RED, FALLEN = "#a3172b", "#cf2f49"
DYES = {
    "roses": (RED, "#e6a2ac", "#f0b3b4", "#d9707c"),
    "peonies": ("#e6a2ac", "#f4cfd6", "#d9707c", "#f7e2de"),
    "marigolds": ("#f09410", "#f5b520"),
    "cherry branch": ("#f3d0d8", "#f6e0e4", "#eec0cb"),
}
"""Colours of flowers whose petals lie about, too: one for each picture."""
WHITE_RAYS = "#f4f1ea"
HEADS = {
    "roses": (rose, 0.033),
    "peonies": (full, 0.033),
    "marigolds": (full, 0.019),
    "flowers": (opened, 0.03),
    "daisies": (opened, 0.02),
}
"""How their heads are made, and their radius in metres."""
HEAPED = 26  # that lie about at most
LEAF = Material((0.06, 0.14, 0.035), roughness=0.45)


@prop(
    "flower, bouquet, floral, wildflower, bloom, hydrangea, lily, magnolia, jasmine",
    "mother day, fresh flower, flower arrangement, poppy, anemone",
    "hibiscus, iris, violet flower, geranium, petunia, posy, meadow flower, edible flower, nosegay",
    "flower in a jar, wild flower in a jar, wildflower in a jar, flower in a mason jar, flower in a vase",
    plurals="violets, lilacs, lavenders",
    place="room",
    companion="green leaves",
    around="flower heads",
)
def flowers(shot: Shot) -> list[Thing]:
    """A bouquet of open flowers about a few full ones, in the wished colour, else one that suits."""
    count = shot.count(11)
    heads = [full(shot, 0.1) if k % 4 == 0 else opened(shot, 0.105) for k in range(count)]
    return _bouquet(shot, heads, _grown(shot))


@prop(
    "peony, ranunculus, camellia, dahlia, carnation, chrysanthemum, zinnia, peony bouquet",
    place="room",
    companion="petals",
    around="flower heads",
    kind_of="flowers",
)
def peonies(shot: Shot) -> list[Thing]:
    """A bouquet of full, round flowers."""
    count = shot.count(7)
    return _bouquet(shot, [full(shot, shot.uniform(0.125, 0.15)) for _ in range(count)], _dyed(shot, "peonies"))


@prop(
    "orchid, white orchid, potted orchid, phalaenopsis, moth orchid, orchid flower, orchid branch",
    place="bathroom",
    kind_of="flowers, plant",
    single=True,
)
def orchid(shot: Shot) -> list[Thing]:
    """A moth orchid in a glazed pot: broad leaves, and two stems that bend under their flowers."""
    pot = turned_body([(0, 0), (0.036, 0), (0.046, 0.07), (0.048, 0.085), (0.043, 0.085), (0.04, 0.075), (0, 0.075)])
    rim, stems, heads, greens = 0.3, [], [], []
    for k in range(6):
        blade = leaf(shot.uniform(0.24, 0.34), 0.13, curl=0.55).turned(x=shot.uniform(48, 66))
        greens.append(blade.turned(y=62 * k + shot.uniform(-10, 10)))
    for side in (-1.0, 1.0):
        turn = shot.uniform(-0.5, 0.5) + (0.0 if side > 0 else np.pi)
        t = np.linspace(0, 1, 24)
        reach, high = 0.36 * t**2.4, shot.uniform(1.15, 1.35) * (t - 0.3 * t**3)
        path = xyz(reach * np.cos(turn), high, reach * np.sin(turn))
        stems.append(tube(path, 0.008, segments=7))
        for j in range(11, 24, 2):
            head = moth(shot, 0.12 * (1.15 - 0.02 * j)).turned(x=shot.uniform(62, 85), z=shot.uniform(-14, 14))
            facing = head.turned(y=shot.uniform(-40, 40)).moved(0, 0, 0.03)
            heads.append(facing.moved(*(path[j] + (0.06 * (-1) ** (j // 2), -0.02, 0))))
    colour = tint(shot, "#f4efe9", "#f4efe9", "#dca6c4", "#c76aa0")
    return [
        Thing(pot, Material(pale_glaze(shot), roughness=0.3)),
        Thing(joined(stems).moved(0, rim), STEM),
        Thing(joined(greens).moved(0, rim), Material(GREEN, roughness=0.3)),
        Thing(joined(heads).moved(0, rim), petals_of(colour)),
    ]


@prop("sunflower", place="garden", kind_of="flowers")
def sunflowers(shot: Shot) -> list[Thing]:
    """Three sunflowers that look at the camera, two rows of petals round each heart, broad leaves on their stems."""
    stems, heads, hearts, greens = [], [], [], []
    wild = shot.outdoors and shot.wish.support != "table"
    for k in range(3):
        x, tall = 0.26 * (k - 1) + shot.uniform(-0.06, 0.06), shot.uniform(0.45, 1.0)
        rise = np.linspace(0, 1, 8)
        path = xyz(x * (1 if wild else rise) + 0.05 * np.sin(3 * rise), tall * rise, 0)
        stems.append(tube(path, 0.015))
        facing = {"x": shot.uniform(60, 85), "z": shot.uniform(-22, 22)}
        petals = [
            leaf(long * shot.uniform(0.9, 1.1), 0.052, curl=-0.12, rows=7)
            .turned(x=tilt)
            .turned(y=360 / 24 * (j + shift))
            for long, tilt, shift in ((0.20, 84.0, 0.0), (0.165, 70.0, 0.5))
            for j in range(24)
        ]
        heads.append(mottled(shot.rng, petals).turned(**facing).moved(*path[-1]))
        hearts.append(ball(0.085).scaled(1, 0.35, 1).moved(0, -0.01).turned(**facing).moved(*path[-1]))
        for j in (2, 3, 4):
            blade = leaf(shot.uniform(0.2, 0.28), 0.17, curl=0.4).turned(x=shot.uniform(50, 75))
            greens.append(blade.turned(y=shot.uniform(0, 360)).moved(*path[j]))
    gold = np.linspace(0.62, 0.98, 12)[None, :, None] * np.array([0.86, 0.50, 0.02])
    leaves = foliage(shot.rng, greens, (0.09, 0.17, 0.04))
    parts = (
        (joined(stems), Material((0.10, 0.17, 0.04))),
        (leaves.shape, leaves.material),
        (joined(heads), Material(np.clip(gold, 0, 1).astype(np.float32))),
        (joined(hearts), Material((0.075, 0.038, 0.014))),
    )
    return assembled(0.0, *parts) if wild else standing_in(shot, bellied_vase(shot), 0.36, *parts)


@prop(
    "rose, rose bouquet, rosebud, red rose, white rose, pink rose, rose flower, garden rose, valentine",
    companion="petals",
    around="flower heads",
    kind_of="flowers",
)
def roses(shot: Shot) -> list[Thing]:
    heads = [rose(shot, shot.uniform(0.095, 0.115)) for _ in range(shot.count(9))]
    return _bouquet(shot, heads, _dyed(shot, "roses"))


@prop(
    "lotus, lotus flower, water lily, waterlily, lily pad, lotus leaf, lotus blossom",
    place="lake",
    kind_of="flowers",
    tinted=True,
)
def lotus(shot: Shot) -> list[Thing]:
    """A lotus in flower among its round leaves, which lie on the water."""
    pads = []
    for x, z in cluster(shot, 4, 0.36):
        turn = np.radians(np.linspace(14, 346, 40) + shot.uniform(0, 360))
        rim = shot.uniform(0.14, 0.2) * xyz(np.cos(turn), 0, np.sin(turn))
        pads.append(sheet(np.stack([np.zeros_like(rim), rim]), smooth=False).moved(x, shot.uniform(0.006, 0.014), z))
    petals = [
        leaf(0.17 - 0.012 * row, 0.075, curl=-0.45).turned(x=lean).turned(y=360 / 9 * k + 20 * row)
        for row, lean in enumerate((72, 50, 28))
        for k in range(9)
    ]
    return [
        Thing(joined(pads), Material(shades(shot.rng, GREEN), roughness=0.35)),
        Thing(joined(petals).moved(0, 0.02), petals_of(tint(shot, "#f3c9d8", "#f6ece6"))),
        Thing(ball(0.032, rings=11).moved(0, 0.03), Material(HEART, roughness=0.7)),
    ]


@prop("tulip", kind_of="flowers")
def tulips(shot: Shot) -> list[Thing]:
    cup = lobed(
        turned_body(
            [(0, 0), (0.01, 0.001), (0.019, 0.014), (0.019, 0.03), (0.014, 0.045), (0.01, 0.044), (0.014, 0.03)]
        ),
        6,
        0.14,
    )
    heads = [cup for _ in range(shot.count(8))]
    return _in_vase(shot, heads, (0.34, 0.55), 0.55, tint(shot, "#e2595f", "#f0b43c", "#e893ac", "#f1e8da"))


@prop("daisy, chamomile, camomile, margarite, feverfew", around="flower heads", kind_of="flowers")
def daisies(shot: Shot) -> list[Thing]:
    """Daisies in a vase: white rays about a yellow heart."""
    ray = leaf(0.085, 0.024, curl=-0.1).turned(x=84)
    head = joined([ray.turned(y=360 / 16 * k) for k in range(16)])
    count = shot.count(10)
    things = _in_vase(shot, [head] * count, (0.3, 0.5), 0.7, tint(shot, WHITE_RAYS))
    hearts = _in_heart(things[-1].shape, count, len(head.points))
    return [*things, Thing(hearts, Material(HEART, roughness=0.9))]


@prop("petal, rose petal, scattered petal, flower petal, falling petal, petals", kind_of="flowers", strewn=True)
def petals(shot: Shot, count: int) -> list[Thing]:
    """Petals strewn about, of the roses, peonies or cherry blossom that are there, else of a lively red."""
    fallen = next((name for name in shot.wish.props if name in DYES), None)
    colour = tint(shot, FALLEN) if fallen is None else _dyed(shot, fallen)
    lying = []
    for x, _, z in scattered(shot, count, far=-2.0):
        size, bent = shot.uniform(0.065, 0.115), shot.uniform(0, 45)  # curled, as they dry
        shape = petal(size, shot.uniform(1.0, 1.35) * size, base=88 - 0.3 * bent, tip=78 - bent, ruffle=0.12)
        lying.append(in_column(shape.turned(y=shot.uniform(0, 360)).moved(float(x), 0.004, float(z)), 0.2 + bent / 60))
    return [Thing(joined(lying), petals_of(colour))] if lying else []


@prop("flower head, rose head, loose flower, scattered flower, strewn flower", kind_of="flowers", strewn=True)
def flower_heads(shot: Shot, count: int) -> list[Thing]:
    """Heads of the flowers that are named lying round the product, close together, a leaf here and there."""
    name = next((name for name in shot.wish.props if name in HEADS), "flowers")
    grow, radius = HEADS[name][0], HEADS[name][1] * shot.units_per_metre
    heads, greens = [], []
    for x, z in _close(shot, count, radius):
        turn = shot.uniform(0, 360)
        head = grow(shot, radius * shot.uniform(0.85, 1.1)).turned(x=shot.uniform(10, 65)).turned(y=turn)
        heads.append(head.moved(x, -0.85 * float(head.points[:, 1].min()), z))
        blade = leaf(1.5 * radius, 0.7 * radius, curl=0.2).turned(x=shot.uniform(72, 86)).turned(y=turn + 120)
        greens.append(blade.moved(x, 0.02, z))
    if not heads:
        return []
    colour = tint(shot, WHITE_RAYS) if name == "daisies" else _dyed(shot, name) if name in DYES else _grown(shot)
    return [
        foliage(shot.rng, greens, GREEN, 0.45),
        Thing(joined(heads), petals_of(colour)),
    ]


@prop("marigold, marigold flower, marigold head, cempasuchil", place="room", kind_of="flowers", strewn=True)
def marigolds(shot: Shot, count: int) -> list[Thing]:
    """Heads of marigolds lying round the product, as at Indian and Mexican feasts."""
    return flower_heads.build(shot.wishing(props=("marigolds",)), count)


def _close(shot: Shot, count: int, radius: float) -> list[tuple[float, float]]:
    """Places (x, z) round the product's foot for flowers of that radius, none in another nor before the product."""
    x, half, found = shot.frame.product_x, 0.5 * shot.frame.product_width, list[tuple[float, float]]()
    for place in around(shot, 2 * count, reach=0.5):
        before = place[1] > -radius and abs(place[0] - x) < half + 1.1 * radius
        if not before and all(np.hypot(place[0] - a, place[1] - b) > 1.6 * radius for a, b in found):
            found.append(place)
    return found[:HEAPED]


def _dyed(shot: Shot, flowers: str) -> Colour:
    """The wished colour, else the one that these flowers have in this picture."""
    return hexadecimal(shot.wish.prop_colour or shot.seeded_choice(*DYES[flowers]))


def _grown(shot: Shot) -> Colour:
    """The wished colour, else one that flowers have, near the picture's own."""
    hue = (shot.palette.hue + shot.uniform(-40, 40)) % 360
    grown = from_oklch(0.85, 0.09, hue) if not UNGROWN[0] < hue < UNGROWN[1] else WHITE
    return hexadecimal(shot.wish.prop_colour) if shot.wish.prop_colour else grown


def _bouquet(shot: Shot, heads: Sequence[Shape], colour: Colour) -> list[Thing]:
    """Flowers close together in a dome over a vase, each looking its own way, with leaves between; outdoors a bush."""
    if shot.outdoors and shot.wish.support != "table":
        return _bush(shot, heads, colour)
    dome = 0.066 * len(heads) ** 0.5
    stems, greens, placed = [], [], []
    for k, head in enumerate(heads):
        lean, turn = 78 * ((k + 0.3) / len(heads)) ** 0.5, 137.5 * k + shot.uniform(-8, 8)
        reach = dome * 1.25 * shot.uniform(0.92, 1.1)
        out, up = reach * np.sin(np.radians(lean)), 0.2 + reach * np.cos(np.radians(lean))
        at = (out * np.sin(np.radians(turn)), up, out * np.cos(np.radians(turn)))
        placed.append(head.turned(x=0.9 * lean + shot.uniform(-8, 8)).turned(y=turn).moved(*at))
        stems.append(tube(np.linspace((0.1 * at[0], -0.05, 0.1 * at[2]), at, 6), 0.008, segments=7))
        blade = leaf(shot.uniform(0.15, 0.21), 0.075, curl=0.35).turned(x=shot.uniform(35, 80))
        greens.append(blade.turned(y=turn + 63).moved(0.35 * at[0], 0.4 * up, 0.35 * at[2]))
    return standing_in(
        shot,
        bellied_vase(shot).scaled(0.78),
        0.36,
        (joined(stems), STEM),
        (mottled(shot.rng, greens), Material(shades(shot.rng, GREEN), roughness=0.45)),
        (joined(placed), petals_of(colour)),
    )


def _bush(shot: Shot, heads: Sequence[Shape], colour: Colour) -> list[Thing]:
    """A low bush that grows there, its flowers among its leaves."""
    greens, placed = [], []
    for _ in range(240):
        turn, lean, reach = shot.uniform(0, 360), shot.uniform(5, 100), shot.uniform(0.28, 0.5)
        blade = leaf(shot.uniform(0.11, 0.17), 0.075, curl=0.3).turned(x=lean + shot.uniform(-35, 20))
        out, up = reach * np.sin(np.radians(lean)), reach * np.cos(np.radians(lean))
        at = np.radians(turn)
        greens.append(blade.turned(y=turn).moved(out * np.sin(at), 0.16 + up, out * np.cos(at)))
    for k, head in enumerate(heads):
        turn, lean = 137.5 * k + shot.uniform(-20, 20), shot.uniform(15, 75)
        out, up, at = 0.52 * np.sin(np.radians(lean)), 0.52 * np.cos(np.radians(lean)), np.radians(turn)
        facing = head.turned(x=0.8 * lean).turned(y=turn)
        placed.append(facing.moved(out * np.sin(at), 0.18 + up, out * np.cos(at)))
    return [
        Thing(part.scaled(1.45), material)
        for part, material in (
            (mottled(shot.rng, greens), Material(shades(shot.rng, GREEN), roughness=0.45)),
            (joined(placed), petals_of(colour)),
        )
    ]


def _in_vase(shot: Shot, heads: list[Shape], tall: tuple[float, float], lean: float, colour: Colour) -> list[Thing]:
    """Flowers on stems with leaves in a vase."""
    stems, greens, placed = [], [], []
    for k, head in enumerate(heads):
        turn, bend = 2.4 * k, lean * shot.uniform(0.3, 1.0) * (0.0 if k == 0 else 1.0)
        path = arc(shot.uniform(*tall), bend, turn)
        stems.append(tube(path, 0.008, segments=7))
        tip = np.degrees(np.arctan(1.5 * bend))
        placed.append(head.turned(z=-tip).turned(y=-float(np.degrees(turn))).moved(*path[-1]))
        greens.append(leaf(0.17, 0.065).turned(x=48, y=40 + 97 * k).moved(*path[5]))
    petals = Material(colour, roughness=0.7)
    parts = (joined(stems), STEM), (joined(greens), LEAF), (joined(placed), petals)
    return standing_in(shot, bellied_vase(shot), NECK, *parts)


def _in_heart(heads: Shape, count: int, size: int) -> Shape:
    """A button in the middle of each of `count` flowers of `size` points."""
    middles = heads.points.reshape(count, size, 3).mean(1)
    return joined([ball(0.024, rings=11).scaled(1, 0.6, 1).moved(*middle) for middle in middles])
