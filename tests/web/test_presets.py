"""Every setting and every look has its picture, and the studio understands its words."""

from __future__ import annotations

import pytest
from PIL import Image

from ecomgen import looks
from ecomgen.scenes import studio
from ecomgen.scenes.studio.prompt import wish_for
from ecomgen.web import locale
from ecomgen.web.create.setting.presets import look_picture
from ecomgen.web.locale import english
from ecomgen.web.locale.catalogue import translated


@pytest.mark.parametrize(("prompt", "title"), english.LOOKS.items())
def test_a_setting_has_a_picture_and_is_understood(prompt: str, title: str) -> None:
    with Image.open(look_picture(title)) as picture:
        assert picture.size == (208, 208)
    assert not studio.parse(prompt, "").ignored


@pytest.mark.parametrize("name", [look.name for look in looks.every() if look.shipped])
def test_a_look_that_ships_has_a_picture(name: str) -> None:
    with Image.open(look_picture(name)) as picture:
        assert picture.size == (208, 208)


@pytest.mark.parametrize("code", [code for code in locale.LANGUAGES if code != locale.USUAL])
def test_a_setting_in_another_language_is_the_same_place(code: str) -> None:
    prompts = {*english.LOOKS, *(look.prompt for look in looks.every() if look.shipped)}
    for prompt in prompts:
        theirs = translated(prompt, code)
        assert theirs != prompt
        assert not studio.parse(theirs, "").ignored
        assert (theirs, wish_for(theirs).place) == (theirs, wish_for(prompt).place)


def test_there_is_a_choice() -> None:
    assert len(english.LOOKS) >= 24
