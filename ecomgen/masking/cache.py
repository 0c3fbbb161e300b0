"""What was once worked out of a photo is kept: in memory, and what is dear also on disk, both bounded.

Keys are hashes of content (the photo, the checkpoint, the settings), so that nothing that is found is ever stale. What
this package's own source decides, and is kept on disk, has that `source` in its key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from cachetools import LRUCache, cached
from numpy.typing import NDArray

from ecomgen import disk_cache
from ecomgen.masking.refinement import smaller
from ecomgen.settings import settings
from ecomgen.types import Pixels, ReferenceImage

Arrays = Mapping[str, NDArray[Any]]

MEMORY_BOUND = 256 * 2**20  # bytes
DISK_BOUND = 2**30  # bytes

T = TypeVar("T")

_kept: LRUCache[str, tuple[Any, int]] = LRUCache(MEMORY_BOUND, getsizeof=lambda kept: kept[1])  # and their bytes
_lock = Lock()


def key_of(*parts: object) -> str:
    """A hash of arrays, by their content, and of everything else, by how it is written."""
    content_hash = hashlib.blake2b(digest_size=20)
    for part in parts:
        if isinstance(part, np.ndarray):
            content_hash.update(f"{part.shape}{part.dtype}".encode())
            content_hash.update(np.ascontiguousarray(part).data)
        else:
            content_hash.update(repr(part).encode())
        content_hash.update(b"\0")
    return content_hash.hexdigest()


def source() -> str:
    """A digest of everything that decides how a product is cut out, besides the weights."""
    package = Path(__file__).parent
    return disk_cache.source_of(package, package.parent / "color.py", package.parent / "morphology.py")


@cached(WeakKeyDictionary(), key=lambda reference: reference, lock=Lock())
def content_of(reference: ReferenceImage) -> str:
    """The hash of a photo's pixels, worked out once as long as the photo is held."""
    return key_of(reference.pixels)


def copy_of(reference: ReferenceImage, longest: int) -> Pixels:
    """A copy of the photo of at most `longest` pixels a side, kept in memory; it must not be written to."""
    key = key_of("copy", content_of(reference), longest)
    return held(key, lambda: smaller(reference.pixels, longest))


def remembered(key: str, make: Callable[[], Arrays]) -> Arrays:
    """The arrays that `make` gives, kept under `key` in memory and on disk.

    What `make` raises is passed on, and nothing is kept.
    """
    return held(key, lambda: on_disk(key, make), lambda arrays: sum(array.nbytes for array in arrays.values()))


def on_disk(key: str, make: Callable[[], Arrays]) -> Arrays:
    """The same, kept on disk alone."""
    file = folder() / f"{key}.npz"
    found = disk_cache.kept_arrays(file)
    if found is None:
        found = make()
        disk_cache.keep(file, disk_cache.packed(found), DISK_BOUND)
    return found


def held(key: str, make: Callable[[], T], size: Callable[[T], int] = attrgetter("nbytes")) -> T:
    """What `make` gives, kept under `key` in memory alone; `size` tells how many bytes it takes."""
    with _lock:
        if key in _kept:
            return _kept[key][0]
    made = make()
    with _lock, suppress(ValueError):  # larger than all that may be kept
        _kept[key] = made, size(made)
    return made


def forget() -> None:
    """Let go of what is kept in memory."""
    with _lock:
        _kept.clear()


def folder() -> Path:
    """Where the disk's part lies; it may be deleted at any time."""
    return settings().cache / "masks"
