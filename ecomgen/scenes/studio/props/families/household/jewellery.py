"""Jewellery that lies beside the product."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import circle, tint
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined, tube
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.shot import Shot

GOLD, STONE = "#e8b64c", Material((0.93, 0.95, 0.97), roughness=0.03, specular=1.0)
FINGER, BAND = 0.07, 0.012  # units: a ring's radius, and its band's; a little larger than they are, to be seen


@prop(
    "ring, finger ring, gold ring, silver ring, wedding ring, wedding band, engagement ring, signet ring, hoop earring",
    "jewellery, piece of jewellery, gold jewellery, silver jewellery",
    tinted=True,
)
def rings(shot: Shot) -> list[Thing]:
    """Rings of gold that lie and lean on one another, one of them with a stone."""
    bands, stones = [], []
    for number, (x, z) in enumerate(cluster(shot, shot.count(4), 0.19)):
        band, stone = _ring()
        leaning = {"x": shot.uniform(62, 82) if number % 2 else 90.0, "y": shot.uniform(0, 360)}
        lifted = FINGER * np.cos(np.radians(leaning["x"])) + BAND
        bands.append(band.turned(**leaning).moved(x, lifted, z))
        if number == 1:
            stones.append(stone.turned(**leaning).moved(x, lifted, z))
    metal = Material(tint(shot, GOLD), roughness=0.26, metallic=1.0)
    return [Thing(joined(bands), metal), *(Thing(each, STONE) for each in stones)]


def _ring() -> tuple[Shape, Shape]:
    """A band upright about the origin, and the stone on its top."""
    band = tube(circle(FINGER, 65), BAND, segments=14)
    return band, ball(0.026, rings=7).moved(0, FINGER, 0)


@prop("pearl, pearl necklace, string of pearls, strand of pearls, pearl string", tinted=True)
def pearls(shot: Shot) -> list[Thing]:
    """A string of pearls, laid in a loose loop."""
    turn = np.linspace(0, 2 * np.pi, 54, endpoint=False)
    reach = 0.3 * (1 + 0.22 * np.cos(2 * turn + shot.uniform(0, 6)) + 0.1 * np.cos(3 * turn + shot.uniform(0, 6)))
    string = [
        ball(0.018, rings=15).moved(r * np.cos(a), 0, 0.6 * r * np.sin(a)) for r, a in zip(reach, turn, strict=True)
    ]
    lustre = Material(tint(shot, "#ebe6dd"), roughness=0.16, specular=0.7, sheen=0.3)
    return [Thing(joined(string), lustre)]
