"""Step 1: photos of the product, how good they are, and where the product is in them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from ecomgen import references
from ecomgen.errors import EcomgenError
from ecomgen.options.declared import read_box, read_place
from ecomgen.request import MAX_COMPANIONS
from ecomgen.web import locale
from ecomgen.web.create import editor, marks
from ecomgen.web.create import product_markup as markup
from ecomgen.web.create.form import PRODUCT_FIELDS
from ecomgen.web.events import PRIVATE, SWIFT, fresh_folder, hidden_button, then_saved
from ecomgen.web.jobs.scheduler import Job, Latest, View
from ecomgen.web.markup import esc, heading, live
from ecomgen.web.messages import sentence, spoken

if TYPE_CHECKING:
    from ecomgen.record import RunRecord
    from ecomgen.samples import Sample
    from ecomgen.types import Mask, MaskRequest, Progress, ReferenceImage, Report
    from ecomgen.workflows.preparation import Prepared

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
        self.picture = gr.State("")  # a finished picture that was dropped, whose settings are wanted
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
        self.chips = live(_chips(first.name), "sampled", "unsampled", elem_id="samples")
        self.before = gr.State([])  # what a sample took the place of
        self.strip = live("", "removed", elem_id="photos")
        self.stage = live("", "saved", elem_id="stage")
        self.editor = live(editor.editor(), "edited", "opened", script="editor.js", elem_id="editor")
        self.heard = live("", elem_id="heard")
        self.answer = live("", elem_id="answer")
        self.sharp = live("", elem_id="sharp")
        self.edit = gr.State(0)  # the number of the editor's last edit
        self.file = hidden_button(FILE)
        self.suggestions = live("", "picked", elem_id="suggestions")
        self.with_ = gr.State([])  # further products, as `form.companion` reads them
        with gr.Accordion(locale.OTHERS, open=False, elem_classes=["quiet"], elem_id="others"):
            self.others = live(markup.others([]), "parted", "stood", elem_id="other-products")
            self.other_drop = gr.File(
                file_count="multiple",
                file_types=list(references.SUFFIXES),
                label=locale.OTHERS_DROP,
                height=64,
                elem_id="other-drop",
                elem_classes=["drop"],
            )
        with gr.Accordion(locale.FIX_CUTOUT, open=False, elem_classes=["quiet"], elem_id="fix-cutout"):
            self.product = gr.Textbox(
                first.product, label=locale.PRODUCT_WORDS, info=locale.PRODUCT_WORDS_HINT, elem_id="product"
            )
            self.masker = gr.Dropdown(
                [(title, name) for name, title in locale.MASKERS.items()], value="auto", label=locale.MASKER
            )
            self.box = gr.Textbox(label=locale.BOX, info=locale.BOX_HINT, placeholder="120,80,900,1100", elem_id="box")
            self.mask = gr.File(
                str(first.mattes[0]),
                label=locale.MASK_FILE,
                file_types=["image"],
                height=64,
                elem_classes=["drop"],
                elem_id="mask-file",
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
        return [self.strip, self.stage, self.suggestions, self.hero, self.seen, self.doubted, self.answer]

    def wire(self, prompt: gr.Textbox) -> None:
        """Connect the events; a sample also brings its own `prompt`."""
        fresh = [self.photos, self.sampled, self.mask_candidate, self.box, self.mask, self.marks]
        replaced = [*fresh, self.product, prompt]  # by a sample
        first = [self.photos, self.hero]
        edited = [self.photos, self.hero, self.box, self.marks, self.mask_candidate, self.mask, self.edit, self.heard]
        added = [*fresh, self.drop, self.product, self.picture]
        self.added = self.drop.upload(add, [self.drop, self.photos, self.sampled], added, **PRIVATE)
        changes = [
            self.added,
            self.strip.removed(remove, [self.photos], [*fresh, self.product], **SWIFT),
            self.chips.sampled(take_sample, replaced, [*replaced, self.before], **SWIFT),
            self.chips.unsampled(take_back, [self.before], [*replaced, self.before], **SWIFT),
            self.suggestions.picked(pick, first, [self.photos, self.mask_candidate, self.marks], **SWIFT),
            self.editor.edited(correct, [*first, self.box], edited, trigger_mode="multiple", **SWIFT),
        ]
        self.editor.opened(look_closely, first, [self.sharp], **SWIFT)
        for change in changes:
            self.then_look(change)
        self.other_drop.upload(add_other, [self.other_drop, self.with_], [self.with_, self.other_drop], **PRIVATE)
        self.others.parted(part, [self.with_], [self.with_], **PRIVATE)
        self.others.stood(stand, [self.with_], [self.with_], **PRIVATE)
        self.with_.change(others, [self.with_], [self.others], **SWIFT)
        then_saved(self.stage.saved(save_cutout, self.looked_at, [self.file], **PRIVATE), FILE)
        for event in (self.mask.upload, self.mask.clear, self.product.submit):
            self.then_look(event(lambda: 0, None, [self.mask_candidate], **PRIVATE))
        for event in (self.masker.input, self.box.submit):
            self.then_look(event(lambda: (0, None), None, [self.mask_candidate, self.mask], **PRIVATE))

    def then_look(self, event: Any) -> None:
        """After `event`, look at the photos again, and tell which sample they are of."""
        event.then(
            _chips, [self.sampled, self.before], [self.chips], **SWIFT
        )  # its own change is not told after swift events
        event.then(
            look,
            [*self.looked_at, self.seen, self.edit],
            self.shown,
            trigger_mode="always_last",
            concurrency_limit=4,
            concurrency_id="look",
            **PRIVATE,
        )


def _chips(current: str, before: Sequence[Any] = ()) -> str:
    names = [(one.name, locale.SAMPLE_NAMES.get(one.name, one.product)) for one in samples()]
    return markup.sample_chips(names, current, can_go_back=bool(current and before))


@spoken
def add(files: list[str] | None, photos: list[str], sampled: str) -> tuple[Any, ...]:
    """Add dropped photos to those there are; they replace a sample. A file that is no photo is said and left out."""
    if recalled(files):
        return (*(gr.skip() for _ in range(6)), None, gr.skip(), (files or [""])[0])
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
        return (*(gr.skip() for _ in range(6)), None, gr.skip(), "")
    words_of_product = "" if sampled else gr.skip()
    return both[:PHOTO_LIMIT], "", 0, "", None, "", None, words_of_product, ""


def recalled(files: list[str] | None) -> RunRecord | None:
    """What a finished picture that is dropped alone says of its run."""
    from ecomgen.export.metadata import own_record

    if len(files or []) != 1:
        return None
    try:
        return own_record(Path((files or [""])[0]))
    except EcomgenError:
        return None


@spoken
def remove(photos: list[str], evt: gr.EventData) -> tuple[Any, ...]:
    """Take one photo out; with the last the product's name goes."""
    left = [photo for position, photo in enumerate(photos) if position != int(evt.value)]
    return left, "", 0, "", None, "", gr.skip() if left else ""


@spoken
def take_sample(
    photos: list[str],
    sampled: str,
    chosen: int,
    box: str,
    mask: str | None,
    so_far: str,
    words: str,
    prompt: str,
    evt: gr.EventData,
) -> tuple[Any, ...]:
    """Load a sample product: its first photo with the mask that comes with it, its words and its prompt.

    Last comes what it replaced, where that was not a sample as it is: photos of one's own, or words that were typed.
    """
    from ecomgen.samples import get

    sample, usual = get(str(evt.value)), get(sampled) if sampled else None
    untouched = usual and (words, prompt, so_far) == (usual.product, usual.prompt, "")
    kept = [] if untouched or not (photos or prompt) else [photos, sampled, chosen, box, mask, so_far, words, prompt]
    taken = [str(sample.photos[0])], sample.name, 0, "", str(sample.mattes[0]), "", sample.product, sample.prompt
    return *taken, kept


def take_back(before: list[Any]) -> tuple[Any, ...]:
    """What a sample took the place of."""
    return *before, []


@spoken
def add_other(files: list[str] | None, others: list[Fields]) -> tuple[Any, ...]:
    """Files that were dropped together are photos of one further product."""
    good = []
    for file in files or []:
        try:
            references.load(file)
            good.append(file)
        except EcomgenError as error:
            gr.Warning(esc(sentence(error)), title=esc(Path(file).name))
    if not good:
        return gr.skip(), None
    if len(others) >= MAX_COMPANIONS:
        gr.Warning(locale.OTHERS_MANY.format(most=MAX_COMPANIONS), title=locale.OTHERS)
        return gr.skip(), None
    return [*others, {"photos": good[:PHOTO_LIMIT], "place": ""}], None


def part(others: list[Fields], evt: gr.EventData) -> list[Fields]:
    """Take one further product out."""
    return [one for number, one in enumerate(others) if number != int(evt.value)]


@spoken
def stand(others: list[Fields], evt: gr.EventData) -> list[Fields]:
    """Give one further product a place; one that cannot be is told, and not taken."""
    number, _, place = str(evt.value).partition(":")
    read_place(place)
    return [one | ({"place": place} if at == int(number) else {}) for at, one in enumerate(others)]


def others(held: list[Fields]) -> str:
    """The further products, each by its first photo; photos that are gone are named without a picture."""
    return markup.others([(one["photos"], one.get("place") or "") for one in held])


def sample_of(photos: list[str]) -> str:
    """The name of the sample that these photos are of; nothing for photos of one's own."""
    return next((one.name for one in samples() if photos == [str(one.photos[0])]), "")


def pick(photos: list[str], hero: int, evt: gr.EventData) -> tuple[list[str], int, str]:
    """The mask candidate that was clicked; the photo it is of goes first, and corrections of another one go."""
    return _first(photos, hero), int(evt.value), ""


@spoken
def correct(web: gr.Request, photos: list[str], hero: int, box: str, evt: gr.EventData) -> tuple[Any, ...]:
    """All that the editor holds; the photo it is on goes first. The look that is under way is of no use any more.

    With another box a chosen candidate and a mask file, which would outdo it, go.
    """
    edit = marks.edited(str(evt.value))
    leave(web)
    anew = (0, None) if edit.box and edit.box != box else (gr.skip(), gr.skip())
    return _first(photos, hero), 0, edit.box, edit.marks, *anew, edit.number, editor.heard(edit.number)


@spoken
def look_closely(photos: list[str], hero: int) -> str:
    """The photo that is shown, at more pixels."""
    return editor.sharp(references.load(photos[hero]))


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
    edit: int,
) -> Iterator[tuple[Any, ...]]:
    """Show the photos at once, then their checks, the cut-out and the other suggestions; of a correction the mask
    before its edge is softened.

    A later look of the same browser takes over: this one then stops and shows nothing any more.
    """
    values = dict(zip(LOOKED_AT, (product, masker, box, mask, chosen, so_far), strict=True))
    is_fresh = photos != seen
    loaded = [references.load(photo) for photo in (photos if is_fresh else photos[:1])]
    shown = _Looked(loaded=loaded, aid=marks.Aid(box=read_box(box or ""), marks=so_far), edit=edit, is_fresh=is_fresh)
    job = Job(lambda report, _: shown.cut_out([Path(photo) for photo in photos], _mask_request(values), report))
    began = time.monotonic()
    is_latest = masking_runs.take_over(web.session_hash or "", job.cancel)
    if not photos:
        yield markup.photo_strip([]), "", "", 0, [], False, ""
        return
    if is_latest():
        yield (*shown.meanwhile(None), photos, False, shown.first_answer())
    for view in job.begin().watch():
        if not is_latest():
            break
        if not view.ended and shown.is_news(view):
            # all of it each time: of two views that arrive at once, the page may show the later only
            yield (*shown.meanwhile(view.progress), photos, False, shown.first_answer())
    time.sleep(max(0.0, began + SHORTEST - time.monotonic()))
    # gradio shows the last yield once more at the end, so that a look that was overtaken must end with nothing
    done = is_latest()
    yield (*shown.seen(job.view), photos, _doubted(job.view), shown.answer(job.view)) if done else (gr.skip(),) * 7


@dataclass(kw_only=True)
class _Looked:
    """What one look shows of the photos, the first of which is at hand, or all where they are `is_fresh`."""

    loaded: list[ReferenceImage]
    aid: marks.Aid
    edit: int
    is_fresh: bool
    mask: Mask | None = None  # with a hard edge, as soon as it is there
    told: object = None

    def cut_out(self, photos: list[Path], request: MaskRequest, report: Report) -> Prepared:
        """The mask alone first where somebody helped to find it, then everything."""
        from ecomgen import masking
        from ecomgen.workflows.preparation import prepare

        if self.aid:
            self.mask = masking.find_mask(self.loaded[0], request, report)
        return prepare(photos, request, report)

    def is_news(self, view: View) -> bool:
        """Whether anything of a view is not on the page yet; after the mask alone nothing is, until the end."""
        before, self.told = self.told, self.mask or view.progress
        return before != self.told

    def meanwhile(self, now: Progress | None) -> tuple[Any, ...]:
        """Strip, stage, suggestions and hero while the work goes on; while somebody corrects, nothing jumps."""
        strip = markup.photo_strip(self.loaded) if self.is_fresh else gr.skip()
        kept = gr.skip() if self.aid.marks else ""
        return strip, self._stage(now), kept, 0

    def _stage(self, now: Progress | None) -> Any:
        if self.mask is not None:
            return markup.stage_draft(self.loaded[0], self.mask, self.aid)
        return markup.stage_waiting(self.loaded[0], self.aid, now) if self.is_fresh or not self.aid else gr.skip()

    def first_answer(self) -> str:
        """What the editor hears before the end."""
        if self.mask is None:
            return editor.answer(self.loaded[0], self.edit, "looking", text=locale.LOOKING)
        return editor.answer(self.loaded[0], self.edit, "mask", mask=self.mask.pixels, text=locale.CUTTING)

    def answer(self, view: View) -> str:
        """What the editor hears at the end."""
        if view.error is not None:
            return editor.answer(self.loaded[0], self.edit, "failed", text=sentence(view.error))
        found: Prepared = view.result
        doubts = found.mask.doubts if markup.is_doubted(found.mask) else ()
        text, alpha = markup.doubt_of(found.mask), found.cutout.rgba[..., 3]
        return editor.answer(found.hero, self.edit, "matte", mask=alpha, text=text, doubts=doubts)

    def seen(self, view: View) -> tuple[Any, ...]:
        """Strip, stage, suggestions and hero at the end."""
        if view.error is not None:
            checked = _checked(self.loaded)
            strip = markup.photo_strip(checked) if self.is_fresh else gr.skip()
            return strip, markup.stage_failed(checked, self.aid, sentence(view.error)), "", 0
        found: Prepared = view.result
        hero = found.hero_index
        doubted = hero if _doubted(view) else None
        strip = markup.photo_strip(found.references, hero if len(found.references) > 1 else None, doubted)
        return strip, markup.stage(found, self.aid), markup.suggestions(found), hero


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
