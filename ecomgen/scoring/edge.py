"""How the product sits in its scene: a halo along its edge, and whether it floats. Each is in [0, 1], 1 is good."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_lab
from ecomgen.types import BoolMask, Float, Pixels, Placement

POINTS = 1500  # places along the outline
INSIDE = (-4.0, -3.0, -2.0)  # pixels from the outline, inwards negative: the product's own last pixels
RIM = (0.0, 1.0, 2.0, 3.0)  # where a halo lies
OUTSIDE = (6.0, 9.0)  # the scene proper
NEARER = (OUTSIDE[0] - RIM[2]) / (OUTSIDE[1] - OUTSIDE[0])  # how much further the scene's own change goes
HALO = (3.0, 18.0)  # lightness by which a rim may overshoot both sides, and that spoils it
BASE = 0.12  # of the product's height: below, a dark rim is the contact's own shadow
GROUNDED = 0.28  # share of the ground's light that a clear contact shadow takes
STRIP = 0.015  # of the product's height: columns that end so near its lowest point are its base
BELOW = 0.5  # of that: how far below the base its shadow is darkest
BEYOND = (3, 6), (6, 10)  # times that: where the ground may lie free of it, for a narrow shadow and a wide one
DARKEST = 30  # percentile that is compared: a shadow need not lie under all of the base


def seam(picture: Pixels, placement: Placement) -> float:
    """1 where the rim's lightness lies between product and scene, 0 where it overshoots both: a halo.

    Judged at the picture's own resolution; the worst quarter of the outline counts, for a halo is seldom all round. A
    product that darkens towards its edge and a scene that brightens towards it may go on as they came.
    """
    lightness = to_lab(picture[..., :3])[..., 0]
    points, normals = _outline(placement)
    if len(points) < 12:
        return 1.0
    inner, rim, outer = (_profile(lightness, points, normals, steps) for steps in (INSIDE, RIM, OUTSIDE))
    sides = np.stack([*inner, 2 * inner[-1] - inner[0], *outer, outer[0] + NEARER * (outer[0] - outer[1])])
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

    None where there is no product, where it stands at the picture's edge, where the ground covers its base, and where
    the scene is a flat colour that a channel's rules demand.
    """
    alpha = placement.product[..., 3] > 127
    if not alpha.any() or placement.sunk or placement.canvas.background is not None:
        return None
    depth = max(round(STRIP * placement.box.height), 2)
    if placement.contact_y + BEYOND[0][0] * depth >= alpha.shape[0]:
        return None
    light = cv2.cvtColor(np.ascontiguousarray(picture[..., :3]), cv2.COLOR_RGB2GRAY).astype(np.float32)
    base = _base(alpha, depth)
    near = _darkest(light, base, 1, 1 + max(round(BELOW * depth), 1))
    free = max(_darkest(light, base, first * depth, end * depth) for first, end in BEYOND)
    return float(np.clip((1 - near / max(free, 8.0)) / GROUNDED, 0, 1))


def _base(alpha: BoolMask, depth: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The lowest pixels, rows and columns, of those columns that end within `depth` or two of the lowest of all."""
    columns = np.flatnonzero(alpha.any(axis=0))
    rows = alpha.shape[0] - 1 - np.argmax(alpha[::-1, columns], axis=0)
    low = rows >= rows.max() - 2 * depth
    return rows[low], columns[low]


def _darkest(light: Float, base: tuple[NDArray[np.intp], NDArray[np.intp]], first: int, end: int) -> float:
    """The light from `first` to `end` pixels below the base, averaged down each column, where it is dark."""
    rows, columns = base
    below = np.minimum(rows[None] + np.arange(first, end)[:, None], light.shape[0] - 1)
    return float(np.percentile(light[below, columns[None]].mean(axis=0), DARKEST))
