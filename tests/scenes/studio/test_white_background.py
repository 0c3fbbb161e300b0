"""Plain backgrounds: a shadow where the product stands, and exactly the background everywhere else."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio import white_background


def test_patches_apart_from_the_product_are_no_shadow() -> None:
    alpha = np.zeros((200, 200), np.uint8)
    alpha[60:140, 80:120] = 255
    taken = np.zeros((200, 200), np.float32)
    taken[130:150, 70:135] = 0.4  # lies against the product
    taken[150:160, 20:30] = 0.1  # does not
    taken[145, 30:70] = 0.004  # joins them, but nobody would see it
    kept = white_background.cast(taken, alpha)
    assert (kept[130:150, 70:135] == np.float32(0.4)).all()
    assert not kept[150:160, 20:30].any()
    picture = white_background.picture(kept, (255, 255, 255))
    assert (picture[:, :65] == 255).all()


def test_nothing_casts_nothing() -> None:
    empty = np.zeros((50, 60), np.float32)
    assert not white_background.cast(empty, np.zeros((50, 60), np.uint8)).any()
