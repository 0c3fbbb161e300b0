"""Files carry what they need, and are whole or not there."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sd_parsers import ParserManager

from ecomgen.errors import CannotWrite
from ecomgen.exporting import Provenance, encode, picture_hash, save_picture
from ecomgen.exporting.files import Format

PIXELS = np.random.default_rng(3).integers(0, 256, (72, 64, 3), np.uint8)
CANDIDATE = {
    "index": 1,
    "seed": 43,
    "path": "candidates/01-43.png",
    "sha256": "ff",
    "status": "kept",
    "reasons": [],
    "scores": {"identity": 0.91},
}


def provenance(**changes: object) -> Provenance:
    facts: dict = {
        "prompt": "on a wooden table,\nby a window: Ünï 🫖 & <b>",
        "negative_prompt": "people",
        "candidate": CANDIDATE,
        "steps": 32,
        "sampler": "path",
        "guidance_scale": None,
        "width": 64,
        "height": 72,
        "model": "studio",
        "rendered": True,
        "version": "0.1.0",
    }
    return Provenance(**facts | changes)


def test_a_png_keeps_its_pixels_and_says_everything(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.png", PIXELS, provenance())
    with Image.open(tmp_path / "a.png") as picture:
        np.testing.assert_array_equal(np.asarray(picture), PIXELS)
        assert "Seed: 43" in picture.text["parameters"] and "Steps: 32" in picture.text["parameters"]
        ours = json.loads(picture.text["ecomgen"])
        assert ours["seed"] == 43 and ours["scores"] == {"identity": 0.91}
        assert not {"path", "sha256", "status", "reasons"} & set(ours)
        assert "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic" in picture.text["XML:com.adobe.xmp"]
        assert picture.info["icc_profile"]


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
@pytest.mark.parametrize("rendered", [True, False])
def test_other_programs_read_the_parameters(tmp_path: Path, kind: Format, rendered: bool) -> None:
    path = tmp_path / f"a.{kind}"
    told = provenance(rendered=rendered, guidance_scale=None if rendered else 7.5, sampler="DPM++ 2M")
    path.write_bytes(encode(PIXELS, kind, told))
    parsed = ParserManager().parse(path)
    assert parsed is not None
    (sampler,) = parsed.samplers
    assert sampler.name == "DPM++ 2M" and str(sampler.parameters["seed"]) == "43"
    assert "wooden table" in str(parsed.full_prompt)
    wanted = b"compositeSynthetic<" if rendered else b"compositeWithTrainedAlgorithmicMedia<"
    assert wanted in path.read_bytes()
    if kind != "png":
        assert b"ecomgen:candidate" in path.read_bytes()


def test_jpeg_meets_a_size_limit() -> None:
    free = encode(PIXELS, "jpeg", provenance())
    tight = encode(PIXELS, "jpeg", provenance(), max_bytes=len(free) * 2 // 3)
    assert len(tight) <= len(free) * 2 // 3
    assert Image.open(io.BytesIO(tight)).size == (64, 72)


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("x")
    with pytest.raises(CannotWrite, match="--out"):
        save_picture(blocker / "a.png", PIXELS)
    assert list(tmp_path.iterdir()) == [blocker]


def test_the_hash_is_of_the_pixels_not_the_file() -> None:
    decoded = np.asarray(Image.open(io.BytesIO(encode(PIXELS, "png", provenance()))))
    assert picture_hash(decoded) == picture_hash(PIXELS)
