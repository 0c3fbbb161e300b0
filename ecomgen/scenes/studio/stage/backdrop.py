"""Backdrops painted in light and thrown out of focus: a disc-shaped blur in linear light is what makes real bokeh."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ecomgen.scenes.studio.primitives.types import Backdrop, Values
from ecomgen.scenes.studio.stage.frame import Frame

LONGEST = 900  # pixels of a backdrop's larger side: it is out of focus anyway
CIRCLE = np.stack([np.cos(np.arange(24) * np.pi / 12), np.sin(np.arange(24) * np.pi / 12)], -1)
MARGIN = 1.12  # how much more is painted than the frame shows, for the lens's rim


class Painting:
    """A picture in linear light, measured as the frame is: x from the middle, y from the horizon, in units."""

    def __init__(self, frame: Frame, colour: ArrayLike) -> None:
        self.frame = frame
        self.right = frame.right * MARGIN
        self.top = (frame.top - frame.eye) + 0.06 * frame.height * frame.unit
        self.bottom = min(frame.bottom - frame.eye, -0.5)
        self.scale = LONGEST / max(2 * self.right, self.top - self.bottom)
        rows, columns = (max(int(side * self.scale), 8) for side in (self.top - self.bottom, 2 * self.right))
        self.light = np.empty((rows, columns, 3), dtype=np.float32)
        self.light[:] = np.asarray(colour, dtype=np.float32)

    @property
    def shape(self) -> tuple[int, int]:
        return self.light.shape[0], self.light.shape[1]

    @property
    def x(self) -> Values:
        """x of each pixel, 1xW."""
        return np.linspace(-self.right, self.right, self.shape[1], dtype=np.float32)[None, :]

    @property
    def y(self) -> Values:
        """y above the horizon of each pixel, Hx1."""
        return np.linspace(self.top, self.bottom, self.shape[0], dtype=np.float32)[:, None]

    def below(self, height: Values | float, fading: float = 0.02) -> Values:
        """1 below a height, which may be another in each column (1xW), and 0 above it; it broadcasts to HxW."""
        return np.clip((height - self.y) / fading, 0, 1)

    def _pixels(self, points: ArrayLike) -> NDArray[np.int32]:
        xy = (np.asarray(points, dtype=np.float64) - (-self.right, self.top)) * (16 * self.scale, -16 * self.scale)
        return np.rint(xy).astype(np.int32)

    def polygon(self, points: ArrayLike, colour: ArrayLike) -> None:
        """A filled polygon through `points`, Nx2."""
        import cv2

        cv2.fillPoly(
            self.light, [self._pixels(points)], np.asarray(colour, dtype=np.float64).tolist(), cv2.LINE_AA, shift=4
        )

    def rectangle(self, x0: float, y0: float, x1: float, y1: float, colour: ArrayLike) -> None:
        self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: ArrayLike, angle: float = 0) -> None:
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        axes = np.array([[rx * c, rx * s], [-ry * s, ry * c]])
        self.polygon(CIRCLE @ axes + (x, y), colour)

    def blend(self, colour: ArrayLike, share: ArrayLike) -> None:
        """Mix `colour` in by `share` (HxW or anything that broadcasts, [0, 1])."""
        weight = np.asarray(share, dtype=np.float32)[..., None]
        self.light += (np.asarray(colour, dtype=np.float32) - self.light) * weight

    def defocus(self, radius: float) -> None:
        """Blur by a disc of `radius` units, as a lens does."""
        self.light = defocused(self.light, radius * self.scale)

    def backdrop(self, depth: float) -> Backdrop:
        eye = self.frame.eye
        return Backdrop(
            picture=self.light,
            depth=depth,
            left=-self.right,
            right=self.right,
            bottom=self.bottom + eye,
            top=self.top + eye,
        )


def defocused(light: Values, radius: float) -> Values:
    """`light` (HxWxC) through a lens whose circle of confusion has `radius` pixels; edges are continued."""
    if radius < 0.6:
        return light
    from scipy.signal import fftconvolve

    reach = int(np.ceil(radius)) + 1
    grid = np.hypot(*np.mgrid[-reach : reach + 1, -reach : reach + 1])
    kernel = np.clip(radius - grid + 0.5, 0, 1)
    kernel *= 0.85 + 0.15 * np.clip(grid / radius, 0, 1) ** 4  # a lens's rim is slightly brighter
    kernel /= kernel.sum()
    wide = np.pad(light, ((reach, reach), (reach, reach), (0, 0)), mode="edge")
    return np.maximum(fftconvolve(wide, kernel[..., None].astype(np.float32), mode="valid", axes=(0, 1)), 0).astype(
        np.float32
    )
