"""Fetch weights: the only part of ecomgen that goes to the network, and only when asked."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath

from ecomgen import recipes
from ecomgen.errors import CannotWrite, UsageError, WeightsCorrupt, WeightsMissing
from ecomgen.messages import Message
from ecomgen.models.checksums import WEIGHTS
from ecomgen.models.file_download import pull_file
from ecomgen.models.location import (
    INDEX,
    base_is_here,
    component_names,
    is_here,
    locate,
    locate_recipe,
)
from ecomgen.models.manifest import ModelEntry, entries, entry
from ecomgen.models.repository import (
    TEXTS,
    Choose,
    Repository,
    answered,
    fetch_file,
    listed,
    matching,
    pipeline_files,
    pull_repository,
)
from ecomgen.recipes import ModelSource, Recipe
from ecomgen.settings import settings
from ecomgen.types import Report, silent

TRANSFORMERS = tuple(f"*{suffix}" for suffix in (*TEXTS, ".safetensors"))  # what its `from_pretrained` reads


def pull(name: str, report: Report = silent) -> Path:
    """Fetch the model or the recipe's weights called `name` into the weights folder; what is there already is kept.

    A pull that was cut goes on where it stopped. Files are verified before they take their final name.

    Args:
        name: an id of the manifest, or a recipe's name.
        report: receives bytes done and in total; it may raise `Cancelled`.

    Raises:
        UsageError: there is no such model, or nothing to fetch.
        WeightsMissing: it cannot be fetched: offline, not found, gated, cut.
        WeightsCorrupt: what came is not what was promised; it is not kept.
        CannotWrite: the disk is too full, or the weights folder cannot be written.
    """
    known = entries()
    try:
        if name in known:
            return _pull_entry(known[name], report)
        if recipe := recipes.on_any_shelf(name):
            return _pull_recipe(recipe, report)
    except PermissionError as error:
        raise CannotWrite(
            "The weights folder cannot be written: {error}. Set ECOMGEN_WEIGHTS to another.", error=error
        ) from error
    names = ", ".join([*known, *recipes.paths(), *recipes.paths(recipes.WORDS)])
    raise UsageError("There is nothing called {name!r} to pull. Choose one of: {known}.", name=name, known=names)


def _pull_entry(one: ModelEntry, report: Report) -> Path:
    here = _already(lambda: locate(one.id))
    if here:
        return here
    if one.repo:
        source = Repository(name=one.id, repo=one.repo, revision=one.revision)
        pull_repository(source, lambda names, _: _promised(source, matching(names, one.files)), report)
    elif one.url:
        pull_file(one, settings().weights_folder / (one.file or ""), report)
    else:
        raise UsageError(
            "{title} has no url in the manifest. Copy it to {folder}.",
            title=Message(one.title),
            folder=settings().weights_folder / (one.file or ""),
        )
    return locate(one.id)


def _promised(source: Repository, chosen: list[str]) -> list[str]:
    """The files, of which there must be some with weights."""
    if not any(PurePosixPath(name).suffix in WEIGHTS for name in chosen):
        raise WeightsMissing(
            "{repo} has none of the files that the manifest names. Correct its `files`.", repo=source.repo
        )
    return chosen


def _pull_recipe(recipe: Recipe, report: Report) -> Path:
    """The base model, and from the manifest what the recipe adds to it."""
    model = recipe.model
    added = [one.model for one in (*recipe.additions, recipe.preview) if one is not None and one.model]
    if model is None or (model.repo is None and not added):
        where = (
            Message("needs no weights") if model is None else Message("reads its weights from {path}", path=model.path)
        )
        raise UsageError("There is nothing to pull: the pipeline {recipe} {where}.", recipe=recipe.name, where=where)
    base = _pull_base(recipe, model, report) if model.repo else None
    for name in added:
        _pull_entry(entry(name), report)
    return base or locate_recipe(recipe)


def _pull_base(recipe: Recipe, model: ModelSource, report: Report) -> Path:
    here = _already(lambda: locate_recipe(recipe))
    if here:
        return here
    pull_repository(_repository(recipe, model), _chooser(recipe, model), report)
    return locate_recipe(recipe)


def _repository(recipe: Recipe, model: ModelSource) -> Repository:
    return Repository(name=recipe.name, repo=model.repo or "", revision=model.revision, variant=model.variant)


def _chooser(recipe: Recipe, model: ModelSource) -> Choose:
    """Which of a repository's files the recipe needs."""

    def choose(names: list[str], fetch: Callable[[str], Path]) -> list[str]:
        if recipe.backend == recipes.WORDS:
            return matching([name for name in names if "/" not in name], TRANSFORMERS)
        if INDEX not in names:
            raise WeightsMissing(
                "{repo} is not in diffusers format. Name another repository in the recipe.", repo=model.repo
            )
        index = json.loads(fetch(INDEX).read_text("utf-8"))
        return [INDEX, *pipeline_files(names, component_names(index), model.variant)]

    return choose


def size_of(recipe: Recipe) -> int:
    """Bytes that `pull` would fetch for the recipe: the base model's as the hub tells, what is added as the manifest.

    Raises:
        WeightsMissing: the hub cannot be asked, or does not have it.
    """
    model = recipe.model
    added = {one.model for one in recipe.additions if one.model and not is_here(one.model)}
    total = int(sum(entry(name).size_gib for name in added) * 2**30)
    if model is None or model.repo is None or base_is_here(recipe):
        return total
    source = _repository(recipe, model)
    with answered(source), tempfile.TemporaryDirectory() as folder:
        known, commit = listed(source)
        fetch = partial(fetch_file, source.repo, commit=commit, folder=Path(folder), reported=lambda _: None)
        return total + sum(known[name].size or 0 for name in _chooser(recipe, model)(sorted(known), fetch))


def _already(find: Callable[[], Path]) -> Path | None:
    try:
        return find()
    except (WeightsMissing, WeightsCorrupt):
        return None
