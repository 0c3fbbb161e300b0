"""Cut-outs alone: photos in, transparent PNGs out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen import masking, references
from ecomgen.compositing import composite
from ecomgen.errors import UsageError
from ecomgen.exporting import save_picture
from ecomgen.types import Cutout, Mask, MaskRequest, Report, silent

if TYPE_CHECKING:
    from ecomgen.types import Pixels

COLOUR = re.compile(r"#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
COLOURS = {"white": (255, 255, 255), "black": (0, 0, 0), "grey": (128, 128, 128)}


@dataclass(frozen=True, kw_only=True, eq=False)
class CutoutFile:
    """One photo's cut-out and where it was written."""

    photo: Path
    file: Path
    mask: Mask
    cutout: Cutout

    @property
    def entry(self) -> dict[str, Any]:
        """Its entry in report.json."""
        return {
            "path": str(self.photo),
            "file": self.file.name,
            "masker": self.mask.masker,
            "confidence": round(self.mask.confidence, 4),
            "box": list(self.cutout.box),
            "filled": self.mask.filled,
            "warnings": list(self.mask.warnings),
        }


def cutout(
    photos: Sequence[Path | str],
    out: Path,
    *,
    request: MaskRequest | None = None,
    background: str = "transparent",
    report: Report = silent,
) -> list[CutoutFile]:
    """Cut the product out of each photo into `out/STEM.png` (RGBA, the photo's full size).

    Args:
        photos: the photo files.
        out: the folder for the PNGs.
        request: how to find the product; None looks for it automatically.
        background: "transparent", a colour (white, black, grey, #RRGGBB) or an image file.

    Raises:
        UsageError: the background is none of these.
        BadPhoto, NoProduct: a photo cannot be read, or shows no product.
        CannotWrite: the folder cannot be written.
    """
    made: list[CutoutFile] = []
    backdrop = _backdrop(background)
    for photo in photos:
        reference = references.load(photo)
        mask = masking.find_mask(reference, request or MaskRequest(), report)
        cut = masking.cut_out(reference, mask, report)
        file = out / f"{_free_stem(Path(photo).stem, made)}.png"
        save_picture(file, cut.rgba if backdrop is None else _on(cut.rgba, backdrop))
        made.append(CutoutFile(photo=reference.path, file=file, mask=mask, cutout=cut))
    return made


def _free_stem(stem: str, made: Sequence[CutoutFile]) -> str:
    """Two photos of one name must not share a file."""
    taken = {other.file.stem for other in made}
    number, free = 1, stem
    while free in taken:
        number += 1
        free = f"{stem}-{number}"
    return free


def _backdrop(background: str) -> Pixels | None:
    if background == "transparent":
        return None
    match = COLOUR.fullmatch(background)
    if match or background in COLOURS:
        colour = COLOURS.get(background) or tuple(int(pair, 16) for pair in match.groups())  # type: ignore[union-attr]
        return np.array(colour, np.uint8).reshape(1, 1, 3)
    if Path(background).is_file():
        return references.load(background).pixels
    raise UsageError(
        f"--background {background!r} is not known: give transparent, {', '.join(COLOURS)}, #RRGGBB or an image file."
    )


def _on(rgba: Pixels, backdrop: Pixels) -> Pixels:
    """The product over a colour or over an image that covers it, as an opaque RGBA picture."""
    import cv2

    height, width = rgba.shape[:2]
    scale = max(width / backdrop.shape[1], height / backdrop.shape[0])
    size = (max(width, round(backdrop.shape[1] * scale)), max(height, round(backdrop.shape[0] * scale)))
    cover = cv2.resize(backdrop, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    scene = cover[top : top + height, left : left + width].astype(np.uint8)
    return np.dstack([composite(rgba, scene), np.full((height, width), 255, np.uint8)])
