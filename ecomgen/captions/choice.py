"""Which writers there are on this machine, and the one that is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from ecomgen import models, recipes
from ecomgen.captions.writer import ENDPOINT, Writer
from ecomgen.errors import WeightsMissing
from ecomgen.recipes import Recipe
from ecomgen.settings import settings


@dataclass(frozen=True, kw_only=True)
class WriterInfo:
    """A writer to choose from; `here` where it can be used at once."""

    name: str
    title: str
    licence: str
    here: bool


def writers() -> list[WriterInfo]:
    """Every writer: the endpoint first, then the recipes by name. A recipe that cannot be read is left out."""
    url = settings().llm_url
    found = [WriterInfo(name=ENDPOINT, title=url or "ECOMGEN_LLM_URL is not set", licence="", here=bool(url))]
    for recipe in recipes.readable(recipes.WORDS):
        here = models.recipe_is_here(recipe)
        found.append(WriterInfo(name=recipe.name, title=recipe.title, licence=recipe.licence, here=here))
    return found


def open_writer(name: str) -> Writer:
    """The writer called `name`; "auto" is the endpoint where ECOMGEN_LLM_URL is set, else the first recipe whose
    weights are here.

    Raises:
        UsageError: there is none of that name.
        BadRecipe: its recipe is wrong.
        WeightsMissing, WeightsCorrupt: its weights are not here, or not whole.
        BackendMissing: the endpoint does not answer.
    """
    if name == ENDPOINT or (name == "auto" and settings().llm_url):
        from ecomgen.captions.endpoint import Endpoint

        return Endpoint.from_settings()
    from ecomgen.captions.local import LocalWriter

    return LocalWriter(_first_here() if name == "auto" else recipes.get(name, recipes.WORDS))


def _first_here() -> Recipe:
    known = recipes.readable(recipes.WORDS)
    for recipe in known:
        if models.recipe_is_here(recipe):
            return recipe
    names = " or ".join(f'"ecomgen models pull {recipe.name}"' for recipe in known)
    raise WeightsMissing("There is nobody to write words: run {ways}, or set ECOMGEN_LLM_URL to a server.", ways=names)
