"""doctor and serve."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from ecomgen.cli.options import Json, print_json


def doctor(as_json: Json = False) -> None:
    """Tell what this machine can do, what would make it better, and what to type for that."""
    from ecomgen.diagnosis import diagnose

    findings = diagnose()
    if as_json:
        print_json([asdict(finding) for finding in findings])
        return
    for finding in findings:
        typer.echo(f"{'✓' if finding.ok else '·'} {finding.name}: {finding.found}")
        if finding.advice:
            typer.echo(f"    {finding.advice}")


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 opens it to the network.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="By default GRADIO_SERVER_PORT or 7860.")] = None,
) -> None:
    """Open the app in the browser."""
    from ecomgen.web.app import launch

    launch(host=host, port=port)
