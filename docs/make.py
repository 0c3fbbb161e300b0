"""Writes the generated parts of the documentation: `make docs`. A test compares them with the files."""

from __future__ import annotations

from pathlib import Path

import typer

from ecomgen.cli import app

HERE = Path(__file__).parent
HEAD = "# Command line\n\nGenerated from the program's own help by `make docs`.\n"


def command_line() -> str:
    """The help of every command, in the order in which `ecomgen --help` lists them."""
    root = typer.main.get_command(app)
    return HEAD + "".join(_sections(root, "ecomgen"))


def _sections(command: typer.core.TyperCommand | typer.core.TyperGroup, name: str) -> list[str]:
    context = typer.Context(command, info_name=name, terminal_width=100, max_content_width=100)
    section = f"\n## `{name}`\n\n```text\n{command.get_help(context).strip()}\n```\n"
    children = getattr(command, "commands", {})
    return [section, *(part for child in children for part in _sections(children[child], f"{name} {child}"))]


def main() -> None:
    target = HERE / "reference" / "cli.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(command_line(), "utf-8")


if __name__ == "__main__":
    main()
