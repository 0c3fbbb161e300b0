"""The words the studio knows, as data: one TOML file beside this one per family of words, in the singular.

In: these files; sets and props tell their words themselves. Out: `vocabulary()`, what every value is called and brings
along. Every value is one that a set, a surface, a prop, a lamp or the lens acts on; a word that would change nothing
has no place here. A phrase may mean something in several fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ecomgen.scenes.studio.declarations.sets import Tone
from ecomgen.toml_table import Table, read

Phrases = tuple[str, ...]
Words = dict[str, Phrases]
"""By value, what people call it."""
Hex = Annotated[str, StringConstraints(pattern="^#[0-9a-f]{6}$")]


@dataclass(frozen=True)
class Meaning:
    """A word sets `field` of the wish to `value`."""

    field: str
    value: str


class Term(Table):
    words: Phrases


class Surface(Term):
    """`tint` is the colour of a thing made of it; boards are of the family of wood, what falls in folds is cloth,
    trays are of metal.

    `tones` are other surfaces of its kind, by tone; where a tone is not there, it is this one darker or paler.
    """

    tint: Hex | None = None
    family: Literal["wood", "cloth", "metal"] | None = None
    tones: dict[Tone, str] = Field(default_factory=dict)


class Grade(Table):
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
    again: Words = Field(default_factory=dict)
    own: Words = Field(default_factory=dict)


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


class Vocabulary(Table):
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
    shops: frozenset[str]
    feasts: frozenset[str]
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
        tables |= read(path)
    return Vocabulary.model_validate(tables)
