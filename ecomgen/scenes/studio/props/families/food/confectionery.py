"""Doughnuts, macarons, ice cream, marshmallows."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import METRE, grained, rounded, tint, turned
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing, Values
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.shot import Shot

RING, DOUGH = 0.028 * METRE, 0.0165 * METRE  # of a doughnut: radius of its middle line, and how thick it is
ICINGS = ("#f2a9bd", "#4a2617", "#f4ead9", "#c9dcc4")
SPRINKLES = ("#e4572e", "#f3c623", "#4aa3a2", "#f7f3ea", "#d9538f")
STREWN = 90  # sprinkles on a doughnut
PASTELS = ("#f4b6c2", "#c9e4c5", "#f6e3a1", "#d7c4ea", "#f7d1b0", "#bfe0ea", "#8a5a44")
FLAVOURS = ("#f5e6c4", "#f0b4bf", "#5a3423", "#c5d6a4")


@prop("macaron, macaroon, french macaron, pastel macaron, macaron tower, stack of macaron", place="kitchen")
def macarons(shot: Shot) -> list[Thing]:
    """Macarons in pastel colours, each two smooth shells with a ragged foot about a filling: stacked and leaning."""
    dome = turned(rounded([(0.022, 0.0), (0.0215, 0.006), (0.017, 0.011), (0, 0.012)]))
    turn = np.linspace(0, 2 * np.pi, 180)
    ragged = 0.0222 + 0.0006 * np.sin(31 * turn) + 0.0005 * np.sin(53 * turn + 1)
    foot = tube(
        xyz(ragged * np.sin(turn), 0.001, ragged * np.cos(turn)) * METRE,
        [0.0016 * METRE] * 180,
    )
    upper = joined([dome.moved(0, 0.006 * METRE), foot.moved(0, 0.0065 * METRE)])
    lower = upper.turned(x=180)
    cream = turned(rounded([(0, -0.0055), (0.0205, -0.0055), (0.0205, 0.0055), (0, 0.0055)]))
    high = 2 * (0.006 + 0.012) * METRE
    places = [(0.0, 0, 0.0, 0.0), (0.0, 1, 0.0, 0.0), (0.0, 2, 0.0, 0.0), (0.24, 0, 0.1, 0.0), (-0.14, 0, 0.22, 68.0)]
    things = []
    for x, level, z, lean in places[: shot.count(5)]:
        colour = tint(shot, *PASTELS)
        raised = (level + 0.5) * high if lean == 0 else 0.022 * METRE
        spin, off = shot.uniform(0, 360), shot.uniform(-0.012, 0.012)
        parts = [(joined([upper, lower]), Material(colour, roughness=0.6))]
        parts.append((cream, Material(hexadecimal("#f7ecdb"), roughness=0.5)))
        things += [
            Thing(shape.turned(y=spin).turned(x=lean).moved(x + off, raised, z), material) for shape, material in parts
        ]
    return things


@prop("doughnut, donut, glazed donut, glazed doughnut, iced doughnut, iced donut, pink donut", place="kitchen")
def doughnuts(shot: Shot) -> list[Thing]:
    """Ring doughnuts, iced and sprinkled: two lying, one leaning on them."""
    dough = Material(grained((0.55, 0.28, 0.09), spectral(shot.rng, (160, 160), falloff=1.4), 0.1), roughness=0.6)
    rings = []
    for number in range(shot.count(3)):
        icing = Material(hexadecimal(shot.wish.prop_colour or shot.choice(*ICINGS)), roughness=0.22, specular=0.5)
        parts = [(_ring(), dough), (_iced(shot), icing), *_sprinkles(shot)]
        lean, place = (62.0, (0.05, 0.03, 0.26)) if number == 2 else (0.0, (0.34 * number, 0.0, -0.1 * number))
        rings += [Thing(shape.turned(x=lean).moved(*place), material) for shape, material in parts]
    return rings


def _ring() -> Shape:
    """A ring of dough on y = 0."""
    turn, across = np.meshgrid(np.linspace(0, 2 * np.pi, 73), np.linspace(2 * np.pi, 0, 33), indexing="ij")
    return sheet(_on_ring(turn, across))


def _iced(shot: Shot) -> Shape:
    """The icing over the upper half of a ring, its edge run down unevenly."""
    turn = np.linspace(0, 2 * np.pi, 97)[:, None]
    run = 0.1 * np.sin(5 * turn + shot.uniform(0, 6)) + 0.07 * np.sin(9 * turn + shot.uniform(0, 6))
    across = np.pi - (run - 0.1) - np.linspace(0, 1, 33) * (np.pi - 2 * run + 0.2)
    return sheet(_on_ring(np.broadcast_to(turn, across.shape), across, over=0.012))


def _sprinkles(shot: Shot) -> list[tuple[Shape, Material]]:
    """What is strewn over the icing of a ring, in five colours."""
    grain = tube([(-0.017, 0, 0), (0.017, 0, 0)], [0.0055, 0.0055], segments=6)
    turns, across = shot.rng.uniform(0, 2 * np.pi, STREWN), shot.rng.uniform(0.2, 0.8, STREWN) * np.pi
    spins, leans = shot.rng.uniform(0, 360, STREWN), 90 - np.degrees(across)
    lying = [
        grain.turned(y=spin).turned(z=lean).turned(y=turn - 90).moved(*place)
        for spin, lean, turn, place in zip(
            spins.tolist(),
            leans.tolist(),
            np.degrees(turns).tolist(),
            _on_ring(turns, across, over=0.014).tolist(),
            strict=True,
        )
    ]
    dyes = [Material(hexadecimal(dye), roughness=0.4) for dye in SPRINKLES]
    return [(joined(lying[number :: len(dyes)]), dye) for number, dye in enumerate(dyes)]


def _on_ring(turn: Values, across: Values, *, over: float = 0.0) -> Values:
    """Points `over` the dough of a ring: `turn` round it and `across` its section from the outer side, in radians."""
    thick = DOUGH + over
    out = RING + 1.05 * thick * np.cos(across)
    return xyz(out * np.sin(turn), DOUGH + 0.86 * thick * np.sin(across), out * np.cos(turn))


@prop(
    "ice cream, ice cream cone, gelato, ice cream scoop, sundae, sorbet, soft serve, ice lolly",
    place="kitchen",
    single=True,
)
def ice_cream(shot: Shot) -> list[Thing]:
    """Three scoops in a glazed coupe, with a wafer."""
    outside = rounded([(0, 0), (0.032, 0), (0.03, 0.006), (0.007, 0.012), (0.007, 0.035), (0.04, 0.05), (0.055, 0.075)])
    coupe = turned([*outside, (0.0555, 0.078), (0.052, 0.078), (0.037, 0.055), (0.0, 0.045)])
    things = [Thing(coupe, Material(tint(shot, "#efe9df", "#e8c9c4", "#cfd8d2"), roughness=0.2))]
    for number, dye in enumerate(FLAVOURS[:3]):
        angle = np.radians(120 * number + 30)
        scoop = _scoop(shot, 0.031 * METRE).moved(0.1 * float(np.cos(angle)), 0.062 * METRE, 0.1 * float(np.sin(angle)))
        colour = hexadecimal(shot.wish.prop_colour or dye)
        things.append(Thing(scoop, Material(colour, roughness=0.5, specular=0.35)))
    wafer = tube([(0.0, 0.0, 0.0), (0.0, 0.42, 0.0)], [0.035, 0.035], segments=16).turned(z=-24, x=-12)
    baked = Material((0.55, 0.32, 0.12), roughness=0.75)
    return [*things, Thing(wafer.moved(0.06, 0.3, -0.05), baked)]


def _scoop(shot: Shot, radius: float) -> Shape:
    """A scoop as the spoon left it: rough, with a torn skirt at its foot."""
    round_one = ball(radius, rings=61)
    points = round_one.points.astype(np.float64) - [0, radius, 0]
    rough = spectral(shot.rng, (61, 121), falloff=1.1, finest=2).reshape(-1)
    skirt = np.exp(-(((points[:, 1] / radius + 0.55) / 0.16) ** 2))
    points *= (1 + 0.018 * rough + (0.1 + 0.05 * rough) * skirt)[:, None]
    return round_one.through(points).moved(0, radius)


@prop("marshmallow, toasted marshmallow, mini marshmallow, smores, s mores", place="kitchen")
def marshmallows(shot: Shot) -> list[Thing]:
    """Marshmallows in a small heap."""
    soft = lathe(rounded([(0, 0), (0.05, 0), (0.058, 0.02), (0.058, 0.08), (0.05, 0.1), (0, 0.1)]), segments=32)
    heap = []
    for number, (x, z) in enumerate(cluster(shot, shot.count(9), 0.17)):
        lying = soft.moved(0, -0.05).turned(x=90 if number % 3 else 0, y=shot.uniform(0, 360))
        heap.append(lying.moved(x, 0.055 + (0.09 if number == 0 else 0.0), z))
    sugar = Material(tint(shot, "#f6f1ea", "#f4dfe0"), roughness=0.85, sheen=0.3)
    return [Thing(joined(heap), sugar)]
