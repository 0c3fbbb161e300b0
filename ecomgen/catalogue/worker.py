"""What a worker process does: one run, and its kept pictures as finished files."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from ecomgen.catalogue.item import Item, Outcome, run_folder
from ecomgen.errors import Cancelled, EcomgenError
from ecomgen.messages import Message

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event
    from pathlib import Path

    from ecomgen.generation import Run
    from ecomgen.types import Progress


class _Listening:
    """A report that only asks whether the catalogue was stopped."""

    drafts = False
    stop: Event | None = None

    def __call__(self, _: Progress) -> None:
        if self.stop is not None and self.stop.is_set():
            raise Cancelled


_listening = _Listening()


def listen_to(stop: Event) -> None:
    """Leave what this process has in work once `stop` is set."""
    _listening.stop = stop


def die_with_parent() -> None:
    """Leave at once when the process that gives the work is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="ecomgen-orphan", daemon=True).start()


def make(item: Item, out: Path) -> Outcome:
    """Make one item. Whatever goes wrong with it is its outcome, so that the catalogue goes on.

    Raises:
        Cancelled: the catalogue was stopped meanwhile.
    """
    start = time.monotonic()
    try:
        return _made(item, out, start)
    except Cancelled:
        raise
    except EcomgenError as error:
        reason = error.message
    except Exception as error:
        reason = Message("Unexpected {kind}: {error}", kind=type(error).__name__, error=" ".join(str(error).split()))
    return Outcome(name=item.name, status="failed", reason=reason, seconds=round(time.monotonic() - start, 2))


def _made(item: Item, out: Path, start: float) -> Outcome:
    from dataclasses import replace

    from ecomgen.generation import generate

    if item.request is None:
        raise ValueError("an item without a request is not given to a worker")
    fingerprint = item.fingerprint
    run = generate(replace(item.request, out=run_folder(out, item)), _listening)
    if run.record.status == "cancelled":
        raise Cancelled
    pictures = _finished(run, item, out)
    first = run.record.candidates[0].reasons
    return Outcome(
        name=item.name,
        status="done" if pictures else "nothing-passed",
        reason="" if pictures else "; ".join(first),
        run_id=run.run_id,
        folder=str(run.folder.relative_to(out.absolute())),
        made=len(run.record.candidates),
        cutout_confidence=run.record.mask.confidence,
        pictures=pictures,
        seconds=round(time.monotonic() - start, 2),
        fingerprint=fingerprint,
    )


def _finished(run: Run, item: Item, out: Path) -> tuple[str, ...]:
    """The kept pictures in their channel's format as pictures/NAME-RANK, relative to `out`."""
    from ecomgen import channels
    from ecomgen.export import SUFFIXES, encode, read_pixels, write_atomically
    from ecomgen.export.archive import best_first
    from ecomgen.workflows.channel_export import provenance_for

    channel = channels.get(item.request.channel) if item.request and item.request.channel else None
    kind, limit, dpi = (channel.format, channel.max_bytes, channel.dpi) if channel else ("png", None, None)
    for old in (out / "pictures").glob(f"{item.name}-[0-9]*"):
        if old.stem.removeprefix(f"{item.name}-").isdigit():
            old.unlink()
    written = []
    for rank, position in enumerate(best_first(run.record), start=1):
        entry = run.record.candidates[position]
        provenance = provenance_for(run.record, entry, channel)
        data = encode(read_pixels(run.folder / entry.path), kind, provenance, limit, dpi)
        name = f"pictures/{item.name}-{rank}{SUFFIXES[kind]}"
        write_atomically(out / name, data)
        written.append(name)
    return tuple(written)
