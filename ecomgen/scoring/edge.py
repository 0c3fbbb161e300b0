"""How the product sits in its scene: a halo along its edge, and whether it floats. Each is in [0, 1], 1 is good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from ecomgen.scoring.frames import extent

if TYPE_CHECKING:
    from ecomgen.scoring.arrays import Float
    from ecomgen.types import BoolMask, Pixels, Placement


POINTS = 1500  # places along the outline
INSIDE = (-4.0, -3.0, -2.0)  # pixels from the outline, inwards negative: the product's own last pixels
RIM = (0.0, 1.0, 2.0, 3.0)  # where a halo lies
OUTSIDE = (6.0, 9.0)  # the scene proper
HALO = (3.0, 22.0)  # lightness by which a rim may overshoot both sides, and that spoils it
BASE = 0.12  # of the product's height: below, a dark rim is the contact's own shadow
GROUNDED = 0.08  # share of the ground's light that a contact shadow takes at least
STRIP = 0.015  # of the product's height: how deep the ground just below the base is looked at
DARKEST = 30  # percentile that is compared: a shadow need not lie under all of the base


def seam(picture: Pixels, placement: Placement) -> float:
    """1 where the rim's lightness lies between product and scene, 0 where it overshoots both: a halo.

    Judged at the picture's own resolution; the worst quarter of the outline counts, for a halo is seldom all round.
    """
    lightness = cv2.cvtColor(picture[..., :3].astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[..., 0]
    points, normals = _outline(placement)
    if len(points) < 12:
        return 1.0
    inner, rim, outer = (_profile(lightness, points, normals, steps) for steps in (INSIDE, RIM, OUTSIDE))
    sides = np.concatenate([inner, outer])
    bright = (rim - sides.max(axis=0)).max(axis=0)
    dark = (sides.min(axis=0) - rim).max(axis=0)
    box = placement.box
    dark[points[:, 1] > box.y1 - BASE * box.height] = 0
    overshoot = np.sort(np.maximum(bright, dark))[-max(len(points) // 4, 1) :]
    return 1 - float(np.clip((overshoot.mean() - HALO[0]) / (HALO[1] - HALO[0]), 0, 1))


def _outline(placement: Placement) -> tuple[Float, Float]:
    """Up to `POINTS` points (x, y) on the outline and the unit normals that point outwards."""
    alpha = placement.product[..., 3].astype(np.float32)
    contours, _ = cv2.findContours((alpha > 127).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return np.zeros((0, 2), np.float32), np.zeros((0, 2), np.float32)
    points = np.concatenate([contour[:, 0] for contour in contours]).astype(np.float32)
    points = points[:: max(len(points) // POINTS, 1)]
    soft = cv2.GaussianBlur(alpha, (0, 0), 3)
    columns, rows = points.astype(int).T
    normals = -np.stack([cv2.Sobel(soft, cv2.CV_32F, *order)[rows, columns] for order in ((1, 0), (0, 1))], axis=1)
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    sound = length[:, 0] > 1e-3
    return points[sound], normals[sound] / length[sound]


def _profile(values: Float, points: Float, normals: Float, steps: tuple[float, ...]) -> Float:
    """Values at each step along each normal, steps x points."""
    places = points[None] + normals[None] * np.array(steps, np.float32)[:, None, None]
    return cv2.remap(values, places[..., 0], places[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def grounded(picture: Pixels, placement: Placement) -> float | None:
    """1 where the ground darkens under the base as a contact shadow does, 0 where it does not: the product floats.

    None where the scene is a flat colour that a channel's rules demand, or the product stands at the picture's edge.
    """
    alpha = placement.product[..., 3] > 127
    depth = max(round(STRIP * placement.box.height), 2)
    if placement.canvas.background is not None or placement.contact_y + 3 * depth >= alpha.shape[0]:
        return None
    light = cv2.cvtColor(np.ascontiguousarray(picture[..., :3]), cv2.COLOR_RGB2GRAY).astype(np.float32)
    below = _below_base(alpha, depth)
    grounds = [area for area in _ground(alpha, below, depth) if area.sum() >= 16]
    if below.sum() < 4 or not grounds:
        return None
    near, *far = (float(np.percentile(light[area], DARKEST)) for area in (below, *grounds))
    drops = [1 - near / max(ground, 8.0) for ground in far]
    return float(np.clip(sorted(drops)[min(1, len(drops) - 1)] / GROUNDED, 0, 1))


def _below_base(alpha: BoolMask, depth: int) -> BoolMask:
    """The pixels just under the product's lowest points."""
    x, y, width, height = extent(alpha)
    lowest = np.where(alpha.any(axis=0), alpha.shape[0] - 1 - np.argmax(alpha[::-1], axis=0), -1)
    below = np.zeros_like(alpha)
    for column in range(x, x + width):
        if lowest[column] >= y + height - 1 - 2 * depth:
            below[lowest[column] + 1 : lowest[column] + 1 + depth, column] = True
    return below & ~alpha


def _ground(alpha: BoolMask, below: BoolMask, depth: int) -> tuple[BoolMask, BoolMask, BoolMask]:
    """The same rows to the left, to the right, and the rows in front; a shadow is darker than any two of them."""
    x, _, width, _ = extent(alpha)
    left, right, front = np.zeros_like(alpha), np.zeros_like(alpha), np.zeros_like(alpha)
    rows = np.flatnonzero(below.any(axis=1))
    if len(rows):
        band = np.s_[rows[0] : rows[-1] + 1 + depth]
        left[band, max(x - width, 0) : max(x - width // 4, 0)] = True
        right[band, x + width + width // 4 : x + 2 * width] = True
        front[rows[-1] + 5 * depth : rows[-1] + 9 * depth, x : x + width] = True
    return left & ~alpha, right & ~alpha, front & ~alpha
