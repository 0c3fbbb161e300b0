"""The script that makes the samples."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from ecomgen import samples
from training.samples.render import render
from training.samples.views import VIEWS

MUG = next(view for view in VIEWS if view.stem == "mug/01")
SCALE = 0.1


def test_every_shipped_photo_has_a_view() -> None:
    shipped = {f"{sample.name}/{photo.stem}" for sample in samples.every() for photo in sample.photos}
    assert shipped == {view.stem for view in VIEWS}


def test_a_small_render_is_the_same_twice_and_resembles_the_shipped_one(tmp_path: Path) -> None:
    first, second = (render([MUG], tmp_path / name, scale=SCALE, samples=4)[0] for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]

    with Image.open(first[0]) as small, Image.open(samples.get("mug").photos[0]) as shipped:
        expected = np.asarray(shipped.resize(small.size, Image.Resampling.BOX), float)
        assert np.abs(np.asarray(small, float) - expected).mean() < 6
    with Image.open(first[1]) as small, Image.open(samples.get("mug").mattes[0]) as shipped:
        expected = np.asarray(shipped.resize(small.size, Image.Resampling.BOX), float)
        assert np.abs(np.asarray(small, float) - expected).mean() < 2
