"""Whatever is asked for, what is kept is kept: not one opaque pixel of it differs in the finished picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenes.diffusion.placed import ask
from tiny_models import recipe

from ecomgen.compositing import composite
from ecomgen.scenes import open_backend
from ecomgen.types import Box, Canvas, Pixels, Placement, SceneRequest, silent

FAST = {"num_inference_steps": 2, "guidance_scale": 1.0, "scheduler": "DDIMScheduler"}
SIDES = st.integers(48, 110)


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, SceneRequest]:
    """A back end, and a request of any size, mask, mode and setting that it takes."""
    kind = draw(st.sampled_from(["inpaint", "inpaint", "img2img"]))
    mode = draw(st.sampled_from(["keep", "replace"] if kind == "inpaint" else ["keep"]))
    product, box = _layer(draw, draw(SIDES), draw(SIDES))
    height, width = product.shape[:2]
    placement = Placement(
        canvas=Canvas(width=width, height=height), product=product, box=box, scale=1.0, contact_y=box.y1
    )
    parameters = {
        "strength": draw(st.sampled_from([1.0, 0.6])),
        "init": draw(st.sampled_from(["auto", "noise", "blur"] if mode == "replace" else ["auto", "noise"])),
        "framing": draw(st.sampled_from(["auto", "auto", "whole", "crop"])),
        "mask_grow": draw(st.integers(0, 2)),
        "mask_feather": draw(st.integers(0, 2)),
        "border_strength": draw(st.sampled_from([0.0, 0.0, 0.5])),
    }
    seed = draw(st.integers(0, 2**32 - 1))
    return kind, ask(seed, placement=placement, mode=mode, parameters=parameters)


def _layer(draw: st.DrawFn, width: int, height: int) -> tuple[Pixels, Box]:
    """Random colours, kept in random ellipses with soft edges, or everywhere but there."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    y, x = np.mgrid[:height, :width]
    cover = np.zeros((height, width))
    for _ in range(draw(st.integers(1, 3))):
        centre, radius = random.uniform(0.2, 0.8, 2), random.uniform(0.1, 0.4, 2)
        distance = np.hypot((x / width - centre[0]) / radius[0], (y / height - centre[1]) / radius[1])
        cover = np.maximum(cover, np.clip((1 - distance) * 8, 0, 1))
    if draw(st.booleans()):
        cover = 1 - cover
    alpha = (cover * 255).round().astype(np.uint8)
    rows, columns = np.nonzero(alpha)
    box = Box(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
    return np.dstack([random.integers(0, 256, (height, width, 3), np.uint8), alpha]), box


@pytest.mark.parametrize("channels", [9, 4])
@settings(max_examples=50, suppress_health_check=list(HealthCheck), derandomize=True)
@given(asked=requests())
def test_no_kept_pixel_ever_differs(
    channels: int, asked: tuple[str, SceneRequest], tiny_inpaint: Path, tiny_sd: Path
) -> None:
    kind, request = asked
    weights = tiny_inpaint if channels == 9 and kind == "inpaint" else tiny_sd
    (scene,) = open_backend(recipe(weights, kind, **FAST)).make(request, silent)
    product = request.placement.product
    assert scene.pixels.shape == (*product.shape[:2], 3)
    picture = composite(product, scene.pixels)
    opaque = product[..., 3] == 255
    assert (picture[opaque] == product[opaque, :3]).all()
