"""The command line. What a machine reads goes to stdout, progress and errors to stderr."""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime

import typer
from typer.exceptions import TyperException

from ecomgen.cli import captions, catalogue, channels, library, machine, pictures, runs, studio
from ecomgen.errors import EcomgenError

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
app.add_typer(runs.app, name="runs")
app.add_typer(captions.app, name="words")
app.add_typer(studio.app, name="studio")
app.add_typer(channels.app, name="channels")
app.add_typer(library.pipelines, name="pipelines")
app.add_typer(library.models, name="models")
app.add_typer(machine.schemas, name="schema")
app.command()(machine.doctor)
app.command()(machine.serve)
app.command()(machine.mcp)
app.command()(machine.user)


def main() -> None:
    """Run the command line; every error is one sentence and the exit code of its kind."""
    try:
        sys.exit(app(prog_name="ecomgen", standalone_mode=False) or 0)
    except TyperException as error:
        typer.echo(_usage(error), err=True)
        sys.exit(error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        _say("Cancelled.")
        sys.exit(1)
    except EcomgenError as error:
        _say(f"{type(error).__name__}: {error}")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except MemoryError:
        _say("MemoryError: this machine has too little memory for that: choose a smaller --size or smaller photos.")
        sys.exit(1)
    except Exception as error:
        _say(_unexpected(error))
        sys.exit(1)


def _usage(error: TyperException) -> str:
    """Help where a command was given nothing, else one sentence that names the option and where to read on."""
    message = error.format_message()
    if message.startswith("Usage:"):
        return message
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "ecomgen"
    return f'UsageError: {message.rstrip(".")}: see "{command} --help".'


def _unexpected(error: Exception) -> str:
    """One sentence; the traceback goes into a file that can be sent to us."""
    from ecomgen.settings import settings

    text = "".join(traceback.format_exception(error))
    try:
        file = settings().home / "errors" / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    except (OSError, EcomgenError):
        return f"Unexpected {type(error).__name__}: {error}. Please report this."
    return f"Unexpected {type(error).__name__}: {error}. Please report this, with {file}."


def _say(text: str) -> None:
    typer.echo(" ".join(text.split()), err=True)
