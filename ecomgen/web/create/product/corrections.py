"""What is said of a product so that it is cut out well, and what goes because it would outdo that: of the first product
and of further ones alike, by the names of the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecomgen.web.create.marks import Edit

UNSAID = {"mask_candidate": 0, "mask": None}
OUTDONE = {"product": ("mask_candidate",), "mask": ("mask_candidate",), "masker": tuple(UNSAID), "box": tuple(UNSAID)}


def outdone(field: str) -> dict[str, Any]:
    """What goes when somebody fills that field: a chosen candidate, and a mask file where the product is now found in
    another way."""
    return {other: UNSAID[other] for other in OUTDONE.get(field, ())}


def picked(photos: list[str], rank: int) -> dict[str, Any]:
    """The mask candidate that was clicked, of the first photo; what was marked on another one goes."""
    return {"photos": photos, "mask_candidate": rank, "marks": ""}


def edited(photos: list[str], edit: Edit, box: str | None) -> dict[str, Any]:
    """All that the editor holds of the first photo, which had this `box` before."""
    is_drawn = edit.box and edit.box != box
    return {"photos": photos, "box": edit.box, "marks": edit.marks} | (outdone("box") if is_drawn else {})


def with_first(photos: Sequence[str], hero: str | None) -> list[str]:
    """The photos, the one that is cut out first."""
    return sorted(photos, key=lambda photo: photo != hero)
