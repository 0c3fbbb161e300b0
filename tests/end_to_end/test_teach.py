"""A product that diffusion is taught, on a small model in the real format: it learns, goes on, and is used by name."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from commands import Run
from PIL import Image
from tiny_models import save_xl

from ecomgen import recipes
from ecomgen.errors import Cancelled
from ecomgen.request import TeachRequest
from ecomgen.scenes.diffusion import teaching as lessons
from ecomgen.scenes.diffusion.teaching import Lesson
from ecomgen.settings import settings
from ecomgen.types import Progress, silent
from ecomgen.workflows.teaching import teach

LESSON = ("--pipeline", "again", "--product", "can", "--sets", 1, "--steps", 16, "--rank", 4, "--learning-rate", 0.01,
          "--priors", 1, "--resolution", 64, "--every", 8, "--json")  # fmt: skip


@pytest.fixture(autouse=True)
def recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_sd: Path) -> None:
    monkeypatch.setenv("ECOMGEN_PIPELINES", str(tmp_path))
    write_recipe(tmp_path / "again.toml", tiny_sd)


def write_recipe(file: Path, weights: Path) -> None:
    file.write_text(
        f'title = "again"\nbackend = "img2img"\nlicence = "CC0-1.0"\n[model]\npath = "{weights}"\ndtype = "float32"\n'
        '[defaults]\nscheduler = "DDIMScheduler"\nnum_inference_steps = 2\nguidance_scale = 3.0\nstrength = 0.8\n'
        "width = 64\nheight = 64\n"
    )


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    pixels = np.zeros((96, 96, 4), np.uint8)
    pixels[16:80, 32:64] = (40, 90, 200, 255)
    Image.fromarray(pixels).save(tmp_path / "can.png")
    return tmp_path / "can.png"


def test_it_learns_and_is_used_by_name(run: Run, tmp_path: Path, photo: Path) -> None:
    taught = run("teach", photo, "--name", "bluecan", *LESSON)
    assert taught.code == 0, taught.err
    assert taught.json["after"] < 0.99 * taught.json["before"]
    assert len(list((settings().home / "loras" / "bluecan" / "previews").glob("*.png"))) == 2
    assert run("teach", photo, "--name", "bluecan", *LESSON).code == 2

    made = {}
    for name, options in (("plain", ()), ("taught", ("--lora", "bluecan"))):
        answer = run("generate", photo, "--prompt", "a bluecan on oak", "--pipeline", "again", "--mode", "redraw",
                     "--seed", 5, "--count", 1, "--size", "64x64", "--threshold", 0, "--out", tmp_path / name, "--json",
                     *options)  # fmt: skip
        assert answer.code == 0, answer.err
        made[name] = answer.json
    one, other = (entry["candidates"][0]["sha256"] for entry in made.values())
    assert one != other
    used = {model["id"]: model["sha256"] for model in made["taught"]["models"]}
    assert used["bluecan.safetensors"] == taught.json["sha256"]
    again = run("runs", "replay", made["taught"]["run_id"], "--verify", "--json")
    assert again.code == 0 and again.json["pictures"][0]["identical"], again.err


def test_a_lesson_that_was_stopped_ends_as_one_that_was_not(run: Run, photo: Path) -> None:
    lesson = (*LESSON, "--steps", 8, "--every", 4)
    whole = run("teach", photo, "--name", "whole", *lesson).json
    (settings().home / "loras" / "whole").rename(settings().home / "kept")

    def stop(progress: Progress) -> None:
        if progress.step == "teach" and progress.done == 6:
            raise Cancelled

    asked = TeachRequest(
        photos=(photo,), name="whole", pipeline="again", product="can", sets=1, steps=8, rank=4, learning_rate=0.01,
        priors=1, resolution=64, every=4,
    )  # fmt: skip
    with pytest.raises(Cancelled):
        teach(asked, stop)
    assert "done" not in json.loads((settings().home / "loras" / "whole" / "teach.json").read_text())
    assert run("teach", photo, "--name", "whole", *lesson, "--seed", 3).code == 2
    damaged = settings().home / "loras" / "damaged"
    damaged.mkdir()
    (damaged / "teach.json").write_text("{")
    assert run("teach", photo, "--name", "damaged", *lesson).code == 2
    went_on = run("teach", photo, "--name", "whole", *lesson).json
    assert went_on["losses"] == whole["losses"] and went_on["sha256"] == whole["sha256"]


def test_xl_can_be_taught(run: Run, tmp_path: Path, photo: Path) -> None:
    write_recipe(tmp_path / "xl.toml", save_xl(tmp_path / "weights"))
    taught = run("teach", photo, "--name", "xl-can", *LESSON, "--pipeline", "xl", "--learning-rate", 0.04)
    assert taught.code == 0, taught.err
    assert taught.json["after"] < 0.99 * taught.json["before"]
    made = [
        run("generate", photo, "--prompt", "an xl-can on oak", "--pipeline", "xl", "--mode", "redraw", "--seed", 5,
            "--count", 1, "--size", "64x64", "--threshold", 0, "--out", tmp_path / str(len(options)), "--json",
            *options)
        for options in ((), ("--lora", "xl-can"))
    ]  # fmt: skip
    one, other = (answer.json["candidates"][0]["sha256"] for answer in made)
    assert one != other
    assert taught.json["sha256"] in {model["sha256"] for model in made[1].json["models"]}


def test_pictures_of_the_kind_count_as_much_as_they_are_told(tmp_path: Path) -> None:
    picture = np.random.default_rng(2).integers(0, 255, (64, 64, 3)).astype(np.uint8)

    def learnt(prior: float) -> tuple[tuple[float, ...], bytes]:
        lesson = Lesson(
            shown="a bluecan can", kind="a can", pictures=(picture,), steps=2, rank=4, rate=0.01, prior=prior, priors=1,
            seed=5, every=2,
        )  # fmt: skip
        folder = tmp_path / str(prior)
        folder.mkdir()
        found = lessons.teach(recipes.get("again"), lesson, folder, "lora.safetensors", silent)
        return found.losses, (folder / "lora.safetensors").read_bytes()

    (none, without), (half, _), (whole, with_all) = (learnt(prior) for prior in (0.0, 0.5, 1.0))
    assert whole[0] - none[0] > 0.01  # the first step begins with the same weights and noise
    assert half[0] - none[0] == pytest.approx((whole[0] - none[0]) / 2, abs=1e-4)
    assert with_all != without


def test_what_was_not_taught_is_told(run: Run, photo: Path) -> None:
    base = ("generate", photo, "--prompt", "x", "--pipeline", "again", "--size", "64x64")
    assert run(*base, "--lora", "nobody").code == 2
    assert run(*base, "--lora", "../etc").code == 2
    assert run("teach", photo, "--name", "a b", *LESSON).code == 2
    assert run("teach", photo, "--name", "can", *LESSON, "--pipeline", "studio").code == 2


def test_a_model_that_is_not_here_cannot_be_taught(run: Run, photo: Path) -> None:
    answer = run("teach", photo, "--name", "can", *LESSON, "--pipeline", "sd15-img2img")
    assert answer.code == 4 and answer.err.strip().endswith('Run "ecomgen models pull sd15-img2img".')
