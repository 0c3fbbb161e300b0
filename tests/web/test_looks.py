"""Every look has its picture, and the studio understands its words."""

from __future__ import annotations

import pytest
from PIL import Image

from ecomgen.scenes import studio
from ecomgen.web import words
from ecomgen.web.looks import look_picture


@pytest.mark.parametrize("title", words.LOOKS)
def test_a_look_has_a_picture_and_is_understood(title: str) -> None:
    with Image.open(look_picture(title)) as picture:
        assert picture.size == (208, 208)
    assert not studio.parse(words.LOOKS[title], "").ignored


def test_there_is_a_choice() -> None:
    assert len(words.LOOKS) >= 24
