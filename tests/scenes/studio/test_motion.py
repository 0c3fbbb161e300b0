"""A picture in motion: the product stays where its stand-in is, and pixels are looked up where they were rendered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ecomgen.scenes.studio.motion import motion
from ecomgen.scenes.studio.rendering.render import share_of
from ecomgen.scenes.studio.rendering.reprojection import Eye, RenderedView, between
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.types import Box, Canvas, Move, Pixels, Placement, SceneRequest, silent

SIZE = 160
FRAME = frame_for(SIZE, SIZE, Box(50, 40, 110, 130), 130, elevation=20)


def can() -> Pixels:
    """A round can seen from above: its base is an arc, whose sides stand farther back than its front."""
    rows, columns = np.mgrid[0:SIZE, 0:SIZE]
    arc = 10 * np.sqrt(np.clip(1 - ((columns - 79.5) / 30) ** 2, 0, 1))
    inside = (np.abs(columns - 79.5) < 30) & (rows < 120 + arc) & (rows > 50 - arc)
    return np.where(inside[..., None], np.array([180, 40, 40, 255], np.uint8), 0).astype(np.uint8)


def request_for(prompt: str) -> SceneRequest:
    product = can()
    box = Box.of(product[..., 3] > 0)
    placed = Placement(canvas=Canvas(width=SIZE, height=SIZE), product=product, box=box, scale=1.0, contact_y=box.y1)
    parameters = {"samples_per_pixel": 2, "camera_elevation": 20.0}
    return SceneRequest(prompt=prompt, placement=placed, seeds=(3,), parameters=parameters)


@pytest.mark.parametrize("move", ["dolly", "orbit"])
def test_the_product_stands_where_its_stand_in_does(move: Move) -> None:
    request = request_for("on an oak table")
    moving = motion(request, move, (SIZE, SIZE), request.placement.product, silent)
    (_, still), (_, product) = moving.frames([0.0, 1.0])
    assert np.array_equal(still, request.placement.product)
    frame = moving.frame(1.0)
    stand_in = share_of(moving.subject.stand_ins(moving.rest), [], frame, 0.0, moving.quality.variant) > 0.5
    shown = product[..., 3] > 127
    assert (stand_in & shown).sum() > 0.96 * (stand_in | shown).sum()
    columns = slice(60, 100)
    lowest = [SIZE - np.argmax(one[::-1, columns], axis=0) for one in (stand_in, shown)]
    assert np.abs(lowest[0] - lowest[1]).max() <= 1  # each column stands on the ground on which it stood


def test_the_way_there_and_back_ends_where_it_began() -> None:
    here, there = (Eye.of(frame, FRAME) for frame in (FRAME, replace(FRAME, across=0.1, distance=FRAME.distance - 0.2)))
    columns, rows = np.meshgrid(np.arange(5.0), np.arange(5.0))
    near = np.full_like(columns, 1 / 4.0)
    x, y = here.to(there, columns, rows, near)
    back = there.to(here, x, y, 1 / (4.0 - 0.2) * np.ones_like(x))
    assert np.allclose(back[0], columns, atol=1e-6) and np.allclose(back[1], rows, atol=1e-6)


def test_a_place_that_one_view_does_not_show_is_taken_from_the_other() -> None:
    near = np.full((SIZE, SIZE), 1 / FRAME.distance, np.float32)
    eye = Eye.rendered(FRAME)
    hidden = np.zeros_like(near)
    hidden[:, :80] = 1
    dark, bright = np.zeros((SIZE, SIZE, 3), np.float32), np.ones((SIZE, SIZE, 3), np.float32)
    first = RenderedView(eye=eye, light=dark, near=near, hidden=hidden)
    second = RenderedView(eye=eye, light=bright, near=near, hidden=np.zeros_like(near))
    seen = between(first, second, 0.5, eye, near)
    assert seen[:, :70].min() > 0.99 and abs(float(seen[:, 90:].mean()) - 0.5) < 1e-3


def test_the_light_moves_about_the_product_and_takes_its_shadow_along() -> None:
    request = request_for("on a podium, hard sunlight")
    moving = motion(request, "light", (SIZE, SIZE), request.placement.product, silent)
    assert 0 < moving.limits.degrees <= 20
    (first, _), (other, product) = moving.frames([0.0, 1.0])
    assert np.array_equal(product, request.placement.product)
    assert np.abs(first.astype(float) - other).max() > 10
