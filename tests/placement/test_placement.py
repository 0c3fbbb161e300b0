"""The product stands on the canvas, whole, undistorted, with clean edges."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ecomgen.channels import Channel, every
from ecomgen.errors import NoProduct, UsageError
from ecomgen.options.reading import read_heights, read_place
from ecomgen.placement import (
    canvas_for,
    fitted,
    place_product,
    place_surroundings,
    place_together,
    within,
)
from ecomgen.placement.straight_alpha import resize_rgba, turned_rgba
from ecomgen.types import Box, Canvas, Composition, Cutout, Place, Placement, ReferenceImage


def cutout(width: int, height: int, margin: int = 7) -> Cutout:
    rgba = np.zeros((height + 2 * margin, width + 2 * margin, 4), np.uint8)
    rgba[..., :3] = (0, 255, 0)  # a hidden colour that must never show
    rgba[margin:-margin, margin:-margin] = (180, 40, 30, 255)
    return Cutout(rgba=rgba, box=Box(margin, margin, margin + width, margin + height))


@settings(max_examples=40)
@given(st.integers(5, 300), st.integers(5, 300), st.integers(64, 700), st.integers(64, 700), st.floats(0.3, 0.95))
def test_the_product_is_whole_centred_and_of_its_own_shape(
    width: int, height: int, canvas_width: int, canvas_height: int, fill: float
) -> None:
    canvas = Canvas(width=canvas_width, height=canvas_height, fill=fill)
    placed = place_product(cutout(width, height), canvas)
    assert placed.product.shape == (canvas_height, canvas_width, 4)
    box = placed.box
    assert 0 <= box.x0 < box.x1 <= canvas_width and 0 <= box.y0 < box.y1 <= canvas_height
    assert abs((box.x0 + box.x1) - canvas_width) <= 1
    for side, before in ((box.width, width), (box.height, height)):
        assert abs(side - before * placed.scale) <= 0.5 or side == 1
    assert not placed.product[: box.y0, :, 3].any() and not placed.product[box.y1 :, :, 3].any()
    assert placed.contact_y <= box.y1


def cut(width: int, height: int, sides: set[str]) -> Cutout:
    """A product that its photo's frame cuts off on some sides."""
    space = {side: 0 if side in sides else 9 for side in ("left", "top", "right", "bottom")}
    shape = (height + space["top"] + space["bottom"], width + space["left"] + space["right"], 4)
    box = Box(space["left"], space["top"], space["left"] + width, space["top"] + height)
    rgba = np.zeros(shape, np.uint8)
    rgba[box.slices] = (180, 40, 30, 255)
    return Cutout(rgba=rgba, box=box)


def run_off(placed: Placement) -> set[str]:
    """The sides of the canvas that the product touches."""
    box, canvas = placed.box, placed.canvas
    gaps = {"left": box.x0, "top": box.y0, "right": canvas.width - box.x1, "bottom": canvas.height - box.y1}
    return {side for side, gap in gaps.items() if gap == 0}


@pytest.mark.parametrize("sides", [{"bottom"}, {"left"}, {"right", "bottom"}, {"top"}, {"top", "bottom"}])
def test_what_the_photo_s_frame_cuts_off_runs_off_the_picture_likewise(sides: set[str]) -> None:
    placed = place_product(cut(60, 110, sides), Canvas(width=300, height=300))
    assert run_off(placed) == sides
    assert placed.place and place_product(cut(60, 110, sides), placed.canvas, place=placed.place).box == placed.box
    assert any("runs off the picture" in note for note in placed.notes)


@pytest.mark.parametrize(
    ("sides", "canvas"),
    [
        ({"left", "top", "right", "bottom"}, Canvas(width=300, height=300)),  # trimmed, not cut
        ({"bottom"}, Canvas(width=300, height=300, background=(255, 255, 255))),
        ({"bottom"}, Canvas(width=300, height=300, safe_area=(0, 0, 0, 0.2))),
    ],
)
def test_a_product_stays_whole_in_the_picture_where_that_is_asked_or_it_was_trimmed(
    sides: set[str], canvas: Canvas
) -> None:
    assert not run_off(place_product(cut(60, 110, sides), canvas))


def test_a_product_of_faint_glass_is_placed_as_any_other() -> None:
    glass = cut(60, 110, {"bottom"})
    glass.rgba[..., 3] //= 3
    assert place_product(glass, Canvas(width=300, height=300)).product[..., 3].max() == 85


def test_a_look_s_rule_is_for_whole_products() -> None:
    canvas, box = Canvas(width=300, height=300), {"across": 0.5, "base": 0.8, "width": 0.5, "height": 0.5}
    assert within(cut(60, 110, set()), canvas, box) and within(cut(60, 110, {"bottom"}), canvas, box) is None


def test_a_wide_product_that_is_cut_above_and_below_loses_nothing_at_its_sides() -> None:
    assert run_off(place_product(cut(200, 60, {"top", "bottom"}), Canvas(width=300, height=300))) == {"bottom"}


@settings(max_examples=30)
@given(st.floats(0.05, 4.0))
def test_resizing_lets_no_hidden_colour_leak_into_the_edge(scale: float) -> None:
    resized = resize_rgba(cutout(60, 40, margin=10).rgba, scale)
    seen = resized[resized[..., 3] > 0]
    assert seen.size and np.abs(seen[:, :3].astype(int) - (180, 40, 30)).max() <= 3


def test_a_demanded_background_centres_the_product_in_height_too() -> None:
    canvas = next(channel for channel in every() if channel.name == "amazon-main").canvas()
    box = place_product(cutout(200, 300), canvas).box
    assert abs((box.y0 + box.y1) - canvas.height) <= 1
    assert box.height / canvas.height >= 0.85


@settings(max_examples=40)
@given(st.integers(5, 300), st.integers(5, 300), st.tuples(*[st.floats(0, 0.3)] * 4), st.booleans())
def test_the_product_stays_out_of_what_must_stay_free(
    width: int, height: int, free: tuple[float, float, float, float], plain: bool
) -> None:
    background = (255, 255, 255) if plain else None
    canvas = Canvas(width=500, height=700, fill=0.95, safe_area=free, background=background)
    box = place_product(cutout(width, height), canvas).box
    left, top, right, bottom = free
    assert box.x0 >= left * 500 - 1.5 and box.x1 <= (1 - right) * 500 + 1.5
    assert box.y0 >= top * 700 - 1.5 and box.y1 <= (1 - bottom) * 700 + 1.5


def test_enlarging_is_said() -> None:
    assert any("enlarged" in note for note in place_product(cutout(20, 30), Canvas(width=900, height=900)).notes)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(20, 300), st.integers(20, 300), st.floats(2, 60)), min_size=2, max_size=5))
def test_products_of_known_heights_stand_in_their_true_sizes_on_one_line(
    products: list[tuple[int, int, float]],
) -> None:
    canvas, heights = Canvas(width=900, height=600), [height for *_, height in products]
    parts = place_together([cutout(*size) for *size, _ in products], canvas, [None] * len(products), heights).parts
    shares = [part.place.height / height for part, height in zip(parts, heights, strict=True) if part.place]
    assert shares == pytest.approx([shares[0]] * len(products), rel=1e-3, abs=1e-5)
    assert len({part.place.y for part in parts if part.place}) == 1
    assert all(one.box.x1 <= other.box.x0 for one, other in pairwise(parts)), "side by side"


@settings(max_examples=40)
@given(
    st.floats(0.2, 0.8),
    st.floats(0.15, 0.4),
    st.lists(st.tuples(st.integers(60, 200), st.integers(60, 200)), min_size=1),
)
def test_products_without_a_place_stand_beside_one_that_was_placed_by_hand(
    x: float, height: float, sizes: list[tuple[int, int]]
) -> None:
    canvas, placed, sizes = Canvas(width=900, height=700), Place(x, 0.8, height), sizes[:2]
    products = [cutout(100, 140), *(cutout(*size) for size in sizes)]
    first, *others = place_together(products, canvas, [placed, *(None for _ in sizes)]).parts
    assert first.place == placed
    for other in others:
        assert other.place is not None
        assert other.place.y == placed.y, "on one line"
        covered = min(first.box.x1, other.box.x1) - max(first.box.x0, other.box.x0)
        assert covered <= 0.5 * other.box.width, "seen beside it"
    with_heights = place_together(products[:2], canvas, [placed, None], (14.0, 7.0)).parts
    assert with_heights[1].place is not None
    assert with_heights[1].place.height == pytest.approx(height / 2, rel=1e-3)
    tall = place_together(products[:2], canvas, [placed, None], (5.0, 60.0)).parts[1]
    assert tall.place is not None
    assert tall.place.height <= placed.y + 1e-6, "not cut off"


def test_an_empty_cutout_has_no_place() -> None:
    empty = Cutout(rgba=np.zeros((40, 40, 4), np.uint8), box=Box(0, 0, 0, 0))
    with pytest.raises(NoProduct):
        place_product(empty, Canvas(width=64, height=64))


@pytest.mark.parametrize("size", [(63, 500), (500, 8193), (-4, 300)])
def test_sizes_out_of_range(size: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="64–8192"):
        canvas_for(size, None, (512, 512))


def test_size_and_channel_exclude_each_other() -> None:
    with pytest.raises(UsageError, match="exclude"):
        canvas_for((512, 512), "story", (512, 512))
    with pytest.raises(UsageError, match="instagram-square"):
        canvas_for(None, "myspace", (512, 512))


def test_surroundings_keep_their_pixels_and_open_the_masked_region(tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (90, 120, 3), np.uint8)
    inside = np.zeros((90, 120), bool)
    inside[30:60, 40:80] = True
    reference = ReferenceImage(path=tmp_path, sha256="", pixels=pixels)
    placed = place_surroundings(reference, inside, Canvas(width=120, height=90))
    np.testing.assert_array_equal(placed.product[..., 3] == 0, inside)
    np.testing.assert_array_equal(placed.product[~inside, :3], pixels[~inside])
    assert placed.box == (40, 30, 80, 60)


@settings(max_examples=40)
@given(st.integers(20, 300), st.integers(20, 300), st.floats(0.05, 0.95), st.floats(0.4, 1.6))
def test_a_composition_moves_and_sizes_the_product_and_keeps_it_whole(
    width: int, height: int, across: float, size: float
) -> None:
    canvas = Canvas(width=600, height=400)
    usual = place_product(cutout(width, height), canvas)
    placed = place_product(cutout(width, height), canvas, Composition(across=across, size=size))
    box = placed.box
    assert 0 <= box.x0 < box.x1 <= 600 and 0 <= box.y0 < box.y1 <= 400
    assert (placed.scale - usual.scale) * (size - 1) >= 0
    free = min(across, 1 - across) * 600 - box.width / 2 > 0.05 * 600
    assert not free or abs((box.x0 + box.x1) / 2 - across * 600) <= 1


def test_a_centred_composition_centres_in_height_but_not_against_a_channels_rule() -> None:
    box = place_product(cutout(100, 100), Canvas(width=400, height=400), Composition(centred=True)).box
    assert abs(box.y0 + box.y1 - 400) <= 1
    demanded = Canvas(width=400, height=400, background=(255, 255, 255))
    assert (
        place_product(cutout(100, 100), demanded, Composition(across=0.8)).box
        == place_product(cutout(100, 100), demanded).box
    )


PLACES = st.builds(Place, st.floats(0.1, 0.9), st.floats(0.3, 1.0), st.floats(0.1, 0.9), st.floats(-180, 180))


def test_what_stands_beside_a_wide_product_has_room() -> None:
    canvas, wanted = Canvas(width=400, height=400), Composition(widest=0.5)
    assert place_product(cutout(200, 100), canvas, wanted).box.width == 200
    assert place_product(cutout(40, 200), canvas, wanted).box == place_product(cutout(40, 200), canvas).box


@settings(max_examples=60)
@given(st.integers(5, 300), st.integers(5, 300), st.integers(64, 700), st.integers(64, 700), st.floats(0.3, 0.95))
@example(285, 287, 287, 285, 0.75)  # both sides end on a half
def test_the_place_that_was_used_places_the_product_there_again(
    width: int, height: int, canvas_width: int, canvas_height: int, fill: float
) -> None:
    canvas = Canvas(width=canvas_width, height=canvas_height, fill=fill)
    by_rule = place_product(cutout(width, height), canvas)
    again = place_product(cutout(width, height), canvas, place=by_rule.place)
    assert np.array_equal(again.product, by_rule.product)
    assert (again.box, again.contact_y, again.place) == (by_rule.box, by_rule.contact_y, by_rule.place)


@settings(max_examples=60)
@given(st.integers(40, 300), st.integers(40, 300), PLACES)
def test_a_given_place_is_the_middle_of_the_base_and_the_height(width: int, height: int, place: Place) -> None:
    canvas = Canvas(width=400, height=300)
    wide = place._replace(height=min(place.height, place.height * height / width), turn=0.0)
    box = place_product(cutout(width, height), Canvas(width=1200, height=900), place=wide).box
    assert abs(box.y1 - min(wide.y * 900, 900)) <= 1
    if box.x0 > 0 and box.x1 < 1200 and box.y0 > 0 and box.y1 < 900:
        assert abs((box.x0 + box.x1) / 2 - wide.x * 1200) <= 1
        assert abs(box.height - wide.height * 900) <= 1
    turned = place_product(cutout(width, height), canvas, place=wide._replace(turn=place.turn))
    assert turned.place == wide._replace(turn=place.turn)
    assert np.array_equal(place_product(cutout(width, height), canvas, place=turned.place).product, turned.product)


def test_a_turned_product_stands_on_its_base_in_its_own_colours() -> None:
    canvas = Canvas(width=600, height=600)
    upright, turned = (
        place_product(cutout(100, 240), canvas, place=Place(0.4, 0.8, 0.4, turn)) for turn in (0.0, 90.0)
    )
    assert (upright.box.width, upright.box.height) == (turned.box.height, turned.box.width) == (100, 240)
    assert turned.contact_y == 480 and abs(turned.box.x0 + turned.box.x1 - 480) <= 1
    colours = place_product(cutout(100, 240), canvas, place=Place(0.4, 0.8, 0.2, 33.0)).product
    seen = colours[colours[..., 3] > 8]
    assert np.abs(seen[:, :3].astype(int) - (180, 40, 30)).max() <= 3
    assert (colours[..., 3] == 255).sum() > 0.85 * 50 * 120


def test_a_quarter_turn_clockwise_moves_the_top_to_the_right() -> None:
    marked = cutout(40, 90)
    marked.rgba[7:20, 7:47, :3] = (20, 60, 200)
    turned = place_product(marked, Canvas(width=200, height=200), place=Place(0.5, 0.8, 0.45, 90))
    blue = np.nonzero(turned.product[..., 2] > 150)[1]
    assert blue.min() > 120, "what was on top is at the right"


def test_turning_by_nothing_changes_no_pixel() -> None:
    photo = np.random.default_rng(3).integers(0, 256, (80, 50, 4), np.uint8)
    photo[..., 3] = 255
    assert np.array_equal(turned_rgba(photo, 1.0, 360.0), photo)
    halved, plain = turned_rgba(photo, 0.5, 0.0), resize_rgba(photo, 0.5)
    assert np.abs(halved[1:-1, 1:-1].astype(int) - plain[1:-1, 1:-1]).max() <= 1


def test_a_product_may_reach_beyond_the_canvas_which_is_said() -> None:
    canvas = Canvas(width=300, height=300)
    placed = place_product(cutout(100, 200), canvas, place=Place(0.0, 1.2, 0.6))
    assert placed.box == Box(0, 180, 45, 300) and placed.contact_y == 300
    assert any("%" in note for note in placed.notes)
    with pytest.raises(UsageError, match="--place"):
        place_product(cutout(100, 200), canvas, place=Place(-0.5, 0.5, 0.4))


@settings(max_examples=60)
@given(st.sampled_from(every()), st.integers(150, 300), st.integers(150, 300), PLACES)
def test_a_channel_moves_and_shrinks_what_was_placed_by_hand(
    channel: Channel, width: int, height: int, place: Place
) -> None:
    whole = channel.canvas()
    canvas = replace(whole, width=whole.width // 8, height=whole.height // 8)
    box = place_product(cutout(width, height), canvas, place=fitted(cutout(width, height), canvas, place)).box
    left, top, right, bottom = canvas.safe_area
    assert box.x0 >= left * canvas.width - 3 and box.x1 <= (1 - right) * canvas.width + 3
    assert box.y0 >= top * canvas.height - 3 and box.y1 <= (1 - bottom) * canvas.height + 3
    assert box.width <= canvas.fill * canvas.width + 3 and box.height <= canvas.fill * canvas.height + 3
    if canvas.background is not None:
        assert abs(box.y0 + box.y1 - canvas.height) <= 4


@pytest.mark.parametrize(
    "text", ["0.5", "0.5,0.8", "a,b,c", "0.5,0.8,0.4,0,0", "0.5,0.8,9", "nan,0.5,0.4", "5,0.5,0.4"]
)
def test_a_place_that_cannot_be_is_told(text: str) -> None:
    with pytest.raises(UsageError, match=r"^--place "):
        read_place(text)


@pytest.mark.parametrize("text", ["high", "12 cm", "0", "-3", "nan", "24;high"])
def test_a_height_that_cannot_be_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="--height-cm"):
        read_heights(text)


def test_heights_are_read_from_text_and_numbers() -> None:
    assert read_heights("24; 9,5") == read_heights(["24", "9.5"]) == read_heights([24, 9.5]) == (24.0, 9.5)
    assert read_heights(" ") == () == read_heights(None)


def test_a_place_is_read_from_text_and_numbers() -> None:
    assert read_place("0.5, 0.85,0.4") == read_place([0.5, 0.85, 0.4]) == Place(0.5, 0.85, 0.4, 0.0)
    assert read_place("0.5,0.85,0.4,-12") == Place(0.5, 0.85, 0.4, -12.0)
    assert read_place(" ") is None is read_place(None)


def test_a_place_beyond_a_channel_s_rules_is_told() -> None:
    canvas = replace(next(one for one in every() if one.name == "tiktok").canvas(), width=270, height=480)
    within, beyond = (place_product(cutout(100, 100), canvas, place=Place(0.45, y, 0.2)).notes for y in (0.6, 0.98))
    assert not any("tiktok" in note for note in within)
    assert any("tiktok" in note for note in beyond)
