"""One CLIP for all: loaded once, its vectors of length 1, its faults said in a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tiny_models import save_clip

from ecomgen.errors import WeightsCorrupt
from ecomgen.models.clip import load_clip
from ecomgen.models.resident import _loaded
from ecomgen.scoring.picture_scores import adherence


@pytest.fixture
def clip(home: Path) -> Path:
    weights = home / "weights"
    weights.mkdir()
    return save_clip(weights)


@pytest.mark.usefixtures("clip")
def test_everybody_shares_one_model() -> None:
    before = set(_loaded)
    model = load_clip("small-clip")
    adherence(np.zeros((40, 50, 3), np.uint8), "a mug")
    assert load_clip("small-clip") is model
    assert len(set(_loaded) - before) == 1


@pytest.mark.usefixtures("clip")
def test_vectors_have_length_one() -> None:
    model = load_clip("small-clip")
    words = model.of_texts([f"a mug number {number}" for number in range(70)])
    pictures = model.of_pictures([np.full((20, 30, 3), 90, np.uint8)])
    assert words.shape == (70, 16) and pictures.shape == (1, 16)
    assert np.linalg.norm(np.concatenate([words, pictures]), axis=1) == pytest.approx(1, abs=1e-5)


def test_weights_of_something_else_are_said_in_a_sentence(clip: Path) -> None:
    import torch

    torch.save({"something": torch.zeros(3)}, clip)
    with pytest.raises(WeightsCorrupt, match="models verify"):
        load_clip("small-clip")
