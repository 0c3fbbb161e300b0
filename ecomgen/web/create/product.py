"""Step 1: photos of the product, how good they are, and where the product is in them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from ecomgen import references
from ecomgen.errors import EcomgenError
from ecomgen.options.declared import read_box
from ecomgen.web import locale
from ecomgen.web.create import marks
from ecomgen.web.create import product_markup as markup
from ecomgen.web.create.form import PRODUCT_FIELDS
from ecomgen.web.events import PRIVATE, SWIFT, fresh_folder, hidden_button, then_saved
from ecomgen.web.jobs.scheduler import Job, Latest, View
from ecomgen.web.markup import esc, heading, live
from ecomgen.web.messages import sentence, spoken

if TYPE_CHECKING:
    from ecomgen.samples import Sample
    from ecomgen.types import MaskRequest, ReferenceImage

PHOTO_LIMIT = 10
FILE = "cutout-file"
SHORTEST = 0.3  # seconds: gradio's page can lose an event that ends while the answer to its start is still on the way
LOOKED_AT: tuple[str, ...] = ("product", "masker", "box", "mask", "mask_candidate", "marks")  # beside the photos
Fields = dict[str, Any]
masking_runs = Latest()


def samples() -> tuple[Sample, ...]:
    """The sample products, the first of which is loaded at the start."""
    from ecomgen.samples import every

    return tuple(every())


def sample_folders() -> list[str]:
    """Where the samples' files lie: the app must be allowed to show them."""
    return sorted({str(photo.parent) for sample in samples() for photo in sample.photos})


class ProductStep:
    """The components of step 1; `fields` are those of the form."""

    def __init__(self) -> None:
        first = samples()[0]
        gr.HTML(heading(1, locale.PRODUCT, locale.PRODUCT_HINT), apply_default_css=False)
        self.photos = gr.State([str(first.photos[0])])
        self.sampled = gr.State(first.name)
        self.mask_candidate = gr.State(0)
        self.marks = gr.State("")  # clicks and strokes on the first photo, as `marks` writes them
        self.hero = gr.State(0)  # which photo the cut-out on the screen is of
        self.seen = gr.State([])  # the photos on the screen
        self.doubted = gr.State(value=False)  # whether the cut-out on the screen is doubtful, and nobody saw to it
        self.drop = gr.File(
            file_count="multiple",
            file_types=list(references.SUFFIXES),
            label=locale.DROP_LABEL,
            height=64,
            elem_id="drop",
            elem_classes=["drop"],
        )
        self.chips = live(_chips(first.name), "sampled", elem_id="samples")
        self.strip = live("", "removed", elem_id="photos")
        self.stage = live("", "drawn", "marked", "undone", "cleared", "saved", script="stage.js", elem_id="stage")
        self.file = hidden_button(FILE)
        self.suggestions = live("", "picked", elem_id="suggestions")
        with gr.Accordion(locale.FIX_CUTOUT, open=False, elem_classes=["quiet"]):
            self.product = gr.Textbox(
                first.product, label=locale.PRODUCT_WORDS, info=locale.PRODUCT_WORDS_HINT, elem_id="product"
            )
            self.masker = gr.Dropdown(
                [(title, name) for name, title in locale.MASKERS.items()], value="auto", label=locale.MASKER
            )
            self.box = gr.Textbox(label=locale.BOX, info=locale.BOX_HINT, placeholder="120,80,900,1100", elem_id="box")
            self.mask = gr.File(
                str(first.mattes[0]), label=locale.MASK_FILE, file_types=["image"], height=64, elem_classes=["drop"]
            )

    @property
    def fields(self) -> Fields:
        return {name: getattr(self, name) for name in PRODUCT_FIELDS}

    @property
    def looked_at(self) -> list[Any]:
        """What `look` reads."""
        return [self.photos, self.product, self.masker, self.box, self.mask, self.mask_candidate, self.marks]

    @property
    def shown(self) -> list[Any]:
        """What `look` fills."""
        return [self.strip, self.stage, self.suggestions, self.hero, self.seen, self.doubted]

    def wire(self, prompt: gr.Textbox) -> None:
        """Connect the events; a sample also brings its own `prompt`."""
        fresh = [self.photos, self.sampled, self.mask_candidate, self.box, self.mask, self.marks]
        first = [self.photos, self.hero]
        corrected = [self.box, self.marks, self.mask_candidate]
        changes = [
            self.drop.upload(add, [self.drop, self.photos, self.sampled], [*fresh, self.drop, self.product], **PRIVATE),
            self.strip.removed(remove, [self.photos], fresh, **SWIFT),
            self.chips.sampled(take_sample, None, [*fresh, self.product, prompt], **SWIFT),
            self.suggestions.picked(pick, first, [self.photos, self.mask_candidate, self.marks], **SWIFT),
            self.stage.drawn(draw, first, [self.photos, self.box, self.mask_candidate, self.mask], **SWIFT),
            self.stage.marked(mark, [*first, self.marks], [self.photos, self.marks], **SWIFT),
            self.stage.undone(undo, [self.marks, self.box], corrected[:2], **SWIFT),
            self.stage.cleared(lambda: ("", "", 0), None, corrected, **SWIFT),
        ]
        for change in changes:
            self.then_look(change)
        then_saved(self.stage.saved(save_cutout, self.looked_at, [self.file], **PRIVATE), FILE)
        for event in (self.mask.upload, self.mask.clear, self.product.submit):
            self.then_look(event(lambda: 0, None, [self.mask_candidate], **PRIVATE))
        for event in (self.masker.input, self.box.submit):
            self.then_look(event(lambda: (0, None), None, [self.mask_candidate, self.mask], **PRIVATE))

    def then_look(self, event: Any) -> None:
        """After `event`, look at the photos again, and tell which sample they are of."""
        event.then(_chips, [self.sampled], [self.chips], **SWIFT)  # its own change is not told after swift events
        event.then(
            look,
            [*self.looked_at, self.seen],
            self.shown,
            trigger_mode="always_last",
            concurrency_limit=4,
            concurrency_id="look",
            **PRIVATE,
        )


def _chips(current: str) -> str:
    return markup.sample_chips(
        [(one.name, locale.SAMPLE_NAMES.get(one.name, one.product)) for one in samples()], current
    )


@spoken
def add(files: list[str] | None, photos: list[str], sampled: str) -> tuple[Any, ...]:
    """Add dropped photos to those there are; they replace a sample. A file that is no photo is said and left out."""
    own = [] if sampled else list(photos)
    good = []
    for file in files or []:
        try:
            references.load(file)
            good.append(file)
        except EcomgenError as error:
            gr.Warning(esc(sentence(error)), title=esc(Path(file).name))
    both = [*own, *good]
    if len(both) > PHOTO_LIMIT:
        left = len(both) - PHOTO_LIMIT
        gr.Warning(locale.TOO_MANY.format(limit=PHOTO_LIMIT, count=left), title=locale.PRODUCT)
    if not good:
        return (*(gr.skip() for _ in range(6)), None, gr.skip())
    words_of_product = "" if sampled else gr.skip()
    return both[:PHOTO_LIMIT], "", 0, "", None, "", None, words_of_product


@spoken
def remove(photos: list[str], evt: gr.EventData) -> tuple[Any, ...]:
    """Take one photo out."""
    number = int(evt.value)
    return [photo for position, photo in enumerate(photos) if position != number], "", 0, "", None, ""


@spoken
def take_sample(evt: gr.EventData) -> tuple[Any, ...]:
    """Load a sample product: its first photo with the mask that comes with it, its words and its prompt."""
    from ecomgen.samples import get

    sample = get(str(evt.value))
    return [str(sample.photos[0])], sample.name, 0, "", str(sample.mattes[0]), "", sample.product, sample.prompt


def sample_of(photos: list[str]) -> str:
    """The name of the sample that these photos are of; nothing for photos of one's own."""
    return next((one.name for one in samples() if photos == [str(one.photos[0])]), "")


def pick(photos: list[str], hero: int, evt: gr.EventData) -> tuple[list[str], int, str]:
    """The mask candidate that was clicked; the photo it is of goes first, and corrections of another one go."""
    return _first(photos, hero), int(evt.value), ""


def draw(photos: list[str], hero: int, evt: gr.EventData) -> tuple[list[str], str, int, None]:
    """The box that was drawn; the photo it is on goes first. A mask file, which would outdo the box, goes."""
    return _first(photos, hero), str(evt.value), 0, None


@spoken
def mark(photos: list[str], hero: int, so_far: str, evt: gr.EventData) -> tuple[list[str], str]:
    """One more click or stroke; the photo it is on goes first."""
    return _first(photos, hero), marks.added(so_far, str(evt.value))


def undo(so_far: str, box: str) -> tuple[str, str]:
    """Box and marks without the last mark; without any mark, without the box."""
    return (box, marks.fewer(so_far)) if so_far else ("", "")


def _first(photos: list[str], hero: int) -> list[str]:
    return [photos[hero], *photos[:hero], *photos[hero + 1 :]]


@spoken
def look(
    web: gr.Request,
    photos: list[str],
    product: str,
    masker: str,
    box: str,
    mask: str | None,
    chosen: int,
    so_far: str,
    seen: list[str],
) -> Iterator[tuple[Any, ...]]:
    """Show the photos at once, then their checks, the cut-out and the other suggestions.

    A later look of the same browser takes over: this one then stops and shows nothing any more.
    """
    from ecomgen import references
    from ecomgen.workflows.preparation import prepare

    values = dict(zip(LOOKED_AT, (product, masker, box, mask, chosen, so_far), strict=True))
    aid = marks.Aid(box=read_box(box or ""), marks=so_far)
    job = Job(lambda report, _: prepare([Path(photo) for photo in photos], _mask_request(values), report))
    began = time.monotonic()
    is_latest = masking_runs.take_over(web.session_hash or "", job.cancel)
    if not photos:
        yield markup.photo_strip([]), "", "", 0, [], False
        return
    loaded = [references.load(photo) for photo in photos]
    strip = gr.skip() if photos == seen else markup.photo_strip(loaded)  # their badges and advice stay meanwhile
    kept = gr.skip() if aid.marks else ""  # while somebody clicks, nothing jumps
    if is_latest():
        yield strip, markup.stage_waiting(loaded[0], aid), kept, 0, photos, False
    for view in job.begin().watch():
        if is_latest() and not view.ended:
            # all of it each time: of two views that arrive at once, the page may show the later only
            yield strip, markup.stage_waiting(loaded[0], aid, view.progress), kept, 0, photos, False
    time.sleep(max(0.0, began + SHORTEST - time.monotonic()))
    # gradio shows the last yield once more at the end, so that a look that was overtaken must end with nothing
    yield (*_seen(job.view, loaded, aid), photos, _doubted(job.view)) if is_latest() else (gr.skip(),) * 6


@spoken
def save_cutout(photos: list[str], *values: Any) -> str:
    """The cut-out that is shown, at the photo's full size with a transparent background; returns its PNG."""
    from PIL import Image

    from ecomgen.workflows.preparation import prepare

    requested = _mask_request(dict(zip(LOOKED_AT, values, strict=True)))
    prepared = prepare([Path(photo) for photo in photos], requested)
    target = fresh_folder("cutout") / f"{prepared.hero.path.stem}.png"
    Image.fromarray(prepared.cutout.rgba).save(target)
    return str(target)


def leave(web: gr.Request) -> None:
    """The browser is gone: nobody waits for its look any more."""
    masking_runs.take_over(web.session_hash or "", lambda: None)


def _seen(view: View, loaded: list[ReferenceImage], aid: marks.Aid) -> tuple[Any, ...]:
    if view.error is not None:
        failed = markup.stage_failed(loaded[0], aid, sentence(view.error))
        return markup.photo_strip(_checked(loaded)), failed, "", 0
    prepared = view.result
    hero = prepared.hero_index
    return (
        markup.photo_strip(prepared.references, hero if len(loaded) > 1 else None, hero if _doubted(view) else None),
        markup.stage(prepared, aid),
        markup.suggestions(prepared),
        hero,
    )


def _doubted(view: View) -> bool:
    return view.error is None and markup.is_doubted(view.result.mask)


def _mask_request(values: Mapping[str, Any]) -> MaskRequest:
    from ecomgen.types import MaskRequest

    points, strokes = marks.read(values["marks"])
    return MaskRequest(
        points=points,
        strokes=strokes,
        masker=values["masker"],
        product=values["product"] or "",
        box=read_box(values["box"] or None),
        file=Path(values["mask"]) if values["mask"] else None,
        chosen=values["mask_candidate"],
    )


def _checked(loaded: list[ReferenceImage]) -> list[ReferenceImage]:
    """The photos with the checks that need no mask."""
    from dataclasses import replace

    from ecomgen import references

    return [replace(photo, checks=references.check(photo)) for photo in loaded]
