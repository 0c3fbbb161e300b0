"""The command line. What a machine reads goes to stdout, progress and errors to stderr."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ecomgen.cli import captions, catalogue, channels, clips, library, looks, machine, pictures, runs, shops, studio
from ecomgen.cli.options import refuse_empty_paths
from ecomgen.cli.outcome import ended

app = typer.Typer(
    name="ecomgen",
    help="A few photos of a product and a prompt in, catalogue-ready pictures of that very product out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(pictures.generate)
app.command()(pictures.cutout)
app.command()(pictures.check)
app.command()(pictures.score)
app.command()(catalogue.lab)
app.command()(catalogue.batch)
app.command()(catalogue.watch)
app.command()(shops.audit)
app.command()(shops.feed)
app.command()(library.teach)
app.command()(clips.clip)
app.add_typer(runs.app, name="runs")
app.add_typer(captions.app, name="words")
app.add_typer(studio.app, name="studio")
app.add_typer(channels.app, name="channels")
app.add_typer(looks.app, name="looks")
app.add_typer(library.pipelines, name="pipelines")
app.add_typer(library.models, name="models")
app.add_typer(machine.schemas, name="schema")
app.command()(machine.doctor)
app.command()(machine.serve)
app.command()(machine.mcp)
app.command()(machine.user)
app.command()(machine.token)


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
    sys.exit(ended(_command))


def _command() -> int | None:
    refuse_empty_paths(typer.main.get_command(app), sys.argv[1:])
    return app(prog_name="ecomgen", standalone_mode=False)
