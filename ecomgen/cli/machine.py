"""doctor, serve, who may log in, and the schemas of what goes in and out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ecomgen.cli.options import Json, print_json, tell
from ecomgen.options import schema
from ecomgen.request import Request

if TYPE_CHECKING:
    from ecomgen.diagnosis import Finding

schemas = typer.Typer(name="schema", help="JSON Schemas of what goes in and what comes out.", no_args_is_help=True)


def doctor(as_json: Json = False) -> None:
    """Tell what this machine can do, what would make it better, and what to type for that."""
    from ecomgen.diagnosis import diagnose

    findings = diagnose()
    tell([asdict(one) for one in findings], _lines(findings), as_json=as_json)


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Each finding; of pipelines without weights how many they are."""
    from ecomgen.diagnosis import NO_WEIGHTS

    absent = [one for one in findings if one.found == NO_WEIGHTS]
    for one in findings:
        if one not in absent:
            yield f"{'✓' if one.ok else '·'} {one.name}: {one.found}" + (f"\n    {one.advice}" if one.advice else "")
    if absent:
        yield f"· pipelines: {len(absent)} of diffusion without weights here"
        yield '    "ecomgen pipelines list" names them, "ecomgen models pull NAME" fetches what one needs.'


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 opens it to the network.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="By default GRADIO_SERVER_PORT or 7860.")] = None,
) -> None:
    """Open the app in the browser."""
    from ecomgen.web.app import launch

    launch(host=host, port=port)


def mcp() -> None:
    """Serve assistants that speak the Model Context Protocol, over standard input and output."""
    from ecomgen.mcp_server import server

    server().run("stdio")


def user(
    name: Annotated[str, typer.Argument(help="The name to log in with.")],
    password: Annotated[
        str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, help="Asked for unless given.")
    ],
) -> None:
    """Add somebody who may log in to the app, or change their password, in the file of ECOMGEN_AUTH_FILE."""
    from ecomgen.errors import UsageError
    from ecomgen.settings import settings
    from ecomgen.web.people import accounts

    file = settings().auth_file
    if file is None:
        raise UsageError("Set ECOMGEN_AUTH_FILE to the file of users first, for this command and for ecomgen serve.")
    accounts.add(file, name, password)
    typer.echo(f"{name} may log in: {file}")


def token(name: Annotated[str, typer.Argument(help="The program's name.")]) -> None:
    """Make a token for a program that calls the app, and print it; the file of ECOMGEN_TOKENS_FILE holds its hash."""
    from ecomgen.errors import UsageError
    from ecomgen.settings import settings
    from ecomgen.web.rest import tokens

    file = settings().tokens_file
    if file is None:
        raise UsageError("Set ECOMGEN_TOKENS_FILE to the file of tokens first, for this command and for ecomgen serve.")
    typer.echo(tokens.add(file, name))


@schemas.command()
def request() -> None:
    """Print the JSON Schema of a request; x-surfaces names where each option can be given."""
    print_json(schema(Request))


@schemas.command()
def run() -> None:
    """Print the JSON Schema of run.json."""
    from ecomgen.record import RunRecord

    print_json(RunRecord.model_json_schema())
