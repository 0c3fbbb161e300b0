"""The lane for heavy work: runs wait for each other, go on when a browser leaves, and stop when they are told to."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

from cachetools import FIFOCache

from ecomgen.cancellation import outwait
from ecomgen.errors import Cancelled, UsageError
from ecomgen.settings import settings
from ecomgen.types import Candidate, Pixels, Progress, Report, Scores
from ecomgen.web import locale
from ecomgen.web.jobs import backlog
from ecomgen.web.jobs.backlog import Asked
from ecomgen.web.jobs.fair_queue import Ticket, Turns

TICK = 0.5  # seconds between two looks at a job that reports nothing
PACE = 0.2  # seconds between two at one that reports much: a page takes its time to show what it is told
REMEMBERED = 50  # finished jobs that can still be looked at
Place = Literal["create", "draft", "clip", "export", "replay", "lab", "catalogue", "api", "rest"]  # of the screen
LONG = ("catalogue", "export")  # steps of work that is made of many runs or files; others may go between two of them


@dataclass(frozen=True, kw_only=True)
class Made:
    """One finished picture without its pixels, its file, and when it was ready."""

    index: int
    seed: int
    scores: Scores
    path: Path
    at: float


@dataclass(frozen=True, kw_only=True)
class View:
    """A job as it stands. `result` and `error` are None until it has ended."""

    ahead: int = 0  # jobs before it
    behind: str = ""  # the place of the screen whose work is in work, where that is its person's own
    started: float | None = None  # time.monotonic()
    begun: float | None = None  # time.monotonic() at which nothing of the first scene was there yet
    progress: Progress | None = None
    draft: Pixels | None = field(default=None, compare=False)  # a rough view of the picture in work
    made: tuple[Made, ...] = ()
    stopping: bool = False
    unit: View | None = None  # of work that is made of many runs the one in work
    result: Any = None
    error: BaseException | None = None
    ended: bool = False

    def after(self, progress: Progress) -> View:
        """The view once this is reported."""
        at_the_start = progress.step == "scene" and not progress.done and progress.draft is None
        begun = time.monotonic() if at_the_start else self.begun
        draft, unit = self.draft if progress.draft is None else progress.draft, None
        if progress.unit:
            goes_on = self.unit and self.progress and self.progress.done == progress.done
            unit = (self.unit if goes_on and self.unit else View(started=time.monotonic())).after(progress.unit)
        return replace(self, progress=progress, begun=begun, draft=draft, unit=unit)


class TooManyJobs(UsageError):
    """Somebody has as many jobs that have not ended as one may have."""


Work = Callable[[Report, Callable[["Candidate", Path], None]], Any]


class Job:
    """A piece of work in the lane, to be watched by anybody who holds it."""

    def __init__(self, work: Work, requested: Any = None, place: Place | None = None) -> None:
        self.place = place
        self.requested = requested  # what the screen held, to be shown again where it is lost
        self.between: Callable[..., None] = lambda **_: None  # long work calls it where others may have a turn
        self._work = work
        self._change = threading.Condition()
        self._view = View()
        self._stop = threading.Event()

    @property
    def view(self) -> View:
        return self._view

    def cancel(self) -> None:
        """Stop the work at its next report, keeping what is finished; work that has not begun never begins."""
        with self._change:
            self._stop.set()
            if self._view.started is None:
                self._set(error=_stopped(), ended=True)
            else:
                self._set(stopping=True)

    def watch(self, pace: float = PACE) -> Iterator[View]:
        """The view now, after changes, `pace` seconds apart, at least every half second, and the end at once.

        Leaving early stops nothing.
        """
        seen = None
        while True:
            with self._change:
                if self._view is seen and not self._view.ended:
                    self._change.wait(TICK)
                if seen is not None:
                    self._change.wait_for(lambda: self._view.ended, pace)
                seen = self._view
            yield seen
            if seen.ended:
                return

    def begin(self) -> Job:
        """Do the work beside the lane, in a thread of its own: for what a run need not wait for."""
        threading.Thread(target=self.run, name="ecomgen-aside", daemon=True).start()
        return self

    def wait(self) -> Any:
        """The result, or the error raised."""
        with self._change:
            self._change.wait_for(lambda: self._view.ended)
        if self._view.error is not None:
            raise self._view.error
        return self._view.result

    def run(self) -> None:
        """Do the work, in the lane's thread."""
        with self._change:
            if self._view.ended:
                return
            self._set(started=time.monotonic())
        try:
            self._set(result=self._work(self._report, self._seen), ended=True)
        except BaseException as error:  # it is handed to whoever waits
            self._set(error=error, ended=True)

    def moved(self, ahead: int, behind: str) -> None:
        """Others are before it, or go first in the middle of it."""
        self._set(ahead=ahead, behind=behind)

    def _report(self, progress: Progress) -> None:
        last = self._view.progress
        if progress.step in LONG and last and last.done < progress.done:
            self.between()
        if progress != last or progress.draft is not None:
            with self._change:
                self._view = self._view.after(progress)
                self._change.notify_all()
        if self._stop.is_set():
            raise _stopped()

    def _seen(self, candidate: Candidate, path: Path) -> None:
        made = Made(index=candidate.index, seed=candidate.seed, scores=candidate.scores, path=path, at=time.monotonic())
        self._set(made=(*self._view.made, made), draft=None)
        self.between(only_for_light=True)

    def _set(self, **changes: Any) -> None:
        with self._change:
            self._view = replace(self._view, **changes)
            self._change.notify_all()


def _stopped() -> Cancelled:
    return Cancelled("The run was stopped.")


class Lane:
    """Runs one job at a time, and one short job beside it, so that what takes seconds does not wait for a picture.
    Drafts, which only the renderer can make, go between two pictures, and all that waits between two parts of what is
    made of many runs or files.

    Both go fairly between persons; each job belongs to a person and a place of the screen. Who has `limit` jobs of
    either kind that have not ended must wait before the next.
    """

    def __init__(self, limit: Callable[[], int] = lambda: REMEMBERED) -> None:
        self._runs, self._short = Turns(), Turns()
        self._limit = limit
        self._lock = threading.Lock()
        self._jobs: dict[tuple[str, Place], Job] = {}
        self._unfinished: dict[str, list[Job]] = {}

    def start(
        self,
        person: str,
        place: Place,
        work: Work,
        requested: Any = None,
        asked: Asked | None = None,
        *,
        is_short: bool = False,
        is_draft: bool = False,
    ) -> Job:
        """Queue a piece of work; it is its person's current job at that place from now on. `requested` is kept with it.

        `asked` is noted on disk until it has ended. Work that `is_short` makes no pictures: it checks photos, cuts
        products out. What `is_draft` goes before all that waits, and between two pictures of what does not.

        Raises:
            TooManyJobs: the person has too many jobs already.
        """
        job = Job(work, requested, place)
        with self._lock:
            mine = [other for other in self._unfinished.get(person, []) if not other.view.ended]
            if len(mine) >= self._limit():
                raise TooManyJobs(locale.TOO_MANY_RUNS.format(count=len(mine)))
            self._unfinished[person] = [*mine, job]
            self._jobs.pop((person, place), None)
            self._jobs[person, place] = job
            self._forget()
        ticket = Ticket(
            person=person,
            gone=lambda: job.view.ended or job.view.stopping,
            moved=job.moved,
            place=place,
            is_light=is_draft,
        )
        turns = self._short if is_short else self._runs
        job.between = partial(turns.pause, ticket)
        ended = backlog.keep(person, place, asked) if asked else lambda: None
        turns.join(ticket)
        work_on = partial(_work, job, turns, ticket, ended, is_short=is_short)
        threading.Thread(target=work_on, name="ecomgen-lane", daemon=True).start()
        return job

    def current(self, person: str, place: Place) -> Job | None:
        """The job that somebody started last at a place."""
        with self._lock:
            return self._jobs.get((person, place))

    def call_off(self, person: str, place: Place) -> None:
        """Stop all that somebody has waiting or in work there."""
        with self._lock:
            jobs = [job for job in self._unfinished.get(person, []) if job.place == place]
        for job in jobs:
            if not job.view.ended:
                job.cancel()

    def counted(self) -> tuple[int, int]:
        """How many jobs wait, and how many are in work."""
        with self._lock:
            views = [job.view for jobs in self._unfinished.values() for job in jobs]
        going = [view for view in views if not view.ended]
        return sum(view.started is None for view in going), sum(view.started is not None for view in going)

    def _forget(self) -> None:
        done = [key for key, job in self._jobs.items() if job.view.ended]
        for key in done[: max(0, len(self._jobs) - REMEMBERED)]:
            del self._jobs[key]
        for person, jobs in list(self._unfinished.items()):
            if all(job.view.ended for job in jobs):
                del self._unfinished[person]


def _work(job: Job, turns: Turns, ticket: Ticket, ended: Callable[[], None], *, is_short: bool) -> None:
    try:
        if turns.wait(ticket):
            try:
                if not is_short:
                    outwait()
                job.run()
            finally:
                give_back()
                turns.end(ticket)
    finally:
        ended()


class Latest:
    """Of what one owner asks, only the latest counts: an older answer must not replace a newer one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: FIFOCache[str, Callable[[], None]] = FIFOCache(REMEMBERED)

    def take_over(self, owner: str, cancel: Callable[[], None]) -> Callable[[], bool]:
        """Something new is asked; what was asked before is cancelled. Returns a question: is this still the latest?"""
        with self._lock:
            before = self._latest.pop(owner, None)
            self._latest[owner] = cancel
        if before is not None:
            before()
        return lambda: self._latest.get(owner) is cancel

    def watch(self, owner: str, job: Job) -> Iterator[View]:
        """A job as it goes on, until it has ended or something newer is asked."""
        is_latest = self.take_over(owner, job.cancel)
        for view in job.watch():
            if not is_latest():
                return
            yield view


def drafting(view: View) -> str:
    """What is said of a draft that is not there yet: only another draft keeps it waiting for no picture."""
    return locale.STAGE_WAITING if view.ahead and view.behind != "draft" else locale.STAGE_DRAFTING


lane = Lane(lambda: settings().runs_per_person)


def give_back() -> None:
    """Return what is free. glibc alone keeps so much, and alone can be asked; elsewhere nothing is done."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):  # another C library; on Windows there is no process to look in
        return None
