"""Every language has every text, with the same things to be filled in."""

from __future__ import annotations

import ast
import string
from pathlib import Path
from typing import Any

import pytest

from ecomgen.web import locale
from ecomgen.web.locale import english

WEB = Path(locale.__file__).parents[1]
NAMES = {name for name in vars(english) if name.isupper()}
OTHERS = sorted(set(locale.LANGUAGES) - {locale.USUAL})


def gaps(text: Any) -> Any:
    """What a text leaves to be filled in; for tables, of each entry."""
    if isinstance(text, dict):
        return {key: gaps(value) for key, value in text.items()}
    if isinstance(text, tuple):
        return [gaps(value) for value in text]
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_text_and_no_other(code: str) -> None:
    assert {name for name in vars(locale.LANGUAGES[code]) if name.isupper()} == NAMES


@pytest.mark.parametrize("code", OTHERS)
def test_texts_leave_the_same_to_be_filled_in(code: str) -> None:
    for name in NAMES - {"SAID", "LOOKS", "LAB_EXAMPLE", "LAB_PROMPT_HINT"}:
        assert gaps(getattr(locale.LANGUAGES[code], name)) == gaps(getattr(english, name)), name
    assert list(locale.LANGUAGES[code].LOOKS.values()) == list(english.LOOKS.values())


def test_every_text_that_is_used_is_there_and_every_text_is_used() -> None:
    used = {
        node.attr
        for file in WEB.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("words", "english", "module", "spoken")
        and node.attr.isupper()
    } - {"COOKIE", "LANGUAGES", "USUAL"} | {"SAID"}
    from ecomgen.web.messages import LABELS

    assert used | set(LABELS.values()) == NAMES


@pytest.mark.parametrize(
    ("cookies", "accepted", "code"),
    [
        (None, None, "en"),
        (None, "de-AT,de;q=0.9,en;q=0.8", "de"),
        (None, "fr-FR,fr;q=0.9,de;q=0.5", "de"),
        ("ecomgen_language=en", "de", "en"),
        ("a=b; ecomgen_language=de", "en", "de"),
        ("ecomgen_language=xx", "en", "en"),
    ],
)
def test_the_browser_or_a_choice_says_which(cookies: str | None, accepted: str | None, code: str) -> None:
    assert locale.preferred(cookies, accepted) == code
