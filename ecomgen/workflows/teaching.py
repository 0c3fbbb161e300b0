"""A product that diffusion knows by name: cut out, put into varied sets, and learnt as a LoRA."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ecomgen import models, picture_file, recipes
from ecomgen.atomic_file import write_json
from ecomgen.disk_cache import read_json
from ecomgen.errors import UsageError
from ecomgen.export import save_picture
from ecomgen.generation import generate
from ecomgen.record import file_hash
from ecomgen.request import Request, TeachRequest
from ecomgen.scenes.diffusion import checkpoint, teaching
from ecomgen.types import Pixels, Progress, Report, silent

SETS = (
    "on an oak table by a window, morning light",
    "on white paper, soft light",
    "on concrete, hard light from the left",
    "in a garden, afternoon",
    "on a marble podium, evening light",
    "on dark fabric, spotlight",
    "on sand at the beach, noon",
    "in a kitchen, soft light from the right",
    "on a sage green seamless backdrop",
    "on a shelf in a bathroom",
    "in a forest, morning",
    "on a desk, night",
)
SAMPLES = 16  # of light, a pixel: of what is learnt from, grain matters little
REPORT = "teach.json"


@dataclass(frozen=True, kw_only=True)
class Taught:
    """What was learnt, and where it lies."""

    name: str
    folder: Path
    file: Path
    record: dict[str, Any]


def teach(request: TeachRequest, report: Report = silent) -> Taught:
    """Teach the model of a recipe a product, or go on where that was stopped.

    Raises:
        UsageError: the name is taken or cannot be one, or the recipe's model cannot be taught.
        BadPhoto, NoProduct, WeightsMissing, WeightsCorrupt: as in a run.
        Cancelled: from `report`; the same call goes on later.
    """
    recipe = recipes.get(request.pipeline)
    teaching.check(recipe)
    file = recipes.taught_file(request.name)
    plan = _plan(request, recipe)
    _begin(file.parent, plan, request.name)
    side = request.resolution or checkpoint.of_recipe(recipe).native
    lesson = _lesson(request, _pictures(request, side, file.parent, report))
    learnt = teaching.teach(recipe, lesson, file.parent, file.name, report)
    sha256 = file_hash(file)
    record = plan | {"done": True, "sha256": sha256} | asdict(learnt)
    write_json(file.with_name(REPORT), record)
    return Taught(name=request.name, folder=file.parent, file=file, record=record)


def _plan(request: TeachRequest, recipe: recipes.Recipe) -> dict[str, Any]:
    """All that the weights depend on."""
    plain = (one.name for one in fields(request) if one.name not in ("photos", "box", "point", "every"))
    said = {name: getattr(request, name) for name in plain}
    photos = [file_hash(photo) for photo in request.photos if photo.is_file()]
    where = {"box": request.box and list(request.box), "point": [list(one) for one in request.point]}
    return {**said, **where, "photos": photos, "base": [asdict(one) for one in models.used_by_recipe(recipe)]}


def _begin(folder: Path, plan: dict[str, Any], name: str) -> None:
    """Raises UsageError where the name stands for something else, or for what has been learnt already."""
    path = folder / REPORT
    if path.is_file():
        known = read_json(path) or {}
        if known.get("done") or any(known.get(key) != value for key, value in plan.items()):
            raise UsageError(
                "{name} has been taught already, or was begun with other photos or options: choose another {--name}, "
                "or delete {folder}.",
                name=name,
                folder=folder,
            )
    write_json(path, plan)


def _lesson(request: TeachRequest, pictures: tuple[Pixels, ...]) -> teaching.Lesson:
    kind = request.product.strip() or "product"
    return teaching.Lesson(
        shown=f"a photo of {request.name} {kind}",
        kind=f"a photo of a {kind}",
        pictures=pictures,
        steps=request.steps,
        rank=request.rank,
        rate=request.learning_rate,
        prior=request.prior,
        priors=request.priors,
        seed=request.seed,
        every=request.every,
    )


def _pictures(request: TeachRequest, side: int, folder: Path, report: Report) -> tuple[Pixels, ...]:
    """The product of each photo in turn, in one set after the other; those that are there are not made again."""
    kept = folder / "pictures"
    for number in range(request.sets):
        target = kept / f"{number:03d}.png"
        if target.is_file():
            continue
        so_far = Progress(step="sets", done=number, total=request.sets)
        save_picture(target, _set(request, number, side, lambda _, so_far=so_far: report(so_far)))
    return tuple(picture_file.pixels(kept / f"{number:03d}.png") for number in range(request.sets))


def _set(request: TeachRequest, number: int, side: int, report: Report) -> Pixels:
    turn = number % len(request.photos)
    with tempfile.TemporaryDirectory(prefix="ecomgen-teach-") as scratch:
        asked = Request(
            photos=(request.photos[turn],),
            prompt=SETS[number % len(SETS)],
            pipeline="studio",
            product=request.product,
            masker=request.masker,
            box=None if turn else request.box,
            point=() if turn else request.point,
            count=1,
            seed=request.seed + number,
            size=(side, side),
            steps=SAMPLES,
            threshold=0.0,
            out=Path(scratch) / "run",
        )
        run = generate(asked, report, logged=False)
        return picture_file.pixels(run.folder / run.record.candidates[0].path)
