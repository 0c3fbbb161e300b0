"""One spelling for a word: singular, British, and mended where a long word is one slip away from a known one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from ecomgen.toml_table import Table

VOWELS = "aeiou"
SHORT, LONG = 5, 6  # letters of a word in which two may have changed places, and that may be mended else
ENDINGS = (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"), ("oes", "o"))
DERIVED = (
    *(("ily", "y"), ("ly", ""), ("ly", "le"), ("iness", "y"), ("ness", ""), ("ied", "y"), ("ed", ""), ("ed", "e")),
    *(("ing", ""), ("ing", "e"), ("y", ""), ("y", "e"), ("ish", ""), ("ish", "e"), ("en", "")),
    *(("like", ""), ("lit", "")),
)
"""What makes other words of a word, with what stands in its place there: "softly", "cosiness", "misted", "neonlit"."""
COMPARED = (("ier", "y"), ("iest", "y"), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"))
"""What compares an adjective, with what stands in its place there: "cosier", "brightest"."""
ROOT = 4  # letters that are left of it, at least


class Spelling(Table):
    """`british` words by other spellings and odd plurals; words in "ie", and words that only look like plurals, or as
    if they came of another word (`rootless`) or were a slip away from one (`no_slips`)."""

    british: dict[str, str]
    in_ie: frozenset[str]
    whole: frozenset[str]
    rootless: frozenset[str]
    no_slips: frozenset[str]


@cache
def spelling() -> Spelling:
    return Spelling.of_file(Path(__file__).parent / "spelling.toml")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The singular of an English word, in British spelling."""
    known = spelling()
    one = known.british.get(word, word)
    if len(one) < 4 or one in known.whole or one.endswith(("ss", "us", "is")):
        return one
    if one.endswith("ies") and one[:-1] in known.in_ie:
        return one[:-1]
    for ending, replacement in ENDINGS:
        if one.endswith(ending) and len(one) > len(ending) + 1:
            return one[: -len(ending)] + replacement
    one = one.removesuffix("s")
    return known.british.get(one, one)


def stemmed(phrase: str) -> str:
    """Every word of a phrase by its stem."""
    return " ".join(stem(word) for word in phrase.split())


@lru_cache(maxsize=8192)
def roots(word: str) -> tuple[str, ...]:
    """What a word may have been made of, in the order to be tried: "panelled" of "panell", "panel" or "panelle"."""
    if word in spelling().rootless:
        return ()
    return _without(word, DERIVED)


@lru_cache(maxsize=8192)
def uncompared(word: str) -> tuple[str, ...]:
    """The adjectives that a word may compare: "bigger" bigg, big or bigge."""
    return _without(word, COMPARED)


def _without(word: str, endings: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    found = [word.removesuffix(ending) + rest for ending, rest in endings if word.endswith(ending)]
    single = [root[:-1] for root in found if root[-2:-1] == root[-1:] and root[-1:] not in VOWELS]
    return tuple(dict.fromkeys(stem(root) for root in (*found, *single) if len(root) >= ROOT))


def mended(word: str, known: Iterable[str]) -> str | None:
    """The first of the `known` words that `word` is one slip away from.

    A slip is two letters that changed places; in words of six letters or more also a letter too many or too few, one
    vowel for another, or the wrong letter doubled. The first letter is right. Other letters are not exchanged, since
    that makes other words ("winner", "winter").
    """
    if len(word) < SHORT or word in spelling().no_slips:
        return None
    slipped = _one_slip if len(word) >= LONG else _swapped
    return next(
        (other for other in known if other[:1] == word[0] and len(other) >= SHORT and slipped(word, other)), None
    )


def _swapped(word: str, other: str) -> bool:
    """Whether two letters changed places."""
    start = next((k for k, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), len(word))
    two = word[start : start + 2]
    return len(two) == 2 and other == word[:start] + two[::-1] + word[start + 2 :]


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)


def _one_slip(word: str, other: str) -> bool:
    if len(other) < LONG or abs(len(word) - len(other)) > 1 or word == other:
        return False
    if _swapped(word, other) or _undoubled(word) == _undoubled(other):  # "wodden"
        return True
    start = next((k for k, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    if len(word) != len(other):
        longer, shorter = (word, other) if len(word) > len(other) else (other, word)
        return longer[start + 1 :] == shorter[start:]
    return word[start + 1 :] == other[start + 1 :] and {word[start], other[start]} <= {*VOWELS}
