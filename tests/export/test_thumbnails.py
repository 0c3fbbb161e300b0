"""Small copies of pictures are made once, never stale, and never too many."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from ecomgen.export.thumbnails import Thumbnails, front, show_in_lists


def paint(path: Path, colour: str, size: tuple[int, int] = (400, 200)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


def colour(data: bytes) -> tuple[int, ...]:
    pixel = Image.open(io.BytesIO(data)).convert("RGB").getpixel((5, 5))
    assert isinstance(pixel, tuple)
    return pixel


def test_a_copy_is_made_once_and_anew_for_another_picture(tmp_path: Path) -> None:
    small = Thumbnails(tmp_path / "cache")
    picture = paint(tmp_path / "run" / "kept" / "01-7.png", "red")
    first = small.of(picture, 100)
    assert Image.open(io.BytesIO(first)).size == (100, 50)
    assert small.of(picture, 100) == first and len(list((tmp_path / "cache").iterdir())) == 1
    paint(picture, "blue", (401, 200))
    red, _, blue = colour(small.of(picture, 100))
    assert blue > 200 > red
    picture.unlink()
    with pytest.raises(OSError, match="01-7"):
        small.of(picture, 100)


def test_they_go_with_their_run_and_when_there_are_too_many(tmp_path: Path) -> None:
    small = Thumbnails(tmp_path / "cache", bound=1000)
    pictures = [paint(tmp_path / f"r{number}" / "kept" / "01-7.png", "red") for number in range(8)]
    for picture in pictures:
        small.of(picture)
        assert 0 < sum(file.stat().st_size for file in (tmp_path / "cache").iterdir()) <= 1000
    small.forget(tmp_path / "r7")
    left = set((tmp_path / "cache").iterdir())
    small.of(pictures[7])
    assert len(set((tmp_path / "cache").iterdir()) - left) == 1


def test_a_cache_that_cannot_be_written_costs_no_picture(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in its place")
    assert Thumbnails(tmp_path / "cache").of(paint(tmp_path / "a.png", "red"))


def test_a_finished_run_is_ready_to_be_listed(tmp_path: Path, home: Path) -> None:
    assert front(tmp_path) is None
    candidate = paint(tmp_path / "candidates" / "00-7.png", "red")
    assert front(tmp_path) == candidate
    best = paint(tmp_path / "kept" / "01-9.png", "blue")
    assert front(tmp_path) == best == front(tmp_path, {5})
    assert front(tmp_path, {0}) == candidate, "what people chose stands for it"
    show_in_lists(tmp_path)
    assert len(list((home / "cache" / "thumbnails").iterdir())) == 1
