"""What one cooks in."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import METRE, STEEL, rounded, tint, turned, turned_body
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import block, disc, joined, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shot import Shot

COPPER = Material((0.75, 0.36, 0.2), roughness=0.24, metallic=1.0)
IRON = Material((0.03, 0.029, 0.028), roughness=0.5)


@prop(
    "frying pan, skillet, cast iron pan, cast iron skillet, cast iron, wok, paella pan, pan, griddle",
    place="kitchen",
    single=True,
)
def frying_pan(shot: Shot) -> list[Thing]:
    """A pan of cast iron, its handle to the side."""
    inner = [(0.1, 0.045), (0.085, 0.006), (0, 0.005)]
    outer = [(0, 0), (0.088, 0), (0.105, 0.044)]
    bowl = turned(rounded([*outer, (0.106, 0.0455), *inner]), segments=96)
    handle = block(0.15 * METRE, 0.014 * METRE, 0.03 * METRE, 0.025).moved(0.175 * METRE, 0.034 * METRE)
    rough = spectral(shot.rng, (200, 200), falloff=0.6, finest=1.6)
    iron = Material((0.022, 0.021, 0.02), roughness=0.42, specular=0.5, bump=rough, bump_scale=0.0015)
    turn = shot.uniform(15, 50) * shot.order
    return [Thing(joined([bowl, handle]).draped(0.5, 0.5).turned(y=turn), iron)]


@prop("copper pot, copper pan, copper saucepan, copper cookware, copper kettle, copper pot set", place="kitchen")
def copper_pans(shot: Shot) -> list[Thing]:
    """Two saucepans of copper, one larger, with long handles of iron."""
    pan = turned_body(
        [(0, 0), (0.08, 0), (0.088, 0.008), (0.09, 0.085), (0.094, 0.088), (0.086, 0.084), (0.083, 0.01), (0, 0.008)]
    )
    handle = tube(xyz(np.linspace(0.085, 0.27, 8) * METRE, np.linspace(0.07, 0.1, 8) * METRE, 0), 0.03)
    made = []
    for number in range(shot.count(2)):
        size, turn = 1 - 0.28 * (number % 2), shot.order * (35 + shot.uniform(-25, 20) + 30 * number)
        place = 0.34 * number * shot.order, 0.0, 0.2 - 0.5 * number
        for shape, material in ((pan, COPPER), (handle, IRON)):
            made.append(Thing(shape.scaled(size).turned(y=turn).moved(*place), material))
    return made


@prop(
    "cooking pot, stock pot, saucepan, casserole, stockpot, dutch oven, soup pot, enamel pot, camping pot",
    place="kitchen",
    single=True,
)
def cooking_pot(shot: Shot) -> list[Thing]:
    """An enamelled pot with its lid on."""
    body = turned(rounded([(0, 0), (0.1, 0), (0.108, 0.01), (0.11, 0.1), (0.106, 0.1), (0.1, 0.09), (0, 0.09)]))
    lid = turned(rounded([(0.113, 0.098), (0.112, 0.106), (0.06, 0.12), (0, 0.124)]))
    t = np.linspace(0, np.pi, 20)
    grip = xyz(0.07 * METRE + 0.11 * np.sin(t) + 0.14, 0.08 * METRE, 0.16 * np.cos(t))
    ears = [tube(grip, 0.026).turned(y=way) for way in (0, 180)]
    enamel = Material(tint(shot, "#b0472f", "#2f4a4d", "#e8dfce", "#d9a441"), roughness=0.16, specular=0.5)
    knob = disc(0.021 * METRE, 0.02 * METRE, 0.03).moved(0, 0.121 * METRE)
    shape = joined([body, lid, *ears]).turned(y=shot.uniform(-40, 40))
    return [Thing(shape, enamel), Thing(knob, STEEL)]
