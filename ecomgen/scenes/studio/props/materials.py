"""Colours and materials that several props share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio.stage.palette import hexadecimal
from ecomgen.scenes.studio.stage.types import Material

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Colour, Texture

BLACK = Material(colour=(0.025, 0.025, 0.028), roughness=0.4)
STEEL = Material(colour=(0.62, 0.62, 0.63), roughness=0.28, metallic=1.0)
BRASS = Material(colour=(0.78, 0.56, 0.25), roughness=0.2, metallic=1.0)
GLASS = Material(colour=(1, 1, 1), transmission=1.0)
BEECH = Material(colour=(0.52, 0.34, 0.18), roughness=0.55)
BARK = Material(colour=(0.11, 0.07, 0.045), roughness=0.9)
STEM = Material(colour=(0.10, 0.15, 0.05), roughness=0.7)
EARTHENWARE = Material(colour=(0.52, 0.22, 0.11), roughness=0.85)
STALK = Material(colour=(0.10, 0.06, 0.03), roughness=0.8)
CALYX_GREEN = Material(colour=(0.08, 0.17, 0.04), roughness=0.6)


def tint(shot: Shot, *usual: str) -> Colour:
    """The wished colour of props, else one of the usual ones; linear."""
    return hexadecimal(shot.wish.prop_colour or shot.pick(*usual))


def pale_glaze(shot: Shot) -> Colour:
    return hexadecimal(shot.pick("#e9e3d8", "#c9b8a3", "#b5aa9a", "#d8d2c8", "#8f9a94"))


def grained(colour: Colour, grain: NDArray[np.floating[Any]], strength: float) -> Texture:
    """`colour` made lighter and darker by `grain`, HxW about 0, by `strength` where that is 1."""
    return np.clip(np.asarray(colour) * (1 + strength * grain[..., None]), 0, 1).astype(np.float32)
