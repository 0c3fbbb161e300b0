"""Masking: propose where the product is, choose, clean, and cut it out with a soft edge.

A masker is one module of `maskers`, which is called as it is, with `propose(reference, request, report) -> Proposals`.
It may say which kinds of `WEIGHTS` it takes, or its `network()` by name; and `answer` clicks itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import Any

from ecomgen.errors import UsageError
from ecomgen.masking.proposals import Proposals, packed, unpacked, warned
from ecomgen.messages import Message
from ecomgen.types import (
    BoolMask,
    Cutout,
    Edge,
    Mask,
    MaskRequest,
    ModelUsed,
    Progress,
    ReferenceImage,
    Report,
    silent,
)

DRAWN = "file"  # the masker of a mask that is given; no option names it
BETTER = {"sam": "sam-vit-b", "clip": "clip-vit-b-32"}  # of each kind of weights that sam-clip needs, the smallest


def find_mask(reference: ReferenceImage, request: MaskRequest, report: Report = silent) -> Mask:
    """Find the product in a photo.

    Args:
        reference: the photo.
        request: which masker, with what help (words, box, clicks, brush strokes, a mask file), and which of its
            proposals.
        report: receives progress; it may raise `Cancelled`.

    Returns:
        The chosen proposal, cleaned, at the photo's size, with the up to five proposals it was chosen from.

    Raises:
        NoProduct: nothing in the photo stands out, or the mask is empty or the whole photo.
        BadInput: the box or a click lies outside the photo, or the mask file cannot be used.
        UsageError: there is no masker or proposal of that name or rank.
        WeightsMissing, WeightsCorrupt: sam-clip was asked for and its weights are not usable.
    """
    from ecomgen.masking.checks import check_request, check_result
    from ecomgen.masking.cleanup import clean
    from ecomgen.masking.interactive.corrections import obeyed, steered

    check_request(reference, request)
    name, why = _settle(reference, request)
    report(Progress(step="mask", message=Message("Looking for the product with {masker}", masker=name)))
    proposals = found = _proposals(name, reference, request, report)
    chosen = _pick(proposals, request.chosen)
    if request.steered:
        answer = getattr(_module(name), "answer", None)  # to clicks; without one the colours answer
        proposals, chosen = steered(reference, proposals, request, answer)
    raw = proposals.candidates[chosen].pixels
    shown = reference.pixels if proposals.copy is None else proposals.copy
    cleaned = clean(raw, shown, keep_all=proposals.drawn, fill=request.fill)
    pixels = obeyed(cleaned, raw, request.points, request.strokes)
    check_result(pixels)
    report(Progress(step="mask", done=1, message=Message("Masked with {masker}", masker=name)))
    mask = Mask(
        pixels=pixels,
        masker=name,
        candidates=proposals.candidates,
        chosen=chosen,
        filled=cleaned.filled,
        warnings=(*why, *proposals.warnings, *cleaned.notes),
        models=proposals.models,
        corrected=request.steered,
        confirmed=request.confirmed,
    )
    return mask if proposals.drawn else _judged(reference, mask, found.candidates[chosen].pixels)


def _judged(reference: ReferenceImage, mask: Mask, before: BoolMask | None = None) -> Mask:
    """With how far it may be trusted, and what in it is doubtful; a mask that somebody made is what it is."""
    from ecomgen.masking.cache import content_of, held, key_of
    from ecomgen.masking.confidence import judged

    given = before if mask.corrected else None
    key = key_of("judged", content_of(reference), mask.pixels, given)
    found = held(key, lambda: judged(reference.pixels, mask.pixels, given), lambda _: 1000)
    return warned(replace(mask, confidence=found.confidence, doubts=found.doubts))


def agree(
    references: Sequence[ReferenceImage],
    masks: Sequence[Mask],
    certain: Collection[int] = (),
    request: MaskRequest | None = None,
) -> list[Mask]:
    """Masks of several photos of one product, each the candidate that looks most like those of the other photos.

    A part that is seen in one photo and was left out of another is a doubt of that mask.

    Args:
        references: the photos.
        masks: what was found in each. One that its masker trusts is given up only for one that is far more alike.
        certain: the places of the masks that somebody has pointed at: the others go by these, and these stay.
        request: what was asked of the masks.
    """
    from ecomgen.masking.cross_photo_consensus import ranks
    from ecomgen.masking.cross_photo_doubts import doubting

    if len(masks) < 2:
        return list(masks)
    requested = request or MaskRequest()
    found = zip(references, masks, ranks(references, masks, certain), strict=True)
    chosen = [mask if rank == mask.chosen else _rechosen(photo, mask, rank, requested) for photo, mask, rank in found]
    return doubting(references, chosen)


def cut_out(reference: ReferenceImage, mask: Mask, report: Report = silent, *, edge: Edge | None = None) -> Cutout:
    """Cut the product out with a soft edge whose colours are free of the old background.

    Args:
        reference: the photo.
        mask: where the product is in it.
        report: receives progress; it may raise `Cancelled`.
        edge: how hard its edge is to be, and by how much it is to be grown or shrunk.

    Returns:
        RGBA at the photo's full size. Where alpha is 255 the RGB values are the photo's own.

    Raises:
        NoProduct: the mask is empty.
    """
    from ecomgen.masking.matting.matte import cut

    return cut(reference, mask, edge, report)


def best_masker(reference: ReferenceImage) -> tuple[str, str]:
    """The masker that `auto` means for this photo, and why, in one sentence."""
    from ecomgen import models

    if _has_real_transparency(reference):
        return "alpha", Message("The photo comes with its own transparency, so that is the mask.")
    missing = [name for kind, name in BETTER.items() if models.first_here(kind) is None]
    if not missing:
        return "sam-clip", Message("SAM and CLIP weights are on this machine, and they find a product best.")
    name = "lite" if all(models.first_here(kind) for kind in ("lite", "fusion")) else "grabcut"
    return name, Message(
        'Cut out by what ecomgen brings along ({masker}); "ecomgen models pull {names}" helps with difficult photos.',
        masker=name,
        names=" ".join(missing),
    )


def _rechosen(reference: ReferenceImage, mask: Mask, rank: int, request: MaskRequest) -> Mask:
    from ecomgen.masking.cleanup import clean

    cleaned = clean(mask.candidates[rank].pixels, reference.pixels, fill=request.fill)
    note = Message(
        "Candidate {number} was taken, since it looks like the product in the other photos.", number=rank + 1
    )
    warnings = (*mask.warnings, note, *cleaned.notes)
    chosen = replace(mask, pixels=cleaned.pixels, chosen=rank, filled=cleaned.filled, warnings=warnings)
    return _judged(reference, chosen)


def _settle(reference: ReferenceImage, request: MaskRequest) -> tuple[str, tuple[str, ...]]:
    if request.file is not None:
        return DRAWN, ()
    if request.masker != "auto":
        return request.masker, ()
    name, why = best_masker(reference)
    return name, (why,)


def _proposals(name: str, reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Clicks correct what was looked for before they were made, so that it need not be looked for again."""
    from ecomgen.masking.cache import content_of, held, key_of, on_disk, source

    propose = partial(_module(name).propose, reference, request, report)
    if name in ("alpha", DRAWN):
        return propose()
    told = request.product, request.box, _weights_of(name)
    key = key_of("proposals", source(), name, content_of(reference), *told)

    def found() -> Proposals:
        return unpacked(on_disk(key, lambda: packed(propose())), reference)

    return held(key, found)


def _weights_of(name: str) -> list[ModelUsed]:
    """The weights that a masker uses, with their hashes; one that chooses among several says which. Those that answer
    clicks may correct what it proposes."""
    from ecomgen import models
    from ecomgen.masking.interactive.click_answers import KIND

    module = _module(name)
    network = getattr(module, "network", None)
    found = [network()] if network else [models.first_here(kind) for kind in getattr(module, "WEIGHTS", ())]
    return [models.used(model) for model in (*found, models.first_here(KIND)) if model]


def _module(name: str) -> Any:
    return import_module(f"ecomgen.masking.maskers.{'mask_file' if name == DRAWN else name.replace('-', '_')}")


def _pick(proposals: Proposals, rank: int) -> int:
    count = len(proposals.candidates)
    if not 0 <= rank < count:
        raise UsageError(
            "There is no mask candidate {rank}: this photo has {count}, counted from 0.", rank=rank, count=count
        )
    return rank


def _has_real_transparency(reference: ReferenceImage) -> bool:
    """Rounded corners are not a cut-out: two pixels in a hundred must be see-through, and something must be left."""
    if reference.alpha is None:
        return False
    clear = float((reference.alpha < 0.5).mean())
    return 0.02 <= clear < 1
