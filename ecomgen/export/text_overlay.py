"""Lettering laid over a picture: badges, watermarks, captions.

Letters are patches lighter, darker or of another hue than what surrounds them, at several scales, of even stroke
width (after Epshtein, Ofek & Wexler, "Detecting text in natural scenes with stroke width transform", CVPR 2010), that
stand in a row. This finds printed rows of at least three letters. Single letters, logos without letters, strongly bent
rows and lettering on a busy texture escape it, and rows of leaves or books can pass for letters, which is why every
finding has a confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ecomgen.export.measured_placement import shrunk
from ecomgen.types import BoolMask, Box, Pixels

WORKING = 1280  # pixels of the longer side
SMALLEST = 9  # pixels of height, at the working size
TALLEST = 0.2  # of the picture's shorter side
WOBBLE = 0.55  # deviation of a letter's stroke width from its mean, at most
CONTRAST = 24  # of 255, between a letter and what surrounds it
OUTSTANDING = 10  # of 255, of lightness or hue, above the mean of the surroundings
CROWDED = 1500  # patches, beyond which they are a texture
WINDOWS = (25, 61, 151, 351)  # pixels: how wide surroundings are, from small letters to very large ones


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of letters: where, and how sure in [0, 1]."""

    box: Box
    confidence: float


@dataclass(frozen=True, kw_only=True, eq=False)
class _Letter:
    box: Box
    stroke: float
    grey: float


Found = TypeVar("Found", Row, _Letter)


def find_lettering(pixels: Pixels, ignored: BoolMask | None = None) -> tuple[Row, ...]:
    """Rows of letters in HxWx3 sRGB pixels, surest first; nothing inside `ignored` (bool HxW) counts."""
    import cv2

    from ecomgen.morphology import stretched

    small, scale = shrunk(pixels, WORKING)
    hidden = np.zeros(small.shape[:2], bool) if ignored is None else stretched(ignored, small.shape[1::-1])
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)
    rows = [
        row
        for channel in cv2.split(lab)
        for sign in (1, -1)
        for window in WINDOWS
        for row in _rows(_letters(np.asarray(channel, np.uint8), sign, window, hidden), scale)
    ]
    return tuple(_apart(sorted(rows, key=lambda row: -row.confidence)))


def _letters(channel: Pixels, sign: int, window: int, hidden: BoolMask) -> list[_Letter]:
    """What stands out of its surroundings (`window` pixels wide) and could be a letter."""
    import cv2

    near = cv2.blur(channel, (window, window)).astype(np.int16)
    ink = (sign * (channel.astype(np.int16) - near) > OUTSTANDING) & ~hidden
    _, labels, facts, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    tallest = min(TALLEST * min(channel.shape), window)
    _, _, widths, heights, areas = np.asarray(facts).T
    shares, extents = widths / heights, areas / (widths * heights)
    likely = (heights >= SMALLEST) & (heights <= tallest) & (shares >= 0.08) & (shares <= 2) & (extents >= 0.12)
    numbers = [int(number) for number in np.nonzero(likely & (extents <= 0.95))[0] if number]
    if len(numbers) > CROWDED:
        return []
    found = []
    for number in numbers:
        x, y, width, height = (int(value) for value in facts[number][:4])
        box = Box(x, y, x + width, y + height)
        letter = _letter(channel[box.slices], np.asarray(labels)[box.slices] == number, box)
        found += [letter] if letter else []
    return _apart(sorted(found, key=lambda one: -one.box.width * one.box.height))


def _letter(values: Pixels, shape: BoolMask, box: Box) -> _Letter | None:
    """The patch as a letter, where its strokes are even and it stands out from what surrounds it."""
    import cv2

    depth = cv2.distanceTransform(np.pad(shape, 1).astype(np.uint8), cv2.DIST_L2, 3)
    ridge = depth[(depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8))) & (depth > 0)]
    stroke = float(ridge.mean())
    if ridge.std() > WOBBLE * stroke or 2 * stroke > 0.6 * box.height:
        return None
    ink, paper = values[shape], values[~shape]
    if not paper.size or abs(float(np.median(ink)) - float(np.median(paper))) < CONTRAST:
        return None
    return _Letter(box=box, stroke=stroke, grey=float(np.median(ink)))


def _lines(letters: Sequence[_Letter]) -> list[list[_Letter]]:
    """Chains of at least three letters that stand side by side."""
    from scipy.sparse.csgraph import connected_components

    beside = np.zeros((len(letters), len(letters)), bool)
    for (first, a), (second, b) in combinations(enumerate(letters), 2):
        beside[first, second] = _neighbours(a, b)
    count, labels = connected_components(beside, directed=False)
    chains = ([one for one, label in zip(letters, labels, strict=True) if label == each] for each in range(count))
    return [sorted(chain, key=lambda one: one.box.x0) for chain in chains if len(chain) >= 3]


def _neighbours(a: _Letter, b: _Letter) -> bool:
    taller, lower = max(a.box.height, b.box.height), min(a.box.height, b.box.height)
    gap = max(a.box.x0, b.box.x0) - min(a.box.x1, b.box.x1)
    feet, middles = abs(a.box.y1 - b.box.y1), abs(_middle(a.box)[1] - _middle(b.box)[1])
    return (
        taller < 1.9 * lower
        and -0.2 * lower < gap < 0.9 * taller
        and min(feet, abs(a.box.y0 - b.box.y0), middles) < 0.22 * taller
        and max(a.stroke, b.stroke) < 1.8 * min(a.stroke, b.stroke)
        and abs(a.grey - b.grey) < 40
    )


def _rows(letters: Sequence[_Letter], scale: float) -> list[Row]:
    lines = _lines(letters)
    printed = {id(letter) for line in lines for letter in line}
    return [_row(line, _order(line, letters, printed), scale) for line in lines]


def _order(line: Sequence[_Letter], letters: Sequence[_Letter], printed: set[int]) -> float:
    """The share of what looks like letters round a row that stands in rows: near 1 in print, low in grass or gravel."""
    reach = 2 * max(one.box.height for one in line)
    x0, y0, x1, y1 = Box.around(one.box for one in line)
    around = Box(x0 - reach, y0 - reach, x1 + reach, y1 + reach)
    near = [one for one in letters if _holds(around, one.box)]
    return sum(id(one) in printed for one in near) / max(len(near), 1)


def _row(line: Sequence[_Letter], order: float, scale: float) -> Row:
    """The row's place in the picture, and how much like print it is: straight, even, of one ink, and long."""
    heights = np.array([one.box.height for one in line], float)
    across = np.array([_middle(one.box)[0] for one in line])
    feet = np.array([one.box.y1 for one in line], float)
    slope = np.polyfit(across, feet, 1)
    off = np.minimum(_from_line(across, feet), _from_line(across, feet - heights)) / heights.mean()
    strokes = np.array([one.stroke for one in line])
    inks = np.array([one.grey for one in line])
    even = (
        np.exp(-((float(off.mean()) / 0.15) ** 2))
        * np.exp(-((strokes.std() / strokes.mean() / 0.5) ** 2))
        * np.exp(-((inks.std() / 16) ** 2))
        * np.exp(-((float(slope[0]) / 0.5) ** 2))
    )
    box = Box(*(round(edge / scale) for edge in Box.around(one.box for one in line)))
    return Row(box=box, confidence=round(float(even * order * (1 - 0.5 ** (len(line) - 1.5))), 3))


def _from_line(across: NDArray[np.floating[Any]], heights: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Distances from the line through most of the points: letters stand on one line or hang from one."""
    tilt = float(np.polyfit(across, heights, 1)[0])
    level = heights - tilt * across
    return np.abs(level - np.median(level))


def _apart(found: Iterable[Found]) -> list[Found]:
    """Each place once: of those that lie in each other, as a ring in its outline, the first."""
    kept: list[Found] = []
    for one in found:
        if not any(_holds(other.box, one.box) for other in kept):
            kept.append(one)
    return kept


def _holds(box: Box, other: Box) -> bool:
    """Whether the other's middle lies in a box."""
    x, y = _middle(other)
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _middle(box: Box) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
