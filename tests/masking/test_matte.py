"""Soft edges against known truth: what is mixed over one background must look right over another."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from masking.pictured import photo_of

from ecomgen.errors import NoProduct
from ecomgen.masking import cut_out
from ecomgen.types import BoolMask, Box, Cutout, Edge, Mask, Matte, Pixels

GREEN, RED = (60, 180, 70), (200, 40, 30)


def blend(product: tuple[int, ...] | Pixels, alpha: Matte | np.ndarray, background: tuple[int, ...]) -> np.ndarray:
    return np.asarray(product) * alpha[..., None] + np.array(background) * (1 - alpha[..., None])


def scene(size: int = 240, softness: float = 1.5) -> tuple[Pixels, Matte]:
    """A red star-like blob over green, and its true alpha."""
    angles = np.linspace(0, 2 * np.pi, 400)
    reach = size * (0.3 + 0.05 * np.sin(5 * angles))
    points = np.stack([size / 2 + reach * np.cos(angles), size / 2 + reach * np.sin(angles)], axis=1)
    shape = cv2.fillPoly(np.zeros((size, size), np.float32), [points.astype(np.int32)], 1.0)
    alpha = cv2.GaussianBlur(shape, (0, 0), softness)
    noise = np.random.default_rng(1).normal(0, 2, (size, size, 3))
    return np.clip(blend(RED, alpha, GREEN) + noise, 0, 255).astype(np.uint8), alpha


def cut(picture: Pixels, mask: BoolMask) -> Cutout:
    return cut_out(photo_of(picture), Mask(pixels=mask, masker="grabcut", candidates=()))


def test_the_inside_is_opaque_and_the_photos_own() -> None:
    picture, alpha = scene()
    cutout = cut(picture, alpha > 0.5)
    inside = cv2.erode((alpha > 0.999).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert (cutout.rgba[inside][:, 3] == 255).all()
    opaque = cutout.rgba[..., 3] == 255
    assert np.array_equal(cutout.rgba[opaque][:, :3], picture[opaque])
    assert (cutout.rgba[alpha < 0.001][:, 3] < 8).all()


@pytest.mark.parametrize("background", [(0, 0, 0), (255, 255, 255), (255, 0, 255)])
def test_over_another_background_the_edge_is_twice_as_true_as_a_hard_cut(background: tuple[int, int, int]) -> None:
    picture, alpha = scene(softness=2.0)
    band = (alpha > 0.02) & (alpha < 0.98)
    truth = blend(RED, alpha, background)[band]
    cutout = cut(picture, alpha > 0.5)
    soft = blend(cutout.rgba[..., :3], cutout.rgba[..., 3] / 255, background)[band]
    hard = blend(picture, (alpha > 0.5).astype(float), background)[band]
    assert np.abs(soft - truth).mean() < 0.5 * np.abs(hard - truth).mean()


def test_a_mask_that_is_a_little_off_is_corrected() -> None:
    picture, alpha = scene(softness=1.0)
    wide = cv2.dilate((alpha > 0.5).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    cutout = cut(picture, wide)
    assert np.abs(cutout.rgba[..., 3] / 255 - alpha).mean() < 0.4 * np.abs(wide - alpha).mean()


def test_the_result_does_not_depend_on_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    picture, alpha = scene(size=400)
    whole = cut(picture, alpha > 0.5).rgba[..., 3].astype(int)
    monkeypatch.setattr("ecomgen.masking.matting.matte.TILE", 90)
    tiled = cut(picture, alpha > 0.5).rgba[..., 3].astype(int)
    assert np.abs(whole - tiled).max() <= 12


def test_a_product_cut_by_the_frame_has_no_soft_edge_there() -> None:
    picture, alpha = scene()
    cutout = cut(picture[:, 120:], alpha[:, 120:] > 0.5)
    column = cutout.rgba[:, 0, 3]
    assert (column[(alpha[:, 120] > 0.999)] == 255).all()


def test_the_box_holds_all_that_is_visible() -> None:
    picture, alpha = scene()
    cutout = cut(picture, alpha > 0.5)
    visible = cutout.rgba[..., 3] > 0
    assert cutout.box == Box(
        *(int(v) for v in (np.flatnonzero(visible.any(0))[0], np.flatnonzero(visible.any(1))[0])),
        *(int(v) + 1 for v in (np.flatnonzero(visible.any(0))[-1], np.flatnonzero(visible.any(1))[-1])),
    )


@pytest.mark.parametrize("shape", [(1, 1), (2, 40), (3, 3)])
def test_the_smallest_products_survive(shape: tuple[int, int]) -> None:
    picture = np.full((60, 60, 3), 200, np.uint8)
    mask = np.zeros((60, 60), dtype=bool)
    mask[10 : 10 + shape[0], 10 : 10 + shape[1]] = True
    picture[mask] = 20
    assert cut(picture, mask).rgba[..., 3].max() == 255


def test_an_empty_mask_has_no_product() -> None:
    with pytest.raises(NoProduct):
        cut(np.zeros((20, 20, 3), np.uint8), np.zeros((20, 20), dtype=bool))


def shadowed(size: int = 300) -> tuple[Pixels, BoolMask]:
    """A dark box on light ground above and on a dark, noisy one below, and a mask that is frayed there."""
    rng = np.random.default_rng(3)
    truth = np.zeros((size, size), dtype=bool)
    truth[60:220, 70:230] = True
    picture = np.full((size, size, 3), (170, 175, 170), np.float64)
    picture[190:] = (34, 30, 30)
    picture[truth] = (32, 28, 29)
    picture += rng.normal(0, 3, picture.shape)
    frayed = truth.copy()
    for x in range(70, 230, 6):
        frayed[220 : 220 + int(rng.integers(0, 5)), x : x + 4] = True
        frayed[220 - int(rng.integers(0, 5)) : 220, x + 3 : x + 6] = False
    return np.clip(picture, 0, 255).astype(np.uint8), frayed


def test_where_colours_do_not_tell_the_edge_is_one_smooth_line() -> None:
    picture, frayed = shadowed()
    cutout = cut(picture, frayed)
    rows = np.argmin(cutout.rgba[150:, 90:210, 3] > 127, axis=0) + 150
    assert np.abs(np.diff(rows)).max() <= 2
    assert rows.std() < 1.5
    assert abs(rows.mean() - 220) < 3
    top = cutout.rgba[50:70, 150, 3]
    assert np.count_nonzero((top > 12) & (top < 243)) <= 4


def hairy(size: int = 260) -> tuple[Pixels, Matte]:
    """A red ball with strands all around over green, drawn at four times the size."""
    rng, shape = np.random.default_rng(4), np.zeros((4 * size, 4 * size), np.uint8)
    middle = 2 * size
    cv2.circle(shape, (middle, middle), size, 255, -1)
    for angle in rng.uniform(0, 2 * np.pi, 900):
        start, end = 0.97 * size, (1.03 + 0.13 * rng.random()) * size
        ends = [(round(middle + r * np.cos(angle)), round(middle + r * np.sin(angle))) for r in (start, end)]
        cv2.line(shape, ends[0], ends[1], 255, 3)
    alpha = cv2.resize(shape, (size, size), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return np.clip(blend(RED, alpha, GREEN) + rng.normal(0, 2, (size, size, 3)), 0, 255).astype(np.uint8), alpha


def test_hair_keeps_its_strands_and_a_smooth_edge_is_found_hard() -> None:
    picture, alpha = hairy()
    soft = cut(picture, alpha > 0.5)
    smooth, disc = scene(softness=0.8)
    hard = cut(smooth, disc > 0.5)
    assert soft.edge is not None and hard.edge is not None
    assert soft.edge.hardness < 0.3 < 0.7 < hard.edge.hardness
    binary = np.abs((alpha > 0.5) - alpha).mean()
    assert np.abs(soft.rgba[..., 3] / 255 - alpha).mean() < 0.6 * binary


def test_hardness_and_shift_are_obeyed() -> None:
    picture, alpha = hairy()
    mask = Mask(pixels=alpha > 0.5, masker="grabcut", candidates=())
    plain, hard, wide, thin = (
        cut_out(photo_of(picture), mask, edge=edge).rgba
        for edge in (Edge(hardness=0), Edge(hardness=1), Edge(hardness=0, shift=2), Edge(hardness=0, shift=-2.5))
    )
    soft_pixels = [np.count_nonzero((each[..., 3] > 12) & (each[..., 3] < 243)) for each in (plain, hard)]
    assert soft_pixels[1] < soft_pixels[0]
    assert (wide[..., 3] >= plain[..., 3]).all() and (thin[..., 3] <= plain[..., 3]).all()
    assert wide[..., 3].sum() > plain[..., 3].sum() > thin[..., 3].sum()
    opaque = wide[..., 3] == 255
    assert np.array_equal(wide[opaque][:, :3], picture[opaque])


def test_little_of_the_old_background_is_left() -> None:
    picture, alpha = scene(softness=2.0)
    rgba = cut(picture, alpha > 0.5).rgba
    soft = (rgba[..., 3] > 12) & (rgba[..., 3] < 243)
    way = np.subtract(GREEN, RED)
    assert ((rgba[soft][:, :3] - np.array(RED)) @ way / (way @ way)).mean() < 0.15


def test_an_edge_out_of_focus_fades_over_all_its_width() -> None:
    picture, alpha = scene(softness=4.0)
    found = cut(picture, alpha > 0.5).rgba[..., 3] / 255
    wide = (alpha > 0.1) & (alpha < 0.9)
    assert np.abs(found - alpha)[wide].mean() < 0.3 * np.abs((alpha > 0.5) - alpha)[wide].mean()


def test_the_shadow_at_a_dark_products_foot_is_no_product() -> None:
    size, foot = 300, 220
    mask = np.zeros((size, size), dtype=bool)
    mask[70:foot, 80:220] = True
    light = np.full((size, size), 225.0)
    below = np.arange(size) - foot
    light[:, 80:220] *= np.where(below < 4, 0.12, np.clip(0.12 + (below - 4) / 12, 0, 1))[:, None]
    light[mask] = 28
    picture = photo_of(np.repeat(light[..., None], 3, 2).round().astype(np.uint8)).pixels
    found = cut(picture, mask).rgba[..., 3] / 255
    assert found[foot + 3 : foot + 12, 90:210].max() < 0.1
    assert found[80 : foot - 3, 90:210].min() > 0.95


def gravelled(shade: float, size: int = 400) -> tuple[Pixels, BoolMask]:
    """A dark box on gravel that it shades so much, and a mask frayed by the stones under it."""
    rng = np.random.default_rng(5)
    truth = np.zeros((size, size), dtype=bool)
    truth[80:320, 90:310] = True
    stones = cv2.resize(rng.uniform(90, 200, (size // 8, size // 8)).astype(np.float32), (size, size))
    light = np.repeat(stones[..., None], 3, 2)
    light[320:326, 90:310] *= 1 - shade
    light[326:335, 90:310] *= 1 - 0.6 * shade
    light[truth] = (60, 45, 45)
    frayed = truth.copy()
    for x in range(94, 306, 12):
        frayed[320 : 320 + int(rng.integers(0, 7)), x : x + 7] = True
        frayed[320 - int(rng.integers(0, 7)) : 320, x + 6 : x + 12] = False
    return np.clip(light + rng.normal(0, 3, light.shape), 0, 255).astype(np.uint8), frayed


def test_a_product_stands_on_a_calm_line_however_its_ground_frays_the_mask() -> None:
    foot = cut(*gravelled(0.8)).rgba[:, 110:290, 3]
    rows = foot.shape[0] - np.argmax(foot[::-1] > 127, axis=0)
    assert np.abs(np.diff(rows)).max() <= 1
    assert rows.std() < 1.5
    assert abs(rows.mean() - 320) < 3


def test_the_pale_line_that_sharpening_draws_along_an_edge_is_no_colour_of_the_product() -> None:
    size = 240
    alpha = scene(size, softness=0.7)[1]
    sharp = blend((190, 185, 180), alpha, (40, 42, 44))
    sharpened = np.clip(sharp + 4 * (sharp - cv2.GaussianBlur(sharp, (0, 0), 0.8)), 0, 255).astype(np.uint8)
    assert sharpened.max() > 220
    rgba = cut(sharpened, alpha > 0.5).rgba
    soft = (rgba[..., 3] > 25) & (rgba[..., 3] < 255)
    assert rgba[soft][:, :3].max() <= 215


def test_light_that_the_ground_shows_under_a_product_is_none_of_it_and_its_own_pale_sole_stays() -> None:
    size, foot = 600, 440
    picture = np.full((size, size, 3), 90, np.uint8)
    mask = np.zeros((size, size), dtype=bool)
    mask[140:foot, 160:440] = True
    picture[mask] = (60, 40, 40)
    gleam, sole = picture.copy(), picture.copy()
    gleam[foot - 5 : foot, 240:360] = (220, 200, 180)
    sole[foot - 40 : foot, 160:440] = (230, 230, 225)
    lower = slice(foot - 3, foot - 1)
    assert cut(photo_of(gleam).pixels, mask).rgba[lower, 250:350, 3].max() < 60
    assert cut(photo_of(sole).pixels, mask).rgba[lower, 180:420, 3].min() > 200
