"""Every look has its picture, and the studio understands its words."""

from __future__ import annotations

import pytest
from PIL import Image

from ecomgen.scenes import studio
from ecomgen.web import locale
from ecomgen.web.create.presets import look_picture


@pytest.mark.parametrize("title", locale.LOOKS)
def test_a_look_has_a_picture_and_is_understood(title: str) -> None:
    with Image.open(look_picture(title)) as picture:
        assert picture.size == (208, 208)
    assert not studio.parse(locale.LOOKS[title], "").ignored


def test_there_is_a_choice() -> None:
    assert len(locale.LOOKS) >= 24
