"""Options: each is declared once, as an annotated field of a request, and every surface is derived from there.

A field's type carries range, choices and an `Option`: what the command line, the app's endpoints, assistants and a
catalogue's columns show of it, which of them lack it on purpose, and how a run records it. `of(model)` lists what a
model declares; the model itself reads text as people type it, so that no surface reads values of its own.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import Parameter, Signature, signature
from types import UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le
from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from ecomgen.errors import UsageError
from ecomgen.messages import Message, flag
from ecomgen.options.reading import is_nothing, not_whole, out_of_range, unknown

Surface = Literal["cli", "api", "rest", "catalogue", "app", "mcp"]
Scope = Literal["run", "cutout", "placed", "keep", "studio", "style", "diffusion", "inpaint", "reference", "control"]
Section = Literal["Product", "Scene", "Pictures", "Placement", "Light and ground", "Diffusion", "Words"]
SURFACES: tuple[Surface, ...] = get_args(Surface)


@dataclass(frozen=True, kw_only=True)
class Option:
    """What every surface says of an option, besides its type, range, choices and default.

    `scope` tells what listens to it: the run itself, already the product's cut-out, only pictures in which the product
    is placed, or kept, the studio, that or an adapter for styles, diffusion, or recipes that inpaint, take reference
    pictures or a control network.
    `setting` is its name among a back end's settings, `record` that among a run's parameters; one that has neither is
    recorded elsewhere or not at all; `in_look` says that a look keeps it. `section` is where help lists it, if not with
    the others of its scope.
    """

    help: str
    metavar: str = ""
    scope: Scope = "run"
    setting: str = ""
    record: str = ""
    absent: tuple[Surface, ...] = ()
    in_look: bool = False
    section: Section | None = None


@dataclass(frozen=True, kw_only=True)
class Declared:
    """One option as a model declares it."""

    name: str
    base: type  # bool, int, float, str, Path, or what its text means (Box, Point ...)
    default: Any
    option: Option
    repeated: bool
    choices: tuple[str, ...]
    low: float | None
    high: float | None

    @property
    def surfaces(self) -> tuple[Surface, ...]:
        return tuple(surface for surface in SURFACES if surface not in self.option.absent)

    @property
    def is_number(self) -> bool:
        """Whether it is one number, which may have parts."""
        return self.base is float and not self.repeated

    @property
    def flag(self) -> Message:
        return flag(self.name)


@cache
def of(model: type) -> dict[str, Declared]:
    """The options that a model declares, by name, in the order of declaration."""
    hints = get_type_hints(model, include_extras=True)
    fields = model.__dataclass_fields__  # type: ignore[attr-defined]
    return {name: one for name in fields if (one := _declared(name, hints[name], fields[name].default))}


def on(surface: Surface, model: type) -> dict[str, Declared]:
    """Those of a model's options that a surface has."""
    return {name: one for name, one in of(model).items() if surface in one.surfaces}


def _declared(name: str, hint: Any, default: Any) -> Declared | None:
    bases, notes = _unfolded(hint)
    option = next((note for note in notes if isinstance(note, Option)), None)
    if option is None:
        return None
    choices = tuple(choice for base in bases if get_origin(base) is Literal for choice in get_args(base))
    base = str if choices or len(bases) > 1 else bases[0]
    repeated = get_origin(base) is tuple and get_args(base)[-1] is Ellipsis
    return Declared(
        name=name,
        base=get_args(base)[0] if repeated else str if get_origin(base) is tuple else base,
        default=getattr(default, "default", default),
        option=option,
        repeated=repeated,
        choices=choices,
        low=next((cast(float, note.ge) for note in notes if isinstance(note, Ge)), None),
        high=next((cast(float, note.le) for note in notes if isinstance(note, Le)), None),
    )


def _unfolded(hint: Any) -> tuple[list[Any], list[Any]]:
    """The plain types of a hint but None, and everything that is annotated on them."""
    if get_origin(hint) is Annotated:
        base, *notes = get_args(hint)
        bases, inner = _unfolded(base)
        flat = [part for note in notes for part in (getattr(note, "metadata", None) or [note])]
        return bases, [*flat, *inner]
    if get_origin(hint) in (Union, UnionType):
        parts = [_unfolded(part) for part in get_args(hint) if part is not type(None)]
        return [base for bases, _ in parts for base in bases], [note for _, notes in parts for note in notes]
    return [hint], []


def taking(
    function: Callable[..., Any], listed: Mapping[str, Declared], parameter: Callable[[Declared], Parameter]
) -> Callable[..., Any]:
    """`function`, whose `**options` have become parameters of their own: between those that must be given and those
    that need not."""
    hints = get_type_hints(function, include_extras=True)
    own = [
        one.replace(annotation=hints[one.name])
        for one in signature(function).parameters.values()
        if one.kind is not Parameter.VAR_KEYWORD
    ]
    taken = {one.name for one in own}
    derived = [parameter(one) for name, one in listed.items() if name not in taken]
    whole = [
        *(one for one in own if one.default is Parameter.empty),
        *derived,
        *(one for one in own if one.default is not Parameter.empty),
    ]
    offered = Signature(whole, return_annotation=hints["return"])

    @functools.wraps(function)
    def called(*values: Any, **named: Any) -> Any:
        bound = offered.bind(*values, **named)
        bound.apply_defaults()
        return function(**bound.arguments)

    called.__signature__ = offered  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in whole} | {"return": hints["return"]}
    del called.__wrapped__
    return called


def schema(model: type) -> dict[str, Any]:
    """The JSON Schema of a request: each option with its type, range, default, help and the surfaces that have it."""
    whole = TypeAdapter(model).json_schema()
    listed = of(model)
    properties = {name: entry for name, entry in whole["properties"].items() if name in listed or name == "photos"}
    for name, entry in properties.items():
        surfaces = listed[name].surfaces if name in listed else SURFACES
        entry["description"] = listed[name].option.help if name in listed else "Photos of one product."
        entry["x-surfaces"] = list(surfaces)
    return whole | {"properties": {name.rstrip("_"): entry for name, entry in properties.items()}}


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options without those that were left empty, so that these take their defaults."""
    return {name: value for name, value in options.items() if not (is_nothing(value) or value == [])}


def refusal(error: ValidationError, model: type) -> UsageError:
    """One sentence for the first thing that is wrong with an option's value."""
    first = error.errors()[0]
    name, value, kind = str(first["loc"][0]), first["input"], first["type"]
    one = of(model).get(name)
    flag = one.flag if one else name
    if one and one.choices:
        return unknown(flag, value, one.choices)
    if one and (kind in ("greater_than_equal", "less_than_equal", "finite_number") or isinstance(value, bool)):
        return out_of_range(flag, value, one.low, one.high)
    if kind.startswith("int"):
        return not_whole(flag, value)
    if kind.startswith("float"):
        return UsageError("{option} {value!r} is not a number: give one, or leave it empty.", option=flag, value=value)
    return UsageError("{option} {value!r} cannot be read: see the help of {option}.", option=flag, value=value)


def _number(value: Any) -> Any:
    """Numbers as people type them, with a comma or a point; True is none."""
    if isinstance(value, bool):
        return math.nan
    return value.strip().replace(",", ".") if isinstance(value, str) else value


def _whole(value: Any) -> Any:
    value = _number(value)
    return int(value) if isinstance(value, float) and math.isfinite(value) and value == int(value) else value


Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]
Share = Annotated[Number, Field(ge=0, le=1)]
