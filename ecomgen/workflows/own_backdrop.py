"""One's own backdrop: a photo that takes the place of a scene."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ecomgen import picture_file, references
from ecomgen.errors import BadPhoto, UsageError
from ecomgen.messages import Message, flag
from ecomgen.placement import GROUND
from ecomgen.recipes import Recipe
from ecomgen.request import Request
from ecomgen.types import Backdrop, Canvas, Composition, Pixels, Understanding

MOST_ENLARGED = 4.0  # times, beyond which a backdrop is nothing but blur
FULL_FRAME, LENSES = 43.27, (12.0, 300.0)  # mm: the diagonal of 35 mm film; focal lengths of photos of a place
DARKEST = 24  # of 255: where not even a twentieth of the pixels is brighter, nothing is seen


def refuse_where_it_cannot_be(request: Request, recipe: Recipe) -> None:
    """Raises UsageError for a pipeline or a mode that has no use for a backdrop."""
    if request.backdrop is None:
        return
    if recipe.backend != "studio":
        raise UsageError(
            "{--backdrop} is left as it is, which {recipe} would paint over: choose {--pipeline} studio.",
            recipe=recipe.name,
        )
    if request.mode != "keep":
        raise UsageError("{--backdrop} keeps the product as it is: leave {--mode} at keep.")
    if request.harmonise == "scene":
        raise UsageError("{--backdrop} is left as it is: leave {--harmonise} off, or say product.")


def understanding(request: Request, found: Understanding) -> Understanding:
    """What a prompt says has no effect on a backdrop."""
    if request.backdrop is None:
        unused = Message("{--ground-gloss} has no effect without {--backdrop}")
        return replace(found, notes=(*found.notes, unused)) if request.ground_gloss else found
    words = (*found.understood, *(one.word for one in found.approximated), *found.ignored)
    said = {"prompt": request.prompt.strip(), "settle": request.settle, "style": request.style}
    unused = [name for name, value in said.items() if value]
    notes = (Message("{option} has no effect with {--backdrop}", option=flag(name)) for name in unused)
    return Understanding(ignored=words, notes=tuple(notes))


def standing(request: Request, canvas: Canvas, usual: Composition) -> tuple[Backdrop | None, Composition]:
    """The backdrop cut to the canvas, and where a product stands on its ground; None where there is none.

    Raises what `loaded` raises.
    """
    if request.backdrop is None or canvas.background is not None:
        return None, usual
    from ecomgen.scenes.studio.estimation import backdrop_photo

    backdrop = loaded(request.backdrop, canvas)
    photo = backdrop_photo.read(backdrop, {**request.held, **request.replayed})
    return backdrop, replace(usual, base=photo.base)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A backdrop on the canvas (HxWx3) and how its ground is seen.

    `row` is where a product stands, as a share of the height; there the camera looks down by `elevation` degrees.
    `focal` is its focal length in heights of the picture: the horizon is `focal * sin(elevation)` above the row.
    `unsure` tells that the elevation is little more than a guess.
    """

    pixels: Pixels
    row: float
    elevation: float
    focal: float
    unsure: bool


def ground(path: Path | str, canvas: Canvas, row: float | None = None) -> Ground:
    """The ground as it is read where a product stands, by rule or on a `row` that is asked for.

    Raises what `loaded` raises.
    """
    from ecomgen.scenes.studio.estimation import backdrop_photo

    backdrop = loaded(Path(path), canvas)
    photo = backdrop_photo.read(backdrop, {})
    row = row or photo.base or GROUND
    return Ground(
        pixels=backdrop.pixels,
        row=row,
        elevation=photo.seen_from(row, canvas),
        focal=photo.focal * max(canvas.width, canvas.height) / canvas.height,
        unsure=photo.unsure,
    )


def loaded(path: Path, canvas: Canvas) -> Backdrop:
    """A backdrop, its middle cut to the shape of the canvas and resized to it.

    Raises:
        BadPhoto: it cannot be read, is transparent, far too small or too dark.
    """
    from PIL import Image, ImageOps

    photo = references.load(path)
    name, enlarged = references.printable(path), max(canvas.width / photo.width, canvas.height / photo.height)
    if photo.alpha is not None:
        raise BadPhoto("The backdrop {file} is transparent in part: save it without transparency.", file=name)
    if enlarged > MOST_ENLARGED:
        raise BadPhoto(
            "The backdrop {file} has {width}×{height} pixels, too few for a picture of {wide}×{high}: choose a larger "
            "one.",
            file=name,
            width=photo.width,
            height=photo.height,
            wide=canvas.width,
            high=canvas.height,
        )
    if np.quantile(photo.pixels.max(-1)[:: max(1, photo.height // 512), :: max(1, photo.width // 512)], 0.95) < DARKEST:
        raise BadPhoto(
            "The backdrop {file} is too dark to see its ground and its light: choose a brighter one.", file=name
        )
    size, lens = (canvas.width, canvas.height), _lens(path)
    focal = lens and lens / FULL_FRAME * math.hypot(photo.width, photo.height) * enlarged / max(size)
    if photo.pixels.shape[1::-1] == size:
        return Backdrop(pixels=photo.pixels, focal=focal)
    fitted = ImageOps.fit(Image.fromarray(photo.pixels), size, Image.Resampling.LANCZOS)
    return Backdrop(pixels=np.asarray(fitted), focal=focal)


def _lens(path: Path) -> float | None:
    """The focal length on 35 mm film by the file's EXIF, where it is a likely one."""
    from PIL import ExifTags

    picture = picture_file.opened(picture_file.read(path), path)
    try:
        told = picture.getexif().get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.FocalLengthIn35mmFilm)
        lens = float(told or 0)
    except Exception:  # whatever damaged EXIF brings about, it is no reason to refuse the picture
        return None
    return lens if LENSES[0] <= lens <= LENSES[1] else None
