"""One clean shape from a raw mask: stray parts dropped, pinholes closed, false holes filled.

What is filled is limited relative to the product's area, so that a mug handle's opening stays open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecomgen.masking.openings import RING, false_holes, holes
from ecomgen.masking.refinement import resized
from ecomgen.messages import Message
from ecomgen.morphology import close, parts
from ecomgen.types import BoolMask, Box, Pixels

PART_LIMIT = 0.08  # parts smaller than this share of the largest are stray
SPECK_LIMIT = 0.0002  # in a mask drawn on purpose, only dust goes
PINHOLE_LIMIT = 0.0015  # holes up to this share of the product's area are filled, whatever they show
CLOSING_RADIUS = 0.004  # of the square root of the product's area


@dataclass(frozen=True, kw_only=True, eq=False)
class Cleaned:
    """A clean mask, and how many pixels were added to it."""

    pixels: BoolMask
    filled: int
    notes: tuple[str, ...] = ()


def clean(pixels: BoolMask, photo: Pixels | None = None, *, keep_all: bool = False, fill: bool = True) -> Cleaned:
    """Drop stray parts, close cracks and pinholes, fill holes that are no openings.

    Args:
        pixels: bool HxW.
        photo: uint8, by whose colours larger holes are judged; without it they stay. Where it is smaller than the mask,
            it is the copy that the mask was made on, and the mask is cleaned at its size.
        keep_all: the outline and every part of it are meant: only dust is dropped, only pinholes are filled.
        fill: whether anything is filled at all.
    """
    made = pixels if photo is None else resized(pixels, photo.shape)
    kept = keep_parts(made, SPECK_LIMIT if keep_all else PART_LIMIT)
    whole = kept.copy()
    if fill and kept.any():
        here = Box.of(kept).grown(RING * np.count_nonzero(kept) ** 0.5 + 2, kept.shape).slices
        near = None if photo is None else photo[here]
        whole[here] = _filled(kept[here], near, outline_is_meant=keep_all)
    area, all_kept, all_made = (round(np.count_nonzero(each) * pixels.size / made.size) for each in (whole, kept, made))
    filled, dropped = area - all_kept, all_made - all_kept
    return Cleaned(pixels=resized(whole, pixels.shape), filled=filled, notes=_notes(filled, dropped, area))


def _filled(kept: BoolMask, photo: Pixels | None, *, outline_is_meant: bool) -> BoolMask:
    closed = kept if outline_is_meant else close_cracks(kept)
    found = holes(closed)
    pinholes = found.areas <= PINHOLE_LIMIT * np.count_nonzero(closed)
    whole = closed | found.those(pinholes)
    if photo is None or outline_is_meant:
        return whole
    larger = found.without(pinholes)
    return whole | larger.those(false_holes(photo, whole, larger))


def keep_parts(pixels: BoolMask, share: float) -> BoolMask:
    """Only the connected parts that have at least `share` of the largest one's area."""
    return _parts(pixels, lambda areas: areas >= share * areas.max(), 8)


def close_cracks(pixels: BoolMask) -> BoolMask:
    """Morphological closing that keeps only what it adds in small pieces: pinholes, and hairlines from outside."""
    area = int(np.count_nonzero(pixels))
    closed = close(pixels, max(1.0, CLOSING_RADIUS * area**0.5))
    return pixels | _parts(closed & ~pixels, lambda areas: areas <= PINHOLE_LIMIT * area, 4)


def _parts(pixels: BoolMask, chosen: Callable[[NDArray[np.int64]], BoolMask], neighbours: int) -> BoolMask:
    """The connected parts that are chosen by their areas."""
    if not pixels.any():
        return pixels
    here = Box.of(pixels).slices
    labels, areas = parts(pixels[here], neighbours)
    kept = np.zeros_like(pixels)
    kept[here] = chosen(areas)[labels] & pixels[here]
    return kept


def _notes(filled: int, dropped: int, area: int) -> tuple[str, ...]:
    notes = []
    if area and dropped > 0.002 * area:
        notes.append(Message("Stray parts of {pixels:,} pixels were left out of the mask.", pixels=dropped))
    if area and filled > 0.001 * area:
        notes.append(
            Message(
                "Holes of {pixels:,} pixels inside the product were filled; --no-fill leaves them open.", pixels=filled
            )
        )
    return tuple(notes)
