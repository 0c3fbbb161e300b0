"""Whether the products of a range are alike, and who stands out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from commands import Run

from ecomgen.catalogue import Outcome, consistency

ALIKE = {"horizon": 10.0, "base": 0.83, "height": 0.5, "light_side": 0.5, "warmth": 20.0, "brightness": 60.0}


def product(name: str, place: str = "autumn-rust", **other: float) -> Outcome:
    return Outcome(name=name, status="done", range=place, traits=ALIKE | other)


@pytest.mark.parametrize(("trait", "other"), [(name, value + 3 * consistency.TRAITS[name].tolerance)
                                              for name, value in ALIKE.items()])  # fmt: skip
def test_who_is_not_like_the_others_is_named_with_the_reason(trait: str, other: float) -> None:
    unlike = product("d", **{trait: other, consistency.BY_HAND: 1.0})
    (found,) = consistency.judged([product("a"), product("b"), product("c"), unlike])
    assert found["range"] == "autumn-rust" and found["products"] == 4
    ((one, reasons),) = [(each["name"], each["reasons"]) for each in found["stands_out"]]
    assert one == "d" and reasons == [consistency.TRAITS[trait].above.template.format(value=other, median=ALIKE[trait])]
    assert found["traits"][trait]["spread"] == pytest.approx(3 * consistency.TRAITS[trait].tolerance, abs=0.002)


def test_what_stands_by_the_rule_is_as_high_as_its_shape_has_it() -> None:
    (found,) = consistency.judged([product("a"), product("b"), product("shoe", height=0.2)])
    assert found["stands_out"] == []


def test_each_range_is_held_to_itself_and_two_products_are_none() -> None:
    winter = [product(name, "winter", warmth=-5) for name in "efg"]
    single = [product("h", "spring", warmth=80), product("i", "spring"), Outcome(name="j", status="failed")]
    found = consistency.judged([*(product(name) for name in "abc"), *winter, *single])
    assert [(one["range"], one["stands_out"]) for one in found] == [("autumn-rust", []), ("winter", [])]


def test_warmth_and_brightness_are_those_beside_the_product() -> None:
    cold, warm = (np.full((64, 64, 3), colour, np.uint8) for colour in ((120, 140, 200), (200, 150, 90)))
    for picture in (cold, warm):
        picture[20:, 20:44] = (255, 0, 0)
    (dark, blue), (light, yellow) = (consistency._seen(picture) for picture in (cold, warm))
    assert blue < -20 and yellow > 20 and dark < light


@pytest.mark.usefixtures("in_process")
def test_a_catalogue_in_one_look_is_one_range(run: Run, photo: Path, tmp_path: Path) -> None:
    table, out = tmp_path / "catalogue.csv", tmp_path / "out"
    rows = [f"{name},{photo},{place}" for name, place in (("a", ""), ("b", ""), ("c", ""), ("d", "0.5 0.6 0.3"))]
    table.write_text("\n".join(["name,photos,place", *(row.replace(" ", ";") for row in rows), ""]), "utf-8")
    options = ("--look", "beauty-marble", "--count", "1", "--size", "64x64", "--seed", "3", "--threshold", "0")
    answer = run("batch", table, "--out", out, *options)
    assert answer.code == 0, answer.err
    (found,) = json.loads((out / "report.json").read_text("utf-8"))["consistency"]
    assert found["range"] == "beauty-marble" and found["traits"]["horizon"]["spread"] == 0
    ((one, reasons),) = [(each["name"], " ".join(each["reasons"])) for each in found["stands_out"]]
    assert one == "d" and "at 60%" in reasons and "smaller (30%" in reasons
    assert (
        "3 of 4 alike" in answer.out and "! d: it stands higher (at 60% of the picture; the others at 8" in answer.out
    )
    lines = list(csv.DictReader((out / "report.csv").read_text("utf-8-sig").splitlines()))
    assert [bool(line["unlike_its_range"]) for line in lines] == [False, False, False, True]
