"""The studio's render made a photograph: its depth is handed over, seeds that share a set share it, strength counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenes.diffusion.placed import ask, block, make
from tiny_flow_models import SAVE, save_flux_control
from tiny_models import recipe, save_control

from ecomgen import recipes
from ecomgen.compositing import compose
from ecomgen.errors import BadRecipe
from ecomgen.recipes import Recipe
from ecomgen.scenes import open_backend
from ecomgen.scenes.diffusion.first_image import nearness
from ecomgen.scenes.diffusion.loader import quiet
from ecomgen.scenes.studio.backend import StudioBackend
from ecomgen.types import Scene, SceneRequest, silent


def photographic(weights: Path, control: Path, **changed: Any) -> Recipe:
    """The shipped recipe on small models."""
    shipped = recipes.get("photographic")
    held = {**shipped.control[0].model_dump(exclude={"model"}), "path": control}
    defaults = {**shipped.defaults, "num_inference_steps": 5, "width": 64, "height": 64, **changed}
    return recipe(weights, shipped.backend, added={"control": held}, **defaults)


def test_the_depth_that_is_handed_over_is_the_renders(
    tiny_sd: Path, control: Path, renders: list[Scene], handed_over: list[dict[str, Any]]
) -> None:
    mine = photographic(tiny_sd, control)
    placement = block()
    (scene,) = open_backend(mine).make(ask(2, placement=placement), silent)
    (render,) = renders
    assert render.depth is not None
    near = nearness(render.depth)
    assert near[60, 4, 0] > near[4, 4, 0]  # the floor before the product, and the wall
    painted, border = handed_over
    assert (np.asarray(painted["control_image"]) == near).all()
    assert (painted["strength"], painted["control_guidance_start"], painted["control_guidance_end"]) == (0.4, 0.0, 0.8)
    assert border["strength"] == 0.3
    opaque = placement.product[..., 3] == 255
    assert (compose(placement.product, scene.pixels).pixels[opaque] == placement.product[..., :3][opaque]).all()


@pytest.mark.parametrize("name", ["photographic-sdxl", "photographic-flux", "photographic-z-image", "sdxl-background"])
def test_its_kin_by_other_models_start_from_the_render_and_keep_the_product(
    name: str, tiny_xl: Path, tmp_path: Path, renders: list[Scene], handed_over: list[dict[str, Any]]
) -> None:
    mine = _kin(name, tiny_xl, tmp_path)
    placement = block()
    (scene,) = open_backend(mine).make(ask(2, placement=placement), silent)
    opaque = placement.product[..., 3] == 255
    assert (compose(placement.product, scene.pixels).pixels[opaque] == placement.product[..., :3][opaque]).all()
    assert len(renders) == (mine.defaults.get("init") == "studio")
    if renders:
        (again,) = open_backend(mine).make(ask(2, placement=placement, parameters={"strength": 1.0}), silent)
        assert (scene.pixels != again.pixels).any()
    if renders and mine.control:
        depth, held = renders[0].depth, mine.control[0]
        assert depth is not None and (np.asarray(handed_over[0]["control_image"]) == nearness(depth)).all()
        assert (handed_over[0]["control_guidance_start"], handed_over[0]["control_guidance_end"]) == (0.0, held.end)
        deaf = mine.model_copy(update={"control": (held.model_copy(update={"scale": 0.0}),)})
        (unheld,) = open_backend(deaf).make(ask(2, placement=placement), silent)
        assert (scene.pixels != unheld.pixels).any()


def _kin(name: str, tiny_xl: Path, folder: Path) -> Recipe:
    """The shipped recipe on small models of its kind."""
    shipped = recipes.get(name)
    weights, control = tiny_xl, save_control(folder / "control", xl=True)
    if name == "photographic-z-image":
        weights = SAVE["z-image-inpaint"](folder / "z")
    elif name == "photographic-flux":
        with quiet():
            weights, control = SAVE["flux-inpaint"](folder / "flux"), save_flux_control(folder / "flux-control")
    added: dict[str, Any] = {
        "control": [{**one.model_dump(exclude={"model"}), "path": control} for one in shipped.control]
    }
    defaults = {**shipped.defaults, "num_inference_steps": 5, "width": 64, "height": 64}
    mine = recipe(weights, shipped.backend, added=added, **defaults)
    assert shipped.model is not None and mine.model is not None
    return mine.model_copy(update={"model": mine.model.model_copy(update={"pipeline": shipped.model.pipeline})})


@pytest.mark.parametrize("size", [(72, 128), (192, 64)])
def test_the_render_is_no_smaller_than_what_diffusion_makes_of_it(
    size: tuple[int, int], tiny_sd: Path, control: Path, renders: list[Scene], handed_over: list[dict[str, Any]]
) -> None:
    list(open_backend(photographic(tiny_sd, control)).make(ask(2, placement=block(size)), silent))
    height, width = renders[0].pixels.shape[:2]
    assert width / height == pytest.approx(size[0] / size[1], rel=0.05)
    assert width >= handed_over[0]["width"] and height >= handed_over[0]["height"]


def test_seeds_of_a_set_share_its_render_and_no_seed_depends_on_another(
    tiny_sd: Path, control: Path, renders: list[Scene]
) -> None:
    mine = photographic(tiny_sd, control, border_strength=0.0)
    assert mine.defaults["seeds_a_set"] == 2
    together = list(open_backend(mine).make(ask(4, 5, 6), silent))
    assert [scene.seed for scene in renders] == [2, 3]
    (alone,) = open_backend(mine).make(ask(5), silent)
    assert (alone.pixels == together[1].pixels).all() and (together[0].pixels != together[1].pixels).any()


@pytest.mark.usefixtures("renders")
def test_strength_says_how_much_of_the_render_is_left(
    tiny_sd: Path, control: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(strength: float) -> np.ndarray:
        mine = photographic(tiny_sd, control, border_strength=0.0, strength=strength)
        return next(open_backend(mine).make(ask(1), silent)).pixels.astype(int)

    strengths = (0.2, 0.6, 1.0)
    of_the_render = [made(strength) for strength in strengths]
    _render_negatives(monkeypatch)
    of_its_negative = [made(strength) for strength in strengths]
    little, more, nothing = (
        np.abs(one - other).mean() for one, other in zip(of_the_render, of_its_negative, strict=True)
    )
    assert little > more > nothing


def _render_negatives(monkeypatch: pytest.MonkeyPatch) -> None:
    """The studio renders the same sets with every brightness turned round."""
    real = StudioBackend.make

    def negative(self: StudioBackend, request: SceneRequest, report: Any) -> Iterator[Scene]:
        return (replace(scene, pixels=255 - scene.pixels) for scene in real(self, request, report))

    monkeypatch.setattr(StudioBackend, "make", negative)


def test_start_and_end_say_when_the_controlnet_is_heard(tiny_sd: Path, control: Path) -> None:
    def made(**when: float) -> np.ndarray:
        added = {"control": {"path": control, "kind": "depth", **when}}
        return make(tiny_sd, "inpaint", ask(1), added=added, num_inference_steps=4, control_scale=1.0)[0].pixels

    whole, first, last = made(), made(end=0.5), made(start=0.5)
    assert (whole != first).any() and (whole != last).any() and (first != last).any()
    with pytest.raises(ValueError, match="start must be less than end"):
        made(start=0.6, end=0.5)


def test_a_wrong_span_is_named_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (Path(recipes.paths()["photographic"])).read_text("utf-8").replace("start = 0.0", "start = 0.9")
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    monkeypatch.setenv("ECOMGEN_PIPELINES", str(tmp_path))
    with pytest.raises(BadRecipe, match=r"mine\.toml.*control.*start must be less than end"):
        recipes.get("mine")
