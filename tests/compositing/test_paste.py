"""The product's own pixels stay what they are."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomgen.color import to_linear
from ecomgen.compositing import composite


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1))
def test_opaque_is_the_product_and_clear_is_the_scene(seed: int) -> None:
    rng = np.random.default_rng(seed)
    product = rng.integers(0, 256, (24, 31, 4), np.uint8)
    product[rng.random((24, 31)) < 0.4, 3] = 255
    product[rng.random((24, 31)) < 0.3, 3] = 0
    scene = rng.integers(0, 256, (24, 31, 3), np.uint8)
    picture = composite(product, scene)
    opaque, clear = product[..., 3] == 255, product[..., 3] == 0
    np.testing.assert_array_equal(picture[opaque], product[opaque, :3])
    np.testing.assert_array_equal(picture[clear], scene[clear])
    low, high = np.minimum(product[..., :3], scene), np.maximum(product[..., :3], scene)
    assert ((picture >= low) & (picture <= high)).all()


def test_a_soft_edge_is_mixed_in_linear_light() -> None:
    product = np.full((1, 1, 4), 255, np.uint8)
    product[..., 3] = 128
    picture = composite(product, np.zeros((1, 1, 3), np.uint8))
    assert abs(float(to_linear(picture).mean()) - 128 / 255) < 0.005


def test_inputs_are_left_alone() -> None:
    product, scene = np.full((4, 4, 4), 200, np.uint8), np.full((4, 4, 3), 9, np.uint8)
    composite(product, scene)
    assert (product == 200).all() and (scene == 9).all()
