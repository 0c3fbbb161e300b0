"""lab: every combination of words and numbers, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ecomgen.cli.options import (
    BoxChoice,
    Json,
    Masker,
    MaskerChoice,
    Narrator,
    Photos,
    Product,
    read_size,
    read_threshold,
    tell_if_slow,
)


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
    negative_prompt: Annotated[str, typer.Option(help="What must not be in the picture (diffusion only).")] = "",
    pipeline: Annotated[str, typer.Option(help='auto, or a name from "ecomgen pipelines list".')] = "auto",
    product: Product = "",
    masker: MaskerChoice = Masker.AUTO,
    box: BoxChoice = None,
    mask: Annotated[Path | None, typer.Option(help="A mask made elsewhere; white is the product.")] = None,
    count: Annotated[int, typer.Option(help="Pictures of each combination; all have the same seeds.")] = 1,
    threshold: Annotated[
        Any, typer.Option(parser=read_threshold, metavar="X|strict|normal|lenient", help="The least identity.")
    ] = "normal",
    seed: Annotated[int, typer.Option(help="The first seed of every combination.")] = 0,
    size: Annotated[Any, typer.Option(parser=read_size, metavar="WxH", help="The pictures' size.")] = None,
    steps: Annotated[int | None, typer.Option(help="Diffusion steps, or the studio's samples per pixel.")] = None,
    as_json: Json = False,
) -> None:
    """Make every combination of words and numbers, and one sheet that compares them; start again to go on."""
    from ecomgen import lab as laboratory
    from ecomgen.request import Request

    wanted = laboratory.matrix(prompt, grid or (), lists)
    request = Request(
        photos=tuple(photo.absolute() for photo in photos),
        prompt=wanted.cells[0].prompt,
        negative_prompt=negative_prompt,
        pipeline=pipeline,
        product=product,
        masker=masker.value,
        box=box,
        mask=mask,
        count=count,
        threshold=threshold,
        seed=seed,
        size=size,
        steps=steps,
    )
    tell_if_slow(pipeline)
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
