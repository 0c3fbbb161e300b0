"""Which part of a picture gets how many samples: the same everywhere, or most where the denoiser would else guess.

An error that is left after denoising falls with the samples n as n ** -FALL, and is largest where two drafts of the
same view differ most. So the samples are those that reach a mean error at the least cost (water-filling, as in rate
allocation for coding; Rousselle et al., "Adaptive sampling and reconstruction using greedy error minimization", 2011).
The plan of a variant says what its pace allows: size, draft and samples of its pictures.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.morphology import dilated
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.types import BoolMask, Box

Counts = NDArray[np.intp]


FALL = 0.66  # measured: twice the samples leave 2 dB less noise after denoising
TILES, FINE_TILES = 16, 32  # along the picture's longer side; where only little of it is wanted
SMALLEST_TILE = 16  # pixels
MARGIN = 12  # pixels round what is seen that the denoiser looks at
PRICES = np.geomspace(1e4, 1e-4, 161)  # of a sample, in the mean error that a sample takes away
DRAFT_SCALE = 4  # the picture's width over its draft's
DRAFT_SHARE = 0.5  # of the samples a pixel that were asked for, in a variant that compiles nothing
SURFACE_SAMPLES = 16  # a pixel, at most: enough for reflectance and normals to guide the denoiser


@dataclass(frozen=True)
class Patch:
    """A part of the picture, and the samples of each of its pixels."""

    box: Box
    samples: int


def even(frame: Frame, samples: int, pixels: int) -> list[Patch]:
    """The whole picture, `samples` everywhere, in bands of about `pixels` pixels."""
    count = min(max(1, -(-frame.width * frame.height // pixels)), frame.height)
    edges = np.linspace(0, frame.height, count + 1).astype(int)
    return [Patch(Box(0, int(a), frame.width, int(b)), samples) for a, b in itertools.pairwise(edges)]


@dataclass(frozen=True, eq=False)
class Tiles:
    """The tiles of a picture of `width` x `height` pixels: the rows and columns at which they begin and end."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]

    @classmethod
    def of(cls, width: int, height: int, along: int = TILES) -> Tiles:
        side = max(max(width, height) / along, SMALLEST_TILE)
        down, across = (np.linspace(0, length, max(round(length / side), 1) + 1) for length in (height, width))
        return cls(down.astype(np.intp), across.astype(np.intp))

    @property
    def all(self) -> BoolMask:
        """RxC, all true."""
        return np.ones((len(self.rows) - 1, len(self.columns) - 1), bool)

    def seen(self, mask: BoolMask) -> BoolMask:
        """RxC: the tiles in or near which something of `mask` (HxW) lies."""
        near = dilated(mask, MARGIN)
        return np.maximum.reduceat(np.maximum.reduceat(near, self.rows[:-1], 0), self.columns[:-1], 1)

    def box(self, wanted: BoolMask) -> Box:
        """The smallest part of the picture that holds the `wanted` tiles, RxC, of which there is one at least."""
        down, across = (np.flatnonzero(wanted.any(axis)) for axis in (1, 0))
        x0, x1 = self.columns[[across[0], across[-1] + 1]].tolist()
        y0, y1 = self.rows[[down[0], down[-1] + 1]].tolist()
        return Box(x0, y0, x1, y1)

    def noise(self, halves: Sequence[Values]) -> Values:
        """RxC: how much two pictures of the same view differ, of any size, in mean squares."""
        apart = np.square(halves[0] - halves[1]).mean(-1, dtype=np.float32)
        return np.asarray(cv2.resize(apart, self.all.shape[::-1], interpolation=cv2.INTER_AREA))

    def patches(self, counts: Counts, samples: int) -> list[Patch]:
        """Runs of neighbours with the same count, each of about `samples` samples at most; none where it is 0."""
        return [patch for y, row in enumerate(counts) for patch in self._runs(y, row, samples)]

    def _runs(self, y: int, row: Counts, samples: int) -> Iterator[Patch]:
        tile = int(self.rows[1] * self.columns[1])
        longest = np.maximum(samples // np.maximum(tile * row, 1), 1)
        for (count, _), places in itertools.groupby(range(len(row)), key=lambda x: (int(row[x]), x // longest[x])):
            run = list(places)
            x0, x1 = self.columns[[run[0], run[-1] + 1]].tolist()
            if count:
                yield Patch(Box(x0, int(self.rows[y]), x1, int(self.rows[y + 1])), count)


def allocated(noise: Values, samples: int, steps: Sequence[float], target: float) -> Counts:
    """The samples for each tile that leave the noise of `target` x `samples` everywhere, at the least cost.

    Args:
        noise: RxC, of each tile; only its proportions matter. A tile without any gets the fewest.
        samples: a pixel, as they were asked for.
        steps: the shares of `samples` that a tile may get.
        target: as a share of `samples`.
    """
    ladder = np.unique(np.maximum(np.round(np.multiply(steps, samples)), 1)).astype(np.intp)
    left = noise[..., None] * ladder**-FALL
    allowed = noise.mean() * max(target * samples, 1) ** -FALL
    for price in PRICES * allowed / samples:
        choice = np.argmin(left + price * ladder, axis=-1)
        if np.take_along_axis(left, choice[..., None], -1).mean() <= allowed:
            return ladder[choice]
    return np.full(noise.shape, ladder[-1])


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a variant goes about a picture.

    One with steps takes few samples where the draft is calm, none where nothing is seen, and lets the denoiser clean
    its guides first: the picture is as clean as with the samples asked for everywhere, for a part of the work.
    """

    largest: int  # pixels of the longer side that are rendered; beyond, the picture is enlarged
    samples_at_once: int  # below about a second of work
    light_steps: tuple[float, ...] = ()  # of the samples asked for, that a tile may get; none: the same everywhere
    surface_steps: tuple[float, ...] = ()
    target: float = 1.0  # of the samples asked for: what the mean noise before denoising is to be like

    @property
    def adaptive(self) -> bool:
        """Whether samples follow the draft."""
        return bool(self.light_steps)


PLANS = {
    "scalar": Plan(
        largest=1536,
        samples_at_once=300_000,
        light_steps=(0.25, 0.5, 1.0, 2.0),
        surface_steps=(0.25, 0.5, 1.0),
        target=0.75,
    ),
    "llvm": Plan(largest=2048, samples_at_once=1_500_000),
    "cuda": Plan(largest=4096, samples_at_once=64_000_000),
}


def plan_for(variant: str) -> Plan:
    """The plan of one of Mitsuba's variants, by its full name."""
    return PLANS[variant.partition("_")[0]]
