"""Reads a prompt: phrases are found by the vocabulary, longest first, and each changes one field of the wish.

A colour belongs to the noun it stands before ("pink fabric"); where that noun is none of ours, to the backdrop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ecomgen.scenes.studio.prompt.choice import place_for
from ecomgen.scenes.studio.prompt.colours import COLOURS
from ecomgen.scenes.studio.prompt.vocabulary import FUNCTION_WORDS, MEANINGS, Meaning
from ecomgen.scenes.studio.wish import Wish
from ecomgen.types import Understanding

LONGEST_PHRASE = 5
MOST_WORDS = 400  # that are read; a longer prompt is not a scene any more
_MANY = ("mood", "props", "background", "accents")
_REPEATED = {"mood": 2, "props": 3}  # how often the same value counts
_COLOURED = {"surface": "surface_colour", "support": "surface_colour", "props": "prop_colour"}
_HEX = re.compile(r"[0-9a-f]{6}")


def words_of(prompt: str) -> list[str]:
    """The prompt's words, lower case, split at every character that is neither letter nor digit."""
    return re.findall(r"[^\W_]+", prompt.lower())


def wish_for(prompt: str, product: str = "") -> Wish:
    """What the prompt asks for. Words that name the `product` itself ask for nothing."""
    return _wish(tuple(_scene_words(words_of(prompt), product)))


def parse(prompt: str, product: str = "") -> Understanding:
    """Sort the prompt's words by whether leaving one out changes the scene; function words are in neither list."""
    words = words_of(prompt)
    scene_words = _scene_words(words, product)
    whole = _wish(tuple(scene_words))
    understood, ignored = [], []
    for word in dict.fromkeys(words):
        if word in FUNCTION_WORDS:
            continue
        without = tuple(other for other in scene_words if other != word)
        (understood if _wish(without) != whole else ignored).append(word)
    return Understanding(understood=tuple(understood), ignored=tuple(ignored), scene=whole.scene())


def _scene_words(words: Sequence[str], product: str) -> list[str]:
    """The words that may describe the scene: without those that only repeat what the product is."""
    names = tuple(words_of(product))
    if len(names) > 1:
        kept, place = [], 0
        while place < len(words):
            if tuple(words[place : place + len(names)]) == names:
                place += len(names)
            else:
                kept.append(words[place])
                place += 1
        words = kept
    return list(words[:MOST_WORDS])


@lru_cache(maxsize=2048)
def _wish(words: tuple[str, ...]) -> Wish:
    found = _meanings(words)
    values: dict[str, str | tuple[str, ...]] = {}
    for number, meaning in enumerate(found):
        if meaning.field == "colour":
            _paint(values, meaning.value, _noun_after(found, number))
        else:
            _put(values, meaning)
    weak = values.pop("weak", None)
    wish = Wish(**values)  # type: ignore[arg-type]
    return wish.settled(place_for(wish, weak if isinstance(weak, str) else None))


def _meanings(words: Sequence[str]) -> list[Meaning]:
    """The meanings of the words in order; a gap of words without meaning is an empty one."""
    found, place = [], 0
    while place < len(words):
        length, meanings = _longest(words[place : place + LONGEST_PHRASE])
        found.extend(meanings)
        place += length
    return _mixed(found)


def _mixed(found: Sequence[Meaning]) -> list[Meaning]:
    """Colours named one after the other are one: "sage green" is sage with some green in it."""
    mixed: list[Meaning] = []
    for meaning in found:
        if meaning.field == "colour" and mixed and mixed[-1].field == "colour":
            mixed[-1] = Meaning("colour", _blend(mixed[-1].value, meaning.value))
        else:
            mixed.append(meaning)
    return mixed


def _blend(first: str, second: str) -> str:
    pairs = ((int(first[k : k + 2], 16), int(second[k : k + 2], 16)) for k in (1, 3, 5))
    return "#" + "".join(f"{round(0.75 * a + 0.25 * b):02x}" for a, b in pairs)


def _longest(words: Sequence[str]) -> tuple[int, tuple[Meaning, ...]]:
    for length in range(len(words), 0, -1):
        phrase = " ".join(words[:length])
        for form in (phrase, phrase.removesuffix("es"), phrase.removesuffix("s")):
            if form in MEANINGS:
                return length, MEANINGS[form] or (Meaning(field="", value=form),)
            if form in COLOURS:
                return length, (Meaning(field="colour", value=COLOURS[form]),)
    if _HEX.fullmatch(words[0]) and any(character.isdigit() for character in words[0]):
        return 1, (Meaning(field="colour", value=f"#{words[0]}"),)
    return 1, (Meaning(field="", value=words[0]),)


def _noun_after(found: Sequence[Meaning], number: int) -> Meaning | None:
    """The meaning a colour belongs to: the next one that can be coloured; an unknown noun where one comes first."""
    for meaning in found[number + 1 : number + 3]:
        if meaning.field in _COLOURED or meaning.field == "background":
            return meaning
        if meaning.field == "" and meaning.value not in FUNCTION_WORDS:
            return meaning
        if meaning.field in ("", "place"):
            return None
    return None


def _paint(values: dict[str, str | tuple[str, ...]], colour: str, noun: Meaning | None) -> None:
    """A colour goes to its noun; without one to the backdrop, further ones to the ground and to the props.

    The colour of an unknown noun, most likely the product, is not the scene's.
    """
    if noun is not None and not noun.field:
        return
    field = _COLOURED.get(noun.field) if noun else None
    free = ("backdrop_colour", "surface_colour", "prop_colour")
    field = field or ("backdrop_colour" if noun else next((name for name in free if name not in values), None))
    if field is not None:
        values.setdefault(field, colour)


def _put(values: dict[str, str | tuple[str, ...]], meaning: Meaning) -> None:
    if not meaning.field:
        return
    if meaning.field in _MANY:
        earlier = values.get(meaning.field, ())
        if isinstance(earlier, tuple) and earlier.count(meaning.value) < _REPEATED.get(meaning.field, 1):
            values[meaning.field] = (*earlier, meaning.value)
    else:
        values.setdefault(meaning.field, meaning.value)
