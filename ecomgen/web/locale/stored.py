"""Texts of the core that were stored in English, in a run's record for one, in another language.

A record holds sentences, not what they were made from. Which message one was is told by its form: all that lies
between its values is the message's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from ecomgen.messages import FLAG
from ecomgen.web.locale import catalogue

VALUE = re.compile(r"\{(\w+)(?:![rsa])?(:[^}]*)?\}")
NUMBER = r"[-+\d.,%]+"
LEAST = 6  # letters of its own, by which a message is known


@lru_cache(maxsize=4096)
def retold(text: str, code: str, label: Callable[[str], str]) -> str:
    """A stored text in the language, with the options in it as `label` calls them; as it is where none is known."""
    known = catalogue.translated(text, code)
    if known != text:
        return known
    matches = ((template, form.fullmatch(text)) for template, form in _forms(code))
    template, found = next(((template, found) for template, found in matches if found), ("", None))
    if found is None:
        return text
    counted = {value[1] for value in VALUE.finditer(template) if value[2]}
    values = {
        name: catalogue.figures(value, code) if name in counted else retold(value, code, label)
        for name, value in found.groupdict().items()
    }
    words = FLAG.sub(lambda flag: label(flag[1]), catalogue.translated(template, code))
    return VALUE.sub(lambda value: values.get(value[1], value[0]), words)


@cache
def _forms(code: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The messages that have values, and the forms of their texts; those with most words of their own first."""
    own = {template: len(re.sub(r"\W", "", VALUE.sub("", template))) for template in catalogue.templates(code)}
    long = sorted((template for template, letters in own.items() if letters >= LEAST), key=lambda one: -own[one])
    return tuple((template, _form(template)) for template in long)


def _form(template: str) -> re.Pattern[str]:
    plain, form, place, named = FLAG.sub(r"--\1", template), "", 0, set[str]()
    for value in VALUE.finditer(plain):
        form += re.escape(plain[place : value.start()])
        kind = NUMBER if value[2] else ".+?"
        form += f"(?P={value[1]})" if value[1] in named else f"(?P<{value[1]}>{kind})"
        named.add(value[1])
        place = value.end()
    return re.compile(form + re.escape(plain[place:]), re.DOTALL)
