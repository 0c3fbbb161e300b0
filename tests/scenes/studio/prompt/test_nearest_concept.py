"""Unknown words are read as the nearest concept where CLIP is here, only if near and clear enough, and said so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tiny_models import save_clip

from ecomgen.recipes import get
from ecomgen.scenes import open_backend
from ecomgen.scenes.studio.prompt import nearest_concept, parse, unknown_words
from ecomgen.scenes.studio.prompt.nearest_concept import nearest, substitutes_for
from ecomgen.types import Approximation

CONCEPTS = {"cabin": "background: cabin", "hut": "background: cabin", "oak": "surface: oak", "sea": "background: sea"}
AXES = np.eye(4, dtype=np.float32)


@pytest.fixture
def clip(home: Path) -> Path:
    weights = home / "weights"
    weights.mkdir()
    return save_clip(weights)


def read(*parts: float) -> dict[str, str]:
    return nearest({"chalet": np.asarray(parts, np.float32)}, CONCEPTS, AXES)


def test_the_nearest_concept_is_taken() -> None:
    assert read(1, 0, 0, 0) == {"chalet": "cabin"}


def test_one_that_is_not_near_is_left() -> None:
    assert read(0.3, 0.25, 0.28, 0.27) == {}


def test_one_between_two_kinds_is_left_and_between_two_names_of_one_is_not() -> None:
    assert read(1, 0, 0.99, 0) == {}
    assert read(1, 0.99, 0, 0) == {"chalet": "cabin"}


def test_without_clip_nothing_changes(home: Path) -> None:
    del home
    assert substitutes_for("a chalet by a fjordlet") == ({}, ())


def test_only_unknown_words_are_asked(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del clip
    monkeypatch.setattr(nearest_concept, "LIKENESS", -1.0)
    monkeypatch.setattr(nearest_concept, "MARGIN", -1.0)
    found, used = substitutes_for("a quonset by the window with gizmo", "gizmo")
    assert set(found) == {"quonset"}
    assert [model.id for model in used] == ["small-clip"]
    assert substitutes_for("a quonset by the window with gizmo", "gizmo") == (found, used)
    assert substitutes_for("by the window") == ({}, ())


def test_it_is_said_and_kept_for_a_replay(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del clip
    monkeypatch.setattr(nearest_concept, "LIKENESS", -1.0)
    monkeypatch.setattr(nearest_concept, "MARGIN", -1.0)
    backend = open_backend(get("studio"))
    understanding = backend.understand("a quonset")
    concept = substitutes_for("a quonset")[0]["quonset"]
    assert understanding.notes == (f'"quonset" was read as "{concept}"',)
    assert understanding.approximated == (Approximation(word="quonset", shown_as=concept),)
    assert backend.resolved()["read_as"] == f"quonset={concept}"
    assert [model.id for model in backend.models] == ["small-clip"]


def test_a_substitute_counts_as_what_it_stands_for() -> None:
    assert unknown_words("by a quonset, on walnutt, ok") == ("quonset", "ok")
    assert parse("a quonset", "", {"quonset": "cabin"}).scene == parse("a cabin").scene
