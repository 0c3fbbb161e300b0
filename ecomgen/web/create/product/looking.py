"""A look at the photos: how good they are, and the cut-out, as far as it has come at each moment."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr

from ecomgen import references
from ecomgen.options.reading import read_box
from ecomgen.types import Mask, MaskRequest, ReferenceImage, Report
from ecomgen.web import locale
from ecomgen.web.create.form import companion
from ecomgen.web.create.product import editor, marks, markup
from ecomgen.web.files import fresh_folder
from ecomgen.web.jobs.scheduler import Job, Latest, View
from ecomgen.web.messages import sentence, spoken
from ecomgen.workflows.preparation import Prepared

SHORTEST = 0.3  # seconds: gradio's page can lose an event that ends while the answer to its start is still on the way
# beside the photos
OF_THE_FIRST = ("box", "mask", "mask_candidate", "marks", "confirmed", "first_photo")
LOOKED_AT: tuple[str, ...] = ("product", "masker", *OF_THE_FIRST)
FIRST = "{}/first"  # of a browser
FILE = "cutout-file"  # what is saved
masking_runs = Latest()


@spoken
def look(web: gr.Request, photos: list[str], *values: Any) -> Iterator[Any]:
    """Show the photos at once, then their checks, the cut-out and the other suggestions; of a correction the mask
    before its edge is softened.

    `values` are those that are `LOOKED_AT`, the photos that were seen last, and the number of the edit. A later look
    of the same browser takes over: this one then stops and shows nothing any more.
    """
    if not photos:
        leave(web)
        yield markup.photo_strip([]), "", "", 0, [], False, ""
        return
    *told, seen, edit = values
    said, is_fresh = dict(zip(LOOKED_AT, told, strict=True)), photos != seen
    loaded = [references.load(photo) for photo in (photos if is_fresh else photos[:1])]
    aid = marks.Aid(box=read_box(said["box"] or ""), marks=said["marks"])
    shown = Looked(loaded=loaded, aid=aid, edit=edit, is_fresh=is_fresh)
    for view in followed(FIRST.format(web.session_hash), shown, [Path(photo) for photo in photos], asked(said)):
        if view is None:
            yield gr.skip()
        else:
            doubted = shown.doubted(view)
            kept = gr.skip() if not view.ended and aid.marks else shown.suggestions(view)
            strip, stage = shown.strip(view), shown.stage(view, markup.save_button())
            yield strip, stage, kept, shown.hero(view), photos, doubted, shown.answer(view)


def followed(owner: str, shown: Looked, photos: list[Path], request: MaskRequest) -> Iterator[View | None]:
    """The work as it goes on, one view for whatever is new; last how it ended, or None where `owner` looks at something
    else by now."""
    job = Job(lambda report, _: shown.cut_out(photos, request, report))
    began = time.monotonic()
    is_latest = masking_runs.take_over(owner, job.cancel)
    if is_latest():
        yield job.view
    for view in job.begin().watch(pace=0):
        if not is_latest():
            break
        if not view.ended and shown.is_news(view):
            # all of it each time: of two views that arrive at once, the page may show the later only
            yield view
    time.sleep(max(0.0, began + SHORTEST - time.monotonic()))
    # gradio shows the last yield once more at the end, so that a look that was overtaken must end with nothing
    yield job.view if is_latest() else None


@dataclass(kw_only=True)
class Looked:
    """What one look shows of the photos, the first of which is at hand, or all where they are `is_fresh`."""

    loaded: list[ReferenceImage]
    aid: marks.Aid
    edit: int
    is_fresh: bool
    confirmable: bool = True
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

    def strip(self, view: View) -> Any:
        """The photos; while somebody corrects, they stay as they are."""
        if not view.ended or view.error is not None:
            photos = self.loaded if view.error is None else _checked(self.loaded)
            return markup.photo_strip(photos) if self.is_fresh else gr.skip()
        found: Prepared = view.result
        hero = found.hero_index
        doubted = hero if self.doubted(view) else None
        return markup.photo_strip(found.references, hero if len(found.references) > 1 else None, doubted)

    def stage(self, view: View, beside: str = "") -> Any:
        """The photo and the cut-out, with what stands `beside` its title once it is done; while somebody corrects,
        nothing jumps."""
        if view.error is not None:
            return markup.stage_failed(_checked(self.loaded), self.aid, sentence(view.error))
        if view.ended:
            said = markup.confirming(view.result.mask) if self.confirmable else ""
            return markup.stage(view.result, self.aid, beside, said)
        if self.mask is not None:
            return markup.stage_draft(self.loaded[0], self.mask, self.aid)
        if not self.is_fresh and self.aid:
            return gr.skip()
        return markup.stage_waiting(self.loaded[0], self.aid, view.progress)

    def suggestions(self, view: View) -> str:
        """The other ways to cut it out."""
        return markup.suggestions(view.result) if view.ended and view.error is None else ""

    def hero(self, view: View) -> int:
        """Which photo is cut out."""
        return view.result.hero_index if view.ended and view.error is None else 0

    def doubted(self, view: View) -> bool:
        """Whether the cut-out is doubtful, and nobody said that it is right."""
        return view.ended and view.error is None and view.result.mask.doubted

    def answer(self, view: View) -> str:
        """What the editor hears."""
        photo = self.loaded[0]
        if view.error is not None:
            return editor.answer(photo, self.edit, "failed", text=sentence(view.error))
        if view.ended:
            found: Prepared = view.result
            doubts = markup.doubts_of(found.mask)
            text, alpha = markup.doubt_of(found.mask), found.cutout.rgba[..., 3]
            return editor.answer(found.hero, self.edit, "matte", mask=alpha, text=text, doubts=doubts)
        if self.mask is not None:
            return editor.answer(photo, self.edit, "mask", mask=self.mask.pixels, text=locale.CUTTING)
        return editor.answer(photo, self.edit, "looking", text=locale.LOOKING)


@spoken
def save_cutout(photos: list[str], *values: Any) -> str:
    """The cut-out of the first product, as `saved` writes it."""
    return saved(photos, asked(dict(zip(LOOKED_AT, values, strict=True))))


def saved(photos: list[str], requested: MaskRequest) -> str:
    """The cut-out that is shown, at the photo's full size with a transparent background; returns its PNG."""
    from PIL import Image

    from ecomgen.workflows.preparation import prepare

    prepared = prepare([Path(photo) for photo in photos], requested)
    target = fresh_folder("cutout") / f"{prepared.hero.path.stem}.png"
    Image.fromarray(prepared.cutout.rgba).save(target)
    return str(target)


def leave(web: gr.Request) -> None:
    """Nobody waits for the look at the first product any more."""
    overtake(FIRST.format(web.session_hash))


def overtake(owner: str) -> None:
    """What `owner` looks at is of no use any more."""
    masking_runs.take_over(owner, lambda: None)


def asked(values: Mapping[str, Any], masker: str = "auto") -> MaskRequest:
    """How a product is found of which the form holds `values`, with `masker` where they name none."""
    return companion((), values).mask_request(masker)


def _checked(loaded: list[ReferenceImage]) -> list[ReferenceImage]:
    """The photos with the checks that need no mask."""
    return [replace(photo, checks=references.check(photo)) for photo in loaded]
