"""A prompt of another language in English words, each with the word it stands for: endings and compounds by rule."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from re import sub

from pydantic import BaseModel, ConfigDict

from ecomgen.scenes.studio.prompt.normalisation import stem
from ecomgen.scenes.studio.prompt.vocabulary import meanings, vocabulary

FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
SHORTEST = 3  # letters of a compound's part
LONGEST_PHRASE = 2  # words


@dataclass(frozen=True)
class Word:
    """An English word, and the word of the prompt that it stands for."""

    english: str
    source: str


class Language(BaseModel):
    """`words` by the English ones they stand for; what links the parts of a compound; endings of inflected words."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    linking: tuple[str, ...]
    endings: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


def in_english(words: Sequence[str]) -> list[Word]:
    """The words as they are, or in English where as many of them are German alone as English alone."""
    native = {word for word in words if _is_english(word)}
    foreign = {word for word in words if _german(word)}
    if not foreign - native or len(foreign - native) < len(native - foreign):
        return [Word(word, word) for word in words]
    found, place = [], 0
    while place < len(words):
        length = next((k for k in range(LONGEST_PHRASE, 1, -1) if " ".join(words[place : place + k]) in _table()), 1)
        phrase = words[place : place + length]
        english = (_table().get(" ".join(phrase)) if length > 1 else _german(phrase[0])) or phrase[0]
        found += _spread(english.split(), phrase)
        place += length
    return found


def _spread(english: Sequence[str], phrase: Sequence[str]) -> list[Word]:
    """Several words for several: the last ones stand for the last, the rest for the first."""
    late = len(english) - len(phrase) + 1
    return [Word(each, phrase[max(0, number - late + 1)]) for number, each in enumerate(english)]


@cache
def _language() -> Language:
    return Language.model_validate(tomllib.loads((Path(__file__).parent / "german.toml").read_text("utf-8")))


@cache
def _table() -> dict[str, str]:
    return {word: english for english, words in _language().words.items() for word in words}


@cache
def _english_words() -> frozenset[str]:
    phrases = (*meanings(), *vocabulary().colours)
    return vocabulary().function_words | {word for phrase in phrases for word in phrase.split()}


def _is_english(word: str) -> bool:
    return word in _english_words() or stem(word) in _english_words()


@lru_cache(maxsize=4096)
def _german(word: str) -> str | None:
    """The English for a German word or a compound of two, however it is inflected or spelt."""
    plain = word.translate(FOLDED)
    spelt = dict.fromkeys((plain, sub("(?<![aeq])ue", "u", plain.replace("ae", "a").replace("oe", "o"))))
    return next((found for each in spelt if (found := _inflected(each) or _compound(each))), None)


def _inflected(word: str) -> str | None:
    """A known word with one of the endings; the longest word first."""
    stems = (word.removesuffix(ending) for ending in _language().endings if word.endswith(ending))
    return next((_table()[one] for one in stems if one in _table()), None)


def _compound(word: str) -> str | None:
    """The two parts of a compound, the longest last part first: Eiche-n-tisch."""
    for cut in range(SHORTEST, len(word) - SHORTEST + 1):
        last = _inflected(word[cut:])
        if last is None:
            continue
        for link in _language().linking:
            head = word[:cut].removesuffix(link)
            if word[:cut].endswith(link) and len(head) >= SHORTEST and head in _table():
                return f"{_table()[head]} {last}"
    return None
