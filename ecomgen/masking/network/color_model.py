"""What a photo's colours say where the network doubts, learnt from that part of it in which the network does not.

A place whose colour is seen on the product only is likelier product than the network thinks, and grass in the gap of
a bench less likely. A spot inside the product that colours alone would cut out stays: it is a label, not the ground.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.masking.graphcut.superpixels import lab
from ecomgen.masking.openings import holes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.types import Matte, Pixels

    Floats = NDArray[np.float64]

SURE = 0.95  # likelihood, and one minus it, from which a pixel's colour is learnt
WEIGHT = 0.5  # of the colours' log odds beside the network's own
AGAINST, IN_FAVOUR = 4.0, 2.0  # log odds, at which colours are held: a support is often of the product's own colour
KEPT = 0.7  # mean likelihood from which a spot inside the product is left in it
STEP = 6.0  # CIELAB units a cell of the histograms is wide; lightness counts for less
LIGHTNESS = 0.7
CELLS = 44  # a side, of which colours of sRGB fill a part
RARE = 1e-5  # share of a cell that is never called unseen


def with_colours(photo: Pixels, soft: Matte) -> Matte:
    """The likelihood with what colours say added to it, HxW in [0, 1].

    Args:
        photo: uint8 HxWx3, the product and some ground around it.
        soft: likelihood, HxW in [0, 1].
    """
    product, rest = soft > SURE, soft < 1 - SURE
    if not (product.any() and rest.any()):
        return soft
    places = _cells(photo)
    ratio = np.log((_density(places[product]) + RARE) / (_density(places[rest]) + RARE))
    odds = _log_odds(soft) + WEIGHT * np.clip(ratio, -AGAINST, IN_FAVOUR)[places]
    told = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return _spots_kept(soft, told)


def _cells(photo: Pixels) -> NDArray[np.intp]:
    """The histogram's cell of every pixel."""
    colours = lab(photo) * np.array((LIGHTNESS, 1, 1), np.float32) + np.array((0, 128, 128), np.float32)
    down, across, deep = np.clip(colours / STEP, 0, CELLS - 1).astype(np.intp).transpose(2, 0, 1)
    return (down * CELLS + across) * CELLS + deep


def _density(places: NDArray[np.intp]) -> Floats:
    """The share of these pixels that fall into each cell, each spread over its neighbours."""
    from scipy.ndimage import gaussian_filter

    counts = np.bincount(places, minlength=CELLS**3).astype(np.float64).reshape(CELLS, CELLS, CELLS)
    return gaussian_filter(counts, 1.0, truncate=2.0).ravel() / len(places)


def _log_odds(soft: Matte) -> Floats:
    held = np.clip(soft.astype(np.float64), 0.005, 0.995)
    return np.log(held / (1 - held))


def _spots_kept(soft: Matte, told: Matte) -> Matte:
    """`told`, but as the network had it in spots inside the product of which it was not so unsure."""
    found = holes(told > 0.5)
    taken = (found.areas > 0)[found.numbers] & (soft > 0.5)
    count = np.bincount(found.numbers[taken], minlength=len(found.areas))
    likely = np.bincount(found.numbers[taken], weights=soft[taken], minlength=len(found.areas)) / np.maximum(count, 1)
    return np.where(taken & (likely > KEPT)[found.numbers], soft, told)
