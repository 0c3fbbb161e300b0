"""Reads a prompt: phrases are found by the vocabulary, longest first, and each changes a field of the wish.

Where the prompt names no set, the one is built that suits what it does name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ecomgen.messages import Message
from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.prompt.carrying import carried
from ecomgen.scenes.studio.prompt.completing import completed, shaded
from ecomgen.scenes.studio.prompt.draft import PODIUM
from ecomgen.scenes.studio.prompt.grammar import values_of
from ecomgen.scenes.studio.prompt.had import is_had
from ecomgen.scenes.studio.prompt.meanings import meanings
from ecomgen.scenes.studio.prompt.normalisation import stem
from ecomgen.scenes.studio.prompt.place import place_for
from ecomgen.scenes.studio.prompt.subject import KNOWN, purpose_of, subject_of
from ecomgen.scenes.studio.prompt.tokens import STOP, Token, tokens_of
from ecomgen.scenes.studio.prompt.translation import each_in_english, in_english, joining
from ecomgen.scenes.studio.props.declaration import props
from ecomgen.types import Approximation, Composition, Understanding

WEIGHT = re.compile(r"(?<=[^\W\d])\s*:\s*\d*\.?\d+\s*(?=[)\]>])")  # "(oak:1.3)": what stands in brackets is read
MOST_WORDS = 400  # that are read; a longer prompt is not a scene any more
NOTHING: Mapping[str, str] = {}
UNTOLD = ((), ("product",))  # names of a product that say nothing of it
ACROSS = {"left": 0.69, "right": 0.31, "side": 0.62}
OFF_CENTRE = 0.37
SIZES = {"close": 1.32, "wide": 0.72}
ROOMY = {"left": 0.92, "right": 0.92, "around": 0.72, "top": 0.8, "bottom": 0.8}
RAISED = {"bottom": 0.68}
ROOM_BESIDE = 0.44  # of the width, that a product takes at most beside props or before furniture that is asked for


def words_of(prompt: str) -> list[str]:
    """The prompt's words, lower case, split at every character that is neither letter nor digit."""
    return re.findall(r"[^\W_]+", _unweighted(prompt))


def _unweighted(prompt: str) -> str:
    """The prompt, lower case, without the weights that words may carry for other models."""
    return WEIGHT.sub("", prompt.lower())


def _clauses_of(prompt: str) -> list[str]:
    """The words again, with a stop wherever a sign ends a clause: "on white, soft light" asks for no white light."""
    found = re.findall(r"[^\W_]+|[,;:.!?](?=\s|$)", _unweighted(prompt))
    return [STOP if len(piece) == 1 and not piece.isalnum() else piece for piece in found]


def wish_for(prompt: str, product: str = "", substitutes: Mapping[str, str] = NOTHING) -> Wish:
    """What the prompt asks for. Words that name the `product` itself ask for nothing.

    `substitutes` are unknown words with the known ones they are to be read as.
    """
    return _wish(tuple(_scene_words(_clauses_of(prompt), product)), tuple(substitutes.items()))


def parse(prompt: str, product: str = "", substitutes: Mapping[str, str] = NOTHING) -> Understanding:
    """Sort the prompt's words: understood, shown as something near, or ignored.

    A word that is known counts where the scene would be another without it, or where its phrase asks for what the scene
    has: both words of a fountain pen. In none of the lists are function words, words that name the product, and those
    that are true of every picture.
    """
    words, clauses = words_of(prompt), _clauses_of(prompt)
    scene_words, read_as = _scene_words(clauses, product), tuple(substitutes.items())
    subject = [word for word in _subject(clauses, product) if word not in scene_words]
    unsaid = {*clauses[:MOST_WORDS]} - {*scene_words}  # of the product, or of what the picture is for
    whole = _wish(tuple(scene_words), read_as)
    pieces = in_english(scene_words)
    content = {word for piece in pieces if piece.english not in vocabulary().function_words for word in piece.sources}
    silent = ({word for piece in pieces for word in piece.sources} | joining(scene_words)) - content
    tokens, sources = tokens_of([piece.english for piece in pieces], substitutes), iter(pieces)
    words_behind = [(token, [word for _ in token.words for word in next(sources).sources]) for token in carried(tokens)]
    had = {word for token, behind in words_behind if is_had(token, whole) for word in behind}
    passing = {word for token, behind in words_behind if _is_of_every_picture(token) for word in behind}
    said = {word for words in whole.without for word in words.split()}
    left_out = said | {word for token, behind in words_behind if said & {*token.words} for word in behind}
    unknown = {word for token, behind in words_behind if _is_unknown(token) for word in behind} - left_out
    understood, ignored = [], []
    for word in dict.fromkeys(words):
        joins = word in vocabulary().function_words and word not in content
        if joins or word in silent or word in subject or word in unsaid:
            continue
        without = _scene_words([other for other in clauses if other != word], product)
        if word in had or (word not in unknown and _wish(tuple(without), read_as) != whole):
            understood.append(word)
        elif word not in passing and not word.isdigit():
            ignored.append(word)
    near = {word: token.shown_as for token, behind in words_behind if token.shown_as for word in behind}
    near |= {word: piece.kind for piece in pieces if piece.kind for word in piece.sources if word not in near}
    near = {word: shown_as for word, shown_as in near.items() if word not in left_out}
    taken = [Message('"{words}" was taken for the product', words=" ".join(subject))] if subject else []
    corrected = [
        Message('"{word}" was read as "{read_as}"', word=token.words[0], read_as=token.read_as)
        for token in dict.fromkeys(tokens)
        if token.read_as and token.words[0] in understood
    ]
    return Understanding(
        understood=tuple(word for word in understood if word not in near),
        ignored=tuple(ignored),
        approximated=tuple(Approximation(word=word, shown_as=near[word]) for word in understood if word in near),
        scene=whole.scene(),
        notes=(*taken, *corrected),
        composition=composition(whole),
        unread=whole == _wish((), ()) and not set(ignored) <= set(words_of(product)),
    )


def unknown_words(prompt: str, product: str = "") -> tuple[str, ...]:
    """The words that no phrase of the vocabulary holds, nor one a slip away, in order and each once."""
    words = in_english(_scene_words(_clauses_of(prompt), product))
    tokens = tokens_of([word.english for word in words], NOTHING)
    return tuple(dict.fromkeys(token.words[0] for token in tokens if _is_unknown(token)))


def _is_unknown(token: Token) -> bool:
    told = token.known or token.empty or _is_of_every_picture(token)
    return not told and not token.words[0].isdigit()


def _is_of_every_picture(token: Token) -> bool:
    return " ".join(token.words) in vocabulary().of_every_picture


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
    words = words if names in UNTOLD else _without_the(names, words)
    subject = _subject_at(words, names)
    words = [word for place, word in enumerate(words) if place not in subject][:MOST_WORDS]
    purpose = purpose_of(words)
    return [word for place, word in enumerate(words) if place not in purpose]


def _noun(word: str) -> str:
    """What kind of thing an English word or the last one of a phrase names: the prop that it is, else its stem."""
    last = stem(word.split()[-1])
    return next((meaning.value for meaning in meanings().get(last, ()) if meaning.field == "props"), last)


def _nouns(words: Sequence[str]) -> list[str]:
    return [_noun(word) for word in each_in_english(words)]


def _called(names: Sequence[str]) -> set[str]:
    """What a product of that name is called: by its last noun, and where that is a package by what is in it."""
    package = stem(each_in_english(names)[-1].split()[-1]) in vocabulary().packages
    return {*_nouns(names)} if package else {_nouns(names)[-1]}


def _without_the(names: Sequence[str], words: Sequence[str]) -> list[str]:
    """Without "the mug" and "my mug", which in a prompt for a coffee mug are that very one, as is what is placed there:
    "winter scene: mug on a blanket"."""
    known, nouns = vocabulary(), _called(names)
    placing = known.placing_words | known.standing_words
    ends = known.function_words | placing | {STOP}
    terms = each_in_english(words)
    spoken_of = [
        _noun(term) in nouns and ((before in KNOWN and after in ends) or (before == STOP and after in placing))
        for before, term, after in zip((STOP, *terms), terms, (*(t.split()[0] for t in terms[1:]), STOP), strict=False)
    ]
    return [word for word, gone in zip(words, spoken_of, strict=True) if not gone]


def _subject(words: Sequence[str], product: str) -> list[str]:
    """The words that the prompt calls the product by, unless it was said that the product is something else."""
    names = tuple(words_of(product))
    called = set() if names in UNTOLD else _called(names)
    spoken_of = [word for word, noun in zip(words, _nouns(words), strict=True) if noun in called]
    return [words[place] for place in _subject_at(words, names)] or [*dict.fromkeys(spoken_of)]


def product_in(prompt: str, product: str = "") -> str:
    """What the product is called: `product`, or where that says nothing, what the prompt names it."""
    told = tuple(words_of(product)) not in UNTOLD
    return product if told else " ".join(_subject(_clauses_of(prompt), product)) or product


def _subject_at(words: Sequence[str], names: Sequence[str]) -> range:
    found = subject_of(words[:MOST_WORDS])
    told = tuple(names) not in UNTOLD
    another = told and not {*_nouns(names)} & {*_nouns([words[place] for place in found])}
    return range(0) if another else found


@lru_cache(maxsize=2048)
def _wish(words: tuple[str, ...], substitutes: tuple[tuple[str, str], ...]) -> Wish:
    read = values_of(tokens_of([word.english for word in in_english(words)], dict(substitutes)))
    values = dict(shaded(read))
    place = place_for(Wish(**values))
    if values.get("place") == PODIUM != place:
        values.setdefault("support", PODIUM)
    return Wish(**completed(values, place)).with_place(place)


def composition(wish: Wish) -> Composition:
    """The place and the size of the product that the prompt asks for."""
    beside = any(not (props()[name].strewn or props()[name].framing) for name in wish.props)
    across = ACROSS.get(wish.space or "", OFF_CENTRE if wish.balance == "off centre" else 0.5)
    across = (across + 0.5) / 2 if beside else across  # so that there is room on its other side
    lots = 0.86 if wish.space and "space" in wish.accents else 1.0
    size = lots * SIZES.get(wish.framing or "", 1.0) * ROOMY.get(wish.space or "", 1.0)
    return Composition(
        across=across,
        size=size,
        widest=ROOM_BESIDE if beside or wish.furniture else 1.0,
        centred=wish.balance in ("centred", "symmetrical"),
        base=RAISED.get(wish.space or ""),
    )
