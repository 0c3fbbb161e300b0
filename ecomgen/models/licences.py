"""Under which licences weights come, so that they can be said before anything is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ecomgen import recipes
from ecomgen.models.manifest import entries, entry
from ecomgen.recipes import Recipe

_NOT_FOR_BUSINESS = re.compile(r"non-?commercial|\bNC\b", re.IGNORECASE)


def licences(what: str | Recipe) -> dict[str, str]:
    """What `pull` would fetch, each with its licence: a model; or a base model, and what its recipe adds to it.

    Raises:
        UsageError, BadRecipe: as `recipes.get`, and `entry` for what a recipe adds.
    """
    if isinstance(what, Recipe):
        return dict(_of_recipe(what))
    known = entries()
    if what in known:
        return {what: known[what].licence}
    recipe = recipes.on_any_shelf(what)
    return dict(_of_recipe(recipe)) if recipe else {}


def _of_recipe(recipe: Recipe) -> Iterator[tuple[str, str]]:
    yield recipe.name, recipe.licence
    for one in (*recipe.additions, recipe.preview):
        if one is not None and one.model:
            yield one.model, entry(one.model).licence


def non_commercial(licence: str) -> bool:
    """Whether pictures made with such weights may not be sold, nor advertise."""
    return _NOT_FOR_BUSINESS.search(licence) is not None
