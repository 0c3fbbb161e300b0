"""What there is to choose from: pipelines, models."""

from __future__ import annotations

from typing import Annotated

import typer

from ecomgen.cli.options import Json, Narrator, print_json
from ecomgen.errors import EcomgenError

pipelines = typer.Typer(help="Recipes for making scenes.", no_args_is_help=True)
models = typer.Typer(help="Weights: what is here, and how to get more.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="A name from the list.")]


@pipelines.command("list")
def list_pipelines(as_json: Json = False) -> None:
    """List the recipes, and whether their weights are here."""
    from ecomgen.models import recipe_is_here
    from ecomgen.recipes import every

    rows = [
        {
            "name": recipe.name,
            "title": recipe.title,
            "backend": recipe.backend,
            "licence": recipe.licence,
            "available": recipe.model is None or recipe_is_here(recipe),
        }
        for recipe in every()
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{'✓' if row['available'] else '·'} {row['name']:18} {row['title']}  [{row['licence']}]")


@pipelines.command("show")
def show_pipeline(name: Name, as_json: Json = False) -> None:
    """Show everything a recipe will do: its models with their licences, its settings, its modes, what it needs."""
    from ecomgen.cli.recipe_report import Explained
    from ecomgen.recipes import get, paths

    explained = Explained.of(get(name))
    if as_json:
        print_json(explained.record)
        return
    for line in explained.lines:
        typer.echo(line)
    typer.echo(f"\n# {paths()[name]}\n{paths()[name].read_text('utf-8').rstrip()}")


@models.command("list")
def list_models(as_json: Json = False) -> None:
    """List the models of the manifest, and whether they are here."""
    from ecomgen.models import entries, is_here

    rows = [
        {
            "id": entry.id,
            "kind": entry.kind,
            "title": entry.title,
            "licence": entry.licence,
            "size_gib": entry.size_gib,
            "here": is_here(entry.id),
        }
        for entry in entries().values()
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        mark = "✓" if row["here"] else "·"
        typer.echo(f"{mark} {row['id']:22} {row['size_gib']:5.2f} GiB  {row['title']}  [{row['licence']}]")


@models.command()
def pull(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Models, pipelines or writers.")],
    as_json: Json = False,
) -> None:
    """Download weights, and verify them. Nothing else in ecomgen downloads anything."""
    from ecomgen.models import entries
    from ecomgen.models import pull as fetch
    from ecomgen.recipes import WORDS, get, paths

    narrator = Narrator()
    places = {}
    for name in names:
        shelf = next((shelf for shelf in ("", WORDS) if name in paths(shelf)), None)
        licence = getattr(entries().get(name), "licence", "") if shelf is None else get(name, shelf).licence
        if licence:
            typer.echo(f"{name}: licence {licence}", err=True)
        places[name] = str(fetch(name, narrator))
    narrator.done()
    if as_json:
        print_json([{"name": name, "path": place} for name, place in places.items()])
        return
    for name, place in places.items():
        typer.echo(f"{name}: {place}")


@models.command()
def verify(
    names: Annotated[list[str], typer.Argument(metavar="[NAME...]", help="Without a name, all that are here.")] = [],  # noqa: B006
    as_json: Json = False,
) -> None:
    """Check weights against their checksums."""
    from ecomgen.models import entries, is_here
    from ecomgen.models import verify as prove

    rows, failures = [], []
    for name in names or [name for name in entries() if is_here(name)]:
        try:
            rows.append({"name": name, "ok": True, "sha256": prove(name).sha256, "problem": None})
        except EcomgenError as error:
            failures.append(error)
            rows.append({"name": name, "ok": False, "sha256": None, "problem": str(error)})
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            typer.echo(f"✓ {row['name']}  {row['sha256']}" if row["ok"] else f"✗ {row['problem']}")
        if not rows:
            typer.echo('No weights are on this machine; "ecomgen models pull NAME" fetches some.')
    if failures:
        raise failures[0]
