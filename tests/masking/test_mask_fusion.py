"""The network that joins answers: asked only where none is trusted, blind beyond its window, whole."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ecomgen import models
from ecomgen.masking.maskers import lite
from ecomgen.masking.network import mask_fusion
from ecomgen.masking.network.hypothesis_ranking import Answers, ranked
from ecomgen.masking.network.inference import Opinions
from ecomgen.masking.network.mask_fusion import PLANES, FusionNetwork, fused, window_of
from ecomgen.types import Box, Matte, Pixels

SHAPE = (200, 300)


def disc(x: int, y: int, radius: int) -> Matte:
    rows, columns = np.indices(SHAPE)
    return np.where(np.hypot(columns - x, rows - y) < radius, 0.98, 0.02).astype(np.float32)


def seen() -> tuple[Pixels, Answers]:
    """A photo of a red disc on grey, and answers of which one takes a neighbour along."""
    alone, both = disc(100, 100, 40), np.maximum(disc(100, 100, 40), disc(170, 110, 30))
    photo = np.full((*SHAPE, 3), 120, np.uint8)
    photo[alone > 0.5] = (200, 40, 30)
    opinions = Opinions(alone, alone, both)
    return photo, Answers(every=[alone, both], closest=opinions, colours=alone > 0.5, box=None)


def test_the_weights_ship_whole() -> None:
    names = lite.networks()
    assert models.verify(names.joins).sha256 == models.entry(names.joins).sha256
    assert models.locate(names.joins).stat().st_size < 2_000_000


@given(x=st.integers(0, 299), y=st.integers(0, 199), radius=st.integers(2, 90))
def test_a_window_holds_all_answers_and_lies_in_the_photo(x: int, y: int, radius: int) -> None:
    answers = [disc(x, y, radius), disc(150, 100, 3)]
    window = window_of(answers)
    assert 0 <= window.x0 < window.x1 <= SHAPE[1] and 0 <= window.y0 < window.y1 <= SHAPE[0]
    outside = np.ones(SHAPE, bool)
    outside[window.slices] = False
    assert not any((answer > 0.5)[outside].any() for answer in answers)


def test_untrained_it_says_what_the_first_answer_says(monkeypatch: pytest.MonkeyPatch) -> None:
    photo, answers = seen()
    monkeypatch.setattr(mask_fusion, "load", lambda *_: FusionNetwork().eval())
    found = fused(*lite.networks(), photo, answers.every, answers)
    assert np.array_equal(found > 0.5, answers.every[0] > 0.5)


def test_its_planes_are_what_their_names_say() -> None:
    photo, answers = seen()
    window = Box(0, 0, 300, 200)
    planes = dict(zip(PLANES, mask_fusion.planes_of(photo, answers.every, answers, window), strict=True))
    alone, both = answers.every
    assert np.array_equal(planes["first"], alone) and np.array_equal(planes["second"], both)
    assert np.array_equal(planes["fifth"], alone) and not planes["box"].any()
    assert np.array_equal(planes["most"], both) and np.array_equal(planes["least"], alone)
    assert planes["spread"][110, 180] > 0.9 and planes["spread"][100, 100] == 0
    assert np.array_equal(planes["photos"], both) and planes["red"].min() >= -1


@pytest.mark.parametrize(("trusted", "box", "asked"), [(0.0, None, 0), (1.0, None, 1), (1.0, Box(60, 60, 140, 140), 0)])
def test_it_is_asked_where_no_answer_is_trusted_and_no_box_was_drawn(
    monkeypatch: pytest.MonkeyPatch, trusted: float, box: Box | None, asked: int
) -> None:
    photo, _ = seen()
    calls = []
    monkeypatch.setattr(lite, "TRUSTED", trusted)
    monkeypatch.setattr(mask_fusion, "fused", lambda *given: calls.append(given) or given[3][0])
    found = lite.hypotheses(photo, lite.networks(), box)
    assert len(calls) == asked and found


def test_joined_answers_come_first_and_the_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    photo, answers = seen()
    mine = disc(120, 100, 60)
    monkeypatch.setattr(lite, "looked_at", lambda *_: answers)
    monkeypatch.setattr(lite, "TRUSTED", 1.0)
    monkeypatch.setattr(mask_fusion, "fused", lambda *_: mine)
    found = lite.hypotheses(photo, lite.networks(), None)
    assert np.array_equal(found[0].mask, mine > 0.5)
    assert len(found) == 1 + len(ranked(answers, photo))


def test_a_joined_answer_of_which_far_less_is_expected_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    photo, answers = seen()
    monkeypatch.setattr(lite, "looked_at", lambda *_: answers)
    monkeypatch.setattr(lite, "TRUSTED", 1.0)
    monkeypatch.setattr(mask_fusion, "fused", lambda *_: disc(260, 160, 30))
    found = lite.hypotheses(photo, lite.networks(), None)
    assert np.array_equal(found[0].mask, ranked(answers, photo)[0].mask)


def test_it_is_the_same_every_time() -> None:
    photo, answers = seen()
    with torch.inference_mode():
        first, second = (fused(*lite.networks(), photo, answers.every, answers) for _ in range(2))
    assert np.array_equal(first, second)
