"""looks: a run's set, camera and light, kept under a name for other products."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ecomgen.cli.options import Json, Name, print_json, tell

app = typer.Typer(name="looks", help="Sets, cameras and light under a name, for a whole range.", no_args_is_help=True)
Target = Annotated[str, typer.Option(help="Small letters, digits, - and _.")]


@app.command()
def save(
    run: Annotated[
        str, typer.Argument(metavar="RUN", help="A run's id or its folder; RUN:SEED is one of its pictures.")
    ],
    name: Target,
    title: Annotated[str, typer.Option(help="What people read; the name by default.")] = "",
    as_json: Json = False,
) -> None:
    """Keep the look of a run, without its product: that of its starred or approved picture, else of its best."""
    from ecomgen import looks
    from ecomgen.workflows.scene_lock import look_of

    _told(looks.keep(look_of(run, name, title)), name, as_json)


@app.command()
def picture(
    file: Annotated[Path, typer.Argument(metavar="PICTURE", help="A picture that others are to look like.")],
    name: Target,
    prompt: Annotated[str, typer.Option(help="The set that goes with it.")],
    title: Annotated[str, typer.Option(help="What people read; the name by default.")] = "",
    as_json: Json = False,
) -> None:
    """Take palette, warmth, contrast and softness of light from a picture."""
    from ecomgen import looks
    from ecomgen.workflows.scene_lock import look_of_picture

    _told(looks.keep(look_of_picture(file, name, prompt, title)), name, as_json)


@app.command("list")
def list_looks(as_json: Json = False) -> None:
    """List the looks, those that ship and your own."""
    from ecomgen.looks import every

    told = {"name", "title", "pack", "prompt", "pipeline"}
    rows = [look.model_dump(include=told) | {"shipped": look.shipped} for look in every()]
    tell(rows, (f"{look.name:24} {look.pack or 'own':10} {look.prompt}" for look in every()), as_json=as_json)


@app.command()
def show(name: Name, as_json: Json = False) -> None:
    """Show a look's file."""
    from ecomgen.looks import get

    look = get(name)
    print_json(look.model_dump()) if as_json else typer.echo(look.as_toml(), nl=False)


@app.command()
def export(
    name: Name,
    out: Annotated[Path | None, typer.Option(help="The file to write; NAME.toml here by default.")] = None,
    as_json: Json = False,
) -> None:
    """Write a look to a file that others can import."""
    from ecomgen.atomic_file import write_atomically
    from ecomgen.looks import get

    text, target = get(name).as_toml(), out or Path(f"{name}.toml")
    write_atomically(target, text.encode("utf-8"))
    _told(target, name, as_json)


@app.command("import")
def import_look(
    file: Annotated[Path, typer.Argument(help="A look's TOML file.")],
    name: Annotated[str, typer.Option(help="Its name here; the file's by default.")] = "",
    as_json: Json = False,
) -> None:
    """Add a look from a file."""
    from ecomgen import looks

    look = looks.load(file, name)
    _told(looks.keep(look), look.name, as_json)


@app.command()
def delete(name: Name, as_json: Json = False) -> None:
    """Delete one of your own looks."""
    from ecomgen import looks

    looks.delete(name)
    tell({"name": name}, [f"deleted {name}"], as_json=as_json)


def _told(path: Path, name: str, as_json: bool) -> None:
    tell({"name": name, "path": str(path)}, [f"{name}: {path}"], as_json=as_json)
