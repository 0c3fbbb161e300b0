"""What a prompt asks for, as data. Every field changes the picture; None and () leave the choice to the set."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Wish:
    place: str | None = None  # the set: window, garden, beach …
    surface: str | None = None  # what the product stands on: oak, marble, linen …
    support: str | None = None  # its form: table, slab, podium, floor …
    surface_colour: str | None = None  # #rrggbb
    backdrop_colour: str | None = None
    prop_colour: str | None = None
    time: str | None = None  # morning, noon, golden, dusk, night …
    weather: str | None = None
    season: str | None = None
    side: str | None = None  # where the key light comes from: left, right, back, top, front
    hardness: str | None = None  # soft, hard, dappled
    mood: tuple[str, ...] = ()
    props: tuple[str, ...] = ()
    accents: tuple[str, ...] = ()  # what the prompt dwells on: light, shadow, background, ground, colour
    background: tuple[str, ...] = ()  # what is seen far behind: mountains, city, tower …
    lens: str | None = None  # shallow, deep
    view: str | None = None  # low, high, above
    space: str | None = None  # where the picture stays calm: left, right, top

    def settled(self, place: str) -> Wish:
        """The wish with its place decided."""
        return replace(self, place=place)

    def scene(self) -> dict[str, Any]:
        """The fields that are set, for the log."""
        values = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value}
