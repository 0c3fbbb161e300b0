"""Models stay loaded: one load a process, and the least recently used goes when memory runs short."""

from __future__ import annotations

import gc
import math
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from cachetools import LRUCache

from ecomgen.models.devices import total_memory
from ecomgen.settings import settings

T = TypeVar("T")

_SHARE = 0.5  # of the device's memory, where no budget is set; the rest is for activations and everybody else
_lock = threading.RLock()
_building: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def load_once(key: str, build: Callable[[], T], *, size: int = 0) -> T:
    """What `build` makes, kept under `key`. Threads that ask for the same key at once wait for one load.

    Args:
        key: names the model and everything that changes what is loaded: its path, device and dtype.
        build: makes the model. What it raises is passed on, and nothing is kept.
        size: bytes that it will take, where they are known: so much room is made before it is loaded.
    """
    with _lock:
        building = _building[key]
    with building:
        with _lock:
            if key in _loaded:
                return _loaded[key]
        make_room(size)
        value = build()
        with _lock:
            _loaded[key] = value
        make_room(0, spared=1)
        return value


def make_room(size: int, *, spared: int = 0) -> None:
    """Let the least recently used models go until `size` bytes more are within the budget; the last `spared` stay."""
    bound = budget() - size
    with _lock:
        before = len(_loaded)
        while len(_loaded) > spared and _loaded.currsize > bound:
            _loaded.popitem()
        crowded = len(_loaded) < before
    if crowded:
        _free()


def budget() -> int:
    """Bytes that loaded models may take together: `ECOMGEN_MEMORY_GIB`, otherwise half of the device's memory."""
    requested = settings().memory_gib
    return int(requested * 2**30) if requested else int(_SHARE * total_memory())


def forget() -> None:
    """Let go of every model that is loaded."""
    with _lock:
        _loaded.clear()
    _free()


def _free() -> None:
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch is not None and torch.backends.mps.is_available():
        torch.mps.empty_cache()


def _size_of(model: Any) -> int:
    return sum(_parameter_bytes(model))


def _parameter_bytes(value: Any) -> Iterator[int]:
    """Sizes of the tensors in a module, a diffusers pipeline, or a tuple or object that holds such."""
    torch = sys.modules.get("torch")
    if torch is None:
        return
    if isinstance(value, torch.nn.Module):
        yield from (tensor.nbytes for tensor in (*value.parameters(), *value.buffers()))
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _parameter_bytes(part)
    elif isinstance(getattr(value, "components", None), dict):
        yield from _parameter_bytes(list(value.components.values()))
    elif hasattr(value, "__dict__"):
        held = (
            part for part in vars(value).values() if isinstance(part, torch.nn.Module) or hasattr(part, "components")
        )
        yield from _parameter_bytes(list(held))


_loaded: LRUCache[str, Any] = LRUCache(math.inf, getsizeof=_size_of)  # `make_room` bounds it
