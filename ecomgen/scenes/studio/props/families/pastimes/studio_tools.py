"""What stands in an artist's studio and on a laboratory's bench."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import GLASS, METRE, STEEL, pale_glaze, tint, turned, turned_body
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, lathe, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.lights import dimmed
from ecomgen.scenes.studio.stage.shot import Shot

PAINTS = ("#c8402f", "#e0a92f", "#2f5d8c", "#3d7a55", "#7d3f73")
HANDLES = ("#b07a45", "#1e1c1b", "#8a2f24", "#27415c")
LIT = 0.22  # light that comes through a liquid, of its colour
LIQUIDS = ("#9fd0e6", "#f0c878", "#b9dfc0", "#e9b6c4")


@prop(
    "paint brush, paintbrush, artist brush, artist s brush, art brush, watercolour brush, watercolor brush",
    "brush in a jar, art supplies, artist tool, painting tool, jar of brush, jar of paint brush, oil paint",
    "acrylic paint",
    place="desk",
    tinted=True,
)
def paint_brushes(shot: Shot) -> list[Thing]:
    """An artist's brushes in a jar, their hair up and full of paint."""
    jar = turned_body([(0, 0), (0.036, 0), (0.039, 0.004), (0.039, 0.1), (0.035, 0.1), (0.034, 0.01), (0, 0.01)])
    things = [Thing(jar, Material(tint(shot, "#e4ddd0", "#6f7f86", "#b9795a"), roughness=0.4))]
    ferrules = []
    for number in range(7):
        lean = {"z": shot.uniform(-15, 15), "x": shot.uniform(-14, 8)}
        at = 0.07 * np.cos(0.9 * number), 0.06, 0.07 * np.sin(0.9 * number)
        length, wide, flat = shot.uniform(0.62, 0.86), shot.uniform(0.022, 0.034), 0.4 if number % 2 else 1.0
        rows = [(0.012, 0), (0.02, 0.25 * length), (0.024, 0.7 * length), (0.6 * wide, length)]
        collar = lathe([(0.6 * wide, length), (wide, length + 0.13)]).scaled(1, 1, 0.5 + 0.5 * flat)
        hair = lathe(_tuft(wide, number % 2 == 0)).scaled(1, 1, flat).moved(0, length + 0.12)
        ferrules.append(collar.turned(**lean).moved(*at))
        wood = Material(hexadecimal(shot.choice(*HANDLES)), roughness=0.3)
        paint = Material(hexadecimal(PAINTS[number % len(PAINTS)]), roughness=0.45)
        things += [
            Thing(lathe(rows).turned(**lean).moved(*at), wood),
            Thing(hair.turned(**lean).moved(*at), paint),
        ]
    return [*things, Thing(joined(ferrules), STEEL)]


def _tuft(wide: float, pointed: bool) -> list[tuple[float, float]]:
    """The outline of a brush's hair: round and pointed, or cut straight."""
    end = [(0.55 * wide, 0.11), (0, 0.17)] if pointed else [(0.95 * wide, 0.12), (0, 0.125)]
    return [(wide, 0), (1.15 * wide, 0.04), *end]


@prop(
    "beaker, laboratory beaker, lab beaker, glass beaker, erlenmeyer, erlenmeyer flask, conical flask, test tube",
    "laboratory glass, laboratory glassware, lab glassware, lab glass, lab equipment, laboratory equipment",
    "science glass",
    "laboratory flask, lab flask, chemistry set, chemistry glass, pipette, chemistry, glass test tube",
    place="desk",
    tinted=True,
)
def laboratory_glass(shot: Shot) -> list[Thing]:
    """A beaker and a conical flask, each with a clear liquid in it."""
    beaker = [(0, 0.002), (0.034, 0.002), (0.037, 0.006), (0.037, 0.098), (0.041, 0.104)]
    flask = [(0, 0.002), (0.04, 0.002), (0.045, 0.008), (0.014, 0.088), (0.0135, 0.118), (0.017, 0.122)]
    filled = [(0, 0.001), (0.0345, 0.001), (0.0375, 0.006), (0.0375, 0.058), (0, 0.058)]  # a hair wider
    drawn = [(0, 0.001), (0.0405, 0.001), (0.0455, 0.0078), (0.0305, 0.046), (0, 0.046)]
    place, marks = (0.092 * METRE, 0, -0.03 * METRE), _marks(0.0378 * METRE)
    liquid = tint(shot, *LIQUIDS)
    clear = Material(liquid, roughness=0.1, specular=0.6, glow=dimmed(liquid, LIT))
    return [
        Thing(joined([turned(beaker), turned(flask).moved(*place)]), GLASS),
        Thing(joined([turned(filled), turned(drawn).moved(*place)]), clear),
        Thing(marks, Material(pale_glaze(shot), roughness=0.6)),
    ]


def _marks(radius: float) -> Shape:
    """The scale on a beaker: short lines one above the other, each fifth longer."""
    lines = []
    for number in range(9):
        half = 0.34 if number % 4 == 0 else 0.18
        turn, y = np.linspace(-half, half, 8), METRE * (0.018 + 0.008 * number)
        lines.append(tube(xyz(radius * np.sin(turn), y, radius * np.cos(turn)), 0.004, segments=5))
    return joined(lines)
