"""Every look has its picture, and the studio understands its words."""

from __future__ import annotations

import pytest
from PIL import Image

from ecomgen.scenes import studio
from ecomgen.web.create.presets import look_picture
from ecomgen.web.locale import english


@pytest.mark.parametrize(("prompt", "title"), english.LOOKS.items())
def test_a_look_has_a_picture_and_is_understood(prompt: str, title: str) -> None:
    with Image.open(look_picture(title)) as picture:
        assert picture.size == (208, 208)
    assert not studio.parse(prompt, "").ignored


def test_there_is_a_choice() -> None:
    assert len(english.LOOKS) >= 24
