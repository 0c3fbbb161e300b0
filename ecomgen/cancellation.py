"""Long work that can be left at once: it is done in a thread of its own, while the caller asks whether to go on.

A network's look at a photo or a set of textures takes seconds and asks nobody. Whoever stops a run need not wait for
it: the work is left to end by itself, at its own next report or when it is done, and what it gives is dropped. So only
what writes nothing, or what may be written twice, is done this way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

from ecomgen.errors import Cancelled
from ecomgen.types import Progress, Report, silent

T = TypeVar("T")

ASKED_EVERY = 0.2  # seconds
THREAD = "ecomgen-attended"
LEFT = "ecomgen-left"  # where nobody waits any more


def attended(work: Callable[[Report], T], report: Report, begin: Progress) -> T:
    """What `work` gives.

    Args:
        work: takes a report of its own, which tells it to stop once nobody waits any more.
        report: hears `begin` at once, then, several times a second and in the caller's thread, what the work told last.
        begin: where the work begins.

    Raises:
        Cancelled: from `report`, within a moment; the work may then still be at it.
    """
    report(begin)
    if report is silent:
        return work(silent)
    ear, answer = _Ear(begin), Future[T]()
    thread = threading.Thread(target=_answered, args=(work, ear, answer), name=THREAD, daemon=True)
    thread.start()
    try:
        while not wait([answer], ASKED_EVERY).done:
            report(ear.last)
    except BaseException:
        ear.left, thread.name = True, LEFT
        raise
    return answer.result()


def is_left() -> bool:
    """Whether work that nobody waits for any more is still at it."""
    return any(thread.name in (THREAD, LEFT) for thread in threading.enumerate())


def outwait() -> None:
    """Come back once such work is done: a renderer in two threads at a time ends the process."""
    for thread in threading.enumerate():
        if thread.name == LEFT:
            thread.join()


class _Ear:
    """A report that remembers what it heard last."""

    def __init__(self, begin: Progress) -> None:
        self.last = begin
        self.left = False

    def __call__(self, progress: Progress) -> None:
        self.last = progress
        if self.left:
            raise Cancelled


def _answered(work: Callable[[Report], T], ear: _Ear, answer: Future[T]) -> None:
    try:
        answer.set_result(work(ear))
    except BaseException as error:  # it is raised again where the answer is waited for
        answer.set_exception(error)
