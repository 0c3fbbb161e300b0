"""What hangs, floats and lies about at a party."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from ecomgen.scenes.studio.bodies import tint
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing, Values
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import around, cluster, strewn
from ecomgen.scenes.studio.stage.lights import dimmed
from ecomgen.scenes.studio.stage.shot import Shot

PASTEL = ("#f1bfca", "#bcd8ee", "#cfe8c9", "#f8e0ae", "#d5c5ea")
FRINGE = tuple((0.02 * np.cos(a), 0.02 * np.sin(a)) for a in np.linspace(0, 5.5, 9))  # x and z of a tassel's threads
BRIGHT = ("#e2574c", "#f0b429", "#4fa3a5", "#f2a7b8", "#7c6bb0", "#f3ecdf")


@prop(
    "balloon, birthday balloon, helium, party balloon, baby shower, birthday party, airship",
    place="sweep",
    loose=True,
    tinted=True,
)
def balloons(shot: Shot) -> list[Thing]:
    """Balloons on strings, floating."""
    angle = np.linspace(0.22, np.pi, 30)
    full = np.stack([0.19 * np.sin(angle) ** 0.85, 0.235 - 0.215 * np.cos(angle)], -1)
    outline = [(0.0, 0.0), (0.018, 0.012), (0.014, 0.03), *full]
    things, strings, usual = [], [], PASTEL if "pastel" in shot.wish.mood else BRIGHT[:5]
    for k, (x, z) in enumerate(cluster(shot, shot.count(5), 0.3)):
        y = shot.uniform(0.75, 1.35)
        colour = tint(shot, usual[(k + int(shot.seed)) % 5])
        made = lathe(outline).turned(z=shot.uniform(-10, 10)).moved(x, y, z)
        things.append(Thing(made, Material(colour, roughness=0.16, specular=0.6)))
        t = np.linspace(0, 1, 12)
        path = xyz(x * (1 - t) + 0.02 * np.sin(7 * t), y * (1 - t), z * (1 - t))
        strings.append(tube(path, 0.003, segments=4))
    return [*things, Thing(joined(strings), Material((0.7, 0.68, 0.64)))]


@prop("party hat, birthday hat, cone hat, paper hat, birthday cone", place="sweep", tinted=True)
def party_hats(shot: Shot) -> list[Thing]:
    """Pointed hats of card with stripes and a pompom, one standing and one that fell over."""
    colour = hexadecimal(shot.wish.prop_colour or shot.turn(*BRIGHT[:5]))
    along = ((np.linspace(0, 1, 256)[:, None] * 7 + np.linspace(0, 1, 256)[None, :]) % 1)[..., None]
    striped = np.where(along < 0.5, colour, (0.86, 0.84, 0.78)).astype(np.float32)
    cone, pompom = lathe([(0.17, 0.0), (0.006, 0.42)], segments=96), ball(0.05, rings=15).moved(0, 0.4, 0)
    fallen = {"z": 66.0, "y": shot.uniform(20, 60)}
    hats = [cone, cone.turned(**fallen).moved(0.46, 0.07, 0.16)]
    tops = [pompom, pompom.turned(**fallen).moved(0.46, 0.07, 0.16)]
    return [
        Thing(joined(hats), Material(striped, roughness=0.6)),
        Thing(joined(tops), Material(colour, sheen=0.6)),
    ]


@prop("witch hat, witch s hat, wizard hat, black pointed hat, pointy hat", place="room", single=True)
def witch_hat(shot: Shot) -> list[Thing]:
    """A black hat with a wide brim, a band, and a point that bends over."""
    t = np.linspace(0, 1, 40)
    girth = 0.2 * (1 - t) ** 0.85 + 0.012
    path = xyz(0.16 * np.maximum(t - 0.45, 0) ** 1.3 * shot.choice(-2.0, 2.0), 0.55 * t, 0.0)
    brim = lathe([(0.0, 0.0), (0.42, 0.01), (0.425, 0.018), (0.2, 0.03), (0.0, 0.03)], segments=96)
    felt = Material((0.02, 0.018, 0.022), roughness=0.9, sheen=0.4)
    return [
        Thing(joined([brim, tube(path, girth, segments=48)]), felt),
        Thing(lathe([(0.207, 0.03), (0.196, 0.095)], segments=96), Material((0.24, 0.05, 0.3))),
    ]


@prop(
    "paper cloud, paper cloud and star, paper star, cotton cloud, cloud shape, cloud cutout",
    "felt cloud, cloud decoration, cardboard cloud",
    place="sweep",
    framing=True,
    tinted=True,
)
def paper_clouds(shot: Shot) -> list[Thing]:
    """Clouds cut out of card that hang on threads behind the product, on both sides."""
    clouds, threads = [], []
    for x, y, z in _hung(shot, ((-0.85, 0.72), (0.8, 0.9), (-0.45, 1.12), (1.25, 0.55)), apart=0.12):
        clouds.append(_cloud(shot, shot.uniform(0.2, 0.3)).moved(x, y, z))
        threads.append(tube(xyz(x, np.linspace(y, y + 3, 4), z - 0.03), 0.0025, segments=4))
    return [
        Thing(joined(clouds), Material(tint(shot, "#f7f5f0"), roughness=0.9)),
        Thing(joined(threads), Material((0.75, 0.74, 0.72))),
    ]


@prop(
    "paper lantern, chinese lantern, red paper lantern, japanese lantern, rice paper lantern, chochin, lampion",
    "asian lantern, lunar new year, chinese new year, mid autumn festival, lantern festival, red lantern",
    place="room",
    framing=True,
    tinted=True,
)
def paper_lanterns(shot: Shot) -> list[Thing]:
    """Round lanterns of ribbed paper that hang on both sides behind the product, lit from within; red with tassels, or
    each of its own colour."""
    turn = np.linspace(-1.25, 1.25, 90)
    ribs = 1 + 0.022 * np.abs(np.sin(14 * turn))
    paper = lathe(np.stack([0.2 * np.cos(turn) * ribs, 0.15 * np.sin(turn)], -1))
    cap = joined([lathe([(0.0, y), (0.07, y), (0.07, y + 0.03), (0.0, y + 0.03)]) for y in (-0.165, 0.135)])
    tassel = joined([tube(xyz(x, np.linspace(-0.165, -0.36, 6), z), 0.006, segments=5) for x, z in FRINGE])
    thread = tube(xyz(0, np.linspace(0.16, 3, 4), 0), 0.004, segments=4)
    many = "vivid" in shot.wish.mood
    shades, trims = [], []
    for at in _hung(shot, ((-0.9, 0.95), (0.85, 1.12), (-1.55, 1.25), (1.5, 0.85)), apart=0.4):
        shades.append(paper.moved(*at))
        trims += [part.moved(*at) for part in ((cap, thread) if many else (cap, tassel, thread))]
    colours = [tint(shot, one) for one in (BRIGHT if many else ("#c3271f",))]
    lit = [Material(colour, roughness=0.8, glow=dimmed(colour, 0.5)) for colour in colours]
    gold = Material(hexadecimal("#c9a04a"), roughness=0.4)
    hung = [Thing(shade, lit[number % len(lit)]) for number, shade in enumerate(shades)]
    return [*hung, Thing(joined(trims), gold)]


@prop(
    "bunting, bunting flag, flag bunting, string of flags, pennant, pennant banner, party bunting, garland of flags",
    place="sweep",
    framing=True,
    tinted=True,
)
def bunting(shot: Shot) -> list[Thing]:
    """Small flags of cloth on a cord that sags across the picture above and behind the product."""
    z = -0.5 * max(shot.frame.product_width, 0.8)
    half, top = 1.15 * shot.frame.half_width(z), shot.frame.high(shot.frame.top, z)
    above = max(0.92 * top, shot.frame.product_height + 0.1)
    slope = shot.order * shot.uniform(0.02, 0.08) * top

    def cord(x: Values) -> Values:
        return above - 0.1 * top * (1 - (x / half) ** 2) + slope * x / half

    size = 0.17 * top
    at = np.arange(-half, half, 0.86 * size)
    usual = PASTEL if "pastel" in shot.wish.mood else BRIGHT
    dyes = [hexadecimal(one) for one in ((shot.wish.prop_colour,) if shot.wish.prop_colour else usual)]
    flags = []
    for x in at.tolist():
        edge, tip = np.array([x, x + 0.78 * size]), np.full(2, x + 0.39 * size)
        rows = xyz(edge, cord(edge), z), xyz(tip, cord(tip) - size, z + shot.uniform(-0.03, 0.03))
        flags.append(sheet(np.stack(rows), smooth=False))
    line = np.linspace(-half, half, 40)
    things = [
        Thing(joined(flags[k :: len(dyes)]), Material(dye, roughness=0.9, sheen=0.2))
        for k, dye in enumerate(dyes[: len(flags)])
    ]
    string = tube(xyz(line, cord(line), z), 0.006, segments=5)
    return [*things, Thing(string, Material((0.7, 0.66, 0.58)))]


def _hung(shot: Shot, spots: Sequence[tuple[float, float]], *, apart: float) -> Iterator[tuple[float, float, float]]:
    """Where things hang behind the product: the spots across and up it in its widths and heights, each `apart` units
    behind the one before."""
    wide, high = max(shot.frame.product_width, 0.55 * shot.frame.product_height), max(shot.frame.product_height, 0.6)
    for number, (across, up) in enumerate(spots):
        yield across * wide + shot.uniform(-0.05, 0.05), up * high, -apart * number


def _cloud(shot: Shot, size: float) -> Shape:
    """One that faces the camera, flat below, with a border that is turned away."""
    angle = np.linspace(0, 2 * np.pi, 121)
    away = np.stack([np.cos(angle), np.sin(angle)], -1)
    puffs = [(-0.62, 0.02, 0.36), (0.62, 0.0, 0.38), (-0.15, 0.3, 0.48), (0.32, 0.2, shot.uniform(0.36, 0.46))]
    reach = np.full(len(angle), 0.2)
    for x, y, radius in puffs:  # as far as each ray from the middle is in this puff
        along = away @ (x, y)
        aside = x * x + y * y - along**2
        reach = np.maximum(reach, np.where(aside < radius**2, along + np.sqrt(np.maximum(radius**2 - aside, 0)), 0))
    outline = reach[:, None] * away
    outline[:, 1] = np.maximum(outline[:, 1], -0.24)
    rows = [(0.0, 0.0), (0.5, 0.0), (0.97, 0.0), (1.0, -0.02), (1.0, -0.1)]
    x, y = size * outline.T
    return sheet([xyz(part * x, part * y, size * depth) for part, depth in rows], smooth=False)


@prop(
    "confetti, party popper, sprinkle, paper confetti, carnival, sequin, falling confetti, pinata",
    "streamer confetti, ticker tape, paper dots, punched paper, paper scraps, paper snippets",
    place="sweep",
    loose=True,
    strewn=True,
)
def confetti(shot: Shot, count: int) -> list[Thing]:
    """Round paper confetti in several colours."""
    return _paper_bits(shot, count, _disc())


@prop(
    "heart, heart shape, heart shaped, heart confetti, heart shaped confetti, paper heart",
    place="sweep",
    loose=True,
    strewn=True,
)
def hearts(shot: Shot, count: int) -> list[Thing]:
    """Paper hearts lying about."""
    turn = np.linspace(0, 2 * np.pi, 49)
    x = 0.03 * np.sin(turn) ** 3
    z = -0.0019 * (13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn) - np.cos(4 * turn))
    rim = xyz(x, 0, z)
    heart = sheet(np.stack([np.zeros_like(rim), rim]), smooth=False)
    size = tint(shot, "#c2253f")
    lying = strewn(shot, [heart.moved(0, 0.004)], around(shot, count, reach=0.8), 2.2)
    return [Thing(lying, Material(size, roughness=0.7))]


@prop(
    "glitter, sparkle, sparkly, gold flake, gold leaf, shimmer, gold dust, stardust, diamond, gem",
    "rhinestone, gold foil",
    "metallic flake, glittering, shimmering, fairy dust, twinkle, jewel, jewelled",
    "golden flakes, gold specks, gold fleck, precious stone, golden dust, silver flakes, sparkle dust",
    place="sweep",
    loose=True,
    strewn=True,
)
def glitter(shot: Shot, count: int) -> list[Thing]:
    """Flakes of gold and silver foil that catch the light."""
    found = []
    for colour in ((0.9, 0.64, 0.27), (0.82, 0.82, 0.84)):
        flakes = [_disc().scaled(0.45).turned(x=shot.uniform(-45, 45)).moved(0, 0.003) for _ in range(7)]
        lying = strewn(shot, flakes, around(shot, 10 * count, reach=0.9), 1.0)
        found.append(Thing(lying, Material(colour, roughness=0.3, metallic=0.7)))
    return found


@prop("cobweb, spider web, spiderweb, halloween decoration")
def cobweb(shot: Shot) -> list[Thing]:
    """A spider's web, hung upright."""
    spokes = [2 * np.pi * (k + shot.uniform(-0.12, 0.12)) / 13 for k in range(13)]
    threads = [tube(np.array([[0, 0, 0], [0.55 * np.cos(a), 0.55 * np.sin(a), 0]]), 0.0022, segments=4) for a in spokes]
    for ring in np.linspace(0.06, 0.52, 11):
        corners = [(ring * np.cos(a), ring * np.sin(a), 0.0) for a in [*spokes, spokes[0]]]
        path = []
        for (x0, y0, _), (x1, y1, _) in pairwise(corners):
            path += [(x0, y0, 0.0), (0.47 * (x0 + x1), 0.47 * (y0 + y1), 0.0)]
        threads.append(tube(np.array([*path, corners[-1]]), 0.0018, segments=4))
    return [Thing(joined(threads).moved(0, 0.6, -0.2), Material((0.85, 0.86, 0.88), roughness=0.5))]


def _disc() -> Shape:
    turn = np.linspace(0, 2 * np.pi, 17)
    rim = xyz(0.02 * np.cos(turn), 0, 0.02 * np.sin(turn))
    return sheet(np.stack([np.zeros_like(rim), rim]), smooth=False).moved(0, 0.004)


def _paper_bits(shot: Shot, count: int, bit: Shape) -> list[Thing]:
    dyes = [shot.wish.prop_colour] if shot.wish.prop_colour else list(BRIGHT)
    found = []
    for dye in dyes:
        bent = [bit.turned(x=t) for t in (0, 8, -10)]
        lying = strewn(shot, bent, around(shot, 6 * count // len(dyes), reach=1.0), 1.0)
        found.append(Thing(lying, Material(hexadecimal(str(dye)), roughness=0.6)))
    return found
