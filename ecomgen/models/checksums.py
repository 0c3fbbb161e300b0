"""Whether weights are whole and what the manifest says. A file is hashed once and remembered by path, size and time."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from pathlib import Path

from safetensors import SafetensorError, safe_open

from ecomgen import disk_cache
from ecomgen.atomic_file import write
from ecomgen.errors import WeightsCorrupt
from ecomgen.record import file_hash
from ecomgen.settings import settings

WEIGHTS = frozenset({".safetensors", ".bin", ".pth", ".pt", ".ckpt"})
_lock = threading.Lock()


def digest(path: Path, algorithm: str = "sha256", *, again: bool = False) -> str:
    """The file's checksum in hexadecimal; remembered until the file changes, unless it is to be read `again`."""
    stat = path.stat()
    key = f"{algorithm}:{path.resolve()}:{stat.st_size}:{stat.st_mtime_ns}"
    known = None if again else _remembered().get(key)
    return known or _remember(key, file_hash(path, algorithm))


def folder_digest(folder: Path, *, again: bool = False) -> str:
    """One SHA-256 for all weight files under `folder`, by their relative names; the order on disk does not matter."""
    lines = (f"{path.relative_to(folder).as_posix()} {digest(path, again=again)}\n" for path in weight_files(folder))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def weight_files(folder: Path) -> list[Path]:
    """The weight files under `folder`, sorted."""
    return sorted(path for path in folder.rglob("*") if path.suffix in WEIGHTS and path.is_file())


def require_whole(path: Path, title: str, advice: str) -> None:
    """Look at a weight file's structure without reading it through.

    Raises:
        WeightsCorrupt: the file is empty, or shorter or longer than its own header says.
    """
    if path.stat().st_size == 0 or not _is_whole(path):
        raise WeightsCorrupt(
            "{title} is truncated or damaged at {path}. {advice}", title=title, path=path, advice=advice
        )


def _is_whole(path: Path) -> bool:
    if path.suffix == ".safetensors":
        return _safetensors_is_whole(path)
    with path.open("rb") as stream:
        is_zip = stream.read(2) == b"PK"
    return zipfile.is_zipfile(path) if is_zip else True


def _safetensors_is_whole(path: Path) -> bool:
    """Whether the header can be read, and the file ends where the last tensor that it names does."""
    try:
        with safe_open(path, "numpy"):
            return True
    except (OSError, SafetensorError):
        return False


def _store() -> Path:
    return settings().cache / "checksums.json"


def _remembered() -> dict[str, str]:
    return disk_cache.read_json(_store()) or {}


def _remember(key: str, value: str) -> str:
    store = _store()
    with _lock:
        known = _remembered() | {key: value}
        write(store, json.dumps(known, indent=1).encode())
    return value
