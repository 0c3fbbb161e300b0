"""What the score of another view rests on: hues, outline, patches."""

from __future__ import annotations

import cv2
import distortions
import drawn
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomgen.scoring.identity.descriptor import Descriptor, faults
from ecomgen.scoring.identity.frames import frame_of
from ecomgen.scoring.identity.hues import compared
from ecomgen.scoring.identity.outline import losses, outline_of
from ecomgen.scoring.identity.patches import as_grid, matched, unlike


def described(rgba: np.ndarray) -> Descriptor:
    return Descriptor(frame_of(rgba))


@pytest.mark.parametrize("degrees", [-120, -40, 25, 60, 150])
def test_a_turned_hue_is_measured(product: np.ndarray, degrees: int) -> None:
    turn = compared(described(product).hues, described(distortions.hue(product, degrees)).hues)
    assert turn.gain > 0.05
    assert abs((turn.degrees - degrees + 180) % 360 - 180) <= 20, turn


@pytest.mark.parametrize("gains", [(1.1, 1.0, 0.9), (0.9, 1.0, 1.1), (1.3, 1.3, 1.3), (0.7, 0.7, 0.7)])
def test_a_lamp_turns_no_hue(product: np.ndarray, gains: tuple[float, float, float]) -> None:
    lit = np.dstack([distortions.gained(product[..., :3], gains), product[..., 3]])
    turn = compared(described(product).hues, described(lit).hues)
    assert turn.overlap > 0.6 and turn.gain < 0.25, turn


def test_nothing_is_lost_against_itself(product: np.ndarray) -> None:
    own = described(product)
    assert max(faults(own, own).values()) == 0
    assert matched(own.cells, own.cells) == 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_bent_product_loses_what_a_tilted_one_keeps(product: np.ndarray, seed: int) -> None:
    own = described(product).outline
    tilt = cv2.getRotationMatrix2D((256, 256), 4, 0.9)
    tilted = losses(own, described(cv2.warpAffine(product, tilt, (512, 512))).outline)
    bent = losses(own, described(distortions.warp(product, 0.08, seed)).outline)
    total = ("asymmetry", "dents", "curves")
    assert sum(bent[name] for name in total) > sum(tilted[name] for name in total) + 0.05


def test_stretch_is_seen_either_way(product: np.ndarray) -> None:
    own = described(product).outline
    for strength in (0.3, -0.25):
        stretched = described(distortions.aspect(product, strength)).outline
        assert losses(own, stretched)["stretch"] == pytest.approx(abs(np.log(1 + strength)), abs=0.06)


@settings(max_examples=30)
@given(st.integers(0, 2**16), st.floats(0.02, 0.9))
def test_any_mask_has_an_outline(seed: int, share: float) -> None:
    mask = np.random.default_rng(seed).random((48, 40)) < share
    mask[20, 20] = True
    found = outline_of(mask)
    assert 0 <= found.symmetry <= 1 and 0 < found.fullness <= 1 and 0 < found.solidity <= 1
    assert np.isfinite([*found.bends, found.straightness, found.stretch]).all()
    assert max(losses(found, found).values()) == 0


def test_a_part_without_a_counterpart_is_the_most_unlike() -> None:
    own = drawn.box()
    changed = own.copy()
    changed[280:380, 150:370, :3] = (30, 200, 230)
    one, other = described(own), described(changed)
    grid, there = as_grid(other.cells, unlike(other.cells, [one.cells]))
    rows = (grid * there).sum(axis=1)
    assert rows[8:13].mean() > 2 * rows[1:6].mean()
    assert matched(one.cells, other.cells) < 0.8
