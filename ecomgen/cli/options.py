"""The command line's options: derived from what a request declares, beside the few that only commands have."""

from __future__ import annotations

import functools
import json
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_type_hints

import typer

from ecomgen.cli.help import section_of
from ecomgen.errors import UsageError
from ecomgen.options import Declared, taking
from ecomgen.options import on as declared_on
from ecomgen.types import SPELLINGS, Progress

Command = Callable[..., None]
NUMBERS = {int: "<int>", float: "<float>"}
FINE = 1000  # units of a step, from which on per cent are told in their place
EVERY = 5.0  # seconds between lines of one step, in a log that nobody can renew


Photos = Annotated[list[Path], typer.Argument(metavar="PHOTO...", help="Photos of one product.")]
PhotosApart = Annotated[list[Path], typer.Argument(metavar="PHOTO...", help="Photos, and folders of photos.")]
Name = Annotated[str, typer.Argument(help="A name from the list.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]


def offering(
    *models: type, without: Collection[str] = (), defaults: Mapping[str, Any] | None = None
) -> Callable[[Command], Command]:
    """A command whose `**options` are those that requests declare for the command line.

    Args:
        models: the requests.
        without: options that this command has not.
        defaults: its own defaults, where they differ from the request's.
    """
    declared = (item for model in models for item in declared_on("cli", model).items())
    listed = {name: one for name, one in declared if name not in without}
    own = defaults or {}
    return lambda command: taking(command, listed, lambda one: _parameter(one, own.get(one.name, one.default)))


def filling(model: type, unsaid: str) -> Callable[[Command], Command]:
    """A command whose `**options`, as text, stand in where a catalogue's line says nothing."""
    listed = declared_on("catalogue", model)
    return lambda command: taking(command, listed, lambda one: _text_parameter(one, unsaid))


def unfolding(command: Command) -> Command:
    """A command with groups of options, each a request or a dataclass, whose options stand in its place on the command
    line."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: hint for name, hint in hints.items() if is_dataclass(hint)}
    whole = [
        part
        for name, one in signature(command).parameters.items()
        for part in (_fields(groups[name]) if name in groups else [_plain(one, hints[name])])
    ]

    @functools.wraps(command)
    def called(**named: Any) -> None:
        filled = {
            name: kind(**{one.name: named.pop(one.name) for one in _fields(kind)}) for name, kind in groups.items()
        }
        command(**named, **filled)

    called.__signature__ = Signature(whole, return_annotation=hints["return"])  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in whole} | {"return": hints["return"]}
    del called.__wrapped__  # type: ignore[attr-defined]
    return called


def _fields(group: Any) -> Iterator[Parameter]:
    if listed := declared_on("cli", group):
        yield from (_parameter(one, one.default) for one in listed.values())
        return
    hints = get_type_hints(group, include_extras=True)
    for one in fields(group):
        default = one.default if one.default_factory is MISSING else one.default_factory()
        yield Parameter(one.name, Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=hints[one.name])


def _plain(one: Parameter, hint: Any) -> Parameter:
    is_rest = one.kind is Parameter.VAR_KEYWORD
    return one.replace(annotation=hint, kind=one.kind if is_rest else Parameter.POSITIONAL_OR_KEYWORD)


def _parameter(one: Declared, default: Any) -> Parameter:
    """Numbers stay text, which the request reads as people type them, with a comma too."""
    kind: Any = one.base if one.base in (bool, Path) else str
    if one.choices:
        kind = Literal[(*one.choices, *(short for short, whole in SPELLINGS.items() if whole in one.choices))]
    if one.repeated:
        kind, default = list[str], []
    elif default is None:
        kind = kind | None
    both = one.base is bool and one.default is not False
    switch = f"{one.flag}/--no-{one.flag[2:]}" if both else one.flag
    info = typer.Option(
        switch,
        metavar=one.option.metavar or NUMBERS.get(one.base),
        help=one.option.help,
        rich_help_panel=section_of(one),
    )
    return Parameter(one.name, Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=Annotated[kind, info])


def _text_parameter(one: Declared, unsaid: str) -> Parameter:
    kind: Any = list[str] if one.repeated else bool | None if one.base is bool else str | None
    metavar = one.option.metavar or "|".join(one.choices) or None
    said = f"{one.option.help.rstrip('.')}, {unsaid}."
    info = typer.Option(one.flag, metavar=metavar, help=said, rich_help_panel=section_of(one))
    default = [] if one.repeated else None
    return Parameter(one.name, Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=Annotated[kind, info])


def typed(context: typer.Context, names: Iterable[str]) -> set[str]:
    """Those of some options that were given on the command line."""
    sources = ((name, context.get_parameter_source(name)) for name in names)
    return {name for name, source in sources if source is not None and source.name == "COMMANDLINE"}


def refuse_empty_paths(program: Any, words: Sequence[str]) -> None:
    """Raises UsageError for a file or folder with no name, which Python would take for the folder one stands in."""
    if not any(not word or word.endswith("=") for word in words):
        return
    named = {option for one in _parameters(program) if one.type_descriptor.is_path for option in one.opts}
    for before, word in zip(("", *words), words, strict=False):
        option = before if not word else word[:-1] if word.endswith("=") else ""
        if option.startswith("--") and option in named:
            raise UsageError("{option} is empty: name a file or a folder.", option=option)


def _parameters(command: Any) -> Iterator[Any]:
    yield from command.params
    for one in getattr(command, "commands", {}).values():
        yield from _parameters(one)


def counted(count: int, what: str) -> str:
    """So many things: "1 line", "2 lines"."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def print_json(value: Any) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=sys.stdout.encoding.lower() != "utf-8"))


def tell(value: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """The value for machines, or lines that say the same to people."""
    if as_json:
        print_json(value)
        return
    for line in lines:
        typer.echo(line)


class Narrator:
    """Reports progress on stderr: one line that renews itself on a terminal, elsewhere one for each step and, while it
    goes on, another every few seconds.

    On a terminal the line goes when the `with` block ends.
    """

    def __init__(self) -> None:
        self._renew = sys.stderr.isatty()
        self._last = self._step = ""
        self._told = 0.0  # when, in seconds

    def __call__(self, progress: Progress) -> None:
        counted = f" {progress.done}/{progress.total}" if progress.total > 1 else ""
        if progress.total >= FINE:
            counted = f" {100 * progress.done // progress.total} %"
        line = f"{progress.step}{counted}" + (f": {progress.message}" if progress.message else "")
        if line == self._last:
            return
        self._last = line
        if self._renew:
            sys.stderr.write(f"\r\x1b[K{line[:110]}")
            sys.stderr.flush()
        elif progress.step != self._step or time.monotonic() >= self._told + EVERY:
            typer.echo(line, err=True)
            self._step, self._told = progress.step, time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        if self._renew and self._last:
            sys.stderr.write("\r\x1b[K")


def tell_if_slow(pipeline: str) -> None:
    """Say on stderr, before the first picture, that the studio renders slowly here; nothing where it does not."""
    from ecomgen.scenes.studio import slowness
    from ecomgen.workflows.resolution import choose_recipe

    if choose_recipe(pipeline).backend == "studio" and (sentence := slowness()):
        typer.echo(f"Note: {sentence}", err=True)
