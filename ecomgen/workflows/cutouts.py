"""Cut-outs alone: photos in, files out, one after the other, so that a folder of thousands needs no more memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ecomgen import masking, references
from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.compositing import PRESETS, background, composite, contact_shadow
from ecomgen.errors import BadInput, CannotWrite, UsageError
from ecomgen.export import SUFFIXES, save_picture
from ecomgen.export.names import free_name
from ecomgen.export.run_folder import refuse_replacing, refuse_unwritable
from ecomgen.options.reading import several
from ecomgen.record.run_record import DoubtEntry
from ecomgen.request import CutoutRequest
from ecomgen.types import Box, Doubt, EdgeReport, Pixels, Progress, Report, silent


@dataclass(frozen=True, kw_only=True)
class CutoutFile:
    """One photo's cut-out: where it was written, and what is to be said of it."""

    photo: Path
    file: Path
    masker: str
    confidence: float  # [0, 1], the probability of an IoU of at least 0.9 with the truth
    doubts: tuple[Doubt, ...]
    box: Box  # of the product in the photo
    filled: int  # pixels of pinholes that were closed
    warnings: tuple[str, ...]
    edge: EdgeReport | None = None  # None where the photo's own transparency was taken

    @property
    def entry(self) -> dict[str, Any]:
        """Its entry in report.json."""
        return {
            "path": str(self.photo),
            "file": self.file.name,
            "masker": self.masker,
            "confidence": round(self.confidence, 4),
            "doubts": [DoubtEntry.of(one).as_json() for one in self.doubts],
            "box": list(self.box),
            "filled": self.filled,
            "warnings": list(self.warnings),
            "edge": asdict(self.edge) if self.edge else None,
        }


def cutout(
    photos: Iterable[Path | str],
    out: Path,
    request: CutoutRequest | None = None,
    *,
    report: Report = silent,
    on_failure: Callable[[Path, BadInput], None] | None = None,
) -> list[CutoutFile]:
    """Cut the product out of each photo into `out/STEM.SUFFIX` (RGBA, or RGB as JPEG, at the photo's full size).

    Args:
        photos: photo files, and folders of them.
        out: the folder for the files; photos of one name get numbers.
        request: how to find the product, what lies behind it and how its file is to be; None takes every default.
        on_failure: hears of each photo that cannot be cut out, and the others go on; None raises at the first.

    Raises:
        UsageError: the background is none of these.
        BadPhoto, NoProduct: a photo cannot be read, or shows no product.
        CannotWrite: the folder cannot be written, or a photo would be replaced by its cut-out.
    """
    refuse_unwritable(out)
    wanted = request or CutoutRequest()
    backdrop = _Backdrop(wanted.background)
    found = list(files_of(photos))
    made: list[CutoutFile] = []
    taken: dict[str, int] = {}
    names = [free_name(photo.stem, taken) for photo in found]  # photos of one name must not share a file
    given = (*found, *filter(None, [wanted.mask]), Path(wanted.background))
    refuse_replacing((out / f"{name}{SUFFIXES[wanted.format]}" for name in names), given)
    for number, (photo, name) in enumerate(zip(found, names, strict=True)):
        report(Progress(step="cutout", done=number, total=len(found), message=references.printable(photo)))
        try:
            made.append(_cut(photo, out / f"{name}{SUFFIXES[wanted.format]}", wanted, backdrop, report))
        except CannotWrite:
            raise
        except BadInput as error:
            if on_failure is None:
                raise
            on_failure(photo, error)
    return made


def files_of(photos: Iterable[Path | str]) -> Iterator[Path]:
    """Photos as they are named, those of a folder in its place."""
    for photo in map(Path, several(photos)):
        if photo.is_dir() and (inside := references.photos_in(photo)):
            yield from inside
        else:
            yield photo


def _cut(photo: Path, file: Path, wanted: CutoutRequest, backdrop: _Backdrop, report: Report) -> CutoutFile:
    reference = references.load(photo)
    mask = masking.find_mask(reference, wanted.mask_request, report)
    cut = masking.cut_out(reference, mask, report, edge=wanted.edge)
    picture = backdrop.under(cut.rgba, wanted.shadow)
    save_picture(file, picture[..., :3] if wanted.format == "jpeg" else picture, kind=wanted.format)
    return CutoutFile(
        photo=reference.path,
        file=file,
        masker=mask.masker,
        confidence=mask.confidence,
        doubts=mask.doubts,
        box=cut.box,
        filled=mask.filled,
        warnings=mask.warnings,
        edge=cut.edge,
    )


class _Backdrop:
    """What lies behind the product: nothing, a preset or colour, or an image that covers the photo's frame.

    Raises:
        UsageError: the name is none of these.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._image: Pixels | None = None
        if name != "transparent" and background(name, 1, 1) is None:
            self._image = _read(name)

    def under(self, rgba: Pixels, shadow: bool) -> Pixels:
        """The product over it, RGBA; opaque unless it is transparent."""
        taken = contact_shadow(rgba)[..., None] if shadow else None
        height, width = rgba.shape[:2]
        plain = background(self._name, width, height) if self._image is None else _covering(self._image, width, height)
        if plain is None:
            return rgba if taken is None else _with_shadow(rgba, taken)
        scene = plain if taken is None else to_bytes(to_srgb(to_linear(plain) * (1 - taken)))
        return np.dstack([composite(rgba, scene), np.full((height, width), 255, np.uint8)])


def _read(name: str) -> Pixels:
    if not Path(name).is_file():
        raise UsageError(
            "{--background} {background!r} is not known: give transparent, {known}, #RRGGBB or an image file.",
            background=name,
            known=", ".join(PRESETS),
        )
    return references.load(Path(name)).pixels


def _with_shadow(rgba: Pixels, taken: np.ndarray) -> Pixels:
    """The product over a shadow that is itself transparent (Porter & Duff's "over", straight alpha)."""
    alpha = rgba[..., 3:].astype(np.float32) / 255
    whole = alpha + taken * (1 - alpha)
    mixed = to_bytes(to_srgb(to_linear(rgba[..., :3]) * alpha / np.maximum(whole, 1e-6)))
    colours = np.where(alpha == 1, rgba[..., :3], mixed)
    return np.dstack([colours, to_bytes(whole[..., 0])])


def _covering(image: Pixels, width: int, height: int) -> Pixels:
    import cv2

    scale = max(width / image.shape[1], height / image.shape[0])
    size = (max(width, round(image.shape[1] * scale)), max(height, round(image.shape[0] * scale)))
    cover = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return cover[top : top + height, left : left + width].astype(np.uint8)
