"""What an unknown word may stand for: two names of each thing the studio has, with the field and value they set."""

from __future__ import annotations

from ecomgen.scenes.studio.prompt.vocabulary import MEANINGS

_KINDS = ("place", "surface", "ground", "background", "furniture", "props", "style", "season", "weather", "mood")
_MOST_WORDS, _NAMES = 2, 2


def _concepts() -> dict[str, str]:
    found: dict[str, str] = {}
    for phrase, meanings in MEANINGS.items():
        kind = next((f"{meaning.field}: {meaning.value}" for meaning in meanings if meaning.field in _KINDS), None)
        short = len(phrase.split()) <= _MOST_WORDS and phrase.isascii()
        if kind is not None and short and list(found.values()).count(kind) < _NAMES:
            found[phrase] = kind
    return found


CONCEPTS = _concepts()
