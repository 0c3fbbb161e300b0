"""Seeds that follow each other are different photographs: they take turns in what decides a picture."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace

import numpy as np
import pytest

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.estimation.facts import Facts, Standing
from ecomgen.scenes.studio.estimation.photo_light import PhotoLight
from ecomgen.scenes.studio.grounds import underfoot
from ecomgen.scenes.studio.picture import shot_of
from ecomgen.scenes.studio.primitives.palette import NEUTRAL
from ecomgen.scenes.studio.primitives.types import Softbox, Sun
from ecomgen.scenes.studio.prompt import wish_for
from ecomgen.scenes.studio.props.arrangement import laid
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.subject import Subject
from ecomgen.types import Box

SURFACES = ("oak", "marble", "linen", "slate", "oak")


def shot(seed: int, prompt: str = "on a table by the window", **facts: object) -> Shot:
    known = replace(Facts(standing=Standing(x0=0.3, y0=0.3, x1=0.7, y1=0.83, ground=0.83), ideas=1), **facts)  # type: ignore[arg-type]
    subject = Subject(product=None, box=Box(30, 30, 70, 83), width=100, height=100, facts=known)
    return shot_of(subject, wish_for(prompt).with_place("window"), seed)


@pytest.mark.parametrize("first", [0, 3, 2**31 - 2])
def test_four_tries_share_neither_light_nor_camera(first: int) -> None:
    tries = [shot(seed) for seed in range(first, first + 4)]
    assert sorted(one.side for one in tries) == [-1, -1, 1, 1]
    heights = sorted(one.height(30, 42) for one in tries)
    assert min(high - low for low, high in itertools.pairwise(heights)) > 1 and heights[-1] - heights[0] > 20
    eyes = sorted(one.frame.eye for one in tries)
    assert min(high / low for low, high in itertools.pairwise(eyes)) > 1.08
    assert len({one.turn(*SURFACES) for one in tries}) == 4
    assert {int(4 * one.span("fill", 0, 1)) for one in tries} == {0, 1, 2, 3}


def test_every_seed_has_the_idea_of_one_picture() -> None:
    """But what chance decides is its own."""
    theirs, *others = (shot(seed, "on a table, plants", ideas=2, idea_seed=7) for seed in (7, 8, 9, 10))
    assert (theirs.idea, theirs.frame.eye) == (shot(7, "on a table, plants", ideas=2).idea, shot(7).frame.eye)
    for one in others:
        assert (one.idea, one.side, one.frame.eye) == (theirs.idea, theirs.side, theirs.frame.eye)
        assert (one.height(30, 42), one.turn(*SURFACES)) == (theirs.height(30, 42), theirs.turn(*SURFACES))
        assert one.span("fill", 0, 1) == theirs.span("fill", 0, 1) and one.rng.random() != theirs.rng.random()


@pytest.mark.parametrize(("measured", "side"), [(-1.0, -1), (-0.3, -1), (0.5, 1)])
def test_a_set_is_lit_from_one_side_or_the_other(measured: float, side: int) -> None:
    assert shot(1, light=PhotoLight(side=measured)).side == side


def test_the_product_stands_where_it_was_and_is_seen_as_steeply() -> None:
    for seed in range(4):
        frame = shot(seed).frame
        assert (frame.unit, frame.ground_row, frame.product_x) == (1 / 53, 83, 0)
        assert frame.elevation == pytest.approx(10)


def test_a_seed_is_the_same_picture_whoever_comes_before_it() -> None:
    shot(6).turn(*SURFACES)
    one, again = shot(7), shot(7)
    again.rng.random(5)
    assert one.turn(*SURFACES) == again.turn(*SURFACES)
    assert one.span("lens", 1, 2) == again.span("lens", 1, 2)
    assert one.frame == again.frame


def test_two_choices_come_in_all_four_pairs() -> None:
    lists = [(f"a{number}", f"b{number}") for number in range(12)]
    pairs = [
        {(shot(seed).turn(*one), shot(seed).turn(*other)) for seed in range(4)}
        for one, other in itertools.combinations(lists, 2)
    ]
    assert max(map(len, pairs)) == 4, "some are independent"
    assert all(len({shot(seed).turn(*one) for seed in range(4)}) == 2 for one in lists)


def test_light_from_the_photo_and_a_range_s_camera_stay() -> None:
    assert {shot(seed, light=PhotoLight(side=-1.0)).side for seed in range(4)} == {-1.0}
    assert len({shot(seed, distance=0.2).frame.eye for seed in range(4)}) == 1


def test_what_stands_in_a_set_stays_when_its_light_is_turned() -> None:
    known = Facts(standing=Standing(x0=0.3, y0=0.3, x1=0.7, y1=0.83, ground=0.83), ideas=1)
    subject = Subject(product=None, box=Box(30, 30, 70, 83), width=100, height=100, facts=known)
    wish = wish_for("on a table with a cup and a book").with_place("window")

    def cups(**light: str | None) -> list[float]:
        shot = shot_of(subject, replace(wish, **light), 2)  # type: ignore[arg-type]
        return [float(thing.shape.points[:, 0].mean()) for thing in laid(shot, [])]

    as_it_was = cups()
    assert cups(side="left", arranged="") == cups(side="right", arranged="") == as_it_was
    assert cups(side="left") != cups(side="right"), "a set that is lit anew is arranged anew"


def test_a_record_that_does_not_say_so_draws_as_it_did() -> None:
    before = shot(5, ideas=0)
    chance = np.random.default_rng([5, 20])
    assert before.side == float(chance.choice([-1.0, 1.0]))
    assert before.turn(*SURFACES) == SURFACES[int(chance.integers(5))]
    assert before.span("fill", 2, 4) == 2 + 2 * chance.random()
    assert before.height(30, 42) == 30 + 12 * chance.random()
    assert before.frame == shot(6, ideas=0).frame


@pytest.mark.parametrize(("top", "elevation"), [(30, 6.0), (30, 14.0), (60, 15.0), (40, 28.0)])
def test_who_steps_nearer_sees_the_products_top_as_before(top: int, elevation: float) -> None:
    box = Box(30, top, 70, 83)
    usual, near, far = (frame_for(100, 100, box, 83, elevation=elevation, away=away) for away in (None, 0.0, 1.0))
    assert near.distance < usual.distance < far.distance
    assert near.eye >= 0.999 * near.product_height or near.distance >= 0.84 * usual.distance
    assert far.eye / far.unit < 0.9 * far.ground_row, "the horizon stays in the picture"


def planned(seed: int, prompt: str, **facts: object) -> Shot:
    known = replace(Facts(standing=Standing(x0=0.3, y0=0.3, x1=0.7, y1=0.83, ground=0.83), ideas=2), **facts)  # type: ignore[arg-type]
    subject = Subject(product=None, box=Box(30, 30, 70, 83), width=100, height=100, facts=known)
    return shot_of(subject, wish_for(prompt), seed)


@pytest.mark.parametrize(
    "prompt", ["on a marble table", "at the beach", "on a podium", "on moss", "at night in the city"]
)
def test_four_tries_are_four_ideas(prompt: str) -> None:
    ideas = [planned(seed, prompt).idea for seed in range(8)]
    assert len({repr(idea) for idea in ideas[:4]}) == 4
    assert ideas[4:] == ideas[:4]


def test_an_idea_puts_nothing_between_the_product_and_the_ground_that_was_asked_for() -> None:
    assert {planned(seed, "in shallow water").wish.support for seed in range(4)} == {None}
    assert {planned(seed, "by a lake").wish.support for seed in range(4)} == {None, "pier"}


@pytest.mark.parametrize("name", declared())
def test_every_set_has_four_ideas_of_several_brightnesses(name: str) -> None:
    tones = [idea.tones for idea in declared()[name].planned(Wish(place=name))]
    exposures = [one.exposure for one in tones if one]
    assert len(exposures) >= 4 and max(exposures) - min(exposures) >= 0.3


def test_what_ideas_wish_is_something_that_can_be_wished() -> None:
    known = {field.name for field in fields(Wish)}
    ideas = [idea for one in declared().values() for idea in one.ideas or one.planned(Wish())]
    assert {name for idea in ideas for name in (*idea.wish, *idea.when)} <= known


def test_an_idea_never_overrules_the_prompt() -> None:
    for seed in range(4):
        soft = planned(seed, "on a white marble table in soft morning light")
        assert (soft.wish.hardness, soft.wish.time, soft.wish.weather) == ("soft", "morning", None)
        assert soft.idea is not None and soft.idea.light == {} and soft.tone is None
        assert soft.idea.tones is None or (soft.idea.tones.exposure, soft.idea.tones.temperature) == (0, 5600)
        assert planned(seed, "on a beige background").behind is None
        assert planned(seed, "in the forest in fog").wish.weather == "foggy"


def test_a_mood_leaves_the_ideas_that_suit_it() -> None:
    def brightest(prompt: str) -> list[float | None]:
        return [planned(seed, prompt).idea.behind for seed in range(4)]  # type: ignore[union-attr]

    assert len(set(brightest("on a shelf"))) == 4
    assert max(value or 0 for value in brightest("on a shelf, dark and moody")) < 0.9
    assert min(value or 1 for value in brightest("on a shelf, bright and airy")) > 0.5


def test_dark_products_stand_on_nothing_dark_nor_before_walls_of_their_own_lightness() -> None:
    dark = replace(NEUTRAL, lightness=0.3)
    shots = [planned(seed, "on a shelf", palette=dark) for seed in range(4)]
    assert all(one.tone != "dark" and abs((one.behind or 1) - 0.3) > 0.15 for one in shots)
    assert "dark" in {planned(seed, "on a shelf").tone for seed in range(4)}


def test_a_pavement_is_laid_in_every_tone() -> None:
    shots = [planned(seed, "on the sidewalk in the city") for seed in range(4)]
    assert {one.tone for one in shots} > {None}
    found = {round(float(np.mean(underfoot("cobbles", one)[0].material.colour)), 3) for one in shots}
    assert len(found) > 1


def test_a_side_that_the_photo_tells_is_not_turned_to_the_back() -> None:
    assert "back" in {planned(seed, "at the beach").wish.side for seed in range(4)}
    assert {planned(seed, "at the beach", light=PhotoLight(side=0.8)).wish.side for seed in range(4)} == {None}


def test_a_range_and_records_before_ideas_have_none() -> None:
    assert shot(3, "on a marble table").idea is None
    assert planned(5, "on a marble table", palette=NEUTRAL).idea == planned(5, "on a marble table").idea


@pytest.mark.parametrize(
    "prompt",
    [
        "on the beach at sunset",
        "meadow at dusk",
        "beach at sunrise",
        "in a field, overcast",
        "in the mountains at noon",
        "on an oak table in the afternoon",
        "on a pastel pink background",
        "in a white studio",
    ],
)
def test_what_is_told_of_the_light_or_the_paper_leaves_four_ideas(prompt: str) -> None:
    shots = [planned(seed, prompt) for seed in range(4)]
    told = wish_for(prompt)
    for field in ("time", "hardness", "backdrop_colour"):
        assert {getattr(one.wish, field) for one in shots} == {getattr(told, field)} or not getattr(told, field)
    assert len({repr(one.idea) for one in shots}) == 4
    assert len({(one.wish.side, one.wish.hardness, one.wish.lens, one.wish.gradient) for one in shots}) >= 3


@pytest.mark.parametrize("prompt", ["in a white studio", "plain white background with a soft shadow"])
def test_white_paper_is_exposed_to_be_white(prompt: str) -> None:
    for seed in range(4):
        one = planned(seed, prompt)
        assert adapted(sets.build(one), one).exposure > 0.6


def test_white_paper_has_no_cast() -> None:
    for seed in range(4):
        one = planned(seed, "in a white studio", light=PhotoLight(kelvin=4600))
        stage = adapted(sets.build(one), one)
        paper = np.asarray(stage.things[0].material.colour).reshape(-1, 3).mean(0)
        for lamp in stage.lamps:
            seen = paper * (lamp.irradiance if isinstance(lamp, Sun) else lamp.radiance)
            assert np.ptp(seen) < 0.01 * seen.max()


def test_dusk_and_the_shade_of_a_low_sun_are_blue() -> None:
    for prompt in ("at the beach at dusk", "in the snow at sunrise"):
        zenith, horizon = (getattr(lights.daylight(planned(0, prompt)).sky, name) for name in ("zenith", "horizon"))
        assert zenith[2] > 1.5 * zenith[0] and horizon[2] > 0.9 * horizon[0]
    assert lights.daylight(planned(0, "at the beach at dusk")).kelvin > 5600
    before = shot(0, "on a table at dusk", ideas=1)
    assert lights.daylight(before) is lights.TIMES["dusk"], "as records tell that were made before"


def test_clouds_light_from_above_and_take_light_far_round_the_foot() -> None:
    one = planned(1, "in the mountains")
    stage = sets.build(one)
    assert one.wish.weather == "overcast" and stage.overcast
    assert min(np.divide(stage.dome.zenith, stage.dome.horizon)) > 2
    assert isinstance(stage.lamps[0], Softbox)
    assert not sets.build(planned(2, "in the mountains")).overcast
