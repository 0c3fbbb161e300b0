"""How high the camera stood: what such products are usually photographed from, corrected by what the photos show.

Every elevation has a prior by the product's name and a likelihood by the foot's outline, the rim's outline where such
things have one, the ground in the photo, and the look of it all, which a small network judges; further photos count a
little, since one photographer took them all. The mean of the product of these is the estimate, its deviation the
uncertainty.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ecomgen.bleed import cut_sides
from ecomgen.scenes.studio.estimation import elevation_from_base, elevation_from_ground
from ecomgen.scenes.studio.estimation.elevation_from_base import ELEVATIONS, Belief
from ecomgen.scenes.studio.estimation.products import is_rimmed, is_turned, usual_view
from ecomgen.types import BoolMask, Box, View

LOWEST, HIGHEST = 3.0, 38.0  # degrees: beyond, a set shows only its ground, or none of it
UNSEEN = 1e-3  # what the network gives to what it thinks impossible
NEIGHBOURS = 15.0  # degrees by which another photo of the same product strays from this one
HEAVY = 0.55  # the prior's tails: the photos may contradict it


class Viewpoint(NamedTuple):
    """The camera's elevation above the product's foot in degrees, and its standard deviation."""

    elevation: float
    spread: float


FOOTLESS = Viewpoint(elevation=10.0, spread=8.0)  # what the frame cuts off below is looked at, not down on


def viewpoint(views: Sequence[View], phrase: str) -> Viewpoint:
    """Where the first of `views` was taken from; without views, where a thing of that `phrase` usually is."""
    if views and "bottom" in cut_sides(views[0].mask):
        return FOOTLESS
    usual, stray = usual_view(phrase)
    weight = (1 + ((ELEVATIONS - usual) / stray) ** 2) ** -HEAVY
    for number, view in enumerate(views):
        found = _belief(view, phrase)
        weight = weight * (found if number == 0 else _blurred(found))
    weight = weight / weight.sum()
    mean = float(weight @ ELEVATIONS)
    spread = float(np.sqrt(weight @ (ELEVATIONS - mean) ** 2))
    return Viewpoint(elevation=round(min(max(mean, LOWEST), HIGHEST), 1), spread=round(spread, 1))


def _belief(view: View, phrase: str) -> Belief:
    mask = view.mask[Box.of(view.mask).slices] if view.mask.any() else view.mask[:0]
    found = elevation_from_base.belief(mask, turned=is_turned(phrase)) * _by_look(view)
    found = found * elevation_from_ground.belief(elevation_from_ground.reach(view.pixels, view.mask))
    return found * _by_rim(mask) if is_rimmed(phrase) else found


def _by_look(view: View) -> Belief:
    """The likelihood by the network that learnt from renders; all alike where its weights are not here."""
    from ecomgen.scenes.studio.estimation import camera_network

    found = camera_network.answer(view.pixels, view.mask) if view.mask.any() else None
    if found is None:
        return np.ones(len(ELEVATIONS))
    return np.interp(ELEVATIONS, camera_network.BINS, found) + UNSEEN


def _by_rim(mask: BoolMask) -> Belief:
    """The likelihood by the upper outline of a thing with a level rim, which the camera sees from less high."""
    above = elevation_from_base.belief(mask[::-1], turned=True)
    height = mask.shape[0] / max(mask.shape)
    tangents = np.tan(np.radians(ELEVATIONS)) - height / elevation_from_ground.DISTANCE
    return np.interp(np.degrees(np.arctan(np.maximum(tangents, 0))), ELEVATIONS, above)


def _blurred(found: Belief) -> Belief:
    """What another photo says of this one: its belief, spread over its neighbours."""
    away = ELEVATIONS[:, None] - ELEVATIONS[None, :]
    near = np.exp(-0.5 * (away / NEIGHBOURS) ** 2)
    return (near * found).sum(1) / near.sum(1)
