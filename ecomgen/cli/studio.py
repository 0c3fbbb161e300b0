"""studio parse, studio preview."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from ecomgen.cli.options import Json, Narrator, tell, tell_if_slow
from ecomgen.options.reading import read_size

app = typer.Typer(
    name="studio", help="The weight-free studio: what it understands, and its sets.", no_args_is_help=True
)
Prompt = Annotated[str, typer.Argument(help="A prompt.")]


@app.command()
def parse(prompt: Prompt, as_json: Json = False) -> None:
    """Tell what the studio understands of a prompt, and the scene it would build."""
    from ecomgen.request import check_prompt
    from ecomgen.scenes.studio import understand

    check_prompt(prompt)
    result = understand(prompt)
    told = {
        "understood": list(result.understood),
        "approximated": [asdict(one) for one in result.approximated],
        "ignored": list(result.ignored),
        "scene": dict(result.scene),
        "notes": list(result.notes),
    }
    near = ", ".join(f"{one.word} → {one.shown_as}" for one in result.approximated)
    lines = (
        f"understood:   {', '.join(result.understood) or '-'}",
        f"approximated: {near or '-'}",
        f"ignored:      {', '.join(result.ignored) or '-'}",
        *(f"  {name}: {value}" for name, value in result.scene.items()),
        *result.notes,
    )
    tell(told, lines, as_json=as_json)


@app.command()
def preview(
    prompt: Prompt,
    out: Annotated[Path, typer.Option(help="The PNG to write.")] = Path("preview.png"),
    seed: Annotated[int, typer.Option(min=0, help="Another seed, another arrangement.")] = 0,
    size: Annotated[Any, typer.Option(parser=read_size, metavar="WxH", help="The picture's size.")] = "768x768",
) -> None:
    """Render the set that a prompt asks for, without a product."""
    from ecomgen.export import save_picture
    from ecomgen.placement import canvas_for
    from ecomgen.request import check_prompt
    from ecomgen.scenes.studio.backend import preview as render

    check_prompt(prompt)
    canvas = canvas_for(size, None, (768, 768))
    tell_if_slow("studio")
    with Narrator() as narrator:
        scene = render(prompt, seed=seed, width=canvas.width, height=canvas.height, report=narrator)
    save_picture(out, scene.pixels)
    typer.echo(str(out))
