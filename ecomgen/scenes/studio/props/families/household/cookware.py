"""What one cooks in."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.props.bodies import METRE, STEEL, rounded, tint, turned
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.noise import spectral
from ecomgen.scenes.studio.stage.shapes import block, disc, joined, tube, xyz
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.types import Material, Thing


@prop(
    "frying pan, skillet, cast iron pan, cast iron skillet, cast iron, wok, paella pan, pan, griddle", place="kitchen"
)
def frying_pan(shot: Shot) -> list[Thing]:
    """A pan of cast iron, its handle to the side."""
    inner = [(0.1, 0.045), (0.085, 0.006), (0, 0.005)]
    outer = [(0, 0), (0.088, 0), (0.105, 0.044)]
    bowl = turned(rounded([*outer, (0.106, 0.0455), *inner]), segments=96)
    handle = block(0.15 * METRE, 0.014 * METRE, 0.03 * METRE, 0.025).moved(0.175 * METRE, 0.034 * METRE)
    rough = spectral(shot.rng, (200, 200), falloff=0.6, finest=1.6)
    iron = Material(colour=(0.022, 0.021, 0.02), roughness=0.42, specular=0.5, bump=rough, bump_scale=0.0015)
    turn = shot.between(15, 50) * shot.order
    return [Thing(shape=joined([bowl, handle]).draped(0.5, 0.5).turned(y=turn), material=iron)]


@prop(
    "cooking pot, stock pot, saucepan, casserole, stockpot, dutch oven, soup pot, copper pot, copper pan",
    place="kitchen",
)
def cooking_pot(shot: Shot) -> list[Thing]:
    """An enamelled pot with its lid on."""
    body = turned(rounded([(0, 0), (0.1, 0), (0.108, 0.01), (0.11, 0.1), (0.106, 0.1), (0.1, 0.09), (0, 0.09)]))
    lid = turned(rounded([(0.113, 0.098), (0.112, 0.106), (0.06, 0.12), (0, 0.124)]))
    t = np.linspace(0, np.pi, 20)
    grip = xyz(0.07 * METRE + 0.11 * np.sin(t) + 0.14, 0.08 * METRE, 0.16 * np.cos(t))
    ears = [tube(grip, 0.026).turned(y=way) for way in (0, 180)]
    enamel = Material(colour=tint(shot, "#b0472f", "#2f4a4d", "#e8dfce", "#d9a441"), roughness=0.16, specular=0.5)
    knob = disc(0.021 * METRE, 0.02 * METRE, 0.03).moved(0, 0.121 * METRE)
    shape = joined([body, lid, *ears]).turned(y=shot.between(-40, 40))
    return [Thing(shape=shape, material=enamel), Thing(shape=knob, material=STEEL)]
