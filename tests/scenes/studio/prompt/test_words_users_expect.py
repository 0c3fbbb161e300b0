"""Words that every user expects to matter: naming a thing changes the scene, and so it is understood."""

from __future__ import annotations

import pytest

from ecomgen.scenes.studio import parse


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
