"""What every phrase sets. In: the vocabulary, and the words of sets and props. Out: by phrase the fields and values."""

from __future__ import annotations

from functools import cache
from itertools import product
from re import findall, sub

from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.vocabulary import Meaning, Phrases, Term, Vocabulary, Words, vocabulary
from ecomgen.scenes.studio.prompt.normalisation import stemmed
from ecomgen.scenes.studio.props.declaration import props

THINGS = ("props", "furniture", "support")  # of which a compound names one: no straw beside a straw hat
MATTER = ("surface", "ground", "place", "finish")  # whose compounds tell no mood: fresh snow, dark walnut
OWN_COLOURED = (["red", "brick"], ["orange", "juice"])  # whose colour is no paint
SCENERY = ("ground", "background", "surface", "weather")
PLACELESS = ("lens", "view", "framing", "space", "mood", "season")
"""Whose compounds tell of no place: shallow depth of field."""
NO_FIELDS = ("approximated", "lists", "colours")  # of the tables by value, those that are no field of the wish
GLASS = Meaning("surface", "glass")


@cache
def meanings() -> dict[str, tuple[Meaning, ...]]:
    """Every phrase, as it stands and with its words stemmed, with what it means."""
    exact: dict[str, tuple[Meaning, ...]] = {}
    for field, words in _fields().items():
        for value, phrases in words.items():
            for phrase in _written_out(phrases):
                known = exact.get(phrase, ())
                if all(meaning.field != field for meaning in known):
                    exact[phrase] = (*known, Meaning(field, value))
    table = {stemmed(phrase): found for phrase, found in exact.items()} | exact
    plurals = {word: (Meaning("props", name),) for name, each in props().items() for word in each.plurals}
    whole = {phrase: found for phrase, found in table.items() if not _sum_of_words(phrase, table)} | plurals
    for phrase, shown_as in approximations().items():
        own = whole.get(phrase, ())
        whole[phrase] = (*own, *(one for one in table[shown_as] if one.field not in {each.field for each in own}))
    return whole


@cache
def turns() -> dict[str, dict[str, int]]:
    """Every phrase as it stands, and by field its turn among those that mean the same: the most usual come first."""
    found: dict[str, dict[str, int]] = {}
    plurals = {name: each.plurals for name, each in props().items()}
    for field, words in (
        *_fields().items(),
        ("props", plurals),
        ("colour", {one: (one,) for one in vocabulary().colours}),
    ):
        for phrases in words.values():
            for turn, phrase in enumerate(_written_out(phrases)):
                found.setdefault(phrase, {}).setdefault(field, turn)
    return found


@cache
def approximations() -> dict[str, str]:
    """Phrases for what the studio has not, as they stand and stemmed, with the phrase they are shown as."""
    exact = {phrase: near for near, phrases in vocabulary().approximated.items() for phrase in phrases}
    return {stemmed(phrase): near for phrase, near in exact.items()} | exact


def _fields() -> dict[str, Words]:
    """By field of the wish its values' words, sets first, props last."""
    tables = {name: getattr(vocabulary(), name) for name in Vocabulary.model_fields if name not in NO_FIELDS}
    plain = {
        field: {value: term.words if isinstance(term, Term) else term for value, term in values.items()}
        for field, values in tables.items()
        if isinstance(values, dict)
    }
    return {
        "place": {name: each.words for name, each in declared().items()},
        **plain,
        "props": {name: each.words for name, each in props().items()},
    }


def _written_out(phrases: Phrases) -> list[str]:
    """The phrases with every `<name>` replaced by each entry of the list of that name in turn."""
    found = []
    for phrase in phrases:
        names = findall("<(.*?)>", phrase)
        for entries in product(*(_written_out(vocabulary().lists[name]) for name in names)):
            rest = iter(entries)
            found.append(sub("<.*?>", lambda _, rest=rest: next(rest), phrase))
    return found


def _sum_of_words(phrase: str, table: dict[str, tuple[Meaning, ...]]) -> bool:
    """Whether several words say together no more than one by one: then each of them is to count."""
    words = phrase.split()
    if len(words) == 1 or words[:2] in OWN_COLOURED:
        return False
    colours, joining = vocabulary().colours, vocabulary().function_words
    named = words[0] in table or " ".join(words[:2]) in table  # "red maple" is no colour
    if words[0] in colours and not named and set(table[phrase]) <= set(table.get(" ".join(words[1:]), ())):
        return True
    known = [table.get(word) or table.get(stemmed(word)) for word in words]
    plain = all(found or word in colours or word in joining for word, found in zip(words, known, strict=True))
    parts = {meaning for found in known for meaning in found or ()}
    told = {meaning.field for meaning in table[phrase]}
    if told == {"props"} and GLASS in (known[-1] or ()):  # a beer glass is no plate of glass
        return False
    solid = told in ({"background"}, {"furniture"})
    if solid and "surface" in {meaning.field for meaning in parts}:  # an oak tree is no board of oak
        return False
    fields = {
        *THINGS,
        *(("mood",) if told & {*MATTER} else ()),
        *(("background",) if told == {"background"} else ()),  # the Eiffel Tower is no tower block
        *(("ground", "background", "weather") if told <= {"props", "furniture", "style"} else ()),
        *(("place", *SCENERY) if told & {*PLACELESS} else ()),
    }
    more = {meaning for meaning in parts - set(table[phrase]) if meaning.field in fields}
    return plain and set(table[phrase]) <= parts and not more
