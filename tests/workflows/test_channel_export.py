"""Pictures made ready for their channels, and made again from their files alone."""

from __future__ import annotations

import contextlib
import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
from commands import Run
from kept_runs import laid_back
from PIL import Image, PngImagePlugin
from sd_parsers import ParserManager

from ecomgen import channels, samples
from ecomgen.channels import Channel
from ecomgen.errors import UsageError
from ecomgen.request import ExportOptions

LIMIT = 12_000  # bytes of a small JPEG with its metadata: less than it has at full quality
SMALL = ("--size", "160x192", "--steps", "4", "--pipeline", "studio", "--threshold", "0")


@pytest.fixture(autouse=True)
def small_channels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two channels that render fast: a wide one for scenes, a white one with Amazon's rules."""
    common = {"min_width": 64, "min_height": 64, "max_width": 900, "max_height": 900, "format": "jpeg"}
    common |= {"accepts": ("jpeg",), "source": "made for a test", "basis": "convention", "checked": "2026-01-01"}
    wide = Channel(
        **common, name="wide", title="", width=256, height=128, ratio=(2, 2), fill=0.6, max_bytes=LIMIT,
        safe_area=(0.0, 0.1, 0.25, 0.1), source_type={"rendered": "algorithmicMedia"},
    )  # fmt: skip
    white = Channel(
        **common, name="white", title="", width=256, height=256, ratio=(1, 1), fill=0.88, min_fill=0.85,
        max_bytes=10**6, background=(255, 255, 255), text=False,
    )  # fmt: skip
    every = channels.every()
    monkeypatch.setattr(channels, "every", lambda: (*every, wide, white))


@pytest.fixture
def out(run: Run, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of two pictures of the mug."""
    return laid_back(tmp_path_factory.getbasetemp(), "mug-for-channels", home, lambda folder: _make(run, folder))


@pytest.fixture
def made(out: Path) -> dict:
    """That run's record."""
    return json.loads((out / "run.json").read_text("utf-8"))


def _make(run: Run, out: Path) -> None:
    photo = samples.get("mug").photos[0]
    words = ("--prompt", "on a wooden table", "--product", "blue mug", "--count", 2, "--seed", 7, "--json")
    answer = run("generate", photo, *words, "--out", out, *SMALL)
    assert answer.code == 0, answer.err


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def test_a_channels_picture_is_made_once_and_a_damaged_one_anew(
    made: dict, out: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exported(name: str) -> Path:
        answer = run(
            "runs", "export", made["run_id"], "--channel", "wide", "--top", 1, "--out", tmp_path / name, "--json"
        )
        assert answer.code == 0, answer.err
        return tmp_path / name / answer.json["files"][0]["name"]

    first = exported("one")
    with monkeypatch.context() as patch:
        patch.setattr("ecomgen.workflows.composed.recompose", None)
        assert exported("two").read_bytes() == first.read_bytes()
    (kept,) = (out / "channels").glob("*/candidates/*.png")
    kept.write_bytes(b"no picture")
    assert np.abs(pixels(exported("three")).astype(int) - pixels(first)).mean() < 1


def test_each_channel_gets_a_picture_of_its_own_shape_and_its_rules_are_checked(
    made: dict, run: Run, tmp_path: Path
) -> None:
    pattern = "{product}-{channel}-{rank}"
    words = ("--channel", "wide", "--channel", "white", "--top", 1, "--name", pattern, "--out", tmp_path / "a.zip")
    answer = run("runs", "export", made["run_id"][:-1], *words, "--json")
    assert answer.code == 0, answer.err
    wide, white = answer.json["files"]
    assert (wide["name"], white["name"]) == ("blue-mug-wide-01.jpg", "blue-mug-white-01.jpg")
    for one in (wide, white):
        assert [rule["rule"] for rule in one["rules"] if not rule["passed"]] == [], one["rules"]
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        archive.extractall(tmp_path / "a")
        assert set(archive.namelist()) == {wide["name"], white["name"], "run.json", "export.json"}
    (photo,) = json.loads((tmp_path / "a" / "run.json").read_text("utf-8"))["references"]
    assert "/" not in photo["path"], "whoever gets it sees no folders of this machine"
    assert (tmp_path / "a" / wide["name"]).stat().st_size <= LIMIT
    assert pixels(tmp_path / "a" / wide["name"]).shape == (128, 256, 3)
    assert (pixels(tmp_path / "a" / white["name"])[0] == 255).all()
    assert b"digitalsourcetype/algorithmicMedia" in (tmp_path / "a" / wide["name"]).read_bytes()
    best = max(made["candidates"], key=lambda entry: entry["scores"]["overall"])
    parsed = ParserManager().parse(tmp_path / "a" / wide["name"])
    assert parsed and str(parsed.samplers[0].parameters["seed"]) == str(best["seed"])
    assert len(run("runs", "list", "--json").json) == 1

    again = run("generate", "--from", tmp_path / "a" / wide["name"], "--out", tmp_path / "again", "--json")
    assert again.code == 0, again.err
    (entry,) = again.json["candidates"]
    remade = pixels(tmp_path / "again" / entry["path"]).astype(int)
    assert remade.shape == (128, 256, 3) and np.abs(remade - pixels(tmp_path / "a" / wide["name"])).mean() < 6


def test_a_channel_with_a_white_ground_gets_one_picture_and_says_so(made: dict, run: Run, tmp_path: Path) -> None:
    words = ("--channel", "white", "--channel", "wide", "--top", 2, "--out", tmp_path / "a", "--json")
    answer = run("runs", "export", made["run_id"], *words)
    assert answer.code == 0, answer.err
    assert [one["channel"] for one in answer.json["files"]] == ["white", "wide", "wide"]
    assert answer.err.count("one picture, since on its plain ground all would look the same") == 1


def test_layers_a_cut_out_a_bare_and_a_signed_file(made: dict, out: Path, run: Run, tmp_path: Path) -> None:
    pytest.importorskip("psd_tools", reason="needs the extra psd")
    pytest.importorskip("c2pa", reason="needs the extra c2pa")
    from content_credentials import read

    assert run("runs", "export", "--format", "psd", "--top", 1, "--out", tmp_path / "psd").code == 0
    (layered,) = (tmp_path / "psd").glob("*.psd")
    best = max(made["candidates"], key=lambda entry: entry["scores"]["overall"])
    with Image.open(layered) as picture:
        assert [layer[0] for layer in picture.layers] == ["scene", "shadow", "product"]  # type: ignore[attr-defined]
        np.testing.assert_array_equal(np.asarray(picture.convert("RGB")), pixels(out / best["path"]))

    assert run("runs", "export", "--format", "cutout", "--top", 1, "--out", tmp_path / "cut").code == 0
    (cut,) = (tmp_path / "cut").glob("*.png")
    with Image.open(cut) as picture, Image.open(out / "product.png") as product:
        np.testing.assert_array_equal(np.asarray(picture), np.asarray(product))

    bare = ("--format", "webp", "--no-metadata", "--max-size", "4kB", "--name", "{rank}")
    assert run("runs", "export", *bare, "--out", tmp_path / "bare").code == 0
    assert sorted(path.name for path in (tmp_path / "bare").iterdir()) == ["01.webp", "02.webp"]
    for path in (tmp_path / "bare").iterdir():
        data = path.read_bytes()
        assert len(data) <= 4000 and b"ecomgen" not in data and b"xmp" not in data.lower()

    for kind in ("jpg", "jpeg"):
        assert run("runs", "export", "--format", kind, "--top", 1, "--out", tmp_path / kind).code == 0
        assert len(list((tmp_path / kind).glob("*.jpg"))) == 1

    assert run("runs", "export", "--c2pa", "--top", 1, "--out", tmp_path / "signed").code == 0
    (file,) = (tmp_path / "signed").glob("*.png")
    said = read(file.read_bytes(), "png")
    assert said is not None and said["state"] == "Valid"
    (ingredient,) = said["manifests"][said["active_manifest"]]["ingredients"]
    assert ingredient["instance_id"] == made["references"][0]["sha256"]
    assert ParserManager().parse(file)


IMPOSSIBLE = (
    ("--channel", "myspace"),
    ("--name", "{colour}"),
    ("--max-size", "tiny"),
    ("--max-size", "10B"),
    ("--c2pa", "--no-metadata"),
    ("--certificate", "x.pem"),
    ("--format", "csv", "--since", "yesterday"),
)


def test_the_log_is_listed_exported_and_pruned(made: dict, out: Path, run: Run, tmp_path: Path) -> None:
    for words in IMPOSSIBLE:
        answer = run("runs", "export", made["run_id"], *words, "--out", tmp_path / "none.zip")
        assert answer.code == 2 and "Traceback" not in answer.err and answer.err.strip(), words
    assert not (tmp_path / "none.zip").exists()
    for kind, lines in (("jsonl", 1), ("csv", 2), ("parquet", 2)):
        answer = run("runs", "export", "--format", kind, "--out", tmp_path / f"a.{kind}", "--json")
        assert answer.json == {"path": str(tmp_path / f"a.{kind}"), "lines": lines}
    assert json.loads((tmp_path / "a.jsonl").read_text("utf-8"))["candidates"] == made["candidates"]
    assert (
        run("runs", "export", "--format", "csv", "--prompt", "snow", "--json", "--out", tmp_path / "none.csv").json[
            "lines"
        ]
        == 0
    )
    for words in (("--prompt", "snow"), (made["run_id"], "--prompt", "wooden"), ("--format", "csv", "--c2pa")):
        assert run("runs", "export", *words, "--out", tmp_path / "none.zip").code == 2, words
    assert not (tmp_path / "none.zip").exists()
    answer = run("runs", "export", made["run_id"], "--format", "imagefolder", "--out", tmp_path / "set", "--json")
    assert answer.json["pictures"] == 2 and answer.json["skipped"] == []
    assert len(list((tmp_path / "set" / "train" / "references").iterdir())) == 1

    found = ("--prompt", "WOODEN", "--product", "mug", "--since", made["created"][:10], "--kept", "--json")
    assert [row["run_id"] for row in run("runs", "list", *found).json] == [made["run_id"]]
    assert run("runs", "list", "--none-kept", "--json").json == []
    assert run("runs", "prune").code == 2 and run("runs", "prune", "--older-than", "soon").code == 2
    assert run("runs", "prune", "--older-than", "30d", "--yes", "--json").json["deleted"] == []
    assert run("runs", "prune", "--keep-last", 0, "--dry-run", "--json").json["would_delete"] == [made["run_id"]]
    assert run("runs", "prune", "--keep-last", 0, "--yes", "--files").code == 0
    assert run("runs", "list", "--json").json == [] and not (out).exists()


def test_a_picture_is_made_again_from_its_file_alone(
    made: dict, out: Path, run: Run, tmp_path: Path, home: Path
) -> None:
    entry = made["candidates"][1]
    alone = tmp_path / "picture.png"
    shutil.copy(out / entry["path"], alone)
    shutil.rmtree(out)
    answer = run("generate", "--from", alone, "--out", tmp_path / "again", "--json")
    assert answer.code == 0, answer.err
    (remade,) = answer.json["candidates"]
    assert (remade["sha256"], remade["seed"]) == (entry["sha256"], entry["seed"])

    other = run("generate", "--from", alone, "--out", tmp_path / "other", "--seed", 99, "--size", "96x96", "--json")
    assert other.json["candidates"][0]["seed"] == 99 and other.json["parameters"]["width"] == 96

    shutil.rmtree(home / "originals")
    lost = run("generate", "--from", alone, "--out", tmp_path / "lost")
    assert lost.code == 3 and "give its photos" in lost.err
    photo = samples.get("mug").photos[0]
    given = run("generate", photo, "--from", alone, "--out", tmp_path / "given", "--json")
    assert given.json["candidates"][0]["sha256"] == entry["sha256"]
    stranger = run("generate", samples.get("box").photos[0], "--from", alone, "--out", tmp_path / "b")
    assert "other photos" in stranger.err


A1111 = (
    "a mug on oak\nNegative prompt: people\nSteps: 21, Sampler: Euler a, CFG scale: 6.5, Seed: 77, Size: 96x128, "
    "Model: dreamshaper, Denoising strength: 0.7, Version: v1.9.0"
)
COMFY = {
    "3": {
        "class_type": "KSampler",
        "inputs": {
            "seed": 88, "steps": 12, "cfg": 5.5, "sampler_name": "dpmpp_2m", "scheduler": "karras", "denoise": 1.0,
            "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0],
        },
    },
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd15.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 96, "height": 128, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a mug in snow", "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["4", 1]}},
    "9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "x", "images": ["8", 0]}},
    "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
}  # fmt: skip

LINKS = [
    [1, 4, 0, 3, 0, "MODEL"], [2, 6, 0, 3, 1, "CONDITIONING"], [3, 7, 0, 3, 2, "CONDITIONING"],
    [4, 5, 0, 3, 3, "LATENT"], [5, 4, 1, 6, 0, "CLIP"], [6, 4, 1, 7, 0, "CLIP"], [7, 3, 0, 8, 0, "LATENT"],
    [8, 4, 2, 8, 1, "VAE"], [9, 8, 0, 9, 0, "IMAGE"],
]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "wanted", "said"),
    [
        (
            {"parameters": A1111},
            ("a mug on oak", "people", 77, 21, 6.5, 0.7, "EulerAncestralDiscreteScheduler"),
            "dreamshaper",
        ),
        (
            {"prompt": json.dumps(COMFY), "workflow": json.dumps({"links": LINKS})},
            ("a mug in snow", "blurry", 88, 12, 5.5, 1.0, "DPMSolverMultistepScheduler"),
            "sd15",
        ),
    ],
)
def test_settings_of_other_programs_are_taken_over(
    tmp_path: Path, photo: Path, texts: dict[str, str], wanted: tuple, said: str
) -> None:
    from ecomgen.errors import BadPhoto
    from ecomgen.workflows.request_from_picture import reread

    info = PngImagePlugin.PngInfo()
    for name, text in texts.items():
        info.add_text(name, text)
    file = tmp_path / "theirs.png"
    Image.new("RGB", (96, 128)).save(file, pnginfo=info)
    result = reread(file, [photo])
    request = result.request
    found = (
        request.prompt, request.negative_prompt, request.seed, request.steps, request.guidance_scale, request.strength,
        request.replayed["scheduler"],
    )  # fmt: skip
    assert found == wanted and request.size == (96, 128) and request.count == 1
    assert any(said in note for note in result.notes)
    assert reread(file, [photo], {"channel": "story", "seed": 1}).request.channel == "story"
    with pytest.raises(BadPhoto, match="photos of your product"):
        reread(file)


HOSTILE = (None, -1, 1e400, "/etc/passwd", "../*", ["a"], {"a": 1}, 10**30)


def test_a_picture_that_lies_about_itself_is_refused_in_a_sentence(made: dict, out: Path, tmp_path: Path) -> None:
    from ecomgen.errors import EcomgenError
    from ecomgen.workflows.request_from_picture import reread

    with Image.open(out / made["candidates"][0]["path"]) as picture:
        told = {name: json.loads(picture.text[name]) for name in ("ecomgen", "ecomgen-run")}
    places = [("ecomgen", "seed"), *(("ecomgen", "parameters", name) for name in ("product", "box", "mask", "points"))]
    places += [("ecomgen-run", name) for name in ("prompt", "pipeline", "mask", "models", "references")]
    for chunk, *path, last in places:
        for value in HOSTILE:
            lie = json.loads(json.dumps(told))
            holder = lie[chunk][path[0]] if path else lie[chunk]
            holder[last] = value
            info = PngImagePlugin.PngInfo()
            for name, text in lie.items():
                info.add_itxt(name, json.dumps(text))
            Image.new("RGB", (8, 8)).save(tmp_path / "lie.png", pnginfo=info)
            with contextlib.suppress(EcomgenError):
                reread(tmp_path / "lie.png")


def test_a_picture_that_says_nothing(run: Run, tmp_path: Path, photo: Path) -> None:
    Image.new("RGB", (64, 64)).save(tmp_path / "bare.png")
    (tmp_path / "text.png").write_text("no picture")
    for name in ("bare.png", "text.png", "none.png"):
        answer = run("generate", photo, "--from", tmp_path / name)
        assert answer.code == 3 and "Traceback" not in answer.err


@pytest.mark.parametrize("top", [0, -1])
def test_less_than_one_picture_is_none_to_export(top: int) -> None:
    with pytest.raises(UsageError, match=f"^--top {top} "):
        ExportOptions(top=top)
