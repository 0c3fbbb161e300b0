"""schema request, schema run: what a request may say and what run.json holds, as JSON Schema."""

from __future__ import annotations

import typer

from ecomgen.cli.options import print_json
from ecomgen.options import schema
from ecomgen.request import Request

app = typer.Typer(help="JSON Schemas of what goes in and what comes out.", no_args_is_help=True)


@app.command()
def request() -> None:
    """Print the JSON Schema of a request; x-surfaces names where each option can be given."""
    print_json(schema(Request))


@app.command()
def run() -> None:
    """Print the JSON Schema of run.json."""
    from ecomgen.record import run_schema

    print_json(run_schema())
