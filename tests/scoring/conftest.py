"""The drawn products as a fixture; they and the benchmarks' distortions can be imported by name."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "benchmarks")]


@pytest.fixture(params=["bottle", "mug", "box"])
def product(request: pytest.FixtureRequest) -> np.ndarray:
    """HxWx4 of each product in turn."""
    import drawn

    return drawn.PRODUCTS[request.param]()
