from __future__ import annotations

import math

import distortions
import drawn
import pytest

from ecomgen.errors import UsageError
from ecomgen.scoring import threshold


def test_numbers_stand_for_themselves() -> None:
    one = drawn.subject(drawn.bottle())
    assert [threshold(level, one) for level in (0, 0.37, 1, "0.5")] == [0, 0.37, 1, 0.5]


def test_names_are_ordered_and_normal_is_the_default() -> None:
    one = drawn.subject(drawn.bottle())
    assert threshold("strict", one) > threshold("normal", one) > threshold("lenient", one) > 0
    assert threshold(None, one) == threshold("normal", one)


@pytest.mark.parametrize("level", ["loose", "", -0.1, 1.1, math.nan, math.inf])
def test_anything_else_is_said_in_a_sentence(level: float | str) -> None:
    with pytest.raises(UsageError, match="strict, normal, lenient"):
        threshold(level, drawn.subject(drawn.bottle()))


def test_unlike_references_lower_the_level_within_bounds() -> None:
    bottle, mug = drawn.bottle(), drawn.mug()
    alike = drawn.subject(bottle, distortions.hue(bottle, 5))
    unlike = drawn.subject(bottle, mug)
    shipped = threshold("normal", drawn.subject(bottle))
    assert threshold("normal", alike) == pytest.approx(shipped, abs=0.05)
    assert 0.5 * shipped < threshold("normal", unlike) < shipped
