"""The back end as the pipeline calls it: small pictures, really rendered."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ecomgen import system
from ecomgen.errors import Cancelled
from ecomgen.recipes import get
from ecomgen.scenes.studio.backend import StudioBackend, preview
from ecomgen.scenes.studio.rendering import variants
from ecomgen.types import Box, Canvas, Placement, Progress, SceneRequest, silent

PARAMETERS = {"samples_per_pixel": 2, "max_depth": 3, "denoise": True, "variant": "scalar_rgb"}


def placement(width: int = 72, height: int = 80, background: tuple[int, int, int] | None = None) -> Placement:
    """A blue box that stands on the canvas, its edge soft by one pixel."""
    product = np.zeros((height, width, 4), np.uint8)
    box = Box(width // 3, height // 4, 2 * width // 3, int(0.8 * height))
    product[box.y0 : box.y1, box.x0 : box.x1] = (40, 80, 190, 128)
    product[box.y0 + 1 : box.y1 - 1, box.x0 + 1 : box.x1 - 1, 3] = 255
    canvas = Canvas(width=width, height=height, background=background)
    return Placement(canvas=canvas, product=product, box=box, scale=1.0, contact_y=box.y1)


def request(prompt: str, *seeds: int, **changes: object) -> SceneRequest:
    asked = SceneRequest(prompt=prompt, placement=placement(), seeds=seeds, parameters=PARAMETERS)
    return replace(asked, **changes)  # type: ignore[arg-type]


@pytest.fixture
def studio():
    return StudioBackend(get("studio"))


@pytest.mark.parametrize("prompt", ["window", "lake", "neon", "flat lay"])
def test_a_picture_has_the_canvas_size(studio, prompt: str) -> None:
    (scene,) = studio.make(request(prompt, 3), silent)
    assert scene.pixels.shape == (80, 72, 3)
    assert scene.pixels.dtype == np.uint8
    assert scene.steps == 2
    assert scene.sampler == "path"
    assert scene.pixels.std() > 3


def test_seeds_differ_and_do_not_depend_on_their_neighbours(studio) -> None:
    both = list(studio.make(request("sweep", 1, 2), silent))
    (alone,) = studio.make(request("sweep", 2), silent)
    assert [scene.seed for scene in both] == [1, 2]
    assert np.array_equal(both[1].pixels, alone.pixels)
    assert np.abs(both[0].pixels.astype(int) - both[1].pixels).mean() > 3


@pytest.mark.parametrize("variant", variants.DEVICES)
def test_a_replay_gives_the_same_pixels(studio, variant: str) -> None:
    if not variants.works(variant):
        pytest.skip(f"{variant} does not work on this machine.")
    parameters = {**PARAMETERS, "samples_per_pixel": 6, "variant": variant}
    first, again = (next(studio.make(request("window", 8, parameters=parameters), silent)).pixels for _ in range(2))
    assert np.array_equal(first, again)


@pytest.mark.parametrize("background", [None, (255, 255, 255)])
def test_the_products_shadow_is_as_strong_as_asked_and_nothing_else_changes(
    studio, background: tuple[int, int, int] | None
) -> None:
    placed, known = placement(background=background), {**PARAMETERS, "samples_per_pixel": 16}
    none, usual, deep = (
        next(
            studio.make(
                request("sweep", 4, placement=placed, parameters={**known, "shadow_strength": strength}), silent
            )
        ).pixels.mean(-1)
        for strength in (0.0, 1.0, 2.0)
    )
    beside = placed.product[..., 3] == 0
    fallen = beside & (none - usual > 12)
    assert fallen.sum() > 30, "the product throws a shadow"
    assert (usual - deep)[fallen].mean() > 8
    assert np.abs(none - deep)[:12].mean() < 2, "far away the picture stays"


def test_the_prompt_decides_the_colour(studio) -> None:
    (red,) = studio.make(request("red sweep backdrop", 5), silent)
    (blue,) = studio.make(request("blue sweep backdrop", 5), silent)
    assert red.pixels[..., 0].mean() > red.pixels[..., 2].mean() + 20
    assert blue.pixels[..., 2].mean() > blue.pixels[..., 0].mean() + 20


def test_a_run_made_again_has_the_scene_that_its_prompt_was_read_as(studio) -> None:
    (then,) = studio.make(request("on a green background", 1), silent)
    known = PARAMETERS | {"set_scene": json.dumps(dict(studio.understand("on a green background").scene))}
    (again,) = studio.make(request("in words of another time", 1, parameters=known), silent)
    assert np.array_equal(then.pixels, again.pixels)
    assert studio.resolved()["set_scene"] == known["set_scene"]


def test_a_channels_white_is_exactly_white_save_for_the_shadow(studio) -> None:
    white = placement(96, 96, background=(255, 255, 255))
    parameters = {**PARAMETERS, "samples_per_pixel": 16}
    (scene,) = studio.make(request("on the beach", 1, placement=white, parameters=parameters), silent)
    outside = white.product[..., 3] == 0
    assert any("plain background" in note for note in scene.notes)
    assert (scene.pixels[:20] == 255).all()
    assert (scene.pixels[:, [0, -1]] == 255).all()
    assert (scene.pixels[[0, -1]] == 255).all()
    foot = scene.pixels[white.box.y1 - 4 : white.box.y1 + 4][outside[white.box.y1 - 4 : white.box.y1 + 4]]
    assert foot.min() < 245


def test_progress_rises_and_may_stop_the_work(studio) -> None:
    told: list[Progress] = []
    list(studio.make(request("sweep", 1, 2), told.append))
    assert all(report.step == "scene" for report in told)
    assert [report.done for report in told] == sorted(report.done for report in told)
    assert [report.draft.shape for report in told if report.draft is not None] == 2 * [(20, 18, 3)]

    def stop(_: Progress) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        next(studio.make(request("sweep", 1), stop))


def test_the_canvas_may_have_any_shape(studio) -> None:
    wide = placement(160, 64)
    (scene,) = studio.make(request("window", 1, placement=wide), silent)
    assert scene.pixels.shape == (64, 160, 3)


def test_the_preview_needs_no_product(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(variants, "FASTER", ())
    monkeypatch.setenv("ECOMGEN_DEVICE", "")
    scene = preview("sweep", seed=1, width=64, height=64, report=silent)
    assert scene.pixels.shape == (64, 64, 3)


def test_the_variant_is_told_and_taken_back(studio) -> None:
    list(studio.make(request("sweep", 1), silent))
    assert studio.resolved()["variant"] == "scalar_rgb"
    assert studio.device == "cpu (scalar_rgb)"


def test_a_probe_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.delenv("DRJIT_LIBLLVM_PATH", raising=False)
    monkeypatch.setattr(system, "llvm_libraries", list)
    monkeypatch.setattr(variants, "_probe", lambda variant, _: bool(asked.append(variant)))
    assert variants.best_variant() == "scalar_rgb"
    assert variants.best_variant() == "scalar_rgb"
    assert sorted(asked) == ["cuda_ad_rgb", "llvm_ad_rgb"]


def test_the_first_library_that_renders_is_taken_and_the_environments_own_before_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DRJIT_LIBLLVM_PATH", raising=False)
    monkeypatch.setattr(system, "llvm_libraries", lambda: [Path("/a/libLLVM.so.19"), Path("/a/libLLVM.so.22")])
    monkeypatch.setattr(variants, "_probe", lambda _, library: library.endswith("22"))
    assert variants._llvm() == "/a/libLLVM.so.22"
    monkeypatch.setenv("DRJIT_LIBLLVM_PATH", "/mine/libLLVM.so")
    assert variants._llvm() is None and not variants.works("llvm_ad_rgb")


@pytest.mark.parametrize("line", ["sudo apt-get install libllvm19", ""])
def test_slow_rendering_is_said_with_the_way_out(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(variants, "best_variant", lambda: "scalar_rgb")
    monkeypatch.setattr(system, "line", lambda _: line)
    assert (line or "DRJIT_LIBLLVM_PATH") in variants.slowness()
    assert variants.capability() == ("scalar_rgb", variants.slowness())
    monkeypatch.setattr(variants, "best_variant", lambda: "llvm_ad_rgb")
    assert variants.slowness() == "" and "GPU" in variants.capability()[1]


def test_wet_ground_mirrors_the_product(studio) -> None:
    """Just below a blue product wet asphalt is bluer than dry asphalt is."""
    below = []
    for prompt in ("on wet asphalt at night", "on asphalt at night"):
        (scene,) = studio.make(request(prompt, 5, parameters=PARAMETERS | {"samples_per_pixel": 8}), silent)
        strip = scene.pixels[66:72, 28:44].astype(float).mean((0, 1))
        below.append(strip[2] / strip[0])
    assert below[0] > 1.05 * below[1]
