"""Files that can be made again, kept within a bound of bytes: what was used longest ago goes first.

Another process may write into a folder or clear it at any time, and nothing that stands in a file is run. What is not
kept, or damaged, is made again.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sys
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from pydantic_core import from_json

from ecomgen.atomic_file import write

if TYPE_CHECKING:
    from numpy.typing import NDArray


@cache
def source_of(*places: Path) -> str:
    """A digest of the source and settings of packages and modules, and of what they calculate with: of a key, so that
    nothing is found that another version has made."""
    import cv2
    import numpy as np
    import scipy

    whole = hashlib.sha256(f"{sys.version} {np.__version__} {scipy.__version__} {cv2.__version__}".encode())
    files = (file for place in places for file in ([place] if place.is_file() else place.rglob("*")))
    for path in sorted(file for file in files if file.suffix in (".py", ".toml")):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def kept(file: Path) -> bytes | None:
    """What a file holds, which was used now; None where it is not kept."""
    try:
        os.utime(file)
        return file.read_bytes()
    except OSError:
        return None


def kept_arrays(file: Path) -> dict[str, NDArray[Any]] | None:
    """The arrays that are `packed` in a file; None where it is not kept, or damaged."""
    return unpacked(kept(file) or b"")


def unpacked(content: bytes) -> dict[str, NDArray[Any]] | None:
    """The arrays that `packed` was given; None where that is damaged."""
    import numpy as np

    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as opened:
            return {name: opened[name] for name in opened.files}
    except (OSError, ValueError, TypeError, EOFError, BadZipFile, zlib.error):
        return None


def packed(arrays: Mapping[str, NDArray[Any]], *, compressed: bool = True) -> bytes:
    """Arrays as bytes."""
    import numpy as np

    buffer = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def keep(file: Path, content: bytes, bound: float) -> None:
    """Keep it, and leave room; a disk that is full or read-only costs the next run its time, so it is no error."""
    with suppress(OSError):
        write(file, content)
        leave_room(file.parent, bound)


def leave_room(folder: Path, bound: float, in_work: float = 0.0) -> None:
    """Remove what was used longest ago, until the rest is within `bound` bytes; nothing used `in_work` seconds ago."""
    files = sorted((facts.st_mtime, facts.st_size, file) for file, facts in _files(folder))
    over = sum(size for _, size, _ in files) - bound
    for used, size, file in files:
        if over <= 0 or time.time() - used < in_work:
            return
        file.unlink(missing_ok=True)
        over -= size


def size_of(folder: Path) -> int:
    """Bytes of every file below a folder."""
    return sum(facts.st_size for _, facts in _files(folder))


def free_beside(folder: Path) -> int:
    """Bytes that are free where a folder is, or would be made."""
    return shutil.disk_usage(next(place for place in (folder, *folder.absolute().parents) if place.is_dir())).free


def read_json(file: Path) -> dict[str, Any] | None:
    """The object that a JSON file holds; None where it is not there, or holds something else."""
    try:
        found = from_json(file.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Every file below a folder, with its facts; one that goes away meanwhile is none."""
    for place, _, names in os.walk(folder):
        for name in names:
            file = Path(place, name)
            with suppress(OSError):
                yield file, file.lstat()
