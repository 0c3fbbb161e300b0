"""One light for product and scene, and a shadow to stand on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.compositing import compose, composite
from ecomgen.compositing.tone import Tone, between, inverse


def product() -> np.ndarray:
    """A grey box of three shades."""
    rgba = np.zeros((120, 120, 4), np.uint8)
    for index, shade in enumerate((90, 140, 200)):
        rgba[40:100, 40 + 14 * index : 54 + 14 * index] = (shade, shade, shade, 255)
    return rgba


def scene(warmth: float = 0.0, stops: float = 0.0) -> np.ndarray:
    """A grey room in that light."""
    shades = np.random.default_rng(0).integers(70, 210, (120, 120, 1)).repeat(3, axis=2).astype(np.uint8)
    return Tone(warmth=warmth, stops=stops).on(shades)


def red_over_blue(pixels: np.ndarray) -> float:
    linear = to_linear(pixels[..., :3]).reshape(-1, 3)
    return float(np.median(np.log(linear[:, 0] / linear[:, 2])))


@pytest.mark.parametrize("warmth", [-0.3, 0.3])
def test_the_scene_comes_nearer_to_the_product(warmth: float) -> None:
    room = scene(warmth)
    made = compose(product(), room, harmonise="scene")
    outside = np.s_[:30]
    assert abs(red_over_blue(made.pixels[outside])) < 0.5 * abs(red_over_blue(room[outside]))
    assert (made.pixels[40:100, 40:82] == product()[40:100, 40:82, :3]).all()
    assert any("scene was made" in note for note in made.notes)


def test_the_product_is_changed_only_when_asked_and_that_is_said() -> None:
    room = scene(0.3)
    plain, changed = compose(product(), room), compose(product(), room, harmonise="product")
    assert (plain.pixels == composite(product(), room)).all() and not plain.notes
    assert red_over_blue(changed.pixels[40:100, 40:82]) > 0.1
    assert (changed.pixels[:30] == room[:30]).all()
    assert any("product was made" in note for note in changed.notes)


def test_one_light_is_left_alone() -> None:
    assert not compose(product(), scene(), harmonise="scene").notes


def test_where_nothing_is_grey_nothing_is_guessed() -> None:
    red = product()
    red[..., 1:3] = 0
    assert between(red, scene(0.3)).is_none


@settings(max_examples=30)
@given(st.integers(0, 2**16), st.floats(-3, 3), st.floats(-3, 3))
def test_a_change_is_always_bounded(seed: int, warmth: float, stops: float) -> None:
    rng = np.random.default_rng(seed)
    room = to_bytes(to_srgb(rng.random((40, 40, 1)).repeat(3, 2) * np.exp([warmth, 0, -warmth]) * 2.0**stops))
    rgba = np.dstack([rng.integers(0, 256, (40, 40, 3), np.uint8), np.eye(40, dtype=np.uint8) * 255])
    change = between(rgba, room)
    assert abs(change.warmth) <= 0.3 and abs(change.stops) <= 0.35
    assert inverse(inverse(change)) == change


@pytest.mark.parametrize(("grounded", "laid"), [(0.0, True), (0.9, False), (None, False)])
def test_a_shadow_is_laid_only_under_a_floating_product(grounded: float | None, laid: bool) -> None:
    room = scene()
    made = compose(product(), room, grounded=lambda _: grounded)
    under = np.s_[100:103, 45:80]
    assert (made.pixels[under].mean() < 0.9 * room[under].mean()) == laid
    assert (made.pixels[40:100, 40:82] == product()[40:100, 40:82, :3]).all()
    assert any("shadow" in note for note in made.notes) == laid
