"""Before and after: the photo laid on the picture's canvas so that the product stays where it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from ecomgen import picture_file, references
from ecomgen.errors import CannotWrite, EcomgenError
from ecomgen.export import write_atomically
from ecomgen.record import RunRecord
from ecomgen.runlog import originals
from ecomgen.types import Pixels

PAPER = (236, 234, 228)  # where the canvas reaches beyond the photo
LONGEST = 1600  # pixels: a screen shows no more


def before(record: RunRecord, folder: Path) -> Path | None:
    """The file of the photo as it would stand on the run's canvas; None where the product was not kept, or it is gone.

    It is made once, beside the run's pictures, at the size of the canvas or at what a screen shows of it.
    """
    target = folder / "before.webp"
    if target.exists():
        return target
    if record.parameters.mode != "keep":
        return None
    try:
        photo = _hero(record)
        cut, placed = (_covered(folder / name) for name in ("cutout.png", "product.png"))
    except (EcomgenError, OSError):
        return None
    if cut is None or placed is None:
        return None
    canvas = record.parameters.size
    laid = _laid(photo, cut, placed, canvas)
    try:
        write_atomically(target, picture_file.encoded(laid, "WEBP", quality=85))
    except CannotWrite:
        return None
    return target


def _hero(record: RunRecord) -> Pixels:
    entry = record.references[record.hero]
    return references.load(originals().find(entry.sha256, entry.path)).pixels


def _covered(file: Path) -> tuple[int, int, int, int] | None:
    """The box of what is not transparent."""
    return Image.fromarray(picture_file.pixels(file, "RGBA")[..., 3]).getbbox()


def _laid(
    photo: Pixels, cut: tuple[int, int, int, int], placed: tuple[int, int, int, int], canvas: tuple[int, int]
) -> Image.Image:
    """The photo scaled and moved as its product was."""
    import cv2

    shrunk = min(1.0, LONGEST / max(canvas))
    scale = shrunk * (placed[2] - placed[0]) / (cut[2] - cut[0])
    moved = (shrunk * placed[0] - scale * cut[0], shrunk * placed[1] - scale * cut[1])
    size = (round(canvas[0] * shrunk), round(canvas[1] * shrunk))
    small = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else photo
    rest = scale / (small.shape[1] / photo.shape[1])
    matrix = np.array([[rest, 0, moved[0]], [0, rest, moved[1]]], np.float64)
    laid = cv2.warpAffine(
        small, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=PAPER
    )
    return Image.fromarray(laid.astype(np.uint8))
