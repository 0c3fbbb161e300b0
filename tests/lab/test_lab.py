"""The lab from the command line: one sheet, tables, a second start."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from commands import Run
from PIL import Image


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))


@pytest.mark.usefixtures("in_process")
def test_every_combination_on_one_sheet(run: Run, photo: Path, tmp_path: Path) -> None:
    words = ("lab", photo, "--prompt", "on {oak|marble}", "--grid", "max_depth=2,3", "--size", "64x64", "--steps", 1)
    out = tmp_path / "lab"
    answer = run(*words, "--out", out, "--json")
    assert answer.code == 0, answer.err
    table = rows(out / "scores.csv")
    assert [(row["words"], row["max_depth"]) for row in table] == [
        ("oak", "2"),
        ("oak", "3"),
        ("marble", "2"),
        ("marble", "3"),
    ]
    assert {row["seed"] for row in table} == {"0"}
    for row in table:
        record = json.loads((out / row["path"]).parents[1].joinpath("run.json").read_text("utf-8"))
        assert record["parameters"]["max_depth"] == int(row["max_depth"]) and record["prompt"] == row["prompt"]
    assert {row["value"] for row in rows(out / "fragments.csv")} == {"oak", "marble", "2", "3"}
    with Image.open(out / "contact-sheet.png") as sheet:
        assert sheet.width > 2 * 96
    assert answer.json["axes"][0] == {"name": "words", "values": ["oak", "marble"]}

    runs = [row["run_id"] for row in table]
    assert run(*words, "--out", out).code == 0
    assert [row["run_id"] for row in rows(out / "scores.csv")] == runs, "a second start makes nothing again"


@pytest.mark.usefixtures("in_process")
def test_a_combination_that_cannot_be_made_leaves_the_others_and_is_told(run: Run, photo: Path, tmp_path: Path) -> None:
    words = ("lab", photo, "--prompt", "on oak", "--grid", "steps=1,999999", "--size", "64x64", "--out", tmp_path)
    answer = run(*words, "--json")
    assert answer.code == 3 and "1 of 2 combinations failed" in answer.err
    assert len(answer.json["pictures"]) == 1 and "--steps 999999 is out of range" in answer.json["problems"][0]
    again = run(*words)
    assert again.code == 3 and "✗ on oak: --steps 999999 is out of range" in again.out


def test_a_grid_over_what_the_pipeline_does_not_have(run: Run, photo: Path, tmp_path: Path) -> None:
    answer = run("lab", photo, "--prompt", "on oak", "--grid", "strength=0.4,0.5", "--out", tmp_path / "lab")
    assert answer.code == 2 and "relight, samples_per_pixel, settle" in answer.err
    assert not (tmp_path / "lab").exists()
