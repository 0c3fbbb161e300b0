"""After a run, memory goes back to the system: the C library keeps what was freed, and a little more after each run."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any


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
