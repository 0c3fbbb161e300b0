"""Which part of a canvas is generated, at which size, and in which windows.

A model knows one size. A canvas of another size is made whole at the model's area and resized; or, where little of it
is missing, only the part around that is made, at the model's own resolution, and pasted back; or, where it is far wider
or taller than the model's pictures, in windows of the model's own size, each going on from what the one before it made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.diffusion.regions import CELL, Size, working_size
from ecomgen.types import Box

if TYPE_CHECKING:
    from ecomgen.options.declared import Framing
    from ecomgen.types import BoolMask, Mode, Placement

_CONTEXT = 0.5  # of the missing part's longer side: what the model sees around it
_WORTH = 0.7  # of the canvas's sides: a part larger than this gains nothing by being cut out
_LONG = 2.0  # sides' ratio, relative to the model's, from which on windows are better than one stretched picture
_OVERLAP = 0.375  # of a window, that goes on from what is there


@dataclass(frozen=True, kw_only=True)
class Frame:
    """`box` of the canvas is made as a sheet of `size`, window after window. Windows are boxes of the sheet."""

    box: Box
    size: Size
    windows: tuple[Box, ...]


def frame_for(placement: Placement, native: Size, framing: Framing, mode: Mode, *, cell: int = CELL) -> Frame:
    """How this canvas is made by a model whose own size is `native`; "auto" decides by mode and shape."""
    canvas = placement.canvas
    whole = Box(0, 0, canvas.width, canvas.height)
    missing = _missing(placement.product[..., 3] < 255, whole)
    if framing == "crop" or (framing == "auto" and mode == "replace" and _is_small(missing, whole)):
        return _single(missing, native, cell)
    if framing == "windows" or (framing == "auto" and mode == "keep" and _is_long(canvas.width, canvas.height, native)):
        return _in_windows(placement, native, cell)
    return _single(whole, native, cell)


def _single(box: Box, native: Size, cell: int) -> Frame:
    size = working_size(box, native, cell)
    return Frame(box=box, size=size, windows=(Box(0, 0, *size),))


def _missing(painted: BoolMask, whole: Box) -> Box:
    """What is not kept, with its context; the whole where all or nothing is missing."""
    rows, columns = np.nonzero(painted.any(1))[0], np.nonzero(painted.any(0))[0]
    if not rows.size:
        return whole
    context = round(_CONTEXT * max(rows[-1] - rows[0], columns[-1] - columns[0])) + CELL
    return Box(
        max(int(columns[0]) - context, 0),
        max(int(rows[0]) - context, 0),
        min(int(columns[-1]) + 1 + context, whole.x1),
        min(int(rows[-1]) + 1 + context, whole.y1),
    )


def _is_small(part: Box, whole: Box) -> bool:
    return part.width < _WORTH * whole.width or part.height < _WORTH * whole.height


def _is_long(width: int, height: int, native: Size) -> bool:
    ratio = (width / height) / (native.width / native.height)
    return max(ratio, 1 / ratio) >= _LONG


def _in_windows(placement: Placement, native: Size, cell: int) -> Frame:
    """The sheet is as high (or as wide) as the model's pictures; the first window is centred on the product."""
    canvas, box = placement.canvas, placement.box
    scale = max(native.width / canvas.width, native.height / canvas.height)
    size = Size(*(cell * max(round(side * scale / cell), 1) for side in (canvas.width, canvas.height)))
    across = size.width / native.width >= size.height / native.height
    length, window = (size.width, native.width) if across else (size.height, native.height)
    middle = (box.x0 + box.x1) / 2 * scale if across else (box.y0 + box.y1) / 2 * scale
    starts = window_starts(length, min(window, length), middle)
    boxes = [
        Box(start, 0, min(start + window, length), size.height)
        if across
        else Box(0, start, size.width, min(start + window, length))
        for start in starts
    ]
    return Frame(box=Box(0, 0, canvas.width, canvas.height), size=size, windows=tuple(boxes))


def window_starts(length: int, window: int, middle: float) -> list[int]:
    """Where windows begin along `length`: first the one around `middle`, then outwards on either side in turn.

    Each but the first overlaps one before it by at least the stated share; together they cover everything; all begin at
    whole cells.
    """
    last = length - window
    first = CELL * round(min(max(middle - window / 2, 0), last) / CELL)
    step = CELL * max(int(window * (1 - _OVERLAP)) // CELL, 1)
    before = [max(start, 0) for start in range(first - step, -step, -step)]
    after = [min(start, last) for start in range(first + step, last + step, step)]
    pairs = [starts[turn : turn + 1] for turn in range(max(len(before), len(after))) for starts in (before, after)]
    return [min(first, last), *(start for pair in pairs for start in pair)]
