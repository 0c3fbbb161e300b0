"""Every set can be built, for a small product and a large one, and leaves the product in sight."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.adaptation.grade import graded
from ecomgen.scenes.studio.adaptation.underlay import under_product
from ecomgen.scenes.studio.backdrops import LAYERS, landscape
from ecomgen.scenes.studio.backdrops.interior import ALL, room
from ecomgen.scenes.studio.grounds import GROUNDS
from ecomgen.scenes.studio.interiors import photograph
from ecomgen.scenes.studio.interiors.furniture import FURNITURE
from ecomgen.scenes.studio.prompt.vocabulary import vocabulary
from ecomgen.scenes.studio.prompt.wish import Wish
from ecomgen.scenes.studio.props.vegetation import trunks
from ecomgen.scenes.studio.rendering.render import share_of
from ecomgen.scenes.studio.rendering.stage_file import packed, unpacked
from ecomgen.scenes.studio.sets.declaration import declared
from ecomgen.scenes.studio.stage import backdrop, supports, surfaces
from ecomgen.scenes.studio.stage.frame import Frame, frame_above, frame_for
from ecomgen.scenes.studio.stage.lights import TIMES
from ecomgen.scenes.studio.stage.palette import Palette, hexadecimal, to_oklab
from ecomgen.scenes.studio.stage.shapes import Shape
from ecomgen.scenes.studio.stage.shot import Foot, Shot
from ecomgen.scenes.studio.stage.supports import cloths, footprint, plates, plinths
from ecomgen.scenes.studio.stage.supports.stump import stump
from ecomgen.scenes.studio.stage.types import Softbox, Stage, Sun
from ecomgen.types import Box

BOX = Box(30, 24, 66, 78)
RED = hexadecimal("#d00000")


@pytest.fixture
def small_paintings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backdrop, "LONGEST", 200)


@pytest.fixture
def hardly_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what is judged by shapes and lamps alone: the same ones, whatever size the picture behind them has."""
    monkeypatch.setattr(backdrop, "LONGEST", 100)
    monkeypatch.setattr(photograph, "LONGEST", 32)


def shot(wish: Wish, *, seed: int = 1, metre: float = 4.5) -> Shot:
    frame = frame_above(96, 96, BOX) if wish.place == "flatlay" else frame_for(96, 96, BOX, BOX.y1, elevation=11)
    return Shot(wish=wish, frame=frame, rng=np.random.default_rng(seed), side=1.0, seed=seed, metre=metre)


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
    for seed, metre in ((1, 2.2), (2, 10.0)):
        taken = shot(Wish(place=place), seed=seed, metre=metre)
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


@pytest.mark.parametrize("surface", surfaces.SURFACES)
def test_a_surface_can_be_stood_on_and_coloured(surface: str) -> None:
    taken = shot(Wish(surface_colour="#a83250"))
    (thing, *_) = supports.stand(taken, surface)
    assert thing.shape.points[:, 1].max() < 0.12
    colour = np.asarray(thing.material.colour).reshape(-1, 3).mean(0)
    assert colour[0] > 1.5 * colour[1]


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


@pytest.mark.parametrize("mood", vocabulary().mood)
def test_a_mood_changes_the_stage(mood: str) -> None:
    stage = sets.build(shot(Wish(place="sweep")))
    assert graded(stage, Wish(mood=(mood,))) != stage


def test_chance_changes_the_set_and_is_repeatable() -> None:
    first, again, other = (sets.build(shot(Wish(place="podium"), seed=seed)) for seed in (1, 1, 2))
    assert np.array_equal(first.things[0].shape.points, again.things[0].shape.points)
    assert first.things[0].shape.points.shape != other.things[0].shape.points.shape or not np.array_equal(
        first.things[0].shape.points, other.things[0].shape.points
    )


@pytest.mark.usefixtures("small_paintings")
@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_far_behind_is_light_that_varies(layer: str) -> None:
    for hour in ("afternoon", "night"):
        light = landscape(shot(Wish()), TIMES[hour], (layer,), blur=0.05).light
        assert np.isfinite(light).all()
        assert light.min() >= 0
        assert light.std() > 0.005


@pytest.mark.usefixtures("small_paintings")
@pytest.mark.parametrize("furniture", FURNITURE)
def test_a_room_is_brighter_towards_its_window(furniture: str) -> None:
    light = np.mean([room(shot(Wish(), seed=s), TIMES["morning"], (furniture,), window=0.4).light for s in range(2)], 0)
    half = light.shape[1] // 2
    assert np.isfinite(light).all()
    assert light[:, half:].mean() > light[:, :half].mean()  # `shot` has its key on the right


@pytest.mark.usefixtures("small_paintings")
def test_furniture_is_seen_in_its_room_and_the_same_whenever_it_is_built() -> None:
    def built(name: str) -> np.ndarray:
        return room(shot(Wish(furniture=(name,))), TIMES["morning"], (name,), window=0.0).light

    seen = {name: built(name) for name in ALL}
    for name, light in seen.items():
        assert np.isfinite(light).all() and light.min() >= 0, name
        others = [np.abs(light - other).mean() for other in seen.values() if other is not light]
        assert min(others) > 0.01, name
    assert np.array_equal(built("bed"), seen["bed"])


@pytest.mark.usefixtures("small_paintings")
def test_lamps_light_a_room_less_and_warmer_than_the_day() -> None:
    day, evening = (
        room(shot(Wish(time=time)), TIMES[time], ("shelves",), window=0.0).light.mean((0, 1))
        for time in ("noon", "dusk")
    )
    assert evening.mean() < day.mean()
    assert evening[0] / evening[2] > 1.1 * day[0] / day[2]


@pytest.mark.usefixtures("small_paintings")
@pytest.mark.parametrize("layer", ["woods", "hills", "mountains"])
def test_fog_takes_contrast_from_what_is_far_behind(layer: str) -> None:
    clear, foggy = (
        landscape(shot(Wish(weather=weather)), TIMES["afternoon"], (layer,), blur=0.05).light
        for weather in ("overcast", "foggy")
    )
    low = slice(clear.shape[0] // 3, 2 * clear.shape[0] // 3)
    assert foggy[low].std() < 0.85 * clear[low].std()


def seen_outside(wish: Wish, window: float, furniture: str = "shelves") -> float:
    """The share of a room's picture that shows what is outside, which is all green."""
    view = backdrop.Painting(shot(wish).frame, (0.0, 9.0, 0.0))
    light = room(shot(wish), TIMES["morning"], (furniture,), window=window, view=view).light
    return float((light[..., 1] > 3 * light[..., 0]).mean())


@pytest.mark.usefixtures("small_paintings")
@pytest.mark.parametrize("window", [0.75, 0.9])
def test_furniture_that_nobody_named_stands_before_no_window(window: float) -> None:
    assert seen_outside(Wish(), window, "sofa") > 0.9 * seen_outside(Wish(), window, "shelves")  # a sofa hides more


@pytest.mark.usefixtures("small_paintings")
def test_a_view_is_seen_in_the_window_and_the_room_round_it() -> None:
    assert 0.1 < seen_outside(Wish(), window=0.4) < 0.9


@pytest.mark.usefixtures("small_paintings")
def test_a_wall_of_windows_is_wider_than_a_window() -> None:
    plain, wide = (seen_outside(Wish(furniture=(told,)), window=0.3) for told in ("window", "window wall"))
    assert wide > 1.2 * plain


@pytest.mark.usefixtures("small_paintings")
@pytest.mark.parametrize("furniture", ["bed", "sofa"])
def test_a_room_of_a_colour_has_cloth_of_it(furniture: str) -> None:
    red, plain = (
        room(shot(Wish(backdrop_colour=colour), seed=3), TIMES["morning"], (furniture,), window=0.0).light
        for colour in ("#c03030", None)
    )
    shares = [light[..., 0].mean() / light[..., 1].mean() for light in (red, plain)]
    assert shares[0] > 1.5 * shares[1]


def test_in_a_white_room_what_the_product_stands_on_is_white() -> None:
    known = ("marble", "travertine", "terrazzo", "tiles", "green marble")
    assert surfaces.alike("#f6f5f2", known) == ("marble", "tiles")
    assert surfaces.alike(None, known) == known


def test_what_grows_in_an_autumn_forest_has_turned() -> None:
    grown = trunks(shot(Wish(place="forest", season="autumn")), count=1)
    colours = [np.asarray(thing.material.colour).reshape(-1, 3).mean(0) for thing in grown]
    assert len(grown) == 3 and all(red > 1.2 * green for red, green, _ in colours)


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


@pytest.mark.parametrize("surface", ["stone", "marble"])
def test_the_product_stands_on_a_block_whose_top_is_level(surface: str) -> None:
    points = plinths.podium(shot(Wish(support="block")), surface, radius=0.6, height=0.4).shape.points
    under = points[(np.hypot(points[:, 0], points[:, 2]) < 0.4) & (points[:, 1] > -0.2)]
    assert len(under) > 100 and np.ptp(under[:, 1]) < 0.002
    assert abs(under[0, 1]) < 0.002 and points[:, 1].min() < -0.38


def test_a_stump_is_level_where_the_product_stands_and_wider_at_its_roots() -> None:
    top, bark = stump(shot(Wish(support="stump")), "oak", radius=0.5, height=0.4)
    points = top.shape.points
    under = points[np.hypot(points[:, 0], points[:, 2]) < 0.45]
    assert len(under) > 1000 and np.ptp(under[:, 1]) < 0.002
    foot = bark.shape.points[bark.shape.points[:, 1] < -0.35]
    assert np.hypot(foot[:, 0], foot[:, 2]).mean() > np.hypot(points[:, 0], points[:, 2]).max()
    assert np.asarray(bark.material.colour).mean() < 0.5 * np.asarray(top.material.colour).mean()


@pytest.mark.parametrize("place", ["terrace", "beach"])
def test_a_low_sun_that_is_told_falls_warm_from_the_side(place: str) -> None:
    told, plain = (sets.build(shot(Wish(place=place, time="golden", weather=sky))).lamps[0] for sky in ("clear", None))
    assert isinstance(told, Sun) and isinstance(plain, Sun)
    assert abs(told.towards[0]) > 2 * told.towards[1] > 0
    assert told.irradiance[0] / told.irradiance[2] > 1.1 * plain.irradiance[0] / plain.irradiance[2]


def test_in_a_flat_lay_the_background_s_colour_is_what_everything_lies_on() -> None:
    top = sets.build(shot(Wish(place="flatlay", backdrop_colour="#d00000"))).things[0]
    red, green, _ = np.asarray(top.material.colour).reshape(-1, 3).mean(0)
    assert red > 4 * green


def test_metal_comes_as_a_tray_with_a_rim() -> None:
    tray, disc = (plates.plate(shot(Wish()), name, radius=0.6, height=0.05).shape.points for name in ("brass", "oak"))
    assert tray[:, 1].max() == pytest.approx(plates.RIM)
    assert disc[:, 1].max() < 1e-6


def test_cloth_is_smooth_under_the_product_and_folded_behind_it() -> None:
    taken = shot(Wish())
    points = cloths.cloth(taken, "silk", far=-1.7).shape.points
    foot = np.hypot(points[:, 0] - taken.frame.product_x, points[:, 2]) < 0.15
    assert np.ptp(points[foot, 1]) < 0.01
    hung = points[points[:, 1] > 1.2]
    assert np.ptp(hung[:, 2]) > 0.08


@pytest.mark.parametrize(("hardness", "lamp"), [("hard", Sun), ("dappled", Sun), ("soft", Softbox), (None, Softbox)])
def test_cloth_is_lit_as_the_prompt_says(hardness: str | None, lamp: type) -> None:
    (key,) = sets.build(shot(Wish(place="fabric", surface="linen", hardness=hardness))).lamps
    assert isinstance(key, lamp)


@pytest.mark.parametrize("place", ["fabric", "room", "sweep"])
def test_a_cushion_carries_the_product_and_slopes_away_round_it(place: str) -> None:
    setup = shot(Wish(place=place, surface="velvet", support="cushion"))
    stage = sets.build(setup)
    cushion = next(thing.shape for thing in stage.things if thing.ground and np.ptp(thing.shape.points[:, 1]) < 0.5)
    x, y, z = cushion.points.T
    under = np.hypot(x - setup.frame.product_x, z) < 0.3 * setup.frame.product_width
    assert np.abs(y[under & (y > -0.1)]).max() < 0.005
    lowest = min(float(thing.shape.points[:, 1].min()) for thing in stage.things if thing.shape is not cushion)
    assert lowest <= -cloths.CUSHION + 0.01
    assert _lies_under(cushion, setup.frame.product_x, 0.0)


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
    road, *stones = GROUNDS["track"](shot(Wish(place="field")), 0.0)
    assert stones
    for thing in stones:
        low, high = (float(bound(thing.shape.points[:, 1])) for bound in (np.min, np.max))
        assert low > road.shape.points[:, 1].min() - 0.05
        assert high < road.shape.points[:, 1].max() + 0.05


@pytest.mark.usefixtures("hardly_painted")
@pytest.mark.parametrize("place", ["window", "room", "kitchen", "cafe", "festive"])
def test_a_product_on_a_table_throws_a_shadow_to_the_side(place: str) -> None:
    """Most of the light comes from one lamp, low enough and from aside, and no bar of the window shades the foot."""
    for seed in range(6):
        taken = shot(Wish(place=place), seed=seed)
        stage = sets.build(taken)
        key = max(stage.lamps, key=lambda lamp: lamp.falling_on((0, 1, 0)))
        assert key.falling_on((0, 1, 0)) / np.pi > 0.55 * stage.brightness()
        x, y, z = key.towards if isinstance(key, Sun) else key.position
        assert taken.side * x > 0.4 * np.hypot(y, z)


def steep(wish: Wish, seed: int) -> Shot:
    frame = frame_for(96, 96, Box(18, 24, 78, 78), 78, elevation=26)
    return Shot(wish=wish, frame=frame, rng=np.random.default_rng(seed), side=1.0, seed=seed)


@pytest.mark.parametrize("seed", range(4))
def test_from_above_too_the_plinth_s_front_edge_is_in_the_picture(seed: int) -> None:
    picture = steep(Wish(place="podium", surface="marble", dressing="none"), seed)
    plinth = sets.build(picture).things[0].shape.points
    front = plinth[np.argmax(plinth[:, 2])]
    scale = picture.frame.distance / (picture.frame.distance - plinth[:, 2].max())
    assert picture.frame.eye - picture.frame.eye * scale > picture.frame.bottom
    assert 0.15 < front[2] < 1.2


@pytest.mark.parametrize("seed", range(6))
def test_what_stands_beside_a_plinth_stands_before_the_paper_s_bend(seed: int) -> None:
    picture = steep(Wish(place="podium", surface="marble", hardness="soft"), seed)
    plinth, *others = sets.build(picture).things
    paper = next(thing for thing in others if np.ptp(thing.shape.points[:, 0]) > 6)
    floor = paper.shape.points[:, 1].min()
    level = paper.shape.points[paper.shape.points[:, 1] < floor + 1e-4]
    beside = [thing for thing in others if thing is not paper]
    assert plinth.shape.points[:, 2].min() > level[:, 2].min() - 1e-3
    assert all(thing.shape.points[:, 2].min() > level[:, 2].min() - 1e-3 for thing in beside)


@pytest.mark.usefixtures("hardly_painted")
@pytest.mark.parametrize(
    "place", ["window", "kitchen", "cafe", "desk", "festive", "shelf", "fabric", "podium", "garden"]
)
def test_under_a_long_sole_seen_from_above_there_is_ground_up_to_its_heel(place: str) -> None:
    heel = Foot(left=-0.4, right=-0.3, z=-1.3)
    sole = (heel, Foot(left=-0.2, right=0.0, z=-0.5), Foot(left=0.0, right=0.3, z=0.0))
    for seed in range(3):
        stage = sets.build(replace(steep(Wish(place=place), seed), feet=sole))
        assert any(_lies_under(thing.shape, heel.left, heel.z) for thing in stage.things)


def _lies_under(shape: Shape, x: float, z: float) -> bool:
    """Whether a face of what the product stands on is right above or below (x, z), near y = 0."""
    corners = shape.points[shape.faces][:, :, [0, 2]].astype(float) - (x, z)
    heights = shape.points[shape.faces][:, :, 1]
    nexts = np.roll(corners, -1, axis=1)
    turns = (corners[..., 0] * nexts[..., 1] - corners[..., 1] * nexts[..., 0]).T
    around = (np.min(turns, axis=0) >= -1e-9) | (np.max(turns, axis=0) <= 1e-9)
    return bool((around & (np.abs(heights) < 0.15).all(axis=1)).any())


def test_fir_branches_in_the_snow_lie_on_both_sides_and_hang_from_above() -> None:
    wished = replace(shot(Wish(place="snow", props=("pine branch",))), metre=4.5)
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


def test_a_window_s_light_falls_off_over_the_table() -> None:
    picture = shot(Wish(place="kitchen", hardness="soft"))
    pane = next(lamp for lamp in sets.build(picture).lamps if isinstance(lamp, Softbox))
    assert np.linalg.norm(pane.position) < 3


def test_drops_of_rain_are_seen_on_a_window() -> None:
    told = (Wish(weather="overcast", furniture=("window",)), Wish(weather="rainy", furniture=("window",)))
    dull, rained = (room(shot(each), TIMES["morning"], ("shelves",), window=0.8).light.mean(-1) for each in told)
    dull, rained = (np.abs(np.diff(light, axis=1)).mean() / light.mean() for light in (dull, rained))
    assert rained > 1.5 * dull


@pytest.mark.parametrize(("background", "tall"), [("vines", 1.2), ("olives", 1.5)])
def test_what_grows_in_rows_stands_on_both_sides_of_the_product(background: str, tall: float) -> None:
    stage = sets.build(shot(Wish(place="garden", background=(background,))))
    points = np.concatenate([thing.shape.points for thing in stage.things])
    grown = points[(points[:, 1] > tall) & (points[:, 2] < -2)]
    assert grown[:, 0].min() < -1 and grown[:, 0].max() > 1


def test_a_sofa_has_a_back_and_a_seat_of_cloth() -> None:
    stage = sets.build(shot(Wish(place="room", support="seat", dressing="none")))
    cloth = [thing for thing in stage.things if isinstance(thing.material.colour, np.ndarray)]
    behind = [thing for thing in cloth if thing.shape.points[:, 1].max() > 0.5]
    assert len(cloth) > len(behind) > 0 and all(thing.shape.points[:, 2].max() < 0 for thing in behind)


def test_the_tree_of_a_festive_set_is_the_one_with_lights() -> None:
    kept, none = (sets.build(shot(Wish(place="festive", background=each))) for each in (("trees",), ()))
    assert kept.backdrop and none.backdrop and np.array_equal(kept.backdrop.picture, none.backdrop.picture)


@pytest.mark.parametrize("told", [{"season": "autumn"}, {"mood": ("warm",)}])
def test_colours_that_nobody_asked_for_are_warm_where_the_prompt_is(told: dict[str, Any]) -> None:
    taken = replace(shot(Wish(place="fabric", **told)), ideas=4, palette=Palette(hue=200, chroma=0.1, lightness=0.4))
    for seed in range(4):
        red, _, blue = replace(taken, seed=seed).companion()
        assert red > blue


@pytest.mark.usefixtures("hardly_painted")
@pytest.mark.parametrize("seed", range(4))
def test_books_on_a_shelf_stand_upright_round_the_product_and_leave_free_space_free(seed: int) -> None:
    def books(wish: Wish) -> np.ndarray:
        before, after = (sets.build(shot(one, seed=seed)).things for one in (replace(wish, props=()), wish))
        assert len(after) > len(before)
        tall = [thing.shape.points for thing in after if 0.6 < np.ptp(thing.shape.points[:, 1]) < 1.2]
        return np.concatenate(tall)

    wish = Wish(place="shelf", support="shelf", props=("books",), dressing="none")
    both, right = books(wish), books(replace(wish, space="left"))
    frame = shot(wish).frame
    left, end = (frame.at(x, float(both[:, 2].min())) for x in shot(wish).clear_of_product(0.0))
    assert ((both[:, 0] < left) | (both[:, 0] > end)).all()
    assert both[:, 0].min() < left
    assert both[:, 0].max() > end
    assert right[:, 0].min() > end


def test_a_mantelpiece_ends_before_the_product_and_stockings_hang_beside_it() -> None:
    def points(*props: str) -> tuple[np.ndarray, Shot]:
        told = shot(Wish(place="mantel", props=props, dressing="none"))
        return np.concatenate([thing.shape.points for thing in sets.build(told).things]), told

    with_them, told = points("stockings")
    front = with_them[np.abs(with_them[:, 1]) < 1e-3, 2].max()
    assert 0.1 < front < -told.frame.ground_depth(told.frame.bottom) or front < told.frame.nearest
    left, right = told.clear_of_product(0.0)
    wool = [thing for thing in sets.build(told).things if thing.material.sheen and thing.shape.points[:, 1].min() > 0.2]
    assert len(wool) >= 4
    for thing in wool:
        middle = thing.shape.points.mean(0)
        seen = middle[0] / told.frame.spread(float(middle[2]))
        assert seen < left or seen > right


@pytest.mark.parametrize(("colour", "shines"), [("#f6f5f2", True), ("#401018", False)])
def test_daylight_comes_through_a_pale_curtain(colour: str, shines: bool) -> None:
    told = shot(Wish(place="shelf", wall="hanging", backdrop_colour=colour, dressing="none"))
    stage = adapted(sets.build(told), told)
    curtain = max(stage.things, key=lambda thing: float(np.ptp(thing.shape.points[:, 1])) * len(thing.shape.points))
    assert (curtain.material.glow is not None and max(curtain.material.glow) > 0) == shines


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


def test_a_slice_of_wood_is_level_and_has_no_roots() -> None:
    told = shot(Wish(place="room"))
    top, bark = plates.wood_slice(told, footprint.Footprint(z=0.0, radius=0.6), height=0.07)
    assert np.abs(top.shape.points[:, 1]).max() < 0.03
    low = bark.shape.points[bark.shape.points[:, 1] < -0.06]
    high = bark.shape.points[bark.shape.points[:, 1] > -0.02]
    assert np.hypot(*low[:, [0, 2]].T).max() < 1.1 * np.hypot(*high[:, [0, 2]].T).max()


def test_a_graffiti_wall_is_brick_under_many_colours() -> None:
    def wall(kind: str) -> np.ndarray:
        told = shot(Wish(place="sweep", wall=kind, dressing="none"))
        colours = [np.asarray(thing.material.colour) for thing in adapted(sets.build(told), told).things]
        return max((one for one in colours if one.ndim == 3), key=lambda one: one.size).reshape(-1, 3)

    brick, sprayed = wall("brick"), wall("graffiti")
    assert sprayed.std(0).min() > 2 * brick.std(0).max()
