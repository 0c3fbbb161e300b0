"""How much of the ground lies under the product: round it, under a plate, in a box."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecomgen.scenes.studio.stage.shot import Shot, share
from ecomgen.scenes.studio.stage.surfaces import CLOTHS

CHINA = "china"  # a plate of glazed ware
BRIM = 0.2  # units, round the level middle of such a plate
MAT = "yoga mat"
PACKED, BOX_FRONT = ("in crate", "in box", "in carton"), 0.24  # what the product is in; z of its front
FRONT = 0.14  # z of the front edge of crates and steps on which the product stands
CRATE, CRATE_END = 0.5, -0.95  # units: how high a crate or a bale is; z where one ends on which more stands


@dataclass(frozen=True, kw_only=True)
class Footprint:
    """Where something round lies under the product: the depth of its middle, its radius, in units."""

    z: float
    radius: float


def beneath(shot: Shot, least: float) -> Footprint:
    """Where something round lies that all of the product stands on, at least `least` units from its rim."""
    radius = 0.5 * float(np.hypot(shot.frame.product_width, shot.deep)) + least + 0.1 * share(shot.seed, "beneath")
    return Footprint(z=-0.5 * shot.deep, radius=radius)


def box_size(shot: Shot) -> tuple[float, float]:
    """Width and depth of a box or crate in which the product is."""
    return shot.frame.product_width + 0.5 + 0.3 * share(shot.seed, "box"), shot.deep + 0.75


def plate_footprint(shot: Shot) -> Footprint | None:
    """Where the plate that was asked for lies, or the box stands."""
    if shot.wish.support in PACKED and not shot.frame.lying:
        width, depth = box_size(shot)
        return Footprint(z=BOX_FRONT - 0.5 * depth, radius=0.5 * max(width, depth) + 0.08)
    if shot.wish.plate in (None, MAT, *CLOTHS) or shot.frame.lying:
        return None
    return beneath(shot, 0.1 + (BRIM if shot.wish.plate == CHINA else 0))
