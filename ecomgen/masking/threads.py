"""How many cores one piece of work takes that runs beside others: libraries would each take all, and wait for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from ecomgen import models

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

Piece = TypeVar("Piece")
Done = TypeVar("Done")


def in_pairs(work: Callable[[Piece], Done], pieces: Iterable[Piece]) -> Iterator[Done]:
    """What became of each piece, in order, two at a time; for work that lets go of Python's lock."""
    with ThreadPoolExecutor(2) as pool, one_for_numpy:
        yield from pool.map(work, pieces)


@contextmanager
def one_for_torch() -> Iterator[None]:
    """Layers this small gain little from a second core, and wait long for one that others use."""
    import torch

    usual = models.threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(usual)


class _OneForNumpy:
    """Numpy's matrix products; whoever comes first asks for one thread, whoever leaves last gives the others back."""

    def __init__(self) -> None:
        self._lock, self._inside = Lock(), 0
        self._limit: AbstractContextManager | None = None

    def __enter__(self) -> None:
        with self._lock:
            self._inside += 1
            if self._inside == 1:
                self._limit = _controller().limit(limits=1, user_api="blas")

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0 and self._limit is not None:
                self._limit.__exit__(None, None, None)


@cache
def _controller() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


one_for_numpy = _OneForNumpy()
