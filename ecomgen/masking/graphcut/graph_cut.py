"""GrabCut over superpixels (Rother, Kolmogorov, Blake, 2004), with kernel-density colour models and a soft prior.

Over patches a cut takes milliseconds, so that many starting points can be tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from ecomgen.masking.graphcut.superpixels import Floats, Superpixels
from ecomgen.types import BoolMask

ROUNDS = 5  # of colour models and cuts in turn
PRECISION = 10.0  # integer units per unit of energy
CERTAIN = 1e6  # energy that no cut can outweigh


@dataclass(frozen=True, kw_only=True)
class Tuning:
    """How much the place and the outline count against the colours."""

    place: float
    outline: float


def segment(
    patches: Superpixels, priors: Floats, outside: BoolMask, weights: Floats, tunings: Sequence[Tuning]
) -> BoolMask:
    """Which patches are product, for many starts at once.

    Args:
        patches: the photo, of N patches.
        priors: BxN, how likely each patch is product before colours are looked at, in (0, 1).
        outside: BxN, patches that cannot be product.
        weights: BxN, how many pixels each patch contributes to the colour models.
        tunings: B, the energies' weights.

    Returns:
        bool BxN; all False in a row where the product vanishes.
    """
    place = np.array([[tuning.place] for tuning in tunings]) * np.log(priors / (1 - priors))
    edges = _links(patches) * np.array([[tuning.outline] for tuning in tunings])
    chosen, nothing = priors.copy(), np.zeros_like(outside)
    going = np.arange(len(tunings))
    for _ in range(ROUNDS):
        unary = patches.areas * (_colour_evidence(patches, chosen[going], weights[going]) + place[going])
        cuts = minimum_cuts(patches, unary, edges[going], product=nothing[going], rest=outside[going])
        moved = cuts.any(axis=1) & (cuts != chosen[going]).any(axis=1)
        chosen[going] = cuts
        going = going[moved]
        if not going.size:
            break
    return chosen > 0.5


def _colour_evidence(patches: Superpixels, chosen: Floats, weights: Floats) -> Floats:
    """BxN log ratios of the two kernel densities, held within ±4."""
    product, rest = weights * chosen, weights * (1 - chosen)
    inside = product @ patches.alikeness / np.maximum(product.sum(axis=1, keepdims=True), 1e-9) + 1e-4
    outside = rest @ patches.alikeness / np.maximum(rest.sum(axis=1, keepdims=True), 1e-9) + 1e-4
    return np.clip(np.log(inside / outside), -4, 4)


def _links(patches: Superpixels) -> Floats:
    """What it costs to cut each edge between two patches: little where the colours change."""
    squares = patches.differences**2
    scale = max(16.0, float((squares * patches.lengths).sum() / max(patches.lengths.sum(), 1)))
    return patches.lengths * (np.exp(-squares / (2 * scale)) + 0.02)


def minimum_cuts(patches: Superpixels, unary: Floats, edges: Floats, *, product: BoolMask, rest: BoolMask) -> BoolMask:
    """The cheapest cuts, bool BxN; found together, as one flow through B copies of the photo that do not touch.

    Args:
        patches: the photo, of N patches.
        unary: BxN, log-odds; positive for product.
        edges: BxE, the cost of each edge of `patches`.
        product: BxN, patches that must be product.
        rest: BxN, patches that must not be.
    """
    to_product = np.where(product, CERTAIN, np.where(rest, 0, np.maximum(unary, 0)))
    to_rest = np.where(rest, CERTAIN, np.where(product, 0, np.maximum(-unary, 0)))
    none = np.zeros_like(unary)
    costs = np.concatenate([none, to_rest, edges, edges], axis=1)[:, _layout(patches).order]
    graph = _graph(_layout(patches), (np.concatenate([costs.ravel(), to_product.ravel(), none.ravel()]) * PRECISION))
    source, sink = unary.size, unary.size + 1
    graph.data -= maximum_flow(graph, source, sink).flow.data
    graph.eliminate_zeros()
    reached = np.zeros(unary.size + 2, dtype=bool)
    reached[breadth_first_order(graph, source, return_predecessors=False)] = True
    return reached[:source].reshape(unary.shape)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Layout:
    """Where a photo's edges stand in the rows of a sparse matrix; every edge has its reverse.

    A row has the patch's neighbours, the source and the sink.
    """

    order: NDArray[np.int64]
    columns: NDArray[np.int32]
    lengths: NDArray[np.int64]  # of the rows


@lru_cache(maxsize=2)
def _layout(patches: Superpixels) -> _Layout:
    """The same for all cuts of a photo, of which there are hundreds."""
    count = patches.count
    nodes, source, sink = np.arange(count), np.full(count, count), np.full(count, count + 1)
    starts = np.concatenate([nodes, nodes, patches.left, patches.right])
    ends = np.concatenate([source, sink, patches.right, patches.left])
    order = np.lexsort((ends, starts))
    return _Layout(order=order, columns=ends[order].astype(np.int32), lengths=np.bincount(starts))


def _graph(layout: _Layout, capacities: Floats) -> csr_matrix:
    """As many copies of a photo as there are capacities for, all between one source and one sink."""
    count = len(layout.lengths)
    copies = len(capacities) // (len(layout.columns) + 2 * count)
    nodes = np.arange(copies * count, dtype=np.int32)
    first = nodes[::count, None]  # patch of each copy
    columns = layout.columns + np.where(layout.columns < count, first, first[-1])
    lengths = np.concatenate([[0], np.tile(layout.lengths, copies), [len(nodes), len(nodes)]])
    rows = np.cumsum(lengths).astype(np.int32)
    every = np.concatenate([columns.ravel(), nodes, nodes])
    return csr_matrix((capacities.astype(np.int32), every, rows), (len(nodes) + 2, len(nodes) + 2))
