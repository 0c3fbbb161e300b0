"""Models stay loaded: one load a process, and the least recently used goes when memory runs short."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from ecomgen.models.devices import device

T = TypeVar("T")

_SHARE = 0.5  # of the device's memory; the rest is for activations and everybody else
_loaded: OrderedDict[str, Any] = OrderedDict()
_sizes: dict[str, int] = {}
_lock = threading.RLock()
_building: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def load_once(key: str, build: Callable[[], T]) -> T:
    """What `build` makes, kept under `key`. Threads that ask for the same key at once wait for one load.

    Args:
        key: names the model and everything that changes what is loaded: its path, device and dtype.
        build: makes the model. What it raises is passed on, and nothing is kept.
    """
    with _lock:
        building = _building[key]
    with building:
        with _lock:
            if key in _loaded:
                _loaded.move_to_end(key)
                return _loaded[key]
        value = build()
        with _lock:
            _loaded[key], _sizes[key] = value, sum(_parameter_bytes(value))
            _evict()
        return value


def forget() -> None:
    """Let go of every model that is loaded."""
    with _lock:
        _loaded.clear()
        _sizes.clear()
    _free()


def _evict() -> None:
    """Drop the least recently used until the rest fits. The newest stays, however large it is."""
    bound = _SHARE * _memory()
    crowded = False
    while len(_loaded) > 1 and sum(_sizes.values()) > bound:
        oldest, _ = _loaded.popitem(last=False)
        _sizes.pop(oldest)
        crowded = True
    if crowded:
        _free()


def _free() -> None:
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()


def _memory() -> int:
    """Bytes of the memory that models live in: the graphics card's, or the machine's."""
    if device().startswith("cuda"):
        import torch

        return torch.cuda.get_device_properties(device()).total_memory
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


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
