"""What there is to choose from: pipelines, models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecomgen.cli.options import Json, Name, Narrator, Photos, offering, tell
from ecomgen.cli.outcome import LONGEST
from ecomgen.errors import EcomgenError
from ecomgen.messages import legible
from ecomgen.request import TeachRequest

if TYPE_CHECKING:
    from ecomgen.recipes import Addition, Recipe

pipelines = typer.Typer(name="pipelines", help="Recipes for making scenes.", no_args_is_help=True)
models = typer.Typer(name="models", help="Weights: what is here, and how to get more.", no_args_is_help=True)
TaughtAs = Annotated[str, typer.Option("--name", help="What it is called then: small letters, digits, - and _.")]
_WHAT = {
    "studio": "renders a set round the product",
    "inpaint": "keeps the product, or its surroundings, and paints the rest",
    "img2img": "imagines the whole picture anew from a first image",
}
_ROLES = ("transformer", "vae", "control", "reference", "lora", "preview")


@offering(TeachRequest)
def teach(photos: Photos, name: TaughtAs, as_json: Json = False, **options: Any) -> None:
    """Teach diffusion a product by name; the same command goes on where it was stopped."""
    from ecomgen.workflows.teaching import teach as learn

    with Narrator() as narrator:
        taught = learn(TeachRequest(photos=tuple(photos), name=name, **options), narrator)
    lines = (
        f"{taught.file}  loss {taught.record['before']:.4f} → {taught.record['after']:.4f}",
        f'ecomgen generate PHOTO --lora {name} --prompt "{name} ..."; previews: {taught.folder / "previews"}',
    )
    tell(taught.record | {"file": str(taught.file)}, lines, as_json=as_json)


@pipelines.command("list")
def list_pipelines(as_json: Json = False) -> None:
    """List the recipes, and whether their weights are here; one with a mistake is told after them."""
    from ecomgen.models import recipe_is_here
    from ecomgen.recipes import readable

    broken: dict[str, str] = {}
    told = {"name", "title", "backend", "licence"}
    rows = [
        recipe.model_dump(include=told) | {"available": recipe.model is None or recipe_is_here(recipe)}
        for recipe in readable(on_failure=lambda name, error: broken.update({name: str(error)}))
    ]
    marks = ("·", "✓")
    lines = (f"{marks[row['available']]} {row['name']:18} {row['title']}  [{row['licence']}]" for row in rows)
    tell(rows, lines, as_json=as_json)
    for name, problem in broken.items():
        typer.echo(legible(f"✗ {name:18} {problem}", LONGEST), err=True)


@pipelines.command("show")
def show_pipeline(name: Name, as_json: Json = False) -> None:
    """Show everything a recipe will do: its models with their licences, its settings, its modes, what it needs."""
    from ecomgen.recipes import get, paths

    explained, file = Explained.of(get(name)), paths()[name]
    lines = (*explained.lines, f"\n# {file}\n{file.read_text('utf-8').rstrip()}")
    tell(explained.record, lines, as_json=as_json)


@models.command("list")
def list_models(as_json: Json = False) -> None:
    """List the models of the manifest, and whether they are here."""
    from ecomgen.models import entries, fetched, is_here

    told = ("id", "kind", "title", "licence", "size_gib")
    rows = [
        {name: getattr(entry, name) for name in told} | {"here": is_here(entry.id), "commit": fetched(entry.id)}
        for entry in entries().values()
    ]
    tell(rows, map(_model_line, rows), as_json=as_json)


def _model_line(row: Mapping[str, Any]) -> str:
    mark = "✓" if row["here"] else "·"
    commit = f" @ {row['commit'][:12]}" if row["commit"] else ""
    size = f"{gib:5.2f} GiB" if (gib := row["size_gib"]) >= 0.1 else f"{1024 * gib:5.1f} MiB"
    return f"{mark} {row['id']:23} {size}  {row['title']}{commit}  [{row['licence']}]"


@models.command()
def pull(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Models, pipelines or writers.")],
    as_json: Json = False,
) -> None:
    """Download weights, and verify them. Nothing else in ecomgen downloads anything."""
    from ecomgen.models import pull as fetch

    for name in names:
        _tell_licences(name)
    with Narrator() as narrator:
        places = {name: str(fetch(name, narrator)) for name in names}
    rows = [{"name": name, "path": place} for name, place in places.items()]
    tell(rows, (f"{name}: {place}" for name, place in places.items()), as_json=as_json)


def _tell_licences(name: str) -> None:
    """Of all that would be fetched."""
    from ecomgen.models import licences, non_commercial

    for fetched, licence in licences(name).items():
        typer.echo(f"{fetched}: licence {licence}", err=True)
        if non_commercial(licence):
            typer.echo(f"{fetched}: not for business: pictures made with it may not be sold or advertise.", err=True)


@models.command()
def verify(
    names: Annotated[list[str], typer.Argument(metavar="[NAME...]", help="Without a name, all that are here.")] = [],  # noqa: B006
    as_json: Json = False,
) -> None:
    """Check weights against their checksums."""
    from ecomgen.models import base_is_here, entries, is_here
    from ecomgen.models import verify as prove
    from ecomgen.recipes import WORDS, readable

    written = (*readable(), *readable(WORDS))
    fetched = [one.name for one in written if one.model and one.model.repo and base_is_here(one)]
    rows, failures = [], []
    for name in names or [*(name for name in entries() if is_here(name)), *fetched]:
        try:
            rows.append({"name": name, "ok": True, "sha256": prove(name).sha256, "problem": None})
        except EcomgenError as error:
            failures.append(error)
            rows.append({"name": name, "ok": False, "sha256": None, "problem": str(error)})
    lines = [f"✓ {row['name']}  {row['sha256']}" if row["ok"] else f"✗ {row['problem']}" for row in rows]
    none = 'No weights are on this machine; "ecomgen models pull NAME" fetches some.'
    tell(rows, lines or [none], as_json=as_json)
    if failures:
        raise failures[0]


@dataclass(frozen=True, kw_only=True)
class Need:
    """One model that a recipe uses, and where it comes from."""

    role: str
    source: str
    revision: str
    licence: str
    size_gib: float | None
    here: bool

    @property
    def line(self) -> str:
        size = f", {self.size_gib:g} GiB" if self.size_gib else ""
        optional = " (optional)" if self.role == "preview" else ""
        mark = "✓" if self.here else "·"
        return f"  {mark} {self.role}{optional}: {self.source} @ {self.revision}{size}  [{self.licence}]"


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A recipe with everything that follows from it."""

    recipe: Recipe
    modes: tuple[str, ...]
    needs: tuple[Need, ...]

    @classmethod
    def of(cls, recipe: Recipe) -> Explained:
        """Look up what the recipe names; no weights are read."""
        from ecomgen.scenes import modes_of

        return cls(recipe=recipe, modes=tuple(sorted(modes_of(recipe))), needs=tuple(_needs(recipe)))

    @cached_property
    def settings(self) -> dict[str, Any]:
        """Every hyperparameter, whether the recipe names it or not."""
        if self.recipe.backend == "studio":
            return dict(self.recipe.defaults)
        from ecomgen.scenes.diffusion.settings import of_recipe

        settings = of_recipe(self.recipe, strength=1.0 if self.recipe.backend == "inpaint" else 0.75).model_dump()
        return {name: value for name, value in settings.items() if _matters(self.recipe, name)}

    @property
    def record(self) -> dict[str, Any]:
        """For machines: the recipe's own keys, and what follows."""
        written = self.recipe.model_dump(mode="json")
        return {**written, "modes": self.modes, "settings": self.settings, "needs": [asdict(one) for one in self.needs]}

    @property
    def lines(self) -> Iterator[str]:
        """For people."""
        recipe = self.recipe
        yield f"{recipe.name}: {recipe.title}"
        yield f"  licence: {recipe.licence}"
        yield f"  {recipe.backend}: {_WHAT[recipe.backend]}; --mode {', '.join(self.modes)}"
        if self.needs:
            yield "models"
            yield from (need.line for need in self.needs)
        yield "settings"
        yield from (f"  {name} = {_shown(name, value)}" for name, value in self.settings.items())
        for name, value in recipe.memory.model_dump(exclude_none=True).items():
            yield f"  memory: {value:g} GiB of {'the graphics card' if name == 'vram_gib' else 'the machine'}"
        if any(not need.here for need in self.needs):
            yield f'"ecomgen models pull {recipe.name}" fetches what is not here.'


def _shown(name: str, value: Any) -> str:
    if value is None:
        return "the checkpoint's own"
    return f'"{value}"' if name == "negative_prompt" else str(value)


def _matters(recipe: Recipe, name: str) -> bool:
    needs = {"reference_scale": recipe.reference, "control_scale": recipe.control}
    return name not in needs or bool(needs[name])


def _needs(recipe: Recipe) -> Iterator[Need]:
    from ecomgen.models import base_is_here, fetched

    model = recipe.model
    if model is None:
        return
    variant = f" ({model.variant})" if model.variant else ""
    yield Need(
        role="base",
        source=f"{model.repo or model.path}{variant}, {model.dtype}",
        revision=fetched(recipe) or (model.revision if model.repo else "local"),
        licence=recipe.licence,
        size_gib=None,
        here=base_is_here(recipe),
    )
    for role in _ROLES:
        added = getattr(recipe, role)
        for addition in added if isinstance(added, tuple) else [added] if added else []:
            yield _addition(role, addition)


def _addition(role: str, addition: Addition) -> Need:
    from ecomgen.models import addition_is_here, entry, fetched

    here = addition_is_here(addition)
    if addition.model is None:
        return Need(role=role, source=str(addition.path), revision="local", licence="its own", size_gib=None, here=here)
    one = entry(addition.model)
    return Need(
        role=role,
        source=f"{one.id} ({one.repo or one.url})",
        revision=fetched(one.id) or one.revision,
        licence=one.licence,
        size_gib=one.size_gib,
        here=here,
    )
