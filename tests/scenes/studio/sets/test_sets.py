"""Every set can be built, for a small product and a large one, and leaves the product in sight."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from shots import BOX, shot

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.adaptation.grade import graded
from ecomgen.scenes.studio.adaptation.underlay import under_product
from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.primitives.palette import Palette, hexadecimal, to_oklab
from ecomgen.scenes.studio.primitives.types import Softbox, Stage, Sun
from ecomgen.scenes.studio.rendering.render import share_of
from ecomgen.scenes.studio.rendering.stage_file import packed, unpacked
from ecomgen.scenes.studio.stage.frame import Frame, frame_for
from ecomgen.scenes.studio.stage.supports import footprint

RED = hexadecimal("#d00000")


def check(stage: Stage, frame: Frame) -> None:
    for thing in stage.things:
        shape, colour = thing.shape, np.asarray(thing.material.colour)
        assert np.isfinite(shape.points).all()
        assert shape.faces.size == 0 or shape.faces.max() < len(shape.points)
        assert len(shape.uv) == len(shape.points)
        assert np.isfinite(colour).all()
        assert 0 <= colour.min() <= colour.max() <= 1.001
    assert stage.lamps
    assert stage.brightness() > 0.05
    assert stage.backdrop is None or (np.isfinite(stage.backdrop.picture).all() and stage.backdrop.picture.min() >= 0)
    assert not _hides_product(stage, frame)


def _hides_product(stage: Stage, frame: Frame) -> bool:
    """Whether a point of some thing, well before the product, is seen where the product is."""
    points = np.concatenate([thing.shape.points for thing in stage.things])
    near = points[(points[:, 2] > 0.3) & (points[:, 2] < frame.distance - 0.05)]
    scale = frame.distance / (frame.distance - near[:, 2])
    x, y = near[:, 0] * scale, frame.eye + (near[:, 1] - frame.eye) * scale
    wide = np.abs(x - frame.product_x) < 0.4 * frame.product_width
    return bool((wide & (y > 0.35 * frame.product_height) & (y < 0.9 * frame.product_height)).any())


@pytest.mark.parametrize("place", ["shelf", "fabric", "paper", "sweep"])
def test_no_wall_or_fold_hides_what_was_asked_for(place: str) -> None:
    for seed in range(2):
        one = shot(Wish(place=place, props=("spheres",), prop_colour="#d00000", scale="large"), seed=seed)
        things = sets.build(one).things
        red = [
            thing for thing in things if np.allclose(np.reshape(thing.material.colour, (-1, 3)).mean(0), RED, atol=0.1)
        ]
        others = [thing for thing in things if all(thing is not each for each in red)]
        alone, there = (share_of(red, hiding, one.frame, 0.0, "scalar_rgb").sum() for hiding in ((), others))
        assert there > 0.4 * alone > 0


@pytest.mark.usefixtures("small_paintings")
@pytest.mark.parametrize("place", declared())
def test_a_place_can_be_built(place: str) -> None:
    for seed, units_per_metre in ((1, 2.2), (2, 10.0)):
        taken = shot(Wish(place=place), seed=seed, units_per_metre=units_per_metre)
        stage = sets.build(taken)
        check(stage, taken.frame)
    comes_back_as_it_was(stage)


def comes_back_as_it_was(stage: Stage) -> None:
    """From a file, all of it with its types."""
    content = packed(stage, {})
    known = unpacked(content)
    assert known is not None and packed(*known) == content
    for a, b in zip(stage.things, known[0].things, strict=True):
        for one, other in ((a.shape.points, b.shape.points), (a.material.colour, b.material.colour)):
            assert type(one) is type(other) and np.asarray(one).dtype == np.asarray(other).dtype
            assert np.array_equal(one, other)


@pytest.mark.parametrize("mood", vocabulary().mood)
def test_a_mood_changes_the_stage(mood: str) -> None:
    stage = sets.build(shot(Wish(place="sweep")))
    assert graded(stage, Wish(mood=(mood,))) != stage


def test_where_no_shadow_is_wanted_the_light_in_it_is_filled() -> None:
    stage = sets.build(shot(Wish(place="sweep")))
    filled = graded(stage, Wish(without=("shadow",)))
    assert np.mean(filled.dome.horizon) > 2 * np.mean(stage.dome.horizon)


def test_chance_changes_the_set_and_is_repeatable() -> None:
    first, again, other = (sets.build(shot(Wish(place="podium"), seed=seed)) for seed in (1, 1, 2))
    assert np.array_equal(first.things[0].shape.points, again.things[0].shape.points)
    assert first.things[0].shape.points.shape != other.things[0].shape.points.shape or not np.array_equal(
        first.things[0].shape.points, other.things[0].shape.points
    )


@pytest.mark.parametrize("seed", range(4))
def test_paper_of_a_told_colour_is_of_that_colour_alone(seed: int) -> None:
    told = "#a6bad2"
    hue, *found = (
        to_oklab(np.asarray(colour).reshape(-1, 3).mean(0))[1:]
        for colour in (
            hexadecimal(told),
            *(
                thing.material.colour
                for thing in sets.build(shot(Wish(place="paper", surface_colour=told), seed=seed)).things
            ),
        )
    )
    assert len(found) > 2
    assert all(hue @ one > 0.97 * np.linalg.norm(hue) * np.linalg.norm(one) for one in found)


def test_in_a_flat_lay_the_background_s_colour_is_what_everything_lies_on() -> None:
    top = sets.build(shot(Wish(place="flatlay", backdrop_colour="#d00000"))).things[0]
    red, green, _ = np.asarray(top.material.colour).reshape(-1, 3).mean(0)
    assert red > 4 * green


@pytest.mark.parametrize(("hardness", "lamp"), [("hard", Sun), ("dappled", Sun), ("soft", Softbox), (None, Softbox)])
def test_cloth_is_lit_as_the_prompt_says(hardness: str | None, lamp: type) -> None:
    (key,) = sets.build(shot(Wish(place="fabric", surface="linen", hardness=hardness))).lamps
    assert isinstance(key, lamp)


def test_a_neon_night_lights_the_ground_round_the_product_as_white_light_does() -> None:
    for seed in range(3):
        stage = sets.build(shot(Wish(place="night", time="night"), seed=seed))
        red, green, blue = stage.lamps[0].radiance  # type: ignore[union-attr]
        assert max(red, green, blue) < 1.1 * min(red, green, blue)
        glowing = [thing for thing in stage.things if thing.material.glow is not None]
        assert glowing
        assert all(thing.shape.points[:, 2].max() < -2 for thing in glowing)


def _in_the_picture(lamp: Softbox, frame: Frame) -> bool:
    """Whether any corner of a lamp's surroundings is seen."""
    reach = 0.5 * np.hypot(lamp.width, lamp.height)
    x, y, z = lamp.position
    scale = frame.distance / (frame.distance - min(z, frame.distance - 0.1))
    low = frame.eye + (y - reach - frame.eye) * scale
    return z < frame.distance and (abs(x) - reach) * scale < frame.right and frame.bottom < low < frame.top - 1e-3


@pytest.mark.parametrize("place", ["sweep", "podium", "shelf", "window", "kitchen", "night"])
def test_no_lamp_hangs_into_the_picture(place: str) -> None:
    for seed in range(4):
        taken = shot(Wish(place=place, accents=("background",), mood=("dreamy",)), seed=seed)
        wide = replace(taken, frame=frame_for(320, 96, BOX, BOX.y1, elevation=11))
        for each in (taken, wide):
            stage = adapted(sets.build(each), each)
            assert not any(isinstance(lamp, Softbox) and _in_the_picture(lamp, each.frame) for lamp in stage.lamps)


@pytest.mark.parametrize("told", [{"season": "autumn"}, {"mood": ("warm",)}])
def test_colours_that_nobody_asked_for_are_warm_where_the_prompt_is(told: dict[str, Any]) -> None:
    taken = replace(shot(Wish(place="fabric", **told)), ideas=4, palette=Palette(hue=200, chroma=0.1, lightness=0.4))
    for seed in range(4):
        red, _, blue = replace(taken, seed=seed).companion()
        assert red > blue


@pytest.mark.parametrize("support", ["in crate", "in box"])
def test_an_open_box_is_round_the_product_and_hides_none_of_it(support: str) -> None:
    told = shot(Wish(place="room", support=support, dressing="none"))
    room = sets.build(told)
    stage = under_product(room, told)
    check(stage, told.frame)
    width, depth = footprint.box_size(told)
    points = np.concatenate([thing.shape.points for thing in stage.things[len(room.things) :]])
    assert points[:, 0].max() - points[:, 0].min() == pytest.approx(width, abs=0.1)
    assert points[points[:, 2] < footprint.BOX_FRONT - 0.9 * depth, 1].max() > 0.15
    wide = np.abs(points[:, 0] - told.frame.product_x) < 0.45 * width
    front = points[wide & (np.abs(points[:, 2] - footprint.BOX_FRONT) < 0.01)]
    assert front[:, 1].max() < 0.03 and front[:, 1].min() < -0.2


def test_a_graffiti_wall_is_brick_under_many_colours() -> None:
    def wall(kind: str) -> np.ndarray:
        told = shot(Wish(place="sweep", wall=kind, dressing="none"))
        colours = [np.asarray(thing.material.colour) for thing in adapted(sets.build(told), told).things]
        return max((one for one in colours if one.ndim == 3), key=lambda one: one.size).reshape(-1, 3)

    brick, sprayed = wall("brick"), wall("graffiti")
    assert sprayed.std(0).mean() > 2 * brick.std(0).mean()
