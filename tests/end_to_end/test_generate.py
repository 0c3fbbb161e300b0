"""From photo to zip through the command line, in the studio, on a sample product."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
from channel_sizes import make_small
from commands import Run, pixels
from kept_runs import laid_back
from PIL import Image
from sd_parsers import ParserManager

from ecomgen import samples

SMALL = ("--size", "160x192", "--steps", "4", "--pipeline", "studio")


@pytest.fixture
def made(run: Run, home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, Path]:
    """A run of two pictures on the mug, with its record and folder."""
    out = laid_back(tmp_path_factory.getbasetemp(), "mug-of-two", home, lambda folder: _make(run, folder))
    return json.loads((out / "run.json").read_text("utf-8")), out


def _make(run: Run, out: Path) -> None:
    photo = samples.get("mug").photos[0]
    answer = run(
        "generate", photo, "--prompt", "on a wooden table by a window, blorb", "--count", 2, "--seed", 7, "--out", out,
        "--threshold", 0, "--json", *SMALL,
    )  # fmt: skip
    assert answer.code == 0, answer.err
    assert answer.json == json.loads((out / "run.json").read_text("utf-8"))


def test_a_run_folder_keeps_every_promise(made: tuple[dict, Path]) -> None:
    record, out = made
    product, mask, cutout = (pixels(out / f"{name}.png") for name in ("product", "mask", "cutout"))
    reference = record["references"][0]
    assert product.shape == (192, 160, 4)
    assert mask.shape == (reference["height"], reference["width"]) and set(np.unique(mask)) == {0, 255}
    assert cutout.shape == (reference["height"], reference["width"], 4)
    opaque = product[..., 3] == 255
    assert opaque.sum() > 1000
    for entry in record["candidates"]:
        picture = pixels(out / entry["path"])
        assert entry["path"] == f"candidates/{entry['index']:02d}-{entry['seed']}.png"
        assert hashlib.sha256(picture.tobytes()).hexdigest() == entry["sha256"]
        np.testing.assert_array_equal(picture[opaque], product[opaque, :3])
        assert entry["status"] == "kept" and entry["scores"]["identity"] > 0.9
        assert entry["scores"]["adherence"] is None and entry["unavailable"]["adherence"]
    assert [entry["seed"] for entry in record["candidates"]] == [7, 8]
    kept = sorted(path.name for path in (out / "kept").iterdir())
    assert [name[:3] for name in kept] == ["01-", "02-"]


def test_the_record_says_everything(made: tuple[dict, Path]) -> None:
    record, _ = made
    assert {"wooden", "table", "window"} <= set(record["understood"]) and "blorb" in record["ignored"]
    parameters = record["parameters"]
    assert (parameters["width"], parameters["height"], parameters["samples_per_pixel"]) == (160, 192, 4)
    assert parameters["seed"] == 7 and record["device"] and record["versions"]["mitsuba"]
    assert record["mask"]["masker"] == "lite" and 1 <= len(record["mask"]["candidates"]) <= 5
    assert {one["name"] for one in record["references"][0]["checks"]} >= {"dark", "overexposed", "blurred", "cropped"}
    assert record["timings"]["scene"] > 0
    json.dumps(record, allow_nan=False)


def test_every_picture_carries_its_metadata(made: tuple[dict, Path]) -> None:
    record, out = made
    entry = record["candidates"][0]
    with Image.open(out / entry["path"]) as picture:
        ours = json.loads(picture.text["ecomgen"])
        assert "compositeSynthetic" in picture.text["XML:com.adobe.xmp"]
    assert ours == {key: entry[key] for key in entry if key not in ("path", "sha256", "status", "reasons", "why_first")}
    parsed = ParserManager().parse(out / entry["path"])
    assert parsed and parsed.samplers[0].parameters["steps"] == "4"


def test_a_replay_gives_the_same_pixels(made: tuple[dict, Path], run: Run, tmp_path: Path) -> None:
    record, out = made
    answer = run("runs", "replay", record["run_id"], "--verify", "--json")
    assert answer.code == 0, answer.err
    same = {"identical": True, "max_difference": 0, "mean_difference": 0.0}
    assert answer.json["pictures"] == [{"seed": seed} | same for seed in (7, 8)]
    assert len(run("runs", "list", "--json").json) == 1

    entry = record["candidates"][0]
    Image.fromarray(255 - pixels(out / entry["path"])).save(out / entry["path"])
    again = run("runs", "replay", "--out", tmp_path / "again", "--json")
    assert again.code == 0 and again.json["pictures"][0]["identical"]
    assert (tmp_path / "again" / "run.json").exists()


def test_list_show_export_delete(made: tuple[dict, Path], run: Run, tmp_path: Path) -> None:
    record, out = made
    (row,) = run("runs", "list", "--json").json
    assert (row["run_id"], row["count"], row["kept"]) == (record["run_id"], 2, 2)
    assert run("runs", "show", record["run_id"][:15], "--json").json == record
    for kind, suffix in (("png", ".png"), ("jpeg", ".jpg"), ("webp", ".webp")):
        target = tmp_path / f"{kind}.zip"
        answer = run("runs", "export", record["run_id"], "--top", 1, "--format", kind, "--out", target)
        assert answer.code == 0, answer.err
        with zipfile.ZipFile(target) as archive:
            names = archive.namelist()
            assert len(names) == 2 and names[0].endswith(suffix) and "run.json" in names
            archive.extract(names[0], tmp_path)
        assert ParserManager().parse(tmp_path / names[0])
    assert run("runs", "delete", record["run_id"], "--yes").code == 0
    assert run("runs", "list", "--json").json == [] and (out / "run.json").exists()


def test_an_earlier_run_in_the_folder_is_moved_not_lost(made: tuple[dict, Path], run: Run) -> None:
    record, out = made
    before = (out / record["candidates"][0]["path"]).read_bytes()
    photo = samples.get("mug").photos[0]
    answer = run("generate", photo, "--prompt", "on grey", "--count", 1, "--out", out, "--threshold", 0, *SMALL)
    assert answer.code == 0 and "moved" in answer.out
    earlier = out / "earlier" / record["run_id"]
    assert (earlier / record["candidates"][0]["path"]).read_bytes() == before
    assert len(list((out / "candidates").iterdir())) == 1
    assert run("runs", "replay", record["run_id"], "--verify").code == 0


def test_a_filter_that_nothing_passes_exits_with_5_and_keeps_the_pictures(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    photo = samples.get("box").photos[0]
    answer = run(
        "generate", photo, "--prompt", "on sand", "--count", 1, "--threshold", 1, "--json", "--out", out, *SMALL
    )
    identity = answer.json["candidates"][0]["scores"]["identity"]
    assert identity == 1 or (answer.code == 5 and answer.json["candidates"][0]["reasons"])
    assert len(list((out / "candidates").iterdir())) == 1


def test_several_photos_are_one_product(run: Run, tmp_path: Path) -> None:
    photos = samples.get("bottle").photos[:2]
    answer = run("generate", *photos, "--prompt", "on marble", "--count", 1, "--json", "--out", tmp_path / "o", *SMALL)
    assert answer.code == 0, answer.err
    assert [entry["path"] for entry in answer.json["references"]] == [str(photo) for photo in photos]


def test_a_channel_sets_size_and_background(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_small(monkeypatch, "amazon-main", 320, 320)
    photo = samples.get("bottle").photos[0]
    answer = run(
        "generate", photo, "--prompt", "anything", "--channel", "amazon-main", "--count", 1, "--steps", 2,
        "--pipeline", "studio", "--out", tmp_path / "o", "--json",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    picture = tmp_path / "o" / answer.json["candidates"][0]["path"]
    assert pixels(picture).shape == (320, 320, 3) and (pixels(picture)[0] == 255).all()
    checked = run("channels", "check", picture, "--channel", "amazon-main", "--json")
    assert checked.code == 0, checked.out


def test_cutout_and_score(run: Run, tmp_path: Path) -> None:
    photo = samples.get("mug").photos[0]
    options = ("--box", "200,80,880,690", "--point", "480,400", "--point", "20,20,-", "--edge-hardness", "1")
    helped = run("cutout", photo, "--out", tmp_path / "helped", *options, "--no-fill", "--json")
    assert helped.json["photos"][0]["edge"]["hardness"] == 1 and helped.json["photos"][0]["filled"] == 0
    answer = run("cutout", photo, "--out", tmp_path / "cut", "--json")
    (entry,) = answer.json["photos"]
    assert {"path", "masker", "confidence", "doubts", "box", "filled", "warnings"} <= set(entry)
    cut = tmp_path / "cut" / f"{photo.stem}.png"
    assert pixels(cut).shape[2] == 4 and [path.name for path in cut.parent.glob("*.png")] == [cut.name]
    assert json.loads((tmp_path / "cut" / "report.json").read_text("utf-8")) == answer.json

    other = samples.get("box").photos[0]
    same, different = run("score", photo, other, "--reference", cut, "--json").json["pictures"]
    assert same["identity"] > 0.9 > different["identity"]
    assert {"path", "identity", "extension", "adherence", "quality", "overall", "reasons", "unavailable"} <= set(same)


def test_cutout_on_colours_and_pictures(run: Run, tmp_path: Path) -> None:
    photo = samples.get("mug").photos[0]
    backdrop = samples.get("box").photos[0]
    for background in ("white", "#336699", str(backdrop)):
        out = tmp_path / background.strip("#").rsplit("/", 1)[-1]
        assert run("cutout", photo, "--out", out, "--background", background).code == 0
        picture = pixels(out / f"{photo.stem}.png")
        assert picture.shape[2] == 4 and (picture[..., 3] == 255).all()
        if background == "#336699":
            assert tuple(picture[2, 2, :3]) == (0x33, 0x66, 0x99)
    assert run("cutout", photo, "--out", tmp_path, "--background", "plaid").code == 2
    assert run("cutout", photo, "--out", tmp_path / "jpg", "--background", "white", "--format", "jpg").code == 0
    with Image.open(tmp_path / "jpg" / f"{photo.stem}.jpg") as picture:
        assert picture.format == "JPEG"
    assert "no transparency" in run("cutout", photo, "--out", tmp_path, "--format", "jpg").err
    assert "'gif' is not one of" in run("cutout", photo, "--out", tmp_path, "--format", "gif").err


def test_a_folder_of_photos_goes_on_after_a_bad_one(run: Run, photo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    (folder / "more").mkdir(parents=True)
    shutil.copy(photo, folder / "a.png")
    shutil.copy(photo, folder / "more" / "A.png")
    (folder / "b.jpg").write_bytes(b"no photo")
    out = tmp_path / "cut"
    answer = run("cutout", folder, folder / "more", "--out", out, "--background", "sage", "--shadow")
    assert answer.code == 3 and "1 of 3 photos failed" in answer.err
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert [entry["file"] for entry in report["photos"]] == ["a.png", "A-2.png"]
    assert Path(report["failed"][0]["path"]).name == "b.jpg" and report["failed"][0]["reason"]
    told = run("cutout", folder / "a.png", folder / "more", "--out", tmp_path / "again").out
    assert told.count("brings along (lite)") == 1 and "of 2 of 2 photos: Cut out by" in told
    picture = pixels(out / "a.png")
    ground, beneath = picture[630, 10, :3].mean(), picture[546, 240, :3].mean()
    assert beneath < 0.8 * ground, "the product darkens the ground it stands on"


def test_no_file_is_replaced_by_what_is_made_of_it(
    run: Run, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = photo.read_bytes()
    for name in ("mug.png", "product.png", "mask.png"):
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    scene = ("--prompt", "on oak", "--out", ".")
    for words in (
        ("cutout", ".", "--out", "."),
        ("cutout", "mug.png", "--mask", "mask.png", "--out", "./"),
        ("score", "mug.png", "--reference", photo, "--heat", "."),
        ("generate", "product.png", *scene),
        ("generate", "mug.png", "--mask", "mask.png", *scene),
        ("generate", "mug.png", "--with", "product.png", *scene),
    ):
        answer = run(*words)
        assert answer.code == 3 and "would be replaced" in answer.err, (words, answer.err)
    assert all((tmp_path / name).read_bytes() == content for name in ("mug.png", "product.png", "mask.png"))
    assert run("cutout", "mug.png", "--background", "white", "--format", "jpg", "--out", ".").code == 0


def test_nothing_is_rendered_for_a_prompt_of_which_nothing_is_understood(run: Run, tmp_path: Path) -> None:
    photo, out = samples.get("mug").photos[0], tmp_path / "out"
    answer = run("generate", photo, "--prompt", "blorb, the xyzzy", "--seed", 1, "--out", out, *SMALL)
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert answer.code == 0 and "nothing of the prompt was understood" in answer.err
    assert (record["status"], record["ignored"], record["candidates"]) == ("done", ["blorb", "xyzzy"], [])
    assert not list(out.rglob("*-1.png")) and run("runs", "show", record["run_id"], "--json").json == record


@pytest.mark.usefixtures("in_process")
def test_a_catalogues_line_that_is_not_understood_is_done_with_a_warning(run: Run, tmp_path: Path) -> None:
    photo, table = samples.get("mug").photos[0], tmp_path / "shop.csv"
    table.write_text(f"photos,prompt\n{photo},blorb xyzzy\n", "utf-8")
    answer = run("batch", table, "--out", tmp_path / "out", *SMALL)
    assert answer.code == 0 and "! 01: nothing of the prompt was understood" in answer.out
    assert "nothing of the prompt was understood" in (tmp_path / "out" / "report.csv").read_text("utf-8")


def test_a_run_is_named_by_its_folder_and_found_where_that_was_moved(made: tuple[dict, Path], run: Run) -> None:
    record, out = made
    away = out.with_name("archive")
    shutil.move(out, away)
    lost = run("runs", "export", record["run_id"], "--out", out.with_name("lost.zip"))
    assert lost.code == 3 and "moved to" in lost.err
    assert run("runs", "show", away, "--json").json["run_id"] == record["run_id"]
    found = run("runs", "export", record["run_id"], "--out", out.with_name("found.zip"))
    assert found.code == 0 and "_01.png" in found.out
    (away / "run.json").write_text("{")
    broken = run("runs", "show", away)
    assert broken.code == 2 and "runs list" in broken.err
