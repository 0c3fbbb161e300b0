"""The threshold moved on the screen: the selection is made again from the run's files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from logged import entry, record
from PIL import Image

from ecomgen.record import CandidateEntry, RunRecord
from ecomgen.workflows.reselection import as_exported, refilter


def made(index: int, identity: float, folder: Path) -> CandidateEntry:
    path = f"candidates/{index:02d}-{index}.png"
    (folder / "candidates").mkdir(exist_ok=True)
    Image.fromarray(np.full((32, 48, 3), 40 + 50 * index, np.uint8)).save(folder / path)
    scores = {"identity": identity, "extension": 1.0, "adherence": None, "quality": 0.5, "overall": identity}
    return entry(index, seed=index, path=path, steps=4, sampler="path", scores=scores)


@pytest.fixture
def run(tmp_path: Path) -> RunRecord:
    candidates = [made(index, identity, tmp_path) for index, identity in enumerate((0.9, 0.5, 0.7))]
    return record("r", parameters={"threshold": 0.4, "keep": None}, candidates=candidates, notes=["one"])


@pytest.mark.parametrize(("threshold", "kept"), [(0.0, [0, 1, 2]), (0.6, [0, 2]), (0.8, [0]), (1.0, [])])
def test_the_threshold_decides(run: RunRecord, tmp_path: Path, threshold: float, kept: list[int]) -> None:
    changed = refilter(run, tmp_path, threshold)
    assert [one.index for one in changed.candidates if one.status == "kept"] == kept
    assert all(one.reasons for one in changed.candidates if one.status == "filtered")
    assert {one.status for one in run.candidates} == {"kept"}


def test_a_picture_that_is_gone_keeps_its_verdict(run: RunRecord, tmp_path: Path) -> None:
    (tmp_path / run.candidates[1].path).unlink()
    changed = refilter(run, tmp_path, 0.8)
    assert [one.status for one in changed.candidates] == ["kept", "kept", "filtered"]


def test_an_export_says_that_it_was_filtered_anew(run: RunRecord, tmp_path: Path) -> None:
    assert as_exported(run, tmp_path, 0.4) == run
    assert "0.80" in as_exported(run, tmp_path, 0.8).notes[-1]
