"""A run's picture in its final shape: as it was made, or composed anew for a channel, which the run's folder keeps."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ecomgen.atomic_file import write
from ecomgen.channels import Channel
from ecomgen.errors import BadPhoto
from ecomgen.export import read_pixels
from ecomgen.export.run_folder import CHANNELS
from ecomgen.generation import Run
from ecomgen.record import CandidateEntry, RunRecord, WordsEntry, read_file
from ecomgen.types import Pixels, Report
from ecomgen.workflows.replay import recompose


@dataclass(frozen=True, kw_only=True, eq=False)
class Composed:
    """A picture's pixels, the placed product, and the run and candidate that it is."""

    pixels: Pixels
    product: Pixels
    record: RunRecord
    entry: CandidateEntry


@dataclass(frozen=True, kw_only=True)
class ForChannel:
    """A picture of the run in `folder` that a channel wants."""

    record: RunRecord
    entry: CandidateEntry
    folder: Path
    channel: Channel

    @property
    def is_kept(self) -> bool:
        """Whether it is there already."""
        return (self._place / "run.json").is_file()

    def made(self, report: Report) -> Composed:
        """It, read where it is kept, else made and kept.

        Raises:
            BadPhoto: a photo of the run is gone.
        """
        found = self._kept()
        if found is None:
            with tempfile.TemporaryDirectory(prefix="ecomgen-export-") as scratch:
                run, _ = recompose(self.record, self.entry, self.channel.name, Path(scratch) / "run", report)
                found = as_made(run.record, run.record.candidates[0], run.folder)
                self._keep(run)
        words = _carried(self.record, self.entry.index)
        record = found.record.model_copy(update={"words": words})
        return Composed(pixels=found.pixels, product=found.product, record=record, entry=found.entry)

    @property
    def _stem(self) -> str:
        return f"{self.channel.name}-{self.entry.seed}-"

    @property
    def _place(self) -> Path:
        """Its folder, which another picture, another rule of the channel or another version has not."""
        told = f"{version('ecomgen')} {self.entry.sha256} {self.channel.model_dump_json()}"
        return self.folder / CHANNELS / f"{self._stem}{hashlib.sha256(told.encode()).hexdigest()[:12]}"

    def _kept(self) -> Composed | None:
        """It as it is kept; None where it is not, or damaged."""
        try:
            record = read_file(self._place)
            return as_made(record, record.candidates[0], self._place)
        except (OSError, ValueError, IndexError, BadPhoto):
            return None

    def _keep(self, run: Run) -> None:
        """Keep what is needed of its own run, the record last; a disk that is full or read-only keeps nothing."""
        with suppress(OSError):
            for earlier in self._place.parent.glob(f"{self._stem}*"):
                shutil.rmtree(earlier)
            for name in (run.record.candidates[0].path, "product.png", "run.json"):
                write(self._place / name, (run.folder / name).read_bytes())


def as_made(record: RunRecord, entry: CandidateEntry, folder: Path) -> Composed:
    """A picture of the run in `folder` as it is.

    Raises:
        BadPhoto: it is gone.
    """
    return Composed(
        pixels=read_pixels(folder / entry.path),
        product=read_pixels(folder / "product.png", "RGBA"),
        record=record,
        entry=entry,
    )


def _carried(record: RunRecord, index: int) -> tuple[WordsEntry, ...]:
    """A run's words for the one picture of a run that was composed anew from the candidate with this index."""
    own = {
        entry.language: tuple(one.model_copy(update={"index": 0}) for one in entry.alt_texts if one.index == index)
        for entry in record.words
    }
    return tuple(entry.model_copy(update={"alt_texts": own[entry.language]}) for entry in record.words)
