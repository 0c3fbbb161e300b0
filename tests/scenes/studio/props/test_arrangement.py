"""Which props a set has, and where they stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import KDTree
from shots import shot

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.grounds import GROUNDS
from ecomgen.scenes.studio.primitives.shapes import Shape, block, joined
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.prompt import wish_for
from ecomgen.scenes.studio.props.arrangement import arrange_props, chosen_props, laid
from ecomgen.scenes.studio.props.declaration import props
from ecomgen.scenes.studio.props.scatter import SUNK, lying
from ecomgen.scenes.studio.stage.frame import frame_above, frame_for
from ecomgen.scenes.studio.stage.supports import boards, crate, footprint, plinths
from ecomgen.types import Box

BOX = Box(34, 24, 62, 78)


def chosen(words: str, *usual: str) -> list[str]:
    return [prop.name for prop in chosen_props(wish_for(words), usual)]


def test_no_takes_away() -> None:
    assert chosen("on oak, no plants", "plant", "vase", "cup") == ["cup"]
    assert chosen("roses, no petals") == ["roses"]
    assert chosen("plain oak", "plant", "cup") == []


def test_many_and_a_scene_add() -> None:
    assert chosen("lots of lemons") == ["lemons", "lemons"]
    assert chosen("a styled scene with lemons", "cup") == ["lemons", "cup", "folded cloth"]


def test_what_stands_on_a_tray_with_the_product_stands_on_it() -> None:
    tray = shot(Wish(place="kitchen", surface="oak", support="board", props=("candle",)))
    points = np.concatenate([thing.shape.points for thing in arrange_props(tray, (), far=-2.0)])
    assert points[:, 1].min() == pytest.approx(boards.BOARD)
    assert points[:, 2].min() > boards.BOARD_END
    under = boards.serving_board(tray, "oak", thickness=boards.BOARD).shape.points
    assert (under.min(0) < points.min(0))[[0, 2]].all() and (under.max(0) > points.max(0))[[0, 2]].all()


@pytest.mark.parametrize("prop", ["tealights", "petals", "lemons"])
@pytest.mark.parametrize("plate", [footprint.CHINA, "brass"])
def test_nothing_stands_in_the_plate_that_carries_the_product(prop: str, plate: str) -> None:
    on_plate = shot(Wish(place="room", plate=plate, props=(prop,)))
    place = footprint.plate_footprint(on_plate)
    assert place is not None and place.radius - footprint.BRIM > 0.5 * on_plate.frame.product_width - 0.1
    points = np.concatenate(
        [one.points[np.unique(one.faces)] for one in (thing.shape for thing in arrange_props(on_plate, ()))]
    )
    assert np.hypot(points[:, 0] - on_plate.frame.product_x, points[:, 2] - place.z).min() > place.radius


@pytest.mark.parametrize("prop", ["shells", "starfish", "lemons"])
def test_what_is_low_stands_where_it_is_sharp(prop: str) -> None:
    points = np.concatenate([thing.shape.points for thing in arrange_props(shot(Wish(props=(prop,))), ())])
    assert points[:, 2].max() > -0.45


@pytest.mark.parametrize(("prop", "high"), [("cup", 0.07), ("lemons", 0.05), ("candle", 0.12)])
@pytest.mark.parametrize("metres", [0.1, 0.25])
def test_small_things_are_as_large_beside_the_product_as_they_are(prop: str, high: float, metres: float) -> None:
    slim = frame_for(96, 96, Box(44, 24, 52, 78), 78, elevation=11)
    beside = replace(shot(Wish(props=(prop,))), frame=slim, units_per_metre=1 / metres)
    points = np.concatenate([thing.shape.points for thing in arrange_props(beside, ())])
    assert 0.55 < np.ptp(points[:, 1]) * metres / high < 1.6


def test_large_things_leave_a_small_product_the_picture() -> None:
    beside = replace(shot(Wish(props=("laptop",))), units_per_metre=10.0)
    points = np.concatenate([thing.shape.points for thing in arrange_props(beside, ())])
    assert 1.2 < np.ptp(points[:, 0]) < 2.6


def test_a_product_stands_on_its_crate() -> None:
    for place in ("street", "kitchen"):
        asked = shot(Wish(place=place, support="crate"))
        under = crate.on_crate(asked, "oak").shape.points
        assert under[:, 1].max() == pytest.approx(0, abs=1e-3) and under[:, 1].min() == pytest.approx(-footprint.CRATE)
        half = 0.5 * asked.frame.product_width
        assert under[:, 0].min() < asked.frame.product_x - half and under[:, 0].max() > asked.frame.product_x + half
        made = sets.build(asked)
        assert min(thing.shape.points[:, 1].min() for thing in made.things) <= -footprint.CRATE


@pytest.mark.parametrize("place", ["street", "room"])
def test_what_is_asked_for_beside_a_product_on_a_crate_stands_on_it_too(place: str) -> None:
    asked = shot(Wish(place=place, support="crate", props=("lemons",)))
    lemons = np.concatenate([thing.shape.points for thing in arrange_props(asked, (), floor=-footprint.CRATE)])
    under = crate.on_crate(asked, "oak").shape.points
    assert lemons[:, 1].min() == pytest.approx(0, abs=0.01)
    for axis in (0, 2):
        assert under[:, axis].min() < lemons[:, axis].min() and lemons[:, axis].max() < under[:, axis].max()


@pytest.mark.parametrize("place", ["podium", "garden", "room"])
def test_a_product_stands_on_one_of_the_steps(place: str) -> None:
    asked = shot(Wish(place=place, support="steps"))
    steps = plinths.steps(asked, "stone").shape.points
    half, levels = 0.5 * asked.frame.product_width, np.unique(np.round(steps[:, 1] / plinths.STEP, 1))
    assert {-2, -1, 0, 1} < {*levels} and steps[:, 1].max() == pytest.approx(2 * plinths.STEP)
    tread = steps[np.abs(steps[:, 1]) < 1e-4]
    assert tread[:, 0].min() < asked.frame.product_x - half and tread[:, 0].max() > asked.frame.product_x + half
    lowest = min(float(thing.shape.points[:, 1].min()) for thing in sets.build(asked).things)
    assert lowest <= -2 * plinths.STEP + 1e-3


@pytest.mark.parametrize("place", ["podium", "garden", "room"])
def test_props_stand_on_the_step_behind_the_product(place: str) -> None:
    asked = shot(Wish(place=place, support="steps", props=("lemons", "straw hat", "candle")))
    tread = plinths.tread_of(asked)
    for thing in (one for name in asked.wish.props for one in arrange_props(asked.wishing(props=(name,)), ())):
        low, high = thing.shape.points.min(0), thing.shape.points.max(0)
        assert low[1] >= plinths.STEP - 1e-3
        assert plinths.FRONT - 2 * tread - 1e-3 <= low[2] and high[2] <= plinths.FRONT - tread
    steps = plinths.steps(asked, "stone").shape.points
    assert min(-steps[:, 0].min(), steps[:, 0].max()) > asked.frame.right


def test_counts_are_counted() -> None:
    def points(words: str) -> int:
        return len(props()["apples"].build(shot(wish_for(words)))[0].shape.points)

    assert points("six apples") == 3 * points("2 apples")


@pytest.mark.parametrize("name", [name for name, prop in props().items() if prop.single])
@pytest.mark.parametrize(("count", "space"), [(2, None), (3, None), (3, "left")])
def test_one_thing_stands_as_often_as_is_told_and_alike(name: str, count: int, space: str | None) -> None:
    def points(*counts: tuple[str, int]) -> int:
        made = arrange_props(shot(Wish(props=(name,), counts=counts, space=space)), ())
        return sum(len(thing.shape.points) for thing in made)

    assert points((name, count)) == count * points()


def test_a_flat_lay_has_as_many_as_are_told() -> None:
    one, three = (
        laid(shot(Wish(place="flatlay", props=("cup",), counts=counts)), ()) for counts in ((), (("cup", 3),))
    )
    assert len(three) == 3 * len(one)


def test_what_is_strewn_on_a_bed_of_ice_lies_on_it() -> None:
    on_ice, bare = (arrange_props(shot(Wish(props=("strewn lime slices", *ice)), 3), ()) for ice in (("ice bed",), ()))
    lowest = [min(float(thing.shape.points[:, 1].min()) for thing in things[:1]) for things in (on_ice, bare)]
    assert lowest[0] > lowest[1] + 0.05


@pytest.mark.parametrize("prop", props())
def test_a_prop_joins_the_set(prop: str) -> None:
    bare, dressed = (sets.build(shot(Wish(place="paper", props=wished))) for wished in ((), (prop,)))
    assert len(dressed.things) > len(bare.things)


@pytest.mark.parametrize("prop", [name for name, prop in props().items() if not (prop.framing or prop.strewn)])
def test_a_prop_is_whole_in_the_picture_and_in_sight_beside_the_product(prop: str) -> None:
    for seed in (1, 3):
        taken = shot(Wish(props=(prop,)), seed)
        points = np.concatenate([thing.shape.points for thing in arrange_props(taken, ())])
        seen = points[:, 0] / (1 - points[:, 2] / taken.frame.distance)
        wide, (left, right) = np.ptp(seen), taken.clear_of_product(0.0)
        assert np.abs(seen).max() < taken.frame.right + 0.06 * wide
        assert min(seen.max(), right) - max(seen.min(), left) < 0.7 * wide


@pytest.mark.parametrize("seed", range(3))
def test_no_prop_stands_through_another(seed: int) -> None:
    loaf, vase = (
        arrange_props(shot(Wish(props=("bread", "flowers")[:count], space="left"), seed), ()) for count in (1, 2)
    )
    added = np.concatenate([thing.shape.points for thing in vase[len(loaf) :]])
    there = np.concatenate([thing.shape.points for thing in vase[: len(loaf)]])
    apart = [
        (added[:, axis].min() > there[:, axis].max()) | (added[:, axis].max() < there[:, axis].min()) for axis in (0, 2)
    ]
    assert any(apart)


@pytest.mark.parametrize("prop", ["lemons", "herbs", "notebook", "pine cones"])
def test_in_a_flat_lay_a_prop_is_beside_the_product_and_most_of_it_in_the_picture(prop: str) -> None:
    for seed in (1, 2):
        taken = replace(shot(Wish(props=(prop,)), seed), frame=frame_above(96, 96, BOX))
        across = np.concatenate([thing.shape.points for thing in laid(taken, ())])[:, 0]
        assert np.abs(across).max() < taken.frame.right + 0.4 * np.ptp(across)
        assert np.abs(across).min() > 0.5 * taken.frame.product_width


def test_in_a_flat_lay_flowers_lie_without_a_vase_on_cloth_that_lies_in_folds() -> None:
    lying = replace(shot(Wish(place="flatlay", surface="silk", props=("roses",))), frame=frame_above(96, 96, BOX))
    standing = shot(Wish(place="room", props=("roses",)))
    assert len(props()["roses"].build(lying)) == len(props()["roses"].build(standing)) - 1
    cloth = sets.build(lying).things[0].shape.points
    under = np.hypot(cloth[:, 0] - lying.frame.product_x, cloth[:, 1] - 0.5) < 0.2
    assert np.ptp(cloth[:, 2]) > 0.03
    assert np.abs(cloth[under, 2]).max() < 0.005


@pytest.mark.parametrize("wish", [Wish(place="fabric", surface="silk"), Wish(place="sweep", wall="plaster")])
def test_a_prop_stands_behind_the_product_and_before_what_rises(wish: Wish) -> None:
    for seed in range(4):
        bare, full = (sets.build(shot(replace(wish, props=one), seed)).things for one in ((), ("roses",)))
        known = {thing.shape.points.shape for thing in bare}
        prop = np.concatenate([thing.shape.points for thing in full if thing.shape.points.shape not in known])
        assert -2.0 < prop[:, 2].mean() < 0


@pytest.mark.parametrize("ground", ["snow", "moss", "sand"])
def test_a_prop_rests_on_uneven_ground(ground: str) -> None:
    taken = shot(Wish(props=("pine branch",)))
    soil = GROUNDS[ground](taken, 0.0)[0].shape
    prop = np.concatenate([thing.shape.points for thing in arrange_props(taken, (), ground=soil)])
    foot = prop[prop[:, 1] < prop[:, 1].min() + 0.05][:, [0, 2]]
    where = soil.points[:, [0, 2]]
    under = soil.points[((where > foot.min(0)) & (where < foot.max(0))).all(1), 1]
    assert prop[:, 1].min() < np.median(under) + 2 * SUNK


STREWN = [name for name, prop in props().items() if prop.strewn]


@pytest.mark.parametrize("prop", STREWN)
def test_what_is_strewn_on_a_table_ends_with_it(prop: str) -> None:
    for seed in (1, 2, 3):
        there = arrange_props(shot(Wish(props=(prop,)), seed), (), far=-1.2)
        seen = np.concatenate([thing.shape.points[np.unique(thing.shape.faces)] for thing in there])
        assert seen[:, 2].min() > -1.6


def test_what_lies_on_a_table_touches_it_and_what_lies_on_other_things_stays() -> None:
    def piece(low: float, z: float) -> Shape:
        return block(0.1, 0.02, 0.1, 0.004).moved(0, low, z)

    (there,) = lying(
        [Thing(joined([piece(0.03, 0), piece(0.06, 1), piece(0.03, -2)]), Material((0.5, 0.5, 0.5)))],
        -1,
    )
    used = there.shape.points[np.unique(there.shape.faces)]
    behind, before = used[used[:, 2] < 0.5], used[used[:, 2] > 0.5]
    assert len(used) < len(there.shape.points), "the third is beyond the table's end"
    assert behind[:, 1].min() == pytest.approx(0.002) and np.ptp(behind[:, 1]) == pytest.approx(0.02)
    assert before[:, 1].min() == pytest.approx(0.06, abs=1e-6)


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_what_stands_alone_beside_a_wide_product_is_in_the_light(side: float) -> None:
    lit = replace(shot(Wish(place="kitchen", props=("milk",))), side=side)
    points = np.concatenate([thing.shape.points for thing in arrange_props(lit, (), far=-2.0)])
    assert np.sign(points[:, 0] - lit.frame.product_x).mean() == side


@pytest.mark.parametrize("hue", range(0, 360, 30))
def test_flowers_of_which_no_colour_is_told_are_never_green_or_blue(hue: int) -> None:
    told = shot(Wish(place="room", props=("flowers",)))
    *_, heads = props()["flowers"].build(replace(told, palette=replace(told.palette, hue=float(hue))))
    red, green, blue = np.reshape(heads.material.colour, (-1, 3)).mean(0)
    assert red > green and red > 0.65 * blue  # lilac is the bluest


@pytest.mark.parametrize("prop", ["flowers", "roses", "peonies", "fern"])
def test_flowers_grow_outdoors_and_stand_in_a_vessel_on_tables(prop: str) -> None:
    def built(place: str, support: str | None = None) -> int:
        return len(props()[prop].build(shot(Wish(props=(prop,), place=place, support=support))))

    assert built("garden") < built("garden", "table") == built("room")


def test_white_wine_is_golden_and_red_wine_dark() -> None:
    def wine(words: str) -> np.ndarray:
        wish = wish_for(words)
        *_, drink = props()["wine glass"].build(shot(replace(wish, prop_colour=wish.colour_of("wine glass"))))
        return np.asarray(drink.material.colour)

    white, red = wine("a glass of white wine"), wine("a glass of red wine")
    assert white[0] > 1.5 * white[2] and white.mean() > 4 * red.mean() and red[0] > 3 * red[1]


@pytest.mark.parametrize("prop", ["petals", "coffee beans", "strewn strawberries", "confetti"])
def test_what_is_strewn_flies_all_over_the_picture_where_the_product_does(prop: str) -> None:
    def heights(support: str | None) -> np.ndarray:
        told = shot(Wish(place="sweep", support=support, props=(prop,), dressing="none"))
        return np.concatenate([thing.shape.points[:, 1] for thing in arrange_props(told, ())])

    lying_about, flying = heights(None), heights("midair")
    assert lying_about.max() < 0.3
    top = shot(Wish()).frame.top
    assert flying.max() > 0.8 * top and np.ptp(flying) > 1.2 * top


def test_a_strawberry_that_flies_keeps_its_leaves() -> None:
    told = shot(Wish(place="sweep", support="midair", props=("strewn strawberries",), dressing="none"))
    berries, leaves = arrange_props(told, ())
    apart = KDTree(berries.shape.points).query(leaves.shape.points)[0]
    assert np.quantile(apart, 0.95) < 0.15


def test_many_tropical_leaves_stand_on_both_sides_and_one_is_in_a_vase() -> None:
    assert chosen("surrounded by tropical leaves") == ["tropical leaves"]
    assert chosen("with palm leaves") == ["tropical leaves"]
    assert chosen("with a palm leaf") == ["palm"]
    told = shot(Wish(place="podium", props=("tropical leaves",), dressing="none"))
    x = np.concatenate([thing.shape.points[:, 0] for thing in arrange_props(told, ())])
    left, right = told.clear_of_product(0.1)
    assert (x < left).mean() > 0.2 and (x > right).mean() > 0.2


def test_beside_a_box_that_the_product_is_in_nothing_stands_in_it() -> None:
    told = shot(Wish(place="room", support="in box", props=("candle",), dressing="none"))
    place = footprint.plate_footprint(told)
    assert place is not None
    points = np.concatenate([thing.shape.points for thing in arrange_props(told, (), far=-2.0)])
    assert (np.hypot(points[:, 0] - told.frame.product_x, points[:, 2] - place.z) > 0.9 * place.radius).all()
