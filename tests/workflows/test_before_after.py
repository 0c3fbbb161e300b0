"""The photo laid over the picture: the product must not move."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from logged import record
from PIL import Image

from ecomgen import Request, generate
from ecomgen.workflows.before_after import before


def test_the_product_stays_where_it_is(photo: Path, tmp_path: Path) -> None:
    run = generate(
        Request(photos=(photo,), prompt="on marble", count=1, size=(320, 240), steps=1, seed=1, out=tmp_path / "run")
    )
    file = before(run.record, run.folder)
    assert file and file.parent == run.folder
    laid = np.asarray(Image.open(file).convert("RGB")).astype(int)
    product = np.asarray(Image.open(run.folder / "product.png"))
    opaque = product[..., 3] == 255
    assert laid.shape[:2] == product.shape[:2]
    assert np.abs(laid - product[..., :3])[opaque].mean() < 12
    photo.unlink()
    file.unlink()
    assert before(run.record, run.folder), "the log keeps the photo"


def test_a_replaced_product_has_no_before(tmp_path: Path) -> None:
    assert before(record("r1", parameters={"mode": "replace"}), tmp_path) is None
