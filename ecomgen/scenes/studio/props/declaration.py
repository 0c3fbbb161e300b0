"""How a prop is declared, above the function that builds it, which has its name; and all that are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, TypedDict, Unpack

from ecomgen.scenes.studio.primitives.types import Thing
from ecomgen.scenes.studio.props import families

Build = Callable[..., list[Thing]]
"""Of the shot, and of how many are strewn where they are: meshes about the origin, which stand on y = 0."""


@dataclass(frozen=True, kw_only=True)
class Hollow:
    """Where a vessel, the first of a prop's things, holds others: the radius and height of its floor and of its rim, in
    units, and how many times as wide it is as deep."""

    radius: float
    floor: float
    rim_radius: float
    rim: float
    wide: float = 1.0

    def scaled(self, factor: float) -> Hollow:
        """The same of a vessel that is `factor` times as large."""
        radius, floor, rim_radius, rim = (factor * one for one in (self.radius, self.floor, self.rim_radius, self.rim))
        return Hollow(radius=radius, floor=floor, rim_radius=rim_radius, rim=rim, wide=self.wide)


class Attributes(TypedDict, total=False):
    """What a declaration may say of a prop besides its words; `Prop` tells what each means, and what holds without."""

    place: str
    loose: bool
    companion: str
    around: str
    tinted: bool
    rank: int
    framing: bool
    strewn: bool
    single: bool
    flanking: bool
    dished: bool
    holds: Hollow | None


@dataclass(frozen=True, kw_only=True)
class Prop:
    """A thing that dresses a set, all that the studio knows of it."""

    name: str
    words: tuple[str, ...]  # phrases of a prompt that mean it, in the singular; each means one prop only
    plurals: tuple[str, ...]  # words that mean it in the plural alone, since one alone is a colour
    place: str = ""  # the set where the prompt names no other; "" where it has none of its own
    loose: bool = False  # it lies or floats anywhere: what it lies on says more about the set than it does
    companion: str = ""  # the prop that joins it where it is named twice
    around: str = ""  # the strewn prop that lies round the product instead, where there are many in a room
    kind_of: tuple[str, ...]  # a "no" to one of these props takes this one away too
    tinted: bool = False  # it takes the colour of a material named before it, as in "a walnut bowl"
    rank: int = 0  # its turn among what a richly dressed scene has besides, from 1; 0 is never
    framing: bool = False  # it stands behind the product and frames it
    strewn: bool = False  # it lies about on the ground, else it stands in one place
    single: bool = False  # one thing, of which as many stand there as are told
    flanking: bool = False  # it stands on either side of the product
    dished: bool = False  # it is in or on a dish already
    holds: Hollow | None = None  # other things may lie in or on it
    builder: Build

    def build(self, shot: Any, *strewn: int) -> list[Thing]:
        """The prop's things for a `Shot`, as many as its wish tells of them; of one that is strewn, `strewn` about."""
        return self.builder(replace(shot, prop=self.name), *strewn)

    @property
    def family(self) -> str:
        """The folder that it is declared in: food, nature …"""
        return self.builder.__module__.split(".")[-2]


def prop(
    *words: str, plurals: str = "", kind_of: str = "", **attributes: Unpack[Attributes]
) -> Callable[[Build], Prop]:
    """Declare the function below as the builder of a prop; several words in one text are parted by commas."""
    return lambda build: Prop(
        name=build.__name__.replace("_", " "),
        words=_listed(*words),
        plurals=_listed(plurals),
        kind_of=_listed(kind_of),
        builder=build,
        **attributes,
    )


def _listed(*texts: str) -> tuple[str, ...]:
    return tuple(name for text in texts for name in text.split(", ") if name)


@cache
def props() -> dict[str, Prop]:
    """All props by name, family by family. Light to call, so that prompts are read by it."""
    modules = [import_module(found.name) for found in walk_packages(families.__path__, f"{families.__name__}.")]
    return {each.name: each for module in modules for each in vars(module).values() if isinstance(each, Prop)}
