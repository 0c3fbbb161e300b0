"""Runs a catalogue on local workers. Each is a process of its own, so that one product cannot take others with it."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from pydantic_core import from_json

from ecomgen.catalogue.item import Item, Outcome, outcome_of
from ecomgen.catalogue.lock import locked
from ecomgen.catalogue.worker import die_with_parent, listen_to, make
from ecomgen.errors import Cancelled, CannotWrite
from ecomgen.export import dataset, write_atomically
from ecomgen.export.archive import best_first
from ecomgen.export.run_folder import refuse_unwritable
from ecomgen.export.spreadsheet import encoded
from ecomgen.messages import Message
from ecomgen.record import read_file
from ecomgen.types import Progress, Report, silent

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event
    from pathlib import Path

REPORTED: tuple[str, ...] = (  # columns of report.csv
    "source", "name", "status", "reason", "made", "pictures", "folder", "run_id", "seconds", "cutout_confidence",
)  # fmt: skip
REFRESH = 200  # items after which a worker process is replaced, so that no library's leak adds up
LOOK_EVERY = 0.5  # seconds between two reports while nothing is finished, so that a cancel is heard


def run(
    items: Sequence[Item],
    out: Path,
    *,
    workers: int = 1,
    report: Report = silent,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> tuple[Outcome, ...]:
    """Make every item that is not done yet, and write report.json and report.csv.

    Args:
        items: what is to be made, as read.
        out: the catalogue's folder: `runs/NAME` holds each run, `pictures/` the finished files.
        workers: processes side by side; the studio alone already uses every core.
        report: receives progress; where it raises `Cancelled`, no further item is begun, what is in work is left
            within a moment and made anew by the next start, and the reports are written.
        on_outcome: receives each outcome as it comes, those of an earlier start first.

    Returns:
        The outcomes in the items' order.

    Raises:
        CannotWrite: the folder cannot be written, or another catalogue is being made there.
        Cancelled: after the reports of what is done were written.
    """
    refuse_unwritable(out)
    out.mkdir(parents=True, exist_ok=True)
    with locked(out):
        return _run(items, out, workers, report, on_outcome)


def _run(
    items: Sequence[Item], out: Path, workers: int, report: Report, on_outcome: Callable[[Outcome], None] | None
) -> tuple[Outcome, ...]:
    journal = Journal(out)
    tally = _Tally(len(items), report)
    try:
        for outcome in _outcomes(items, journal, out, workers, tally.tell):
            tally.add(outcome)
            if on_outcome:
                on_outcome(outcome)
    finally:
        ordered = tuple(tally.outcomes[item.name] for item in items if item.name in tally.outcomes)
        _write_reports(ordered, items, out)
    tally.tell()
    return ordered


class _Tally:
    """What became of the items so far; telling it takes as long at the end as at the beginning."""

    def __init__(self, total: int, report: Report) -> None:
        self.outcomes: dict[str, Outcome] = {}
        self._total, self._report, self._failed = total, report, 0

    def add(self, outcome: Outcome) -> None:
        """One item is finished."""
        self.outcomes[outcome.name] = outcome
        self._failed += outcome.status != "done"

    def tell(self) -> None:
        """Report how far it is."""
        message = Message("{failed} without a picture", failed=self._failed) if self._failed else ""
        self._report(Progress(step="catalogue", done=len(self.outcomes), total=self._total, message=message))


def _outcomes(
    items: Sequence[Item], journal: Journal, out: Path, workers: int, check_stop: Callable[[], None]
) -> Iterator[Outcome]:
    """What is known already, then each item as it is finished."""
    waiting: deque[Item] = deque()
    for item in items:
        known = journal.finished(item) if item.request else _refused(item)
        if known:
            yield known
        else:
            waiting.append(item)
    for outcome in _Pool(workers, out).work(waiting, check_stop) if waiting else ():
        journal.add(outcome)
        yield outcome


class _Pool:
    """Worker processes that are replaced when one dies; the item at fault is found by trying suspects alone."""

    def __init__(self, workers: int, out: Path) -> None:
        self._workers = workers
        self._out = out
        self._stop = multiprocessing.get_context("spawn").Event()
        self._executor = self._fresh(workers)

    def work(self, waiting: deque[Item], check_stop: Callable[[], None]) -> Iterator[Outcome]:
        """The outcome of each item as it is finished. Where `check_stop` raises `Cancelled`, what has begun is left."""
        running: dict[Future[Outcome], Item] = {}
        stopped: Cancelled | None = None
        try:
            while running or (waiting and not stopped):
                try:
                    check_stop()
                    self._start(waiting, running)
                except Cancelled as error:
                    stopped = error
                    self._stop.set()
                yield from self._finished(running)
        finally:
            self._executor.shutdown(wait=True, cancel_futures=True)
        if stopped:
            raise stopped

    def _finished(self, running: dict[Future[Outcome], Item]) -> Iterator[Outcome]:
        """What is finished within a moment."""
        done, _ = wait(running, timeout=LOOK_EVERY, return_when=FIRST_COMPLETED)
        if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
            suspects = list(running.values())
            running.clear()
            yield from self._one_by_one(suspects)
        for future in done & running.keys():
            del running[future]
            if not isinstance(future.exception(), Cancelled):
                yield future.result()

    def _start(self, waiting: deque[Item], running: dict[Future[Outcome], Item]) -> None:
        """Keep every worker busy. A pool that broke while idle is replaced; one with work in it fails that work."""
        while waiting and len(running) < self._workers:
            try:
                running[self._executor.submit(make, waiting[0], self._out)] = waiting[0]
            except BrokenProcessPool:
                if running:
                    return
                self._executor = self._fresh(self._workers)
            else:
                waiting.popleft()

    def _one_by_one(self, suspects: Sequence[Item]) -> Iterator[Outcome]:
        for item in suspects:
            self._executor = self._fresh(1)
            try:
                yield self._executor.submit(make, item, self._out).result()
            except BrokenProcessPool:
                reason = Message(
                    "Its worker process died, most likely for want of memory: try a smaller size or fewer workers."
                )
                yield Outcome(name=item.name, status="failed", reason=reason)
            self._executor.shutdown()
        self._executor = self._fresh(self._workers)

    def _fresh(self, workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        share = max(1, (os.cpu_count() or 1) // workers)
        return ProcessPoolExecutor(
            workers, mp_context=context, initializer=_prepare, initargs=(share, self._stop), max_tasks_per_child=REFRESH
        )


def _prepare(threads: int, stop: Event) -> None:
    """Workers share the cores rather than fight for them, and all stop together."""
    os.environ["OMP_NUM_THREADS"] = str(threads)
    die_with_parent()
    listen_to(stop)


def _refused(item: Item) -> Outcome:
    return Outcome(name=item.name, status="failed", reason=item.problem)


def _write_reports(outcomes: Sequence[Outcome], items: Sequence[Item], out: Path) -> None:
    sources = {item.name: item.source for item in items}
    entries = [{"source": sources[one.name], **one.reported} for one in outcomes]
    text = json.dumps({"items": entries, "total": len(items)}, indent=2, ensure_ascii=False)
    write_atomically(out / "report.json", text.encode("utf-8"))
    joined = ({"pictures": ";".join(one.pictures)} for one in outcomes)
    told = (entry | pictures for entry, pictures in zip(entries, joined, strict=True))
    write_atomically(out / "report.csv", encoded(REPORTED, told))
    rows = [row for outcome in outcomes for row in _words_of(outcome, out)]
    if rows:
        write_atomically(out / "words.csv", dataset.encode_table(rows))


def _words_of(outcome: Outcome, out: Path) -> Iterator[dataset.Row]:
    """What was written about an item's finished pictures."""
    if not outcome.pictures:
        return
    try:
        record = read_file(out / outcome.folder)
    except (OSError, ValueError):  # its folder was deleted since
        return
    for name, position in zip(outcome.pictures, best_first(record), strict=False):
        index = record.candidates[position].index
        yield from dataset.rows_of(record, index, name, record.parameters.channel)


class Journal:
    """The file journal.jsonl in the catalogue's folder; a later line about an item replaces an earlier one."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "journal.jsonl"
        self._folder = folder
        self._known: dict[str, Outcome] = {}
        if self._file.exists():
            for line in self._file.read_text("utf-8", errors="replace").split("\n"):  # cut anywhere by a full disk
                self._remember(line)

    def add(self, outcome: Outcome) -> None:
        """Append one outcome.

        Raises:
            CannotWrite: the file cannot be written.
        """
        self._known[outcome.name] = outcome
        try:
            with self._file.open("a", encoding="utf-8") as file:
                file.write("\n" + json.dumps(outcome.entry, ensure_ascii=False))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise CannotWrite(
                "{file} cannot be written ({reason}): free some space.", file=self._file, reason=error.strerror
            ) from error

    def finished(self, item: Item) -> Outcome | None:
        """The earlier outcome of an item, if it need not be made again: unchanged, and its pictures still there."""
        known = self._known.get(item.name)
        if known is None or known.status == "failed" or known.fingerprint != item.fingerprint:
            return None
        there = all((self._folder / picture).exists() for picture in (known.folder, *known.pictures))
        return known if there else None

    def _remember(self, line: str) -> None:
        try:
            outcome = outcome_of(from_json(line))
        except (ValueError, TypeError, KeyError):
            return  # cut off in the middle of a write
        self._known[outcome.name] = outcome
