"""A product in another light keeps the hues of its own colours."""

from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ecomgen.compositing.relight import TURN, VIVID, relight
from ecomgen.types import Box, Instance

GAIN = st.floats(0.4, 2.0)
BYTE = st.integers(0, 255)


def lit(colour: tuple[int, int, int], gains: tuple[float, float, float]) -> np.ndarray:
    """A product of one colour in a light."""
    product = np.full((8, 8, 4), (*colour, 255), np.uint8)
    changed, _ = relight(product, [np.full((2, 2, 3), gains, np.float32)], [Instance(box=Box(0, 0, 8, 8))], 1.0)
    return changed[4, 4, :3]


def lab(colour: np.ndarray) -> tuple[float, float, float]:
    return tuple(cv2.cvtColor((np.asarray(colour, np.float32) / 255)[None, None], cv2.COLOR_RGB2LAB)[0, 0].tolist())


@given(st.tuples(BYTE, BYTE, BYTE), st.tuples(GAIN, GAIN, GAIN))
def test_a_vivid_colour_keeps_its_hue_in_any_light(
    colour: tuple[int, int, int], gains: tuple[float, float, float]
) -> None:
    (_, a, b), (_, u, v) = lab(np.array(colour)), lab(lit(colour, gains))
    if np.hypot(a, b) < VIVID or np.hypot(u, v) < 20:
        return
    turned = abs(np.degrees(np.arctan2(a * v - b * u, a * u + b * v)))
    assert turned < TURN + 3  # bytes


def test_a_grey_product_takes_the_tint_of_the_light() -> None:
    red, _, blue = lit((128, 128, 128), (1.2, 1.0, 0.8)).astype(int)
    assert red > blue + 20


def test_a_yellow_product_in_blue_light_is_darker_and_no_olive() -> None:
    red, green, _ = lit((235, 200, 30), (0.5, 0.6, 0.9)).astype(int)
    assert red < 200 and red > green
