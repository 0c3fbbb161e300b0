"""How far a "no" reaches, and that what it takes away is not there."""

from __future__ import annotations

import pytest

from ecomgen.scenes.studio.prompt import wish_for
from ecomgen.scenes.studio.prompt.vocabulary import vocabulary
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
