"""Textures that are made of repeated cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomgen.scenes.studio.textures import Patch
from ecomgen.scenes.studio.textures.cells import ornament

DYE, WHITE = (0.03, 0.1, 0.3), (0.85, 0.8, 0.7)
AREA = Patch(width=0.4, depth=0.4, density=400)
TILE = 80  # pixels of a tile of 0.2 metres


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_an_ornament_is_the_same_on_every_tile_and_symmetric(seed: int) -> None:
    painted = ornament(np.random.default_rng(seed), AREA, side=0.2, dye=DYE, white=WHITE)
    assert painted[:TILE, :TILE] == pytest.approx(painted[TILE:, TILE:], abs=1e-6)
    inner = painted[1:TILE, 1:TILE]
    assert inner == pytest.approx(inner[:, ::-1], abs=1e-6)
    assert inner == pytest.approx(inner[::-1], abs=1e-6)
    assert np.abs(inner - WHITE).max(-1).min() < 0.01 and np.abs(inner - DYE).max(-1).min() < 0.01
