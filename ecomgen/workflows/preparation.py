"""From photo files to one product: references loaded, masked and checked, the best of them cut out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import numpy as np
from cachetools import LRUCache

from ecomgen import masking, references
from ecomgen.errors import BadInput, NoProduct
from ecomgen.messages import Message
from ecomgen.record import file_hash
from ecomgen.types import (
    BoolMask,
    Box,
    Check,
    Cutout,
    Edge,
    Mask,
    MaskRequest,
    Pixels,
    Progress,
    ReferenceImage,
    Report,
    View,
    silent,
)
from ecomgen.workflows.repair import Repaired, repaired

STRANGER = "other_product"
ANOTHER_PRODUCT = Message(
    "This seems to be another product than in the other photos: make its pictures by themselves, or put it beside the "
    "first product with {--with}."
)
REMEMBERED = 4  # prepared products kept in memory, so that a second prompt on the same photos starts at once


@dataclass(frozen=True, kw_only=True, eq=False)
class Prepared:
    """The product: its references in the input's order, the hero's mask and cut-out, a plain cut-out of the others."""

    references: tuple[ReferenceImage, ...]
    hero_index: int
    mask: Mask
    cutout: Cutout
    others: tuple[Cutout, ...] = ()
    beside: tuple[Prepared, ...] = ()  # further products of the same picture
    repair: Repaired | None = None  # what was done to the first photo
    style: Pixels | None = None  # a picture that the scene is to look like
    notes: tuple[str, ...] = ()

    @property
    def hero(self) -> ReferenceImage:
        return self.references[self.hero_index]

    @property
    def least_sure(self) -> Mask:
        """Of the products' masks the one that is called doubtful first, or is the least certain."""
        masks = (one.mask for one in (self, *self.beside))
        return min(masks, key=lambda mask: (not mask.doubted, mask.confidence))

    def enlarged(self, larger: Callable[[Cutout], Cutout]) -> Prepared:
        """With cut-outs that have more pixels, of every product."""
        beside = tuple(one.enlarged(larger) for one in self.beside)
        return replace(self, cutout=larger(self.cutout), beside=beside)

    def told(self, *, among_several: bool) -> tuple[str, ...]:
        """The notes; those about a mask with its photo's name, where there are several products."""
        if not among_several:
            return self.notes
        file = references.printable(self.hero.path)
        warned = {note: Message("{file}: {note}", file=file, note=note) for note in self.mask.warnings}
        return tuple(warned.get(note, note) for note in self.notes)

    @property
    def cutouts(self) -> tuple[Cutout, ...]:
        return (self.cutout, *self.others)

    @property
    def views(self) -> tuple[View, ...]:
        """The photos as they were taken, the hero first."""
        hero = View(pixels=self.hero.pixels, mask=self.mask.pixels)
        return hero, *(View(pixels=other.rgba[..., :3], mask=other.rgba[..., 3] > 127) for other in self.others)


def prepare(photos: Sequence[Path], request: MaskRequest, report: Report = silent) -> Prepared:
    """Load, mask and check the photos of one product, and cut the best of them out.

    `request.box`, `request.file`, clicks, strokes, a `request.chosen` other than 0 and `request.confirmed` are about
    the first photo, which then is the hero, as with `request.first_photo`.

    Raises:
        BadPhoto, NoProduct, BadInput: with the photo's name and what to do.
    """
    loaded = [references.load(photo) for photo in photos]
    masks = [_content(request.file), _content(request.repair and request.repair.mask)]
    key = (tuple(reference.sha256 for reference in loaded), request, *masks)
    with _lock:
        known = _remembered.get(key)
    if known is None:
        repair = repaired(loaded[0], request.repair, request.product, report) if request.repair else None
        if repair:
            loaded = [repair.photo, *loaded[1:]]
        known = replace(_prepare(loaded, request, report), repair=repair)
        with _lock:
            _remembered[key] = known
    named = tuple(replace(old, path=new.path) for old, new in zip(known.references, loaded, strict=True))
    return replace(known, references=named)


def check(photo: Path, request: MaskRequest, report: Report = silent) -> ReferenceImage:
    """Load one photo and check it, on the product where it can be found."""
    reference = references.load(photo)
    return replace(reference, checks=references.check(reference, seen(reference, request, report)))


def seen(picture: ReferenceImage, request: MaskRequest, report: Report = silent) -> BoolMask | None:
    """Where a product is found in a photo or a finished picture, bool HxW; None where none is."""
    try:
        return masking.find_mask(picture, request, report).pixels
    except NoProduct:
        return None


_remembered: LRUCache[tuple[object, ...], Prepared] = LRUCache(REMEMBERED)
_lock = Lock()


def _prepare(loaded: Sequence[ReferenceImage], request: MaskRequest, report: Report) -> Prepared:
    notes: list[str] = []
    masks: list[Mask | None] = []
    for number, reference in enumerate(loaded):
        report(Progress(step="mask", done=number, total=len(loaded), message=references.printable(reference.path)))
        masks.append(_mask_of(number, reference, request, report, notes))
    masks = _agreed(loaded, masks, request)
    checked = [
        replace(reference, checks=references.check(reference, mask.pixels if mask else None))
        for reference, mask in zip(loaded, masks, strict=True)
    ]
    usable = [number for number, mask in enumerate(masks) if mask is not None]
    checked = _apart(checked, masks, usable)
    best = usable[references.hero([checked[number] for number in usable])]
    hero = 0 if _pointed(request) or request.first_photo else best
    mask = masks[hero]
    if mask is None:
        raise NoProduct("The first photo shows no product that could be found: give its place with {--box}.")
    report(Progress(step="matte", message=Message("Cutting the product out")))
    return Prepared(
        references=tuple(checked),
        hero_index=hero,
        mask=mask,
        cutout=masking.cut_out(checked[hero], mask, report, edge=Edge(matting=request.matting)),
        others=tuple(
            _plain_cutout(checked[number], other) for number in usable if number != hero and (other := masks[number])
        ),
        notes=(*notes, *mask.warnings, *_photo_notes(checked)),
    )


def _mask_of(
    number: int, reference: ReferenceImage, request: MaskRequest, report: Report, notes: list[str]
) -> Mask | None:
    """The first photo must show the product; a further one that does not is left out, and that is said."""
    mine = request if number == 0 else MaskRequest(masker=request.masker, product=request.product, fill=request.fill)
    try:
        return masking.find_mask(reference, mine, report)
    except BadInput as error:
        if number == 0:
            raise
        notes.append(Message("{file} was left out: {error}", file=references.printable(reference.path), error=error))
        return None


def _agreed(loaded: Sequence[ReferenceImage], masks: Sequence[Mask | None], request: MaskRequest) -> list[Mask | None]:
    """Of all photos the candidates that look alike are taken; the first one's stays where it was pointed at."""
    found = [(number, mask) for number, mask in enumerate(masks) if mask is not None]
    certain = (0,) if _pointed(request) else ()
    agreed = masking.agree([loaded[number] for number, _ in found], [mask for _, mask in found], certain, request)
    taken = list(masks)
    for (number, _), mask in zip(found, agreed, strict=True):
        taken[number] = mask
    return taken


def _apart(
    checked: Sequence[ReferenceImage], masks: Sequence[Mask | None], usable: Sequence[int]
) -> list[ReferenceImage]:
    """The photos; of those that seem to show another product this is said."""
    from ecomgen.scoring.one_product import strangers

    shown = [_plain_cutout(checked[number], mask).rgba for number in usable if (mask := masks[number])]
    others = {usable[number] for number in (strangers(shown) if len(shown) > 1 else ())}
    told = Check(name=STRANGER, value=None, verdict="warn", advice=ANOTHER_PRODUCT)
    return [replace(one, checks=(*one.checks, told)) if n in others else one for n, one in enumerate(checked)]


def _pointed(request: MaskRequest) -> bool:
    """Whether somebody has said where the product is in the first photo."""
    return bool(request.box or request.file or request.chosen or request.steered or request.confirmed)


def _photo_notes(checked: Sequence[ReferenceImage]) -> list[str]:
    return [
        Message("{file}: {note}", file=references.printable(reference.path), note=note)
        for reference in checked
        for note in (*reference.notes, *(one.advice for one in reference.checks if one.name == STRANGER))
    ]


def _plain_cutout(reference: ReferenceImage, mask: Mask) -> Cutout:
    """Enough for a comparison: the mask's own edge, no matte."""
    alpha = mask.pixels.astype(np.uint8) * 255
    return Cutout(rgba=np.dstack([reference.pixels, alpha]), box=Box.of(mask.pixels))


def _content(file: Path | None) -> str:
    return file_hash(file) if file and file.is_file() else ""
