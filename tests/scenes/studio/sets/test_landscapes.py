"""Landscapes: their ground, what grows on it, their weather and light, and what is far behind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shots import shot

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.adaptation.grade import graded
from ecomgen.scenes.studio.backdrops import LAYERS, landscape
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.grounds import GROUNDS
from ecomgen.scenes.studio.grounds.lawn import height
from ecomgen.scenes.studio.primitives.types import Sun
from ecomgen.scenes.studio.props.vegetation import trunks
from ecomgen.scenes.studio.stage.lights import TIMES


@pytest.mark.parametrize("ground", GROUNDS)
def test_ground_is_level_where_the_product_stands(ground: str) -> None:
    taken = shot(Wish())
    soil = GROUNDS[ground](taken, 0.0)[0]
    foot = np.hypot(soil.shape.points[:, 0] - taken.frame.product_x, soil.shape.points[:, 2]) < 0.12
    heights = soil.shape.points[foot, 1]
    assert not foot.any() or abs(float(heights.max())) < 0.04
    assert not foot.any() or ground == "clouds" or heights.min() > -0.04  # a heap of puffs has an inside
    lowered = GROUNDS[ground](taken, 0.2)
    assert all(thing.shape.points[:, 1].min() < -0.1 for thing in lowered)


@pytest.mark.usefixtures("small_paintings")
@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_far_behind_is_light_that_varies(layer: str) -> None:
    for hour in ("afternoon", "night"):
        light = landscape(shot(Wish()), TIMES[hour], (layer,), blur=0.05).light
        assert np.isfinite(light).all()
        assert light.min() >= 0
        assert light.std() > 0.005


@pytest.mark.usefixtures("small_paintings")
@pytest.mark.parametrize("layer", ["woods", "hills", "mountains"])
def test_fog_takes_contrast_from_what_is_far_behind(layer: str) -> None:
    clear, foggy = (
        landscape(shot(Wish(weather=weather)), TIMES["afternoon"], (layer,), blur=0.05).light
        for weather in ("overcast", "foggy")
    )
    low = slice(clear.shape[0] // 3, 2 * clear.shape[0] // 3)
    assert foggy[low].std() < 0.85 * clear[low].std()


def test_what_grows_in_an_autumn_forest_has_turned() -> None:
    grown = trunks(shot(Wish(place="forest", season="autumn")), count=1)
    colours = [np.asarray(thing.material.colour).reshape(-1, 3).mean(0) for thing in grown]
    assert len(grown) == 3 and all(red > 1.2 * green for red, green, _ in colours)


@pytest.mark.parametrize("place", ["terrace", "beach"])
def test_a_low_sun_that_is_told_falls_warm_from_the_side(place: str) -> None:
    told, plain = (sets.build(shot(Wish(place=place, time="golden", weather=sky))).lamps[0] for sky in ("clear", None))
    assert isinstance(told, Sun) and isinstance(plain, Sun)
    assert abs(told.towards[0]) > 2 * told.towards[1] > 0
    assert told.irradiance[0] / told.irradiance[2] > 1.1 * plain.irradiance[0] / plain.irradiance[2]


@pytest.mark.parametrize("prop", ["leaves", "petals", "strewn easter eggs"])
def test_what_is_strewn_on_a_lawn_lies_on_its_blades_and_not_under_them(prop: str) -> None:
    bare, strewn = (sets.build(shot(Wish(place="field", surface="grass", props=props))) for props in ((), (prop,)))
    ground = bare.things[0].shape
    rise = float(ground.points[:, 1].max() - ground.points[:, 1].min())
    lying = [thing.shape.points for thing in strewn.things[len(bare.things) :]]
    assert lying and np.median(np.concatenate(lying)[:, 1]) > height(shot(Wish())) / 3 - rise


@pytest.mark.parametrize(("place", "warmed"), [("snow", False), ("field", True)])
def test_a_warm_light_leaves_the_sky_over_snow_cool(place: str, *, warmed: bool) -> None:
    stage = sets.build(shot(Wish(place=place)))
    warm = graded(stage, Wish(place=place, mood=("warm",)))
    (red, _, blue), (was_red, _, was_blue) = warm.dome.zenith, stage.dome.zenith
    assert (red / blue > 1.02 * was_red / was_blue) is warmed
    (sun, *_), (own, *_) = warm.lamps, stage.lamps
    assert isinstance(sun, Sun) and isinstance(own, Sun)
    assert sun.irradiance[0] / sun.irradiance[2] > 1.02 * own.irradiance[0] / own.irradiance[2]


def test_a_pavement_that_is_asked_for_outdoors_is_the_ground_itself() -> None:
    for surface in ("cobbles", "paving"):
        taken = shot(Wish(place="street", surface=surface))
        wide = np.ptp(sets.build(taken).things[0].shape.points[:, 0])
        assert wide > 4 * taken.frame.right
        assert not any(0.1 < np.ptp(thing.shape.points[:, 1]) < 0.4 for thing in sets.build(taken).things)


@pytest.mark.parametrize("wish", [Wish(place="street", weather="rainy"), Wish(place="street", surface="wet")])
def test_rain_leaves_the_ground_wet(wish: Wish) -> None:
    (road, *_) = sets.build(shot(wish)).things
    assert np.min(road.material.roughness) < 0.15


def test_natural_ground_goes_on_to_what_is_painted_behind() -> None:
    for name in ("grass", "soil", "snow", "leaves", "water", "undergrowth"):
        taken = shot(Wish(place="garden"))
        (land, *_) = GROUNDS[name](taken, 0.0)
        assert land.shape.points[:, 2].min() < -13


@pytest.mark.parametrize("ground", ["snow", "sand"])
def test_no_drift_hides_the_product_or_is_seen_from_underneath(ground: str) -> None:
    for seed in range(8):
        taken = replace(shot(Wish(place="snow"), seed=seed), ideas=1)
        frame, points = taken.frame, GROUNDS[ground](taken, 0.0)[0].shape.points
        before = points[(points[:, 2] > 0.3) & (np.abs(points[:, 0]) < 0.4 * frame.product_width)]
        assert (before[:, 1] < frame.eye * before[:, 2] / frame.distance + 0.015).all()
        edge = points[points[:, 2] == points[:, 2].max()]
        lowest_ray = frame.eye * (edge[0, 2] - frame.nearest) / (frame.distance - frame.nearest)
        assert edge[:, 1].max() < lowest_ray


def test_stones_lie_on_uneven_ground() -> None:
    road, *stones = GROUNDS["soil"](shot(Wish(place="field")), 0.0)
    assert stones
    for thing in stones:
        low, high = (float(bound(thing.shape.points[:, 1])) for bound in (np.min, np.max))
        assert low > road.shape.points[:, 1].min() - 0.05
        assert high < road.shape.points[:, 1].max() + 0.05


def test_a_dirt_road_runs_between_verges_and_none_of_their_grass_hides_the_product() -> None:
    taken = shot(Wish(place="field"))
    *_, grass = GROUNDS["track"](taken, 0.0)
    near = grass.shape.points[np.abs(grass.shape.points[:, 2]) < 0.4]
    aside = near[:, 0] - taken.frame.product_x
    assert (aside < -0.5).any()
    assert (aside > 0.5).any()
    assert (np.abs(aside) > 0.5 * taken.frame.product_width).all()


def test_boughs_in_blossom_hang_into_the_picture_and_no_vase_stands_on_the_ground() -> None:
    wished = shot(Wish(place="garden", props=("cherry branch",)))
    blossoming = sets.build(wished).things[-2:]
    points = np.concatenate([thing.shape.points for thing in blossoming])
    assert points[:, 1].min() > 0.3 * wished.frame.top
    assert (points[:, 0] < -0.4).any()
    assert (points[:, 0] > 0.4).any()


def test_fir_branches_in_the_snow_lie_on_both_sides_and_hang_from_above() -> None:
    wished = replace(shot(Wish(place="snow", props=("pine branch",))), units_per_metre=4.5)
    plain, dressed_up = sets.build(shot(Wish(place="snow"))), sets.build(wished)
    points = np.concatenate([thing.shape.points for thing in dressed_up.things[len(plain.things) :]])
    assert (points[:, 0] < -0.4).any() and (points[:, 0] > 0.4).any()
    assert points[:, 1].max() > 0.8 * wished.frame.top
    inside = np.abs(points[:, 0]) < wished.frame.right * (1 - points[:, 2] / wished.frame.distance)
    assert inside.mean() > 0.6


def test_sunbeams_reach_over_the_whole_picture_and_end_on_the_ground() -> None:
    picture = shot(Wish(place="forest", accents=("beams",)))
    lit = adapted(sets.build(picture), picture).shafts
    assert lit is not None
    high, low = lit[: len(lit) // 3].mean(), lit[-len(lit) // 6 :].mean()
    assert high > 2 * low > 0
    assert lit[: len(lit) // 3].std() > 0.01
    plain = shot(Wish(place="forest"))
    assert adapted(sets.build(plain), plain).shafts is None


@pytest.mark.parametrize(("background", "tall"), [("vines", 1.2), ("olives", 1.5)])
def test_what_grows_in_rows_stands_on_both_sides_of_the_product(background: str, tall: float) -> None:
    stage = sets.build(shot(Wish(place="garden", background=(background,))))
    points = np.concatenate([thing.shape.points for thing in stage.things])
    grown = points[(points[:, 1] > tall) & (points[:, 2] < -2)]
    assert grown[:, 0].min() < -1 and grown[:, 0].max() > 1


def test_dusk_that_is_told_is_darker_than_day() -> None:
    by_day, by_dusk = (sets.build(shot(Wish(place="garden", time=time))).exposure for time in ("afternoon", "dusk"))
    assert by_dusk < by_day - 0.4


def test_fairy_lights_outdoors_are_strung_behind_and_lie_in_no_grass() -> None:
    def glowing(wish: Wish) -> int:
        return sum(
            bool(thing.material.glow and max(thing.material.glow) > 0) for thing in sets.build(shot(wish)).things
        )

    on_lawn = Wish(place="garden", surface="grass", time="night", props=("fairy lights",))
    assert glowing(on_lawn) == glowing(replace(on_lawn, props=()))
    bright = [
        sets.build(shot(wish)).backdrop.picture.max()  # type: ignore[union-attr]
        for wish in (on_lawn, replace(on_lawn, props=()))
    ]
    assert bright[0] > 2 * bright[1]
