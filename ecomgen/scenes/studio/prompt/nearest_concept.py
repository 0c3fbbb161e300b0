"""Words the vocabulary lacks, read as the nearest concept it has: by CLIP's text tower, where its weights are here.

All sentences about things lie close together in CLIP's space, so what they have in common is taken away first (Mu and
Viswanath, "All-but-the-Top", 2018): then unrelated words are near 0, and words for one thing well above.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ecomgen import models
from ecomgen.models.clip import load_clip
from ecomgen.scenes.studio.primitives.shapes import normalised
from ecomgen.scenes.studio.prompt import unknown_words
from ecomgen.scenes.studio.prompt.meanings import meanings
from ecomgen.settings import settings
from ecomgen.types import ModelUsed

Vectors = NDArray[np.float32]

SENTENCE = "a photo of a {}."
LIKENESS = 0.5  # the least cosine, without what all have in common, of a word and the concept it is read as
MARGIN = 0.06  # by which the best must be ahead of the best concept of another kind
SHORTEST = 4  # letters: shorter words say too little
MOST = 24  # words of one prompt that are looked up
KINDS = ("place", "surface", "ground", "background", "furniture", "props", "style", "season", "weather", "mood")
MOST_WORDS, NAMES = 2, 2


def substitutes_for(prompt: str, product: str = "") -> tuple[dict[str, str], tuple[ModelUsed, ...]]:
    """The prompt's unknown words with the concepts they are read as, and the model that was asked.

    Both are empty where no CLIP weights are on this machine, or nothing was asked of it.

    Raises:
        WeightsCorrupt: the weights are not what the manifest says.
    """
    name = models.first_here("clip")
    own = product.lower().split()
    words = [word for word in unknown_words(prompt, product) if len(word) >= SHORTEST and word not in own][:MOST]
    if name is None or not words:
        return {}, ()
    used = models.used(name)
    return nearest(dict(zip(words, _vectors(name, words), strict=True)), concepts(), _of_concepts(name, used)), (used,)


def nearest(words: Mapping[str, Vectors], concepts: Mapping[str, str], vectors: Vectors) -> dict[str, str]:
    """Which concept each word is read as; words without one near and clear enough are left out.

    Args:
        words: each with its vector, D.
        concepts: phrases, each with the kind it belongs to: two of one kind do not compete.
        vectors: theirs, NxD, in their order.
    """
    common = vectors.mean(axis=0)
    directions, phrases, kinds = normalised(vectors - common), list(concepts), np.array(list(concepts.values()))
    found = {}
    for word, vector in words.items():
        cosines = directions @ normalised(vector - common)
        best = int(np.argmax(cosines))
        others = cosines[kinds != kinds[best]]
        if cosines[best] >= LIKENESS and cosines[best] - others.max(initial=-1.0) >= MARGIN:
            found[word] = phrases[best]
    return found


def _vectors(model: str, words: Sequence[str]) -> Vectors:
    return load_clip(model).of_texts([SENTENCE.format(word) for word in words])


def _of_concepts(model: str, used: ModelUsed) -> Vectors:
    """The concepts' vectors, worked out once for these weights and this vocabulary, and kept on disk."""
    what = "\n".join([str(used.sha256), SENTENCE, *concepts()])
    path = settings().cache / f"concepts-{hashlib.sha256(what.encode()).hexdigest()[:16]}.npy"
    try:
        return np.load(path)
    except (OSError, ValueError):
        vectors = _vectors(model, list(concepts()))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, vectors)
    return vectors


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
