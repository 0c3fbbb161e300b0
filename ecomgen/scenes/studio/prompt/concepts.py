"""What an unknown word may stand for: two names of each thing the studio has, with the field and value they set."""

from __future__ import annotations

from functools import cache

from ecomgen.scenes.studio.prompt.vocabulary import meanings

KINDS = ("place", "surface", "ground", "background", "furniture", "props", "style", "season", "weather", "mood")
MOST_WORDS, NAMES = 2, 2


@cache
def concepts() -> dict[str, str]:
    """Phrases of the vocabulary, each with the kind of thing it names, "field: value"."""
    found: dict[str, str] = {}
    for phrase, meant in meanings().items():
        kind = next((f"{meaning.field}: {meaning.value}" for meaning in meant if meaning.field in KINDS), None)
        short = len(phrase.split()) <= MOST_WORDS and phrase.isascii()
        if kind is not None and short and list(found.values()).count(kind) < NAMES:
            found[phrase] = kind
    return found
