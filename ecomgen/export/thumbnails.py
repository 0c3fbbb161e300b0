"""Small copies of finished pictures, made once, so that a list of many runs opens at once."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from ecomgen import picture_file
from ecomgen.errors import BadPhoto, CannotWrite
from ecomgen.export.files import write_atomically
from ecomgen.settings import settings

SIDE = 240  # pixels of the longer side, in a list
MOST, BOUND = 10_000, 0.1 * 2**30  # files, and the bytes that they take
PLACES = ("kept", "candidates")  # of a run's folder


class Thumbnails:
    """A folder of small copies, each named after its picture's place, size and time, so that none is ever stale."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder = folder
        self._most = most

    def of(self, picture: Path, side: int = SIDE) -> bytes:
        """A picture file as WebP whose longer side has at most `side` pixels.

        Raises:
            OSError: the picture is gone.
            BadPhoto: it cannot be read.
        """
        facts = picture.stat()
        version = _short(f"{picture.name} {facts.st_mtime_ns} {facts.st_size} {side}")
        target = self.folder / f"{_short(str(picture.parent.absolute()))}-{version}.webp"
        with suppress(OSError):
            return target.read_bytes()
        data = shrunk(picture, side)
        with suppress(CannotWrite, OSError):
            write_atomically(target, data)
            self._drop_oldest()
        return data

    def forget(self, run: Path) -> None:
        """Remove the copies of a run folder's pictures."""
        for place in PLACES:
            for copy in self.folder.glob(f"{_short(str((run / place).absolute()))}-*"):
                copy.unlink(missing_ok=True)

    def _drop_oldest(self) -> None:
        """Keep within the limit: where it is passed, the older quarter goes."""
        copies = list(self.folder.iterdir())
        if len(copies) <= self._most:
            return
        by_age = sorted(copies, key=lambda file: file.stat().st_mtime_ns)
        for file in by_age[: max(1, len(by_age) // 4)]:
            file.unlink(missing_ok=True)


def thumbnails() -> Thumbnails:
    """Those of this machine's runs."""
    return Thumbnails(settings().cache / "thumbnails")


def front(run: Path) -> Path | None:
    """The picture that stands for a run in a list: its best kept one, else its first; None where it has none."""
    return next((file for place in PLACES for file in sorted((run / place).glob("*.png"))), None)


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
