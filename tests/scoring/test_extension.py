from __future__ import annotations

from functools import partial

import cv2
import distortions
import drawn
import numpy as np
import pytest

from ecomgen import samples
from ecomgen.generation import generate
from ecomgen.masking import finished_picture
from ecomgen.request import Request
from ecomgen.scoring import judge
from ecomgen.scoring.extension import Extension
from ecomgen.scoring.extension import extension as extension_in
from ecomgen.types import Scores

BACK = distortions.backdrop(drawn.SIDE, drawn.SIDE, 4)


def extension(picture: np.ndarray, product: np.ndarray, out: np.ndarray | None = None) -> float:
    remask = None if out is None else (lambda _: out)
    score = judge(picture, drawn.subject(product), placement=drawn.placed(product), remask=remask).extension
    assert score is not None
    return score


def lengthened(product: np.ndarray, by: int) -> np.ndarray:
    """The product's lowest rows go on for `by` pixels."""
    longer = product.copy()
    foot = drawn.box_of(product).y1 - 6
    longer[foot : foot + by] = product[foot]
    return longer


def grown(product: np.ndarray, radius: int) -> np.ndarray:
    kernel = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return cv2.dilate((product[..., 3] > 127).astype(np.uint8), kernel) > 0


def test_plain_paste_extends_nothing(product: np.ndarray) -> None:
    assert extension(distortions.laid_over(product, BACK), product) >= 0.95


def test_lengthened_product_is_seen_without_a_mask_model() -> None:
    product = drawn.bottle()
    scores = [extension(distortions.laid_over(lengthened(product, by), BACK), product) for by in (0, 15, 30, 45)]
    assert scores[0] >= 0.95 and scores[-1] < 0.75
    assert scores == sorted(scores, reverse=True)


def test_a_mask_of_the_same_size_is_no_extension(product: np.ndarray) -> None:
    assert extension(distortions.laid_over(product, BACK), product, product[..., 3] > 127) == 1.0


def test_a_larger_mask_lowers_the_score_in_step(product: np.ndarray) -> None:
    picture = distortions.laid_over(product, BACK)
    scores = [extension(picture, product, grown(product, radius)) for radius in (2, 12, 20, 30)]
    assert scores == sorted(scores, reverse=True) and scores[-1] < 0.3


def test_a_second_thing_apart_is_no_extension() -> None:
    product = drawn.bottle()
    out = product[..., 3] > 127
    out[400:480, 20:100] = True
    assert extension(distortions.laid_over(product, BACK), product, out) == 1.0


def test_a_mask_that_lost_the_product_is_not_believed() -> None:
    product = drawn.bottle()
    assert extension(distortions.laid_over(product, BACK), product, np.zeros((512, 512), bool)) >= 0.95


def test_no_place_no_extension() -> None:
    product = drawn.bottle()
    scores = judge(distortions.laid_over(product, BACK), drawn.subject(product))
    assert scores.extension is None
    assert scores.unavailable["extension"].endswith(".")


def test_finding_says_how_much() -> None:
    product = drawn.bottle()
    picture = distortions.laid_over(product, BACK)
    scores = judge(
        picture, drawn.subject(product), placement=drawn.placed(product), remask=lambda _: grown(product, 25)
    )
    assert any("extends the product" in finding for finding in scores.findings)


def test_what_was_rendered_apart_from_the_product_adds_nothing_to_it() -> None:
    product = drawn.bottle()
    longer = distortions.laid_over(lengthened(product, 45), BACK)
    judged = partial(judge, longer, drawn.subject(product), placement=drawn.placed(product))
    assert any("extends" in finding for finding in judged().findings), "as anybody would guess who sees pixels only"
    assert judged(rendered=True).extension == 1.0 and not judged(rendered=True).findings


def test_a_studio_picture_is_one_rendered_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    everywhere = Extension(ratio=1.0, by_mask=False)
    monkeypatch.setattr("ecomgen.scoring.extension.extension", lambda *_: everywhere)
    bottle = samples.get("bottle")
    request = Request(
        photos=bottle.photos[:1],
        mask=bottle.mattes[0],
        prompt="on a table",
        pipeline="studio",
        size=(96, 96),
        steps=4,
        count=1,
    )
    candidate = generate(request, logged=False).record.candidates[0]
    assert candidate.scores.extension == 1.0 and not any("extends" in finding for finding in candidate.findings)


def added(picture: np.ndarray, product: np.ndarray) -> float:
    share = judge(picture, drawn.subject(product), placement=drawn.placed(product)).added
    assert share is not None
    return share


def test_parts_that_are_painted_on_are_told_from_what_lies_beside() -> None:
    product = drawn.bottle()
    box = drawn.box_of(product)
    ground = np.full_like(BACK, 168)
    shadow, block = ground.copy(), ground.copy()
    soft = cv2.GaussianBlur((np.roll(product[..., 3], 30, axis=1) / 255).astype(np.float32), (0, 0), 12)
    shadow[:] = (shadow * (1 - 0.5 * soft[..., None])).astype(np.uint8)
    block[box.y1 - 60 : box.y1, box.x1 - 4 : box.x1 + 60] = (70, 110, 60)
    assert added(distortions.laid_over(lengthened(product, 45), BACK), product) > 0.03
    assert max(added(distortions.laid_over(product, one), product) for one in (ground, shadow, block)) < 0.03


def wood(colour: tuple[int, int, int], seed: int) -> np.ndarray:
    """Grain across the picture."""
    random = np.random.default_rng(seed)
    coarse, fine = (
        cv2.GaussianBlur(
            random.normal(size=(drawn.SIDE, drawn.SIDE)).astype(np.float32), (0, 0), sigmaX=across, sigmaY=along
        )
        for across, along in ((40, 3), (12, 0.7))
    )
    down = np.linspace(0, 1, drawn.SIDE)[:, None]
    rings = np.sin(2 * np.pi * (24 * down + 0.6 * coarse / coarse.std()))
    light = 1 + 0.08 * rings + 0.04 * fine / fine.std()
    return np.clip(np.array(colour) * light[..., None], 0, 255).astype(np.uint8)


def crate() -> np.ndarray:
    """A box of wood."""
    rgba = drawn.box()
    drawn_on = rgba[..., 3] > 0
    rgba[..., :3][drawn_on] = wood((132, 88, 52), 9)[drawn_on]
    return rgba


@pytest.mark.parametrize("product", [crate(), drawn.mug()], ids=["crate", "mug"])
def test_our_own_network_tells_parts_that_are_painted_on_from_what_lies_beside(product: np.ndarray) -> None:
    floor = np.full_like(BACK, (205, 200, 192))
    floor[330:] = wood((150, 104, 62), 3)[330:]
    soft = cv2.GaussianBlur((np.roll(product[..., 3], 30, axis=1) / 255).astype(np.float32), (0, 0), 14)
    shaded = (floor * (1 - 0.5 * soft[..., None])).astype(np.uint8)
    box = drawn.box_of(product)
    plinth, beside = shaded.copy(), shaded.copy()
    plinth[box.y1 - 2 : box.y1 + 45, box.x0 - 40 : box.x1 + 40] = (235, 232, 228)
    beside[box.y1 - 90 : box.y1, box.x1 - 4 : box.x1 + 70] = (70, 110, 160)
    longer = distortions.laid_over(lengthened(product, 45), shaded)

    def seen(back: np.ndarray) -> float:
        picture, placement = distortions.laid_over(product, back), drawn.placed(product)
        out = finished_picture.seen(picture, placement, "lite")
        found = extension_in(picture, placement, out)
        assert found.by_mask
        return found.ratio

    assert max(seen(back) for back in (shaded, plinth, beside)) < 0.03
    assert seen(longer) > 0.1


def test_the_share_follows_from_the_score() -> None:
    for share in (0.0, 0.02, 0.1, 0.7):
        added_again = Scores(extension=Extension(ratio=share, by_mask=True).score).added
        assert added_again is not None and abs(added_again - share) < 1e-6
    assert Scores().added is None
