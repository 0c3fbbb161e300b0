"""Vegetables and nuts."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import CALYX_GREEN, METRE, calyx, fruit, lobed, stalk, tint, turned_body
from ecomgen.scenes.studio.bodies.plants import foliage, leaf
from ecomgen.scenes.studio.primitives.noise import spectral, to_unit_range
from ecomgen.scenes.studio.primitives.shapes import ball, joined, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.shot import Shot

SALAD = (0.16, 0.30, 0.06)  # its leaves


@prop("tomato, cherry tomato, red tomato, tomato sauce, passata, ketchup", place="window")
def tomatoes(shot: Shot) -> list[Thing]:
    skin = Material((0.50, 0.035, 0.015), roughness=0.16, specular=0.6)
    bodies, tops = [], []
    for x, z in cluster(shot, shot.count(4), 0.24):
        size = shot.uniform(0.02, 0.03)
        bodies.append(lobed(fruit(size, tall=0.82, dimple=0.16), 6, 0.03).moved(x, 0, z))
        tops.append(calyx(0.75 * size * METRE).turned(y=shot.uniform(0, 90)).moved(x, 1.5 * size * METRE, z))
    return [Thing(joined(bodies), skin), Thing(joined(tops), CALYX_GREEN)]


@prop(
    "chilli, chili, chilli pepper, red chilli, hot pepper, jalapeno, chile, hot sauce, red pepper, cayenne, spicy",
    "tabasco",
    place="window",
    companion="garlic",
)
def chillies(shot: Shot) -> list[Thing]:
    """Red chillies, curved, with green stems."""
    pods, stems = [], []
    for x, z in cluster(shot, shot.count(5), 0.14):
        t, bend, turn = np.linspace(0, 1, 22), shot.uniform(0.05, 0.14), shot.uniform(0, 360)
        path = xyz(0.4 * (t - 0.5), 0.045, bend * (2 * t - 1) ** 2)
        radii = 0.04 * np.sqrt(np.clip(1 - t, 0, 1)) * np.clip(8 * t + 0.35, 0, 1) + 0.001
        pods.append(tube(path, radii, segments=14).turned(y=turn).moved(x, 0, z))
        stem = xyz(-0.2 - 0.1 * t[:6] * 5, 0.045 + 0.05 * t[:6] * 5, bend)
        stems.append(tube(stem, 0.012, segments=7).turned(y=turn).moved(x, 0, z))
    skin = Material((0.45, 0.015, 0.01), roughness=0.14, specular=0.6)
    return [Thing(joined(pods), skin), Thing(joined(stems), CALYX_GREEN)]


@prop(
    "mushroom, toadstool, chanterelle, champignon, porcini, cep, boletus, shiitake, portobello, wild mushroom",
    "forest mushroom, fungi, fungus",
    place="forest",
    loose=True,
)
def mushrooms(shot: Shot) -> list[Thing]:
    """Brown caps of the wood on pale stems, tall and small."""
    stems, caps = [], []
    for x, z in cluster(shot, shot.count(4), 0.26):
        size, lean = shot.uniform(0.7, 1.35), {"x": shot.uniform(-9, 9), "z": shot.uniform(-9, 9)}
        stem = turned_body([(0, 0), (0.014, 0), (0.017, 0.012), (0.011, 0.03), (0.01, 0.052), (0, 0.053)])
        outline = [
            (0, 0.045),
            (0.026, 0.043),
            (0.031, 0.046),
            (0.032, 0.053),
            (0.026, 0.066),
            (0.012, 0.074),
            (0, 0.075),
        ]
        stems.append(stem.scaled(size).turned(**lean).moved(x, 0, z))
        caps.append(turned_body(outline).scaled(size).turned(**lean).moved(x, 0, z))
    speckled = 1 + 0.16 * spectral(shot.rng, (200, 400), falloff=1.2, finest=2)[..., None]
    brown = (np.asarray((0.27, 0.135, 0.06)) * np.clip(speckled, 0.5, 1.4)).astype(np.float32)
    return [
        Thing(joined(stems), Material((0.66, 0.57, 0.43), roughness=0.8)),
        Thing(joined(caps), Material(brown, roughness=0.45, specular=0.4)),
    ]


@prop("garlic, garlic clove, garlic bulb, onion, shallot", place="window")
def garlic(shot: Shot) -> list[Thing]:
    outline = [
        *((0, 0), (0.014, 0), (0.026, 0.01), (0.027, 0.02), (0.014, 0.034), (0.005, 0.044)),
        *((0.004, 0.062), (0, 0.064)),
    ]
    bulbs = [
        lobed(turned_body(outline), 8, 0.12).turned(z=shot.uniform(-16, 16)).moved(x, 0, z)
        for x, z in cluster(shot, shot.count(2), 0.26)
    ]
    veins = to_unit_range(spectral(shot.rng, (64, 400), falloff=1.0, stretch=(9, 1)), 1.2)[..., None]
    ends = np.clip(np.abs(np.linspace(-1, 1, 64)) * 5 - 4, 0, 1)[:, None, None]  # root and stalk
    skin = np.asarray((0.72, 0.64, 0.54)) + (np.asarray((0.44, 0.24, 0.3)) - (0.72, 0.64, 0.54)) * 0.4 * veins**2
    colour = (skin + (np.asarray((0.36, 0.25, 0.14)) - skin) * ends).astype(np.float32)
    return [Thing(joined(bulbs), Material(colour, roughness=0.4, specular=0.4))]


@prop("pumpkin, gourd, squash, jack o lantern, halloween, thanksgiving, pumpkin patch, pumpkin spice", place="garden")
def pumpkins(shot: Shot) -> list[Thing]:
    """Pumpkins of several sizes and colours, with their stalks."""
    tints = ("#d9742b", "#e3b98a", "#c65a22", "#9aa58c", "#e8dcc4")
    things = []
    for number, (x, z) in enumerate(cluster(shot, shot.count(3), 0.62)):
        size = shot.uniform(0.07, 0.095) * (1.0 if number == 0 else 0.7)
        body = lobed(fruit(size, tall=0.68, dimple=0.2), 12, 0.13).moved(x, 0, z)
        colour = tint(shot, tints[number % len(tints)])
        things.append(Thing(body, Material(colour, roughness=0.5)))
        things.append(Thing(stalk(x, size * 4.1, z, 0.15), Material((0.22, 0.2, 0.09))))
    return things


@prop("carrot, baby carrot", place="window")
def carrots(shot: Shot) -> list[Thing]:
    """Carrots with their green, side by side."""
    roots, tops = [], []
    t = np.linspace(0, 1, 40)
    for k in range(shot.count(4)):
        rings = 1 + 0.035 * (np.sin(60 * t + k) > 0.7)
        girth = 0.062 * (1 - t) ** 0.62 * rings * np.clip(14 * t + 0.35, 0, 1) + 0.002
        path = xyz(0.66 * t - 0.3, 0.06, 0.03 * np.sin(3 * t + k))
        turn = shot.uniform(-10, 10)
        roots.append(tube(path, girth, segments=18).turned(y=turn).moved(0, 0, 0.13 * k))
        for _ in range(22):
            blade = (
                leaf(shot.uniform(0.14, 0.3), 0.03, curl=0.3)
                .turned(x=shot.uniform(60, 92))
                .turned(y=-90 + shot.uniform(-26, 26))
            )
            tops.append(blade.moved(-0.29, 0.06, 0).turned(y=turn).moved(0, 0, 0.13 * k))
    spin = shot.uniform(-25, 25)
    return [
        Thing(joined(roots).turned(y=spin), Material((0.78, 0.25, 0.03), roughness=0.5)),
        Thing(joined(tops).turned(y=spin), Material((0.09, 0.22, 0.04), roughness=0.6)),
    ]


@prop(
    "nut, hazelnut, almond, walnuts, peanut, cashew, pecan, pistachio nut, macadamia, trail mix, nut mix",
    "brazil nut, nutshell",
    place="window",
)
def nuts(shot: Shot) -> list[Thing]:
    """Hazelnuts and almonds."""
    places = cluster(shot, shot.count(14), 0.085)
    round_one = fruit(0.0085, tall=1.0, dimple=-0.14, taper=-0.1)
    flat_one = ball(0.5, rings=17).scaled(0.052, 0.034, 0.092)
    hazel = [
        round_one.turned(x=shot.uniform(40, 120), y=shot.uniform(0, 360)).moved(x, 0.02, z) for x, z in places[::2]
    ]
    almond = [flat_one.turned(y=shot.uniform(0, 360)).moved(x, 0, z) for x, z in places[1::2]]
    shell = Material((0.26, 0.115, 0.04), roughness=0.4)
    skin = Material(
        (0.27, 0.11, 0.045), roughness=0.75, bump=spectral(shot.rng, (64, 128), falloff=0.6), bump_scale=0.003
    )
    found = [Thing(joined(hazel), shell)]
    return [*found, Thing(joined(almond), skin)] if almond else found


@prop(
    "salad, green salad, bowl of salad, salad bowl, fresh salad, mixed salad, caesar salad, greek salad",
    "bowl of lettuce, rocket salad, side salad",
    place="kitchen",
)
def salad(shot: Shot) -> list[Thing]:
    """A bowl heaped with leaves, small tomatoes among them."""
    bowl = turned_body([(0, 0), (0.045, 0), (0.09, 0.03), (0.105, 0.062), (0.1, 0.062), (0.085, 0.032), (0, 0.012)])
    leaves, tomatoes = [], []
    for k in range(120):
        angle, away = 2.4 * k, 0.36 * float(np.sqrt(k / 120))
        x, z, y = away * np.cos(angle), away * np.sin(angle), 0.21 + 0.16 * (1 - (away / 0.38) ** 2)
        if k % 11 == 5:
            tomatoes.append(ball(0.052, rings=17).scaled(1, 0.85, 1).moved(x, y - 0.01, z))
            continue
        size = shot.uniform(0.16, 0.25)
        blade = leaf(size, 0.62 * size, curl=shot.uniform(-0.2, 0.5), rows=9).turned(x=shot.uniform(25, 100))
        leaves.append(blade.turned(y=shot.uniform(0, 360)).moved(x, y - 0.03, z))
    return [
        Thing(bowl, Material((0.72, 0.7, 0.66), roughness=0.3)),
        foliage(shot.rng, leaves, SALAD, 0.45),
        Thing(joined(tomatoes), Material((0.62, 0.05, 0.025), roughness=0.25)),
    ]


@prop("vegetable, veggie, root vegetable, veg", place="window")
def vegetables(shot: Shot) -> list[Thing]:
    """From the market: carrots before tomatoes, garlic and a pumpkin."""
    laid = ((carrots, 0.0, 0.3), (tomatoes, -0.42, -0.1), (garlic, 0.5, 0.05))
    found = [thing.moved(x, 0, z) for one, x, z in laid for thing in one.build(shot)]
    pumpkin = pumpkins.build(shot.wishing(counts=(("pumpkins", 1),)))
    return [*found, *(thing.moved(0.12, 0, -0.5) for thing in pumpkin)]
