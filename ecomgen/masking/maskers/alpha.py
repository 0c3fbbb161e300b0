"""The photo's own transparency as the mask."""

from __future__ import annotations

from ecomgen.errors import BadInput, NoProduct
from ecomgen.masking.proposals import Proposals
from ecomgen.types import MaskCandidate, MaskRequest, ReferenceImage, Report


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:  # noqa: ARG001
    """One proposal: wherever the photo is at least half opaque.

    Raises:
        BadInput: the photo is fully opaque.
        NoProduct: the photo is nowhere half opaque.
    """
    if reference.alpha is None or reference.alpha.min() >= 1:
        raise BadInput(
            "{file} has no transparency to use as a mask: choose {--masker} auto, or give a PNG whose "
            "background is transparent.",
            file=reference.path.name,
        )
    pixels = reference.alpha >= 0.5
    if not pixels.any():
        raise NoProduct(
            "{file} is nowhere half opaque: give a cut-out with a solid product in it.", file=reference.path.name
        )
    return Proposals(candidates=(MaskCandidate(pixels=pixels),), drawn=True)
