from __future__ import annotations

import drawn
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ecomgen.errors import BadInput
from ecomgen.scoring import Subject, judge


@pytest.mark.parametrize("value", [0, 128, 255])
def test_flat_picture_scores_low(value: int) -> None:
    product = drawn.bottle()
    flat = np.full((256, 300, 3), value, np.uint8)
    assert (judge(flat, drawn.subject(product)).overall or 0) < 0.1
    flat = np.full((drawn.SIDE, drawn.SIDE, 3), value, np.uint8)
    scores = judge(flat, drawn.subject(product), placement=drawn.placed(product))
    assert (scores.identity or 0) < 0.2


@pytest.mark.parametrize(
    "picture",
    [
        np.full((64, 64, 3), np.nan, np.float32),
        np.zeros((64, 64), np.uint8),
        np.zeros((64, 64, 2), np.uint8),
        np.zeros((8, 64, 3), np.uint8),
        np.zeros((64, 64, 3), np.uint16),
    ],
)
def test_what_is_no_picture_is_said_in_a_sentence(picture: np.ndarray) -> None:
    with pytest.raises(BadInput, match=r"^[A-Z].*[;.].*\.$"):
        judge(picture, drawn.subject(drawn.bottle()))


def test_subject_without_a_product_is_said_in_a_sentence() -> None:
    with pytest.raises(BadInput, match="No reference"):
        judge(np.zeros((64, 64, 3), np.uint8), Subject(cutouts=()))
    with pytest.raises(BadInput, match="No reference"):
        judge(np.zeros((64, 64, 3), np.uint8), drawn.subject(np.zeros((64, 64, 4), np.uint8)))


@settings(max_examples=25)
@given(st.tuples(st.integers(16, 70), st.integers(16, 70), st.sampled_from([3, 4])).flatmap(
    lambda shape: arrays.arrays(np.uint8, shape, elements=st.integers(0, 255), fill=st.integers(0, 255))
))  # fmt: skip
def test_no_picture_crashes_it(picture: np.ndarray) -> None:
    scores = judge(picture, drawn.subject(drawn.bottle()))
    assert all(0 <= value <= 1 for value in (scores.identity, scores.quality, scores.overall) if value is not None)


@settings(max_examples=20)
@given(
    st.integers(1, 60), st.integers(1, 60), st.integers(0, 40), st.integers(0, 40), st.integers(0, 255), st.booleans()
)
def test_no_product_crashes_it(width: int, height: int, left: int, top: int, value: int, soft: bool) -> None:
    product = np.zeros((100, 100, 4), np.uint8)
    product[top : top + height, left : left + width] = (value, 90, 200, 120 if soft else 255)
    picture = np.random.default_rng(value).integers(0, 255, (100, 100, 3), np.uint8)
    for placement in (None, drawn.placed(product)):
        scores = judge(picture, drawn.subject(product), placement=placement)
        assert scores.identity is not None and 0 <= scores.identity <= 1
