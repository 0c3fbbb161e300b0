"""What is seen behind stands in its order, whatever order the prompt tells it in."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.backdrops import landscape
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.prompt.parser import wish_for
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.scenes.studio.stage.lights import TIMES
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.types import Box

FRAME = frame_for(96, 96, Box(30, 24, 66, 78), 78, elevation=11)


def seen(layers: tuple[str, ...], *background: str, colour: str | None = None) -> np.ndarray:
    wish = Wish(place="beach", background=background, backdrop_colour=colour)
    shot = Shot(wish=wish, frame=FRAME, rng=np.random.default_rng(1), side=1.0, seed=1)
    return landscape(shot, TIMES["afternoon"], layers, blur=0.02).light


def trees_with(props: tuple[str, ...]) -> np.ndarray:
    wish = Wish(place="garden", props=props)
    shot = Shot(wish=wish, frame=FRAME, rng=np.random.default_rng(1), side=1.0, seed=1)
    return landscape(shot, TIMES["afternoon"], ("trees",), blur=0.02).light[14:22].reshape(-1, 3).mean(0)


def test_clouds_are_behind_a_city_and_lamps_before_it() -> None:
    assert np.array_equal(seen(("city",), "clouds"), seen((), "city", "clouds"))
    assert np.array_equal(seen(("city",), "bokeh"), seen((), "bokeh", "city"))


def test_no_town_hides_the_eiffel_tower_which_fits_into_the_sky() -> None:
    assert np.array_equal(seen((), "city", "tower"), seen((), "tower", "city"))
    with_it, without = seen((), "tower"), seen(("trees",))
    assert wish_for("with the Eiffel Tower in the background").background == ("tower",)
    sky = np.s_[: len(with_it) // 3]
    assert np.abs(with_it[sky] - without[sky]).max() > 0.1


def test_no_trees_hide_a_house_whichever_is_told_first() -> None:
    assert np.array_equal(seen((), "cabin", "pines"), seen((), "pines", "cabin"))
    assert not np.array_equal(seen((), "pines", "cabin"), seen((), "pines"))


def test_northern_lights_are_green_above_the_horizon_and_no_firs_hide_them() -> None:
    for layers in ((), ("pines",)):
        picture = seen((), "aurora", *layers)
        sky = picture[: len(picture) // 3]
        assert (sky[..., 1] > 1.3 * sky[..., 0]).mean() > 0.25


def test_where_cherries_are_in_blossom_the_trees_are_pink() -> None:
    green, pink = (trees_with(props) for props in ((), ("cherry branch",)))
    assert pink[0] / pink[1] > 1.3 * green[0] / green[1]
    assert green[0] < green[1]


def test_cypresses_rise_above_the_hills_that_are_told_after_them() -> None:
    picture, hills = seen((), "cypresses", "hills"), seen((), "hills")
    sky = np.s_[: len(picture) // 2]
    assert (picture[sky].sum(-1) < 0.5 * hills[sky].sum(-1)).mean() > 0.01


def test_a_sea_that_is_told_runs_out_on_a_beach_that_has_one() -> None:
    assert np.array_equal(seen(("surf",), "sea"), seen((), "surf"))
    assert np.array_equal(seen(("surf",), "palms"), seen((), "surf", "palms"))


def test_the_sea_has_the_colour_told_of_it_and_none_that_no_sea_has() -> None:
    usual, turquoise, pink = (seen(("sea",), "sea", colour=colour) for colour in (None, "#45b7b0", "#f3b8c4"))
    water = np.s_[-12:]  # rows below the horizon
    green = [float(picture[water][..., 1].mean() / picture[water][..., 0].mean()) for picture in (usual, turquoise)]
    assert green[1] > 1.3 * green[0]
    assert np.allclose(usual[water], pink[water], atol=1e-4)


def test_a_horizon_that_is_told_of_stays_in_the_picture() -> None:
    box = Box(30, 24, 66, 78)
    for away in (0.0, 0.5, 1.0):
        free, told = (frame_for(96, 96, box, 78, elevation=14, away=away, horizon=one) for one in (float("inf"), 0.6))
        assert told.eye <= min(free.eye, 0.6 * told.top + 1e-6)
        assert abs(told.elevation - free.elevation) < 1e-6
