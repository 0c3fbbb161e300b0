from __future__ import annotations

import cv2
import distortions
import drawn
import numpy as np
import pytest

from ecomgen.scoring import judge
from ecomgen.scoring.edge import grounded, seam
from ecomgen.scoring.picture_scores import overall
from ecomgen.scoring.quality import technical
from ecomgen.types import Box, Canvas, Placement

CALM = np.random.default_rng(0).normal(170, 4, (drawn.SIDE, drawn.SIDE, 3)).astype(np.uint8)
BACK = distortions.backdrop(drawn.SIDE, drawn.SIDE, 4)


def scene(product: np.ndarray) -> np.ndarray:
    return distortions.laid_over(product, BACK)


def test_a_good_picture_is_good(product: np.ndarray) -> None:
    assert min(technical(scene(product)).values()) > 0.8


@pytest.mark.parametrize(
    ("name", "worsened"),
    [
        ("sharpness", [lambda p, s=s: cv2.GaussianBlur(p, (0, 0), s) for s in (1.5, 3, 6)]),
        ("noise", [lambda p, s=s: distortions.noisy(p, s) for s in (6, 10, 16)]),
        ("clipping", [lambda p, s=s: distortions.exposed(p, s) for s in (0.2, 0.4, 0.7)]),
    ],
)
def test_each_fault_lowers_its_part(name: str, worsened: list[distortions.Change]) -> None:
    picture = scene(drawn.bottle())
    values = [technical(picture)[name], *(technical(change(picture))[name] for change in worsened)]
    assert values == sorted(values, reverse=True) and values[-1] < 0.3, values


def test_bands_are_seen_and_a_smooth_ramp_is_not_banded() -> None:
    ramp = np.broadcast_to(np.linspace(60, 200, 512)[None, :, None], (300, 512, 3))
    smooth = np.round(ramp).astype(np.uint8)
    banded = (np.round(ramp / 6) * 6).astype(np.uint8)
    assert technical(smooth)["banding"] > 0.9
    assert technical(banded)["banding"] < 0.5


def test_pure_white_surroundings_are_no_clipping() -> None:
    white = np.full((drawn.SIDE, drawn.SIDE, 3), 255, np.uint8)
    assert technical(distortions.laid_over(drawn.bottle(), white))["clipping"] > 0.9


def test_a_halo_lowers_the_seam(product: np.ndarray) -> None:
    placement = drawn.placed(product)
    clean = scene(product)
    values = [seam(clean, placement)]
    ring = cv2.dilate(product[..., 3], np.ones((5, 5), np.uint8)).astype(np.float32) / 255
    ring *= 1 - (product[..., 3:][..., 0] > 250)
    for strength in (0.3, 0.7, 1.0):
        weight = (strength * ring)[..., None]
        values.append(seam(np.round(clean * (1 - weight) + 255 * weight).astype(np.uint8), placement))
    assert values[0] > 0.85 and values[-1] < 0.5
    assert values == sorted(values, reverse=True), values


def shadowed(product: np.ndarray, depth: float, box: Box | None = None) -> np.ndarray:
    """A calm ground with a contact shadow so deep under `box`, or under the product, which lies over it."""
    box = box or drawn.box_of(product)
    shadow = np.zeros(product.shape[:2], np.float32)
    centre = ((box.x0 + box.x1) // 2, box.y1 - 2)
    cv2.ellipse(shadow, centre, (box.width // 2 + 12, 16), 0, 0, 360, 1.0, -1)
    dark = 1 - depth * cv2.GaussianBlur(shadow, (0, 0), 5)
    return distortions.laid_over(product, np.round(CALM * dark[..., None]).astype(np.uint8))


def test_contact_shadow_grounds_the_product(product: np.ndarray) -> None:
    placement = drawn.placed(product)
    assert (grounded(shadowed(product, 0.6), placement) or 0) > 0.9
    floating = shadowed(product, 0)
    assert (grounded(floating, placement) or 0) < 0.3
    assert any("float" in told for told in judge(floating, drawn.subject(product), placement=placement).findings)


def test_a_lawn_and_what_lies_beside_the_product_do_not_decide_whether_it_floats(product: np.ndarray) -> None:
    placement, box = drawn.placed(product), drawn.box_of(product)
    blades = np.random.default_rng(3).uniform(0.55, 1.35, (512, 128)).astype(np.float32)
    lawn = cv2.resize(blades, (512, 512), interpolation=cv2.INTER_LINEAR)[..., None]
    for beside in (1.0, 0.3):
        dark = np.ones((512, 512, 1), np.float32)
        dark[box.y1 - 40 : box.y1 + 20, : box.x0 - 10] = dark[box.y1 - 40 : box.y1 + 20, box.x1 + 10 :] = beside
        for depth, stands in ((0.6, True), (0.0, False)):
            ground = shadowed(np.zeros_like(product), depth, box) * lawn * dark
            picture = distortions.laid_over(product, np.clip(ground, 0, 255).astype(np.uint8))
            assert ((grounded(picture, placement) or 0) > 0.5) == stands, (beside, depth)


def test_a_required_background_needs_no_shadow() -> None:
    product = drawn.bottle()
    where = drawn.placed(product)
    canvas = Canvas(width=512, height=512, background=(255, 255, 255))
    white = Placement(canvas=canvas, product=product, box=where.box, scale=1, contact_y=where.contact_y)
    assert grounded(scene(product), white) is None


def test_overall_is_a_geometric_mean_of_what_is_there() -> None:
    assert overall({"identity": 0.8, "quality": None}) == pytest.approx(0.8)
    assert overall({"identity": 0.8}, confidence=0.5) == pytest.approx(0.8)
    assert overall({"identity": 0.8}, confidence=0.1) == pytest.approx(0.16)
    assert overall({"identity": 0.25, "quality": 1.0}) == pytest.approx(0.25 ** (0.5 / 0.7))
    assert overall({"identity": None}) is None
    low, high = overall({"identity": 0.0, "quality": 1.0}), overall({"identity": 0.9, "quality": 0.2})
    assert low is not None and high is not None and low < 0.05 < high
