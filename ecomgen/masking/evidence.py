"""What a photo's colours say where the network doubts, learnt from that part of it in which the network does not.

A place whose colour is seen on the product only is likelier product than the network thinks, and grass in the gap of
a bench less likely. A spot inside the product that colours alone would cut out stays: it is a label, not the ground.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen.masking.openings import holes
from ecomgen.masking.superpixels import lab

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.types import Matte, Pixels

    Floats = NDArray[np.float64]

sure = 0.95  # likelihood, and one minus it, from which a pixel's colour is learnt
weight = 0.5  # of the colours' log odds beside the network's own
against, for_it = 4.0, 2.0  # log odds, at which colours are held: a support is often of the product's own colour
kept = 0.7  # mean likelihood from which a spot inside the product is left in it
step = 6.0  # CIELAB units a cell of the histograms is wide; lightness counts for less
lightness = 0.7
cells = 44  # a side, of which colours of sRGB fill a part
rare = 1e-5  # share of a cell that is never called unseen


def with_colours(photo: Pixels, soft: Matte) -> Matte:
    """The likelihood with what colours say added to it, HxW in [0, 1].

    Args:
        photo: uint8 HxWx3, the product and some ground around it.
        soft: likelihood, HxW in [0, 1].
    """
    product, rest = soft > sure, soft < 1 - sure
    if not (product.any() and rest.any()):
        return soft
    places = _cells(photo)
    ratio = np.log((_density(places[product]) + rare) / (_density(places[rest]) + rare))
    odds = _log_odds(soft) + weight * np.clip(ratio, -against, for_it)[places]
    told = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return _spots_kept(soft, told)


def _cells(photo: Pixels) -> NDArray[np.intp]:
    """The histogram's cell of every pixel."""
    colours = lab(photo) * np.array((lightness, 1, 1), np.float32) + np.array((0, 128, 128), np.float32)
    down, across, deep = np.clip(colours / step, 0, cells - 1).astype(np.intp).transpose(2, 0, 1)
    return (down * cells + across) * cells + deep


def _density(places: NDArray[np.intp]) -> Floats:
    """The share of these pixels that fall into each cell, each spread over its neighbours."""
    from scipy.ndimage import gaussian_filter

    counts = np.bincount(places, minlength=cells**3).astype(np.float64).reshape(cells, cells, cells)
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
    return np.where(taken & (likely > kept)[found.numbers], soft, told)
