"""How many cores one piece of work takes that runs beside others: libraries would each take all, and wait for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from typing import TypeVar

from threadpoolctl import ThreadpoolController

from ecomgen import models
from ecomgen.shared_switch import SharedSwitch

Piece = TypeVar("Piece")
Done = TypeVar("Done")


def in_pairs(work: Callable[[Piece], Done], pieces: Iterable[Piece]) -> Iterator[Done]:
    """What became of each piece, in order, two at a time; for work that lets go of Python's lock."""
    with ThreadPoolExecutor(2) as pool, one_for_numpy:
        yield from pool.map(work, pieces)


def _limit_torch(back: ExitStack) -> None:
    import torch

    back.callback(torch.set_num_threads, models.threads())
    torch.set_num_threads(1)


def _limit_numpy(back: ExitStack) -> None:
    back.enter_context(_controller().limit(limits=1, user_api="blas"))


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


one_for_torch = SharedSwitch(_limit_torch)
"""Layers this small gain little from a second core, and wait long for one that others use."""

one_for_numpy = SharedSwitch(_limit_numpy)
"""The same of numpy's matrix products."""
