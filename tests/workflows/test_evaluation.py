"""Any picture from anywhere against references: what `ecomgen score` says and shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ecomgen import samples
from ecomgen.request import ScoreRequest
from ecomgen.workflows.evaluation import score

SIDE = 200


def cut_out(name: str, number: int, file: Path) -> Path:
    """A sample's photo with its exact mask as a small RGBA file."""
    sample = samples.get(name)
    photo = Image.open(sample.photos[number]).convert("RGB")
    photo.putalpha(Image.open(sample.mattes[number]).convert("L"))
    photo.thumbnail((SIDE, SIDE))
    photo.save(file)
    return file


def test_each_picture_has_its_verdict_and_its_heat_map(tmp_path: Path) -> None:
    reference = cut_out("mug", 0, tmp_path / "reference.png")
    pictures = [cut_out("mug", 0, tmp_path / "same.png"), cut_out("box", 0, tmp_path / "other.png")]
    same, other = score(pictures, [reference], ScoreRequest(heat=tmp_path / "heat"))
    assert same["identity"] > 0.9 and not same["reasons"]
    assert other["identity"] < other["threshold"] and "below the threshold" in other["reasons"][0] and other["why"]
    for entry, picture in ((same, pictures[0]), (other, pictures[1])):
        assert len(entry["difference"]["box"]) == 4 and entry["difference"]["grid"]
        with Image.open(tmp_path / "heat" / f"{picture.stem}.png") as shown, Image.open(picture) as given:
            assert shown.size == given.size and np.asarray(shown).ndim == 3


@pytest.mark.parametrize("level", ["strict", "lenient", 0.3])
def test_the_level_is_the_callers(level: float | str, tmp_path: Path) -> None:
    reference = cut_out("mug", 0, tmp_path / "reference.png")
    (entry,) = score([reference], [reference], ScoreRequest(threshold=level))
    assert entry["threshold"] == {"strict": 0.8, "lenient": 0.4}.get(str(level), level)
