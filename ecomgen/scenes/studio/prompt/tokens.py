"""A prompt cut into phrases: the longest that the vocabulary knows first; a gap between them is a token of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.vocabulary import Meaning, vocabulary
from ecomgen.scenes.studio.prompt.meanings import approximations, meanings
from ecomgen.scenes.studio.prompt.normalisation import mended, roots, stem, stemmed, uncompared

LONGEST_PHRASE = 8  # words
STOP = ","  # stands among the words for every sign that ends a clause
HEX = re.compile(r"[0-9a-f]{6}")
WHERE = ("place", "furniture", "background")
STANDING = ("surface", "ground", "support", "wall", "props")
SETTINGS = (*WHERE, *STANDING[:-1])
INTO = ("in", "at", "inside", "within", "near", "by", "from", "through", "into", "overlooking")
TOWN = ("street", "city", "crowd")  # what is seen behind in a town only, or through a window
HOW = ("mood", "finish", "scale", "hardness", "dressing", "amount", "weather", "lens", "framing")
BETWEEN = ("a", "an", "the", "my", "our", "its", "their", "old", "quiet")
Substitutes = Mapping[str, str]
"""Words to be read as others: what a nearest-concept search found for unknown ones."""


@dataclass(frozen=True, kw_only=True)
class Token:
    """A phrase of the prompt. A gap has neither meanings nor a colour."""

    words: tuple[str, ...]
    meanings: tuple[Meaning, ...] = ()
    colour: str | None = None
    read_as: str = ""  # the known word that stands in for a misspelt or unknown one
    shown_as: str = ""  # the known phrase for something near it, where the studio has not the thing itself

    @property
    def known(self) -> bool:
        return bool(self.meanings) or self.colour is not None

    @property
    def empty(self) -> bool:
        """Whether it only joins others or parts them: "of", "the", a comma."""
        return not self.known and (self.words[0] in vocabulary().function_words or self.stop)

    @property
    def attributive(self) -> bool:
        """Whether it may only say what a place is like: a coastal kitchen."""
        return " ".join(self.words) in vocabulary().attributive

    @property
    def outside(self) -> bool:
        """Whether it names no place of its own, only that it is outdoors."""
        return " ".join(self.words) in vocabulary().outside

    @property
    def overlooks(self) -> bool:
        """Whether it says that there is something to be seen: a view of the sea."""
        return " ".join(self.words) in vocabulary().views

    @property
    def stop(self) -> bool:
        return self.words == (STOP,)

    def value(self, *fields: str) -> str | None:
        """Its value for the first of the fields that it has a meaning in."""
        return next((self._values[field] for field in fields if field in self._values), None)

    def among(self, *fields: str) -> bool:
        return any(field in self._values for field in fields)

    @cached_property
    def _values(self) -> dict[str, str]:
        """Its first value in each field."""
        return {meaning.field: meaning.value for meaning in reversed(self.meanings)}


def tokens_of(words: Sequence[str], substitutes: Substitutes) -> list[Token]:
    """The prompt's phrases in order."""
    found, place = [], 0
    while place < len(words):
        token = _longest(tuple(words[place : place + LONGEST_PHRASE])) or _single(words[place], substitutes)
        found.append(token)
        place += len(token.words)
    named = any(
        not token.shown_as and (token.among(*SETTINGS) or token.value("accents") == "background") for token in found
    )
    found = [_without_what_is_told(found, number) if token.shown_as else token for number, token in enumerate(found)]
    return [_yielding(found, number) if named else token for number, token in enumerate(found)]


def _without_what_is_told(tokens: Sequence[Token], number: int) -> Token:
    """What is shown as something near, without what others tell of: a tin bucket is no tin, and what a pottery's shelf
    is stands in for no table."""
    token, after = tokens[number], next(iter(tokens[number + 1 : number + 2]), None)
    if token.among("surface") and after is not None and after.among("props"):
        return replace(token, shown_as="", meanings=tuple(one for one in token.meanings if one.field != "props"))
    if token.among("support") and any(one.among("support") and not one.shown_as for one in tokens):
        return replace(token, meanings=tuple(one for one in token.meanings if one.field != "support"))
    return token


def _yielding(tokens: Sequence[Token], number: int) -> Token:
    """The phrase; a thing that is shown as where it belongs, a turkey as a farm, is unknown where a setting is named.

    It is the setting itself after "in", "at" and the like, before "in the background", where that is the one that is
    named, and where it is as wide as a view: in the Dolomites. In a landscape it brings what is seen behind it.
    """
    token = tokens[number]
    if not token.shown_as or not token.among(*WHERE) or token.among(*STANDING):
        return token
    before = next((one.words[0] for one in reversed(tokens[:number]) if not _between(one)), "")
    wide = _is_scenery(token)
    behind = any(one.among("lens") for one in tokens[number + 1 : number + 2])
    alike = any({*one.meanings} & {*token.meanings} for one in tokens if not one.shown_as)
    kept = wide or before in INTO or behind or alike or _is_seen_behind(token, tokens)
    return token if kept else Token(words=token.words)


def _is_scenery(token: Token) -> bool:
    """Whether it is seen of a place, as wide as a view: a creek, no turkey."""
    return stemmed(" ".join(token.words)) in vocabulary().scenery


def _is_seen_behind(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether it only adds to what is behind the landscape, or the window, that the prompt names: gulls, the sea."""
    named = {one.value("place") for one in tokens if not one.shown_as or _is_scenery(one)} - {None}
    open_to = {name for name in map(str, named) if declared()[name].landscape is not None or name == "window"}
    if token.among("place", "furniture") or not open_to or open_to != named:
        return False
    return token.value("background") not in TOWN or not open_to.isdisjoint({*TOWN, "window"})


def _between(token: Token) -> bool:
    """Whether it may stand between "in" and the place: an article, or how the place is."""
    return token.words[0] in BETWEEN or token.colour is not None or token.among("style", "surface", "mood", "finish")


def _longest(words: tuple[str, ...]) -> Token | None:
    for length in range(len(words), 0, -1):
        token = _known(words[:length])
        if token is not None:
            return token
    return None


@lru_cache(maxsize=8192)
def _known(words: tuple[str, ...]) -> Token | None:
    exact = " ".join(words)
    if len(words) > 1 and exact in vocabulary().of_every_picture:
        return Token(words=words)
    for phrase in (exact, " ".join(stem(word) for word in words), *_made_of(words)):
        meant, colour = meanings().get(phrase, ()), None if _begins_with_things(words) else _colours().get(phrase)
        if meant or colour:
            return Token(words=words, meanings=meant, colour=colour, shown_as=approximations().get(phrase, ""))
    return _compared(words[0]) if len(words) == 1 else None


def _begins_with_things(words: tuple[str, ...]) -> bool:
    """Whether several words begin with a plural: pumpkins, orange, which are no pumpkin orange."""
    return len(words) > 1 and words[0].endswith("s") and stem(words[0]) == words[0][:-1]


def _compared(word: str) -> Token | None:
    """The phrase that a word compares: one that tells how things are, and is no thing."""
    for adjective in uncompared(word):
        meant = meanings().get(adjective, ())
        if meant and all(meaning.field in HOW for meaning in meant):
            return Token(words=(word,), meanings=meant, shown_as=approximations().get(adjective, ""))
    return None


def _made_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """What a single word with a meaning of its own may have been made of."""
    fixed = vocabulary().function_words | vocabulary().of_every_picture
    return tuple(root for word in words if len(words) == 1 and word not in fixed for root in roots(word))


def _single(word: str, substitutes: Substitutes) -> Token:
    """A word that no phrase begins with: a colour's digits, a slip of the pen, or unknown."""
    if HEX.fullmatch(word) and any(character.isdigit() for character in word):
        return Token(words=(word,), colour=f"#{word}")
    fixed = vocabulary().function_words | vocabulary().of_every_picture | {STOP}
    other = None if word in fixed else substitutes.get(word) or _mended(word)
    known = _known(tuple(other.split())) if other else None
    if known is None:
        return Token(words=(word,))
    shown_as = substitutes.get(word) or known.shown_as
    return Token(words=(word,), meanings=known.meanings, colour=known.colour, read_as=other or "", shown_as=shown_as)


@lru_cache(maxsize=4096)
def _mended(word: str) -> str | None:
    return mended(stem(word), _single_words())


@cache
def _single_words() -> list[str]:
    """Those that a slip of the pen may have been meant for: what is shown itself."""
    own = {*meanings(), *_colours()} - approximations().keys()
    return sorted(phrase for phrase in own if " " not in phrase)


@cache
def _colours() -> dict[str, str]:
    """Colour names as they stand and with their words stemmed."""
    colours = vocabulary().colours
    return {stemmed(name): colour for name, colour in colours.items()} | colours
