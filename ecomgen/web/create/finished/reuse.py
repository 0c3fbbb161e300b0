"""From a finished picture to the next: more like it, or the same scene for another product."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import gradio as gr

from ecomgen import recipes
from ecomgen.errors import BadPhoto, UsageError
from ecomgen.record import RunRecord
from ecomgen.web import locale
from ecomgen.web.create import unsent
from ecomgen.web.create.finished import filming
from ecomgen.web.create.form import FIELDS, FILLED, NO_PRODUCT, OWN, Form, values_of
from ecomgen.web.create.product.intake import recalled, sample_of
from ecomgen.web.events import PRIVATE, filling, scroll_to
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import person, picture_of, run_of

EVENTS = ("alike", "scened", "used", filming.EVENT)  # of cards; their value is RUN:SEED


def wire(grid: Any, form: Form, results: Any) -> None:
    """Connect the cards of a grid; what they mean happens on the first tab."""
    results.generates(form.fills(grid.alike, more_like).success)
    swapped = form.fills(grid.scened, same_scene)
    swapped.success(None, None, None, js=scroll_to("#drop"), **PRIVATE)
    form.fills(grid.used, same_settings)
    results.filming.opens(grid, form.tabs)


@spoken
def more_like(web: gr.Request, evt: gr.EventData) -> list[Any]:
    """The form of a picture's run, in the same set where it has one, with new seeds."""
    record, seed = _picture(web, evt)
    return filled_form(web, values_of(record) | same_set(record, seed) | {"seed": str(secrets.randbelow(2**31))})


@spoken
def same_scene(web: gr.Request, evt: gr.EventData) -> list[Any]:
    """The form with a picture's scene and seed, and no product."""
    record, seed = _picture(web, evt)
    gr.Info(locale.OTHER_PRODUCT)
    return filled_form(
        web, values_of(record) | same_set(record, seed) | NO_PRODUCT | {"attribute": "", "seed": str(seed)}
    )


@spoken
def same_settings(web: gr.Request, evt: gr.EventData) -> list[Any]:
    """The form of a picture's run as it was."""
    return settings_of(web, _picture(web, evt)[0])


def settings_of(web: gr.Request, record: RunRecord) -> list[Any]:
    """The form of a run as it was, which is told."""
    gr.Info(locale.FILLED)
    return filled_form(web, values_of(record))


def recall(form: Form) -> None:
    """A finished picture that is dropped among the photos brings back its settings; what was replaced comes back."""
    form.fills(form.product.added.then, settings_in, [form.product.picture])
    form.fills(form.product.chips.unsampled, take_back, [form.product.before])


def take_back(before: dict[str, Any]) -> list[Any]:
    """What a sample, or a picture's settings, took the place of."""
    return filling(FILLED, {"sampled": sample_of(before["photos"]), **before, "before": {}})


@spoken
def settings_in(web: gr.Request, picture: str) -> Any:
    """The form of a dropped picture's run; of one that is not theirs the words, the seed and the size."""
    record = recalled([picture]) if picture else None
    if record is None:
        return gr.skip()
    seed = {"seed": str(record.candidates[0].seed if record.candidates else record.parameters.seed)}
    try:
        values = values_of(run_of(person(web), record.run_id)[0]) | seed
    except (UsageError, BadPhoto):
        gr.Info(locale.RECALLED_WORDS)
        width, height = record.parameters.size
        told = {"prompt": record.prompt, "negative_prompt": record.negative_prompt, "shape": OWN}
        told |= seed | {"own_size": f"{width}x{height}"}
        return filling(FILLED, told | {"before": unsent.of(web) or {}})
    gr.Info(locale.FILLED)
    return filled_form(web, values)


def _picture(web: gr.Request, evt: gr.EventData) -> tuple[RunRecord, int]:
    record, _, seed = picture_of(person(web), str(evt.value))
    return record, seed


def same_set(record: RunRecord, seed: int) -> dict[str, Any]:
    """A picture's set, as the form holds it: a built one can be kept, which a look would replace; a painted one can
    only be asked for in the same words."""
    built = recipes.get(record.pipeline).backend == "studio" and not record.parameters.backdrop
    return {"scene_from": f"{record.run_id}:{seed}", "look": ""} if built else {}


def filled_form(web: gr.Request, values: Mapping[str, Any]) -> list[Any]:
    """The first tab, which sample the photos are of, what the form held so far, and the form."""
    first = {"tabs": gr.update(selected="create"), "sampled": sample_of(values["photos"])}
    first |= {"before": unsent.of(web) or {}}
    return filling(FILLED, first | {name: values[name] for name in FIELDS})
