from __future__ import annotations

from itertools import pairwise

import cv2
import distortions
import drawn
import numpy as np
import pytest

from ecomgen.scoring import judge, threshold
from ecomgen.scoring.identity import likeness

BACK = distortions.backdrop(drawn.SIDE, drawn.SIDE, 4)
OUTSIDE = "added part"  # what is not on the product itself is the extension's business
BAD = {name: strength for name, strength in distortions.MEDIUM.items() if name not in ("melt", OUTSIDE)}


def shown(product: np.ndarray) -> np.ndarray:
    return distortions.laid_over(product, BACK)


def identity_at_place(picture: np.ndarray, product: np.ndarray) -> float:
    """As `judge` has it, without what else it measures."""
    score = likeness.at_place(picture, drawn.placed(product)).score
    assert score is not None
    return score


def identity_anywhere(picture: np.ndarray, *references: np.ndarray) -> float:
    score = judge(picture, drawn.subject(*references)).identity
    assert score is not None
    return score


def test_exact_paste_is_the_product(product: np.ndarray) -> None:
    scores = judge(shown(product), drawn.subject(product), placement=drawn.placed(product))
    assert scores.identity is not None and scores.identity >= 0.97
    assert scores.identity == identity_at_place(shown(product), product)
    assert not [finding for finding in scores.findings if "differs" in finding or "colour" in finding]


def test_exact_paste_survives_another_picture_size(product: np.ndarray) -> None:
    small = cv2.resize(shown(product), None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    assert identity_at_place(small, product) >= 0.97


@pytest.mark.parametrize("name", [name for name in distortions.HARMLESS if name != "exact"])
def test_harmless_changes_pass(product: np.ndarray, name: str) -> None:
    picture = distortions.HARMLESS[name](shown(product))
    assert identity_at_place(picture, product) >= threshold("normal", drawn.subject(product))


@pytest.mark.parametrize("name", BAD)
def test_distortions_fail(product: np.ndarray, name: str) -> None:
    picture = shown(distortions.distorted(name, product, BAD[name], seed=1))
    assert identity_at_place(picture, product) < threshold("normal", drawn.subject(product)) - 0.1


def test_mirrored_lettering_fails(product: np.ndarray) -> None:
    assert identity_at_place(shown(distortions.mirrored(product)), product) < 0.3


def test_another_product_at_the_place_fails() -> None:
    assert identity_at_place(shown(drawn.mug()), drawn.bottle()) < 0.1


@pytest.mark.parametrize("name", [name for name in distortions.SERIES if name != OUTSIDE])
def test_identity_falls_with_strength(name: str) -> None:
    product = drawn.bottle()
    strengths = distortions.SERIES[name]
    scores = [identity_at_place(shown(distortions.distorted(name, product, s, seed=1)), product) for s in strengths]
    assert all(later <= earlier + 0.02 for earlier, later in pairwise(scores)), scores
    assert scores[-1] < max(scores[0] - 0.1, 0.05)  # what fails at its mildest has nowhere to fall


def moved(product: np.ndarray, degrees: float, scale: float) -> np.ndarray:
    matrix = cv2.getRotationMatrix2D((256, 256), degrees, scale)
    matrix[:, 2] += (18, 25)
    return cv2.warpAffine(product, matrix, (drawn.SIDE, drawn.SIDE), flags=cv2.INTER_AREA)


def test_found_anywhere_in_a_picture(product: np.ndarray) -> None:
    scores = judge(shown(moved(product, 6, 0.75)), drawn.subject(product))
    assert scores.identity is not None and scores.identity >= 0.9
    assert "structure" in scores.parts


def test_distorted_product_is_found_and_told_apart() -> None:
    product = drawn.bottle()
    for name in ("hue", "missing part", "aspect"):
        picture = shown(moved(distortions.distorted(name, product, BAD[name], seed=1), 4, 0.8))
        assert identity_anywhere(picture, product) < threshold("normal", drawn.subject(product)), name


def test_cutout_with_its_own_alpha_needs_no_background(product: np.ndarray) -> None:
    assert identity_anywhere(moved(product, -5, 0.8), product) >= 0.9


def test_other_products_score_low_anywhere() -> None:
    names = list(drawn.PRODUCTS)
    for name in names:
        for other in names:
            picture = shown(drawn.PRODUCTS[other]())
            score = identity_anywhere(picture, drawn.PRODUCTS[name]())
            assert (score > 0.9) if name == other else (score < 0.3), (name, other, score)


def test_best_reference_counts() -> None:
    bottle, mug = drawn.bottle(), drawn.mug()
    assert identity_anywhere(shown(mug), bottle, mug) >= 0.9


def test_findings_name_place_and_direction() -> None:
    product = drawn.box()
    changed = product.copy()
    changed[140:240, 140:380, :3] = distortions.hue(distortions.swapped(product, 0.9), 0)[140:240, 140:380, :3]
    told = judge(shown(changed), drawn.subject(product), placement=drawn.placed(product)).findings
    assert any("upper" in finding and "differs" in finding for finding in told), told
    redder = distortions.gained(product[..., :3], (1.3, 0.7, 0.7))
    picture = shown(np.dstack([redder, product[..., 3]]))
    told = judge(picture, drawn.subject(product), placement=drawn.placed(product)).findings
    assert any("colour shifted" in finding and "towards red" in finding for finding in told), told


def test_same_input_same_scores() -> None:
    product = drawn.bottle()
    picture = shown(distortions.warp(product, 0.02))
    one, other = (judge(picture, drawn.subject(product)) for _ in range(2))
    assert one == other


def test_a_mirror_image_is_found_out_wherever_it_stands(product: np.ndarray) -> None:
    picture = np.ascontiguousarray(np.fliplr(distortions.HARMLESS["JPEG 80"](shown(product))))
    scores = judge(picture, drawn.subject(product))
    assert scores.identity is not None and scores.identity < threshold("strict", drawn.subject(product))
    assert likeness.MIRRORED in scores.findings


def test_what_is_the_same_on_both_sides_has_no_mirror_image() -> None:
    ball = np.zeros((drawn.SIDE, drawn.SIDE, 4), np.uint8)
    cv2.circle(ball, (250, 260), 120, (60, 90, 170, 255), -1)
    cv2.circle(ball, (250, 260), 50, (230, 200, 60, 255), -1)
    scores = judge(np.ascontiguousarray(np.fliplr(shown(ball))), drawn.subject(ball))
    assert scores.identity is not None and scores.identity > threshold("normal", drawn.subject(ball))
    assert likeness.MIRRORED not in scores.findings
