"""What is said of a product so that it is cut out well, and what goes because it would outdo that: of the first product
and of further ones alike, by the names of the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecomgen.web.create.product.marks import Edit

UNSAID = {"mask_candidate": 0, "confirmed": False, "mask": None}
UNMARKED = {**UNSAID, "box": "", "marks": ""}
FOUND = ("mask_candidate", "confirmed")
OUTDONE = {"product": FOUND, "mask": FOUND, "masker": tuple(UNSAID), "box": tuple(UNSAID)}


def outdone(field: str) -> dict[str, Any]:
    """What goes when somebody fills that field: a chosen candidate and that it was found right, and a mask file where
    the product is now found in another way."""
    return {other: UNSAID[other] for other in OUTDONE.get(field, ())}


def picked(photos: list[str], rank: int) -> dict[str, Any]:
    """The mask candidate that was clicked, of the first photo; what was marked on another one goes."""
    return {"photos": photos, "mask_candidate": rank, "marks": "", "confirmed": False}


def confirmed(photos: list[str], rank: str) -> dict[str, Any]:
    """The cut-out on the screen, of the first photo, is right: the candidate that it is of; "" takes that back."""
    return {"photos": photos, "confirmed": bool(rank)} | ({"mask_candidate": int(rank)} if rank else {})


def edited(photos: list[str], edit: Edit, box: str | None) -> dict[str, Any]:
    """All that the editor holds of the first photo, which had this `box` before."""
    is_drawn = edit.box and edit.box != box
    said = {"photos": photos, "box": edit.box, "marks": edit.marks, "confirmed": False}
    return said | (outdone("box") if is_drawn else {})


def main(photos: list[str], chosen: int) -> dict[str, Any]:
    """The photo that the product is to be cut out of goes first; what was said of another one goes."""
    return UNMARKED | {"first_photo": True, "photos": [photos[chosen], *photos[:chosen], *photos[chosen + 1 :]]}


def with_first(photos: Sequence[str], hero: str | None) -> list[str]:
    """The photos, the one that is cut out first."""
    return sorted(photos, key=lambda photo: photo != hero)
