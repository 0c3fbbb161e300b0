"""What stands out from the photo's border: robust background detection (Zhu, Liang, Wei, Sun, CVPR 2014)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix, diags
from scipy.sparse.csgraph import dijkstra
from scipy.sparse.linalg import spsolve
from scipy.spatial.distance import cdist

if TYPE_CHECKING:
    from ecomgen.masking.graphcut.superpixels import Floats, Superpixels

REACH = 10.0  # CIELAB distance along a path within which patches belong together
NEARBY = 0.25  # of the photo's side, within which contrast counts


def saliency(patches: Superpixels) -> Floats:
    """How likely each patch is product, in [0, 1], by contrast with what is connected to the border."""
    background = _background(patches)
    contrast = _unit(_contrast(patches, background))
    return _unit(_smoothed(patches, background, contrast))


def _background(patches: Superpixels) -> Floats:
    """Boundary connectivity: a region is background if much of its outline is the photo's frame."""
    steps = np.maximum(patches.differences - 3, 0) + 1e-6  # sensor noise is not a step
    graph = coo_matrix((steps, (patches.left, patches.right)), (patches.count, patches.count))
    near = np.exp(-(dijkstra(graph.tocsr(), directed=False, limit=5 * REACH) ** 2) / (2 * REACH**2))
    connectivity = near[:, patches.at_border].sum(axis=1) / np.sqrt(near.sum(axis=1))
    return 1 - np.exp(-(connectivity**2) / 2)


def _contrast(patches: Superpixels, background: Floats) -> Floats:
    colours = cdist(patches.colours, patches.colours)
    squares = cdist(patches.centres, patches.centres, "sqeuclidean")
    return (colours * np.exp(-squares / (2 * NEARBY**2))) @ background


def _smoothed(patches: Superpixels, background: Floats, contrast: Floats) -> Floats:
    """Least squares: 0 where background, 1 where contrast, alike neighbours equal."""
    weights = np.exp(-(patches.differences**2) / (2 * REACH**2)) + 0.1
    half = coo_matrix((weights, (patches.left, patches.right)), (patches.count, patches.count)).tocsr()
    both = half + half.T
    laplacian = diags(np.asarray(both.sum(axis=1)).ravel()) - both
    system = (diags(background + contrast + 1e-6) + laplacian).tocsc()
    return np.asarray(spsolve(system, contrast))


def _unit(values: Floats) -> Floats:
    return np.clip((values - values.min()) / (np.ptp(values) + 1e-9), 0, 1)
