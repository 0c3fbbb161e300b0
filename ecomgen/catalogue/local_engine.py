"""Workers that are processes of this machine, so that one product cannot take others with it."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from typing import Any

from ecomgen.catalogue.item import Item, Lost, Outcome
from ecomgen.catalogue.storage import Where
from ecomgen.catalogue.worker import REFRESH, Work
from ecomgen.messages import Message
from ecomgen.types import Progress

TOLD_EVERY = 0.5  # seconds between two reports of the same step


class LocalPool:
    """So many processes, each begun when it is first needed."""

    def __init__(self, out: Where, workers: int, work: Work) -> None:
        self._out = out
        self._most = workers
        self._work = work
        self._idle: list[_Process] = []
        self._busy: dict[Connection, tuple[_Process, Item]] = {}

    def has_room(self) -> bool:
        return len(self._busy) < self._most

    def begin(self, item: Item) -> None:
        process = self._idle.pop() if self._idle else _Process(self._out, self._most, self._work)
        self._busy[process.pipe] = process, item
        process.give(item)

    def heard(self, seconds: float) -> list[tuple[Item, Outcome | Lost | Progress]]:
        return [self._answer(pipe) for pipe in wait(list(self._busy), seconds)]  # type: ignore[misc]

    def close(self) -> None:
        for process in (*self._idle, *(process for process, _ in self._busy.values())):
            process.end()

    def _answer(self, pipe: Connection) -> tuple[Item, Outcome | Lost | Progress]:
        process, item = self._busy[pipe]
        result = process.answer()
        if isinstance(result, Progress):
            return item, result
        del self._busy[pipe]
        if isinstance(result, Lost) or process.given >= REFRESH:
            process.end()
        else:
            self._idle.append(process)
        return item, result


class _Process:
    """One worker and the pipe to it."""

    def __init__(self, out: Where, workers: int, work: Work) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, its_own = context.Pipe()
        self.given = 0
        threads = max(1, (os.cpu_count() or 1) // workers)
        self._process = context.Process(target=serve, args=(its_own, out, threads, work), name="ecomgen-worker")
        self._process.start()
        atexit.register(self.end)  # no daemon, for it may have processes of its own
        its_own.close()

    def give(self, item: Item) -> None:
        """Have an item made. Where the process is dead already, its answer tells."""
        self.given += 1
        with suppress(OSError):
            self.pipe.send(item)

    def answer(self) -> Outcome | Lost | Progress:
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            self._process.join(5)
            return Lost(Message("its worker process ended with {code}", code=self._process.exitcode))

    def end(self) -> None:
        """Whatever it is at."""
        atexit.unregister(self.end)
        self._process.kill()
        self._process.join()
        self.pipe.close()


def serve(pipe: Connection, out: Where, threads: int, work: Work) -> None:
    """A worker process: workers share the cores rather than fight for them, and work at items until they are ended."""
    os.environ["OMP_NUM_THREADS"] = str(threads)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever gives the work ends it
    _die_with_parent()
    while True:
        try:
            item: Any = pipe.recv()
        except EOFError:
            return
        pipe.send(work(item, out, _Told(pipe)))


class _Told:
    """A report that goes through the pipe, no oftener than somebody can read it."""

    drafts = False

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._step, self._at = "", 0.0

    def __call__(self, progress: Progress) -> None:
        if progress.step != self._step or time.monotonic() >= self._at + TOLD_EVERY:
            self._step, self._at = progress.step, time.monotonic()
            self._pipe.send(replace(progress, draft=None))


def _die_with_parent() -> None:
    """Leave at once when the process that gives the work is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="ecomgen-orphan", daemon=True).start()
