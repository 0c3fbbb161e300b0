"""Sets that were built before, kept on disk within a bound: their textures, meshes and backdrops take longest to make.

Beside them lie sets that were rendered without a product (`shared_set`), under names of their own. What is kept depends
on the shot, its source of chance and this package's own source, so that a kept set is the very one that would be built.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

from ecomgen import disk_cache
from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.primitives.types import Stage
from ecomgen.scenes.studio.rendering import stage_file
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.settings import settings

STUDIO = Path(__file__).parent.parent  # decides what a set looks like and how it is packed
BOUND = 1 << 29  # bytes, of all kept sets together


def built(shot: Shot, build: Callable[[Shot], Stage]) -> Stage:
    """The stage that `build` makes of the shot; afterwards chance stands where building leaves it."""
    file = file_of(name_of(shot))
    known = stage_file.unpacked(disk_cache.kept(file) or b"")
    if known is not None:
        stage, chance = known
        try:
            shot.rng.bit_generator.state = chance
        except (TypeError, ValueError, LookupError, OverflowError):  # no state of a generator
            return build(shot)
        return stage
    stage = build(shot)
    disk_cache.keep(file, stage_file.packed(stage, dict(shot.rng.bit_generator.state)), BOUND)
    return stage


def name_of(shot: Shot) -> str:
    """The same for shots, of which nothing is built yet, that lead to the same stage."""
    told = {entry.name: getattr(shot, entry.name) for entry in fields(shot) if entry.name != "rng"}
    parts = (disk_cache.source_of(STUDIO), declared()[str(shot.wish.place)], told, shot.rng.bit_generator.state)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def file_of(name: str) -> Path:
    """Where lies what is kept under a name."""
    return settings().cache / "studio" / "sets" / f"{name}.npz"
