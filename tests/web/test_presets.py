"""Every setting and every look has its picture, and the studio understands its words."""

from __future__ import annotations

import pytest
from PIL import Image

from ecomgen import looks
from ecomgen.scenes import studio
from ecomgen.web.create.presets import look_picture
from ecomgen.web.locale import english


@pytest.mark.parametrize(("prompt", "title"), english.LOOKS.items())
def test_a_setting_has_a_picture_and_is_understood(prompt: str, title: str) -> None:
    with Image.open(look_picture(title)) as picture:
        assert picture.size == (208, 208)
    assert not studio.parse(prompt, "").ignored


@pytest.mark.parametrize("name", [look.name for look in looks.every() if look.shipped])
def test_a_look_that_ships_has_a_picture(name: str) -> None:
    with Image.open(look_picture(name)) as picture:
        assert picture.size == (208, 208)


def test_there_is_a_choice() -> None:
    assert len(english.LOOKS) >= 24
