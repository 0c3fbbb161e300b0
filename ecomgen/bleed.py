"""What its photo's frame cuts off runs off the picture's edge on the same sides, so that nobody sees the cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecomgen.types import BoolMask, Box, Canvas, Cutout

ENDS = 0.1  # of the product's width or height, that lies on a side of the photo where it ends there
LARGEST = 0.92  # of a side of the room there is, unless the product runs off it
NEARLY = 1.02  # times the room there is, that what runs off may take
FRAME = {"left": np.s_[:, 0], "top": np.s_[0], "right": np.s_[:, -1], "bottom": np.s_[-1]}


@dataclass(frozen=True, kw_only=True)
class Bleed:
    """The `sides` of the canvas that the product runs off, and the `scale` at which it reaches them; None where the
    usual one will do."""

    sides: frozenset[str] = frozenset()
    scale: float | None = None

    def corner(self, usual: tuple[int, int], slack: tuple[int, int]) -> tuple[int, int]:
        """The left upper corner (x, y), `usual` where it runs off no side; the canvas is larger by `slack`."""
        return self._start("left", "right", usual[0], slack[0]), self._start("top", "bottom", usual[1], slack[1])

    def _start(self, near: str, far: str, usual: int, slack: int) -> int:
        first, last = near in self.sides, far in self.sides
        return slack // 2 if first and last else 0 if first else slack if last else usual


def ends(mask: BoolMask) -> frozenset[str]:
    """The sides of the photo at which a mask that is not empty ends over a good part of its own width or height."""
    if not mask.any():
        return frozenset()
    box = Box.of(mask)
    length = {"left": box.height, "top": box.width, "right": box.height, "bottom": box.width}
    return frozenset(side for side, line in FRAME.items() if np.count_nonzero(mask[line]) > ENDS * length[side])


def cut_sides(mask: BoolMask) -> frozenset[str]:
    """The sides of the photo on which its frame cuts the product off; none where it touches all four, as it does in
    photos that were trimmed to it."""
    return frozenset() if all(mask[line].any() for line in FRAME.values()) else ends(mask)


def bleed(cutout: Cutout, canvas: Canvas, base: float) -> Bleed:
    """Where the product runs off the canvas, on whose row `base` (a share of its height) it stands where it has a foot.

    Nowhere on a background that a channel demands, and over no side of which a channel keeps a part free.
    """
    free = {side for side, kept in zip(FRAME, canvas.safe_area, strict=True) if not kept}
    sides, box = cut_sides(cutout.rgba[..., 3] > 127) & free, cutout.box
    if canvas.background is not None or not sides:
        return Bleed()
    across, down = sides >= {"left", "right"}, "top" in sides
    wide = canvas.width * (1 if across else LARGEST)
    high = canvas.height * (LARGEST if not down else 1 if "bottom" in sides else base)
    scale = max(wide / box.width * across, high / box.height * down)
    if scale * box.width > NEARLY * wide or scale * box.height > NEARLY * high:
        return Bleed(sides=sides & {"bottom"})
    return Bleed(sides=sides, scale=scale or None)
