"""The set's light on the product of a finished picture: seen at once beside the picture as it is, and kept by choice.

`assets/matching.js` opens the dialog, and reads the answer from where the page holds it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from ecomgen.errors import EcomgenError, UsageError
from ecomgen.record import CandidateEntry, RunRecord
from ecomgen.web import locale
from ecomgen.web.create.form import values_of
from ecomgen.web.events import PRIVATE
from ecomgen.web.markup import chip, esc, heard, live
from ecomgen.web.messages import sentence, spoken
from ecomgen.web.people.access import Person, person, picture_of
from ecomgen.web.pictures import data_uri
from ecomgen.workflows import matched_light
from ecomgen.workflows.matched_light import KeptScene

LARGEST = 1200  # pixels of what the dialog shows
USUAL = 0.6  # of the light, which print and text keep their identity in


class Matching:
    """The dialog, and where the server answers it."""

    def __init__(self) -> None:
        self.dialog = live(_dialog(), "compared", "matched", script="matching.js", elem_id="matching", padding=False)
        self.compared = live("", elem_id="compared")

    def wire(self, tabs: gr.Tabs) -> None:
        """Connect the events; a picture that is to be kept is made on the first tab."""
        self.dialog.compared(compared, None, [self.compared], **PRIVATE)
        self.dialog.matched(lambda: gr.update(selected="create"), None, [tabs], **PRIVATE)


def opener(record: RunRecord, entry: CandidateEntry, folder: Path) -> str:
    """The button on a picture that opens the dialog; none where its scene was not kept."""
    if not matched_light.is_kept(folder, entry):
        return ""
    title, hint = locale.MATCHING
    return chip(title, title=hint, match=f"{record.run_id}:{entry.seed}")


@spoken
def compared(web: gr.Request, evt: gr.EventData) -> str:
    """The picture without the set's light on its product, and with all of it."""
    key = str(evt.value)
    try:
        record, folder, one = _found(person(web), key)
        plain, lit = (data_uri(matched_light.shown(record, folder, one, share), LARGEST, 90) for share in (0.0, 1.0))
    except EcomgenError as error:
        return heard({"key": key, "text": sentence(error)})
    return heard({"key": key, "plain": plain, "lit": lit, "share": record.parameters.relight or USUAL})


def asked(who: Person, told: str) -> tuple[RunRecord, KeptScene, float, dict[str, Any]]:
    """What RUN:SEED:SHARE asks for: the run, the kept scene, the share of its light, and the form that says so."""
    key, _, share = told.rpartition(":")
    record, _, one = _found(who, key)
    strength = min(max(float(share), 0.0), 1.0)
    said = {"seed": str(one.scene.seed), "count": 1, "keep": "", "relight": strength}
    return record, one, strength, values_of(record) | said


def _found(who: Person, key: str) -> tuple[RunRecord, Path, KeptScene]:
    """The run of RUN:SEED, its folder, and the picture's scene.

    Raises:
        UsageError: there is no such run of theirs, or its scene is not kept any more.
    """
    record, folder, seed = picture_of(who, key)
    one = matched_light.kept(folder, record.of_seed(seed))
    if one is None:
        raise UsageError("The scene of this picture is not kept any more: set {--relight} and make the picture anew.")
    return record, folder, one


def _dialog() -> str:
    """As a template: nothing of it stands on the page until it is opened."""
    title, split = esc(locale.MATCHING[0]), esc(locale.MATCHING_SPLIT)
    plain, lit = (f'<span class="side" aria-hidden="true">{esc(side)}</span>' for side in locale.MATCHING_SIDES)
    return (
        f'<template><dialog class="editor matching" aria-label="{title}">'
        f'<div class="head"><b>{title}</b><i></i>'
        f'<button type="button" data-part="close">{esc(locale.CLOSE)}</button></div>'
        f'<div class="room"><div class="over"><img data-part="plain" alt="{esc(locale.MATCHING_PLAIN)}">'
        f'<img data-part="lit" alt="{title}" hidden>'
        f'<input type="range" data-part="split" min="0" max="100" step="0.5" value="50" aria-label="{split}"'
        f' title="{split}" disabled>{plain}{lit}</div>'
        f'<p class="pill status busy" role="status" data-part="status">{esc(locale.MATCHING_OPENING)}</p></div>'
        f'<div class="tools"><label><span>{esc(locale.MATCHING_SHARE)}</span>'
        '<input type="range" data-part="share" min="0" max="1" step="0.05" disabled><output></output></label>'
        f'<button type="button" class="done" data-part="keep" disabled>{esc(locale.MATCHING_KEEP)}</button></div>'
        "</dialog></template>"
    )
