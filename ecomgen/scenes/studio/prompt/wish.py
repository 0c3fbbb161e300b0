"""What a prompt asks for, as data. Every field changes the picture; None and () leave the choice to the set."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from ecomgen.scenes.studio.prompt.vocabulary import Meaning, vocabulary

PURE_WHITE = "#ffffff"
Values = dict[str, Any]
MOST = {"mood": 6, "props": 5, "background": 4, "accents": 5, "style": 2, "finish": 3, "furniture": 2, "without": 6}
"""Fields of several values, and how many they hold."""
REPEATED = {"mood": 3, "background": 2}  # how often the same value counts
ONCE = ("sea", "lake", "stars", "moon", "tower", "dunes")  # which a second layer of would not change
GENERAL, PARTICULAR = ("hard", "soft"), ("long", "spot", "dappled", "candle")  # light: the second says more


@dataclass(frozen=True, kw_only=True)
class Wish:
    place: str | None = None  # the set: window, garden, beach …
    surface: str | None = None  # what the product stands on: oak, marble, linen, sand …
    ground: str | None = None  # what lies round it where that is another: moss round a stone
    plate: str | None = None  # a thin layer of a second surface under the product: brass on oak
    support: str | None = None  # its form: table, slab, podium, floor …
    finish: tuple[str, ...] = ()  # of what the product stands on: polished, matte, weathered, wet, dark, pale, rough
    wall: str | None = None  # what stands close behind: brick, wood, tiles …
    surface_colour: str | None = None  # #rrggbb
    backdrop_colour: str | None = None
    prop_colour: str | None = None
    coloured_prop: str | None = None  # whose colour that is; of None, all props'
    light_colour: str | None = None
    gradient: str | None = None  # the colour the backdrop turns to, or "tone"
    time: str | None = None  # morning, noon, golden, dusk, night …
    weather: str | None = None
    season: str | None = None
    side: str | None = None  # where the key light comes from: left, right, back, front, top, side
    hardness: str | None = None  # soft, hard, long, spot, dappled, candle
    mood: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    dressing: str | None = None  # none: no props but the wished; rich: one more
    props: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()  # how many of which prop
    amount: str | None = None  # many: props on both sides
    scale: str | None = None  # of the props: large, small
    without: tuple[str, ...] = ()  # what must not be seen
    furniture: tuple[str, ...] = ()  # what stands in the room behind
    accents: tuple[str, ...] = ()  # what the prompt dwells on: light, shadow, background, ground, colour
    background: tuple[str, ...] = ()  # what is seen far behind: mountains, city, tower …
    lens: str | None = None  # shallow, scenic, deep
    view: str | None = None  # low, level, high
    framing: str | None = None  # close, wide
    space: str | None = None  # where the picture stays calm: left, right, top, around
    balance: str | None = None  # centred, off centre, symmetrical

    def count_of(self, name: str, usual: int) -> int:
        """How many of a prop are asked for, else the `usual` number."""
        return dict(self.counts).get(name, usual)

    @property
    def pure_white(self) -> bool:
        """Whether nothing is asked for but pure white and a shadow on it."""
        bare = replace(self, hardness=None, side=None, dressing=None, accents=())
        return bare == Wish(place="sweep", backdrop_colour=PURE_WHITE)

    def settled(self, place: str) -> Wish:
        """The wish with its place decided."""
        return replace(self, place=place)

    def scene(self) -> dict[str, Any]:
        """The fields that are set, for the log."""
        values = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        shown = {name: _plain(value) if isinstance(value, tuple) else value for name, value in values.items()}
        return {name: value for name, value in shown.items() if value}


def _plain(values: tuple[Any, ...]) -> list[Any] | dict[str, int]:
    """A tuple as JSON has it: pairs become an object."""
    return dict(values) if values and isinstance(values[0], tuple) else list(values)


class Draft:
    """The values gathered so far, by field of the wish."""

    def __init__(self) -> None:
        self.values: Values = {}
        self.graded = False  # whether the backdrop turns from one colour to another
        self.overgrown: str | None = None  # what grows on what the product stands on
        self._named: set[Meaning] = set()

    def add(self, field: str, value: str) -> None:
        """One more value of a field that holds several; the first value of any other."""
        if field not in MOST:
            self.values.setdefault(field, value)
            return
        earlier = self.values.get(field, ())
        allowed = 1 if value in ONCE else REPEATED.get(field, 1)
        if earlier.count(value) < allowed and len(earlier) < MOST[field]:
            self.values[field] = (*earlier, value)

    def name(self, meaning: Meaning) -> None:
        """The value of a field that holds one. Named a second time, in other words, it brings a mood."""
        earlier = self.values.setdefault(meaning.field, meaning.value)
        if earlier in GENERAL and meaning.value in PARTICULAR:
            self.values[meaning.field] = meaning.value
            self._bring(Meaning(meaning.field, earlier))
        if earlier == meaning.value and meaning in self._named:
            self._bring(meaning)
        self._named.add(meaning)

    def _bring(self, meaning: Meaning) -> None:
        mood = vocabulary().mood_again.get(meaning)
        if mood is not None:
            self.add("mood", mood)

    def finished(self) -> Values:
        """The fields of the wish that were set."""
        if self.graded:
            self.values.setdefault("gradient", "tone")
        if self.overgrown is not None:
            self.values.setdefault("ground", self.overgrown)
        if not self.values.get("props"):
            if "space" not in self.values:
                self.values.pop("amount", None)
            self.values.pop("scale", None)
        return self.values
