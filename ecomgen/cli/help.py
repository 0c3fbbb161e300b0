"""Help in sections. Typer draws them only with rich, whose import alone would double the start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, get_args

from typer.core import TyperCommand, TyperGroup

from ecomgen.options import Declared, Scope, Section

SECTION_OF: dict[Scope, Section] = {
    "cutout": "Product",
    "placed": "Placement",
    "keep": "Light and ground",
    "studio": "Light and ground",
    "diffusion": "Diffusion",
    "inpaint": "Diffusion",
    "reference": "Diffusion",
    "control": "Diffusion",
}
WHOLE = 200  # characters: no first sentence is longer


def section_of(one: Declared) -> Section | None:
    """The section in which an option stands: its own, or that of all that listens to the same."""
    return one.option.section or SECTION_OF.get(one.option.scope)


class Sectioned(TyperCommand):
    """A command whose options stand in the sections that they name as panels."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        rows = ((_heading(one), one.get_help_record(ctx)) for one in self.get_params(ctx))
        _write(formatter, ((heading, row) for heading, row in rows if row), ("Arguments", *get_args(Section)))


class SectionedGroup(TyperGroup):
    """A group whose commands stand in sections, each with the whole first sentence of its help."""

    sections: Sequence[str] = ()

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        del ctx
        commands: dict[str, Any] = dict(self.commands)
        wide = max(map(len, commands))
        rows = (
            (one.rich_help_panel or "Commands", (name.ljust(wide), one.get_short_help_str(WHOLE)))
            for name, one in commands.items()
        )
        _write(formatter, rows, self.sections)


def _heading(parameter: Any) -> str:
    plain = "Arguments" if parameter.param_type_name == "argument" else "Options"
    return getattr(parameter, "rich_help_panel", None) or plain


def _write(formatter: Any, rows: Iterable[tuple[str, tuple[str, str]]], order: Sequence[str]) -> None:
    """Each section that has rows, in this order, and what stands in none of them last."""
    sections: dict[str, list[tuple[str, str]]] = {heading: [] for heading in order}
    for heading, row in rows:
        sections.setdefault(heading, []).append(row)
    for heading, found in sections.items():
        if found:
            with formatter.section(heading):
                formatter.write_dl(found)
