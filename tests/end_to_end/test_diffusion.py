"""Stable Diffusion through the command line: a small model in the real format, the real loader, every mode."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from commands import Run
from PIL import Image
from sd_parsers import ParserManager
from tiny_models import save_control


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


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture)


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


@pytest.mark.usefixtures("recipes")
def test_diffusion_lays_a_contact_shadow_unless_told_otherwise(run: Run, tmp_path: Path, photo: Path) -> None:
    by_itself = make(run, photo, tmp_path / "a", "--pipeline", "again")
    without = make(run, photo, tmp_path / "b", "--pipeline", "again", "--no-contact-shadow")
    laid = "the scene had no contact shadow under the product, so a soft one was laid"
    notes = [reason for one in by_itself["candidates"] for reason in one.get("notes", []) + one["reasons"]]
    assert by_itself["parameters"]["contact_shadow"] is True and without["parameters"]["contact_shadow"] is False
    if laid in notes:
        one, other = (entry["candidates"][0]["sha256"] for entry in (by_itself, without))
        assert one != other
