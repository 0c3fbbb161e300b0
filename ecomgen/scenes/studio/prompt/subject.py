"""Which of a prompt's words name the product: "cordless drill on a workbench", "for my coffee mug"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.prompt.meanings import meanings
from ecomgen.scenes.studio.prompt.normalisation import stem, stemmed
from ecomgen.scenes.studio.prompt.tokens import STOP, WHERE, Token, tokens_of
from ecomgen.scenes.studio.prompt.translation import each_in_english, tells_how, word_by_word
from ecomgen.scenes.studio.props.declaration import props

OURS = ("my", "our", "this", "these")
KNOWN = (*OURS, "the")  # before what was spoken of
SELLING = ("sell", "sells", "selling")
ARTICLES = ("a", "an", *KNOWN)
MOST = 6  # words of a product's name
LIKE = ("mood", "scale", "finish", "style", "surface")
NOUNS = ("ring", "earring", "bed")  # no verbs
BEARING = ("on", "onto", "upon", "atop", "in", "inside", "with", "standing", "sitting", "resting", "placed")
BEHIND = frozenset({"background", "foreground", "distance", "front"})


def subject_of(words: Sequence[str]) -> range:
    """Where the words stand that name what is photographed; nowhere in a prompt that only tells of the scene.

    They are what a prompt begins with, or what follows "a photo of", "show our" or "we sell", up to the word that
    places it, if they end in a noun that the studio does not know, or tell of what is packed: a bottle of milk, a
    shampoo bottle. After "for my" they are also a thing that it knows. Where they make up the first clause they name a
    package. Where adjectives follow their noun the first word is that noun.
    """
    terms = word_by_word(words)
    head_first, terms = not terms, terms or each_in_english(words)
    start = _beginning(terms)
    end = start + _length(terms[start:], head_first=head_first)
    if start == end:
        return range(0)
    before, following = terms[start - 1] if start else "", terms[end].split()[0] if end < len(terms) else STOP
    owned, sold = before in OURS, before in SELLING
    placed = following in vocabulary().placing_words or (owned and following == STOP)
    titled = start == 0 and following == STOP and end < len(terms)  # "shampoo bottle, white marble"
    if not (placed or titled or sold) and not (before in KNOWN and following == "to"):
        return range(0)
    tokens = _named(" ".join(terms[start:end]).split())
    noun = tokens_of([terms[start].split()[-1]], {})[0] if head_first else tokens[-1]
    worn = end - start > 1 and terms[start] in vocabulary().wearers
    known_prop = (owned or worn or sold) and noun.among("props", "finish", "support")
    packed = _is_packed(tokens, foreign=list(terms) != list(words))
    ware = _is_ware(noun, following) and BEHIND.isdisjoint(terms[end : end + 3])
    foreign = head_first and terms[start] == words[start]  # which says nothing of its noun
    told = _is_unknown(noun, following) and not (foreign or tells_how(words[start:end], words))
    named = (packed and len(tokens) > 1) if titled else known_prop or packed or ware or told
    return range(start, end) if named else range(0)


def purpose_of(words: Sequence[str]) -> range:
    """Where the words stand that only tell whom the picture is for: "for a kids bath toy shop"; nowhere without."""
    terms = each_in_english(words)
    for start in (place for place, term in enumerate(terms) if term == "for"):
        first = start + 1 + (terms[start + 1 : start + 2] in [[word] for word in (*ARTICLES, "our")])
        end = _end_of_name(terms, first)
        if _is_shop(terms[first:end]) and stemmed(" ".join(terms[first:end])) not in meanings():
            return range(start, end)
    return range(0)


def _end_of_name(terms: Sequence[str], start: int) -> int:
    """Where the next word is that joins, or a clause ends."""
    ends = vocabulary().function_words | {STOP}
    return next((place for place in range(start, len(terms)) if terms[place].split()[0] in ends), len(terms))


def _is_shop(name: Sequence[str]) -> bool:
    return 0 < len(name) <= MOST and stem(name[-1].split()[-1]) in vocabulary().shops


def _named(words: list[str]) -> list[Token]:
    """The name's phrases up to its noun, without a verb after it: "sweater folded on a chair"."""
    while len(words) > 1 and words[-1].endswith(("ing", "ed")) and words[-1] not in NOUNS:
        words = words[:-1]
    tokens = tokens_of(words, {})
    return tokens if tokens[-1].known else [*tokens[:-1], *tokens_of(words[-1:], {})]


def _is_ware(noun: Token, following: str) -> bool:
    """Whether it is one that stands on something: a mug on a tray, no bowl with lemons, nor a chair with a blanket."""
    vessel = noun.among("props") and props()[str(noun.value("props"))].holds
    held = following == "with" and (vessel or noun.among("support", "furniture", "plate"))
    return noun.words[-1] in vocabulary().wares and following in BEARING and not held


def _is_unknown(noun: Token, following: str) -> bool:
    """Whether the studio has no such thing; what it shows as a place may stand "on" something: a tyre, no castle."""
    if stem(noun.words[-1]) in vocabulary().occasions | vocabulary().picture_words:
        return False
    if noun.shown_as:
        somewhere = noun.among(*WHERE) and not noun.among("space")  # "space on the left"
        return noun.shown_as in vocabulary().wares or (following == "on" and somewhere)
    return not noun.known


def _is_packed(tokens: Sequence[Token], *, foreign: bool) -> bool:
    """Whether they name a package with what is in it, of which in German nothing joins the two: ein Glas Honig.

    What it is like may stand before: an elegant perfume bottle.
    """
    while len(tokens) > 1 and (tokens[0].colour or tokens[0].among(*LIKE)) and not tokens[0].among("props", *WHERE):
        tokens = tokens[1:]
    if len(tokens) == 1:  # "honey jar"
        return len(tokens[0].words) > 1 and tokens[0].among("props") and tokens[0].words[-1] in vocabulary().packages
    of = foreign or "of" in tokens[1].words
    filled = any(not token.known or token.among("props") for token in tokens[:-1])
    return (filled and _is_package(tokens[-1]) and not tokens[-1].among(*WHERE)) or (of and _is_package(tokens[0]))


def _is_package(token: Token) -> bool:
    return stem(token.words[-1]) in vocabulary().packages


def _beginning(terms: Sequence[str]) -> int:
    """Where the name of what is photographed would begin."""
    known = vocabulary()
    for place, (first, second) in enumerate(pairwise(terms)):
        pictures = first == "of" and place > 0 and stem(terms[place - 1]) in vocabulary().picture_words
        if first in SELLING and second not in known.function_words:
            return place + 1
        owned = first == "for" and second in OURS and not _is_shop(terms[place + 2 : _end_of_name(terms, place + 2)])
        if pictures or owned or (_asks(terms, place) and second in KNOWN):
            return place + 1 + (second in ARTICLES)
    return int(bool(terms) and terms[0] in ARTICLES)


def _asks(terms: Sequence[str], place: int) -> bool:
    """Whether a clause asks for what follows: "could you place the mug", but no "room to put the price"."""
    asked, before = vocabulary().asking_words, takewhile(lambda term: term != STOP, reversed(terms[:place]))
    return terms[place] in asked and all(t.split()[0] in vocabulary().function_words | asked for t in before)


def _length(terms: Sequence[str], *, head_first: bool) -> int:
    """How many words there are up to one that joins or places; "of" does so unless the noun before it is `head_first`,
    or a package."""
    known = vocabulary()
    ends = known.function_words | known.placing_words | {STOP}
    length = 0
    for number, term in enumerate(terms):
        of = term == "of" and number > 0 and (head_first or stem(terms[number - 1]) in known.packages | known.sets)
        if term.split()[0] in ends and not of:
            break
        length = number + 1
    return length if length <= MOST else 0
