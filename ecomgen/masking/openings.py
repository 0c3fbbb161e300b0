"""Holes in a mask: a mug handle's opening shows the ground and stays open, a label in the ground's colour is filled."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_lab
from ecomgen.masking.refinement import nearest, smaller
from ecomgen.morphology import depth, grow, parts
from ecomgen.types import BoolMask, Box, Matte, Pixels

SIDE = 640  # pixels of the copy on which holes are judged
LARGEST_HOLE = 0.2  # of the product's area, that may be filled
RING = 0.25  # of the product's size, around it, in which its background is known
FOREIGN = 7.0  # CIELAB distance from which a hole's colours are not the background's
PRINTED = (1.5, 4.0)  # times what hardly anything around changes, and CIELAB a pixel, from which a hole is printed on
RIM = 2  # pixels beside an edge, whose own change says nothing of what lies there
LEAST_SEEN = 20  # pixels of a hole, from which its print is seen
DEEP = 1.75  # times a hole's width from the outside, and from other holes, it is no opening
LEAST_REACH = 0.05  # of the product's size, beyond the wall, in which what lies beside it is known at the least


@dataclass(frozen=True, kw_only=True, eq=False)
class Holes:
    """What a mask encloses: background that cannot reach the photo's border."""

    numbers: NDArray[np.int32]  # HxW: the hole's, or that of what is no hole
    areas: NDArray[np.int64]  # pixels of each number; 0 where it is no hole

    def those(self, chosen: BoolMask) -> BoolMask:
        """The pixels, HxW, of the holes for whose number `chosen` is true."""
        return (chosen & (self.areas > 0))[self.numbers]

    def without(self, chosen: BoolMask) -> Holes:
        """The others."""
        return Holes(numbers=self.numbers, areas=np.where(chosen, 0, self.areas))


def holes(mask: BoolMask) -> Holes:
    """The holes of a mask, bool HxW."""
    numbers, areas = parts(np.pad(~mask, 1, constant_values=True), 4)
    areas[numbers[0, 0]] = 0
    return Holes(numbers=numbers[1:-1, 1:-1], areas=areas)


def false_holes(photo: Pixels, mask: BoolMask, found: Holes) -> BoolMask:
    """Which of a mask's holes, bool by their numbers, are no openings: a muzzle, a label.

    An opening shows what lies beside the product, there or elsewhere, and is not far smaller than the wall between it
    and the outside, or the next opening of a mesh. What changes far more from pixel to pixel than all that lies around
    the product is print, whatever its colours. Where holes are close to one another but far from the outside, they
    are rather the letters of a print, and less strange colours suffice. The limit was chosen on renders.

    Args:
        photo: uint8 HxWx3.
        mask: bool HxW, not empty.
        found: its holes.
    """
    false = np.zeros(len(found.areas), bool)
    judged = np.flatnonzero((found.areas > 0) & (found.areas <= LARGEST_HOLE * np.count_nonzero(mask)))
    if not len(judged):
        return false
    small = smaller(photo, SIDE)
    seen = _seen(to_lab(small), nearest(mask, small.shape), nearest(found.numbers, small.shape), found.areas > 0)
    for number in np.intersect1d(judged, seen.numbers):
        false[number] = _is_false(seen, int(number))
    return false


@dataclass(frozen=True, kw_only=True, eq=False)
class _Seen:
    """The small copy that holes are judged on."""

    colours: NDArray[np.float32]  # HxWx3, CIELAB
    numbers: NDArray[np.int32]  # HxW, of the holes; 0 in the product and outside
    outside: BoolMask
    away: Matte  # of every pixel from what is outside
    size: float  # of the product
    around: NDArray[np.float32]  # Nx3, the colours outside, near the product
    detail: Matte  # CIELAB that lightness changes by, from pixel to pixel
    busiest: float  # of the detail around


def _seen(colours: NDArray[np.float32], product: BoolMask, numbers: NDArray[np.int32], hollow: BoolMask) -> _Seen:
    within = np.where(product | ~hollow[numbers], 0, numbers)
    outside, size = ~(product | (within > 0)), float(np.count_nonzero(product)) ** 0.5
    near, detail = grow(product, RING * size) & outside, _detail(colours)
    plain = detail[near & (depth(outside) > RIM)]
    return _Seen(
        colours=colours,
        numbers=within,
        outside=outside,
        away=depth(~outside),
        size=size,
        around=colours[near],
        detail=detail,
        busiest=float(np.quantile(plain, 0.95)) if len(plain) else np.inf,
    )


def _is_false(seen: _Seen, number: int) -> bool:
    """Whether a hole is no opening. What is beside it is sought no farther than needed."""
    hole = seen.numbers == number
    width, wall = _width(hole), float(seen.away[hole].min())
    reach = min(wall, float(max(hole.shape))) + max(width, LEAST_REACH * seen.size)
    rows, columns = Box.of(hole).grown(reach + 2, hole.shape).slices
    hole, outside = hole[rows, columns], seen.outside[rows, columns]
    away, others = depth(~hole), (seen.numbers[rows, columns] > 0) & ~hole
    apart = min(wall, float(away[others].min(initial=np.inf)))
    if apart > DEEP * width or _is_printed(seen.detail[rows, columns][depth(hole) > RIM], seen.busiest):
        return True
    colours = seen.colours[rows, columns]
    beside = colours[outside & (away <= reach)]
    strangeness = min(_strangeness(colours[hole], known) for known in (beside, seen.around))
    return strangeness * (wall / apart) ** 0.5 > FOREIGN


def _is_printed(inside: NDArray[np.float32], busiest: float) -> bool:
    """Whether what is `inside` a hole, its detail, can be nothing that lies around the product."""
    times, least = PRINTED
    return len(inside) >= LEAST_SEEN and float(np.median(inside)) > max(times * busiest, least)


def _detail(colours: NDArray[np.float32]) -> Matte:
    """How much lightness changes at each place, a pixel."""
    along, down = (cv2.Sobel(colours[..., 0], cv2.CV_32F, *way, scale=1 / 8) for way in ((1, 0), (0, 1)))
    return np.hypot(along, down)


def _width(hole: BoolMask) -> float:
    """Of the largest disc in it, pixels."""
    return 2 * float(depth(np.pad(hole[Box.of(hole).slices], 1)).max())


def _strangeness(colours: np.ndarray, known: np.ndarray) -> float:
    """Median distance in CIELAB from a colour to the nearest tenth of the known ones; 0 where none is known."""
    if not len(known):
        return 0.0
    from scipy.spatial.distance import cdist

    weight = np.array((0.7, 1, 1), np.float32)
    distances = cdist(_some(colours) * weight, _some(known) * weight)
    tenth = distances.shape[1] // 10
    return float(np.median(np.partition(distances, tenth, axis=1)[:, tenth]))


def _some(colours: np.ndarray) -> np.ndarray:
    """Up to 400 of the colours, evenly taken."""
    return colours[:: max(1, len(colours) // 400)]
