"""A seed is one photograph: on another canvas, or a larger one, the same set is framed otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.prompt import wish_for
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.types import Box
from tests.shots import shot

FRAMES = {
    "larger": frame_for(144, 144, Box(45, 36, 99, 117), 117, elevation=11),
    "taller": frame_for(96, 170, Box(30, 66, 66, 120), 120, elevation=11),
    "wider": frame_for(140, 96, Box(52, 24, 88, 78), 78, elevation=11),
}


def drawn(prompt: str, canvas: str) -> tuple[float, ...]:
    """What chance is left with, once the set of such a prompt is built for a canvas."""
    taken: Shot = replace(shot(wish_for(prompt), seed=8), ideas=2, frame=FRAMES[canvas])
    sets.build(taken)
    return tuple(taken.rng.random(3))


@pytest.mark.parametrize(
    "prompt", ["living room with a sofa", "on a beach", "on a pink podium", "garden table", "forest"]
)
def test_as_much_is_left_to_chance_on_any_canvas(prompt: str) -> None:
    assert len({drawn(prompt, canvas) for canvas in FRAMES}) == 1


@pytest.mark.parametrize("canvas", ["larger", "taller"])
def test_a_table_has_the_same_grain_and_the_wall_the_same_colour(canvas: str) -> None:
    taken = [replace(shot(wish_for("kitchen"), seed=3), frame=FRAMES[name]) for name in ("wider", canvas)]
    first, other = (sets.build(one) for one in taken)
    assert len(first.things) == len(other.things)
    colours = [np.asarray(stage.things[0].material.colour).mean(axis=(0, 1)) for stage in (first, other)]
    assert np.allclose(colours[0], colours[1], atol=0.03)


def test_a_wall_is_as_high_as_a_tall_picture() -> None:
    taken = replace(shot(wish_for("living room, red wall"), seed=3), frame=FRAMES["taller"])
    top = np.asarray(sets.build(taken).backdrop.picture)[2].mean(0)
    assert top[0] > 1.5 * top[2]
