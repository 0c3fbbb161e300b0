"""What was once worked out of a photo is kept: in memory, and what is dear also on disk, both bounded.

Keys are hashes of content (the photo, the checkpoint, the settings), so that nothing that is found is ever stale.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4
from weakref import WeakKeyDictionary
from zipfile import BadZipFile

import numpy as np
from cachetools import LRUCache

from ecomgen.masking.refinement import shrink
from ecomgen.settings import settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.types import Pixels, ReferenceImage

    Arrays = Mapping[str, NDArray[Any]]

MEMORY_BOUND = 256 * 2**20  # bytes
DISK_BOUND = 2**30  # bytes
SUFFIX = ".npz"

T = TypeVar("T")

_kept: LRUCache[str, tuple[Any, int]] = LRUCache(MEMORY_BOUND, getsizeof=lambda kept: kept[1])  # and their bytes
_contents: WeakKeyDictionary[ReferenceImage, str] = WeakKeyDictionary()  # hashes of photos' pixels
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


def content_of(reference: ReferenceImage) -> str:
    """The hash of a photo's pixels, worked out once as long as the photo is held."""
    with _lock:
        known = _contents.get(reference)
    if known is None:
        known = key_of(reference.pixels)
        with _lock:
            _contents[reference] = known
    return known


def copy_of(reference: ReferenceImage, longest: int) -> Pixels:
    """A copy of the photo of at most `longest` pixels a side, kept in memory; it must not be written to."""
    key = key_of("copy", content_of(reference), longest)
    return held(key, lambda: shrink(reference.pixels, longest), lambda copy: copy.nbytes)


def remembered(key: str, make: Callable[[], Arrays]) -> Arrays:
    """The arrays that `make` gives, kept under `key` in memory and on disk.

    What `make` raises is passed on, and nothing is kept.
    """

    def read_or_make() -> Arrays:
        found = _from_disk(key)
        if found is None:
            found = make()
            _to_disk(key, found)
        return found

    return held(key, read_or_make, lambda arrays: sum(array.nbytes for array in arrays.values()))


def held(key: str, make: Callable[[], T], size: Callable[[T], int]) -> T:
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


def _from_disk(key: str) -> Arrays | None:
    """None also where the file is damaged: it is then made anew."""
    path = folder() / (key + SUFFIX)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as opened:
            arrays = {name: opened[name] for name in opened.files}
        os.utime(path)
    except (OSError, ValueError, EOFError, BadZipFile):
        return None
    return arrays


def _to_disk(key: str, arrays: Arrays) -> None:
    """A full or read-only disk is no reason to fail: the next look only takes longer."""
    path = folder() / (key + SUFFIX)
    part = path.with_name(f"{uuid4().hex}.part")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                np.savez_compressed(file, allow_pickle=False, **arrays)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        _trim(path.parent.glob(f"*{SUFFIX}"))


def _trim(files: Iterable[Path]) -> None:
    """Let the least recently used files go until the rest is within the bound."""
    used = sorted(((path.stat().st_mtime, path.stat().st_size, path) for path in files), reverse=True)
    total = 0
    for _, size, path in used:
        total += size
        if total > DISK_BOUND:
            path.unlink(missing_ok=True)
