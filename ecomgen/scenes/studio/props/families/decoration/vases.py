"""Branches and dry grass in vases."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import BARK, NECK, STEM, bellied_vase, slender_vase, standing_in
from ecomgen.scenes.studio.bodies.plants import arc, leaf, palm_frond, round_leaf, twig
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.blooms import opened, petals_of
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shot import Shot

STRAW = Material((0.34, 0.28, 0.14))
FADED = ("#e6d6b8", "#c9938a", "#b8683f", "#cfa354", "#b9a2b4")


@prop(
    "vase, vases, ewer, vessel, glass vase",
    place="room",
    kind_of="plant, green leaves",
    rank=6,
    single=True,
)
def vase(shot: Shot) -> list[Thing]:
    """A vase with a few green twigs, such as eucalyptus."""
    high = shot.uniform(0.35, 0.5)
    stems, greens = zip(
        *[twig(shot.rng, shot.uniform(0.5, 0.8), 0.13, lean=shot.uniform(0.15, 0.6)) for _ in range(5)], strict=True
    )
    return standing_in(
        shot,
        slender_vase(shot, high),
        0.85 * high,
        (joined(stems), Material((0.12, 0.09, 0.05))),
        (joined(greens), Material((0.13, 0.20, 0.13), roughness=0.6)),
    )


@prop("branch, greenery branch, branches, stick, green branch, twig, fallen branch, dry branch, bare branch")
def twigs(shot: Shot) -> list[Thing]:
    """Twigs in a vase; outdoors a branch that fell from its tree."""
    if not shot.outdoors:
        return vase.build(shot)
    bark, green = [], []
    for number in range(2):
        long, bend = shot.uniform(0.9, 1.3) * (1 - 0.35 * number), shot.uniform(-0.25, 0.25)
        t = np.linspace(0, 1, 24)
        wave = 0.02 * np.sin(9 * t + shot.uniform(0, 6))
        path = xyz(long * (t - 0.5), 0.035 + 0.04 * t, bend * t**2 + wave)
        bark.append(tube(path, 0.034 * (1.15 - t)))
        for k in (7, 11, 15, 19):
            flank = 1 if k % 4 == 3 else -1
            stem, blades = twig(shot.rng, 0.34 * (1.3 - t[k]), 0.1, lean=0.3)
            aside = {"x": flank * shot.uniform(68, 84), "y": shot.uniform(-30, 10)}
            bark.append(stem.turned(**aside).moved(*path[k]))
            green.append(blades.turned(**aside).moved(*path[k]))
        bark[-9:] = [part.turned(y=40.0 * number).moved(0, 0.03 * number, -0.2 * number) for part in bark[-9:]]
        green[-4:] = [part.turned(y=40.0 * number).moved(0, 0.03 * number, -0.2 * number) for part in green[-4:]]
    leaves = Material((0.12, 0.17, 0.05) if shot.wish.season != "autumn" else (0.40, 0.18, 0.04), roughness=0.6)
    return [Thing(joined(bark), BARK), Thing(joined(green), leaves)]


@prop("eucalyptus, eucalyptus leaf, eucalyptus branch, eucalyptus sprig, silver dollar", kind_of="plant", rank=2)
def eucalyptus(shot: Shot) -> list[Thing]:
    """Branches of silver-dollar eucalyptus in a vase."""
    stems, blades = [], []
    for k in range(6):
        path = arc(shot.uniform(0.6, 0.9), shot.uniform(0.25, 0.75), 2.4 * k + shot.uniform(-0.4, 0.4))
        stems.append(tube(path, np.linspace(0.011, 0.004, 12), segments=7))
        for j in range(2, 12):
            for flank in (0, 180):
                size = 0.06 * (1.2 - 0.05 * j) * shot.uniform(0.8, 1.15)
                blade = round_leaf(size).turned(x=shot.uniform(35, 75)).turned(y=97 * j + flank + shot.uniform(-25, 25))
                blades.append(blade.moved(*path[j]))
    return standing_in(
        shot,
        bellied_vase(shot),
        NECK,
        (joined(stems), Material((0.20, 0.12, 0.08), roughness=0.8)),
        (joined(blades), Material((0.21, 0.29, 0.235), roughness=0.65)),
    )


@prop(
    "palm leaf, palm frond, palm branch, fan palm, areca, tropical leaf, large leaf, banana leaf",
    "palm, jungle leaf, coconut palm, broad leaf",
    kind_of="plant, green leaves",
    around="tropical leaves",
)
def palm(shot: Shot) -> list[Thing]:
    """Three fronds of a palm in a tall vase."""
    stems, blades = zip(
        *[palm_frond(shot.uniform(0.8, 1.15), shot.uniform(0.5, 0.95), 2.1 * k + 0.4) for k in range(4)], strict=True
    )
    green = Material((0.05, 0.15, 0.035), roughness=0.35)
    return standing_in(shot, bellied_vase(shot), NECK, (joined(stems), STEM), (joined(blades), green))


@prop("olive branch, olive, olive twig, olive leaf, laurel, olive tree, olive oil, bay leaf")
def olive_branch(shot: Shot) -> list[Thing]:
    """Twigs of olive with their fruit, in a vase."""
    stems, blades = zip(
        *[twig(shot.rng, shot.uniform(0.5, 0.75), 0.12, lean=shot.uniform(0.3, 0.8)) for _ in range(5)], strict=True
    )
    olives = []
    points = joined(stems).points
    for _ in range(16):
        x, y, z = points[int(shot.rng.integers(len(points) // 3, len(points)))]
        olives.append(ball(0.024, rings=11).scaled(1, 1.35, 1).moved(float(x), float(y) - 0.05, float(z)))
    return standing_in(
        shot,
        bellied_vase(shot),
        NECK,
        (joined(stems), BARK),
        (joined(blades), Material((0.17, 0.21, 0.13), roughness=0.5)),
        (joined(olives), Material((0.10, 0.11, 0.03), roughness=0.3)),
    )


@prop(
    "dried flower, dried bouquet, dried blooms, dried floral, bunny tail, strawflower, statice, dry flower",
    "everlasting flower, dried rose, dried wildflower",
    kind_of="flowers, plant",
)
def dried_flowers(shot: Shot) -> list[Thing]:
    """Everlastings in a vase: strawflowers, bunny tails and clusters of statice, in faded colours."""
    high = shot.uniform(0.35, 0.45)
    stems: list[Shape] = []
    heads: dict[str, list[Shape]] = {tint: [] for tint in FADED}
    for number in range(15):
        lean, turn, tall = shot.uniform(0.05, 0.5), shot.uniform(0, 6.3), shot.uniform(0.5, 0.85)
        t = np.linspace(0, 1, 12)
        path = xyz(lean * tall * t**2 * np.cos(turn), tall * t, lean * tall * t**2 * np.sin(turn))
        stems.append(tube(path, 0.005, segments=5))
        head = (_strawflower, _bunny_tail, _statice)[number % 3](shot)
        heads[shot.choice(*FADED)].append(head.moved(*path[-1]))
    blooms = [(joined(some), petals_of(hexadecimal(tint))) for tint, some in heads.items() if some]
    return standing_in(shot, slender_vase(shot, high), 0.85 * high, (joined(stems), STRAW), *blooms)


def _strawflower(shot: Shot) -> Shape:
    return opened(shot, shot.uniform(0.06, 0.085)).turned(x=shot.uniform(20, 75), y=shot.uniform(0, 360))


def _bunny_tail(shot: Shot) -> Shape:
    """An oval head of fine hairs."""
    hairs = []
    for k in range(150):
        up = shot.uniform(-1, 1)
        hair = leaf(0.04, 0.004, curl=0.2).turned(x=shot.uniform(15, 55)).turned(y=137.5 * k)
        around = np.radians(137.5 * k)
        out = 0.028 * np.sqrt(1 - up * up)
        hairs.append(hair.moved(out * np.sin(around), 0.055 + 0.055 * up, out * np.cos(around)))
    return joined([ball(0.5, rings=9).scaled(0.055, 0.11, 0.055), *hairs])


def _statice(shot: Shot) -> Shape:
    """A loose cluster of papery blossoms."""
    return joined(
        [
            opened(shot, shot.uniform(0.014, 0.022))
            .turned(x=shot.uniform(0, 70), y=shot.uniform(0, 360))
            .moved(*shot.rng.normal(0, (0.05, 0.03, 0.05)))
            for _ in range(16)
        ]
    )


@prop(
    "pampas, pampas grass, dried grass, dry grass, dried plant, reed, feather grass, feather, dried botanical",
    "cotton branch, toetoe, seedhead, miscanthus, dried foliage, dried stem, seed head",
    kind_of="plant",
)
def pampas(shot: Shot) -> list[Thing]:
    """Dry plumes in a vase."""
    high = shot.uniform(0.35, 0.5)
    plumes = []
    for _ in range(6):
        lean, turn, tall = shot.uniform(0.05, 0.45), shot.uniform(0, 6.3), shot.uniform(0.6, 0.95)
        t = np.linspace(0, 1, 40)
        reach = lean * tall * t**2
        path = xyz(reach * np.cos(turn), tall * t, reach * np.sin(turn))
        plumes.append(tube(path[:18], 0.005, segments=5))
        for point in path[16:]:
            for _ in range(5):
                hair = leaf(0.13, 0.014, curl=0.5).turned(x=shot.uniform(15, 50)).turned(y=shot.uniform(0, 360))
                plumes.append(hair.moved(*point))
    return standing_in(shot, slender_vase(shot, high), 0.85 * high, (joined(plumes), Material((0.58, 0.46, 0.32))))
