"""The dark line under whatever touches the ground, which a stand-in a little too round leaves too light.

Light hardly reaches the wedge between a thing and what it stands on. The stand-in guesses that wedge from an outline;
the eye looks for it under every foot, so it is made sure of: darkest along the contact, gone within a tenth of the
product's size (ambient occlusion; Zhukov et al., "An ambient light illumination model", 1998).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio.seen.feet import continued, lowest_rows, standing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.scenes.studio.building.frame import Frame

TIGHT, WIDE = 0.016, 0.085  # how far it reaches, in the product's larger sides
DARK, DIM = 0.50, 0.40  # the share of light that is missing at the contact, by each
SMOOTH = 0.012  # of the product's larger side, over which the lower outline is evened out


def occluded(light: NDArray[np.floating[Any]], alpha: NDArray[np.uint8], frame: Frame) -> NDArray[Any]:
    """`light` (HxWx3, linear) with the wedge under the product in the dark.

    Args:
        light: the set as rendered.
        alpha: HxW, of the product on it.
        frame: the camera, which tells how far behind the foremost foot an outline stands.
    """
    from scipy.ndimage import gaussian_filter1d

    lowest = lowest_rows(alpha)
    if frame.lying or not (lowest >= 0).any():
        return light
    size, sure = 1 / frame.unit, standing(alpha, frame)
    outline, rows = continued(lowest), np.arange(alpha.shape[0])[:, None]
    below = np.maximum(rows - gaussian_filter1d(outline, SMOOTH * size), 0)  # of hairs there is no shadow each
    missing = sum(
        dark * np.exp(-below / (reach * size)) * gaussian_filter1d(sure, 0.4 * reach * size)
        for dark, reach in ((DARK, TIGHT), (DIM, WIDE))
    )
    shade = np.where(rows > outline, missing, 0)
    return light * (1 - shade[..., None]).astype(np.float32)
