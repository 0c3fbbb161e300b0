"""One spelling for a word: singular, British, and mended where a long word is one slip away from a known one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_BRITISH = {
    "color": "colour",
    "colored": "coloured",
    "colorful": "colourful",
    "coloring": "colouring",
    "multicolored": "multicoloured",
    "gray": "grey",
    "greyish": "grey",
    "center": "centre",
    "centered": "centred",
    "cozy": "cosy",
    "jewelry": "jewellery",
    "aluminum": "aluminium",
    "catalog": "catalogue",
    "mold": "mould",
    "whiskey": "whisky",
    "woolen": "woollen",
    "donut": "doughnut",
    "moisturizing": "moisturising",
    "revitalizing": "revitalising",
    "oxidized": "oxidised",
    "harbor": "harbour",
    "plow": "plough",
    "checkered": "chequered",
    "ax": "axe",
    "chili": "chilli",
    "chillies": "chilli",
    "chilies": "chilli",
    "loaves": "loaf",
    "knives": "knife",
    "scarves": "scarf",
    "halves": "half",
}
_VOWELS = "aeiou"
_LONG = 6  # letters of a word that may be mended
_IN_IE = frozenset(
    ("cookie", "brownie", "smoothie", "movie", "hoodie", "pie", "tie", "veggie", "genie", "calorie", "zombie", "eerie")
)
_WHOLE = frozenset(["glass", "grass", "moss", "bus", "gas", "is", "us", "lens", "oasis"])


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The singular of an English word, in British spelling."""
    one = _BRITISH.get(word, word)
    if len(one) < 4 or one in _WHOLE or one.endswith(("ss", "us", "is")):
        return one
    if one.endswith("ies") and one[:-1] in _IN_IE:
        return one[:-1]
    for ending, replacement in (
        ("ies", "y"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("sses", "ss"),
        ("xes", "x"),
        ("oes", "o"),
    ):
        if one.endswith(ending) and len(one) > len(ending) + 1:
            return one[: -len(ending)] + replacement
    one = one.removesuffix("s")
    return _BRITISH.get(one, one)


def stemmed(phrase: str) -> str:
    """Every word of a phrase by its stem."""
    return " ".join(stem(word) for word in phrase.split())


def mended(word: str, known: Iterable[str]) -> str | None:
    """The first of the `known` words, of six letters or more, that `word` is one slip away from.

    A slip is a letter too many or too few, two letters that changed places, or one vowel for another; the first letter
    is right. Other letters are not exchanged, since that makes other words ("winner", "winter").
    """
    if len(word) < _LONG:
        return None
    return next(
        (other for other in known if len(other) >= _LONG and other[0] == word[0] and _one_slip(word, other)), None
    )


def _one_slip(word: str, other: str) -> bool:
    if abs(len(word) - len(other)) > 1 or word == other:
        return False
    start = next((k for k, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    if len(word) != len(other):
        longer, shorter = (word, other) if len(word) > len(other) else (other, word)
        return longer[start + 1 :] == shorter[start:]
    if word[start + 1 :] == other[start + 1 :]:
        return word[start] in _VOWELS and other[start] in _VOWELS
    return word[start : start + 2] == other[start : start + 2][::-1] and word[start + 2 :] == other[start + 2 :]
