"""A photo without what hid the product: a declared derivative, filled or painted. The photo itself stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ecomgen import placement, recipes, scenes
from ecomgen.compositing import compose
from ecomgen.errors import BadInput, UsageError
from ecomgen.messages import Message
from ecomgen.references.repair import filled, hidden_part
from ecomgen.types import (
    BoolMask,
    Canvas,
    ModelUsed,
    Pixels,
    Progress,
    ReferenceImage,
    Repair,
    Report,
    SceneRequest,
)

SEED = 0  # of what is painted: a repair is the same in every run


@dataclass(frozen=True, kw_only=True, eq=False)
class Repaired:
    """The photo as it goes on, and what made it."""

    photo: ReferenceImage
    before: Pixels  # HxWx3, as it was taken
    models: tuple[ModelUsed, ...] = ()
    settings: Mapping[str, Any] | None = None  # of the recipe that painted it


def repaired(reference: ReferenceImage, repair: Repair, product: str, report: Report) -> Repaired:
    """The photo without what the mask hides, with a note that says so.

    Raises:
        BadInput: the mask does not fit the photo, or the model withholds what it painted.
        UsageError, Unavailable: there is no such recipe, or it cannot paint here.
    """
    hidden = hidden_part(reference, repair.mask)
    if repair.recipe:
        made = _painted(reference, hidden, repair, product, report)
        by = Message("painted by {recipe}", recipe=repair.recipe)
    else:
        made = Repaired(photo=replace(reference, pixels=filled(reference.pixels, hidden)), before=reference.pixels)
        by = Message("filled from its surroundings")
    note = Message(
        "{--repair}: {share:.1%} of the photo is {by}, and there the product is not as it was taken",
        share=float(hidden.mean()),
        by=by,
    )
    return replace(made, photo=replace(made.photo, notes=(*reference.notes, note)))


def _painted(reference: ReferenceImage, hidden: BoolMask, repair: Repair, product: str, report: Report) -> Repaired:
    """As mode "replace" does it: at the model's own size round what is hidden, and joined by a soft rim."""
    recipe = recipes.get(repair.recipe)
    if "replace" not in scenes.modes_of(recipe):
        raise UsageError(
            "{--repair-with} {recipe} does not inpaint: choose one that does, as sd15-inpaint.", recipe=recipe.name
        )
    backend = scenes.open_backend(recipe)
    settings = dict(repair.settings) or backend.resolved()
    canvas = Canvas(width=reference.width, height=reference.height)
    kept = placement.place_surroundings(reference, hidden, canvas)
    wanted = SceneRequest(prompt=product, placement=kept, seeds=(SEED,), parameters=settings, mode="replace")
    now = Message("Repairing {file}", file=reference.path.name)
    scene = next(backend.make(wanted, lambda done: report(Progress(step="mask", message=now, draft=done.draft))))
    if scene.withheld:
        raise BadInput("{--repair-with} {recipe}: {why}.", recipe=recipe.name, why=scene.withheld)
    pixels = compose(kept.product, scene.pixels).pixels
    photo = replace(reference, pixels=pixels)
    return Repaired(photo=photo, before=reference.pixels, models=backend.models, settings=settings)
