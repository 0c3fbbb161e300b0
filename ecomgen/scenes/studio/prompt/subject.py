"""Which of a prompt's words name the product: "cordless drill on a workbench", "for my coffee mug"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ecomgen.scenes.studio.prompt.normalisation import stem
from ecomgen.scenes.studio.prompt.tokens import STOP, tokens_of
from ecomgen.scenes.studio.prompt.translation import in_english
from ecomgen.scenes.studio.prompt.vocabulary import vocabulary

OURS = ("my", "our")
ARTICLES = ("a", "an", "the", *OURS)
MOST = 6  # words of a product's name


def subject_of(words: Sequence[str]) -> range:
    """Where the words stand that name what is photographed; nowhere in a prompt that only tells of the scene.

    They are what an English prompt begins with, or what follows "a photo of", up to the word that places it, if they
    end in a noun that the studio does not know; after "for my" also in a thing that it knows.
    """
    if any(word.english != source for word, source in zip(in_english(words), words, strict=False)):
        return range(0)
    start = _beginning(words)
    end = start + _length(words[start:])
    if start == end:
        return range(0)
    owned = start > 0 and words[start - 1] in OURS
    following = words[end] if end < len(words) else STOP
    if following not in vocabulary().placing_words and not (owned and following == STOP):
        return range(0)
    noun = tokens_of(words[start:end], {})[-1]
    unknown = not noun.known and stem(words[end - 1]) not in vocabulary().occasions | vocabulary().picture_words
    return range(start, end) if unknown or (owned and noun.among("props")) else range(0)


def _beginning(words: Sequence[str]) -> int:
    """Where the name of what is photographed would begin."""
    for place, (first, second) in enumerate(pairwise(words)):
        pictures = first == "of" and place > 0 and stem(words[place - 1]) in vocabulary().picture_words
        if pictures or (first == "for" and second in OURS):
            return place + 1 + (second in ARTICLES)
    return int(bool(words) and words[0] in ARTICLES)


def _length(words: Sequence[str]) -> int:
    """How many words there are up to one that joins or places, without a verb before that one."""
    known = vocabulary()
    ends = known.function_words | known.placing_words | {STOP}
    length = next((number for number, word in enumerate(words) if word in ends), len(words))
    while length > 1 and words[length - 1].endswith(("ing", "ed")):
        length -= 1
    return length if length <= MOST else 0
