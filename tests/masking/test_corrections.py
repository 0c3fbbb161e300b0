"""Clicks and brush strokes correct a mask, whichever masker made it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from masking.pictured import grain, iou, photo_of
from PIL import Image

from ecomgen.errors import BadInput, UsageError
from ecomgen.masking import find_mask
from ecomgen.masking.interactive.clicks import correct
from ecomgen.masking.interactive.corrections import covered
from ecomgen.options.reading import as_lists, read_point, read_points, read_strokes
from ecomgen.types import BoolMask, Box, MaskRequest, Matte, Pixels, Point, Stroke

BOX = Box(40, 40, 260, 160)


def bottle() -> tuple[Pixels, BoolMask, BoolMask]:
    """A green bottle, its red cap, and their shapes; a mask file may hold either."""
    body, cap = np.zeros((200, 300), np.uint8), np.zeros((200, 300), np.uint8)
    cv2.rectangle(body, (60, 60), (200, 140), 1, -1)
    cv2.rectangle(cap, (201, 80), (250, 120), 1, -1)
    picture = np.full((200, 300, 3), (150, 150, 155), np.uint8)
    picture[body > 0], picture[cap > 0] = (40, 140, 60), (200, 40, 40)
    return grain(picture), body > 0, cap > 0


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """Where a test puts its mask file."""
    return tmp_path / "mask.png"


def put(path: Path, mask: BoolMask) -> Path:
    Image.fromarray(mask).convert("L").save(path)
    return path


def test_a_click_adds_the_piece_it_is_in(drawn: Path) -> None:
    picture, body, cap = bottle()
    request = MaskRequest(file=put(drawn, body), points=(Point(225, 100),))
    assert iou(find_mask(photo_of(picture), request).pixels, body | cap) > 0.97


def test_a_click_beside_the_product_takes_a_piece_away(drawn: Path) -> None:
    picture, body, cap = bottle()
    request = MaskRequest(file=put(drawn, body | cap), points=(Point(225, 100, False),))
    assert iou(find_mask(photo_of(picture), request).pixels, body) > 0.97


def test_a_click_that_agrees_changes_nothing(drawn: Path) -> None:
    picture, body, _ = bottle()
    request = MaskRequest(file=put(drawn, body), points=(Point(100, 100), Point(20, 20, False)))
    assert np.array_equal(find_mask(photo_of(picture), request).pixels, body)


@pytest.mark.parametrize("masker", ["grabcut", "lite"])
@pytest.mark.parametrize("inside", [True, False])
def test_clicks_are_obeyed(masker: str, inside: bool) -> None:
    picture, *_ = bottle()
    points = (Point(225, 100, inside), Point(120, 100))
    mask = find_mask(photo_of(picture), MaskRequest(masker=masker, box=BOX, points=points))
    assert mask.masker == masker
    assert all(mask.pixels[point.y, point.x] == point.inside for point in points)


def test_a_click_puts_no_other_proposal_in_the_place_of_the_first() -> None:
    picture = np.full((150, 200, 3), (110, 115, 120), np.uint8)
    cv2.rectangle(picture, (40, 90), (160, 130), (60, 110, 60), -1)
    cv2.circle(picture, (95, 60), 32, (210, 60, 40), -1)
    photo = photo_of(grain(picture))
    free = find_mask(photo, MaskRequest(masker="grabcut"))
    other = next(rank for rank, each in enumerate(free.candidates) if each.pixels[125, 50] != free.pixels[125, 50])
    point = Point(50, 125, bool(free.candidates[other].pixels[125, 50]))
    steered = find_mask(photo, MaskRequest(masker="grabcut", points=(point,)))
    assert steered.chosen == free.chosen
    assert steered.pixels[125, 50] == point.inside
    assert len(steered.candidates) == len(free.candidates)


clicks = st.lists(
    st.builds(Point, st.integers(0, 299), st.integers(0, 199), st.booleans()), min_size=1, max_size=4, unique_by=tuple
)


@settings(max_examples=25)
@given(points=clicks)
def test_a_click_changes_one_piece_its_own_way_and_earlier_clicks_stay(points: list[Point]) -> None:
    """Whatever is clicked: on the product only adds, beside it only removes, in one piece that holds the click."""
    picture, body, _ = bottle()
    mask, given_ = body, []
    for point in points:
        if any((point.x, point.y) == (known.x, known.y) for known in given_):
            continue
        given_.append(point)
        after = correct(picture, mask, given_, opinion, start=body)
        changed = after ^ mask
        assert after[point.y, point.x] == point.inside
        assert not changed.any() or (after[changed] == point.inside).all()
        assert cv2.connectedComponents(changed.astype(np.uint8), connectivity=8)[0] <= 2
        assert not changed.any() or changed[point.y, point.x]
        assert all(after[known.y, known.x] == known.inside for known in given_)
        mask = after


def opinion(photo: Pixels, *_: object) -> Matte:
    """A network that is certain of what is coloured, and of nothing else, whatever it is told."""
    return np.where(np.ptp(photo.astype(np.float32), axis=2) > 40, np.float32(6), np.float32(-6))


def nothing(photo: Pixels, *_: object) -> Matte:
    """A network that holds nothing for product."""
    return np.full(photo.shape[:2], -6, np.float32)


def test_a_click_adds_no_rectangle_of_sky() -> None:
    """What the network is certain of, in a colour that is the background's, is not added, wherever the click is."""
    picture, body, cap = bottle()
    after = correct(picture, body, [Point(280, 20)], opinion)
    assert after[20, 280]
    assert np.count_nonzero(after & ~body & ~cap) < 0.01 * body.size
    assert iou(correct(picture, body, [Point(225, 100)], opinion), body | cap) > 0.97


def test_what_clicks_have_settled_stays() -> None:
    """A click beside the product takes the cap away; one on the far side of it later does not bring it back."""
    picture, body, cap = bottle()
    points = [Point(225, 100, False), Point(262, 100)]
    without = correct(picture, body | cap, points[:1], nothing, start=body | cap)
    after = correct(picture, without, points, lambda *given: -nothing(*given), start=body | cap)
    assert np.count_nonzero(after & cap & (np.arange(300) < 240)) < 0.1 * np.count_nonzero(cap)


@settings(max_examples=25)
@given(
    line=st.lists(st.tuples(st.integers(-20, 320), st.integers(-20, 220)), min_size=1, max_size=5),
    width=st.integers(1, 60),
    inside=st.booleans(),
)
def test_what_a_brush_covers_is_certain(line: list[tuple[int, int]], width: int, inside: bool) -> None:
    picture, body, _ = bottle()
    alpha = body.astype(np.float32)
    stroke = Stroke(tuple(line), width, inside)
    mask = find_mask(photo_of(picture, alpha=alpha), MaskRequest(masker="alpha", strokes=(stroke,)))
    under = covered(stroke, body.shape)
    assert (mask.pixels[under] == inside).all()
    assert np.array_equal(mask.pixels[~under], body[~under])
    assert all(under[y, x] for x, y in line if 0 <= x < 300 and 0 <= y < 200)


def test_a_later_stroke_paints_over_an_earlier_one(drawn: Path) -> None:
    picture, body, _ = bottle()
    strokes = (Stroke(((20, 20), (60, 20)), 11), Stroke(((40, 20),), 7, False))
    mask = find_mask(photo_of(picture), MaskRequest(file=put(drawn, body), strokes=strokes)).pixels
    assert mask[20, 25] and not mask[20, 40] and mask[20, 55]


@pytest.mark.parametrize("point", [Point(300, 10), Point(5, 200), Point(-1, 4)])
def test_a_click_outside_the_photo_is_refused(point: Point) -> None:
    with pytest.raises(BadInput, match="300 by 200"):
        find_mask(photo_of(bottle()[0]), MaskRequest(masker="grabcut", points=(point,)))


def test_an_empty_stroke_is_refused() -> None:
    with pytest.raises(BadInput, match="stroke"):
        find_mask(photo_of(bottle()[0]), MaskRequest(masker="grabcut", strokes=(Stroke((), 5),)))


@pytest.mark.parametrize(
    ("text", "point"),
    [("12,34", Point(12, 34)), (" 12 , 34 ,+", Point(12, 34)), ("0,0,-", Point(0, 0, False))],
)
def test_points_are_read(text: str, point: Point) -> None:
    assert read_point(text) == point


@pytest.mark.parametrize("text", ["", "12", "a,b", "1,2,3", "1,2,-,4", "-1,2", "1.5,2"])
def test_what_is_no_point_is_said(text: str) -> None:
    with pytest.raises(UsageError, match="--point"):
        read_point(text)


def test_hints_survive_a_record() -> None:
    points, strokes = (Point(1, 2), Point(3, 4, False)), (Stroke(((1, 2), (3, 4)), 5, False),)
    assert read_points(as_lists(points)) == points
    assert read_strokes(as_lists(strokes)) == strokes
