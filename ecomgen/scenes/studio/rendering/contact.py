"""The dark line under whatever touches the ground, which a stand-in a little too round leaves too light.

Light hardly reaches the wedge between a thing and what it stands on. The stand-in guesses that wedge from an outline;
the eye looks for it under every foot, so it is made sure of: darkest along the contact, gone within a few hundredths of
the product's size (ambient occlusion; Zhukov et al., "An ambient light illumination model", 1998).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.scenes.studio.building.frame import Frame
    from ecomgen.types import Box

TIGHT, WIDE = 0.013, 0.075  # how far it reaches, in the product's larger sides
DARK, DIM = 0.70, 0.37  # the share of light that is missing at the contact, by each
SMOOTH = 0.012  # of the product's larger side, over which the lower outline is evened out
STEEPEST = 1.2  # slope of the lower outline: what rises faster hangs over the ground
FARTHEST = 0.9  # units behind the foremost foot, where the guess that something stands there is given up


def occluded(light: NDArray[np.floating[Any]], alpha: NDArray[np.uint8], box: Box, frame: Frame) -> NDArray[Any]:
    """`light` (HxWx3, linear) with the wedge under the product in the dark.

    Args:
        light: the set as rendered.
        alpha: HxW, of the product on it.
        box: round the product.
        frame: the camera, which tells how far behind the foremost foot an outline stands.
    """
    from scipy.ndimage import gaussian_filter1d

    solid = alpha > 127
    if frame.lying or not solid.any():
        return light
    size = max(box.width, box.height)
    lowest = np.where(solid.any(0), solid.shape[0] - 1 - np.argmax(solid[::-1], axis=0), -1)
    outline, standing, rows = _continued(lowest), _standing(lowest, size, frame), np.arange(solid.shape[0])[:, None]
    below = np.maximum(rows - gaussian_filter1d(outline, SMOOTH * size), 0)  # of hairs there is no shadow each
    missing = sum(
        dark * np.exp(-below / (reach * size)) * gaussian_filter1d(standing, 0.4 * reach * size)
        for dark, reach in ((DARK, TIGHT), (DIM, WIDE))
    )
    shade = np.where(rows > outline, missing, 0)
    return light * (1 - shade[..., None]).astype(np.float32)


def _standing(lowest: NDArray[np.intp], size: int, frame: Frame) -> NDArray[np.floating[Any]]:
    """How surely each column's lowest pixel touches the ground, in [0, 1]."""
    from scipy.ndimage import gaussian_filter1d

    there = lowest >= 0
    slope = np.abs(np.gradient(gaussian_filter1d(_continued(lowest), 0.01 * size)))
    height = np.maximum(frame.ground_row - 1 - lowest, 0) * frame.unit
    behind = height * frame.distance / np.maximum(frame.eye - height, 0.02)
    sure = np.clip((STEEPEST - slope) / 0.4, 0, 1) * np.clip((FARTHEST - behind) / (0.7 * FARTHEST), 0, 1)
    return np.where(there, sure, 0.0)


def _continued(lowest: NDArray[np.intp]) -> NDArray[np.floating[Any]]:
    """The lower outline, going on level where there is no product."""
    columns = np.flatnonzero(lowest >= 0)
    return np.interp(np.arange(len(lowest)), columns, lowest[columns].astype(float))
