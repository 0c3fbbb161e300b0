"""What a worker does with an item, whatever engine it belongs to: one run, and its kept pictures as finished files."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from ecomgen.atomic_file import write_atomically
from ecomgen.catalogue.item import Item, Outcome, is_still_good, run_folder
from ecomgen.catalogue.storage import Where, where
from ecomgen.errors import EcomgenError
from ecomgen.generation import Run, generate
from ecomgen.messages import Message
from ecomgen.request import Request
from ecomgen.types import Report, silent

DONE = "outcome.json"  # in a run's folder, written last: what became of the item
REFRESH = 200  # items after which whoever works at them is replaced, so that no library's leak adds up
LEFT_BEHIND = 60  # seconds that a worker of an earlier start may need to leave an item

Work = Callable[[Item, Where, Report], Outcome]  # a function of a module, which other processes find by its name


def make(item: Item, out: Path | Where, report: Report = silent) -> Outcome:
    """Make one item, unless somebody else has."""
    start, place = time.monotonic(), where(out)

    def done() -> Outcome:
        with _alone(item, place):
            known = _before(item, place)  # whose driver may have died, so that it came to no journal
            return known if known and is_still_good(known, item, place) else _made(item, place, start, report)

    return attempted(item, done)


def attempted(item: Item, work: Callable[[], Outcome]) -> Outcome:
    """What becomes of an item. Whatever goes wrong with it is its outcome, so that the others go on."""
    start = time.monotonic()
    try:
        return work()
    except EcomgenError as error:
        reason = error.message
    except Exception as error:
        reason = Message("Unexpected {kind}: {error}", kind=type(error).__name__, error=" ".join(str(error).split()))
    return Outcome(name=item.name, status="failed", reason=reason, seconds=round(time.monotonic() - start, 2))


@contextmanager
def _alone(item: Item, out: Where) -> Iterator[None]:
    """Hold an item: a worker whose driver was killed can outlive it by a moment."""
    file = run_folder(out, item).with_name(f".{item.name}.lock")
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file, timeout=LEFT_BEHIND):
        try:
            yield
        finally:
            file.unlink(missing_ok=True)


def _before(item: Item, out: Where) -> Outcome | None:
    """What an earlier start has made of it."""
    return Outcome.read(out.read(f"runs/{item.name}/{DONE}") or b"")


def _made(item: Item, out: Where, start: float, report: Report) -> Outcome:
    from ecomgen.runlog import clean

    request, fingerprint, place = item.at_hand(), item.fingerprint, run_folder(out, item).absolute()
    before = _before(item, out)
    out.remove(f"runs/{item.name}/{DONE}")
    clean(place, ())
    run = generate(replace(request, out=place), report, logged=False)
    pictures = _finished(run, request, item.name, out.local)
    unread = not run.record.candidates  # nothing of its prompt was understood, which its last note says
    reasons = run.record.notes[-1:] if unread else run.record.candidates[0].reasons
    outcome = Outcome(
        name=item.name,
        status="done" if pictures or unread else "nothing-passed",
        reason="" if pictures else "; ".join(reasons),
        run_id=run.run_id,
        folder=str(run.folder.relative_to(out.local.absolute())),
        made=len(run.record.candidates),
        cutout_confidence=run.record.mask.confidence,
        pictures=pictures,
        seconds=round(time.monotonic() - start, 2),
        fingerprint=fingerprint,
        **_alike(run),
    )
    write_atomically(place / DONE, json.dumps(outcome.entry, ensure_ascii=False).encode())
    if out.url:
        _handed_over(item, pictures, before.pictures if before else (), out)
    return outcome


def _alike(run: Run) -> dict[str, Any]:
    """What makes it one of a range, where it has a look and a picture."""
    from ecomgen.catalogue.consistency import range_of, traits
    from ecomgen.export import read_pixels

    name = range_of(run.record)
    return {"range": name, "traits": traits(run.record, read_pixels(run.kept[0]))} if name and run.kept else {}


def _handed_over(item: Item, pictures: tuple[str, ...], before: tuple[str, ...], out: Where) -> None:
    """Write what was made to its storage, what it is of last, and keep here what the log reads."""
    folder = f"runs/{item.name}"
    out.publish(*pictures)
    out.publish_all(folder, but=DONE)
    out.remove(*(name for name in before if name not in pictures))
    out.publish(f"{folder}/{DONE}")
    record = (out.local / folder / "run.json").read_bytes()
    shutil.rmtree(out.local / folder)
    (out.local / folder).mkdir()
    (out.local / folder / "run.json").write_bytes(record)
    for name in pictures:
        (out.local / name).unlink(missing_ok=True)


def _finished(run: Run, request: Request, name: str, out: Path) -> tuple[str, ...]:
    """The kept pictures in their channel's format as pictures/NAME-RANK, relative to `out`."""
    from ecomgen import channels
    from ecomgen.export import SUFFIXES, encode, read_pixels
    from ecomgen.export.archive import best_first
    from ecomgen.workflows.channel_export import provenance_for

    channel = channels.get(request.channel) if request.channel else None
    kind, limit, dpi = (channel.format, channel.max_bytes, channel.dpi) if channel else ("png", None, None)
    for old in (out / "pictures").glob(f"{name}-[0-9]*"):
        if old.stem.removeprefix(f"{name}-").isdigit():
            old.unlink()
    written = []
    for rank, entry in enumerate(best_first(run.record), start=1):
        provenance = provenance_for(run.record, entry, channel)
        data = encode(read_pixels(run.folder / entry.path), kind, provenance, limit, dpi)
        file = f"pictures/{name}-{rank}{SUFFIXES[kind]}"
        write_atomically(out / file, data)
        written.append(file)
    return tuple(written)
