"""A photo as a few hundred small patches of one colour each (SLIC: Achanta et al., 2012), with their neighbourhood."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import find_objects
from scipy.spatial.distance import cdist

from ecomgen.color import to_lab
from ecomgen.morphology import frame
from ecomgen.types import BoolMask, Pixels

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BANDWIDTH = 5.0  # CIELAB units within which two patches have the same colour


@dataclass(frozen=True, kw_only=True, eq=False)
class Superpixels:
    """`count` patches; edges run between the patches `left[k]` and `right[k]`."""

    labels: Ints  # HxW, patch of each pixel
    areas: Floats  # pixels
    colours: Floats  # count x 3, mean CIELAB
    centres: Floats  # count x 2, x and y in [0, 1]
    extents: Floats  # count x 4, XYXY in [0, 1]
    at_border: BoolMask  # patches on the photo's frame
    left: Ints
    right: Ints
    lengths: Floats  # of each shared edge, pixels
    differences: Floats  # CIELAB distance across each edge
    alikeness: Floats  # count x count, 1 for equal colours

    @property
    def count(self) -> int:
        return len(self.areas)

    @property
    def nbytes(self) -> int:
        """What it takes in memory, nearly."""
        return self.labels.nbytes + self.alikeness.nbytes

    def average(self, values: NDArray[np.generic]) -> Floats:
        """The mean of an HxW map in each patch."""
        return np.bincount(self.labels.ravel(), values.ravel(), self.count) / self.areas


def divide(photo: Pixels, count: int, rounds: int) -> Superpixels:
    """Divide a small photo, uint8 HxWx3, into about so many patches, whose centres are moved so often."""
    from skimage.segmentation import slic

    smooth = to_lab(np.asarray(cv2.bilateralFilter(photo, 5, 25, 5), dtype=np.uint8))
    labels = slic(smooth, count, 0.15, max_num_iter=rounds, convert2lab=False, start_label=0, channel_axis=2)
    labels = np.unique(labels, return_inverse=True)[1].reshape(labels.shape).astype(np.int64)
    areas = np.bincount(labels.ravel()).astype(np.float64)
    colours = _means(labels, areas, smooth)
    left, right, lengths = _edges(labels, len(areas))
    return Superpixels(
        labels=labels,
        areas=areas,
        colours=colours,
        centres=_means(labels, areas, _coordinates(labels.shape)),
        extents=_extents(labels),
        at_border=np.isin(np.arange(len(areas)), frame(labels)),
        left=left,
        right=right,
        lengths=lengths,
        differences=np.linalg.norm(colours[left] - colours[right], axis=1),
        alikeness=_alikeness(colours),
    )


def _means(labels: Ints, areas: Floats, maps: NDArray[np.floating]) -> Floats:
    flat = labels.ravel()
    return np.stack([np.bincount(flat, channel.ravel()) / areas for channel in np.moveaxis(maps, 2, 0)], axis=1)


def _coordinates(shape: tuple[int, ...]) -> Floats:
    height, width = shape[:2]
    rows, columns = np.mgrid[:height, :width]
    return np.stack([(columns + 0.5) / width, (rows + 0.5) / height], axis=2)


def _extents(labels: Ints) -> Floats:
    height, width = labels.shape
    spans = [(across.start, down.start, across.stop, down.stop) for down, across in find_objects(labels + 1)]
    return np.array(spans) / (width, height, width, height)


def _edges(labels: Ints, count: int) -> tuple[Ints, Ints, Floats]:
    beside = np.stack([labels[:, :-1].ravel(), labels[:, 1:].ravel()])
    below = np.stack([labels[:-1].ravel(), labels[1:].ravel()])
    low, high = np.sort(np.concatenate([beside, below], axis=1), axis=0)
    lengths = np.bincount((low * count + high)[low != high], minlength=count**2)
    codes = np.flatnonzero(lengths)
    return codes // count, codes % count, lengths[codes].astype(np.float64)


def _alikeness(colours: Floats) -> Floats:
    """Lightness counts less than hue: shading is not a change of material."""
    weighted = colours * (0.7, 1.0, 1.0)
    return np.exp(-cdist(weighted, weighted, "sqeuclidean") / (2 * BANDWIDTH**2))
