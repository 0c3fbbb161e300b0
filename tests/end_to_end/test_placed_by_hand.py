"""A product where somebody put it: in the picture, in the record, in its replay and in its exports."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from channel_sizes import make_small
from commands import Run, making
from PIL import Image

SMALL = ("--steps", "4", "--count", "1", "--threshold", "0", "--seed", "5", "--json")
make = making(*SMALL)
SETTING = ("--size", "160x128", "--pipeline", "studio", "--prompt", "on white paper")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A blue can, already cut out."""
    pixels = np.zeros((240, 240, 4), np.uint8)
    pixels[40:200, 90:160] = (40, 90, 200, 255)
    pixels[40:90, 90:160, :3] //= 2
    Image.fromarray(pixels).save(tmp_path / "can.png")
    return tmp_path / "can.png"


def placed(out: Path) -> np.ndarray:
    with Image.open(out / "product.png") as product:
        return np.asarray(product)


def picture(out: Path) -> np.ndarray:
    with Image.open(next((out / "candidates").iterdir())) as made:
        return np.asarray(made).astype(int)


def test_a_given_place_is_used_recorded_and_made_again(run: Run, tmp_path: Path, photo: Path) -> None:
    out = tmp_path / "turned"
    record = make(run, out, photo, *SETTING, "--place", "0.3,0.9,0.5,20")
    assert record["parameters"]["place"] == record["parameters"]["place_asked"] == [0.3, 0.9, 0.5, 20]
    product = placed(out)
    rows, columns = np.nonzero(product[..., 3] > 127)
    assert abs(rows.max() + 1 - 0.9 * 128) <= 2 and abs((columns.min() + columns.max() + 1) / 2 - 0.3 * 160) <= 1
    opaque = product[..., 3] == 255
    assert opaque.sum() > 1000
    assert (picture(out)[opaque] == product[opaque, :3]).all()
    assert run("runs", "replay", record["run_id"], "--verify").code == 0


def test_giving_back_the_place_that_was_used_makes_the_same_picture(run: Run, tmp_path: Path, photo: Path) -> None:
    by_rule = make(run, tmp_path / "a", photo, *SETTING)
    assert by_rule["parameters"]["place_asked"] is None
    used = ",".join(str(part) for part in by_rule["parameters"]["place"])
    again = make(run, tmp_path / "b", photo, *SETTING, "--place", used)
    assert again["candidates"][0]["sha256"] == by_rule["candidates"][0]["sha256"]


def test_a_product_moved_in_a_set_takes_its_shadow_along(run: Run, tmp_path: Path, photo: Path) -> None:
    """The set of an earlier run stays where it is; what is new is the product and the dark it stands in."""
    first = make(run, tmp_path / "a", photo, *SETTING, "--place", "0.3,0.8,0.4")
    place = ("--place", "0.75,0.95,0.4")
    moved = make(run, tmp_path / "b", photo, "--scene-from", first["run_id"], *place)
    assert moved["parameters"]["set_standing"] == first["parameters"]["set_standing"]
    before, after = picture(tmp_path / "a"), picture(tmp_path / "b")
    foot = np.s_[122:126, 112:128]  # just below where it stands now
    assert after[foot][..., 0].mean() < before[foot][..., 0].mean() - 8, "red, which nothing of the can throws back"
    away = np.s_[:30, 10:30]
    assert abs(after[away].mean() - before[away].mean()) < 12


def test_an_export_keeps_to_the_channel(run: Run, tmp_path: Path, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_small(monkeypatch, "amazon-main", 160, 160)
    record = make(run, tmp_path / "a", photo, *SETTING, "--place", "0.05,1.1,0.9,15")
    answer = run("runs", "export", record["run_id"], "--channel", "amazon-main", "--out", tmp_path / "out", "--json")
    assert answer.code == 0, answer.err
    failed = [rule for file in answer.json["files"] for rule in file["rules"] if not rule["passed"]]
    assert failed == []


def test_what_the_place_has_no_effect_on_is_said(run: Run, tmp_path: Path, photo: Path) -> None:
    refused = run("generate", photo, *SETTING, "--place", "0.5,0.9", "--out", tmp_path / "x")
    assert refused.code == 2 and "--place" in refused.err
    gone = run("generate", photo, *SETTING, "--place", "1.9,0.9,0.2", "--out", tmp_path / "x")
    assert gone.code == 2 and "outside the picture" in gone.err


def test_more_in_the_set_of_a_look_stands_by_its_rule(run: Run, tmp_path: Path, photo: Path) -> None:
    ruled = make(run, tmp_path / "ruled", photo, "--size", "96x96", "--look", "beauty-marble")
    alike = make(run, tmp_path / "alike", photo, "--scene-from", ruled["run_id"])
    assert alike["parameters"]["place"] == ruled["parameters"]["place"]
    moved = make(run, tmp_path / "moved", photo, "--size", "96x96", "--look", "beauty-marble", "--place", "0.3,0.9,0.5")
    again = make(run, tmp_path / "again", photo, "--scene-from", moved["run_id"])
    assert again["parameters"]["place_asked"] is None, "that place was its own"


def test_a_place_of_ones_own_is_told_from_a_look_s_rule(run: Run, tmp_path: Path, photo: Path) -> None:
    look = ("--size", "96x96", "--look", "beauty-marble")
    assert "place_given" not in make(run, tmp_path / "ruled", photo, *look)["parameters"]
    record = make(run, tmp_path / "own", photo, *look, "--place", "0.3,0.9,0.5")
    assert record["parameters"]["place_given"] is True
    again = tmp_path / "again"
    assert run("runs", "replay", record["run_id"], "--out", again).code == 0
    assert json.loads((again / "run.json").read_text())["parameters"]["place_given"] is True
