"""A run's folder: product.png, mask.png, cutout.png, candidates/, kept/ and run.json."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from ecomgen.atomic_file import write_atomically, write_json
from ecomgen.errors import CannotWrite
from ecomgen.export.files import encode
from ecomgen.export.metadata import Provenance
from ecomgen.export.thumbnails import thumbnails
from ecomgen.picture_file import printable
from ecomgen.record import RunRecord, run_id_in
from ecomgen.types import Candidate, Pixels, Verdict

SHOWN = ("before.webp", "heat", "stage", "scenes")  # what the app lays beside a run's pictures
CLIPS, CHANNELS = "clips", "channels"  # of its pictures in motion, and made for channels
# in the order in which they are moved
CONTENTS = (*SHOWN, CLIPS, CHANNELS, "product.png", "mask.png", "cutout.png", "candidates", "kept", "run.json")


class RunFolder:
    """Writes one run. Nothing is there before `make_room`, which moves a run that is there already to `earlier/RUN_ID`:
    it is never overwritten.

    Raises:
        CannotWrite: the folder cannot be made or written.
    """

    def __init__(self, folder: Path) -> None:
        refuse_unwritable(folder)
        self.folder = folder.absolute()
        self._made = not self.folder.exists()
        self._taken = False

    def make_room(self) -> tuple[str, Path] | None:
        """Make the folder, and move an earlier run out of the way. Returns its run_id and where it is now."""
        self._taken = True
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror
            raise CannotWrite(
                "{folder} cannot be written ({reason}): choose another folder with --out.",
                folder=self.folder,
                reason=reason,
            ) from error
        return self._earlier_moved()

    def _earlier_moved(self) -> tuple[str, Path] | None:
        record = self.folder / "run.json"
        if not record.exists():
            return None
        run_id = run_id_in(self.folder)
        target = self.folder / "earlier" / run_id
        if (target / "run.json").exists():  # without it, the move was cut short and goes on
            target = target.with_name(f"{run_id}-{record.stat().st_mtime_ns}")
        try:
            target.mkdir(parents=True, exist_ok=True)
            for name in CONTENTS:
                if (self.folder / name).exists():
                    shutil.move(self.folder / name, target / name)
        except OSError as error:
            raise CannotWrite(
                "The earlier run in {folder} cannot be moved ({error}): give another --out.",
                folder=self.folder,
                error=error,
            ) from error
        return run_id, target

    def discard(self) -> None:
        """Leave nothing behind of a run that made nothing."""
        if not self._taken:
            return
        with suppress(OSError):
            for name in ("product.png", "mask.png", "cutout.png"):
                (self.folder / name).unlink(missing_ok=True)
            (self.folder / "candidates").rmdir()
        if self._made:
            with suppress(OSError):
                self.folder.rmdir()

    def write_product(self, product: Pixels, mask: Pixels, cutout: Pixels) -> None:
        """The placed product (canvas, RGBA), the mask (photo, 0 or 255) and the cut-out (photo, RGBA)."""
        for name, pixels in (("product", product), ("mask", mask), ("cutout", cutout)):
            write_atomically(self.folder / f"{name}.png", encode(pixels, "png"))

    def write_repair(self, before: Pixels, after: Pixels) -> None:
        """The photo as it was repaired, and how far each pixel was moved."""
        moved = np.abs(after.astype(np.int16) - before).astype(np.uint8)
        for name, pixels in (("repaired", after), ("repair-difference", moved)):
            write_atomically(self.folder / f"{name}.png", encode(pixels, "png"))

    def write_candidate(self, candidate: Candidate, provenance: Provenance) -> str:
        """Write one picture; returns its path relative to the folder."""
        name = f"candidates/{candidate.index:02d}-{candidate.seed}.png"
        write_atomically(self.folder / name, encode(candidate.pixels, "png", provenance))
        return name

    def write_kept(self, paths: Sequence[str], verdicts: Sequence[Verdict]) -> None:
        """Fill kept/ anew: a copy of every kept candidate, named by its rank, best first.

        Raises:
            CannotWrite: the disk is full; no copy is half there.
        """
        kept = self.folder / "kept"
        with suppress(FileNotFoundError):
            shutil.rmtree(kept)
        kept.mkdir(parents=True)
        for path, verdict in zip(paths, verdicts, strict=True):
            if verdict.rank is not None:
                seed = Path(path).stem.split("-", 1)[1]
                write_atomically(kept / f"{verdict.rank:02d}-{seed}.png", (self.folder / path).read_bytes())


def write_record(folder: Path, record: RunRecord) -> None:
    """Write a run folder's run.json.

    Raises:
        CannotWrite: the folder cannot be written, or the disk is full; the earlier run.json is whole.
    """
    write_json(folder / "run.json", record.as_json())


def remove(folder: Path, run_id: str) -> None:
    """Delete what a run wrote, and its folder if nothing else is in it; nothing where another run has taken its place.

    Raises:
        CannotWrite: something cannot be deleted.
    """
    record = folder / "run.json"
    if record.exists() and run_id_in(folder) != run_id:
        return
    thumbnails().forget(folder)
    try:
        for name in CONTENTS:
            with suppress(FileNotFoundError):
                shutil.rmtree(folder / name) if (folder / name).is_dir() else (folder / name).unlink()
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    except OSError as error:
        raise CannotWrite(
            "{folder} cannot be deleted ({reason}): delete it yourself.", folder=folder, reason=error.strerror
        ) from error


def refuse_replacing(written: Iterable[Path], sources: Iterable[Path]) -> None:
    """Raises CannotWrite where a file to be written is one of those that it is made from."""
    read = {os.path.realpath(file) for file in sources}
    for file in written:
        if os.path.realpath(file) in read:
            raise CannotWrite(
                "{file} is what this is made from, and would be replaced: choose another --out.", file=printable(file)
            )


def refuse_unwritable(folder: Path) -> None:
    """Tell before the work, not after it, that a folder cannot be written; writes nothing.

    Raises:
        CannotWrite: with the way out.
    """
    try:
        there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        fine = there.is_dir() and os.access(there, os.W_OK)
    except (OSError, ValueError):
        fine = False
    if not fine:
        raise CannotWrite("{folder} cannot be written: choose another folder with --out.", folder=folder)
