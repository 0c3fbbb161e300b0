"""Switches of the whole process, such as the threads of a library, that several threads turn at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from threading import Lock


class SharedSwitch:
    """While any thread is within, everything is turned; after the last one it is as it was found.

    Each of `turns` is given the stack on which it leaves what turns it back.
    """

    def __init__(self, *turns: Callable[[ExitStack], object]) -> None:
        self._turns = turns
        self._lock, self._within, self._back = Lock(), 0, ExitStack()

    def __enter__(self) -> None:
        with self._lock:
            self._within += 1
            if self._within == 1:
                for turn in self._turns:
                    turn(self._back)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._within -= 1
            if self._within == 0:
                self._back.close()
