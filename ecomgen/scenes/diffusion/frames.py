"""Which part of a canvas is generated, at which size, and in which windows.

A model knows one size. A canvas of another size is made whole at the model's area and resized; or, where little of it
is missing, only the part around that is made, at the model's own resolution, and pasted back; or, where it is far wider
or taller than the model's pictures, in windows of the model's own size, each going on from what the one before it made.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image

from ecomgen.options.declared import Framing
from ecomgen.scenes.diffusion.regions import CELL, Size, over, resized, to_size, working_size
from ecomgen.types import BoolMask, Box, Canvas, Mode, Pixels, Placement

_CONTEXT = 0.5  # of the missing part's longer side: what the model sees around it
_WORTH = 0.7  # of the canvas's sides: a part larger than this gains nothing by being cut out
_LONG = 2.0  # sides' ratio, relative to the model's, from which on windows are better than one stretched picture
_OVERLAP = 0.375  # of a window, that goes on from what is there
_LARGER = 1.25  # times a side of what was made, from which on a canvas is sharpened in tiles rather than resized
_TILE, _SHARED = 1.25, 0.125  # of the model's side: a tile's at most, and what it shares with the next
_RAMP = 0.5  # of the overlap, over which the new replaces the old


@dataclass(frozen=True, kw_only=True)
class Frame:
    """`box` of the canvas is made as a sheet of `size`, window after window. Windows are boxes of the sheet."""

    box: Box
    size: Size
    windows: tuple[Box, ...]

    def canvas_side(self, canvas: Canvas) -> int:
        """Pixels of the longer side of a canvas whose part in `box` is no smaller than the sheet."""
        scale = max(self.size.width / self.box.width, self.size.height / self.box.height)
        return math.ceil(max(canvas.width, canvas.height) * scale)


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
    if not painted.any():
        return whole
    box = Box.of(painted)
    return box.grown(round(_CONTEXT * (box.longest - 1)) + CELL, painted.shape)


def _is_small(part: Box, whole: Box) -> bool:
    return part.width < _WORTH * whole.width or part.height < _WORTH * whole.height


def _is_long(width: int, height: int, native: Size) -> bool:
    ratio = (width / height) / (native.width / native.height)
    return max(ratio, 1 / ratio) >= _LONG


def is_smaller(frame: Frame) -> bool:
    """Whether what is made is plainly smaller than its part of the canvas."""
    return frame.box.width * frame.box.height >= _LARGER**2 * frame.size.width * frame.size.height


def finer(frame: Frame, native: Size, cell: int = CELL) -> Frame | None:
    """The same box at its own size, in tiles that the model can overlook; None where it was made nearly as large."""
    if not is_smaller(frame):
        return None
    size = Size(*(cell * -(-side // cell) for side in (frame.box.width, frame.box.height)))
    across, down = (_tiles(side, min(native), cell) for side in size)
    tiles = tuple(Box(x0, y0, x1, y1) for y0, y1 in down for x0, x1 in across)
    return Frame(box=frame.box, size=size, windows=tiles)


def _tiles(length: int, native: int, cell: int) -> list[tuple[int, int]]:
    """Where tiles of one length begin and end, a little larger than the model's pictures, each over the one before."""
    shared = cell * max(round(_SHARED * native / cell), 1)
    count = max(1, math.ceil((length - shared) / (_TILE * native - shared)))
    side = min(length, cell * math.ceil((length + (count - 1) * shared) / count / cell))
    starts = [cell * round((length - side) * number / max(count - 1, 1) / cell) for number in range(count)]
    return [(start, start + side) for start in starts]


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


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """What does not change from picture to picture: the kept layer at the frame's size, and the canvas below."""

    frame: Frame
    kept: Pixels  # HxWx4, the frame's size
    base: Pixels  # HxWx3, the canvas's size: what lies outside the frame


def ground_of(placement: Placement, frame: Frame) -> Ground:
    """The placed product, or with mode "replace" its surroundings, as the frame sees it."""
    box = frame.box
    part = np.ascontiguousarray(placement.product[box.slices])
    return Ground(frame=frame, kept=np.asarray(to_size(part, frame.size)), base=placement.product[..., :3])


Enlarger = Callable[["Pixels"], "Pixels"]
"""A network that makes a picture of more pixels, HxWx3."""


class Sheet:
    """One picture while it is made, window by window."""

    def __init__(self, ground: Ground, first: Pixels, shapes: Mapping[str, Pixels] | None = None) -> None:
        """`first` is HxWx3, what the model starts from, of the canvas's ratio and whatever size.

        So are `shapes`, its depth and normals where the studio tells.
        """
        self._ground = ground
        self._pixels = _framed(first, ground).copy()
        self._shapes = {kind: _framed(shape, ground) for kind, shape in (shapes or {}).items()}
        self._done: BoolMask = np.zeros(self._pixels.shape[:2], bool)

    def known(self, window: Box) -> Pixels:
        """HxWx4: what is kept and what earlier windows made."""
        made = np.dstack([self._pixels[window.slices], self._done[window.slices].astype(np.uint8) * 255])
        kept = self._ground.kept[window.slices]
        alpha = np.maximum(kept[..., 3], made[..., 3])
        return np.dstack([np.where(made[..., 3:] > 0, over(kept, made), kept[..., :3]), alpha])

    def image(self, window: Box) -> Pixels:
        """HxWx3: what the model starts from, with what is known over it."""
        return over(self._ground.kept[window.slices], self._pixels[window.slices])

    def kept(self, window: Box) -> Pixels:
        """HxWx4: the product alone, or with mode "replace" its surroundings."""
        return self._ground.kept[window.slices]

    def shape(self, kind: str, window: Box) -> Pixels | None:
        """HxWx3: depth or normals of what the model starts from, where the studio tells."""
        return self._shapes[kind][window.slices] if kind in self._shapes else None

    def paste(self, window: Box, made: Pixels) -> None:
        """Lay what was made over the sheet; where it overlaps what is there, the one fades into the other."""
        new = self._weight(window)[..., None]
        part = self._pixels[window.slices]
        part[...] = (made * new + part * (1 - new)).round().astype(np.uint8)
        self._done[window.slices] = True

    def repaint(self, window: Box, made: Pixels, mask: Image.Image) -> None:
        """Replace what is there inside the mask (mode L), which fades in over a few pixels."""
        from scipy.ndimage import gaussian_filter

        inside = gaussian_filter(np.asarray(mask, np.float32) / 255, CELL / 2)[..., None]
        part = self._pixels[window.slices]
        part[...] = (made * inside + part * (1 - inside)).round().astype(np.uint8)

    def finished(self, enlarged: Enlarger | None = None) -> Pixels:
        """HxWx3 of the canvas's size; what is plainly smaller is `enlarged` rather than interpolated."""
        frame, canvas = self._ground.frame, self._ground.base.copy()
        made = enlarged(self._pixels) if enlarged and is_smaller(frame) else self._pixels
        canvas[frame.box.slices] = resized(made, Size(frame.box.width, frame.box.height))
        return canvas

    def _weight(self, window: Box) -> np.ndarray:
        """HxW in [0, 1]: 1 where nothing was made before, falling to 0 inside what was."""
        from scipy.ndimage import distance_transform_edt

        done = self._done[window.slices]
        if not done.any() or done.all():
            return np.ones(done.shape, np.float32)
        inside = np.asarray(distance_transform_edt(done), np.float32)
        return np.clip(1 - inside / max(float(inside.max()) * _RAMP, 1.0), 0, 1).astype(np.float32)


def _framed(first: Pixels, ground: Ground) -> Pixels:
    """The frame's part of a picture of the whole canvas, at the frame's size."""
    box, height, width = ground.frame.box, *ground.base.shape[:2]
    down, across = first.shape[0] / height, first.shape[1] / width
    rows = slice(round(box.y0 * down), max(round(box.y1 * down), round(box.y0 * down) + 1))
    columns = slice(round(box.x0 * across), max(round(box.x1 * across), round(box.x0 * across) + 1))
    return resized(np.ascontiguousarray(first[rows, columns]), ground.frame.size)
