"""What lies in or on another thing."""

from __future__ import annotations

import pytest

from ecomgen.scenes.studio.prompt import parse, wish_for


@pytest.mark.parametrize(
    ("prompt", "served"),
    [
        ("kitchen counter, a croissant on a plate", {"croissants": "cutlery"}),
        ("a plate of cookies", {"cookies": "cutlery"}),
        ("macarons on a cake stand", {"macarons": "cutlery"}),
        ("next to a wooden bowl full of fresh lemons", {"lemons": "bowl"}),
        ("strawberries in a small white bowl", {"strawberries": "bowl"}),
        ("a basket with easter eggs", {"easter eggs": "basket"}),
        ("a crate of apples and a bowl of cherries", {"apples": "crate", "cherries": "bowl"}),
        ("coffee beans in a bowl", {"coffee beans": "bowl"}),
        ("eine Schale Zitronen", {"lemons": "bowl"}),
        ("Kekse auf einem Teller", {"cookies": "cutlery"}),
    ],
)
def test_what_is_told_to_lie_in_a_thing_lies_there(prompt: str, served: dict[str, str]) -> None:
    wish = wish_for(prompt)
    assert dict(wish.served) == served
    assert set(wish.props) == set(served)
    assert not parse(prompt).ignored


@pytest.mark.parametrize(
    "prompt",
    [
        "on a plate, with strawberries",  # the product stands on it
        "a bowl and lemons",
        "a bowl beside lemons",
        "a basket with a candle",
        "lemons on a table with a bowl",
        "strawberries with a spoon",
    ],
)
def test_what_is_only_beside_a_vessel_stays_there(prompt: str) -> None:
    assert not wish_for(prompt).served


def test_the_vessel_has_the_colour_told_of_it() -> None:
    wish = wish_for("strawberries in a blue bowl")
    assert ([*dict(wish.painted)], dict(wish.served)) == (["bowl"], {"strawberries": "bowl"})


def test_flowers_in_a_vase_are_one_thing() -> None:
    assert wish_for("tulips in a white vase").props == ("tulips",)
    assert wish_for("a small vase of tulips").props == wish_for("a vase with tulips").props == ("tulips",)
    assert parse("wildflowers in a jug").ignored == ()
    assert wish_for("a candle beside a vase").props == ("candle", "vase")


@pytest.mark.parametrize(
    ("prompt", "prop"),
    [("on oak with a glass", "tumbler"), ("on oak with a glass vase", "vase"), ("oak, a glass of wine", "wine glass")],
)
def test_a_glass_alone_is_one_to_drink_from(prompt: str, prop: str) -> None:
    wish = wish_for(prompt)
    assert wish.props == (prop,) and wish.plate is None
