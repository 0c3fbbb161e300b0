"""Pictures that are made for the screen: small ones inside the page itself, and heat maps beside a run's own."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from cachetools import LRUCache, cached
from PIL import Image

from ecomgen import picture_file
from ecomgen.atomic_file import write_atomically
from ecomgen.errors import BadInput, BadPhoto
from ecomgen.export.thumbnails import thumbnails
from ecomgen.record import CandidateEntry
from ecomgen.record.entries import difference_of
from ecomgen.types import BoolMask, Box, Cutout, Pixels, ReferenceImage
from ecomgen.web.markup import file_url
from ecomgen.web.people.access import place_of

MARGIN = 0.06  # around the product in a preview, as a share of its longer side
LONGEST = 1200  # pixels of a heat map: a screen shows no more
REMEMBERED = 64  # small pictures of photos
DIMMED = 0.25  # how much of the photo shows outside a suggested mask


def picture_url(path: Path) -> str:
    """Where the page finds a picture of a run: served from the home, inside the page itself where it lies elsewhere."""
    if place_of(path) or not path.is_file():
        return file_url(path)
    return _uri(path.read_bytes(), mimetypes.guess_type(path.name)[0] or "image/png")


def data_uri(pixels: Pixels, side: int, quality: int = 84) -> str:
    """HxWx3 or HxWx4 as a WebP data URI whose longer side is at most `side` pixels."""
    return _uri(picture_file.small_webp(Image.fromarray(pixels), side, quality))


@cached(LRUCache(REMEMBERED), key=lambda photo, side: (photo.sha256, side), lock=Lock())
def photo_uri(photo: ReferenceImage, side: int) -> str:
    """A photo as `data_uri` gives it, with its own transparency, remembered: while somebody corrects, it is shown again
    and again."""
    return data_uri(photo.with_transparency, side)


def cutout_uri(cutout: Cutout, side: int) -> str:
    """The product alone with a little air around it, transparent elsewhere."""
    air = round(MARGIN * max(cutout.box.width, cutout.box.height)) + 1
    around = cutout.box.grown(air, cutout.rgba.shape)
    return data_uri(np.ascontiguousarray(cutout.rgba[around.slices]), side)


def suggestion_uris(photo: Pixels, masks: Sequence[BoolMask], side: int) -> list[str]:
    """For each mask the photo with everything outside it faded; of the photo that part where there is any of them."""
    filled = Box.of(np.logical_or.reduce(masks))
    part = filled.grown(MARGIN * max(filled.width, filled.height), photo.shape).slices
    step = max(1, max(photo[part].shape[:2]) // (2 * side))
    small = photo[part][::step, ::step]
    pale = small * DIMMED + 255 * (1 - DIMMED)
    shown = (np.where(mask[part][::step, ::step, None], small, pale) for mask in masks)
    return [data_uri(one.astype(np.uint8), side) for one in shown]


def draft_uri(photo: Pixels, mask: BoolMask, side: int) -> str:
    """The product alone with the mask's own edge, at once, until there is a soft one."""
    step = max(1, max(photo.shape[:2]) // (2 * side))
    alpha = mask[::step, ::step].astype(np.uint8) * 255
    rgba = np.dstack([photo[::step, ::step], alpha])
    return cutout_uri(Cutout(rgba=rgba, box=Box.of(alpha)), side)


def alpha_uri(mask: BoolMask | Pixels, side: int) -> str:
    """A mask, bool HxW or 0 to 255, as a PNG data URI that is opaque where the product is."""
    alpha = Image.fromarray(mask.astype(np.uint8) * 255 if mask.dtype == bool else mask)
    alpha.thumbnail((side, side), Image.Resampling.BOX)
    opaque = Image.merge("LA", (Image.new("L", alpha.size, 255), alpha))
    return _uri(picture_file.encoded(opaque, "PNG", compress_level=3), "image/png")


def file_uri(path: Path, side: int) -> str:
    """A picture file of ours as a thumbnail, or nothing where it is gone."""
    try:
        return _uri(thumbnails().of(path, side))
    except (OSError, BadPhoto):
        return ""


def heat(entry: CandidateEntry, folder: Path) -> Path | None:
    """The file of a candidate's heat map; None where there was nothing to compare, or its picture is gone.

    It is made when it is first shown.
    """
    target = folder / "heat" / f"{Path(entry.path).stem}.webp"
    if target.exists():
        return target
    if not entry.difference:
        return None
    from ecomgen.scoring import heat_map

    try:
        picture = picture_file.pixels(folder / entry.path)
        shown = Image.fromarray(heat_map(picture, difference_of(entry.difference)))
        shown.thumbnail((LONGEST, LONGEST))
        write_atomically(target, picture_file.encoded(shown, "WEBP", quality=85))
    except BadInput:
        return None
    return target


def _uri(data: bytes, kind: str = "image/webp") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
