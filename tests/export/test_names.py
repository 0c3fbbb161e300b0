"""Exported files are called by product, scene and rank, in letters that every system and shop takes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from logged import entry, record

from ecomgen.export import file_name, names


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
