"""A picture is held against a channel's rules, figure by figure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ecomgen.channels import get
from ecomgen.errors import BadPhoto
from ecomgen.exporting import check_picture


def amazon(path: Path, *, side: int = 2000, background: int = 255, product: float = 0.9) -> Path:
    pixels = np.full((side, side, 3), background, np.uint8)
    half = int(side * product / 2)
    pixels[side // 2 - half : side // 2 + half, side // 2 - half // 2 : side // 2 + half // 2] = (30, 80, 120)
    Image.fromarray(pixels).save(path)
    return path


def failed(path: Path) -> set[str]:
    return {result.rule for result in check_picture(path, get("amazon-main")) if not result.passed}


def test_a_good_picture_passes(tmp_path: Path) -> None:
    assert failed(amazon(tmp_path / "a.png")) == set()


def test_each_rule_can_fail(tmp_path: Path) -> None:
    assert "size" in failed(amazon(tmp_path / "a.png", side=1000))
    assert "background" in failed(amazon(tmp_path / "b.png", background=254))
    assert "fill" in failed(amazon(tmp_path / "c.png", product=0.5))
    assert "format" in failed(amazon(tmp_path / "d.bmp"))


def test_an_unreadable_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no")
    with pytest.raises(BadPhoto):
        check_picture(tmp_path / "a.png", get("story"))
