"""What is made of a photo on request: enlarged by a network, or without what hides the product; both are said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from commands import Run, pixels
from PIL import Image
from tiny_models import write_recipe

from ecomgen.settings import settings

SMALL = ("--steps", "4", "--count", "1", "--threshold", "0", "--seed", "5", "--json", "--prompt", "on white paper")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A striped can, already cut out, with a white string across it."""
    pixels = np.zeros((96, 96, 4), np.uint8)
    pixels[16:80, 32:64] = (40, 90, 200, 255)
    pixels[16:80, 36:40, 0] = 220
    pixels[45:49, 32:64, :3] = 250
    Image.fromarray(pixels).save(tmp_path / "can.png")
    return tmp_path / "can.png"


@pytest.fixture
def upscaler() -> str:
    """A network in the form of Real-ESRGAN's compact ones, without training, in the manifest of the weights folder."""
    import torch
    from safetensors.torch import save_file
    from spandrel.architectures.Compact import Compact

    torch.manual_seed(1)
    folder = settings().weights_folder
    folder.mkdir(parents=True, exist_ok=True)
    network = Compact(num_in_ch=3, num_out_ch=3, num_feat=16, num_conv=2, upscale=2)
    save_file(network.state_dict(), folder / "x2.safetensors")
    entry = '[tiny-x2]\nkind = "upscale"\ntitle = "Tiny"\nlicence = "none"\nfile = "x2.safetensors"\n'
    (folder / "manifest.toml").write_text(entry, "utf-8")
    return "tiny-x2"


def test_a_small_photo_is_enlarged_by_the_network_and_that_is_said(
    run: Run, tmp_path: Path, photo: Path, upscaler: str
) -> None:
    plain = run("generate", photo, "--out", tmp_path / "plain", "--size", "256x256", *SMALL)
    made = run("generate", photo, "--out", tmp_path / "large", "--size", "256x256", "--upscale", upscaler, *SMALL)
    assert made.code == plain.code == 0, made.err
    before, after = (pixels(tmp_path / one / "product.png") for one in ("plain", "large"))
    solid = (before[..., 3] == 255) & (after[..., 3] == 255)
    assert not np.array_equal(before[solid], after[solid])
    assert np.abs(before[..., 3].astype(int) - after[..., 3]).mean() < 2
    assert any(upscaler in note for note in made.json["notes"])
    assert [one["id"] for one in made.json["models"] if one["role"] == "product"] == [upscaler]
    assert made.json["parameters"]["place"] == plain.json["parameters"]["place"]
    again = run("runs", "replay", made.json["run_id"], "--verify", "--json")
    assert again.code == 0 and again.json["pictures"][0]["identical"]


def test_a_photo_that_is_large_enough_stays(run: Run, tmp_path: Path, photo: Path, upscaler: str) -> None:
    made = run("generate", photo, "--out", tmp_path / "out", "--size", "64x64", "--upscale", upscaler, *SMALL)
    assert any("--upscale" in note for note in made.json["notes"])
    assert not [one for one in made.json["models"] if one["role"] == "product"]
    assert run("generate", photo, "--upscale", "none-such", *SMALL).code == 2


def test_a_string_is_filled_in_and_the_original_kept(run: Run, tmp_path: Path, photo: Path) -> None:
    mask = np.zeros((96, 96), np.uint8)
    mask[43:51, 32:64] = 255
    Image.fromarray(mask).save(tmp_path / "string.png")
    before, out = photo.read_bytes(), tmp_path / "out"
    made = run("generate", photo, "--out", out, "--size", "128x128", "--repair", tmp_path / "string.png", *SMALL)
    assert made.code == 0, made.err
    repaired, moved = pixels(out / "repaired.png"), pixels(out / "repair-difference.png")
    assert np.abs(repaired[47, 50].astype(int) - (40, 90, 200)).max() < 4 and photo.read_bytes() == before
    assert moved[mask == 0].max() == 0 and moved[47, 50].max() > 100
    assert any("--repair" in note for note in made.json["notes"])
    product = pixels(out / "product.png")
    assert not ((product[..., :3].min(-1) > 240) & (product[..., 3] == 255)).any()
    (tmp_path / "string.png").unlink()
    again = run("runs", "replay", made.json["run_id"], "--verify", "--json")
    assert again.code == 0 and again.json["pictures"][0]["identical"]


def test_a_mask_that_cannot_be_used_is_refused(run: Run, tmp_path: Path, photo: Path) -> None:
    for name, size, grey in (("black", (96, 96), 0), ("white", (96, 96), 255), ("wide", (96, 40), 255)):
        Image.new("L", size, grey).save(tmp_path / f"{name}.png")
        assert run("generate", photo, "--repair", tmp_path / f"{name}.png", *SMALL).code == 3


def test_what_hides_the_product_is_painted_by_a_recipe(
    run: Run, tmp_path: Path, photo: Path, tiny_inpaint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECOMGEN_PIPELINES", str(write_recipe(tmp_path / "own", "tiny", tiny_inpaint, "inpaint").parent))
    Image.fromarray(np.pad(np.full((8, 32), 255, np.uint8), ((43, 45), (32, 32)))).save(tmp_path / "string.png")
    repair = ("--repair", tmp_path / "string.png", "--repair-with")
    made = run("generate", photo, "--out", tmp_path / "out", "--size", "128x128", *repair, "tiny", *SMALL)
    assert made.code == 0, made.err
    moved = pixels(tmp_path / "out" / "repair-difference.png").max(-1)
    assert moved[43:51, 32:64].mean() > 20 and moved[:38].max() == moved[56:].max() == 0
    assert [one["role"] for one in made.json["models"] if one["role"] == "repair"] == ["repair"]
    assert made.json["parameters"]["repair_settings"]["num_inference_steps"] == 2
    assert any("painted by tiny" in note for note in made.json["notes"])
    again = run("runs", "replay", made.json["run_id"], "--verify", "--json")
    assert again.code == 0 and again.json["pictures"][0]["identical"]
    assert run("generate", photo, *repair, "studio", *SMALL).code == 2
    assert run("generate", photo, "--repair-with", "tiny", *SMALL).code == 2


def test_a_scene_smaller_than_the_picture_is_enlarged_by_the_network(
    run: Run, tmp_path: Path, photo: Path, upscaler: str, tiny_inpaint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECOMGEN_PIPELINES", str(write_recipe(tmp_path / "own", "tiny", tiny_inpaint, "inpaint").parent))
    wanted = (
        photo,
        "--pipeline",
        "tiny",
        "--count",
        "1",
        "--threshold",
        "0",
        "--seed",
        "5",
        "--json",
        "--prompt",
        "oak",
    )
    large = ("--size", "160x160")
    plain = run("generate", *wanted, *large, "--out", tmp_path / "plain")
    made = run("generate", *wanted, *large, "--out", tmp_path / "large", "--upscale", upscaler)
    assert plain.code == made.code == 0, made.err
    assert any("enlarged the scene 2 times" in note for note in made.json["candidates"][0]["notes"])
    assert upscaler in [one["id"] for one in made.json["models"] if one["role"] == "scene"]
    before, after = (pixels(next((tmp_path / one / "candidates").glob("*.png"))) for one in ("plain", "large"))
    corner = np.s_[:20, :20]
    assert not np.array_equal(before[corner], after[corner])
    native = run("generate", *wanted, "--size", "64x64", "--out", tmp_path / "native", "--upscale", upscaler)
    assert any("large enough" in note for note in native.json["candidates"][0]["notes"])
