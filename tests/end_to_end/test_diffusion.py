"""Stable Diffusion through the command line: a small model in the real format, the real loader, every mode."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from commands import Run, pixels
from drawn_photo import draw_can
from PIL import Image, ImageDraw, ImageFont
from sd_parsers import ParserManager
from tiny_flow_models import save_kontext
from tiny_models import save_control

from ecomgen.generation import Make, generate
from ecomgen.record import CandidateEntry
from ecomgen.request import Request
from ecomgen.scenes import Backend
from ecomgen.types import Placement, Report, Scene, SceneRequest


@pytest.fixture
def recipes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_inpaint: Path, tiny_sd: Path) -> None:
    """The pipelines "fill" (inpainting) and "again" (image to image)."""
    monkeypatch.setenv("ECOMGEN_PIPELINES", str(tmp_path))
    for name, backend, folder in (("fill", "inpaint", tiny_inpaint), ("again", "img2img", tiny_sd)):
        (tmp_path / f"{name}.toml").write_text(
            f'title = "{name}"\nbackend = "{backend}"\nlicence = "CC0-1.0"\n[model]\npath = "{folder}"\n'
            'dtype = "float32"\n[defaults]\nscheduler = "DDIMScheduler"\nnum_inference_steps = 2\n'
            "guidance_scale = 3.0\nstrength = 0.8\nwidth = 64\nheight = 64\n"
        )


def make(run: Run, photo: Path, out: Path, *options: object) -> dict:
    answer = run(
        "generate", photo, "--prompt", "on a marble shelf", "--seed", 5, "--count", 2, "--size", "96x128",
        "--threshold", 0, "--out", out, "--json", *options,
    )  # fmt: skip
    assert answer.code == 0, answer.err
    return answer.json


@pytest.mark.usefixtures("recipes")
@pytest.mark.parametrize(("pipeline", "mode"), [("fill", "keep"), ("fill", "replace"), ("again", "keep")])
def test_what_is_kept_is_exact(run: Run, photo: Path, tmp_path: Path, pipeline: str, mode: str) -> None:
    record = make(run, photo, tmp_path / "out", "--pipeline", pipeline, "--mode", mode)
    kept = pixels(tmp_path / "out" / "product.png")
    opaque = kept[..., 3] == 255
    made = [pixels(tmp_path / "out" / entry["path"]) for entry in record["candidates"]]
    assert opaque.any() and (kept[..., 3] == 0).any()
    for picture in made:
        assert picture.shape == (128, 96, 3)
        np.testing.assert_array_equal(picture[opaque], kept[opaque, :3])
    assert (made[0] != made[1]).any()
    assert record["models"] and record["parameters"]["scheduler"] == "DDIMScheduler"


@pytest.mark.usefixtures("recipes")
def test_redraw_binds_nothing_and_is_logged(run: Run, photo: Path, tmp_path: Path) -> None:
    record = make(
        run, photo, tmp_path / "out", "--pipeline", "again", "--mode", "redraw", "--steps", 3, "--guidance-scale", 2,
        "--strength", 0.9, "--negative-prompt", "people",
    )  # fmt: skip
    parameters = record["parameters"]
    assert (parameters["num_inference_steps"], parameters["guidance_scale"], parameters["strength"]) == (3, 2.0, 0.9)
    assert record["negative_prompt"] == "people"
    path = tmp_path / "out" / record["candidates"][0]["path"]
    parsed = ParserManager().parse(path)
    assert parsed and parsed.samplers[0].parameters["cfg_scale"] == "2.0"
    with Image.open(path) as picture:
        assert "compositeWithTrainedAlgorithmicMedia" in picture.text["XML:com.adobe.xmp"]
        assert "Negative prompt: people" in picture.text["parameters"]


@pytest.mark.usefixtures("recipes")
def test_a_replay_is_identical_and_refuses_other_weights(
    run: Run, photo: Path, tmp_path: Path, tiny_inpaint: Path, tiny_sd: Path
) -> None:
    record = make(
        run, photo, tmp_path / "out", "--pipeline", "fill", "--init", "photo", "--framing", "whole",
        "--border-strength", 0.6, "--mask-grow", 1, "--mask-feather", 0, "--product", "bottle",
    )  # fmt: skip
    parameters = record["parameters"]
    assert (parameters["init"], parameters["framing"], parameters["border_strength"]) == ("photo", "whole", 0.6)
    assert (parameters["mask_grow"], parameters["mask_feather"], parameters["compile"]) == (1, 0, False)
    again = run("runs", "replay", record["run_id"], "--verify", "--json")
    assert again.code == 0 and all(picture["identical"] for picture in again.json["pictures"])

    recipe = tmp_path / "fill.toml"
    recipe.write_text(recipe.read_text().replace(str(tiny_inpaint), str(tiny_sd)))
    refused = run("runs", "replay", record["run_id"], "--verify")
    assert refused.code == 4 and record["models"][0]["sha256"] in refused.err


@pytest.mark.usefixtures("recipes")
def test_strength_follows_the_first_image_unless_given(run: Run, photo: Path, tmp_path: Path) -> None:
    def made(name: str, *options: object) -> tuple[dict, list[str]]:
        record = make(run, photo, tmp_path / name, "--pipeline", "fill", "--count", 1, *options)
        return record, [entry["sha256"] for entry in record["candidates"]]

    plain, of_plain = made("plain", "--strength", 1)
    unseen, of_unseen = made("unseen", "--init", "blur", "--strength", 1)
    seen, of_seen = made("seen", "--init", "blur")
    noise, of_noise = made("noise", "--init", "noise")
    assert of_unseen == of_noise == of_plain != of_seen
    assert (plain["parameters"]["strength"], seen["parameters"]["strength"]) == (1.0, 0.85)
    said = [
        any("--init" in note and "--strength" in note for note in one["notes"]) for one in (plain, unseen, noise, seen)
    ]
    assert said == [False, True, True, False]


@pytest.mark.usefixtures("recipes")
def test_a_first_image_whose_depth_is_followed_has_an_effect_at_any_strength(
    run: Run, photo: Path, tmp_path: Path
) -> None:
    plain = tmp_path / "fill.toml"
    control = save_control(tmp_path / "control", channels=9)
    table = f'[control]\npath = "{control}"\nkind = "depth"\n[defaults]'
    (tmp_path / "held.toml").write_text(plain.read_text().replace("[defaults]", table))

    def said(pipeline: str, init: str) -> bool:
        options = ("--pipeline", pipeline, "--init", init, "--strength", 1, "--count", 1)
        notes = make(run, photo, tmp_path / f"{pipeline}-{init}", *options)["notes"]
        return any(f"--init {init}" in note and "--strength" in note for note in notes)

    assert [said("held", "studio"), said("held", "blur"), said("fill", "studio")] == [False, True, True]


@pytest.mark.usefixtures("recipes")
def test_how_much_may_be_painted_on_is_recorded(run: Run, photo: Path, tmp_path: Path) -> None:
    def most(name: str, *options: object) -> object:
        return make(run, photo, tmp_path / name, "--count", 1, *options)["parameters"].get("extension")

    assert most("usual", "--pipeline", "fill") == 0.1
    assert most("off", "--pipeline", "fill", "--extension", "off") == "off"
    assert most("around", "--pipeline", "fill", "--mode", "replace") is None
    refused = run("generate", photo, "--prompt", "x", "--extension", "much")
    assert refused.code == 2 and "--extension" in refused.err


@pytest.mark.usefixtures("recipes")
def test_the_studio_says_what_it_has_no_use_for(run: Run, photo: Path, tmp_path: Path) -> None:
    record = make(
        run, photo, tmp_path / "out", "--pipeline", "studio", "--steps", 2, "--strength", 0.5, "--negative-prompt", "x",
        "--init", "blur",
    )  # fmt: skip
    notes = " ".join(record["notes"])
    assert all(option in notes for option in ("--strength", "--negative-prompt", "--init"))


def drawn(paint: Callable[[Placement, int], np.ndarray], asked: list[tuple[int, ...]] | None = None) -> Make:
    """Scenes that `paint` draws of each seed, instead of the model's; `asked` hears which seeds are wanted."""

    def make(backend: Backend, request: SceneRequest, report: Report) -> Iterator[Scene]:
        del backend, report
        if asked is not None:
            asked.append(request.seeds)
        for seed in request.seeds:
            yield Scene(seed=seed, pixels=paint(request.placement, seed), steps=1, sampler="drawn")

    return make


def wall(placement: Placement, seed: int) -> np.ndarray:
    """One colour all over, another for each seed, and a little grainy."""
    size = placement.canvas.height, placement.canvas.width, 3
    colour = (200, 230 - 15 * (seed % 8), 90 + 15 * (seed % 8))
    return (colour + np.random.default_rng(seed).normal(0, 2, size)).clip(0, 255).astype(np.uint8)


def ground(placement: Placement, seed: int) -> np.ndarray:
    """The same, darker where the product touches it."""
    box, scene = placement.box, wall(placement, seed)
    rows, columns = np.mgrid[: scene.shape[0], : scene.shape[1]]
    reach = box.width / 2
    away = np.hypot((columns - (box.x0 + box.x1) / 2) / reach, (rows - box.y1) / (0.25 * reach))
    return (scene * (1 - 0.7 * np.exp(-(away**2)))[..., None]).astype(np.uint8)


LAID = "the scene had no contact shadow under the product, so a soft one was laid"


@pytest.mark.usefixtures("recipes")
def test_a_contact_shadow_is_laid_where_the_scene_has_none(tmp_path: Path) -> None:
    photo, made = draw_can(tmp_path / "can.png"), {}
    for name, scene, told in (
        ("flat", wall, {}),
        ("told", wall, {"contact_shadow": False}),
        ("dark", ground, {}),
    ):
        request = Request(
            photos=(photo,), prompt="on oak", pipeline="again", count=1, seed=5, size=(240, 240), threshold=0,
            out=tmp_path / name, **told,
        )  # fmt: skip
        run = generate(request, make=drawn(scene))
        (one,) = run.record.candidates
        picture = pixels(run.folder / one.path)
        alpha = pixels(run.folder / "product.png")[..., 3]
        foot = int(np.flatnonzero(alpha.any(1))[-1])
        under = picture[foot + 2 : foot + 6][:, alpha[foot] == 255].mean()
        made[name] = (run.record.parameters.contact_shadow, LAID in one.notes, under, picture[:20].mean())
    assert [one[:2] for one in made.values()] == [(True, True), (False, False), (True, False)]
    flat, told, _ = (under / far for _, _, under, far in made.values())
    assert flat < 0.95 and told > 0.98


@pytest.mark.usefixtures("recipes")
def test_more_seeds_follow_while_too_few_pass(tmp_path: Path) -> None:
    photo = draw_can(tmp_path / "can.png")

    def extended(until: int) -> Callable[[Placement, int], np.ndarray]:
        def paint(placement: Placement, seed: int) -> np.ndarray:
            scene, box = ground(placement, seed), placement.box
            if seed < until:
                scene[box.y0 - box.height // 3 : box.y0 + 2, box.x0 : box.x1] = (40, 90, 200)
            return scene

        return paint

    def run(name: str, until: int, **options: Any) -> tuple[list[tuple[int, ...]], list[CandidateEntry]]:
        asked: list[tuple[int, ...]] = []
        request = Request(
            photos=(photo,), prompt="on oak", pipeline="again", count=2, seed=5, size=(240, 240), out=tmp_path / name,
            contact_shadow=False, **options,
        )  # fmt: skip
        return asked, list(generate(request, make=drawn(extended(until), asked)).record.candidates)

    asked, made = run("some", 8, keep=2)
    assert asked == [(5, 6), (7, 8), (9,)]
    assert [(one.seed, one.kept) for one in made] == [(5, False), (6, False), (7, False), (8, True), (9, True)]
    assert all("on to the product" in one.reasons[0] for one in made[:3])
    asked, made = run("none", 99, keep=2)
    assert asked == [(5, 6), (7, 8), (9, 10)] and not any(one.kept for one in made)
    asked, made = run("unasked", 99)
    assert asked == [(5, 6)] and not any(one.kept for one in made)


MOVED = np.array([[0.95, 0.02, 16.0], [-0.02, 0.95, 20.0]])  # by the model, in its answer


@pytest.fixture
def answers(tmp_path: Path, recipes: None, monkeypatch: pytest.MonkeyPatch) -> list[np.ndarray]:
    """The pipeline "edit", a small model that edits. Its answer is a moved, softened copy of what it was shown; in the
    second one the label's second line is painted over."""
    del recipes
    weights = save_kontext(tmp_path / "kontext")
    (tmp_path / "edit.toml").write_text(
        f'title = "edit"\nbackend = "img2img"\nlicence = "CC0-1.0"\n[model]\npath = "{weights}"\ndtype = "float32"\n'
        'pipeline = "FluxKontextPipeline"\n[call]\nmax_area = 262144\n_auto_resize = false\n[defaults]\n'
        'scheduler = "FlowMatchEulerDiscreteScheduler"\nnum_inference_steps = 2\nwidth = 512\nheight = 512\n'
    )
    import diffusers

    kind, made = diffusers.FluxKontextPipeline, []
    real = kind.__call__

    @functools.wraps(real)
    def answer(self: Any, **options: Any) -> Any:
        output = real(self, **options)
        shown = np.asarray(options["image"]).copy()
        rows, columns = np.nonzero((shown == BORDER).all(-1))
        if made:
            top, bottom = np.interp((0.52, 0.9), (0, 1), (rows.min(), rows.max())).astype(int)
            shown[top:bottom, columns.min() + 20 : columns.max() - 20] = PAPER
        soft = cv2.GaussianBlur(shown, (0, 0), 0.9)
        made.append(cv2.warpAffine(soft, MOVED, (512, 512), flags=cv2.INTER_CUBIC, borderValue=(170, 160, 150)))
        output.images = made[-1][None] / np.float32(255)
        return output

    monkeypatch.setattr(kind, "__call__", answer)
    return made


BORDER, PAPER = (30, 60, 200), (240, 232, 215)


def label(path: Path) -> Path:
    """A label with two lines between squares of many colours, already cut out."""
    squares = np.random.default_rng(3).integers(20, 235, (16, 20, 3)).astype(np.uint8)
    picture = Image.fromarray(squares).resize((400, 320), Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 399, 319), outline=BORDER, width=10)
    for line, top in (("HOLLOW", 40), ("FERN TEA", 180)):
        draw.rectangle((40, top, 360, top + 100), fill=PAPER)
        draw.text((56, top + 10), line, (40, 30, 30), font=ImageFont.load_default(66))
    rgba = np.dstack([np.asarray(picture), np.full((320, 400), 255, np.uint8)])
    Image.fromarray(np.pad(rgba, ((60, 60), (60, 60), (0, 0)))).save(path)
    return path


def redrawn(run: Run, folder: Path, name: str) -> tuple[dict, np.ndarray, np.ndarray]:
    """The picture's entry in run.json, the picture, and the product as it was placed."""
    photo = label(folder / "label.png")
    answer = run(
        "generate", photo, "--prompt", "on oak", "--pipeline", "edit", "--mode", "redraw", "--seed", 5, "--count", 1,
        "--size", "512x512", "--threshold", 0, "--out", folder / name, "--json",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    (entry,) = answer.json["candidates"]
    return entry, pixels(folder / name / entry["path"]), pixels(folder / name / "product.png")


def test_an_edited_picture_gets_the_true_pixels_back_where_they_fit_and_its_text_is_read_again(
    run: Run, tmp_path: Path, answers: list[np.ndarray]
) -> None:
    pytest.importorskip("rapidocr")
    whole, kept, product = redrawn(run, tmp_path, "keep")
    part, wiped, _ = redrawn(run, tmp_path, "wipe")
    shares = [
        int(found[1]) for one in (whole, part) for note in one["notes"] if (found := re.search(r"(\d+)% of it", note))
    ]
    assert len(shares) == 2 and shares[0] > 85 and 40 < shares[1] < 70
    true = cv2.warpAffine(product, MOVED, (512, 512), flags=cv2.INTER_CUBIC)
    inside = cv2.erode(true[..., 3], np.ones((15, 15))) == 255
    for picture, answer in zip((kept, wiped), answers, strict=True):
        same = np.abs(answer.astype(int) - true[..., :3]).max(-1) < 40
        fits = inside & (cv2.erode(same.astype(np.uint8), np.ones((15, 15))) == 1)
        away = [float(np.abs(one.astype(int) - true[..., :3])[fits].mean()) for one in (picture, answer)]
        assert fits.sum() > 5000 and away[0] < 0.5 * away[1]
        beyond = cv2.dilate(true[..., 3], np.ones((9, 9))) == 0
        assert (picture[beyond] == answer[beyond]).all()
    gone = inside & (np.abs(answers[1].astype(int) - true[..., :3]).max(-1) > 120)
    assert gone.sum() > 500 and (wiped[gone] == answers[1][gone]).all(-1).mean() > 0.9  # as the model drew it
    assert whole["scores"]["identity"] > 0.9 and part["scores"]["identity"] < 0.5
    assert whole["scores"]["character_error_rate"] == 0 and part["scores"]["character_error_rate"] > 0.3
    assert [any("FERN TEA" in finding for finding in one["findings"]) for one in (whole, part)] == [False, True]
