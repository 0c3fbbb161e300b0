"""Makes a catalogue on the workers of an engine, and goes on after a stop.

An engine only moves items to workers and outcomes back. What is done, what is tried again, the journal, the run log and
the reports are this module's, so that a catalogue that was begun on one engine goes on with another.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import Literal, Protocol

from ecomgen.catalogue.item import Item, Lost, Outcome
from ecomgen.catalogue.journal import Journal, Outcomes, refused, write_reports
from ecomgen.catalogue.lock import HOLDER, locked
from ecomgen.catalogue.storage import Where, where
from ecomgen.catalogue.worker import Work, make
from ecomgen.export.run_folder import refuse_unwritable
from ecomgen.messages import Message
from ecomgen.runlog import run_log
from ecomgen.types import Progress, Report, silent
from ecomgen.workflows.recorder import enter_finished

TRIES = 3  # times that a product may lose its worker
LOOK_EVERY = 0.5  # seconds between two reports while nothing is finished, so that a cancel is heard


class Pool(Protocol):
    """The workers of an engine. Each has one item at a time, so that it is known which one it died of."""

    def has_room(self) -> bool:
        """Whether a worker waits for an item."""
        ...

    def begin(self, item: Item) -> None:
        """Give an item to a worker that waits."""
        ...

    def heard(self, seconds: float) -> Sequence[tuple[Item, Outcome | Lost | Progress]]:
        """What has ended and how far others are, waiting so long for the first; a worker that died has another in its
        place."""
        ...

    def close(self) -> None:
        """Leave what is in work, and nothing running."""
        ...


@dataclass(frozen=True, kw_only=True)
class Engine:
    """Where a catalogue is made: so many worker processes of this machine, or of a Ray cluster at an `address`.

    Without `workers`: one on this machine, as many as a cluster holds. Without an address Ray begins a cluster of its
    own on this machine.
    """

    name: Literal["local", "ray"] = "local"
    workers: int | None = None
    address: str = ""

    def open(self, items: Sequence[Item], out: Where, work: Work) -> Pool:
        """Workers that do this work.

        Raises:
            BackendMissing: Ray is not installed, or cannot be reached.
        """
        if self.name == "ray":
            from ecomgen.catalogue.ray_engine import RayPool

            return RayPool(items, out, self.workers, self.address, work)
        from ecomgen.catalogue.local_engine import LocalPool

        return LocalPool(out, self.workers or 1, work)


def run(
    items: Sequence[Item],
    out: Path | str,
    *,
    engine: Engine = Engine(),
    work: Work = make,
    report: Report = silent,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> Sequence[Outcome]:
    """Make every item that is not done yet, and write report.json and report.csv.

    Args:
        items: what is to be made, as read.
        out: the catalogue's folder, a path or an address of storage: `runs/NAME` holds each run, `pictures/` the
            finished files.
        engine: where the workers are.
        work: what they do with each item; by default its run.
        report: receives progress, and of an item in work its own; where it raises `Cancelled`, no further item is
            begun, what is in work is left and made anew by the next start, and the reports are written.
        on_outcome: receives each outcome as it comes, those of an earlier start first.

    Returns:
        The outcomes in the items' order, each read from the folder when it is asked for.

    Raises:
        CannotWrite: the folder cannot be written, or another catalogue is being made there.
        BackendMissing: the engine cannot be had.
        Cancelled: after the reports of what is done were written.
    """
    place = where(out)
    place = replace(place, local=place.local.absolute())
    refuse_unwritable(place.local)
    place.local.mkdir(parents=True, exist_ok=True)
    with locked(place.local), place.shown(HOLDER):
        tally, journal = _Tally(len(items), report), Journal(place)
        try:
            for outcome, is_new in _outcomes(items, journal, lambda left: engine.open(left, place, work), tally.hear):
                tally.add(outcome, is_new=is_new)
                if on_outcome:
                    on_outcome(outcome)
        finally:
            outcomes = Outcomes([item for item in items if item.name in tally.ended], journal)
            write_reports(outcomes, items, place)
        tally.hear()
        return outcomes


class _Tally:
    """What became of the items so far; telling it takes as long at the end as at the beginning."""

    def __init__(self, total: int, report: Report) -> None:
        self.ended: set[str] = set()  # their names
        self._total, self._report, self._failed, self._made = total, report, 0, 0
        self._message: str = ""
        self._unit: Progress | None = None
        self._began = time.monotonic()

    def add(self, outcome: Outcome, *, is_new: bool) -> None:
        """One item is finished, by this start or, not new, by an earlier one."""
        self.ended.add(outcome.name)
        self._unit = None
        self._failed += outcome.status != "done"
        self._made += is_new and outcome.seconds > 0
        self._message = self._told()

    def hear(self, unit: Progress | None = None) -> None:
        """Report how far it is, and how far an item in work."""
        self._unit = unit or self._unit
        done, total = len(self.ended), self._total
        self._report(Progress(step="catalogue", done=done, total=total, message=self._message, unit=self._unit))

    def _told(self) -> str:
        """How many have no picture, how fast it goes, and how long the rest takes at that."""
        failed = Message("{failed} without a picture", failed=self._failed) if self._failed else ""
        minutes = max(time.monotonic() - self._began, 1e-3) / 60
        left = self._total - len(self.ended)
        if not (self._made and left):
            return failed
        rate = self._made / minutes
        pace = Message("{rate:.3g} a minute, {left:,} min left", rate=rate, left=ceil(left / rate))
        return Message("{failed}, {pace}", failed=failed, pace=pace) if failed else pace


def _outcomes(
    items: Sequence[Item],
    journal: Journal,
    opened: Callable[[Sequence[Item]], Pool],
    hear: Callable[..., None],
) -> Iterator[tuple[Outcome, bool]]:
    """What is known already, then each item as it is finished; with each, whether it is new."""
    out = journal.place
    waiting: deque[Item] = deque()
    for item in items:
        known = refused(item) if item.asked is None else journal.finished(item)
        if known:
            yield known, False
        else:
            waiting.append(item)
    if not waiting:
        return
    log = run_log()  # it tells before the work where it cannot be written
    try:
        for item, outcome in _made(waiting, opened(tuple(waiting)), hear):
            if outcome.folder and (request := item.request):
                place = out.bring(f"{outcome.folder}/run.json").parent
                enter_finished(log, place, request, item.title if item.product else "")
            journal.add(outcome)
            yield outcome, True
    finally:
        journal.publish()


def _made(waiting: deque[Item], pool: Pool, hear: Callable[..., None]) -> Iterator[tuple[Item, Outcome]]:
    """Each item as it is finished. One whose worker died is tried again, after all others."""
    in_work: set[str] = set()
    losses: dict[str, tuple[str, ...]] = {}
    try:
        while waiting or in_work:
            hear()
            while waiting and pool.has_room():
                in_work.add(waiting[0].name)
                pool.begin(waiting.popleft())
            for item, result in pool.heard(LOOK_EVERY):
                if isinstance(result, Progress):
                    hear(result)
                    continue
                in_work.remove(item.name)
                if isinstance(result, Lost):
                    losses[item.name] = (*losses.get(item.name, ()), result.reason)
                    if len(losses[item.name]) < TRIES:
                        waiting.append(item)
                        continue
                    result = _taken_down(item)
                if item.name in losses:
                    result = replace(result, retried=losses.pop(item.name)[: TRIES - 1])
                yield item, result
    finally:
        pool.close()


def _taken_down(item: Item) -> Outcome:
    reason = Message("Its worker process died, most likely for want of memory: try a smaller size or fewer workers.")
    return Outcome(name=item.name, status="failed", reason=reason)
