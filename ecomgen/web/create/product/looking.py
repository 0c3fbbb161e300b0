"""A look at the photos: how good they are, and the cut-out, as far as it has come at each moment."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from ecomgen import references
from ecomgen.options.reading import read_box
from ecomgen.web import locale
from ecomgen.web.create import editor, marks
from ecomgen.web.create.product import markup
from ecomgen.web.events import fresh_folder
from ecomgen.web.jobs.scheduler import Job, Latest, View
from ecomgen.web.messages import sentence, spoken

if TYPE_CHECKING:
    from ecomgen.types import Mask, MaskRequest, Progress, ReferenceImage, Report
    from ecomgen.workflows.preparation import Prepared

SHORTEST = 0.3  # seconds: gradio's page can lose an event that ends while the answer to its start is still on the way
LOOKED_AT: tuple[str, ...] = ("product", "masker", "box", "mask", "mask_candidate", "marks")  # beside the photos
masking_runs = Latest()


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
    return [replace(photo, checks=references.check(photo)) for photo in loaded]
