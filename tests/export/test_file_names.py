"""File names are what the pattern says, and safe whatever the words in them are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomgen.errors import UsageError
from ecomgen.export import file_name

FACTS = {"product": "blue mug", "channel": "story", "rank": 2, "seed": 43}


def test_fields_are_filled_in() -> None:
    assert file_name("{product}-{channel}-{rank}-{seed}", FACTS, ".jpg") == "blue-mug-story-02-43.jpg"
    assert file_name("no fields", FACTS, ".png") == "no-fields.png"


def test_equal_names_are_numbered() -> None:
    assert file_name("{product}", FACTS, ".png", {"blue-mug.png", "blue-mug-2.png"}) == "blue-mug-3.png"
    assert file_name("BLUE mug", FACTS, ".png", {"blue-mug.png"}) == "BLUE-mug-2.png"


@pytest.mark.parametrize("pattern", ["{colour}", "{seed", "seed}", "{}", "{seed.real}", "{seed!r}", "{rank:>9000}"])
def test_a_wrong_pattern_names_the_fields(pattern: str) -> None:
    with pytest.raises(UsageError, match=r"\{product\}, \{channel\}"):
        file_name(pattern, FACTS, ".png")


@pytest.mark.parametrize(
    ("product", "safe"),
    [
        ("../../etc/passwd", "etc-passwd.png"),
        ("C:\\nul", "C-nul.png"),
        ("con", "_con.png"),
        ("LPT1.txt", "_LPT1.txt.png"),
        (".hidden", "hidden.png"),
        ("", "picture.png"),
        ("//|<>", "picture.png"),
        ("a\x00b\nc", "a-b-c.png"),
        ("Ünï 🫖 茶", "Ünï-茶.png"),
        ("$(rm -rf ~)`x`; 'y'", "rm-rf-x-y.png"),
    ],
)
def test_hostile_words_become_harmless(product: str, safe: str) -> None:
    assert file_name("{product}", FACTS | {"product": product}, ".png") == safe


@settings(max_examples=60)
@given(st.text(max_size=400), st.text(max_size=200))
def test_any_name_is_one_plain_file_name(product: str, channel: str) -> None:
    name = file_name("{product}-{channel}", FACTS | {"product": product, "channel": channel}, ".png")
    assert re.fullmatch(r"[\w.\-]+\.png", name) and not name.startswith((".", "-"))
    assert len(name.encode("utf-8")) <= 130 and ".." not in name
