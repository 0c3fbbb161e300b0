"""Models stay loaded: one load a process. Where memory runs short the least recently used goes, never for a far smaller
one: what makes the pictures stays while what judges them comes. What can waits in the machine's memory meanwhile.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from ecomgen.errors import WeightsCorrupt
from ecomgen.models.devices import device, machine_memory, total_memory
from ecomgen.models.location import locate
from ecomgen.settings import settings

T = TypeVar("T")

_SHARE = 0.5  # of the device's memory, where no budget is set; the rest is for activations and everybody else
_FAR_SMALLER = 0.5  # of a model's size: one that is smaller does not make it go
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
                _loaded[key] = value = _loaded.pop(key)  # the last is the one used last
                return value
        make_room(size)
        value = build()
        with _lock:
            _loaded[key] = value
        make_room(0, new=key)
        return value


def pretrained(name: str, model: str, processor: str) -> tuple[Any, Any]:
    """A model of transformers from the manifest, on the device, and its processor, loaded once.

    Args:
        name: its id in the manifest.
        model: transformers' class of it.
        processor: that of its processor; "" where it has none.

    Raises:
        UsageError, WeightsMissing, WeightsCorrupt: as `locate`; also where the weights are those of something else.
    """
    path, where = locate(name), device()

    def build() -> tuple[Any, Any]:
        import transformers

        try:
            loaded = getattr(transformers, model).from_pretrained(path, local_files_only=True).eval().to(where)
            reads = processor and getattr(transformers, processor).from_pretrained(path, local_files_only=True)
        except (RuntimeError, ValueError, TypeError, OSError, KeyError) as error:
            raise another(name, path) from error
        return loaded, reads

    return load_once(f"{model}:{path}:{where}", build)


def another(name: str, path: Path) -> WeightsCorrupt:
    """The error for weights at `path` that are not those of the model with this id."""
    return WeightsCorrupt('{path} does not hold {model}: run "ecomgen models verify".', path=path, model=name)


def make_room(size: int, *, new: str = "") -> None:
    """Let the least recently used models go, except `new`, until `size` bytes more are within the budget.

    Only what lies on the device counts, and nothing goes for a model that is far smaller than itself. What `parks`
    leaves a graphics card for the machine's memory and stays loaded, unless it is at work; all that waits there takes
    half of it at most.
    """
    kind = device().partition(":")[0]
    _make_room(kind, size, budget(), new)
    if kind != "cpu":
        _make_room("cpu", 0, int(_SHARE * machine_memory()), new)


def _make_room(kind: str, size: int, bound: int, new: str) -> None:
    with _lock:
        taken = {key: sum(_parameter_bytes(value, kind)) for key, value in _loaded.items()}
        coming = size or taken.get(new, 0)
        over = sum(taken.values()) + size - bound
        going = []
        for key, its in taken.items():
            if over <= 0:
                break
            if key == new or not its or coming < _FAR_SMALLER * its:
                continue
            if kind != "cpu" and getattr(_loaded[key], "parks", False) and its <= _spare():
                over -= its if _loaded[key].park() else 0
                continue
            going.append(_loaded.pop(key))
            over -= its
    if going:
        going.clear()
        release()


def _spare() -> int:
    """Bytes of the machine's memory in which something may wait."""
    return int(_SHARE * machine_memory()) - sum(sum(_parameter_bytes(value, "cpu")) for value in _loaded.values())


def budget() -> int:
    """Bytes that loaded models may take together: `ECOMGEN_MEMORY_GIB`, otherwise half of the device's memory."""
    requested = settings().memory_gib
    return int(requested * 2**30) if requested else int(_SHARE * total_memory())


def forget() -> None:
    """Let go of every model that is loaded."""
    with _lock:
        _loaded.clear()
    release()


def release() -> None:
    """Give what the allocators hold back to the device."""
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch is not None and torch.backends.mps.is_available():
        torch.mps.empty_cache()


def _parameter_bytes(value: Any, kind: str) -> Iterator[int]:
    """Sizes of the tensors on such a device in a module, a diffusers pipeline, or a tuple or object that holds such."""
    torch = sys.modules.get("torch")
    if torch is None:
        return
    if isinstance(value, torch.nn.Module):
        tensors = (*value.parameters(), *value.buffers())
        yield from (tensor.nbytes for tensor in tensors if tensor.device.type == kind)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _parameter_bytes(part, kind)
    elif isinstance(getattr(value, "components", None), dict):
        yield from _parameter_bytes(list(value.components.values()), kind)
    elif hasattr(value, "__dict__"):
        held = (
            part for part in vars(value).values() if isinstance(part, torch.nn.Module) or hasattr(part, "components")
        )
        yield from _parameter_bytes(list(held), kind)


_loaded: dict[str, Any] = {}  # the least recently used first; `make_room` bounds it
