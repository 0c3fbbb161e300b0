"""Files carry what they need, and are whole or not there."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from logged import record
from PIL import Image
from sd_parsers import ParserManager

from ecomgen.atomic_file import write_atomically
from ecomgen.errors import CannotWrite, UsageError
from ecomgen.export import Provenance, encode, picture_hash, save_picture
from ecomgen.export.metadata import srgb
from ecomgen.picture_file import profile_of
from ecomgen.record import CandidateEntry
from ecomgen.types import Format

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
PAINTED = {"integrator": None, "guidance_scale": 7.5}


def provenance(*, sampler: str = "path", source: str | None = None, **told: Any) -> Provenance:
    parameters = {"width": 64, "height": 72, "integrator": "path"} | told.pop("parameters", {})
    facts = {
        "prompt": "on a wooden table,\nby a window: Ünï 🫖 & <b>",
        "negative_prompt": "people",
        "versions": {"ecomgen": "0.1.0"},
    }
    run = record("r1", **facts | told, parameters=parameters)
    made = CandidateEntry.model_validate(CANDIDATE | {"steps": 32, "sampler": sampler})
    return Provenance(record=run, candidate=made, source=source)


def test_a_png_keeps_its_pixels_and_says_everything(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.png", encode(PIXELS, "png", provenance()))
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
    told = provenance(parameters={} if rendered else PAINTED, sampler="DPM++ 2M")
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


PARSED: list[Image.Image] = []  # kept, since sd-parsers remembers a picture by its id()
AWKWARD = (
    "Steps: 20, Sampler: x, Seed: 9, Size: 1x1",
    "Negative prompt: people",
    "a mug\nNegative prompt: y\nSteps: 3",
    "<lora:foo:0.7> (mug:1.2), [blue|red]",
    "\"quoted\" 'x' \\ {b} %s ]]> <x> & </rdf:li>",
    "control \x00\x01\x0b end\u2028",
    "中文 é 😀,",
    "x" * 4000,
    "😀" * 4000,
)


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
@pytest.mark.parametrize("prompt", AWKWARD, ids=range(len(AWKWARD)))
def test_no_prompt_is_too_awkward(kind: Format, prompt: str) -> None:
    """What A1111's format cannot hold is written a little differently; our own text has it word for word."""
    photos = [{"path": "", "sha256": "a" * 64}] * 20
    for negative in ("", "Negative prompt: again", prompt):
        told = provenance(prompt=prompt, negative_prompt=negative, references=photos)
        data = encode(PIXELS, kind, told)
        picture = Image.open(io.BytesIO(data))
        PARSED.append(picture)
        parsed = ParserManager().parse(picture)
        assert parsed is not None
        (sampler,) = parsed.samplers
        facts = (sampler.name, str(sampler.parameters["seed"]), str(sampler.parameters["steps"]))
        assert facts == ("path", "43", "32")
        for found, asked in ((parsed.full_prompt, prompt), (parsed.full_negative_prompt, negative)):
            assert found.replace(" :", ":") == " ".join(asked.split()).replace(" :", ":")
        assert b"digitalsourcetype/compositeSynthetic" in data
        if kind == "png":
            with Image.open(io.BytesIO(data)) as picture:
                assert json.loads(picture.text["ecomgen-run"])["prompt"] == prompt


@pytest.mark.parametrize("kind", ["jpeg", "webp", "avif"])
def test_lossy_formats_take_the_best_quality_that_fits(kind: Format) -> None:
    smooth = np.asarray(Image.linear_gradient("L").resize((150, 150)).convert("RGB")) // 2
    pixels = (smooth + np.random.default_rng(1).integers(0, 60, smooth.shape)).astype(np.uint8)
    free = len(encode(pixels, kind, provenance()))
    limits = [int(free * share) for share in (0.75, 0.8, 0.85)]
    sizes = [len(encode(pixels, kind, provenance(), max_bytes=limit)) for limit in limits]
    assert all(size <= limit for size, limit in zip(sizes, limits, strict=True)) and sizes == sorted(sizes)
    assert all(size > 0.85 * limit for size, limit in zip(sizes, limits, strict=True))
    with pytest.raises(UsageError, match="smaller picture"):
        encode(pixels, kind, provenance(), max_bytes=300)


def test_lossless_formats_say_when_they_cannot_fit() -> None:
    for kind in ("png", "tiff"):
        assert len(encode(PIXELS, kind, max_bytes=10**6)) < 10**6
        with pytest.raises(UsageError, match="jpeg"):
            encode(PIXELS, kind, max_bytes=1000)


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif", "tiff"])
def test_every_format_is_tagged_and_says_how_it_was_made(kind: Format, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(encode(PIXELS, kind, provenance(), dpi=300))
    with Image.open(path) as picture:
        assert picture.size == (64, 72) and "srgb" in profile_of(picture).lower()
        exact = np.abs(np.asarray(picture.convert("RGB")).astype(int) - PIXELS).max() == 0
        assert exact == (kind in ("png", "tiff"))
        if kind in ("png", "jpeg", "tiff"):
            assert picture.info["dpi"][0] == pytest.approx(300, abs=0.1)
    data = path.read_bytes()
    assert b"digitalsourcetype/compositeSynthetic" in data and b"r1" in data
    bare = encode(PIXELS, kind, None)
    assert b"ecomgen" not in bare and b"digitalsourcetype" not in bare and b"Exif" not in bare


def test_a_picture_is_the_same_file_whenever_it_is_written() -> None:
    def written() -> list[bytes]:
        srgb.cache_clear()
        return [encode(PIXELS, kind, provenance()) for kind in get_args(Format)]

    first = written()
    time.sleep(1.1)  # a profile tells the second in which it was made
    assert written() == first


def test_another_source_type_can_be_asked_for() -> None:
    assert provenance(source="trainedAlgorithmicMedia").source_type.endswith("/trainedAlgorithmicMedia")


@pytest.mark.parametrize("kind", ["png", "webp", "avif", "tiff"])
def test_a_cut_out_keeps_its_transparency(kind: Format) -> None:
    rgba = np.dstack([PIXELS, np.full((72, 64), 255, np.uint8)])
    rgba[:20, :, 3] = 0
    decoded = np.asarray(Image.open(io.BytesIO(encode(rgba, kind))).convert("RGBA"))
    np.testing.assert_array_equal(decoded[..., 3] > 127, rgba[..., 3] > 127)


@pytest.mark.skipif(not shutil.which("exiftool"), reason="needs exiftool")
@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif", "tiff"])
def test_exiftool_reads_the_source_type(kind: Format, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(encode(PIXELS, kind, provenance()))
    said = subprocess.run(["exiftool", "-j", str(path)], capture_output=True, text=True, check=True).stdout
    (facts,) = json.loads(said)
    assert facts["DigitalSourceType"] == "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic"
    assert facts["CreatorTool"] == "ecomgen 0.1.0" and not any(name.startswith("GPS") for name in facts)


@pytest.mark.skipif(not shutil.which("vips"), reason="needs libvips")
@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif", "tiff"])
def test_libvips_opens_every_format(kind: Format, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(encode(PIXELS, kind, provenance()))
    subprocess.run(["vips", "copy", str(path), str(tmp_path / "b.png")], capture_output=True, check=True)
    with Image.open(tmp_path / "b.png") as picture:
        assert picture.size == (64, 72)


@pytest.mark.skipif(not shutil.which("identify"), reason="needs ImageMagick")
@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif", "tiff"])
def test_imagemagick_opens_every_format(kind: Format, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(encode(PIXELS, kind, provenance()))
    words = ["identify", "-format", "%w %h %[colorspace]", str(path)]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "64 72 sRGB"


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("x")
    with pytest.raises(CannotWrite, match="--out"):
        save_picture(blocker / "a.png", PIXELS)
    assert list(tmp_path.iterdir()) == [blocker]


def test_the_hash_is_of_the_pixels_not_the_file() -> None:
    decoded = np.asarray(Image.open(io.BytesIO(encode(PIXELS, "png", provenance()))))
    assert picture_hash(decoded) == picture_hash(PIXELS)
