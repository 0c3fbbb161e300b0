"""Rooms: their light, their windows, and what stands in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shots import shot

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.backdrops.interior import ALL, room
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.interiors.furniture import FURNITURE
from ecomgen.scenes.studio.primitives.types import Softbox, Sun, far_end
from ecomgen.scenes.studio.stage import backdrop, surfaces
from ecomgen.scenes.studio.stage.lights import TIMES
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import cloths


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
def test_a_mood_tells_a_rooms_walls() -> None:
    warm, cool, dark, bright = (
        room(shot(Wish(mood=(mood,))), TIMES["noon"], ("shelves",), window=0.0).light.mean((0, 1))
        for mood in ("warm", "cool", "dark", "bright")
    )
    assert warm[0] / warm[2] > 1.2 * cool[0] / cool[2]
    assert bright.mean() > 2 * dark.mean()


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


def test_a_window_s_light_falls_off_over_the_table() -> None:
    picture = shot(Wish(place="kitchen", hardness="soft"))
    pane = next(lamp for lamp in sets.build(picture).lamps if isinstance(lamp, Softbox))
    assert np.linalg.norm(pane.position) < 3


def test_drops_of_rain_are_seen_on_a_window() -> None:
    told = (Wish(weather="overcast", furniture=("window",)), Wish(weather="rainy", furniture=("window",)))
    dull, rained = (room(shot(each), TIMES["morning"], ("shelves",), window=0.8).light.mean(-1) for each in told)
    dull, rained = (np.abs(np.diff(light, axis=1)).mean() / light.mean() for light in (dull, rained))
    assert rained > 1.5 * dull


def test_the_tree_of_a_festive_set_is_the_one_with_lights() -> None:
    kept, none = (sets.build(shot(Wish(place="festive", background=each))) for each in (("trees",), ()))
    assert kept.backdrop and none.backdrop and np.array_equal(kept.backdrop.picture, none.backdrop.picture)


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


@pytest.mark.parametrize(("support", "prop"), [("bench", "plant"), ("seat", "cushion")])
@pytest.mark.parametrize("seed", range(3))
def test_what_is_beside_the_product_stands_on_its_bench_or_sofa(support: str, prop: str, seed: int) -> None:
    asked = Wish(place="room", support=support, dressing="none", hardness="soft")
    bare = sets.build(shot(asked, seed)).things
    added = sets.build(shot(replace(asked, props=(prop,)), seed)).things[len(bare) :]
    end = -cloths.seat_of(shot(asked, seed)) if support == "seat" else far_end(bare[-1:])
    assert added and far_end(added) > end
