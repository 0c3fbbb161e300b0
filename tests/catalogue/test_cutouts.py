"""The cut-outs of a catalogue before its pictures: one of each product, corrected by options, not made twice."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from commands import Run
from PIL import Image

from ecomgen import catalogue
from ecomgen.catalogue import Outcome, cutouts
from ecomgen.catalogue.journal import Journal
from ecomgen.request import Request
from ecomgen.types import Box

POINTED = {
    "photo": "",
    "product": "",
    "masker": "",
    "box": "1,2,30,40",
    "point": [[5, 6, True]],
    "stroke": [],
    "mask": "",
}


@pytest.fixture
def table(photo: Path, tmp_path: Path) -> Path:
    """A product for two channels, and one whose photo is broken."""
    (tmp_path / "broken.jpg").write_bytes(b"not a photo")
    rows = f"Tea box,{photo},shopify; instagram-portrait,9,9\nBroken,broken.jpg,,,\n"
    (tmp_path / "table.csv").write_text(f"product,photos,channels,count,seed\n{rows}", "utf-8")
    return tmp_path / "table.csv"


def read(table: Path, prompt: str) -> tuple[Any, ...]:
    return catalogue.read(table, table.parent / "unpacked", {"prompt": prompt}).items


def test_each_product_is_cut_out_once_whatever_its_channels_and_its_scene(table: Path) -> None:
    first, second = cutouts.products(read(table, "on oak"))
    assert (first.name, second.name) == ("Tea-box", "Broken")
    assert first.request and first.request.product == "Tea box" and first.request.count != 9
    again = cutouts.products(read(table, "on the beach"))
    assert [one.fingerprint for one in again] == [first.fingerprint, second.fingerprint]


def test_what_finds_a_product_is_what_a_cut_out_is_told(photo: Path) -> None:
    read: set[str] = set()

    class Noted:
        """A request that notes what is read of it."""

        def __getattr__(self, name: str) -> Any:
            read.add(name)
            return getattr(Request(photos=(photo,), prompt="any", repair=photo), name)

        @property
        def _repair(self) -> Any:
            return Request._repair.fget(self)  # type: ignore[attr-defined]

    Request.mask_request.fget(Noted())  # type: ignore[attr-defined]
    assert read - {"replayed"} == set(cutouts.FOUND_BY)


@pytest.mark.usefixtures("in_process")
def test_cut_outs_alone_are_made_looked_at_and_gone_on_with(run: Run, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = run("batch", table, "--out", out, "--cutouts")
    assert answer.code == 3 and "1 of 2" in answer.err and "broken.jpg" in answer.out
    with Image.open(out / "cutouts" / "Tea-box.webp") as picture:
        assert picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (0, 255)
    lines = list(csv.DictReader((out / "cutouts" / "report.csv").read_text("utf-8-sig").splitlines()))
    assert [line["status"] for line in lines] == ["done", "failed"]
    assert 0 <= float(lines[0]["cutout_confidence"]) <= 1
    assert not (out / "pictures").exists() and not (out / "runs").exists()
    before = (out / "cutouts" / "Tea-box.webp").stat().st_mtime_ns
    run("batch", table, "--out", out, "--cutouts")
    assert (out / "cutouts" / "Tea-box.webp").stat().st_mtime_ns == before, "what is cut out is not cut out again"


def test_a_correction_stands_in_every_run_of_its_product_and_can_be_taken_back(table: Path, tmp_path: Path) -> None:
    items = read(table, "on oak")
    told = POINTED | {"photo": str(items[0].request.photos[0])}
    cutouts.correct(tmp_path, "Tea-box", told)
    known = cutouts.corrections(tmp_path)
    both: list[Any] = [cutouts.corrected(item, known.get(item.product)).request for item in items[:2]]
    assert [one.box for one in both] == [Box(1, 2, 30, 40)] * 2 and [len(one.point) for one in both] == [1, 1]
    assert [one.channel for one in both] == ["shopify", "instagram-portrait"], "the rest is as the table says"
    assert both[0].product == "", "what was emptied is empty"
    assert cutouts.corrected(items[0], told).fingerprint != items[0].fingerprint, "so that it is made again"
    cutouts.correct(tmp_path, "Tea-box", None)
    assert cutouts.corrections(tmp_path) == {}
    assert cutouts.corrected(items[0], None) == items[0]


def test_the_photo_that_was_corrected_goes_first_and_one_that_is_gone_corrects_nothing(
    photo: Path, tmp_path: Path
) -> None:
    mug = tmp_path / "source" / "mug"
    mug.mkdir(parents=True)
    for name in ("front.jpg", "side.jpg"):
        (mug / name).write_bytes(photo.read_bytes())
    (item,) = catalogue.read(tmp_path / "source", tmp_path / "unpacked", {"prompt": "on oak"}).items
    told = POINTED | {"photo": str(mug / "side.jpg"), "mask": str(tmp_path / "white.png")}
    cutouts.correct(tmp_path, "mug", told)
    assert str(tmp_path) not in (tmp_path / "cutouts" / "corrections.json").read_text("utf-8"), "it may be moved"
    request = cutouts.corrected(item, cutouts.corrections(tmp_path)["mug"]).request
    assert request and [one.name for one in request.photos] == ["side.jpg", "front.jpg"]
    assert request.mask == tmp_path / "white.png"
    assert cutouts.corrected(item, told | {"photo": str(tmp_path / "gone.jpg")}) == item
    assert cutouts.corrected(replace(item, asked=None), told).asked is None


def test_a_fine_cut_out_is_fine_in_every_run_of_its_product_until_it_is_corrected(table: Path, tmp_path: Path) -> None:
    items = read(table, "on oak")
    cutouts.find_fine(tmp_path, "Tea-box", cutouts.products(items)[0].fingerprint)
    found = cutouts.fine(tmp_path)
    assert [cutouts.is_fine(item, found) for item in items] == [True, True, False]
    told = POINTED | {"photo": str(items[0].request.photos[0])}
    assert not cutouts.is_fine(cutouts.corrected(items[0], told), found)


@pytest.mark.parametrize("hero", [0, 1])
def test_a_fine_cut_out_is_confirmed_as_it_was_seen_in_what_is_made_of_it(
    photo: Path, tmp_path: Path, hero: int
) -> None:
    mug = tmp_path / "source" / "mug"
    mug.mkdir(parents=True)
    for name in ("front.jpg", "side.jpg")[: hero + 1]:
        (mug / name).write_bytes(photo.read_bytes())
    (item,) = catalogue.read(tmp_path / "source", tmp_path / "unpacked", {"prompt": "on oak"}).items
    (shown,) = cutouts.products([item])
    journal = Journal(tmp_path / cutouts.FOLDER)
    cutouts.find_fine(tmp_path, "mug", shown.fingerprint)
    cut_from = {"photo": hero, "mask_candidate": 2 * hero}
    journal.add(Outcome(name="mug", status="done", fingerprint=shown.fingerprint, cut_from=cut_from))
    asked = cutouts.confirmed(item, cutouts.fine(tmp_path), journal)
    assert item.request and asked.request
    assert asked.request.confirmed and asked.request.mask_candidate == 2 * hero
    assert asked.request.photos[0] == item.request.photos[hero]
    assert (asked.fingerprint == item.fingerprint) is (hero == 0), "of a single photo nothing is made again"
    assert cutouts.confirmed(item, {}, journal) == item
