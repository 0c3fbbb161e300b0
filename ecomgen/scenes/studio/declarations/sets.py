"""What a set is, as its file tells it: the words that call it up, what it suits, and how it is put together.

A set is one TOML file in `sets/`; nothing else lists it. What takes more than a table of names and numbers is built by
a module beside the file, which `builder` names. Light to import: prompts are read with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.toml_table import Table, read

FOLDERS = [Path(__file__).parent.parent / "sets"]
"""Where sets are declared."""
IDEAS = FOLDERS[0] / "ideas"
WALL = -1.9  # where a wall stands behind the product, in units
ANY = "*"  # in `suits`: any value
Names = tuple[str, ...]
Tone = Literal["dark", "deep", "pale"]
Trait = Literal["shore", "lakeside", "winter"]
HOURS = ("morning", "afternoon", "afternoon", "golden")
LIVING = ("shelves", "sofa", "sideboard", "plant")


class Chance(Table):
    """One of the names with a probability of `chance`, else `otherwise`, which may be nothing."""

    chance: float = Field(ge=0, le=1)
    of: Names
    otherwise: str | None = None


class Span(Table):
    """Any number between two."""

    between: tuple[float, float]


class Odds(Table):
    """A number with a probability of `chance`, else 0."""

    chance: float = Field(ge=0, le=1)
    of: float


Choices = tuple[str | Names | Chance, ...]
"""Each is a name, several of which chance picks one, or a `Chance`."""


class Studio(Table):
    """What is built from a module alone; where several names are given, chance picks one."""

    surfaces: Names = ()
    hours: Names = HOURS
    props: Choices = ()


class Room(Table):
    """A kind of room. Where several names are given, chance picks one."""

    surfaces: Names
    furniture: Names = LIVING
    hours: Names = HOURS
    props: Choices = ()
    window: float | tuple[float, ...] | Span | Odds = 0.5  # the share of the picture that a window behind takes
    sunny: float = 0.5  # how likely the sun itself falls in
    on_floor: bool = False
    depth: float = 9.0
    aperture: float = 0.034
    warmth: float = 0.0  # kelvin to add to the light
    exposure: float = 0.1  # rooms are shown airier than they are
    flashed: bool = False  # the photographer's soft box lights the product; the room's own lamps are behind


class Landscape(Table):
    """A kind of place outdoors. Where several names are given, chance picks one; "" stands for the ground itself."""

    grounds: Names
    layers: Choices  # what is seen behind, from the horizon forward
    stands: Names = ("",)
    hours: Names = HOURS
    props: Choices = ()
    drop: float = 0.16  # how far the ground lies below what the product stands on
    depth: float = 16.0
    blur: tuple[float, float] = (0.045, 0.08)
    aperture: float = 0.062  # wide open: what is near by goes out of focus as what is far is painted
    dapple: float = 0.0  # how likely leaves shade the place
    canopy: bool = False  # of trees, that shade all of it: else of one near by
    overhang: float = 0.0  # how likely leaves hang into the picture
    exposure: float = 0.0
    veil: float = 1.0  # times as wide as a clear sky's sun: thin cloud softens it
    nearby: Names = ()  # what grows or lies round the product besides, modelled in `outdoors`
    wild: Names = ()  # props that grow here, so that none stands in a vase
    cloudy: float = 0.25  # how often clouds hide the sun where seeds take turns
    white_sky: float = 0.0  # how much of the sky's blue the eye, used to snow, no longer sees


Plan = Studio | Room | Landscape


class Variant(Table):
    """What is otherwise where the wish has these values, or by chance."""

    when: dict[str, str | Names] = Field(default_factory=dict)
    chance: float | None = Field(default=None, ge=0, le=1)
    change: dict[str, Any]

    def wished(self, wish: Wish) -> bool:
        return _is_so(wish, self.when)


def _is_so(wish: Wish, when: Mapping[str, str | Names]) -> bool:
    """Whether the wish has all these values; of several one is enough, `ANY` is any."""
    return all(_holds(getattr(wish, field), (told,) if isinstance(told, str) else told) for field, told in when.items())


def _holds(held: Any, values: Names) -> bool:
    return bool(held) if ANY in values else bool({*values} & {*(held if isinstance(held, tuple) else (held,))})


class Tones(Table):
    """How a picture is exposed and developed: stops, kelvin, else factors; `backdrop` of what is far behind."""

    exposure: float = 0.0
    fill: float = 1.0
    contrast: float = 1.0
    temperature: float = 5600.0
    backdrop: float = 1.0


class Idea(Table):
    """One photograph of a set, as a photographer plans it. What the prompt says comes first.

    Attributes:
        when: by field of the wish the value that it is planned for, or some of which one is enough, or `ANY`; ideas
            that are come before all others.
        light: what is otherwise in the plan's light.
        change: what is otherwise in the rest of the plan.
        wish: by field what the photographer wishes besides; of those of the light one that the set cannot have is
            passed over.
        tone: in which tone comes what the product stands on.
        behind: how light a plain wall behind is, Oklab; before one of the product's own lightness it is darker.
        tones: how it is exposed and developed.
    """

    when: dict[str, str | Names] = Field(default_factory=dict)
    light: dict[str, Any] = Field(default_factory=dict)
    change: dict[str, Any] = Field(default_factory=dict)
    wish: dict[str, str] = Field(default_factory=dict)
    tone: Tone | None = None
    behind: float | None = Field(default=None, ge=0, le=1)
    tones: Tones | None = None


class Set(Table):
    """One set; exactly one of `studio`, `room` and `landscape` tells what it is made of.

    Attributes:
        words: what people call it, in the singular.
        mood: what the prompt's "mood" or "look" of it is.
        rank: of two sets that are named the one of higher rank is built, the first where they are equal.
        second: what it adds where another one is built, a field of the wish and its value.
        suits: by field of the wish the values that call for this set where the prompt names none; `ANY` for all.
        builder: the module beside the file that builds it.
        camera: where it is seen from.
        wall: where a wall that is asked for stands, in units.
        traits: what grounds and backdrops must know of it.
        variants: what is otherwise at times, each after the ones before.
        ideas: photographs that seeds which follow each other take in turns; without, those of `ideas/`.
    """

    title: str
    words: Names
    mood: str | None = None
    rank: int = 2
    second: dict[str, str] = Field(default={"accents": "background"}, min_length=1, max_length=1)
    suits: dict[str, Names] = Field(default_factory=dict)
    builder: str | None = None
    camera: Literal["level", "above"] = "level"
    wall: float = WALL
    traits: frozenset[Trait] = frozenset()
    studio: Studio | None = None
    room: Room | None = None
    landscape: Landscape | None = None
    variants: tuple[Variant, ...] = ()
    ideas: tuple[Idea, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Set:
        plans = [plan for plan in (self.studio, self.room, self.landscape) if plan is not None]
        if len(plans) != 1 or (self.studio is not None and self.builder is None):
            raise ValueError("A set has one of [room], [landscape], or [studio] with a builder.")
        for variant in self.variants:
            changed(plans[0], variant.change)
        for idea in self.ideas or _usual_ideas(type(plans[0]).__name__.lower()):
            changed(plans[0], idea.light | idea.change)
        return self

    @property
    def plan(self) -> Plan:
        return next(plan for plan in (self.studio, self.room, self.landscape) if plan is not None)

    def planned(self, wish: Wish) -> tuple[Idea, ...]:
        """The ideas for this wish: those that are planned most closely for it, its own before those of its kind."""
        usual = _usual_ideas(type(self.plan).__name__.lower())
        own, others = ([idea for idea in known if _is_so(wish, idea.when)] for known in (self.ideas, usual))
        known = max((own, others), key=lambda ideas: max(map(_closeness, ideas), default=(-1,)))
        closest = max(map(_closeness, known))
        return tuple(idea for idea in known if _closeness(idea) == closest)


def _closeness(idea: Idea) -> tuple[int, ...]:
    """How closely an idea is planned for a wish that it fits: its light counts first, any value last."""
    return len({"time", "weather"} & idea.when.keys()), len(idea.when), sum(told != ANY for told in idea.when.values())


def changed(plan: Plan, change: Mapping[str, Any]) -> Plan:
    """The plan with what is otherwise in it."""
    return type(plan).model_validate(plan.model_dump() | dict(change))


@cache
def _usual_ideas(kind: str) -> tuple[Idea, ...]:
    """Those of all rooms, landscapes or studios that have none of their own."""
    told = read(IDEAS / f"{kind}.toml")
    return tuple(Idea.model_validate(one) for one in told["ideas"])


@cache
def declared() -> dict[str, Set]:
    """All sets by name, in the order of their names.

    Raises:
        ValueError: a file is no TOML, or does not hold what a set needs.
    """
    files = {path.stem: path for folder in FOLDERS for path in folder.glob("*.toml")}
    return {name: _read(files[name]) for name in sorted(files)}


def _read(path: Path) -> Set:
    try:
        return Set.of_file(path)
    except ValueError as error:
        error.add_note(str(path))
        raise
