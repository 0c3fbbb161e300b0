"""A canvas larger than the model's pictures is gone over in tiles at its own size; the product stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenes.diffusion.placed import ask, block, make
from tiny_models import recipe

from ecomgen.compositing import compose
from ecomgen.scenes import open_backend
from ecomgen.scenes.diffusion.frames import Frame, finer
from ecomgen.scenes.diffusion.regions import Size
from ecomgen.types import Box, Progress

LARGE = (160, 128)


def made(weights: Path, kind: str = "inpaint", **settings: Any) -> Any:
    request = ask(1, placement=block(LARGE))
    return make(weights, kind, request, num_inference_steps=4, strength=0.9, **settings)[0]


@pytest.mark.parametrize("kind", ["inpaint", "img2img"])
def test_a_large_canvas_is_sharpened_in_tiles_and_not_only_resized(tiny_sd: Path, kind: str) -> None:
    resized, refined = made(tiny_sd, kind, refine_strength=0.0), made(tiny_sd, kind)
    assert refined.pixels.shape == (128, 160, 3)
    assert "resized to 160x128" in resized.notes[0] and "refined in 6 tiles at 160x128" in refined.notes[0]
    detail = [np.abs(np.diff(one.pixels.astype(int), axis=1)).mean() for one in (resized, refined)]
    assert detail[1] > 1.2 * detail[0]
    assert (made(tiny_sd, kind).pixels == refined.pixels).all()


def test_the_product_is_pasted_after_it(tiny_sd: Path) -> None:
    placement = block(LARGE)
    opaque = placement.product[..., 3] == 255
    picture = compose(placement.product, made(tiny_sd, border_strength=0.5).pixels).pixels
    assert (picture[opaque] == placement.product[..., :3][opaque]).all()


def test_low_strength_keeps_what_was_made(tiny_sd: Path) -> None:
    resized, little, much = (made(tiny_sd, refine_strength=one).pixels.astype(int) for one in (0.0, 0.25, 1.0))
    assert 0 < np.abs(little - resized).mean() < np.abs(much - resized).mean()


def test_its_steps_are_told(tiny_sd: Path) -> None:
    seen: list[Progress] = []
    mine = recipe(tiny_sd, "inpaint", num_inference_steps=4)
    list(open_backend(mine).make(ask(1, 2, placement=block(LARGE)), seen.append))
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert seen[-1].done == seen[-1].total


@pytest.mark.parametrize("side", [641, 768, 1000, 1024, 2048])
def test_tiles_cover_the_canvas_and_overlap(side: int) -> None:
    box = Box(0, 0, side, side)
    frame = finer(Frame(box=box, size=Size(512, 512), windows=(Box(0, 0, 512, 512),)), Size(512, 512))
    assert frame is not None and frame.size.width >= side and frame.size.width % 8 == 0
    covered = np.zeros(frame.size[::-1], int)
    for tile in frame.windows:
        assert 0 <= tile.x0 % 8 == tile.width % 8 == 0 and tile.width <= 648 and tile.x1 <= frame.size.width
        covered[tile.slices] += 1
    assert covered.min() == 1 and (frame.size.width <= 640 or covered.max() >= 2)


def test_what_was_made_nearly_as_large_is_resized() -> None:
    frame = Frame(box=Box(0, 0, 600, 600), size=Size(512, 512), windows=(Box(0, 0, 512, 512),))
    assert finer(frame, Size(512, 512)) is None
