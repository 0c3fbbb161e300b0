"""ControlNets, one or several, each shown the picture of its kind; no shape that the studio can tell is guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from scenes.diffusion.placed import ask, block, hole, make
from tiny_models import recipe, save_control

from ecomgen.scenes import open_backend
from ecomgen.scenes.diffusion.conditioning import control_picture
from ecomgen.scenes.diffusion.first_image import nearness, turned
from ecomgen.types import Scene, silent


def held(control: Path, *kinds: str, **when: float) -> dict[str, Any]:
    return {"control": [{"path": control, "kind": kind, **when} for kind in kinds]}


def test_several_are_heard_together_each_in_its_span(
    tiny_sd: Path, control: Path, handed_over: list[dict[str, Any]]
) -> None:
    def made(*controls: dict[str, Any]) -> np.ndarray:
        added = {"control": [{"path": control, **one} for one in controls]}
        return make(tiny_sd, "inpaint", ask(1), added=added, num_inference_steps=4, control_scale=1.0)[0].pixels

    edges, mask = {"kind": "canny", "end": 0.5}, {"kind": "mask", "start": 0.5, "scale": 0.5}
    alone, other, both = made(edges), made(mask), made(edges, mask)
    assert (both != alone).any() and (both != other).any()
    told = handed_over[-1]
    assert told["controlnet_conditioning_scale"] == [1.0, 0.5]
    assert (told["control_guidance_start"], told["control_guidance_end"]) == ([0.0, 0.5], [0.5, 1.0])
    assert (both == made(edges, mask)).all()


def test_several_make_the_same_picture_in_a_batch_as_alone(tiny_sd: Path, control: Path) -> None:
    mine = recipe(tiny_sd, "inpaint", added=held(control, "canny", "inpaint"))
    alone = [next(open_backend(mine).make(ask(seed), silent)).pixels for seed in (5, 6)]
    opened = open_backend(mine)
    opened.batch = 2  # type: ignore[attr-defined] # as on a graphics card
    for one, scene in zip(alone, opened.make(ask(5, 6), silent), strict=True):
        assert np.abs(one.astype(int) - scene.pixels).max() <= 2


def test_one_that_inpaints_sees_what_is_kept_and_none_of_what_is_painted(
    tiny_sd: Path, control: Path, handed_over: list[dict[str, Any]]
) -> None:
    make(tiny_sd, "inpaint", ask(1), added=held(control, "inpaint"))
    (told,) = handed_over
    shown = told["control_image"]
    assert isinstance(shown, torch.Tensor) and shown.shape == (1, 3, 64, 64)
    painted = np.asarray(told["mask_image"]) >= 128
    assert painted.any() and not painted.all()
    assert (shown[0, :, painted] == -1).all()
    red = torch.tensor([200, 30, 30]) / 255
    assert torch.allclose(shown[0, :, 32, 32], red) and (shown[0][:, ~painted] >= 0).all()


def test_one_for_tiles_sees_the_first_image_at_any_strength(
    tiny_sd: Path, control: Path, handed_over: list[dict[str, Any]]
) -> None:
    make(tiny_sd, "inpaint", ask(1, parameters={"init": "noise"}), added=held(control, "tile"), strength=1.0)
    (told,) = handed_over
    assert (np.asarray(told["control_image"]) == np.asarray(told["image"])).all()
    assert np.asarray(told["image"])[:12].std() > 20  # the noise that was asked for


def test_depth_and_normals_are_the_studios_whatever_the_first_image_is(
    tiny_sd: Path, control: Path, renders: list[Scene], handed_over: list[dict[str, Any]]
) -> None:
    make(tiny_sd, "inpaint", ask(1), added=held(control, "depth", "normal"))
    ((render,), (told,)) = renders, handed_over
    assert render.depth is not None and render.normals is not None
    depth, normal = ((one[0].permute(1, 2, 0).numpy() * 255).round() for one in told["control_image"])
    assert (depth == nearness(render.depth)).all() and (normal == turned(render.normals)).all()
    assert normal[60, 4, 1] > 220  # the floor looks up
    assert normal[4, 4, 2] > 220  # the wall looks at the camera
    assert (turned(np.array([[[1.0, 0, 0], [-1.0, 0, 0]]]))[0, :, 0] == [0, 255]).all()


@pytest.mark.parametrize("kind", ["depth", "normal"])
def test_what_the_studio_cannot_tell_follows_from_what_is_kept(
    tiny_sd: Path, control: Path, kind: Any, renders: list[Scene], handed_over: list[dict[str, Any]]
) -> None:
    added = held(control, kind)
    make(tiny_sd, "inpaint", ask(1, prompt="qwxyz"), added=added)
    make(tiny_sd, "inpaint", ask(1, placement=hole(), mode="replace", parameters={"framing": "whole"}), added=added)
    assert not renders
    for told, placement in zip(handed_over, (block(), hole()), strict=True):
        guessed = control_picture(kind, placement.product, placement.contact_y)
        assert (np.asarray(told["control_image"]) == np.asarray(guessed)).all()


def test_one_grown_from_an_inpainting_network_is_shown_the_mask_beside_others(
    tiny_inpaint: Path, tmp_path: Path
) -> None:
    plain, grown = save_control(tmp_path / "plain"), save_control(tmp_path / "grown", channels=9)
    one = {"control": [{"path": plain, "kind": "canny"}, {"path": grown, "kind": "mask"}]}
    (scene,) = make(tiny_inpaint, "inpaint", ask(1), added=one)
    assert scene.pixels.std() > 0
