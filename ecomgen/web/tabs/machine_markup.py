"""Setup as HTML: findings, weights with size and licence, and the disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ecomgen import models, recipes
from ecomgen.diagnosis import Finding
from ecomgen.disk_cache import size_of
from ecomgen.masking import BETTER
from ecomgen.recipes import Recipe
from ecomgen.settings import settings
from ecomgen.web import locale
from ecomgen.web.files import uploads
from ecomgen.web.jobs.scheduler import Job
from ecomgen.web.markup import badge, chip, esc, facts, folded, hint, progress_bar, table

UNITS = ("B", "KB", "MB", "GB", "TB")
NOTHING: Mapping[str, int] = {}
FIRST = (*BETTER.values(), "photographic", "qwen3-vl-2b")  # what helps most, of each group
WANTED = ("words",)  # findings that do nothing until they are set up
NEEDED = ("home", "free space")  # and those that go wrong where something is missing


@dataclass(frozen=True, kw_only=True)
class Weights:
    """A model or a pipeline whose weights can be fetched. `size` is empty where nobody says it beforehand."""

    group: str
    name: str
    title: str
    licence: str
    size: str
    here: bool
    for_business: bool = True


def findings(found: Sequence[Finding]) -> str:
    """A card for each; whether a pipeline's weights are here stands in the table below."""
    listed = {f"pipeline {one.name}" for one in every()}
    return f'<ul class="findings">{"".join(_finding(one) for one in found if one.name not in listed)}</ul>'


def _finding(one: Finding) -> str:
    name, found, advice = map(locale.translated, (one.name, one.found, one.advice))
    title, good, lacking = locale.FINDINGS.get(str(one.name), (name, "", ""))
    inside = f"<p>{esc(f'{name[:1].upper()}{name[1:]}: {found}')}</p>{hint(advice)}"
    head = f"<div><strong>{esc(title)}</strong>{_mark(one)}</div>"
    return f"<li>{head}<p>{esc(good if one.ok else lacking)}</p>{folded(locale.TECHNICAL, inside)}</li>"


def _mark(one: Finding) -> str:
    """Whether it works: what is missing is mostly something more."""
    name = str(one.name)
    if one.ok:
        return badge(locale.READY, "ok")
    if name in WANTED:
        return badge(locale.NOT_SET_UP)
    is_fine = name in locale.FINDINGS and name not in NEEDED
    return badge(locale.WORKS, "ok") if is_fine else badge(locale.LOOK_AT, "warn")


def weights(pulls: Mapping[str, Job], sizes: Mapping[str, int] = NOTHING, *, may_pull: bool) -> str:
    """A row for each model and pipeline, by what it is for, what helps most first, with a button for each missing."""
    told = locale.WEIGHTS_HINT if may_pull else locale.PULL_FORBIDDEN
    listed = sorted((_sized(one, sizes) for one in every()), key=lambda one: one.name not in FIRST)
    tables = "".join(
        table((title, *locale.WEIGHTS_COLUMNS), rows)
        for group, title in locale.WEIGHTS_GROUPS.items()
        for rows in ("".join(_row(one, pulls.get(one.name), may_pull) for one in listed if one.group == group),)
    )
    asking = chip(locale.ASK_SIZES, "sized") if may_pull and unsized(sizes) else ""
    return hint(f"{told} ", asking) + tables


def unsized(sizes: Mapping[str, int]) -> list[str]:
    """What is not here, and of which nobody has said how large it is."""
    return [one.name for one in every() if not one.here and not one.size and one.name not in sizes]


def _sized(one: Weights, sizes: Mapping[str, int]) -> Weights:
    if one.size or one.name not in sizes:
        return one
    return replace(one, size=locale.ABOUT.format(size=_readable(sizes[one.name])))


def every() -> list[Weights]:
    """What the manifest and the recipes name; a recipe that cannot be read is told of among the findings."""
    found = [
        Weights(
            group="parts",
            name=one.id,
            title=locale.translated(one.title),
            licence=locale.translated(one.licence),
            size=_readable(one.size_gib * 2**30) if one.size_gib else "",
            here=models.is_here(one.id),
            for_business=not models.non_commercial(one.licence),
        )
        for one in models.entries().values()
    ]
    return [*found, *_of_recipes("pictures", ""), *_of_recipes("words", recipes.WORDS)]


def _of_recipes(group: str, shelf: str) -> Iterator[Weights]:
    for recipe in recipes.readable(shelf):
        if recipe.model:
            yield Weights(
                group=group,
                name=recipe.name,
                title=locale.translated(recipe.title),
                licence=_licence(recipe),
                size="",
                here=models.recipe_is_here(recipe),
                for_business=not any(map(models.non_commercial, models.licences(recipe).values())),
            )


def _licence(recipe: Recipe) -> str:
    """The recipe's, and those of what it adds that it does not say itself."""
    others = {
        name: licence
        for name, licence in models.licences(recipe).items()
        if name != recipe.name and licence not in recipe.licence
    }
    told = (f"{name}: {locale.translated(licence)}" for name, licence in others.items())
    return "; ".join([locale.translated(recipe.licence), *told])


def storage() -> str:
    """How much each part of the home takes, and what is left on the disk."""
    home, others = settings(), uploads()
    parts = {
        locale.STORAGE_RUNS: (home.runs_folder, home.home / "originals"),
        locale.STORAGE_LABS: (home.labs_folder,),
        locale.STORAGE_CATALOGUES: (home.catalogues_folder,),
        locale.STORAGE_WEIGHTS: (home.weights_folder,),
        locale.STORAGE_CACHE: (home.cache, *([] if others.is_relative_to(home.cache) else [others])),
    }
    rows = {title: _readable(sum(map(size_of, folders))) for title, folders in parts.items()}
    rows[locale.STORAGE_FREE] = _readable(shutil.disk_usage(home.home).free)
    kept = locale.KEPT_FOREVER if home.results_days is None else locale.KEPT_DAYS.format(count=home.results_days)
    line = f"{locale.KEPT_UPLOADS.format(count=home.uploads_hours)} {kept}"
    return f'<h2 class="part">{esc(locale.STORAGE)}</h2>{hint(line)}{facts(rows)}'


def _row(one: Weights, job: Job | None, may_pull: bool) -> str:
    warning = f" {badge(locale.NOT_FOR_BUSINESS, 'warn')}" if not one.for_business else ""
    first = f" {badge(locale.BEGIN_WITH, 'ok')}" if one.name in FIRST and not one.here else ""
    return (
        f'<tr><th scope="row">{esc(one.title)}{first}<span class="hint">{esc(one.name)}</span></th>'
        f"<td>{esc(one.size or ('' if one.here else locale.SIZE_LATER))}</td><td>{esc(one.licence)}{warning}</td>"
        f"<td>{_state(one, job, may_pull)}</td></tr>"
    )


def _state(one: Weights, job: Job | None, may_pull: bool) -> str:
    if job is not None:
        return _pulling(one, job)
    if one.here:
        return badge(locale.READY, "ok")
    if not may_pull:
        return badge(locale.MISSING, "plain")
    return chip(locale.PULL, "pulled", one.name, label=locale.PULL_LABEL.format(title=one.title))


def _pulling(one: Weights, job: Job) -> str:
    now = job.view.progress
    line = f"{_readable(now.done)} / {_readable(now.total)}" if now and now.total > 1 else locale.PULL_BEGINS
    bar = progress_bar(one.title, now.done / max(1, now.total) if now else 0.0)
    stop = chip(locale.CANCEL, "halted", one.name)
    return f'<div class="progress"><span class="hint">{esc(line)}</span>{bar}{stop}</div>'


def _readable(size: float) -> str:
    unit = 0
    while size >= 1000 and unit < len(UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{locale.number(size):.{0 if size >= 100 or unit == 0 else 1}f} {UNITS[unit]}"
