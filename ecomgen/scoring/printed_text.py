"""The text on a product, read before and after (by rapidocr, an extra): how many of its characters are others now."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from cachetools import cached

from ecomgen.messages import Message
from ecomgen.types import BoolMask, Box, Cutout, Pixels

CERTAIN = 0.8  # of what is read on a photo, so that it counts as its text
SHORTEST = 3  # characters of a line that counts
SIDES = (1024, 800)  # pixels of a crop's longer side, at which both are read
STEADY = 0.2  # of a line's characters, that may read otherwise at the other size
ROOM = 0.05  # of a product's longer side, round it
WORTH_SAYING = 0.1  # of the characters

_lock = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`error` is the share of the photo's characters that read otherwise, [0, 1]; `line` the worst line, `now` how it
    reads."""

    error: float
    line: str
    now: str

    @property
    def findings(self) -> tuple[str, ...]:
        """What is to be said of it."""
        if self.error < WORTH_SAYING:
            return ()
        said = Message(
            'the text on the product reads otherwise: {error:.0%} of its characters, "{line}" as "{now}"',
            error=self.error,
            line=self.line,
            now=self.now,
        )
        return (said,)


def compared(
    picture: Pixels, cutouts: tuple[Cutout, ...], mask: BoolMask | None = None, side: int | None = None
) -> Reading | None:
    """The text on the product in a picture, HxWx3, beside that of the photo which it is most like.

    None where rapidocr is not installed, or no photo bears text that could be read were its product as small as the
    picture's.

    Args:
        mask: where the product is in the picture, HxW; without it, all of the picture is read.
        side: pixels of the product's longer side there, where no mask tells; without it, the picture's.
    """
    if find_spec("rapidocr") is None:
        return None
    known = {one: lines for one in cutouts if (lines := _lines(one))}
    if not known:
        return None
    alone = picture if mask is None or not mask.any() else np.where(mask[..., None], picture, 255).astype(np.uint8)
    now = " ".join(text for side in SIDES for text, _ in _read(_crop(alone, mask, side)))
    best = min((_compared(lines, now) for lines in known.values()), key=lambda one: one.error)
    if not best.error:
        return best
    shown = Box.of(mask).longest if mask is not None and mask.any() else side or max(picture.shape[:2])
    fair = [still for one, lines in known.items() if (still := _legible(one, lines, shown))]
    return min((_compared(lines, now) for lines in fair), key=lambda one: one.error, default=None)


def _compared(lines: tuple[str, ...], now: str) -> Reading:
    found = [(*_nearest(line, now), line) for line in lines]
    wrong = sum(errors for errors, _, _ in found)
    errors, seen, line = max(found, key=lambda one: one[0] / len(one[2]))
    return Reading(error=min(1.0, wrong / sum(map(len, lines))), line=line, now=seen if errors else line)


def _nearest(line: str, text: str) -> tuple[int, str]:
    """The least changes that make the line a part of the text, and that part (Sellers, 1980)."""
    before = [(0, end) for end in range(len(text) + 1)]  # changes so far, and where the part begins
    for count, letter in enumerate(line, 1):
        row = [(count, 0)]
        for end, other in enumerate(text, 1):
            swapped = before[end - 1][0] + (letter != other), before[end - 1][1]
            row.append(min(swapped, (before[end][0] + 1, before[end][1]), (row[-1][0] + 1, row[-1][1])))
        before = row
    end = min(range(len(before)), key=lambda place: before[place][0])
    return min(before[end][0], len(line)), text[before[end][1] : end]


@cached(WeakKeyDictionary(), key=lambda cutout: cutout)
def _lines(cutout: Cutout) -> tuple[str, ...]:
    """The lines that a photo's product certainly bears, since they read alike at both sizes; read once."""
    crops = (_crop(_laid(cutout), cutout.rgba[..., 3] > 127, side) for side in SIDES)
    clear = [text for text, certain in _read(next(crops)) if certain >= CERTAIN and len(text) >= SHORTEST]
    again = " ".join(text for text, _ in _read(next(crops))) if clear else ""
    return _found(clear, again)


def _legible(cutout: Cutout, lines: tuple[str, ...], side: int) -> tuple[str, ...]:
    """Those that can still be read when the photo's product is made as small as a picture's, `side` pixels."""
    mask = cutout.rgba[..., 3] > 127
    if side >= Box.of(mask).longest:
        return lines
    small = _crop(_laid(cutout), mask, side)
    return _found(lines, " ".join(text for large in SIDES for text, _ in _read(_crop(small, None, large))))


def _found(lines: Iterable[str], text: str) -> tuple[str, ...]:
    return tuple(line for line in lines if _nearest(line, text)[0] <= STEADY * len(line))


def _laid(cutout: Cutout) -> Pixels:
    """On white."""
    alpha = cutout.rgba[..., 3:].astype(np.float32) / 255
    return (cutout.rgba[..., :3] * alpha + 255 * (1 - alpha)).astype(np.uint8)


def _read(picture: Pixels) -> Iterator[tuple[str, float]]:
    """Lines as they are read, from above, with how certain each is."""
    with _lock:
        answer = _reader()(np.ascontiguousarray(picture[..., ::-1]))
    for text, sure in zip(answer.txts or (), answer.scores or (), strict=True):
        yield text.strip(), float(sure)


@cache
def _reader() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def _crop(picture: Pixels, mask: BoolMask | None, side: int) -> Pixels:
    """The product with a little room, its longer side so many pixels."""
    import cv2

    height, width = picture.shape[:2]
    box = Box(0, 0, width, height)
    if mask is not None and mask.any():
        own = Box.of(mask)
        box = own.grown(ROOM * own.longest, (height, width))
    scale = side / box.longest
    size = max(round(box.width * scale), 1), max(round(box.height * scale), 1)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture[box.slices], size, interpolation=how), np.uint8)
