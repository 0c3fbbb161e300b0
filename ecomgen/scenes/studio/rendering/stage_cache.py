"""Sets that were built before, kept on disk within a bound: their textures, meshes and backdrops take longest to make.

What is kept depends on the shot, its source of chance and this package's own source, so that a kept set is the very one
that would be built. Another process may write or clear the folder at any time: whatever cannot be read is built anew.
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.rendering import stage_file
from ecomgen.scenes.studio.sets.declaration import declared
from ecomgen.settings import settings

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage

BOUND = 1 << 29  # bytes, of all kept sets together


def built(shot: Shot) -> Stage:
    """The stage of the shot's place; afterwards chance stands where building leaves it."""
    path = _folder() / f"{_key(shot)}.npz"
    known = _read(path)
    if known is not None:
        stage, chance = known
        try:
            shot.rng.bit_generator.state = chance
        except (TypeError, ValueError, LookupError, OverflowError):  # no state of a generator
            return sets.build(shot)
        return stage
    stage = sets.build(shot)
    _write(path, stage_file.packed(stage, dict(shot.rng.bit_generator.state)))
    return stage


def _folder() -> Path:
    return settings().cache / "studio" / "sets"


def _key(shot: Shot) -> str:
    told = {entry.name: getattr(shot, entry.name) for entry in fields(shot) if entry.name != "rng"}
    parts = (_source(), declared()[str(shot.wish.place)], told, shot.rng.bit_generator.state)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


@cache
def _source() -> str:
    """A digest of everything that decides what a set looks like and how it is packed."""
    whole = hashlib.sha256(f"{sys.version} {np.__version__} {scipy.__version__}".encode())
    studio = Path(__file__).parent.parent
    for path in sorted([*studio.rglob("*.py"), *studio.rglob("*.toml")]):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _read(path: Path) -> tuple[Stage, dict[str, Any]] | None:
    try:
        os.utime(path)  # the sets used last stay longest
        return stage_file.unpacked(path.read_bytes())
    except (OSError, stage_file.Damaged):  # not there, or not whole
        return None


def _write(path: Path, content: bytes) -> None:
    """Keep it; a cache that cannot be written costs the next run a second, so it is not an error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(content)
        part.replace(path)
        _shrink(path.parent)
    except OSError:
        return


def _shrink(folder: Path) -> None:
    """Remove what was used longest ago until the rest is within the bound."""
    found = sorted(((path.stat(), path) for path in folder.iterdir()), key=lambda entry: -entry[0].st_mtime)
    total = 0
    for facts, path in found:
        total += facts.st_size
        if total > BOUND:
            path.unlink(missing_ok=True)
