"""Step 1: photos of the product, how good they are, and where the product is in them."""

from __future__ import annotations

from functools import partial
from typing import Any

import gradio as gr

from ecomgen import references
from ecomgen.web import controls, locale
from ecomgen.web.create.form import PRODUCT_FIELDS
from ecomgen.web.create.product import corrections, editor, marks
from ecomgen.web.create.product.companions import Companions, sharp
from ecomgen.web.create.product.intake import (
    CALLED,
    FRESH,
    PHOTO_LIMIT,
    REPLACED,
    UNCALLED,
    chips,
    name_for,
    readable,
    recalled,
    samples,
    take_sample,
)
from ecomgen.web.create.product.looking import FILE, LOOKED_AT, leave, look, save_cutout
from ecomgen.web.events import PRIVATE, SEARCH, SWIFT, filling, hidden_button, then_saved
from ecomgen.web.markup import heading, heard, live
from ecomgen.web.messages import spoken

LEFT = (*FRESH, *CALLED)
ADDED = (*LEFT, "before", "drop", "picture")
SAID = ("photos", *LOOKED_AT)
CORRECTED = (*SAID, "hero")
EDITED = (*CORRECTED, "edit", "heard")


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
        self.before = gr.State({})  # by field, what a sample or a picture's settings took the place of
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
        self.with_ = self.companions.with_
        with gr.Row(elem_classes=["called"]):
            self.product = called("product", value=name_for(first), scale=2)
            self.height_cm = called("height_cm", scale=1)
        with controls.folded(locale.FIX_CUTOUT, "fix-cutout"):
            self.masker = controls.one_of(locale.MASKERS, *controls.option("masker"))
            self.box = controls.text(*controls.option("box"), placeholder="120,80,900,1100")
            self.mask = controls.drop(locale.MASK_FILE, "mask-file", str(first.mattes[0]))

    @property
    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in PRODUCT_FIELDS}

    @property
    def looked_at(self) -> list[Any]:
        """What `look` reads."""
        return self._named(SAID)

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
        self._prompt = prompt
        replaced = [prompt if name == "prompt" else getattr(self, name) for name in (*REPLACED, "before")]
        first = [self.photos, self.hero]
        corrected = self._named(CORRECTED)
        self.added = self.drop.upload(add, [self.drop, self.photos, self.sampled], self._named(ADDED), **PRIVATE)
        changes = [
            self.added,
            self.strip.removed(remove, [self.photos, self.first_photo], self._named(LEFT), **SWIFT),
            self.strip.mained(choose_main, [self.photos], corrected, **SWIFT),
            self.chips.sampled(take_sample, replaced, replaced, **SWIFT),
            self.suggestions.picked(pick, first, corrected, **SWIFT),
            self.stage.confirmed(confirm, first, corrected, **SWIFT),
            self.editor.edited(correct, [*first, self.box], self._named(EDITED), trigger_mode="multiple", **SWIFT),
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
            goes = partial(filling, SAID, corrections.outdone(field))
            for event in events:
                self.then_look(event(goes, None, self.looked_at, **PRIVATE))

    def _named(self, names: tuple[str, ...]) -> list[Any]:
        return [getattr(self, name) for name in names]

    def then_look(self, event: Any) -> None:
        """After `event`, look at the photos again, and tell which sample they are of."""
        here = [self.sampled, self.before, self.photos, self._prompt]
        event.then(chips, here, [self.chips], **SWIFT)  # as `sampled` tells no change of this
        event.then(look, [*self.looked_at, self.seen, self.edit], self.shown, **SEARCH)


def called(name: str, **more: Any) -> gr.Textbox:
    """A field that says itself what belongs into it."""
    label, hint, element = controls.option(name)
    return controls.text(label, name=element, show_label=False, placeholder=hint, max_lines=1, min_width=100, **more)


@spoken
def add(files: list[str] | None, photos: list[str], sampled: str) -> list[Any]:
    """Add dropped photos to those there are; they replace a sample. A file that is no photo is said and left out."""
    if recalled(files):
        return filling(ADDED, {"drop": None, "picture": (files or [""])[0]})
    own = [] if sampled else list(photos)
    good = readable(files)
    both = [*own, *good]
    if len(both) > PHOTO_LIMIT:
        left = len(both) - PHOTO_LIMIT
        gr.Warning(locale.TOO_MANY.format(limit=PHOTO_LIMIT, count=left))
    if not good:
        return filling(ADDED, {"drop": None, "picture": ""})
    of_sample = {"first_photo": False} | UNCALLED if sampled else {}
    own_now = {"photos": both[:PHOTO_LIMIT], "sampled": "", "before": {}, "drop": None, "picture": ""}
    return filling(ADDED, corrections.UNMARKED | own_now | of_sample)


@spoken
def remove(photos: list[str], first: bool, evt: gr.EventData) -> list[Any]:
    """Take one photo out; with the last the product's name and height go."""
    gone = int(evt.value)
    left = [photo for position, photo in enumerate(photos) if position != gone]
    told = corrections.UNMARKED | {"photos": left, "sampled": "", "first_photo": first and gone > 0}
    return filling(LEFT, told if left else told | UNCALLED)


def pick(photos: list[str], hero: int, evt: gr.EventData) -> list[Any]:
    """The mask candidate that was clicked, of the photo on the screen."""
    return filling(CORRECTED, corrections.picked(_hero_first(photos, hero), int(evt.value)) | {"hero": 0})


def choose_main(photos: list[str], evt: gr.EventData) -> list[Any]:
    """The photo that was chosen is cut out, whichever is the best."""
    return filling(CORRECTED, corrections.main(photos, int(evt.value)) | {"hero": 0})


def confirm(photos: list[str], hero: int, evt: gr.EventData) -> list[Any]:
    """The cut-out on the screen is right, or that is taken back."""
    return filling(CORRECTED, corrections.confirmed(_hero_first(photos, hero), str(evt.value)) | {"hero": 0})


@spoken
def correct(web: gr.Request, photos: list[str], hero: int, box: str, evt: gr.EventData) -> list[Any]:
    """All that the editor holds. The look that is under way is of no use any more."""
    edit = marks.edited(str(evt.value))
    leave(web)
    changed = corrections.edited(_hero_first(photos, hero), edit, box)
    return filling(EDITED, changed | {"hero": 0, "edit": edit.number, "heard": heard({"number": edit.number})})


@spoken
def look_closely(photos: list[str], hero: int, others: list[Any], cards: list[Any], evt: gr.EventData) -> str:
    """The photo that is corrected, at more pixels."""
    number = int(evt.value)
    return editor.sharp(references.load(photos[hero])) if number == 0 else sharp(others, cards, number)


def _hero_first(photos: list[str], hero: int) -> list[str]:
    return corrections.with_first(photos, photos[hero])
