"""Any picture from anywhere, held against the references of a product."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ecomgen import references, scoring
from ecomgen.compositing.relight import cover_of
from ecomgen.errors import NO_PHOTO, BadInput, BadPhoto
from ecomgen.export import save_picture
from ecomgen.export.metadata import own_record
from ecomgen.export.run_folder import refuse_replacing
from ecomgen.options.reading import several
from ecomgen.record import DifferenceEntry
from ecomgen.record.entries import scores_entry
from ecomgen.request import ScoreRequest
from ecomgen.selection import below, doubt
from ecomgen.types import Covered, Float, ReferenceImage, Report, silent
from ecomgen.workflows.preparation import prepare, seen


def score(
    pictures: Sequence[Path | str],
    references_of_product: Sequence[Path | str],
    request: ScoreRequest | None = None,
    *,
    report: Report = silent,
    on_failure: Callable[[Path, BadPhoto], None] | None = None,
) -> list[dict[str, Any]]:
    """Is it still this product? One entry per picture, with the names of `ecomgen score --json`.

    A photo with an alpha channel is its own mask. `reasons` says in words what speaks against a picture, `difference`
    where; with a folder as `request.heat`, STEM.png in it shows that. `on_failure` hears of each picture that cannot be
    read, and the others go on; None raises at the first.

    Raises:
        BadPhoto, NoProduct: a file cannot be read, or the references show no product.
        CannotWrite: the folder cannot be written, or holds the pictures themselves under these names.
    """
    wanted = request or ScoreRequest()
    if not references_of_product:
        raise BadPhoto(NO_PHOTO)
    shown, known = (tuple(map(Path, several(files))) for files in (pictures, references_of_product))
    prepared = prepare(known, wanted.mask_request, report)
    subject = scoring.Subject(cutouts=prepared.cutouts, prompt=wanted.prompt, confidence=prepared.mask.confidence)
    if wanted.heat:
        refuse_replacing((wanted.heat / f"{one.stem}.png" for one in shown), (*shown, *known))
    entries = []
    for picture in shown:
        try:
            entries.append(_entry(references.load(picture), subject, wanted))
        except BadPhoto as error:
            if on_failure is None:
                raise
            on_failure(picture, error)
    return entries


def _entry(picture: ReferenceImage, subject: scoring.Subject, wanted: ScoreRequest) -> dict[str, Any]:
    scores = scoring.judge(
        picture.with_transparency,
        subject,
        remask=lambda pixels: seen(replace(picture, pixels=pixels, alpha=None), wanted.mask_request),
        cover=_cover(picture),
    )
    scores = scoring.read_again(
        scores, picture.pixels, subject, picture.alpha > 0.5 if picture.alpha is not None else None
    )
    if wanted.heat:
        save_picture(wanted.heat / f"{picture.path.stem}.png", scoring.heat_map(picture.pixels, scores.difference))
    found = scores.difference is not None and scores.difference.aligned
    least = scoring.threshold(wanted.threshold, subject, placed=found)
    verdict = [below(identity, least)] if (identity := scores.identity) is not None and identity < least else []
    return {
        "path": str(picture.path),
        **scores_entry(scores).as_json(),
        "reasons": [*verdict, *doubt(subject.confidence), *scores.findings],
        "unavailable": dict(scores.unavailable),
        "parts": {name: round(float(value), 4) for name, value in scores.parts.items()},
        "threshold": round(least, 4),
        "why": scores.why,
        "difference": DifferenceEntry.of(scores.difference).as_json() if scores.difference else None,
    }


def _cover(picture: ReferenceImage) -> Float | None:
    """What the scene covers of the product, where the picture tells of it; a cut or turned one no longer does."""
    try:
        record = own_record(picture.path)
    except BadInput:  # what it tells is damaged: it is judged as anybody's picture
        return None
    relit = record.candidates[0].relit if record else None
    if record is None or relit is None or relit.covered is None:
        return None
    then, (height, width) = record.parameters.as_json(), picture.pixels.shape[:2]
    if abs(width * then["height"] - height * then["width"]) > max(then["width"], then["height"], width, height):
        return None
    return cover_of(Covered(**relit.covered.model_dump(include={"within", "grid"})), (width, height))
