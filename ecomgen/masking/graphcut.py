"""GrabCut over superpixels (Rother, Kolmogorov, Blake, 2004), with kernel-density colour models and a soft prior.

Over patches a cut takes milliseconds, so that many starting points can be tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.masking.superpixels import Floats, Superpixels
    from ecomgen.types import BoolMask

rounds = 5  # of colour models and cuts in turn
precision = 10.0  # integer units per unit of energy
certain = 1e6  # energy that no cut can outweigh


@dataclass(frozen=True, kw_only=True)
class Tuning:
    """How much the place and the outline count against the colours."""

    place: float
    outline: float


def segment(patches: Superpixels, prior: Floats, outside: BoolMask, weights: Floats, tuning: Tuning) -> BoolMask:
    """Which patches are product.

    Args:
        patches: the photo.
        prior: how likely each patch is product before colours are looked at, in (0, 1).
        outside: patches that cannot be product.
        weights: how many pixels each patch contributes to the colour models.
        tuning: the energy's weights.

    Returns:
        bool, one per patch; all False where the product vanishes.
    """
    place = tuning.place * np.log(prior / (1 - prior))
    edges = links(patches, tuning.outline)
    nothing = np.zeros_like(outside)
    chosen = prior
    for _ in range(rounds):
        unary = patches.areas * (_colour_evidence(patches, chosen, weights) + place)
        cut = minimum_cut(patches, unary, edges, product=nothing, rest=outside)
        if not cut.any() or np.array_equal(cut, chosen):
            return cut
        chosen = cut.astype(np.float64)
    return chosen > 0.5


def _colour_evidence(patches: Superpixels, chosen: Floats, weights: Floats) -> Floats:
    """Log ratio of the two kernel densities, held within ±4."""
    product, rest = weights * chosen, weights * (1 - chosen)
    inside = patches.alikeness @ product / max(product.sum(), 1e-9) + 1e-4
    outside = patches.alikeness @ rest / max(rest.sum(), 1e-9) + 1e-4
    return np.clip(np.log(inside / outside), -4, 4)


def links(patches: Superpixels, outline: float) -> Floats:
    """What it costs to cut each edge between two patches: little where the colours change."""
    squares = patches.differences**2
    scale = max(16.0, float((squares * patches.lengths).sum() / patches.lengths.sum()))
    return outline * patches.lengths * (np.exp(-squares / (2 * scale)) + 0.02)


def minimum_cut(patches: Superpixels, unary: Floats, edges: Floats, *, product: BoolMask, rest: BoolMask) -> BoolMask:
    """The cheapest cut, bool per patch.

    Args:
        patches: the photo.
        unary: log-odds, one per patch; positive for product.
        edges: the cost of each edge of `patches`.
        product: patches that must be product.
        rest: patches that must not be.
    """
    count = patches.count
    source, sink = count, count + 1
    to_product = np.where(product, certain, np.where(rest, 0, np.maximum(unary, 0)))
    to_rest = np.where(rest, certain, np.where(product, 0, np.maximum(-unary, 0)))
    none = np.zeros(count)
    layout = _layout(patches)
    capacities = (np.concatenate([to_product, none, to_rest, none, edges, edges]) * precision).astype(np.int32)
    graph = layout.filled(capacities[layout.order])
    residual = layout.filled(np.maximum(graph.data - maximum_flow(graph, source, sink).flow.data, 0))
    residual.eliminate_zeros()
    reached = breadth_first_order(residual, source, return_predecessors=False)
    return np.isin(np.arange(count), reached)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Layout:
    """Where the edges between source, patches and sink stand in a sparse matrix; every edge has its reverse."""

    order: NDArray[np.int64]
    columns: NDArray[np.int32]
    rows: NDArray[np.int32]  # where each begins

    def filled(self, values: NDArray[np.int32]) -> csr_matrix:
        """The matrix with these values, which must be in `order`."""
        size = len(self.rows) - 1
        return csr_matrix((values, self.columns.copy(), self.rows.copy()), (size, size))


@lru_cache(maxsize=2)
def _layout(patches: Superpixels) -> _Layout:
    """The same for all cuts of a photo, of which there are hundreds."""
    count = patches.count
    nodes, source, sink = np.arange(count), np.full(count, count), np.full(count, count + 1)
    starts = np.concatenate([source, nodes, nodes, sink, patches.left, patches.right])
    ends = np.concatenate([nodes, source, sink, nodes, patches.right, patches.left])
    order = np.lexsort((ends, starts))
    rows = np.searchsorted(starts[order], np.arange(count + 3))
    return _Layout(order=order, columns=ends[order].astype(np.int32), rows=rows.astype(np.int32))
