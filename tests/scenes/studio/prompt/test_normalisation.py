"""Plurals, spellings and slips of the pen lead to the word that was meant, and to no other."""

from __future__ import annotations

import pytest

from ecomgen.scenes.studio.prompt import parse
from ecomgen.scenes.studio.prompt.normalisation import mended, stem


@pytest.mark.parametrize(
    ("word", "singular"),
    [
        *(("lemons", "lemon"), ("berries", "berry"), ("cookies", "cookie"), ("branches", "branch"), ("glass", "glass")),
        *(("colours", "colour"), ("colors", "colour"), ("gray", "grey"), ("chillies", "chilli"), ("boxes", "box")),
    ],
)
def test_stems(word: str, singular: str) -> None:
    assert stem(word) == singular


@pytest.mark.parametrize("word", ["walnutt", "wlanut", "wallnut", "walnot"])
def test_one_slip_is_mended_and_said(word: str) -> None:
    found = parse(f"on a {word} table")
    assert found.scene["surface"] == "walnut"
    assert found.notes == (f'"{word}" was read as "walnut"',)
    assert word in found.understood


@pytest.mark.parametrize(
    ("word", "meant"), [("tabel", "table"), ("ligth", "light"), ("wodden", "wooden"), ("hosue", "house")]
)
def test_letters_that_changed_places_and_the_wrong_one_doubled_are_mended(word: str, meant: str) -> None:
    assert mended(word, ["house", "light", "table", "wooden"]) == meant


@pytest.mark.parametrize("word", ["winner", "tabbel", "walrus", "halnut", "watlunt"])
def test_other_words_are_not(word: str) -> None:
    assert mended(word, ["table", "walnut", "winter"]) is None


def test_a_correct_word_is_not_remarked_on() -> None:
    assert parse("on walnut with candles, grey light").notes == ()
