"""A prompt of another language in English words, each with what it stands for: endings, compounds, order by rule."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from re import sub

from pydantic import Field

from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.prompt.meanings import approximations, meanings, turns
from ecomgen.scenes.studio.prompt.normalisation import mended, stem, stemmed
from ecomgen.toml_table import Table

LANGUAGES = ("german", "french", "spanish")
LETTERS = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae"})
SHORTEST = 3  # letters of a compound's part, and of what stands before the s of a plural
LONG_PART = 5  # letters of a compound within a compound, and of a word that two languages write alike
VOWELS = frozenset("aeiouy")
LONGEST_PHRASE = 5  # words
SCENE = ("place", "background", "season", "time", "weather", "mood", "hardness", "dressing")
LEAST_USUAL = 12  # turn of a phrase among those that mean the same
UPON = ("support", "surface", "colour", "ground", "place", "finish", "wall", "scale", "furniture", "number")
FITTING = {
    **dict.fromkeys(("on", "onto", "upon", "over", "atop", "across"), UPON),
    **dict.fromkeys(
        ("in", "inside", "amid", "among", "within", "at", "during"),
        ("place", "ground", "season", "weather", "time", "hardness", "mood", "style", "background", "colour"),
    ),
    **dict.fromkeys(
        ("by", "near", "beside", "behind", "before", "against", "between", "alongside", "around", "under", "to"),
        ("furniture", "wall", "background", "place", "props", "surface", "colour", "support", "ground"),
    ),
    "with": (
        "props",
        "hardness",
        "accents",
        "background",
        "furniture",
        "dressing",
        "mood",
        "time",
        "weather",
        "colour",
    ),
}  # fields of what may follow a preposition, the likeliest first
LED = ("style", "mood", "light", "look", "effect", "tone", "background")  # "ambiance spa" is a spa mood


@dataclass(frozen=True)
class Word:
    """An English word, and the words of the prompt that it stands for, without those that only join.

    `kind` says what a word was read as that is more than that: of a compound that is not known the last part.
    """

    english: str
    sources: tuple[str, ...]
    kind: str = ""


class Language(Table):
    """`words` and `adjectives` by the English ones they stand for, as they are spelt, `stem|ending` where the ending
    changes; what links the parts of a compound; endings of inflected words.

    `first_parts` mean this only as the first part of a compound; `no_heads` only seem to be one, or a part or a slip
    of one. `products` are what is sold, of which the studio need not have any.
    `cognates` are endings with what stands in their place in English, `diminutives` what makes a thing small; unknown
    words with `adjective_endings` name nothing. Where `nouns_first`, adjectives follow their noun. `tag` is of BCP 47.
    """

    tag: str
    linking: tuple[str, ...]
    endings: tuple[str, ...]
    nouns_first: bool = False
    cognates: tuple[tuple[str, str], ...] = ()
    diminutives: tuple[str, ...] = ()
    adjective_endings: tuple[str, ...] = ()
    no_heads: frozenset[str] = frozenset()
    words: dict[str, tuple[str, ...]]
    adjectives: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    first_parts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    products: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @cached_property
    def english_words(self) -> dict[str, str]:
        """The English for every word and phrase that is no adjective, by its first form."""
        return _by_first_form(self.products) | _by_first_form(self.words)

    @cached_property
    def heads(self) -> dict[str, str]:
        """Words that are long enough to be the last part of a compound that is not known."""
        return {word: english for word, english in self.english_words.items() if len(word) > LONG_PART - 1}

    @cached_property
    def single_words(self) -> dict[str, str]:
        """Words that say something, which a slip of the pen may have been meant for."""
        known = self.english_adjectives | self.english_words
        return {word: english for word, english in known.items() if " " not in word and not _joins(english)}

    @cached_property
    def english_first_parts(self) -> dict[str, str]:
        return _by_first_form(self.first_parts)

    @cached_property
    def english_adjectives(self) -> dict[str, str]:
        return _by_first_form(self.adjectives)

    @cached_property
    def offered(self) -> dict[str, str]:
        """Every word and phrase that says something, as it is spelt, by what it is without accents."""
        told = (
            word
            for table in (self.words, self.adjectives)
            for english in table
            if not _joins(english)
            for word in table[english]
        )
        spelt = (word.replace("|", "") for word in told)
        return {_without_accents(word): word for word in spelt}

    def english(self, phrase: str, *, after_noun: bool = False) -> str | None:
        """The English for a word, a compound of two or a phrase, however it is inflected or spelt.

        What is a noun and an adjective is the latter `after_noun`.
        """
        noun, adjective = _translated(self, phrase)
        return (adjective or noun) if after_noun else (noun or adjective)

    def nearest(self, phrase: str) -> str | None:
        """The English for a word that is written alike, or for the last part of a compound, which says of what kind
        the thing is; of words that are not known themselves."""
        if " " in phrase or _is_english(phrase):
            return None
        plain = _without_accents(phrase)
        return _cognate(plain, self) or _head(plain, self) or self._meant(plain)

    def _meant(self, word: str) -> str | None:
        """The English for the known word that this one is a slip of the pen away from."""
        stems = [word.removesuffix(ending) for ending in self.endings if word.endswith(ending)]
        meant = (mended(one, self.single_words) for one in stems if one not in self.no_heads)
        return next((self.single_words[one] for one in meant if one), None)

    def is_adjective(self, phrase: str, *, after_noun: bool) -> bool:
        noun, adjective = _translated(self, phrase)
        return bool(adjective) and (after_noun or not noun)

    def __hash__(self) -> int:
        return id(self)


def in_english(words: Sequence[str]) -> list[Word]:
    """The words as they are, or in English where as many of them are of another language alone as English alone."""
    language = _language_of(tuple(words))
    if language is None:
        return [Word(word, (word,)) for word in words]
    phrases = list(_translation(words, language))
    return [word for phrase in (_english_order(phrases) if language.nouns_first else phrases) for word in phrase.words]


def kind_of(word: str) -> str | None:
    """What kind of thing a compound names of which only the last part is known: of "Gesichtscreme" cream."""
    plain = _without_accents(word)
    heads = (_head(plain, language) for language in _languages()) if not _is_english(word) else ()
    return next(filter(None, heads), None)


def each_in_english(words: Sequence[str]) -> list[str]:
    """Each word in English by itself, of a compound that is not known its last part, or as it is."""
    language = _language_of(tuple(words))
    return [(language and (language.english(word) or kind_of(word))) or word for word in words]


def word_by_word(words: Sequence[str]) -> list[str]:
    """Each word in English, or as it is; none where adjectives follow their noun.

    A compound with an unknown part is its last part if that tells of a place, an hour, a feast or the like.
    """
    language = _language_of(tuple(words))
    if language is None:
        return list(words)
    return [] if language.nouns_first else [language.english(word) or _scene_head(word, language) for word in words]


def _scene_head(word: str, language: Language) -> str:
    head = language.nearest(word)
    meant = meanings().get(stemmed(head), ()) if head else ()
    return head if head and any(meaning.field in SCENE for meaning in meant) else word


def tells_how(name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether part of a prompt is a known phrase, or ends as adjectives do, in the language of all its words."""
    language = _language_of(tuple(words))
    if language is None:
        return False
    known = len(name) > 1 and language.english(" ".join(name)) is not None
    return known or any(name[-1].endswith(ending) for ending in language.adjective_endings)


def completions(begun: str, before: Sequence[Sequence[str]], tag: str) -> list[str]:
    """Usual words and phrases that go on as a word has `begun` and fit the preposition before it, the most usual first.

    They are of the language of the words `before`, clause by clause, or where those are of none, of the one that `tag`
    names; English where that has none.
    """
    words = [word for clause in before for word in clause]
    language, start = _language_after(words, tag), _without_accents(begun.casefold())
    fields = next(filter(None, (_fitting(word, language) for word in reversed(before[-1]))), None)
    own = language.offered if language else {}
    found = {own[one]: language.english(own[one]) or "" for one in own if one.startswith(start)} if language else {}
    found = found or {one: one for one in turns() if one.startswith(start)}
    usual = {one: turn for one, english in found.items() if (turn := _turn(english, fields))[0] <= LEAST_USUAL}
    return sorted((one for one in usual if _without_accents(one) != start), key=lambda one: (usual[one], len(one), one))


def _fitting(word: str, language: Language | None) -> tuple[str, ...] | None:
    """The fields of what may follow a preposition; None after another word."""
    english = (language and language.english(word)) or word
    return FITTING.get(english.split()[0])


def _turn(english: str, fields: tuple[str, ...] | None) -> tuple[int, int]:
    """How usual a phrase is in one of the fields, 0 the most, and the turn of that field."""
    last = english.rpartition(" ")[2]  # as "table" of "wooden table", where both words count
    known = {} if english in approximations() else turns().get(english) or turns().get(last, {})
    fit = [
        (turn, fields.index(field) if fields else 0) for field, turn in known.items() if not fields or field in fields
    ]
    return min(fit, default=(LEAST_USUAL + 1, 0))


def _language_after(words: Sequence[str], tag: str) -> Language | None:
    """The language in which a prompt that began with these words goes on; None is English."""
    usual = next((one for one in _languages() if one.tag == tag), None)
    found = _language_of(tuple(words))
    if found or usual is None:
        return found
    return None if any(_is_english(word) and not usual.english(word) for word in words) else usual


def joining(words: Sequence[str]) -> set[str]:
    """Those of the words that only join others, in the language of all."""
    language = _language_of(tuple(words))
    return {word for word in words if _joins((language and language.english(word)) or word)}


@lru_cache(maxsize=512)
def _language_of(words: tuple[str, ...]) -> Language | None:
    native = {word for word in words if _is_english(word)}
    foreign = {language: {word for word in words if language.english(word)} for language in _languages()}
    language = max(foreign, key=lambda one: len(foreign[one] - native))
    known = foreign[language]
    return language if known - native and len(known - native) >= len(native - known) else None


def _joins(english: str) -> bool:
    known = vocabulary()
    return english in known.function_words or english in known.negation["no"] or not english.replace(" ", "").isalnum()


@dataclass(frozen=True)
class _Phrase:
    """English words that stand together for some of the prompt's."""

    words: tuple[Word, ...]
    adjective: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.english for word in self.words)

    @property
    def joins(self) -> bool:
        """Whether it is no noun and no adjective: function words, or a sign that ends a clause."""
        return all(_joins(word.english) for word in self.words)


def _translation(words: Sequence[str], language: Language) -> Iterator[_Phrase]:
    """The prompt phrase by phrase, the longest first."""
    place, after_noun = 0, False
    while place < len(words):
        lengths = range(min(LONGEST_PHRASE, len(words) - place), 0, -1)
        length = next((k for k in lengths if language.english(" ".join(words[place : place + k]))), 1)
        source = " ".join(words[place : place + length])
        known = language.english(source, after_noun=after_noun)
        kind = None if known else language.nearest(source)
        english = known or kind or source
        if english == "of" and language.nouns_first and not after_noun:
            english = "some"
        adjective = language.is_adjective(source, after_noun=after_noun)
        spread = _spread(english.split(), source.split(), language)
        partly = kind if kind and not _cognate(_without_accents(source), language) else ""
        found = _Phrase(tuple(replace(word, kind=partly) for word in spread), adjective)
        yield found
        after_noun = not found.joins
        place += length


def _spread(english: Sequence[str], source: Sequence[str], language: Language) -> list[Word]:
    """Several words for several: the last ones stand for the last, the rest for the first."""
    telling = [word for word in source if not _joins(language.english(word) or word)] or list(source)
    late = len(english) - len(telling)
    if late < 0:
        return [Word(english[0], tuple(telling[: 1 - late])), *map(Word, english[1:], zip(telling[1 - late :]))]
    return [Word(each, (telling[max(0, number - late)],)) for number, each in enumerate(english)]


def _english_order(phrases: Sequence[_Phrase]) -> list[_Phrase]:
    """Adjectives before their noun, as are nouns that say of what kind it is."""
    ordered: list[_Phrase] = []
    noun: int | None = None  # where the one stands that an adjective would belong to
    for phrase in phrases:
        of_noun = ordered[-1:] and ordered[-1].text in LED and not phrase.joins
        if noun is not None and (phrase.adjective or of_noun):
            ordered.insert(noun, phrase)
            noun += 1
        elif noun is not None and phrase.text != "and" and phrase.joins:
            ordered, noun = [*ordered, phrase], None
        else:
            ordered.append(phrase)
            noun = noun if phrase.joins else len(ordered) - 1
    return _joined(ordered)


def _joined(phrases: list[_Phrase]) -> list[_Phrase]:
    """`slab of white marble` as `white marble slab`, `table in oak` as `oak table`, `day of rain` as `rain day`."""
    joined: list[_Phrase] = []
    for phrase in phrases:
        joined.append(phrase)
        first = len(joined) - 1
        while first > 1 and joined[first - 1].adjective:
            first -= 1
        article = first > 1 and joined[first - 1].text == "the"
        noun = first - 2 - article
        if noun < 0 or phrase.adjective or phrase.joins or joined[noun].joins:
            continue
        of = joined[noun + 1].text
        if (of == "of" and _says_what(phrase, joined[noun])) or (of == "in" and not article and _is_material(phrase)):
            joined[noun:] = [*joined[first:], joined[noun]]
    return joined


def _says_what(phrase: _Phrase, noun: _Phrase) -> bool:
    """Whether the first would stand before the last in English; a cup of coffee stays what it is."""
    things = any(meaning.field == "props" for meaning in meanings().get(stemmed(noun.text), ()))
    return _is_material(phrase) or not things or stemmed(f"{phrase.text} {noun.text}") in meanings()


def _is_material(phrase: _Phrase) -> bool:
    return any(meaning.field == "surface" for meaning in meanings().get(stemmed(phrase.text), ()))


@cache
def _languages() -> tuple[Language, ...]:
    folder = Path(__file__).parent / "languages"
    return tuple(Language.of_file(folder / f"{name}.toml") for name in LANGUAGES)


@cache
def _english_words() -> frozenset[str]:
    """Those that mean something alone, and those in phrases that no other language knows ("pain au chocolat")."""
    phrases = (*meanings(), *vocabulary().colours)
    alone = vocabulary().function_words | vocabulary().of_every_picture | {one for one in phrases if " " not in one}
    parts = {word for phrase in phrases for word in phrase.split()} - alone
    return alone | {word for word in parts if not any(language.english(word) for language in _languages())}


def _is_english(word: str) -> bool:
    return word in _english_words() or stem(word) in _english_words()


@lru_cache(maxsize=16384)
def _translated(language: Language, phrase: str) -> tuple[str | None, str | None]:
    """The English for a phrase as a noun or the like, and as an adjective."""
    if " " in phrase:
        key = _first_form(phrase)
        return language.english_words.get(key), language.english_adjectives.get(key)
    plain = _without_accents(phrase)
    spelt = dict.fromkeys((plain, sub("(?<![aeq])ue", "u", plain.replace("ae", "a").replace("oe", "o"))))
    nouns = (_inflected(each, language, language.english_words) or _compound(each, language) for each in spelt)
    adjectives = (_inflected(each, language, language.english_adjectives) for each in spelt)
    return next(filter(None, nouns), None), next(filter(None, adjectives), None)


def _by_first_form(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {_first_form(word): english for english, words in table.items() for word in words}


def _first_form(phrase: str) -> str:
    """Without accents and a shown ending; in a phrase of several words also without what a plural or a mute e adds to
    each."""
    words = sub("['-]", " ", _without_accents(phrase.partition("|")[0])).split()
    return words[0] if len(words) == 1 else " ".join(sub("(?<=...)e?[sx]?$", "", word) for word in words)


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.translate(LETTERS))
    return "".join(part for part in parts if not unicodedata.combining(part))


def _inflected(word: str, language: Language, table: dict[str, str]) -> str | None:
    """A known word with one of the endings, or a small one of its kind; the longest word first."""
    stems = [word.removesuffix(ending) for ending in language.endings if word.endswith(ending)]
    found = next((table[one] for one in stems if one in table), None)
    if found is not None:
        return found
    kinds = [one.removesuffix(small) for small in language.diminutives for one in stems if one.endswith(small)]
    whole = (kind + vowel for kind in kinds if len(kind) > SHORTEST for vowel in ("", "e", "en"))
    return next((table[one] for one in whole if one in table), None)


def _compound(word: str, language: Language) -> str | None:
    """The parts of a compound, the longest last part first: Eiche-n-tisch, Weih-nacht-s-baum-kugel."""
    if word in language.no_heads:
        return None
    for cut in range(SHORTEST, len(word) - SHORTEST + 1) if language.linking else ():
        last = _inflected(word[cut:], language, language.english_words)
        first = last and _first_part(word[:cut], language)
        if first:
            return f"{first} {last}"
    return None


def _first_part(word: str, language: Language) -> str | None:
    """What a compound begins with: a known word, one that only stands there, or a compound again."""
    for link in language.linking:
        part = word.removesuffix(link)
        if not word.endswith(link) or len(part) < SHORTEST:
            continue
        found = language.english_first_parts.get(part) or language.english_words.get(part)
        if found:
            return found
    return _compound(word, language) if len(word) > LONG_PART else None


def _cognate(word: str, language: Language) -> str | None:
    """An English word that is written alike: of "mystischer" mystic, of "neutrale" neutral."""
    for ending in language.endings:
        for own, english in language.cognates:
            part = word.removesuffix(ending)
            if not word.endswith(ending) or not part.endswith(own):
                continue
            alike = part.removesuffix(own) + english
            spelt = (alike, alike.replace("k", "c"))
            found = next((one for one in spelt if len(one) >= LONG_PART and stem(one) in _english_words()), None)
            if found and not _joins(found):
                return found
    return None


def _head(word: str, language: Language) -> str | None:
    """The last part of a compound of which the rest is not known: what kind of thing it is."""
    heads = language.heads if language.linking and word not in language.no_heads else {}
    for cut in range(SHORTEST, len(word) - SHORTEST) if heads else ():
        part, rest = word[cut:], word[:cut]
        told = set(rest) & VOWELS and rest not in language.no_heads
        last = _inflected(part, language, heads) if told else None
        if last and not _joins(last) and not any(part.startswith(one) for one in language.no_heads):
            return last
    return None
