"""A stage on disk: whole, exact, and nothing in it is ever run."""

from __future__ import annotations

import io
import os
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.rendering import stage_cache
from ecomgen.scenes.studio.rendering.stage_file import packed, unpacked
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.types import Box

CHANCE: dict[str, Any] = dict(np.random.default_rng(1).bit_generator.state)


def shot(place: str) -> Shot:
    frame = frame_for(64, 64, Box(21, 16, 42, 48), 48, elevation=10)
    return Shot(wish=Wish(place=place), frame=frame, rng=np.random.default_rng(3), side=1.0, seed=3)


def test_a_set_comes_back_with_its_chance() -> None:
    content = packed(sets.build(shot("sweep")), CHANCE)  # that every set comes back is told in sets/test_sets.py
    known = unpacked(content)
    assert known is not None and known[1] == CHANCE
    assert packed(*known) == content


class Mischief:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.mark),)


def test_a_file_that_somebody_planted_runs_nothing(home: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    stage_cache.built(shot("podium"), sets.build)
    (kept,) = (home / "cache" / "studio" / "sets").iterdir()
    objects, mixed = io.BytesIO(), io.BytesIO()
    np.save(objects, np.array([Mischief(mark)], dtype=object), allow_pickle=True)
    np.savez(mixed, tree=np.array([Mischief(mark)], dtype=object))
    planted = pickle.dumps((Mischief(mark), {}))
    for content in (planted, crc32(planted).to_bytes(4) + planted, objects.getvalue(), mixed.getvalue()):
        kept.write_bytes(content)
        assert stage_cache.built(shot("podium"), sets.build).things
        assert not mark.exists()


def test_what_is_cut_or_changed_is_no_stage() -> None:
    content = packed(sets.build(shot("sweep")), CHANCE)
    for spoilt in (
        b"",
        content[:-1],
        content[: len(content) // 2],
        content.replace(b"Stage", b"Shape"),
        b"PK" + content,
    ):
        assert unpacked(spoilt) is None
    flipped = bytearray(content)
    flipped[len(flipped) // 3] ^= 1
    assert unpacked(bytes(flipped)) is None


def test_a_part_that_cannot_be_kept_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        packed(replace(sets.build(shot("sweep")), notes=[object()]), CHANCE)  # type: ignore[arg-type]
