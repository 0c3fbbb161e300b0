"""Small copies of finished pictures, made once, so that a list of many runs opens at once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from ecomgen import disk_cache, picture_file
from ecomgen.errors import BadPhoto
from ecomgen.settings import settings

SIDE = 240  # pixels of the longer side, in a list
BOUND = 0.1 * 2**30  # bytes of all copies: about ten thousand
PLACES = ("kept", "candidates")  # of a run's folder


class Thumbnails:
    """A folder of small copies, each named after its picture's place, size and time, so that none is ever stale."""

    def __init__(self, folder: Path, bound: float = BOUND) -> None:
        self.folder = folder
        self._bound = bound

    def of(self, picture: Path, side: int = SIDE) -> bytes:
        """A picture file as WebP whose longer side has at most `side` pixels.

        Raises:
            OSError: the picture is gone.
            BadPhoto: it cannot be read.
        """
        facts = picture.stat()
        version = _short(f"{picture.name} {facts.st_mtime_ns} {facts.st_size} {side}")
        target = self.folder / f"{_short(str(picture.parent.absolute()))}-{version}.webp"
        data = disk_cache.kept(target)
        if data is None:
            data = shrunk(picture, side)
            disk_cache.keep(target, data, self._bound)
        return data

    def forget(self, run: Path) -> None:
        """Remove the copies of a run folder's pictures."""
        for place in PLACES:
            for copy in self.folder.glob(f"{_short(str((run / place).absolute()))}-*"):
                copy.unlink(missing_ok=True)


def thumbnails() -> Thumbnails:
    """Those of this machine's runs."""
    return Thumbnails(settings().cache / "thumbnails")


def front(run: Path, chosen: Collection[int] = ()) -> Path | None:
    """The picture that stands for a run in a list: the first that people have `chosen`, by its index, else its best
    kept one, else its first; None where it has none."""
    theirs = (f"candidates/{index:02d}-*.png" for index in sorted(chosen))
    patterns = (*theirs, *(f"{place}/*.png" for place in PLACES))
    return next((file for pattern in patterns for file in sorted(run.glob(pattern))), None)


def show_in_lists(run: Path) -> None:
    """Make the small copy that lists show of a finished run, before anybody looks."""
    picture = front(run)
    if picture:
        with suppress(OSError, BadPhoto):
            thumbnails().of(picture)


def shrunk(picture: Path, side: int) -> bytes:
    """A picture file as WebP whose longer side has at most `side` pixels.

    Raises:
        BadPhoto: it is gone, or cannot be read.
    """
    opened = picture_file.load(picture, near=(side, side))
    with picture_file.decoding(picture):
        return picture_file.small_webp(opened.convert("RGB"), side)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:24]
