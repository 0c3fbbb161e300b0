"""Step 1: photos of the product, how good they are, and where the product is in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import gradio as gr

from ecomgen import references
from ecomgen.web import controls, locale
from ecomgen.web.create.form import PRODUCT_FIELDS
from ecomgen.web.create.product import corrections, editor, marks
from ecomgen.web.create.product.companions import Companions, sharp
from ecomgen.web.create.product.intake import PHOTO_LIMIT, chips, readable, recalled, samples, take_back, take_sample
from ecomgen.web.create.product.looking import FILE, LOOKED_AT, leave, look, save_cutout
from ecomgen.web.events import PRIVATE, SEARCH, SWIFT, hidden_button, then_saved
from ecomgen.web.markup import heading, heard, live
from ecomgen.web.messages import spoken


class ProductStep:
    """The components of step 1; `fields` are those of the form."""

    def __init__(self) -> None:
        first = samples()[0]
        controls.markup(heading(1, locale.PRODUCT))
        self.photos = gr.State([str(first.photos[0])])
        self.sampled = gr.State(first.name)
        self.mask_candidate = gr.State(0)
        self.marks = gr.State("")  # clicks and strokes on the first photo, as `marks` writes them
        self.confirmed = gr.State(value=False)  # whether somebody has found the cut-out on the screen right
        self.first_photo = gr.State(value=False)  # whether somebody chose the first one as the main photo
        self.hero = gr.State(0)  # which photo the cut-out on the screen is of
        self.picture = gr.State("")  # a finished picture that was dropped, whose settings are wanted
        self.seen = gr.State([])  # the photos on the screen
        self.doubted = gr.State(value=False)  # whether the cut-out on the screen is doubtful, and nobody saw to it
        self.drop = controls.drop_photos(locale.DROP_LABEL, "drop")
        self.chips = live(chips(first.name), "sampled", "unsampled", elem_id="samples")
        self.before = gr.State([])  # what a sample took the place of
        self.strip = live("", "removed", "mained", elem_id="photos")
        with gr.Row(elem_classes=["found"]):
            self.stage = live("", "saved", "confirmed", elem_id="stage")
            self.suggestions = live("", "picked", elem_id="suggestions")
        self.editor = live(editor.editor(), "edited", "edited_beside", "opened", script="editor.js", elem_id="editor")
        self.heard = live("", elem_id="heard")
        self.answer = live("", elem_id="answer")
        self.sharp = live("", elem_id="sharp")
        self.edit = gr.State(0)  # the number of the editor's last edit
        self.file = hidden_button(FILE)
        self.companions = Companions()
        self.with_, self.height_cm = self.companions.with_, self.companions.height
        with controls.folded(locale.FIX_CUTOUT, "fix-cutout"):
            self.product = controls.text(*controls.option("product"), value=first.product)
            self.masker = controls.one_of(locale.MASKERS, *controls.option("masker"))
            self.box = controls.text(*controls.option("box"), placeholder="120,80,900,1100")
            self.mask = controls.drop(locale.MASK_FILE, "mask-file", str(first.mattes[0]))

    @property
    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in PRODUCT_FIELDS}

    @property
    def looked_at(self) -> list[Any]:
        """What `look` reads."""
        return [self.photos, *(getattr(self, name) for name in LOOKED_AT)]

    @property
    def shown(self) -> list[Any]:
        """What `look` fills."""
        return [self.strip, self.stage, self.suggestions, self.hero, self.seen, self.doubted, self.answer]

    @property
    def doubtful(self) -> list[Any]:
        """What tells which cut-outs are doubtful."""
        return [self.doubted, self.companions.cards]

    def wire(self, prompt: gr.Textbox) -> None:
        """Connect the events; a sample also brings its own `prompt`."""
        of_it = [self.mask_candidate, self.box, self.mask, self.marks, self.confirmed, self.first_photo]
        fresh = [self.photos, self.sampled, *of_it]
        replaced = [*fresh, self.product, prompt]  # by a sample
        first = [self.photos, self.hero]
        corrected = [*self.looked_at, self.hero]
        added = [*fresh, self.drop, self.product, self.picture]
        self.added = self.drop.upload(add, [self.drop, self.photos, self.sampled], added, **PRIVATE)
        changes = [
            self.added,
            self.strip.removed(remove, [self.photos, self.first_photo], [*fresh, self.product], **SWIFT),
            self.strip.mained(choose_main, [self.photos], corrected, **SWIFT),
            self.chips.sampled(take_sample, [*replaced, self.before], [*replaced, self.before], **SWIFT),
            self.chips.unsampled(take_back, [self.before], [*replaced, self.before], **SWIFT),
            self.suggestions.picked(pick, first, corrected, **SWIFT),
            self.stage.confirmed(confirm, first, corrected, **SWIFT),
            self.editor.edited(
                correct, [*first, self.box], [*corrected, self.edit, self.heard], trigger_mode="multiple", **SWIFT
            ),
        ]
        beside = [self.with_, self.companions.cards]
        self.editor.opened(look_closely, [*first, *beside], [self.sharp], **SWIFT)
        for change in changes:
            self.then_look(change)
        self.companions.wire(self)
        then_saved(self.stage.saved(save_cutout, self.looked_at, [self.file], **PRIVATE), FILE)
        for field, events in {
            "mask": (self.mask.upload, self.mask.clear),
            "product": (self.product.submit,),
            "masker": (self.masker.input,),
            "box": (self.box.submit,),
        }.items():
            goes = partial(_filled, corrections.outdone(field))
            for event in events:
                self.then_look(event(goes, None, self.looked_at, **PRIVATE))

    def then_look(self, event: Any) -> None:
        """After `event`, look at the photos again, and tell which sample they are of."""
        event.then(chips, [self.sampled, self.before], [self.chips], **SWIFT)  # as `sampled` tells no change of this
        event.then(look, [*self.looked_at, self.seen, self.edit], self.shown, **SEARCH)


@spoken
def add(files: list[str] | None, photos: list[str], sampled: str) -> tuple[Any, ...]:
    """Add dropped photos to those there are; they replace a sample. A file that is no photo is said and left out."""
    if recalled(files):
        return (*(gr.skip() for _ in range(8)), None, gr.skip(), (files or [""])[0])
    own = [] if sampled else list(photos)
    good = readable(files)
    both = [*own, *good]
    if len(both) > PHOTO_LIMIT:
        left = len(both) - PHOTO_LIMIT
        gr.Warning(locale.TOO_MANY.format(limit=PHOTO_LIMIT, count=left))
    if not good:
        return (*(gr.skip() for _ in range(8)), None, gr.skip(), "")
    words_of_product, still = ("", False) if sampled else (gr.skip(), gr.skip())
    return both[:PHOTO_LIMIT], "", 0, "", None, "", False, still, None, words_of_product, ""


@spoken
def remove(photos: list[str], first: bool, evt: gr.EventData) -> tuple[Any, ...]:
    """Take one photo out; with the last the product's name goes."""
    gone = int(evt.value)
    left = [photo for position, photo in enumerate(photos) if position != gone]
    return left, "", 0, "", None, "", False, first and gone > 0, gr.skip() if left else ""


def pick(photos: list[str], hero: int, evt: gr.EventData) -> tuple[Any, ...]:
    """The mask candidate that was clicked, of the photo on the screen."""
    return *_filled(corrections.picked(_hero_first(photos, hero), int(evt.value))), 0


def choose_main(photos: list[str], evt: gr.EventData) -> tuple[Any, ...]:
    """The photo that was chosen is cut out, whichever is the best."""
    return *_filled(corrections.main(photos, int(evt.value))), 0


def confirm(photos: list[str], hero: int, evt: gr.EventData) -> tuple[Any, ...]:
    """The cut-out on the screen is right, or that is taken back."""
    return *_filled(corrections.confirmed(_hero_first(photos, hero), str(evt.value))), 0


@spoken
def correct(web: gr.Request, photos: list[str], hero: int, box: str, evt: gr.EventData) -> tuple[Any, ...]:
    """All that the editor holds. The look that is under way is of no use any more."""
    edit = marks.edited(str(evt.value))
    leave(web)
    changed = corrections.edited(_hero_first(photos, hero), edit, box)
    return *_filled(changed), 0, edit.number, heard({"number": edit.number})


@spoken
def look_closely(photos: list[str], hero: int, others: list[Any], cards: list[Any], evt: gr.EventData) -> str:
    """The photo that is corrected, at more pixels."""
    number = int(evt.value)
    return editor.sharp(references.load(photos[hero])) if number == 0 else sharp(others, cards, number)


def _hero_first(photos: list[str], hero: int) -> list[str]:
    return corrections.with_first(photos, photos[hero])


def _filled(changed: Mapping[str, Any]) -> tuple[Any, ...]:
    """What is changed of the fields that `look` reads."""
    return tuple(changed.get(name, gr.skip()) for name in ("photos", *LOOKED_AT))
