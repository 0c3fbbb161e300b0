"""Exported files are called by product, scene and rank, in letters that every system and shop takes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from logged import entry, record

from ecomgen.errors import UsageError
from ecomgen.export import file_name, names

FACTS = {"product": "blue mug", "channel": "story", "rank": 2, "seed": 43}


def called(prompt: str, product: str = "", photo: str = "/shop/IMG_0032.jpg", channel: str | None = None) -> str:
    made = record("r", prompt)
    reference = made.references[0].model_copy(update={"path": photo})
    parameters = made.parameters.model_copy(update={"product": product})
    made = made.model_copy(update={"references": (reference,), "parameters": parameters})
    facts = names.facts(made, entry(0), 1, (64, 64), channel)
    return file_name(names.FOR_CHANNELS if channel else names.USUAL, facts, ".jpg")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"prompt": "on a walnut table, warm light", "product": "Amber bottle"}, "amber-bottle_walnut-table_01.jpg"),
        (
            {"prompt": "on pure white", "product": "mug", "channel": "amazon-main"},
            "mug_pure-white_01_amazon-main.jpg",
        ),
        ({"prompt": "auf einem Tisch vor grünem Grün"}, "img-0032_tisch-gruenem-gruen_01.jpg"),
        ({"prompt": "sur une étagère", "photo": f"/log/{'0af' * 21}0.jpg"}, "product_etagere_01.jpg"),
        ({"prompt": "on the", "product": "//|<>", "photo": "C:\\shop\\Red Mug.jpg"}, "red-mug_scene_01.jpg"),
        ({"prompt": "木のテーブル", "product": "茶"}, "茶_木のテーブル_01.jpg"),
    ],
)
def test_a_name_says_what_is_in_the_picture(said: dict[str, Any], name: str) -> None:
    assert called(**said) == name


def test_long_words_stay_short() -> None:
    name = called("flat lay from above on linen with eucalyptus and lavender and a long tail", "a" * 300)
    assert re.fullmatch(r"a{40}_flat-lay-above-linen_01\.jpg", name)


def test_fields_are_filled_in() -> None:
    assert file_name("{product}-{channel}-{rank}-{seed}", FACTS, ".jpg") == "blue-mug-story-02-43.jpg"
    assert file_name("no fields", FACTS, ".png") == "no-fields.png"


def test_equal_names_are_numbered() -> None:
    taken: dict[str, int] = {}
    names = [file_name(pattern, FACTS, ".png", taken) for pattern in ("{product}", "{product}", "BLUE mug")]
    assert names == ["blue-mug.png", "blue-mug-2.png", "BLUE-mug-3.png"]


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
