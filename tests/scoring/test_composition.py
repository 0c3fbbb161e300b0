"""How a picture is composed: what is behind the product, how it stands out, what room there is."""

from __future__ import annotations

import numpy as np

from ecomgen.scoring.composition import composed
from ecomgen.types import Box, Canvas, Placement


def placement(x0: int) -> Placement:
    """A grey block, 60 wide and 100 high, on a square canvas."""
    product = np.full((200, 200, 4), 128, np.uint8)
    product[..., 3] = 0
    product[70:170, x0 : x0 + 60, 3] = 255
    box = Box(x0, 70, x0 + 60, 170)
    return Placement(canvas=Canvas(width=200, height=200), product=product, box=box, scale=1.0, contact_y=170)


def picture(scene: np.ndarray, placed: Placement) -> np.ndarray:
    shown = placed.product[..., 3:] > 0
    return np.where(shown, placed.product[..., :3], scene)


def test_clutter_behind_the_product_and_a_scene_of_its_colour_are_told() -> None:
    placed = placement(70)
    plain, like = (np.full((200, 200, 3), shade, np.uint8) for shade in (230, 130))
    busy = np.kron(np.random.default_rng(1).integers(0, 2, (50, 50, 1)), np.full((4, 4, 3), 200)).astype(np.uint8)
    one, other, third = (composed(picture(scene, placed), placed) for scene in (plain, like, busy))
    assert one["calm"] > 0.95 > 0.3 > third["calm"]
    assert one["contrast"] > 0.7 > 0.1 > other["contrast"]


def test_room_is_a_calm_third_that_the_product_leaves_free() -> None:
    half = np.full((200, 200, 3), 230, np.uint8)
    half[:, :66] = np.kron(np.random.default_rng(1).integers(0, 2, (50, 17, 1)), np.full((4, 4, 3), 200))[:, :66]
    left, right = placement(3), placement(137)
    assert composed(picture(half, left), left)["room"] > 0.9
    assert composed(picture(half[:, ::-1], left), left)["room"] > 0.9
    wide = np.tile(half[:, :66], (1, 4, 1))[:, :200]
    assert composed(picture(wide, right), right)["room"] < 0.3
