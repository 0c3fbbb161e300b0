"""What a word sets is acted on: each value has a builder, and the stage built for it is another than without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from shots import shot

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.adaptation.grade import ACCENTS
from ecomgen.scenes.studio.backdrops import LAYERS
from ecomgen.scenes.studio.backdrops.interior import ALL as FURNITURE
from ecomgen.scenes.studio.declarations.sets import ANY, declared
from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.grounds import GROUNDS
from ecomgen.scenes.studio.primitives.types import Material, Stage
from ecomgen.scenes.studio.prompt import wish_for
from ecomgen.scenes.studio.prompt.carrying import STACKED
from ecomgen.scenes.studio.prompt.meanings import meanings
from ecomgen.scenes.studio.prompt.normalisation import stemmed
from ecomgen.scenes.studio.props.declaration import props
from ecomgen.scenes.studio.sets.outdoors import NEARBY
from ecomgen.scenes.studio.stage import surfaces
from ecomgen.scenes.studio.stage.finishes import FINISHES, finished_with
from ecomgen.scenes.studio.stage.lights import TIMES
from ecomgen.scenes.studio.stage.supports import rocks
from ecomgen.scenes.studio.textures.wood import TONES

BUILDERS = {
    "place": declared(),
    "surface": surfaces.SURFACES,
    "ground": GROUNDS,
    "background": LAYERS,
    "furniture": {**FURNITURE, "window": None, "window wall": None},
    "finish": FINISHES,
    "accents": ACCENTS,
    "props": props(),
}

WISHED = tuple(entry.name for entry in fields(Wish))


@pytest.mark.parametrize("field", BUILDERS)
def test_every_value_of_the_vocabulary_has_its_builder(field: str) -> None:
    values = {meaning.value for found in meanings().values() for meaning in found if meaning.field == field}
    assert values <= set(BUILDERS[field])


def test_what_words_bring_along_has_its_builder_too() -> None:
    known = vocabulary()
    for style in known.style.values():
        assert style.place in declared() and set(style.props) <= set(props())
        assert style.surface is None or style.surface in surfaces.SURFACES
    assert set(TONES) <= surfaces.WOODS  # a wood comes as boards
    values = {meaning for found in meanings().values() for meaning in found}
    echoes = {*known.mood_again, *known.own_mood}
    assert echoes <= values
    assert {each.mood for each in declared().values()} <= {None, *known.mood}


def test_what_a_set_names_has_its_builder() -> None:
    for name, each in declared().items():
        plan = each.plan.model_dump()
        assert set(plan.get("surfaces", ())) <= set(surfaces.SURFACES), name
        assert {*plan.get("grounds", ())} <= set(GROUNDS), name
        assert set(plan.get("stands", ())) - {""} <= set(surfaces.SURFACES), name
        assert set(plan.get("furniture", ())) <= {*FURNITURE}, name
        assert {*_named(plan.get("layers", ()))} <= set(LAYERS), name
        assert {*_named(plan.get("props", ())), *plan.get("wild", ())} <= set(props()), name
        assert set(plan.get("nearby", ())) <= set(NEARBY), name
        assert {name for variant in each.variants for name in variant.change.get("nearby", ())} <= set(NEARBY)
        assert set(plan.get("hours", ())) <= set(TIMES), name


def _named(choices: Any) -> Iterator[str]:
    """Every name in choices, however deep."""
    if isinstance(choices, str):
        yield choices
    elif isinstance(choices, dict):
        yield from (*choices["of"], *filter(None, [choices["otherwise"]]))
    else:
        for choice in choices:
            yield from _named(choice)


def test_a_word_names_one_set() -> None:
    words = [stemmed(word) for each in declared().values() for word in {stemmed(word) for word in each.words}]
    assert len(words) == len(set(words))


def test_what_sets_suit_are_values_of_the_wish() -> None:
    values = {(meaning.field, meaning.value) for found in meanings().values() for meaning in found}
    grown = {("surface", value) for field, value in values if field == "ground"}  # a ground is stood on
    grown |= {("support", value) for value in STACKED.values()}  # as props are
    told = {(field, value) for each in declared().values() for field, named in each.suits.items() for value in named}
    bent = [table for each in declared().values() for table in (each.second, *(part.when for part in each.variants))]
    assert {field for field, _ in told} | {field for table in bent for field in table} <= set(WISHED)
    assert {pair for pair in told if pair[1] != ANY} <= values | grown
    assert len(told) == sum(len(named) for each in declared().values() for named in each.suits.values())


def stage_for(wish: Wish) -> Stage:
    taken = shot(wish)
    return adapted(sets.build(taken), taken)


def looks(stage: Stage) -> list[Any]:
    """Numbers that tell stages apart."""
    shapes = [(len(thing.shape.points), np.abs(thing.shape.points).sum().round(3)) for thing in stage.things]
    paints = [(np.mean(thing.material.colour).round(5), np.mean(thing.material.roughness)) for thing in stage.things]
    behind = None if stage.backdrop is None else stage.backdrop.picture.sum()
    return [shapes, paints, behind, stage.lamps, stage.dome, stage.exposure, stage.contrast, stage.saturation]


@pytest.mark.parametrize(
    "words",
    [
        *("against a brick wall", "with a green wall", "gradient", "blue light", "polished oak", "wet slate"),
        *("spotlight", "long shadows", "candlelit", "rim light", "top light", "side lighting", "ring light"),
        *("floating in mid air", "on a stack of books", "a brass tray on oak", "on moss", "snow is falling"),
        *("three balloons", "lots of lemons", "giant lemons", "symmetrical with lemons", "styled scene"),
        *("japanese style", "film look", "cosy", "dramatic"),
    ],
)
def test_words_change_a_podium(words: str) -> None:
    plain = replace(wish_for("lemons" if "lemon" in words else ""), place="podium")
    assert looks(stage_for(replace(wish_for(words), place="podium"))) != looks(stage_for(plain))


@pytest.mark.parametrize("prompt", ["dark slate with smoke", "neon night, smoke on wet asphalt"])
def test_smoke_rises_behind_the_product(prompt: str) -> None:
    smoke = stage_for(wish_for(prompt)).shafts
    assert smoke is not None and smoke.max() > 0.1
    thirds = [part.mean() for part in np.array_split(smoke, 3)]
    assert thirds[1] > thirds[2]
    assert stage_for(wish_for(prompt.replace("smoke", "steel"))).shafts is None


def test_moss_grows_on_a_mossy_stone() -> None:
    def green(prompt: str) -> float:
        stone = rocks.slab(shot(wish_for(prompt)), "stone", radius=1.0, thickness=0.1)
        colour = np.asarray(stone.material.colour)
        return float((colour[..., 1] > 1.3 * colour[..., 0]).mean())

    assert green("on a stone") == 0 and 0.1 < green("on a mossy stone") < 0.7


@pytest.mark.parametrize("side", ["left", "right"])
def test_copy_space_is_calm(side: str) -> None:
    stage = stage_for(replace(wish_for(f"copy space on the {side}"), place="street"))
    assert stage.backdrop is not None
    rough = np.abs(np.diff(stage.backdrop.picture.mean(-1), axis=1))
    third = rough.shape[1] // 3
    left, right = rough[:, :third].mean(), rough[:, -third:].mean()
    assert (left if side == "left" else right) < 0.5 * (right if side == "left" else left)


@pytest.mark.parametrize("name", FINISHES)
def test_a_finish_changes_plain_and_textured_materials_and_leaves_glass(name: str) -> None:
    texture = np.full((32, 32, 3), 0.4, np.float32)
    for material in (Material((0.3, 0.3, 0.3), roughness=0.5), Material(texture, roughness=0.5)):
        made = finished_with(material, (name,), _rng())
        assert 0 <= np.min(made.colour) <= np.max(made.colour) <= 1
        changed = (np.mean(made.colour), np.mean(made.roughness), made.bump is None)
        assert changed != (np.mean(material.colour), 0.5, True)
    glass = Material((1, 1, 1), transmission=1.0)
    assert finished_with(glass, (name,), _rng()) is glass


def _rng() -> np.random.Generator:
    return np.random.default_rng(3)


def test_a_stack_of_towels_is_soft_and_under_the_product() -> None:
    wish = wish_for("on a stack of towels")
    assert (wish.place, wish.support) == ("bathroom", "towels")
    plain, stacked = (stage_for(each) for each in (replace(wish, support=None), wish))
    under = [thing for thing in stacked.things if thing.material.sheen and abs(thing.shape.points[:, 1].max()) < 0.05]
    assert under
    assert np.ptp(under[-1].shape.points[:, 0]) > 0.75  # wider than the product
    assert min(float(t.shape.points[:, 1].min()) for t in stacked.things) < min(
        float(t.shape.points[:, 1].min()) for t in plain.things
    )


def test_what_hangs_has_a_cord_out_of_the_picture_and_nothing_under_it() -> None:
    wish = wish_for("hanging from a branch in a forest")
    frame = shot(wish).frame
    points = [thing.shape.points for thing in stage_for(wish).things]
    assert any(each[:, 1].max() > frame.top and np.ptp(each[:, 0]) < 0.05 for each in points), "a cord"
    assert any(np.ptp(each[:, 0]) > 2 * frame.right and each[:, 1].min() > frame.product_height for each in points)
    beneath = [each for each in points if np.abs(each[:, 0] - frame.product_x).min() < 0.3]
    assert not any(-0.1 < each[:, 1].max() < 0.1 for each in beneath), "its foot stands on nothing"


def test_flowers_lie_round_a_product_that_they_surround_and_never_before_it() -> None:
    wish = wish_for("surrounded by pink roses on a pink background")
    heads = max(stage_for(wish).things, key=lambda thing: len(thing.shape.points)).shape.points
    frame = shot(wish).frame
    x, z = heads[:, 0] - frame.product_x, heads[:, 2]
    assert (x < 0).any() and (x > 0).any()
    assert not ((z > 0.15) & (np.abs(x) < 0.3 * frame.product_width)).any()


@pytest.mark.parametrize(("words", "dyes"), [("a rug", 1), ("a berber rug", 2), ("a persian rug", 4)])
def test_a_rug_has_the_colours_of_its_pattern(words: str, dyes: int) -> None:
    yarn = max(stage_for(wish_for(f"on {words}")).things, key=lambda thing: len(thing.shape.points))
    assert np.asarray(yarn.material.colour).shape[1] == 64 * dyes
    assert yarn.shape.uv[:, 0].min() >= 0 and yarn.shape.uv[:, 0].max() <= 1
    assert set(np.unique(np.floor(yarn.shape.uv[:, 0] * dyes).astype(int))) == set(range(dyes))


def test_what_stands_on_tiles_outdoors_is_on_them_and_not_in_them() -> None:
    told, bare = (stage_for(wish_for(f"on terracotta tiles with {words}")) for words in ("a pineapple", "no props"))
    beside = told.things[len(bare.things) :]
    assert beside and min(float(thing.shape.points[:, 1].min()) for thing in beside) > -0.01


def test_a_bamboo_grove_is_of_canes_as_tall_as_the_picture() -> None:
    stage = stage_for(wish_for("in a bamboo grove"))
    assert max(float(thing.shape.points[:, 1].max()) for thing in stage.things) > 1.5


def test_a_workbench_has_tools_and_a_lawn_of_fallen_leaves_is_leaves() -> None:
    bench, bare = (stage_for(wish_for(words)) for words in ("on a garage workbench", "on a garage workbench, no props"))
    assert len(bench.things) > len(bare.things)
    assert wish_for("on autumn leaves").surface == "leaves"


def fir(words: str) -> list[float]:
    """Where branches of fir lie in the set of such words, x in units."""
    things = stage_for(wish_for(words)).things
    needles = [t.shape.points for t in things if len(t.shape.points) > 20_000 and np.ptp(t.shape.points[:, 1]) < 0.6]
    return [float(points[:, 0].mean()) for points in needles]


def test_fir_branches_lie_on_a_christmas_table_and_on_both_sides_where_they_are_asked_for() -> None:
    assert fir("on a christmas table with presents")
    assert not fir("on a christmas table, no props")
    middles = fir("on a christmas table with fir branches")
    assert min(middles) < 0 < max(middles)
