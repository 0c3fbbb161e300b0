"""What a recipe will do, in full: what it says itself, and what it leaves to defaults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecomgen.recipes import Addition, Recipe

_WHAT = {
    "studio": "renders a set round the product",
    "inpaint": "keeps the product, or its surroundings, and paints the rest",
    "img2img": "imagines the whole picture anew from a first image",
}
_ROLES = ("vae", "control", "reference", "lora", "preview")


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
        from dataclasses import asdict

        said = self.recipe.model_dump(mode="json")
        return {**said, "modes": self.modes, "settings": self.settings, "needs": [asdict(one) for one in self.needs]}

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
        yield from (f"  {name} = {_told(name, value)}" for name, value in self.settings.items())
        for name, value in recipe.memory.model_dump(exclude_none=True).items():
            yield f"  memory: {value:g} GiB of {'the graphics card' if name == 'vram_gib' else 'the machine'}"
        if any(not need.here for need in self.needs):
            yield f'"ecomgen models pull {recipe.name}" fetches what is not here.'


def _told(name: str, value: Any) -> str:
    if value is None:
        return "the checkpoint's own"
    return f'"{value}"' if name == "negative_prompt" else str(value)


def _matters(recipe: Recipe, name: str) -> bool:
    needs = {"reference_scale": recipe.reference, "control_scale": recipe.control}
    return name not in needs or needs[name] is not None


def _needs(recipe: Recipe) -> Iterator[Need]:
    from ecomgen.models import base_is_here

    model = recipe.model
    if model is None:
        return
    variant = f" ({model.variant})" if model.variant else ""
    yield Need(
        role="base",
        source=f"{model.repo or model.path}{variant}, {model.dtype}",
        revision=model.revision if model.repo else "local",
        licence=recipe.licence,
        size_gib=None,
        here=base_is_here(recipe),
    )
    for role in _ROLES:
        addition = getattr(recipe, role)
        if addition is not None:
            yield _addition(role, addition)


def _addition(role: str, addition: Addition) -> Need:
    from ecomgen.models import addition_is_here, entry

    here = addition_is_here(addition)
    if addition.model is None:
        return Need(role=role, source=str(addition.path), revision="local", licence="its own", size_gib=None, here=here)
    one = entry(addition.model)
    return Need(
        role=role,
        source=f"{one.id} ({one.repo or one.url})",
        revision=one.revision,
        licence=one.licence,
        size_gib=one.size_gib,
        here=here,
    )
