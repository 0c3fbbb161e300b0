"""What cannot work is said in one sentence, before the work and after it."""

from __future__ import annotations

from ecomgen.errors import BadInput, NoProduct, UsageError
from ecomgen.masking.maskers import MASKERS
from ecomgen.messages import flag
from ecomgen.options.reading import unknown
from ecomgen.types import BoolMask, Box, MaskRequest, ReferenceImage

VISIBLE = 0.02  # opacity


def check_request(reference: ReferenceImage, request: MaskRequest) -> None:
    """Before the work.

    Raises:
        UsageError: there is no such masker.
        BadInput: the box or a click is not in the photo, or a brush stroke is empty.
        NoProduct: the photo is fully transparent.
    """
    if request.masker not in ("auto", *MASKERS):
        raise unknown(flag("masker"), request.masker, ("auto", *MASKERS))
    if reference.alpha is not None and float(reference.alpha.max()) < VISIBLE:
        raise NoProduct(
            "{file} is fully transparent: give a cut-out that has a product in it.", file=reference.path.name
        )
    if request.box is not None:
        _check_box(request.box, reference.width, reference.height)
    _check_steering(request, reference.width, reference.height)


def _check_box(box: Box, width: int, height: int) -> None:
    text = ",".join(str(value) for value in box)
    if box.width < 4 or box.height < 4:
        raise BadInput(
            "The box {box} is empty or too thin: give x0,y0,x1,y1 in pixels with x1 > x0 and y1 > y0.", box=text
        )
    if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height:
        raise BadInput(
            "The box {box} reaches outside the photo, which is {width} by {height} pixels: draw it inside.",
            box=text,
            width=width,
            height=height,
        )


def _check_steering(request: MaskRequest, width: int, height: int) -> None:
    for point in request.points:
        if not (0 <= point.x < width and 0 <= point.y < height):
            raise BadInput(
                "The point {x},{y} lies outside the photo, which is {width} by {height} pixels: click inside it.",
                x=point.x,
                y=point.y,
                width=width,
                height=height,
            )
    for stroke in request.strokes:
        if not stroke.points or stroke.width < 1:
            raise BadInput("A brush stroke is empty: give at least one place and a width of at least one pixel.")


def refuse_wordless(request: MaskRequest, masker: str) -> None:
    """Raises UsageError where neither words nor a box say to a masker that looks for words what the product is."""
    if not request.product and request.box is None:
        raise UsageError(
            '{--masker} {masker} looks for words: name the product, for example {--product} "red mug".', masker=masker
        )


def refuse_empty(pixels: BoolMask) -> None:
    """Raises NoProduct for a mask that is empty."""
    if not pixels.any():
        raise NoProduct("The mask is empty: draw a box around the product with {--box}, or give a mask with {--mask}.")


def check_result(pixels: BoolMask) -> None:
    """After the work. Raises NoProduct for a mask that is empty or the whole photo."""
    refuse_empty(pixels)
    if pixels.mean() > 0.995:
        raise NoProduct(
            "The mask is the whole photo, so nothing of it is background: draw a box around the product with {--box}, "
            "or take a photo with some room around it."
        )
