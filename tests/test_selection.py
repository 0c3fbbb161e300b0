"""True to the product first, best first, no two alike, and a reason for every other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ecomgen.selection import select
from ecomgen.types import Candidate, Scores


def candidate(index: int, identity: float | None, overall: float | None, shade: int | None = None) -> Candidate:
    pixels = np.full((32, 32, 3), 20 * index if shade is None else shade, np.uint8)
    scores = Scores(
        identity=identity, overall=overall, unavailable={} if identity is not None else {"identity": "no mask."}
    )
    return Candidate(index=index, seed=100 + index, pixels=pixels, scores=scores, steps=1, sampler="path")


def test_below_the_threshold_is_filtered_with_its_figures() -> None:
    verdicts = select([candidate(0, 0.9, 0.9), candidate(1, 0.4, 0.8)], threshold=0.7)
    assert [one.status for one in verdicts] == ["kept", "filtered"]
    assert "0.40" in verdicts[1].reasons[0] and "0.70" in verdicts[1].reasons[0]


def test_the_best_come_first_and_the_rest_is_told_so() -> None:
    verdicts = select([candidate(i, 0.9, value) for i, value in enumerate((0.5, 0.9, 0.7))], threshold=0.1, keep=2)
    assert [one.rank for one in verdicts] == [None, 1, 2]
    assert "best 2" in verdicts[0].reasons[0]


def test_near_duplicates_keep_only_the_better() -> None:
    pair = [candidate(0, 0.9, 0.5, shade=90), candidate(1, 0.9, 0.8, shade=90)]
    verdicts = select(pair, threshold=0.5)
    assert [one.status for one in verdicts] == ["filtered", "kept"]
    assert "candidate 2" in verdicts[0].reasons[0], "as screen and command line count"
    assert [one.status for one in select(pair, threshold=0)] == ["kept", "kept"]


def test_a_doubtful_cutout_is_told_of_every_picture_and_filters_none() -> None:
    pictures = [candidate(0, 0.9, 0.9), candidate(1, 0.4, 0.8)]
    trusted, doubted = (select(pictures, threshold=0.7, confidence=sure) for sure in (0.5, 0.12))
    assert [one.status for one in doubted] == [one.status for one in trusted]
    assert not trusted[0].reasons and len(trusted[1].reasons) == 1
    assert all("0.12" in one.reasons[-1] for one in doubted)
    confirmed = select(pictures, threshold=0.7, confidence=0.12, confirmed=True)
    assert all("cut-out was checked by hand" in one.reasons[-1] for one in confirmed)


def test_what_is_painted_on_to_a_product_is_filtered_unless_told_otherwise() -> None:
    plain, painted, unknown = (
        replace(candidate(i, 0.9, 0.9).scores, extension=e) for i, e in enumerate((1, 0.3, None))
    )
    pictures = [replace(candidate(i, 0.9, 0.9), scores=one) for i, one in enumerate((plain, painted, unknown))]
    verdicts = select(pictures, threshold=0.5, extension=0.1)
    assert [one.status for one in verdicts] == ["kept", "filtered", "kept"]
    assert "17%" in verdicts[1].reasons[0] and "10%" in verdicts[1].reasons[0]
    for most in (0.2, "off", None):
        assert all(one.status == "kept" for one in select(pictures, threshold=0.5, extension=most))
    assert all(one.status == "kept" for one in select(pictures, threshold=0, extension=0.1))


def test_a_score_that_is_missing_or_nan_never_passes_unseen() -> None:
    verdicts = select([candidate(0, None, None), candidate(1, float("nan"), float("nan"))], threshold=0.5)
    assert all(one.status == "filtered" and one.reasons for one in verdicts)
    assert all(one.status == "kept" for one in select([candidate(0, None, None)], threshold=0))


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=12), st.floats(0, 1), st.integers(1, 5)
)
def test_kept_or_reasoned(scores: list[tuple[float, float]], threshold: float, keep: int) -> None:
    candidates = [candidate(index, identity, overall) for index, (identity, overall) in enumerate(scores)]
    verdicts = select(candidates, threshold=threshold, keep=keep)
    ranks = [one.rank for one in verdicts if one.status == "kept"]
    assert sorted(rank for rank in ranks if rank) == list(range(1, len(ranks) + 1)) and len(ranks) <= keep
    assert all(bool(one.reasons) == (one.status == "filtered") for one in verdicts)


def test_of_two_nearly_as_good_the_one_that_is_different_is_kept() -> None:
    shown = [candidate(0, 0.9, 0.90, shade=90), candidate(1, 0.9, 0.89, shade=92), candidate(2, 0.9, 0.87, shade=200)]
    assert [one.rank for one in select(shown, threshold=0.5, keep=2)] == [1, None, 2]


def test_many_candidates_are_no_trouble() -> None:
    shown = [candidate(index, 0.9, 1 - index / 400, shade=index) for index in range(60)]
    assert sum(one.status == "kept" for one in select(shown, threshold=0, keep=40)) == 40


def test_composition_decides_between_pictures_as_good_as_each_other_and_the_first_says_so() -> None:
    busy, calm = (
        replace(one, scores=replace(one.scores, composition={"calm": value, "contrast": 0.5, "room": 0.5}))
        for one, value in ((candidate(0, 0.9, 0.9), 0.2), (candidate(6, 0.9, 0.9), 0.8))
    )
    verdicts = select([busy, calm], threshold=0.5)
    assert [one.rank for one in verdicts] == [2, 1]
    assert "calmer" in verdicts[1].why_first and not verdicts[0].why_first
    better = replace(busy, scores=replace(busy.scores, overall=0.95, quality=0.9))
    verdicts = select([better, calm], threshold=0.5)
    assert [one.rank for one in verdicts] == [1, 2]
    assert "best made" in verdicts[0].why_first
    assert not select([calm], threshold=0.5)[0].why_first


def test_in_a_range_the_same_idea_comes_first_for_every_product() -> None:
    def composed(one: Candidate, calm: float) -> Candidate:
        return replace(one, scores=replace(one.scores, composition={"calm": calm}))

    busy, calm = composed(candidate(0, 0.9, 0.9), 0.0), composed(candidate(6, 0.9, 0.902), 1.0)
    assert [one.rank for one in select([busy, calm], threshold=0)] == [2, 1]
    verdicts = select([busy, calm], threshold=0, in_range=True)
    assert [one.rank for one in verdicts] == [1, 2] and "look" in verdicts[0].why_first
    worse = composed(candidate(0, 0.9, 0.8), 0.0)
    assert [one.rank for one in select([worse, calm], threshold=0, in_range=True)] == [2, 1]


def test_in_a_range_only_what_is_clearly_better_comes_before_what_was_made_first() -> None:
    def first(*overall: float) -> int:
        found = select([candidate(i, 0.9, o) for i, o in enumerate(overall)], threshold=0.5, in_range=True)
        return [one.rank for one in found].index(1)

    assert first(0.96, 0.98) == 0 and first(0.90, 0.98) == 1
    assert first(0.97, 0.96, 0.98, 0.98) == 0
