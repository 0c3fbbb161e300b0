"""Words that every user expects to matter: naming a thing changes the scene, and so it is understood."""

from __future__ import annotations

import pytest

from ecomgen.scenes.studio import parse
from ecomgen.scenes.studio.prompt import wish_for


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("on a wooden table by a window", "wooden table window"),
        ("on a wooden table by a window, morning light", "wooden table window morning"),
        ("on a walnut table by a window, morning light", "walnut table window morning"),
        ("on marble, in a garden, golden hour", "marble garden golden"),
        ("on a white background", "white"),
        ("a product on the beach", "beach"),
        ("a product on top of a wooden floor", "wooden floor"),
        ("a product in the snow", "snow"),
    ],
)
def test_named_things_are_understood(prompt: str, words: str) -> None:
    assert set(words.split()) <= set(parse(prompt).understood)


@pytest.mark.parametrize("place", ["museum", "gallery", "stage", "subway tunnel", "by the quay", "in a rice field"])
def test_a_place_is_never_taken_for_a_prompt_that_says_nothing(place: str) -> None:
    assert not parse(place).unread


@pytest.mark.parametrize(
    ("prompt", "word", "field", "value"),
    [
        ("midwinter, warm inside", "midwinter", "season", "winter"),
        ("on slate with figs", "figs", "props", "plums"),
        ("beside a dog bed in the living room", "dog", "props", "cushion"),
        ("behind it a cheering crowd at the finish line", "cheering", "background", "crowd"),
        ("on a barista's counter beside an espresso machine", "espresso", "place", "cafe"),
        ("at a trailhead", "trailhead", "place", "forest"),
        ("on carbon fibre", "carbon", "surface", "steel"),
    ],
)
def test_trades_words_set_what_they_name_or_something_near(prompt: str, word: str, field: str, value: str) -> None:
    found = parse(prompt)
    assert word in {*found.understood, *(near.word for near in found.approximated)}
    shown = getattr(wish_for(prompt), field)
    assert value == shown or value in shown
