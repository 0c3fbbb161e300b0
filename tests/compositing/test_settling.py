"""A product that settles: what its ground covers, in the record and in the pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import Run
from PIL import Image

from ecomgen import samples

ASKED = ("--pipeline", "studio", "--masker", "grabcut", "--count", 1, "--seed", 3, "--steps", 2, "--threshold", 0)


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Any:
    """The only candidate of a run on such ground, its picture, and the product that was placed."""

    def make(prompt: str, settle: float) -> tuple[dict[str, Any], np.ndarray, np.ndarray]:
        out = tmp_path / f"{prompt}-{settle}"
        photo = samples.get("bottle").photos[0]
        asked = ("--prompt", prompt, "--settle", settle, "--size", "128x128", "--out", out, "--json")
        answer = run("generate", photo, *ASKED, *asked)
        assert answer.code == 0, answer.err
        (entry,) = answer.json["candidates"]
        return entry | {"run_id": answer.json["run_id"]}, _pixels(out / entry["path"]), _pixels(out / "product.png")

    return make


def test_snow_covers_more_of_the_base_the_more_the_product_settles(made: Any) -> None:
    (none, flat, product), (some, _, _), (most, sunk, whole) = (made("in fresh snow", share) for share in (0, 0.4, 1))
    assert none.get("relit") is None
    assert (product == whole).all()
    assert 0 < some["relit"]["covered_fraction"] < most["relit"]["covered_fraction"] < 0.15
    changed = (flat != sunk).any(-1) & (product[..., 3] == 255)
    rows = np.flatnonzero((product[..., 3] > 0).any(1))
    assert changed.any()
    assert np.flatnonzero(changed.any(1)).min() > rows[-1] - 0.22 * len(rows)
    assert abs(most["scores"]["identity"] - none["scores"]["identity"]) < 0.02


def test_blades_stand_before_the_base_and_a_replay_repeats_them(made: Any, run: Run) -> None:
    entry, picture, product = made("on a lawn", 0.8)
    assert 0 < entry["relit"]["covered_fraction"] < 0.15
    assert "grounded" not in entry["parts"]
    hidden = (product[..., 3] == 255) & (picture != product[..., :3]).any(-1)
    assert hidden.any() and not hidden[: product.shape[0] // 2].any()
    again = run("runs", "replay", entry["run_id"], "--verify", "--json")
    assert again.code == 0 and again.json["pictures"][0]["identical"]


@pytest.mark.parametrize("prompt", ["on a marble table", "on a stack of books on the lawn"])
def test_firm_ground_covers_nothing_and_says_so(made: Any, prompt: str) -> None:
    entry, picture, product = made(prompt, 1)
    assert entry.get("relit") is None
    assert any("--settle" in note for note in entry["notes"])
    opaque = product[..., 3] == 255
    assert (picture[opaque] == product[opaque, :3]).all()


def _pixels(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path))
