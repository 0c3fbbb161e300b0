"""Several graphics cards: the pictures of one request are made side by side, by one process a card.

Which pictures are whose is accelerate's doing (`PartialState.split_between_processes`). The processes live as long as
this one, so that each loads its pipelines once and keeps them by the same rules.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ecomgen.errors import BackendMissing, Cancelled, EcomgenError
from ecomgen.recipes import Recipe
from ecomgen.types import Progress, Report, Scene, SceneRequest

_PATIENCE = 1.0  # seconds between two looks at whether every process is still alive


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where one process stands in the crew, as accelerate and torch.distributed read it from the environment."""

    rank: int
    devices: tuple[str, ...]
    port: int
    threads: int  # as many as here: sums in another order would round otherwise

    @property
    def environment(self) -> dict[str, str]:
        size = str(len(self.devices))
        place = {"RANK": str(self.rank), "LOCAL_RANK": str(self.rank), "WORLD_SIZE": size, "LOCAL_WORLD_SIZE": size}
        meeting = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(self.port)}
        return {**place, **meeting, "ECOMGEN_DEVICE": self.devices[self.rank]}


@dataclass(frozen=True, kw_only=True, eq=False)
class _Said:
    """What a process tells: a step, a scene with its number in the request, an error, or, with none, its end."""

    rank: int
    progress: Progress | None = None
    scene: tuple[int, Scene] | None = None
    error: BaseException | None = None

    @property
    def is_end(self) -> bool:
        return self.progress is None and self.scene is None and self.error is None


@lru_cache
def crew_of(devices: tuple[str, ...]) -> Crew:
    """The processes on these devices, started once."""
    return Crew(devices)


class Crew:
    """Processes that make the pictures of a request together, one a device."""

    def __init__(self, devices: Sequence[str]) -> None:
        """Start them."""
        import torch
        import torch.multiprocessing as processes

        context = processes.get_context("spawn")
        self._answers, self._stop, self._turn = context.Queue(), context.Event(), threading.Lock()
        self._tasks = [context.Queue() for _ in devices]
        port = _free_port()
        threads = torch.get_num_threads()
        places = [_Place(rank=rank, devices=tuple(devices), port=port, threads=threads) for rank in range(len(devices))]
        self._workers = [
            context.Process(
                target=_serve, args=(place, self._tasks[place.rank], self._answers, self._stop), daemon=True
            )
            for place in places
        ]
        for worker in self._workers:
            worker.start()

    def make(self, recipe: Recipe, request: SceneRequest, report: Report) -> Iterator[Scene]:
        """One scene per seed, in order, each as soon as it and those before it are ready.

        Raises:
            Cancelled: from `report`; every process stops within a step.
            BackendMissing: a process has died.
        """
        with self._turn:
            self._stop.clear()
            for tasks in self._tasks:
                tasks.put((recipe, request))
            yield from self._in_order(report)

    def close(self) -> None:
        """Let the processes go."""
        for tasks in self._tasks:
            tasks.put(None)
        for worker in self._workers:
            worker.join(timeout=30)

    def _in_order(self, report: Report) -> Iterator[Scene]:
        waiting: dict[int, Scene] = {}
        due, failure = 0, None
        answers = self._answers_of(report)
        try:
            for answer in answers:
                failure = failure or answer.error
                if answer.scene is not None:
                    waiting[answer.scene[0]] = answer.scene[1]
                while due in waiting and failure is None:
                    yield waiting.pop(due)
                    due += 1
        finally:  # also where nobody wants the rest: what comes late must not reach the next request
            self._stop.set()
            for _ in answers:
                pass
        if failure is not None:
            raise failure

    def _answers_of(self, report: Report) -> Iterator[_Said]:
        """What the processes say until each has ended; how far they are goes to `report`, all together."""
        steps: dict[int, float] = {}  # of each process, as a share of the whole; it counts in units of its own
        units, busy = 1, len(self._workers)
        while busy:
            answer = self._next()
            busy -= answer.is_end
            if answer.progress is None:
                yield answer
                continue
            units = max(units, answer.progress.total)
            share = answer.progress.done / max(1, answer.progress.total)
            steps[answer.rank] = max(steps.get(answer.rank, 0.0), share)  # a part of it begins at none
            done = min(units, round(units * sum(steps.values())))
            stop = self._informed(report, replace(answer.progress, done=done, total=units))
            if stop is not None:
                yield _Said(rank=answer.rank, error=stop)

    def _informed(self, report: Report, progress: Progress) -> BaseException | None:
        """Pass on how far all are together; what the listener raises stops them."""
        if self._stop.is_set():  # told already
            return None
        try:
            report(progress)
        except Cancelled as stop:
            self._stop.set()
            return stop
        return None

    def _next(self) -> _Said:
        from queue import Empty

        while True:
            try:
                return self._answers.get(timeout=_PATIENCE)
            except Empty:
                dead = [worker for worker in self._workers if not worker.is_alive()]
            if dead:
                crew_of.cache_clear()  # the next request gets another crew
                raise BackendMissing(
                    "A process that made pictures on one of the graphics cards has died: set ECOMGEN_DEVICE=cuda:0 to "
                    "use one card, or try again."
                )


def _serve(place: _Place, tasks: Any, answers: Any, stop: Any) -> None:
    """The life of one process: a request comes, its share of the pictures goes, until there is no more."""
    os.environ.update(place.environment)
    import torch
    from accelerate import PartialState

    from ecomgen.scenes import open_backend

    state: Any = PartialState(cpu=place.devices[place.rank] == "cpu")
    torch.set_num_threads(place.threads)
    for recipe, request in iter(tasks.get, None):
        try:
            with state.split_between_processes(list(enumerate(request.seeds))) as mine:
                _share(place.rank, open_backend(recipe), request, mine, answers, stop)
        except EcomgenError as error:
            stop.set()
            answers.put(_Said(rank=place.rank, error=error))
        answers.put(_Said(rank=place.rank))
    state.destroy_process_group()


def _share(
    rank: int, backend: Any, request: SceneRequest, mine: list[tuple[int, int]], answers: Any, stop: Any
) -> None:
    """The pictures that are this process's, told one by one."""

    def report(progress: Progress) -> None:
        if stop.is_set():
            raise Cancelled("The request was stopped.")
        answers.put(_Said(rank=rank, progress=_of_all(progress, len(mine), len(request.seeds))))

    own = replace(request, seeds=tuple(seed for _, seed in mine))
    for (number, _), scene in zip(mine, backend.make(own, report) if mine else (), strict=True):
        answers.put(_Said(rank=rank, scene=(number, scene)))


def _of_all(progress: Progress, own: int, pictures: int) -> Progress:
    """Counted in the whole request's units: what is a share's total is that part of all pictures'."""
    return replace(progress, total=progress.total * pictures // max(own, 1))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
