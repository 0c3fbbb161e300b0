"""What is kept is found again, is what was asked for, and stays within its bounds."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import numpy as np
import pytest
from cachetools import LRUCache
from masking.pictured import photo_of

from ecomgen.masking import cache
from ecomgen.masking.cache import content_of, copy_of, folder, forget, key_of, remembered


class Maker:
    """Makes an array, and counts how often."""

    def __init__(self, size: int = 10) -> None:
        self.size, self.made = size, 0

    def __call__(self) -> Mapping[str, np.ndarray]:
        self.made += 1
        return {"values": np.random.default_rng(self.made).random(self.size)}


@pytest.fixture(autouse=True)
def fresh(home: object) -> None:  # noqa: ARG001
    forget()


@pytest.mark.parametrize("between", [lambda: None, forget])
def test_what_is_on_disk_is_made_once(between: Callable[[], None]) -> None:
    make = Maker()
    first = remembered(key_of("a"), make)
    between()
    assert np.array_equal(remembered(key_of("a"), make)["values"], first["values"])
    assert make.made == 1


def one_array() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.zeros(3))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "damaged",
    [
        lambda whole: whole[:40],
        lambda whole: whole[:60] + b"\xff" * 20 + whole[80:],
        lambda _: one_array(),
        lambda _: b"",
    ],
    ids=["cut off", "written over", "of another kind", "empty"],
)
def test_a_damaged_file_is_made_anew(damaged: Callable[[bytes], bytes]) -> None:
    make = Maker()
    remembered(key_of("a"), make)
    for file in folder().iterdir():
        file.write_bytes(damaged(file.read_bytes()))
    forget()
    remembered(key_of("a"), make)
    assert make.made == 2


def test_a_disk_that_cannot_be_written_is_no_error() -> None:
    folder().parent.mkdir(parents=True)
    folder().write_text("in the way")
    assert len(remembered(key_of("a"), Maker())["values"]) == 10


def test_both_parts_stay_within_their_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_kept", LRUCache(3000, getsizeof=cache._kept.getsizeof))
    monkeypatch.setattr(cache, "DISK_BOUND", 5000)
    for number in range(8):
        remembered(key_of(number), Maker(100))
    assert sum(file.stat().st_size for file in folder().iterdir()) <= 5000
    oldest, newest = Maker(), Maker()
    remembered(key_of(0), oldest)
    remembered(key_of(7), newest)
    assert (oldest.made, newest.made) == (1, 0)


def test_keys_tell_contents_shapes_and_settings_apart() -> None:
    flat = np.arange(12)
    keys = {key_of(flat), key_of(flat.reshape(3, 4)), key_of(flat.astype(np.int32)), key_of(flat + 1), key_of(flat, 1)}
    assert len(keys) == 5
    assert key_of(flat.reshape(3, 4)) == key_of(np.asfortranarray(flat.reshape(3, 4)))


def test_photos_are_told_by_their_pixels_alone() -> None:
    rng = np.random.default_rng(5)
    pixels = rng.integers(0, 255, (300, 400, 3), dtype=np.uint8)
    one, same, other = photo_of(pixels), photo_of(pixels.copy(), name="b.png"), photo_of(255 - pixels)
    assert content_of(one) == content_of(same) != content_of(other)
    assert copy_of(one, 100) is copy_of(same, 100) is not copy_of(other, 100)
    assert copy_of(one, 100).shape == (75, 100, 3) and copy_of(one, 200).shape == (150, 200, 3)
