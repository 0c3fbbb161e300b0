"""What stands between the lamp and the set."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.primitives.shapes import Shape
from ecomgen.scenes.studio.primitives.types import Sun, Thing
from ecomgen.scenes.studio.props.gobos import leaves, panes, pool_of_light
from ecomgen.scenes.studio.stage.frame import Frame, frame_for
from ecomgen.scenes.studio.stage.lights import TIMES, sun_from
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.types import Box
from tests.scenes.studio.sets.test_sets import shot

CELLS, REACH = 20, 10  # of the shade's picture: a unit, and units from its middle


@pytest.mark.parametrize("azimuth", [50.0, 75.0])
@pytest.mark.parametrize("side", [-1.0, 1.0])
@pytest.mark.parametrize("seed", range(3))
def test_a_window_s_light_is_on_the_product_and_on_the_wall_behind_it(side: float, azimuth: float, seed: int) -> None:
    here = replace(shot(Wish(hardness="hard"), seed=seed), side=side)
    sun = sun_from(here, TIMES["morning"], azimuth=azimuth, height=38)
    gobo = panes(here, sun).shape
    aim = np.asarray(sun.towards) / np.linalg.norm(sun.towards)
    across = np.linalg.svd(aim[None])[2][1:]  # two axes of a plane that the light falls through
    shade = np.zeros((2 * REACH * CELLS,) * 2, np.uint8)
    corners = np.rint((gobo.points @ across.T + REACH) * CELLS).astype(np.int32)
    for face in gobo.faces:
        cv2.fillConvexPoly(shade, corners[face], 255)

    def lit(*places: tuple[float, float, float]) -> float:
        x, y = np.rint((np.array(places) @ across.T + REACH) * CELLS).astype(int).T
        return float((shade[y, x] == 0).mean())

    x = here.frame.product_x
    assert lit(*((x, height, -0.5) for height in np.linspace(0.1, 0.8, 8))) > 0.7
    assert lit(*((x + aside, height, -2.5) for height in (0.5, 0.9, 1.3) for aside in np.linspace(-0.5, 0.5, 9))) > 0.4


def in_picture(card: Shape, frame: Frame) -> bool:
    """Whether a ray through the picture, of a grid of them, meets a face of the card."""
    x, y = np.meshgrid(np.linspace(-1, 1, 9) * frame.right, np.linspace(frame.bottom, frame.top, 9))
    camera = np.array([0.0, frame.eye, frame.distance])
    rays = np.stack([x, y, 0 * x]).reshape(3, -1) - camera[:, None]
    corners = card.points[card.faces].astype(np.float64) - camera
    sides = np.sign(np.cross(corners, np.roll(corners, -1, axis=1)) @ rays)  # of the cone from the lens to each face
    return bool((np.abs(sides.sum(axis=1)) == 3)[corners.mean(axis=1) @ rays > 0].any())


def blinds(here: Shot, sun: Sun) -> Thing:
    return panes(here.wishing(cast="blinds"), sun)


def ripples(here: Shot, sun: Sun) -> Thing:
    return leaves(here.wishing(cast="water"), sun)


@pytest.mark.parametrize("hung", [leaves, pool_of_light, panes, blinds, ripples])
@pytest.mark.parametrize("seed", range(8))
def test_no_card_is_in_the_picture_however_near_the_lens_it_hangs(
    hung: Callable[[Shot, Sun], Thing], seed: int
) -> None:
    frame = frame_for(96, 96, Box(27, 25, 69, 80), 80, elevation=14)
    here = replace(shot(Wish(hardness="hard"), seed=seed), frame=frame, side=(-1.0) ** seed)
    for azimuth, height in itertools.product((20.0, 35.0, 50.0, 75.0), (25.0, 33.0, 41.0)):
        card = hung(here, sun_from(here, TIMES["morning"], azimuth=azimuth, height=height))
        assert not in_picture(card.shape, frame)
