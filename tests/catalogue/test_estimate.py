"""What a catalogue is likely to take is told from earlier runs of the same kind, and else not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from commands import Run

from ecomgen.catalogue.estimate import likely_seconds
from ecomgen.generation import generate
from ecomgen.record.pace import EACH, ONCE
from ecomgen.request import Request


def test_it_is_what_earlier_runs_of_the_kind_took_by_pictures_and_pixels(photo: Path, tmp_path: Path, run: Run) -> None:
    one = Request(photos=(photo,), prompt="on slate", size=(64, 64), steps=4, count=2, threshold=0, seed=1)
    assert likely_seconds([one]) is None, "nothing was made here yet"

    took = generate(replace(one, out=tmp_path / "run")).record.timings
    once, pictures = (sum(took.get(step, 0.0) for step in steps) for steps in (ONCE, EACH))
    other = replace(one, photos=(tmp_path / "other.jpg",), prompt="at the beach", count=1)
    assert likely_seconds([one]) == pytest.approx(once + pictures)
    assert likely_seconds([one, other]) == pytest.approx(2 * once + 1.5 * pictures)
    large, larger = (likely_seconds([replace(one, size=(side, side))]) for side in (1024, 2048))
    assert large and larger and 3 < (larger - once) / (large - once) < 4, "what is built once is built at any size"

    (tmp_path / "table.csv").write_text(f"photos,prompt,size,steps,count\n{photo},at the beach,64x64,4,2\n", "utf-8")
    planned = ("batch", tmp_path / "table.csv", "--out", tmp_path / "out", "--dry-run")
    assert run(*planned, "--json").json["seconds"] == pytest.approx(once + pictures)
    assert "About 1 minute on this machine" in run(*planned).out


@pytest.mark.parametrize(
    "otherwise",
    [{"steps": 8}, {"look": "winter-fireside"}, {"size": None, "channel": "amazon-main"}, {"mode": "replace"}],
)
def test_of_another_kind_nothing_is_told(photo: Path, tmp_path: Path, otherwise: dict[str, object]) -> None:
    one = Request(photos=(photo,), prompt="on slate", size=(64, 64), steps=4, count=1, threshold=0, seed=1)
    generate(replace(one, out=tmp_path / "run"))
    other = replace(one, **otherwise)  # type: ignore[arg-type]
    assert likely_seconds([one]) and likely_seconds([one, other]) is None
