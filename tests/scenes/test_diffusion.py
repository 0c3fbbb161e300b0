"""Both diffusion back ends, on small random models in the real formats, through the real loaders."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tiny_models import recipe, save_sd

from ecomgen import models
from ecomgen.errors import BadRecipe, Cancelled, WeightsCorrupt, WeightsMissing
from ecomgen.models import resident
from ecomgen.scenes import modes_of, open_backend
from ecomgen.scenes.diffusion.settings import scheduler_names
from ecomgen.types import Box, Canvas, Placement, Progress, Scene, SceneRequest, silent

KINDS = [
    ("tiny_inpaint", "inpaint"),
    ("tiny_sd", "inpaint"),
    ("tiny_sd", "img2img"),
    ("tiny_xl", "inpaint"),
    ("tiny_xl", "img2img"),
    ("tiny_single_file", "inpaint"),
    ("tiny_single_file", "img2img"),
]


@pytest.fixture
def model(request: pytest.FixtureRequest) -> Callable[[str], Path]:
    return request.getfixturevalue


def ask(*seeds: int, size: tuple[int, int] = (64, 64), **options: Any) -> SceneRequest:
    """A red block on the canvas, to be set on oak."""
    width, height = size
    rgba = np.zeros((height, width, 4), np.uint8)
    box = Box(width // 4, height // 4, width * 3 // 4, height * 3 // 4)
    rgba[box.y0 : box.y1, box.x0 : box.x1] = (200, 30, 30, 255)
    canvas = Canvas(width=width, height=height)
    placement = Placement(canvas=canvas, product=rgba, box=box, scale=1.0, contact_y=box.y1 - 1)
    given = {"prompt": "on oak", "parameters": {}, **options}
    return SceneRequest(placement=placement, seeds=seeds, **given)


def make(path: Path, kind: str, request: SceneRequest, **defaults: Any) -> list[Scene]:
    return list(open_backend(recipe(path, kind, **defaults)).make(request, silent))


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_seed_makes_the_same_picture_again_and_another_another(
    model: Callable[[str], Path], name: str, kind: str
) -> None:
    first, second = make(model(name), kind, ask(1, 2))
    again = make(model(name), kind, ask(2))[0]
    assert first.pixels.shape == (64, 64, 3) and first.pixels.dtype == np.uint8
    assert (second.pixels == again.pixels).all()
    assert (first.pixels != second.pixels).any()
    assert (first.seed, second.seed) == (1, 2)


@pytest.mark.parametrize(
    ("name", "kind"), [("tiny_inpaint", "inpaint"), ("tiny_sd", "inpaint"), ("tiny_sd", "img2img")]
)
def test_a_picture_does_not_depend_on_its_neighbours_in_a_batch(
    model: Callable[[str], Path], name: str, kind: str
) -> None:
    backend = open_backend(recipe(model(name), kind, scheduler="EulerAncestralDiscreteScheduler"))
    alone = [next(iter(backend.make(ask(seed), silent))).pixels for seed in (5, 6, 7)]
    backend.batch = 3  # type: ignore[attr-defined] # as on a graphics card
    together = [scene.pixels for scene in backend.make(ask(5, 6, 7), silent)]
    for one, other in zip(alone, together, strict=True):
        assert np.abs(one.astype(int) - other).max() <= 2  # batched kernels may round differently


def test_a_stop_takes_effect_between_steps_and_leaves_nothing_behind(tiny_inpaint: Path) -> None:
    settings = {"num_inference_steps": 6, "scheduler": "DPMSolverMultistepScheduler"}
    before = make(tiny_inpaint, "inpaint", ask(3), **settings)[0]
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 8:
            raise Cancelled("stopped")

    scenes = open_backend(recipe(tiny_inpaint, "inpaint", **settings)).make(ask(1, 2, 3), stop)
    assert next(scenes).seed == 1
    with pytest.raises(Cancelled):
        next(scenes)
    assert seen[-1].done == 8
    after = make(tiny_inpaint, "inpaint", ask(3), **settings)[0]
    assert (before.pixels == after.pixels).all()


def test_threads_that_others_give_up_are_not_missed(tiny_sd: Path) -> None:
    """PyTorch hands a new thread the number that another set for itself, and rounds otherwise with fewer."""
    usual, found = models.threads(), []

    def run() -> None:
        make(tiny_sd, "img2img", ask(1))
        found.append(torch.get_num_threads())

    torch.set_num_threads(usual + 1)
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        torch.set_num_threads(usual)
    assert found == [usual]


def test_requests_at_the_same_time_do_not_disturb_each_other(tiny_sd: Path) -> None:
    schedulers = ("EulerDiscreteScheduler", "DDIMScheduler", "DPMSolverMultistepScheduler")
    alone = {name: make(tiny_sd, "img2img", ask(1, 2), scheduler=name) for name in schedulers}
    together: dict[str, list[Scene]] = {}

    def run(name: str) -> None:
        together[name] = make(tiny_sd, "img2img", ask(1, 2), scheduler=name)

    threads = [threading.Thread(target=run, args=(name,)) for name in schedulers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in schedulers:
        for one, other in zip(alone[name], together[name], strict=True):
            assert (one.pixels == other.pixels).all()


def test_one_file_makes_the_folders_pictures(tiny_sd: Path, tiny_single_file: Path) -> None:
    folder, file = (make(path, "img2img", ask(1))[0] for path in (tiny_sd, tiny_single_file))
    apart = np.abs(folder.pixels.astype(int) - file.pixels)  # some processors round by where weights lie in memory
    assert apart.max() <= 1 and apart.mean() < 0.001


@pytest.mark.parametrize("name", scheduler_names())
def test_every_scheduler_that_may_be_named_works(tiny_sd: Path, name: str) -> None:
    (scene,) = make(tiny_sd, "img2img", ask(1), scheduler=name, num_inference_steps=4)
    assert scene.sampler == name
    assert scene.pixels.std() > 0


def test_parameters_change_the_picture(tiny_inpaint: Path) -> None:
    plain = make(tiny_inpaint, "inpaint", ask(1))[0]
    for parameters in ({"guidance_scale": 9.0}, {"strength": 0.6}, {"num_inference_steps": 3}):
        changed = make(tiny_inpaint, "inpaint", ask(1, parameters=parameters))[0]
        assert (changed.pixels != plain.pixels).any(), parameters
    unwanted = make(tiny_inpaint, "inpaint", ask(1, negative_prompt="people"))[0]
    assert (unwanted.pixels != plain.pixels).any()


def test_progress_counts_every_step_of_every_picture(tiny_inpaint: Path) -> None:
    seen: list[Progress] = []
    three = recipe(tiny_inpaint, "inpaint", num_inference_steps=3, scheduler="DDIMScheduler")
    list(open_backend(three).make(ask(1, 2), seen.append))
    steps = [progress for progress in seen if progress.done]
    assert [progress.done for progress in steps] == [1, 2, 3, 4, 5, 6]
    assert {progress.total for progress in steps} == {6}


def test_another_size_is_resized_and_said(tiny_inpaint: Path) -> None:
    (scene,) = make(tiny_inpaint, "inpaint", ask(1, size=(144, 96)))
    assert scene.pixels.shape == (96, 144, 3)
    assert scene.notes == ("generated at 80x56, resized to 144x96",)
    assert make(tiny_inpaint, "inpaint", ask(1))[0].notes == ()


def test_the_native_size_is_the_checkpoints_where_the_recipe_names_none(tiny_xl: Path) -> None:
    (scene,) = make(tiny_xl, "img2img", ask(1, size=(128, 128)), width=None, height=None)
    assert scene.notes == ("generated at 64x64, resized to 128x128",)  # 8 latents a side, 8 pixels each


def test_a_prompt_is_read_to_its_end(tiny_inpaint: Path) -> None:
    zebra, lemon = (make(tiny_inpaint, "inpaint", ask(1, prompt="oak " * 40 + end))[0] for end in ("zebra", "lemon"))
    assert (zebra.pixels != lemon.pixels).any() and zebra.notes == ()


def test_a_withheld_picture_is_said(tmp_path: Path, tiny_inpaint: Path) -> None:
    (black,) = make(save_sd(tmp_path / "flags", checker="flags"), "img2img", ask(1))
    assert "safety checker" in black.withheld
    fine = make(tiny_inpaint, "inpaint", ask(1))[0]
    assert fine.pixels.any() and not fine.withheld


def test_replacing_and_keeping_differ(tiny_inpaint: Path) -> None:
    kept, replaced = (
        make(tiny_inpaint, "inpaint", ask(1, mode=mode), strength=0.6)[0].pixels for mode in ("keep", "replace")
    )
    assert (kept != replaced).any()


def test_modes_are_known_without_weights(tmp_path: Path) -> None:
    assert modes_of(recipe(tmp_path, "inpaint")) == {"keep", "replace"}
    assert modes_of(recipe(tmp_path, "img2img")) == {"keep", "redraw"}


def test_a_model_for_inpainting_cannot_do_image_to_image(tiny_inpaint: Path) -> None:
    with pytest.raises(BadRecipe, match='backend = "inpaint"'):
        make(tiny_inpaint, "img2img", ask(1))


@pytest.mark.parametrize("kind", ["inpaint", "img2img"])
def test_the_products_name_reaches_the_model(tiny_sd: Path, kind: str) -> None:
    plain, named = (make(tiny_sd, kind, ask(1, product=product))[0].pixels for product in ("", "a bottle"))
    assert (plain != named).any()


def test_the_log_can_name_model_and_choices(tiny_sd: Path) -> None:
    backend = open_backend(recipe(tiny_sd, "img2img"))
    (used,) = backend.models
    assert used.id == tiny_sd.name and len(used.sha256) == 64
    resolved = backend.resolved()
    assert (resolved["scheduler"], resolved["dtype"], resolved["strength"]) == ("PNDMScheduler", "float32", 0.75)
    named = open_backend(recipe(tiny_sd, "img2img", scheduler="DDIMScheduler"))
    assert named.resolved()["scheduler"] == "DDIMScheduler"
    assert backend.understand("on oak").understood == ()


def test_nothing_is_printed(tiny_sd: Path, capfd: pytest.CaptureFixture[str]) -> None:
    resident.forget()
    make(tiny_sd, "inpaint", ask(1, prompt="oak " * 60))
    assert capfd.readouterr() == ("", "")


def test_weights_that_are_gone_or_cut_are_said_before_anything_is_loaded(tmp_path: Path, tiny_sd: Path) -> None:
    with pytest.raises(WeightsMissing):
        open_backend(recipe(tmp_path / "gone", "inpaint"))
    copy = shutil.copytree(tiny_sd, tmp_path / "copy")
    file = copy / "unet" / "diffusion_pytorch_model.safetensors"
    file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(WeightsCorrupt, match="truncated"):
        open_backend(recipe(copy, "inpaint"))


@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder"])
def test_weights_of_another_shape_are_said_in_one_sentence(tmp_path: Path, tiny_sd: Path, part: str) -> None:
    from safetensors.numpy import load_file, save_file

    copy = shutil.copytree(tiny_sd, tmp_path / "copy")
    (file,) = (copy / part).glob("*.safetensors")
    tensors = load_file(file)
    save_file({name: np.zeros((3, 3), np.float32) for name in tensors}, file)
    with pytest.raises(WeightsCorrupt) as caught:
        make(copy, "inpaint", ask(1))
    assert "\n" not in str(caught.value) and "Fetch or copy the model again." in str(caught.value)


def test_a_checkpoints_layout_can_be_wrong(tmp_path: Path, tiny_sd: Path) -> None:
    copy = shutil.copytree(tiny_sd, tmp_path / "copy")
    index = json.loads((copy / "model_index.json").read_text())
    (copy / "model_index.json").write_text(json.dumps({**index, "unet": ["diffusers", "NoSuchNetwork"]}))
    with pytest.raises(WeightsCorrupt):
        make(copy, "inpaint", ask(1))
