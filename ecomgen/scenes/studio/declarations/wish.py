"""What a prompt asks for, as data. Every field changes the picture; None and () leave the choice to the set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

PURE_WHITE = "#ffffff"
PLINTHS = ("podium", "block")  # forms that stand on the floor, or rise from the ground
BOARDS = ("board", "tray")  # forms that lie on a table, or on the ground
BOKEH, STRUNG = LAMPS = ("bokeh", "string lights")  # of what is seen behind, what is lamps only
DRINKS = frozenset({"wine glass", "champagne", "beer", "cocktail", "juice", "lemonade", "milk", "tumbler", "whisky"})
CARRIERS = ("crate", "barrel", "bale")  # forms on which there is room for more than the product
INDOORS = ("table", "shelf", "seat")  # forms that stand in a house
ALOFT = ("midair", "hung")  # where the product stands on nothing


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The scene description that a prompt is parsed into, one attribute a field."""

    place: str | None = None  # the set: window, garden, beach …
    surface: str | None = None  # what the product stands on: oak, marble, linen, sand …
    ground: str | None = None  # what lies round it where that is another: moss round a stone
    plate: str | None = None  # under the product: a thin layer of a second surface, brass on oak, or china
    support: str | None = None  # its form: table, slab, podium, floor …
    finish: tuple[str, ...] = ()  # of what the product stands on: polished, matte, weathered, wet, dark, pale, rough
    wall: str | None = None  # what stands close behind: brick, wood, tiles …
    surface_colour: str | None = None  # #rrggbb
    backdrop_colour: str | None = None
    harmony: str | None = None  # of the backdrop with the product: own, its colour; contrast, the one opposite
    prop_colour: str | None = None  # of all props that have none of their own
    painted: tuple[tuple[str, str], ...] = ()  # which prop or piece of furniture has which colour of its own
    light_colour: str | None = None
    second_light: str | None = None  # of light in two colours the other
    gradient: str | None = None  # the colour the backdrop turns to, or how much darker: "tone", "shade"; "rainbow"
    time: str | None = None  # morning, noon, golden, dusk, night …
    weather: str | None = None
    season: str | None = None
    side: str | None = None  # where the key light comes from: left, right, back, front, top, side
    arranged: str | None = None  # the side for which what stands there was arranged, where the light was turned since
    hardness: str | None = None  # soft, hard, long, spot, dappled, window, candle
    cast: str | None = None  # what casts the shadows that are asked for: palm, leaves, water, blinds
    mood: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    dressing: str | None = None  # none: no props but the wished; rich: one more
    props: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()  # how many of which prop
    served: tuple[tuple[str, str], ...] = ()  # which prop lies in or on which: strawberries in a bowl
    amount: str | None = None  # many: props on both sides
    scale: str | None = None  # of the props: large, small
    without: tuple[str, ...] = ()  # what must not be seen
    furniture: tuple[str, ...] = ()  # what stands in the room behind
    accents: tuple[str, ...] = ()  # what the prompt dwells on: light, beams, shadow, background, ground, colour, copy
    background: tuple[str, ...] = ()  # what is seen far behind: mountains, city, tower …
    lens: str | None = None  # shallow, scenic, deep
    view: str | None = None  # low, level, high
    framing: str | None = None  # close, wide
    space: str | None = None  # where the picture stays calm: left, right, top, around
    balance: str | None = None  # centred, off centre, symmetrical

    def count_of(self, name: str, usual: int) -> int:
        """How many of a prop are asked for, else the `usual` number."""
        return dict(self.counts).get(name, usual)

    def colour_of(self, name: str) -> str | None:
        """The colour of a prop or a piece of furniture that was told, #rrggbb."""
        return dict(self.painted).get(name, self.prop_colour)

    def has(self, field: str, value: str) -> bool:
        """Whether this is the field's value, or one of them; of a ground also where the product stands on it."""
        held = (getattr(self, name, None) for name in ((field, "surface") if field == "ground" else (field,)))
        return any(value in one if isinstance(one, tuple) else value == one for one in held)

    @property
    def pure_white(self) -> bool:
        """Whether nothing is asked for but pure white and a shadow on it."""
        bare = replace(self, hardness=None, side=None, dressing=None, accents=())
        return bare == Wish(place="sweep", backdrop_colour=PURE_WHITE)

    def with_place(self, place: str) -> Wish:
        """The wish with its place decided."""
        return replace(self, place=place)

    @classmethod
    def of(cls, scene: Mapping[str, Any]) -> Wish:
        """The wish whose `scene()` this is."""
        return cls(**{name: _read(scene[name]) for name in (entry.name for entry in fields(cls)) if name in scene})

    def scene(self) -> dict[str, Any]:
        """The fields that are set, for the log."""
        values = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        shown = {name: _plain(value) if isinstance(value, tuple) else value for name, value in values.items()}
        return {name: value for name, value in shown.items() if value}


def _read(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tuple(value.items())
    return tuple(value) if isinstance(value, list) else value


def _plain(values: tuple[Any, ...]) -> list[Any] | dict[str, Any]:
    """A tuple as JSON has it: pairs become an object."""
    return dict(values) if values and isinstance(values[0], tuple) else list(values)
