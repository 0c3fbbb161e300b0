"""Vessels and what lies in them."""

from __future__ import annotations

import numpy as np
import pytest
from shots import shot

from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.primitives.types import Thing, points_of
from ecomgen.scenes.studio.props.declaration import props
from ecomgen.scenes.studio.props.vessels import filled

VESSELS = [name for name, each in props().items() if each.holds]
CONTENTS = ["apples", "blueberries", "bread", "coffee beans", "cookies", "croissants", "lemons", "strawberries"]


def _filled(vessel: str, content: str) -> tuple[Thing, list[Thing]]:
    told = shot(Wish(place="sweep"))
    things = props()[content].build(told, *((60,) if props()[content].strewn else ()))
    made = filled(told, props()[vessel], things)
    return made[0], made[1:]


@pytest.mark.parametrize("vessel", VESSELS)
@pytest.mark.parametrize("content", CONTENTS)
def test_content_is_over_its_vessel_and_seen(vessel: str, content: str) -> None:
    holder, inside = _filled(vessel, content)
    outline, there = holder.shape.points, points_of(inside)
    assert np.isfinite(there).all()
    low, high = outline.min(0), outline.max(0)
    middle = 0.5 * (there.min(0) + there.max(0))
    assert np.abs(middle - 0.5 * (low + high))[[0, 2]].max() < 0.12 * float(np.ptp(outline[:, 0]))
    assert (there.min(0) > low - 0.06)[[0, 2]].all()
    assert (there.max(0) < high + 0.06)[[0, 2]].all()
    assert there[:, 1].min() > 0
    rim = props()[vessel].holds
    assert rim is not None
    assert there[:, 1].max() > rim.rim


def test_a_bowl_is_heaped_with_more_than_lies_beside_it() -> None:
    _, inside = _filled("bowl", "strawberries")
    alone = props()["strawberries"].build(shot(Wish(place="sweep")))
    assert len(points_of(inside)) > 2 * len(points_of(alone))
