"""lab: every combination of words and numbers, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ecomgen.cli.options import Json, Narrator, Photos, offering, tell_if_slow
from ecomgen.request import Request

ITS_OWN = ("prompt", "keep", "channel", "scene_from", "words", "language", "attribute", "out")  # or senseless here


@offering(Request, without=ITS_OWN, defaults={"count": 1, "seed": 0})
def lab(
    photos: Photos,
    prompt: Annotated[str, typer.Option(help='With alternatives: "on {oak|marble}", or __name__ for a list.')],
    out: Annotated[Path, typer.Option(help="The folder for the sheet, the tables and the runs.")],
    grid: Annotated[
        list[str] | None, typer.Option(metavar="NAME=V1,V2…", help="Vary a number: strength=0.4,0.6 or 0.4:0.8:0.2.")
    ] = None,
    lists: Annotated[
        Path | None, typer.Option(help="The folder of the lists: name.txt, an alternative a line.")
    ] = None,
    as_json: Json = False,
    **options: Any,
) -> None:
    """Make every combination of words and numbers, and one sheet that compares them; start again to go on."""
    from ecomgen import lab as laboratory

    wanted = laboratory.matrix(prompt, grid or (), lists)
    request = Request(photos=tuple(photo.absolute() for photo in photos), prompt=wanted.cells[0].prompt, **options)
    tell_if_slow(request.pipeline)
    narrator = Narrator()
    made = laboratory.run(wanted, request, out, narrator)
    narrator.done()
    if as_json:
        typer.echo((out / "lab.json").read_text("utf-8"))
        return
    for row in made.fragments:
        name = row["value"] or "(nothing)"
        typer.echo(f"{row['axis']:10} {name:28} {row['mean']:.3f} ± {row['spread']:.3f}  ({row['pictures']} pictures)")
    for problem in made.problems:
        typer.echo(f"✗ {problem}")
    typer.echo(f"{made.sheet}")
