"""A catalogue's cut-outs on the page: what comes first, what the form holds of one, and pages of thousands."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ecomgen import catalogue
from ecomgen.catalogue import Catalogue, Item, Outcome
from ecomgen.catalogue.cutouts import CutOuts, correct, corrected, corrections, find_fine, fine, products
from ecomgen.catalogue.journal import Journal
from ecomgen.types import Point, Stroke
from ecomgen.web.jobs.scheduler import View
from ecomgen.web.tabs.catalogue import cutouts, cutouts_markup
from ecomgen.web.tabs.catalogue import markup as catalogue_markup


def item(name: str) -> Item:
    asked = json.dumps({"photos": [f"/photos/{name}.jpg"], "prompt": "any"})
    return Item(name=name, source="line 2", asked=asked, product=name)


def cut(told: Mapping[str, Any] | None = None, **confidences: float | None) -> CutOuts:
    """Products by how sure their cut-outs are; None where there is none."""
    so_far = {
        name: Outcome(name=name, status="failed" if sure is None else "done", reason="", cutout_confidence=sure)
        for name, sure in confidences.items()
    }
    return CutOuts(items=tuple(map(item, confidences)), so_far=so_far, told=told or {})


def test_what_is_doubtful_comes_first_and_stays_there_when_it_is_corrected() -> None:
    names = [one.name for one in cut(sure=0.9, doubtful=0.2, failed=None, good=0.8).tried]
    assert names == ["doubtful", "failed", "sure", "good"]
    pointed = {"doubtful": {"photo": "", "point": [[1, 2, True]]}}
    after = cut(pointed, sure=0.9, doubtful=0.2, failed=None, good=0.8)
    assert [one.name for one in after.tried] == names and not after.is_doubtful("doubtful")
    assert cut({"doubtful": {"product": "a mug"}}, doubtful=0.2).is_doubtful("doubtful"), "words alone are no look"


def test_a_place_that_is_worth_a_look_is_told_before_it_is_said_that_none_is_doubtful(tmp_path: Path) -> None:
    cuts = cut(sure=0.9, marked=0.8, doubtful=0.2)
    cuts.record(replace(cuts.so_far["marked"], cutout_doubts=1, fingerprint="as it is"))
    assert [one.name for one in cuts.tried] == ["doubtful", "marked", "sure"]
    assert cuts.is_marked("marked") and not cuts.is_doubtful("marked")
    alone = replace(cuts, items=cuts.items[:2])
    shown = cutouts_markup.every(alone, tmp_path, 0)
    assert "1 has a place that is worth a look" in shown and shown.count('data-trigger="fine"') == 1
    find_fine(tmp_path, "marked", "as it is")
    shown = cutouts_markup.every(replace(alone, fine=fine(tmp_path)), tmp_path, 0)
    assert "None is doubtful" in shown and 'aria-pressed="true"' in shown


def test_a_page_of_ten_thousand_products_is_as_light_as_one_of_thirty(tmp_path: Path) -> None:
    many = cut({}, **{f"product-{number}": 0.9 for number in range(10_000)})
    page = cutouts_markup.every(many, tmp_path, 0)
    assert page.count("<li>") == cutouts_markup.PAGE and "1–24 of 10000" in page and len(page) < 20_000
    last = cutouts_markup.every(many, tmp_path, 9_999)
    assert "10000 of 10000" in last and 'data-value="product-9999"' in last
    assert "turned" not in cutouts_markup.every(many, tmp_path, 0, working=True), "the first page grows meanwhile"
    assert cutouts_markup.every(cut(), tmp_path, 0) == ""


def test_what_cannot_be_done_is_neither_done_nor_waited_for(tmp_path: Path) -> None:
    bad = Item(name="lamp", source="line 5", asked=None, problem="There is no photo.", product="lamp", spelt="Lamp")
    items, view = (*map(item, ("mug", "bottle")), bad), View(started=1.0)
    done = {"lamp": Outcome(name="lamp", status="failed"), "mug": Outcome(name="mug", status="done")}
    assert "0 / 2" in catalogue_markup.progress(view, "", items, {})
    assert "1 / 2" in catalogue_markup.progress(view, "", items, done)
    whole = done | {"bottle": Outcome(name="bottle", status="done")}
    warned = [
        "1 of 3 cannot be made" in catalogue_markup.plan(Catalogue(items=items), tmp_path, so_far, {})
        for so_far in (done, whole)
    ]
    assert warned == [True, False]
    assert ">Cannot be made</span>" in catalogue_markup.plan(Catalogue(items=items), tmp_path, done, {})


def test_names_from_a_table_are_no_markup(tmp_path: Path) -> None:
    shown = cutouts_markup.every(cut(**{"<b>": None}), tmp_path, 0)
    assert "<b>" not in shown and "&lt;b&gt;" in shown


def test_what_the_form_holds_is_what_the_correction_says(photo: Path, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text(
        f'photos,product,box,point\n{photo},bottle,"1,2,300,400","5,6;7,8,-"\n', "utf-8"
    )
    (table,) = products(catalogue.read(tmp_path / "table.csv", tmp_path / "unpacked", {"prompt": "any"}).items)
    form = cutouts.held(table)
    assert form["box"] == "1,2,300,400" and form["product"] == "bottle" and form["photos"] == [str(photo)]
    stroke = {"stroke": [[[10, 20], [30, 40]], 8, False]}
    changed = form | {"box": "", "marks": json.dumps([*json.loads(form["marks"]), stroke]), "masker": "lite"}
    correct(tmp_path, table.name, cutouts.told(changed))
    request = corrected(table, corrections(tmp_path)[table.name]).request
    assert request and request.box is None and request.masker == "lite"
    assert request.point == (Point(5, 6, True), Point(7, 8, False))
    assert request.stroke == (Stroke(((10, 20), (30, 40)), 8, False),)
    assert cutouts.held(corrected(table, cutouts.told(changed))) == changed


@pytest.mark.usefixtures("photo")
@pytest.mark.parametrize(("photos", "tone"), [("bottle.png", "plain"), ("gone.png", "warn")])
def test_of_a_single_product_a_mistake_is_told_as_one_and_a_missing_description_is_not(
    tmp_path: Path, photos: str, tone: str
) -> None:
    (tmp_path / "table.csv").write_text(f"photos\n{photos}\n", "utf-8")
    alone = catalogue.read(tmp_path / "table.csv", tmp_path / "unpacked", {})
    shown = catalogue_markup.plan(alone, tmp_path, {}, {})
    assert f'class="message {tone}"' in shown and shown.count('class="message') == 1
    both = replace(alone, items=(*alone.items, replace(alone.items[0], name="other")))
    assert f'class="message {tone}"' in catalogue_markup.plan(both, tmp_path, {}, {})


def test_a_doubtful_one_that_is_fine_is_none_any_more_until_it_changes(tmp_path: Path) -> None:
    doubtful = cut(doubtful=0.2, sure=0.9)
    doubtful.record(replace(doubtful.so_far["doubtful"], fingerprint="as it is"))
    shown = cutouts_markup.every(doubtful, tmp_path, 0)
    assert shown.count('data-trigger="fine"') == 1 and 'aria-pressed="true"' not in shown
    find_fine(tmp_path, "doubtful", "as it is")
    told = replace(doubtful, fine=fine(tmp_path))
    assert not told.is_doubtful("doubtful") and [one.name for one in told.tried] == ["doubtful", "sure"]
    shown = cutouts_markup.every(told, tmp_path, 0)
    assert 'aria-pressed="true"' in shown, "it can be taken back"
    told.record(replace(told.so_far["doubtful"], fingerprint="corrected"))
    assert told.is_doubtful("doubtful")
    find_fine(tmp_path, "doubtful", "")
    assert fine(tmp_path) == {}
    assert 'data-trigger="fine"' not in cutouts_markup.every(cut(failed=None), tmp_path, 0)


def test_what_is_corrected_cut_out_or_added_since_is_seen(photo: Path, tmp_path: Path) -> None:
    table, place = tmp_path / "source" / "table.csv", tmp_path / "cutouts"
    table.parent.mkdir()
    place.mkdir()
    shutil.copy(photo, table.parent)
    table.write_text(f"photos,name\n{photo.name},mug\n{photo.name},cup\n", "utf-8")

    def cut_out() -> None:
        for one in cutouts.seen(tmp_path).items:
            Journal(place).add(
                Outcome(name=one.name, status="done", cutout_confidence=0.9, fingerprint=one.fingerprint)
            )

    assert not cutouts.seen(tmp_path).so_far
    cut_out()
    assert set(cutouts.seen(tmp_path).so_far) == {"mug", "cup"}
    (mug, _) = cutouts.products(tmp_path)
    correct(tmp_path, "mug", cutouts.told(cutouts.held(mug) | {"box": "1,2,30,40"}))
    assert set(cutouts.seen(tmp_path).so_far) == {"cup"}
    cut_out()
    assert cutouts.seen(tmp_path).is_whole and "mug" in cutouts.seen(tmp_path).told
    table.write_text(f"photos,name\n{photo.name},bowl\n", "utf-8")
    assert [one.name for one in cutouts.seen(tmp_path).items] == ["bowl"] and not cutouts.seen(tmp_path).is_whole


def test_the_report_of_a_range_names_products_and_channels_as_people_do(tmp_path: Path) -> None:
    names = ["Rubber-duck", "Blue-mug", "Tea-box"]
    items = [
        Item(
            name=f"{name}-instagram-square",
            source="line 2",
            asked=json.dumps({"photos": ["/a.jpg"], "prompt": "any", "product": name.replace("-", " ")}),
            product=name,
        )
        for name in names
    ]
    look = "beauty-marble, instagram-square"
    outcomes = {
        one.name: Outcome(name=one.name, status="done", range=look, traits={"base": 0.6 if number else 0.9})
        for number, one in enumerate(items)
    }
    told = catalogue_markup.plan(Catalogue(items=tuple(items)), tmp_path, outcomes, {})
    assert "<b>Rubber duck</b>: it stands lower" in told and "Instagram, square" in told
    seen = re.sub("<[^>]*>", "", told)
    assert "Rubber-duck" not in seen and "instagram-square" not in seen
