"""The command line. What a machine reads goes to stdout, progress and errors to stderr."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from ecomgen.cli import captions, catalogue, channels, library, looks, machine, pictures, runs, shops, studio
from ecomgen.cli.help import Sectioned, SectionedGroup
from ecomgen.cli.options import refuse_empty_paths
from ecomgen.cli.outcome import INTERRUPTED, ended

SECTIONS = {
    "A product": (
        pictures.generate,
        pictures.cutout,
        pictures.check,
        pictures.score,
        pictures.clip,
        catalogue.lab,
        library.teach,
    ),
    "A whole shop": (catalogue.batch, catalogue.watch, shops.audit, shops.feed),
    "What was made": (runs.app, captions.app),
    "What there is to choose from": (studio.app, looks.app, channels.app, library.pipelines, library.models),
    "This machine": (machine.doctor, machine.serve, machine.mcp, machine.user, machine.token, machine.schemas),
}


class _Overview(SectionedGroup):
    """The program's commands, in their sections."""

    sections = tuple(SECTIONS)


app = typer.Typer(
    name="ecomgen",
    cls=_Overview,
    help="A few photos of a product and a prompt in, catalogue-ready pictures of that very product out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for section, members in SECTIONS.items():
    for member in members:
        if isinstance(member, typer.Typer):
            app.add_typer(member, cls=SectionedGroup, rich_help_panel=section)
        else:
            app.command(cls=Sectioned, rich_help_panel=section)(member)


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"ecomgen {version('ecomgen')}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version and leave.")
    ] = False,
) -> None:
    del version


def main() -> None:
    """Run the command line; every error is one sentence and the exit code of its kind."""
    code = ended(_command)
    if code == INTERRUPTED:
        from ecomgen.cancellation import is_left

        if is_left():
            os._exit(code)  # networks that are still at work abort a process that is taken apart under them
    sys.exit(code)


def _command() -> int | None:
    command = typer.main.get_command(app)
    refuse_empty_paths(command, sys.argv[1:])
    return command(prog_name="ecomgen", standalone_mode=False)
