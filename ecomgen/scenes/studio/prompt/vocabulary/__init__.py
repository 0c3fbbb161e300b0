"""The words the studio knows, as data: one TOML file beside this one per family of words, in the singular.

In: these files, and the words of sets and props, which tell them themselves. Out: `vocabulary()`, what every value is
called and brings along, and `meanings()`, what every phrase sets. Every value is one that a set, a surface, a prop, a
lamp or the lens acts on; a word that would change nothing has no place here. A phrase may mean something in several
fields.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from re import findall, sub
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ecomgen.scenes.studio.prompt.normalisation import stemmed
from ecomgen.scenes.studio.props.declaration import props
from ecomgen.scenes.studio.sets.declaration import Tone, declared

Phrases = tuple[str, ...]
Words = dict[str, Phrases]
"""By value, what people call it."""
Hex = Annotated[str, StringConstraints(pattern="^#[0-9a-f]{6}$")]
THINGS = ("props", "furniture", "support")  # of which a compound names one: no straw beside a straw hat
MATTER = ("surface", "ground", "place", "finish")  # whose compounds tell no mood: fresh snow, dark walnut
OWN_COLOURED = (["red", "brick"], ["orange", "juice"])  # whose colour is no paint
SCENERY = ("ground", "background", "surface", "weather")
PLACELESS = ("lens", "view", "framing", "space", "mood", "season")
"""Whose compounds tell of no place: shallow depth of field."""
NO_FIELDS = ("approximated", "lists", "colours")  # of the tables by value, those that are no field of the wish


@dataclass(frozen=True)
class Meaning:
    """A word sets `field` of the wish to `value`."""

    field: str
    value: str


GLASS = Meaning("surface", "glass")


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Term(Entry):
    words: Phrases


class Surface(Term):
    """`tint` is the colour of a thing made of it; boards are of the family of wood, what falls in folds is cloth,
    trays are of metal.

    `tones` are other surfaces of its kind, by tone; where a tone is not there, it is this one darker or paler.
    """

    tint: Hex | None = None
    family: Literal["wood", "cloth", "metal"] | None = None
    tones: dict[Tone, str] = {}


class Grade(Entry):
    """`temperature` of the light in kelvin, `exposure` in stops, else factors; `fill` scales the light in shadows."""

    temperature: float = 5600
    exposure: float = 0.0
    contrast: float = 1.0
    saturation: float = 1.0
    fill: float = 1.0


class Mood(Term):
    """`again`, `own`: by field the values that bring this mood, named twice or with a word like "look".

    `walls` are colours of a backdrop of which nothing is told.
    """

    grade: Grade
    walls: tuple[Hex, ...] = ()
    again: Words = {}
    own: Words = {}


class Style(Term):
    """What it brings along where the prompt leaves it open: a set, a surface, a #rrggbb behind, things beside."""

    place: str
    surface: str | None = None
    backdrop: Hex | None = None
    props: Phrases = ()
    furniture: str | None = None  # in its own set
    grade: Grade


class Modifier(Term):
    """What a word before a colour does to it: a share of the way to white (below 0: to black), a factor of chroma."""

    towards_white: float = Field(ge=-1, le=1)
    chroma: float = Field(gt=0)


class Vocabulary(Entry):
    """All files together, each table one field here. The order is that in which a phrase's meanings count."""

    surface: dict[str, Surface]
    ground: Words
    support: Words
    plate: Words
    wall: Words
    furniture: Words
    background: Words
    time: Words
    weather: Words
    side: Words
    hardness: Words
    cast: Words
    season: Words
    view: Words
    lens: Words
    framing: Words
    space: Words
    balance: Words
    mood: dict[str, Mood]
    style: dict[str, Style]
    finish: Words
    dressing: Words
    accents: Words
    emphasis: Words
    gradient: Words
    harmony: Words
    scale: Words
    amount: Words
    number: Words
    approximated: Words
    negation: Words
    lists: Words
    function_words: frozenset[str]
    picture_words: frozenset[str]
    standing_words: frozenset[str]
    sayings: frozenset[str]
    placing_words: frozenset[str]
    occasions: frozenset[str]
    asking_words: frozenset[str]
    packages: frozenset[str]
    sets: frozenset[str]
    wares: frozenset[str]
    wearers: frozenset[str]
    scenery: frozenset[str]
    attributive: frozenset[str]
    outside: frozenset[str]
    views: frozenset[str]
    homes: frozenset[str]
    timbered: frozenset[str]
    colours: dict[str, Hex]
    modifiers: tuple[Modifier, ...]

    @cached_property
    def of_every_picture(self) -> frozenset[str]:
        """Words that are true of each picture, so that there is nothing to show for them."""
        return self.picture_words | self.standing_words | self.sayings

    @cached_property
    def woods(self) -> frozenset[str]:
        """Surfaces that come as boards."""
        return frozenset(name for name, surface in self.surface.items() if surface.family == "wood")

    @cached_property
    def cloths(self) -> frozenset[str]:
        """Surfaces that fall in folds."""
        return frozenset(name for name, surface in self.surface.items() if surface.family == "cloth")

    @cached_property
    def metals(self) -> frozenset[str]:
        """Surfaces that come as trays."""
        return frozenset(name for name, surface in self.surface.items() if surface.family == "metal")

    @cached_property
    def modifier_of(self) -> dict[str, Modifier]:
        return {word: modifier for modifier in self.modifiers for word in modifier.words}

    @cached_property
    def mood_again(self) -> dict[Meaning, str]:
        """The mood that a value brings where it is named a second time, in other words."""
        return _by_meaning({name: mood.again for name, mood in self.mood.items()})

    @cached_property
    def own_mood(self) -> dict[Meaning, str]:
        """The mood that a value brings where the prompt speaks of its mood or look."""
        return _by_meaning({name: mood.own for name, mood in self.mood.items()})


def _by_meaning(brought: dict[str, Words]) -> dict[Meaning, str]:
    return {
        Meaning(field, value): name
        for name, words in brought.items()
        for field, values in words.items()
        for value in values
    }


@cache
def vocabulary() -> Vocabulary:
    """What the files say."""
    tables: dict[str, object] = {}
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        tables |= tomllib.loads(path.read_text("utf-8"))
    return Vocabulary.model_validate(tables)


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
