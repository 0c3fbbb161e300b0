"""How far the material that a product stands on goes in a photo: from its foot to where colours change sharply.

Grain and noise are evened out by a median. At every place the two halves of a small disc are compared, turned so that
they differ most (Ruzon and Tomasi, "Edge, junction, and corner detection using color distributions", 2001). What
differs much more in a disc thrice as large is a shadow or light that fades, no border. Watershed parts the picture
along the borders, and to each part the strongest border counts on the easiest way there from the foot. All of that is
done again with a median so wide that the joints of tiles and boards are gone, and the lesser counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.estimation.contact_points import lowest_rows, touching
from ecomgen.scenes.studio.estimation.resampling import at_most
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.types import BoolMask, Pixels

LONGEST = 480  # pixels of the photo's longer side, in which it is looked at
EVENED, JOINTLESS = 0.009, 0.025  # of the longer side: half the median's window, without grain and without joints
DISC = 0.0075  # of the longer side: the smaller disc's radius
TURNS = 8
SCATTER = 0.5  # of each half's own spread, that is no difference
SHARP = (0.3, 0.5)  # what halves of the small disc differ, beside those of the large one: of a shadow, of a border
BORDER = (2.0, 3.0)  # of Lab: up to here it is the same material, from here another


def share(photo: Pixels, alphas: Sequence[NDArray[np.uint8]], frame: Frame) -> Values:
    """How surely each place of a photo (HxWx3) is of the material that products stand on, HxWx1 in [0, 1].

    The photo does not show the products; `alphas` (HxW) tell where each of them stands before its camera, the `frame`.
    """
    small = at_most(photo, LONGEST)
    foot = np.zeros(photo.shape[:2], np.uint8)
    for alpha in alphas:
        foot |= _foot(alpha, frame)
    there = cv2.resize(foot * np.float32(255), small.shape[1::-1], interpolation=cv2.INTER_AREA) > 0
    if not there.any():
        return np.ones((*photo.shape[:2], 1), np.float32)
    crossed = _crossed(small, there)
    same = 1 - np.clip((crossed - BORDER[0]) / (BORDER[1] - BORDER[0]), 0, 1)
    whole = cv2.resize(same.astype(np.float32), photo.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole, np.float32)[..., None]


def _foot(alpha: NDArray[np.uint8], frame: Frame) -> NDArray[np.uint8]:
    """1 on the ground just below where the product touches it, HxW."""
    lowest, found = lowest_rows(alpha), np.zeros(alpha.shape, np.uint8)
    columns = np.flatnonzero((touching(alpha, frame) > 0.5) & (lowest >= 0))
    found[np.minimum(lowest[columns] + 1, len(alpha) - 1), columns] = 1
    return found


def _crossed(photo: Pixels, foot: BoolMask) -> Values:
    """The strongest border (Lab) on the easiest way from the `foot`, HxW, the same all over what borders enclose."""
    from scipy.ndimage import median

    parts, crossed = _parts(_borders(photo, EVENED), foot)
    coarse, lesser = _parts(_borders(photo, JOINTLESS), foot)
    without_joints = median(lesser[coarse], parts, np.arange(len(crossed)))
    return np.minimum(crossed, without_joints)[parts]


def _parts(borders: Values, foot: BoolMask) -> tuple[NDArray[np.intp], Values]:
    """The number of each place's part, HxW, and for each number the strongest border on the easiest way from `foot`."""
    from skimage.morphology import reconstruction
    from skimage.segmentation import watershed

    height = np.where(foot, 0, borders)
    flooded = reconstruction(np.where(foot, 0, borders.max()), height, method="erosion")
    parts = watershed(cv2.GaussianBlur(borders, (0, 0), 1.0))
    lowest = np.full(parts.max() + 1, np.inf)
    np.minimum.at(lowest, parts, flooded)
    return parts, lowest


def _borders(photo: Pixels, evened: float) -> Values:
    """How much (Lab) the photo changes sharply where what is narrower than `evened` is left out, HxW."""
    longer = max(photo.shape[:2])
    even = cv2.medianBlur(photo, 2 * int(evened * longer) + 1)
    lab = cv2.cvtColor(even.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    lab = np.asarray(cv2.GaussianBlur(lab, (0, 0), 1.0), np.float32)
    radius = max(DISC * longer, 2.0)
    near, far = _differences(lab, radius, SCATTER), _differences(lab, 3 * radius, 0.0)
    sharp = near / np.maximum(far, 1e-3)
    return near * np.clip((sharp - SHARP[0]) / (SHARP[1] - SHARP[0]), 0, 1)


def _differences(lab: Values, radius: float, scatter: float) -> Values:
    """How much the halves of a disc round each place differ, less a share of their own `scatter`, HxW."""
    square = (lab * lab).sum(-1)
    most = np.zeros(lab.shape[:2], np.float32)
    for halves in _halves(radius):
        one, other = (cv2.filter2D(lab, -1, half) for half in halves)
        mean_square = cv2.filter2D(square, -1, 0.5 * (halves[0] + halves[1]))
        spread = mean_square - 0.5 * ((one * one).sum(-1) + (other * other).sum(-1))
        apart = np.linalg.norm(one - other, axis=-1) - scatter * np.sqrt(np.maximum(spread, 0))
        most = np.maximum(most, apart)
    return most


def _halves(radius: float) -> Iterator[tuple[Values, Values]]:
    """Two halves of a disc, kernels of sum 1, at each turn."""
    reach = round(radius)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc = np.hypot(x, y) <= radius + 0.5
    for angle in np.pi * np.arange(TURNS) / TURNS:
        side = x * np.cos(angle) + y * np.sin(angle)
        one, other = (np.float32(disc & (sign * side > 0.5)) for sign in (1, -1))
        yield one / one.sum(), other / other.sum()
