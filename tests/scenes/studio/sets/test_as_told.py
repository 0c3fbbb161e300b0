"""What a prompt tells of stone, cloth, hour and shadow is what its set shows; what it leaves open goes with that."""

from __future__ import annotations

import numpy as np
import pytest
from shots import shot

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.backdrops import interior
from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.grounds import GROUNDS
from ecomgen.scenes.studio.primitives.palette import BESIDE, beside, hexadecimal, to_oklab
from ecomgen.scenes.studio.primitives.types import Stage, Sun, Thing
from ecomgen.scenes.studio.prompt import wish_for
from ecomgen.scenes.studio.props.blooms import petal_colours
from ecomgen.scenes.studio.props.families.nature.flowers import FALLEN
from ecomgen.scenes.studio.stage.finishes import finished_with
from ecomgen.scenes.studio.stage.lights import TIMES
from ecomgen.scenes.studio.stage.surfaces import material

pytestmark = pytest.mark.usefixtures("small_paintings")


def built(prompt: str, seed: int = 1) -> Stage:
    return sets.build(shot(wish_for(prompt), seed))


@pytest.mark.parametrize("prompt", ["on dark granite, moody", "auf nassem Schiefer", "on basalt", "on black marble"])
def test_stone_that_is_told_lies_before_a_wall_in_its_own_tones(prompt: str) -> None:
    assert wish_for(prompt).place == "stone"
    for seed in range(4):
        behind = built(prompt, seed).backdrop
        assert behind is not None
        assert np.hypot(*to_oklab(behind.picture.mean((0, 1)))[1:]) < 0.03


def test_stone_in_another_place_and_on_a_table_stays_there() -> None:
    assert wish_for("on slate by the sea").place == "beach"
    assert wish_for("on a granite table").place == "room"


def test_black_stone_shows_its_surface_dry_and_wet() -> None:
    for finish in ((), ("wet",)):
        made = material(shot(Wish(surface="slate", surface_colour="#101012", finish=finish)), "slate", 1, 1)
        assert 0.008 < np.mean(made.colour) < 0.04
        assert np.std(made.colour) > 0.0005


def test_wet_stone_is_darker_and_smoother() -> None:
    rng, dry = np.random.default_rng(0), material(shot(Wish()), "granite", 1, 1)
    wet = finished_with(dry, ("wet",), rng)
    assert np.mean(wet.colour) < 0.75 * np.mean(dry.colour)
    assert np.mean(wet.roughness) < np.mean(dry.roughness)


@pytest.mark.parametrize("told", ["#7a4c93", "#c0302c", "#197a58"])
def test_what_goes_with_a_told_colour_has_its_hue_or_little_of_any(told: str) -> None:
    lab = to_oklab(hexadecimal(told))
    for kind in BESIDE:
        other = to_oklab(beside(hexadecimal(told), kind, 0.5))
        apart = abs(np.degrees(np.angle(complex(*other[1:]) / complex(*lab[1:]))))
        assert apart < 35 or np.hypot(*other[1:]) < 0.03


@pytest.mark.parametrize("prompt", ["on purple velvet", "on purple velvet, jewellery shop"])
def test_velvet_shines_aslant_even_in_a_shop(prompt: str) -> None:
    for seed in range(4):
        assert any(thing.ground == "velvet" and thing.material.sheen > 1 for thing in built(prompt, seed).things)


@pytest.mark.parametrize("prompt", ["in the living room in the evening", "im Badezimmer, abends", "dinner table"])
def test_evening_in_a_room_is_lamplight(prompt: str) -> None:
    wish = wish_for(prompt)
    assert wish.time == "dusk"
    stage = sets.build(shot(wish))
    assert stage.flashed and not any(isinstance(lamp, Sun) for lamp in stage.lamps)


def test_evening_outdoors_has_a_low_sun() -> None:
    assert wish_for("on a terrace in the evening").time == "golden"


def test_a_room_is_darker_the_later_it_is() -> None:
    levels = [
        float(interior.room(shot(Wish(place="room", time=hour)), TIMES[hour], ("sofa",), window=0.0).light.mean())
        for hour in ("noon", "dusk", "night")
    ]
    assert levels == sorted(levels, reverse=True)
    assert levels[2] < 0.5 * levels[0]


def test_windows_are_blue_in_the_evening() -> None:
    wish = Wish(place="window", time="dusk", furniture=("window wall",))
    light = interior.room(shot(wish), TIMES["dusk"], ("sofa",), window=0.9).light
    assert np.median(light[..., 2] / light[..., 0]) > 1.5


@pytest.mark.parametrize("prompt", ["by a fireplace on a winter evening", "in front of a fireplace", "am Kamin"])
def test_a_fire_burns_beside_the_product_above_the_table(prompt: str) -> None:
    for seed in range(3):
        taken = shot(wish_for(prompt), seed)
        stage = sets.build(taken)
        behind, far = stage.backdrop, float(stage.things[0].shape.points[:, 2].min())
        assert behind is not None
        rows, columns = behind.picture.shape[:2]
        x = np.linspace(behind.left, behind.right, columns)[None]
        y = np.linspace(behind.top, behind.bottom, rows)[:, None]
        left, right = taken.clear_of_product(0.0)
        edge = taken.frame.eye * (1 - taken.frame.distance / (taken.frame.distance - far))
        seen = (abs(x) < taken.frame.right) & ((x < left) | (x > right)) & (y > edge)
        burning = (behind.picture[..., 0] > 0.7) & (behind.picture[..., 0] > 3 * behind.picture[..., 2])
        assert (burning & seen).mean() > 0.004


def test_a_window_by_day_keeps_what_is_outside() -> None:
    wish = Wish(place="window", time="morning", furniture=("window wall",))
    light = interior.room(shot(wish), TIMES["morning"], ("sofa",), window=0.9).light
    assert (light.min(-1) > 1).mean() < 0.1


def test_petals_lie_on_a_plinth_and_round_it() -> None:
    stage = built("on a pastel pink podium with rose petals")
    (petals,) = [thing for thing in stage.things if len(thing.shape.faces) and _is_petal(thing)]
    high = petals.shape.points[np.unique(petals.shape.faces), 1]
    assert (high > 0).sum() > 100 and (high < -0.05).sum() > 100


def _is_petal(thing: Thing) -> bool:
    return np.array_equal(thing.material.colour, petal_colours(hexadecimal(FALLEN)))


def test_a_dark_background_is_dark_behind_a_pale_plinth() -> None:
    for seed in range(4):
        dark = shot(wish_for("on a white plinth, dark background"), seed).companion()
        assert to_oklab(dark)[0] <= 0.5 < to_oklab(shot(wish_for("on a white plinth"), seed).companion())[0]


@pytest.mark.parametrize("prompt", ["on wet rocks by the sea", "on a rock in a lake"])
def test_a_rock_in_water_is_level_under_the_product(prompt: str) -> None:
    for seed in range(3):
        taken = shot(wish_for(prompt), seed)
        points = np.concatenate([thing.shape.points for thing in sets.build(taken).things])
        under = np.abs(points[:, 0] - taken.frame.product_x) < 0.5 * taken.frame.product_width
        top = points[under & (np.abs(points[:, 2]) < 0.15), 1].max()
        assert abs(top) < 0.01


@pytest.mark.parametrize("prompt", ["on a snowy windowsill", "auf der verschneiten Fensterbank"])
def test_snow_lies_behind_the_panes_of_a_snowy_window_and_not_under_the_product(prompt: str) -> None:
    def white(stage: Stage) -> float:
        assert stage.backdrop is not None
        seen = stage.backdrop.picture
        return float(((seen.min(-1) > 0.4) & (seen.max(-1) < 1.3 * seen.min(-1))).mean())

    snowy, green = built(prompt), built("on a windowsill, a window wall with trees")
    assert white(snowy) > 2 * white(green)
    assert np.mean(snowy.things[0].material.colour) < 0.7


@pytest.mark.parametrize("prompt", ["by the pool with palm shadows", "Palmenschatten", "shadows of palm leaves"])
def test_shadows_of_palms_are_told_from_other_leaves(prompt: str) -> None:
    assert wish_for(prompt).cast == "palm"
    assert wish_for("leaf shadows").cast == "leaves"


@pytest.mark.parametrize(
    ("prompt", "field", "value"),
    [
        ("im Kinderzimmer", "furniture", "nursery"),
        ("at a farmers market", "background", "stalls"),
        ("auf dem Balkon", "background", "railing"),
        ("under the christmas tree", "furniture", "fir tree"),
        ("on a yacht deck", "background", "sea"),
        ("on a yacht deck", "background", "ship rail"),
        ("on a fence post with cows in a green pasture", "background", "fence"),
        ("on a doorstep", "wall", "door"),
        ("on a tennis court", "surface", "court"),
    ],
)
def test_what_makes_a_place_known_is_seen_behind(prompt: str, field: str, value: str) -> None:
    assert value in getattr(wish_for(prompt), field)


def test_a_front_door_is_painted_as_told_and_stands_behind() -> None:
    told = shot(wish_for("on a doorstep in front of a yellow front door"))
    *_, leaf, frame, _ = adapted(sets.build(told), told).things
    red, green, blue = leaf.material.colour
    assert red > 3 * blue and green > 3 * blue
    assert leaf.shape.points[:, 2].max() < -1
    assert leaf.shape.points[:, 0].min() > frame.shape.points[:, 0].min()


def test_lines_lie_on_a_court_and_pass_behind_the_product() -> None:
    told = shot(wish_for("on a tennis court"))
    _, lines, *_ = sets.build(told).things
    across = lines.shape.points
    assert np.ptp(across[:, 1]) < 1e-6 and across[:, 2].max() < -0.5
    assert across[:, 0].min() < told.frame.product_x < across[:, 0].max()


@pytest.mark.parametrize("prompt", ["in front of green hills", "in a green pasture"])
def test_no_sky_is_green(prompt: str) -> None:
    backdrop = sets.build(shot(wish_for(prompt))).backdrop
    assert backdrop is not None
    red, green, blue = backdrop.picture[:4].mean((0, 1))
    assert green < max(red, blue)


def test_water_that_splashes_is_a_clear_body_round_the_product() -> None:
    told = shot(wish_for("water splash"))
    water = [thing for thing in sets.build(told).things if thing.material.solid]
    points = np.concatenate([thing.shape.points for thing in water])
    assert points[:, 0].min() < told.frame.product_x < points[:, 0].max()
    assert points[:, 1].max() > 0.2 * told.frame.product_height


def test_what_lies_under_a_christmas_tree_is_on_the_floor_among_gifts() -> None:
    wish = wish_for("under the christmas tree")
    assert (wish.place, wish.props) == ("floor", ("gifts",))


@pytest.mark.parametrize("prompt", ["on a yoga mat", "on a purple yoga mat in the park", "auf einer Yogamatte"])
def test_a_mat_that_is_stood_on_lies_unrolled_under_the_product(prompt: str) -> None:
    assert not wish_for(prompt).props
    taken = shot(wish_for(prompt))
    *_, mat = adapted(sets.build(taken), taken).things
    low, high = mat.shape.points.min(0), mat.shape.points.max(0)
    assert abs(high[1]) < 1e-6
    assert low[0] < taken.frame.product_x < high[0] and low[2] < 0 < high[2]
    assert high[0] - low[0] > 1.5 * taken.units_per_metre


def test_a_product_stands_on_the_tops_of_pebbles() -> None:
    _, *stones = GROUNDS["pebbles"](shot(wish_for("on river stones")), 0.0)
    near = [thing.shape.points[np.hypot(*thing.shape.points[:, ::2].T) < 0.4] for thing in stones]
    tops = np.concatenate(near)[:, 1]
    assert -0.05 < np.quantile(tops, 0.98) < 0.02


def test_a_brick_wall_stands_on_no_paper() -> None:
    ground = built("in front of a brick wall").things[0]
    assert np.ptp(ground.shape.points[:, 1]) < 0.01, "level up to the wall"


def test_what_is_only_shown_as_a_prop_brings_no_second_one() -> None:
    assert wish_for("on a child's bedroom rug with wooden toys").props == ("toys",)
    assert wish_for("with a plant and a houseplant").props == ("plant", "plant")


def test_a_party_is_pastel_and_bright() -> None:
    for idea in declared()["sweep"].planned(wish_for("birthday party with balloons")):
        light, *chroma = to_oklab(hexadecimal(idea.wish["backdrop_colour"]))
        assert light > 0.85 and np.hypot(*chroma) < 0.09
        assert idea.tones and idea.tones.exposure > 0


def test_moss_grows_on_a_stump_that_has_it() -> None:
    mossy = built("on a tree stump with moss").things
    tufts = [thing for thing in mossy if len(thing.shape.points) > 50_000]
    assert any(-0.02 < thing.shape.points[:, 1].max() < 0.1 for thing in tufts), "as high as the stump's top"
    assert all((np.mean(thing.material.colour, axis=(0, 1)) @ [-1, 1, 0]) > 0 for thing in tufts)
