"""How far a "no" reaches, and that what it takes away is not there."""

from __future__ import annotations

import pytest

from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.prompt import parse, wish_for
from ecomgen.scenes.studio.stage.surfaces import among
from tests.shots import shot


@pytest.mark.parametrize("nothing", ["plastic", "reflection", "xyzzy", "wood"])
@pytest.mark.parametrize("rest", ["white background", "on marble", "oak table", "soft light from the left"])
def test_it_ends_with_its_clause(nothing: str, rest: str) -> None:
    told, bare = wish_for(f"no {nothing}, {rest}"), wish_for(rest)
    assert (told.place, told.surface, told.backdrop_colour) == (bare.place, bare.surface, bare.backdrop_colour)
    assert (told.support, told.hardness, told.side) == (bare.support, bare.hardness, bare.side)


def test_an_adjectives_reaches_its_noun_and_one_that_is_said_of_the_picture_does_not() -> None:
    assert wish_for("no bright, saturated colours, on oak").without == ("bright", "vivid", "colour")
    assert wish_for("no harsh, hard shadows, on oak").without == ("shadow",)
    found = wish_for("not dark, white background")
    assert found.without == ("dark",) and found.backdrop_colour == wish_for("white background").backdrop_colour


def test_it_reaches_down_a_list() -> None:
    found = wish_for("no flowers, candles or leaves, on oak")
    assert found.without == ("flowers", "candle", "green leaves") and found.surface == "oak" and not found.props
    assert wish_for("no flowers, on oak or walnut").surface == "oak"


@pytest.mark.parametrize("turn", ["rather", "just", "but"])
def test_it_ends_where_the_sentence_turns(turn: str) -> None:
    found = wish_for(f"no flowers {turn} lemons on oak")
    assert found.without == ("flowers",) and found.props == ("lemons",)


def test_no_wood_is_no_table_of_wood() -> None:
    def of(prompt: str, *usual: str) -> set[str]:
        return {among(shot(wish_for(prompt), seed), *usual) for seed in range(8)}

    assert of("living room, no wood", "oak", "walnut", "marble") == {"marble"}
    assert not of("living room, no wood", "oak", "walnut") & vocabulary().woods
    assert of("living room, no walnut", "oak", "walnut") == {"oak"}


@pytest.mark.parametrize(
    ("foreign", "english"),
    [
        ("auf Marmor, kein Holz, keine Pflanzen", "on marble, no wood, no plants"),
        ("nicht zu dunkel, weißer Hintergrund", "not too dark, white background"),
        ("pas de fleurs, sur du marbre", "no flowers, on marble"),
        ("sans reflet, fond gris clair", "no reflection, light grey background"),
        ("nada de flores, sobre mármol", "no flowers, on marble"),
        ("quita la planta, sobre mármol", "remove the plant, on marble"),
    ],
)
def test_other_languages_say_it_too(foreign: str, english: str) -> None:
    assert wish_for(foreign) == wish_for(english)


@pytest.mark.parametrize(
    ("prompt", "plain"),
    [
        ("please don't use candles, on oak", "no candles, on oak"),
        ("anything but candles, on oak", "no candles, on oak"),
        ("everything except candles, on oak", "no candles, on oak"),
        ("leave out the candles, on oak", "no candles, on oak"),
        ("on oak instead of marble", "on oak, no marble"),
        ("nothing red please, kitchen", "no red, kitchen"),
    ],
)
def test_it_is_said_in_other_ways(prompt: str, plain: str) -> None:
    assert wish_for(prompt) == wish_for(plain)


@pytest.mark.parametrize("prompt", ["don't forget the lemons, on slate", "why not on slate with lemons"])
def test_a_saying_takes_nothing_away(prompt: str) -> None:
    found = wish_for(prompt)
    assert (found.surface, found.props, found.without) == ("slate", ("lemons",), ())


def test_a_colour_that_must_not_be_seen_is_not_chosen() -> None:
    reds, others = ("#c0302c", "#8f1d21"), ("#3f74b5", "#e8e4da", "oak")
    chosen = {shot(wish_for("kitchen, no red"), seed).choice(*reds, *others) for seed in range(40)}
    assert chosen == {*others}
    assert shot(wish_for("kitchen, no red"), 1).choice(*reds) in reds, "where there is nothing else"
    assert wish_for("no red flowers, on oak").without == ("flowers",), "others may be red"


def test_what_the_studio_never_shows_is_left_out_as_asked() -> None:
    found = parse("christmas kitchen, no santa, no hands")
    assert {"no", "santa", "hands"} <= set(found.understood) and not found.ignored
    assert wish_for("christmas kitchen, no santa").style == wish_for("christmas kitchen").style
    assert not parse("kitchen, do not cover the label, no faces").ignored


@pytest.mark.parametrize(
    "prompt",
    ["auf Eiche, bitte keine Schrift", "en roble, nada de gente", "sur chêne, évitez les mains s'il vous plaît"],
)
def test_what_no_picture_has_is_left_out_in_any_language(prompt: str) -> None:
    found = parse(prompt)
    assert found.ignored == () and "without" in found.scene


def test_what_is_named_again_after_it_was_not_wanted_is_left_out() -> None:
    scene = parse("on oak, avoid flowers, I have photos with flowers already").scene
    assert "props" not in scene and scene["without"] == ["flowers"]


def test_what_is_not_wanted_in_the_background_is_told_as_left_out() -> None:
    found = parse("on oak, nothing too busy in the background")
    assert found.ignored == () and "background" in found.understood
