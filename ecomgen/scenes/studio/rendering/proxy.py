"""The product's stand-in for light: a relief blown up from its outline along the camera's rays.

It is never seen itself, since the product's own pixels lie on top; it throws the shadow, stands in reflections as the
photo shows it and gives its colour to the ground. The thickness comes from Poisson's equation over the mask, whose
square root is round (Alexa et al., "Interactive shape modeling of organic objects"), and the ground clips it, so that
it stands on the very pixels on which the product stands. Below, it is rounded as the outline of its foot is: a ball
touches the ground behind its lowest pixels, and the wedge of shadow before that is what makes it rest there.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_linear
from ecomgen.scenes.studio.estimation.contact_points import SOLES, SURE, foremost, lowest_of, lowest_rows, touching
from ecomgen.scenes.studio.estimation.elevation_from_base import rounding
from ecomgen.scenes.studio.primitives.shapes import Shape, grid_faces
from ecomgen.scenes.studio.primitives.types import Material, Thing, Values
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.types import Box, Pixels

FINEST = 288  # cells along the product's larger side: a strap of a hundredth of it still throws a shadow
COARSER = 2  # cells of the outline in one of those in which its thickness is found
SHARPEST = 0.012  # units: no edge is sharper where it meets the ground
SHOWN = 0.8  # how bright its front is beside the product's own pixels: it leans away from what it is mirrored in
EVENED = 0.06  # of the product's width, over which its depth is evened out
MARGIN = 2  # empty cells round the product


@dataclass(frozen=True, kw_only=True, eq=False)
class Outline:
    """The product on a coarse grid: `inside` RxC, `colour` RxCx3 linear, and where its cells lie at z = 0."""

    inside: NDArray[np.bool_]
    feet: NDArray[np.bool_]  # C, the columns whose lowest cell stands on the ground
    colour: Values
    x: Values  # C, units
    y: Values  # RxC, units above the ground; the lowest cells lie on the very edge
    cell: float  # units
    base: float  # z of the ground seen just below it, 0 where the frame was made for it


def stand_in(product: Pixels, box: Box, frame: Frame) -> Thing | None:
    """The stand-in for `product` (HxWx4, the frame's size), or None where nothing is opaque."""
    outline = _outline(product, box, frame)
    if outline.inside.sum() < 4:
        return None
    shape = _relief(outline, frame)
    return Thing(shape, _material(outline.colour))


def _material(colour: Values) -> Material:
    """In front the light of the photo, which is in its colours already; behind a surface that the set lights.

    `colour` is RxCx3, linear. The texture's left half is the front, its right half the back; it is of one size for
    all products, since a lamp's size is part of the compiled code.
    """
    shown = np.asarray(cv2.resize(colour, (FINEST, FINEST), interpolation=cv2.INTER_LINEAR), np.float32)
    dark = np.zeros_like(shown)
    return Material(np.concatenate([dark, shown], axis=1), glow=np.concatenate([SHOWN * shown, dark], axis=1))


def _outline(product: Pixels, box: Box, frame: Frame) -> Outline:
    crop = product[box.slices]
    step = max(box.longest / FINEST, 1.0)
    columns, rows = max(int(box.width / step), 2), max(int(box.height / step), 2)
    alpha = crop[..., 3:].astype(np.float32) / 255
    small = cv2.resize(
        np.concatenate([to_linear(crop[..., :3]) * alpha, alpha], -1), (columns, rows), interpolation=cv2.INTER_AREA
    )
    small = np.pad(small, ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)))
    inside = small[..., 3] > 0.5
    colour = small[..., :3] / np.maximum(small[..., 3:], 1e-3)
    cell_x, cell_y = box.width / columns, box.height / rows
    x = box.x0 + (np.arange(columns + 2 * MARGIN) - MARGIN + 0.5) * cell_x - frame.width / 2
    y = frame.ground_row - (box.y0 + (np.arange(rows + 2 * MARGIN) - MARGIN + 0.5) * cell_y)
    seen = np.clip(x + frame.width / 2, 0, frame.width - 1).astype(int)
    return Outline(
        inside=inside,
        feet=inside.any(0) & (touching(product[..., 3], frame)[seen] > SURE),
        colour=np.clip(colour, 0, 1).astype(np.float32),
        x=x * frame.unit,
        y=frame.unit * _to_the_edge(y, inside, frame.ground_row - box.y0 - _lower_edge(crop[..., 3], columns)),
        cell=cell_y * frame.unit,
        base=foremost(lowest_rows(product[..., 3]), frame),
    )


def _lower_edge(alpha: NDArray[np.uint8], columns: int) -> Values:
    """The row in `alpha` (HxW) just below the product, for each of `columns`; NaN where there is none."""
    lowest = lowest_rows(alpha)
    below = np.where(lowest < 0, np.nan, lowest + 1).astype(np.float32)
    return np.asarray(cv2.resize(below[None], (columns, 1), interpolation=cv2.INTER_AREA))[0]


def _to_the_edge(y: Values, inside: NDArray[np.bool_], edge: Values) -> Values:
    """Heights (R) for every cell, RxC in pixels, where the lowest of each column is drawn to the product's `edge`."""
    heights = np.repeat(y[:, None], inside.shape[1], axis=1)
    lowest, columns = lowest_of(inside), np.arange(inside.shape[1])
    wanted = np.pad(edge, MARGIN, constant_values=np.nan)
    usual = heights[np.maximum(lowest, 0), columns]
    near = (lowest >= 0) & (np.abs(wanted - usual) < 1.5 * abs(y[1] - y[0]))
    heights[lowest[near], columns[near]] = wanted[near]
    return heights


def standing_depth(product: Pixels, box: Box, frame: Frame) -> Values:
    """The depth of the product in each column of the picture, W in units: of the ground on which the column stands.

    Smooth, so that a picture that is moved by it keeps its lines.
    """
    from scipy.ndimage import gaussian_filter1d

    outline = _outline(product, box, frame)
    feet, columns = np.flatnonzero(outline.feet), np.arange(len(outline.x))
    if frame.lying or not feet.size:
        return np.full(frame.width, outline.base)
    ground = _at_the_foot(_floor(outline, frame), outline)[feet]
    depth = np.interp(columns, feet, np.clip(ground, outline.base - SOLES, outline.base))
    even = gaussian_filter1d(depth, EVENED * len(columns), mode="nearest")
    return np.interp(np.arange(frame.width) + 0.5 - frame.width / 2, outline.x / frame.unit, even)


@dataclass(frozen=True, kw_only=True, eq=False)
class Rim:
    """The rounded lower edge: its `radius`, and for each column the depth at which it touches the ground, 1xC."""

    radius: float
    ahead: float  # how far before the ground seen just below it the camera's rays graze it
    contact: Values

    def underside(self, depth: Values) -> Values:
        """The height of the edge's underside at `depth`, RxC; 0 behind where it touches."""
        ahead = np.clip(depth - self.contact, 0, self.radius)
        return self.radius - np.sqrt(self.radius**2 - ahead**2)


def _relief(outline: Outline, frame: Frame) -> Shape:
    if frame.lying:
        return _lying(outline, frame)
    rows = outline.inside.shape[0]
    bulge = _thickness(_extended(outline), outline.cell)[:rows]
    floor = _floor(outline, frame)
    rim = _rim(outline, frame, float(bulge.max()))
    middle = _middle(outline, bulge, floor + rim.ahead)
    front = np.maximum(middle + bulge, floor)
    back = np.minimum(np.maximum(middle - bulge, floor), front)
    return _closed(outline, frame, (front, back), rim)


def _rim(outline: Outline, frame: Frame, thickest: float) -> Rim:
    """As rounded as the outline of the foot, but never more than the product is thick."""
    mask = outline.inside[Box.of(outline.inside).slices]
    radius = float(np.clip(outline.cell * rounding(mask, frame.elevation), SHARPEST, max(thickest, SHARPEST)))
    down = np.arctan2(frame.eye, frame.distance)
    lip = radius * (1 - np.cos(down))
    below = np.where(outline.feet, _at_the_foot(_floor(outline, frame), outline), np.inf)
    return Rim(
        radius=radius,
        ahead=lip / max(np.tan(down), 1e-3),
        contact=(below - radius * np.tan(down / 2))[None, :],
    )


def _lying(outline: Outline, frame: Frame) -> Shape:
    """A cushion on the plane z = 0."""
    thickness = _thickness(outline.inside, outline.cell)
    return _closed(outline, frame, (0.8 * thickness, np.zeros_like(thickness)), None)


def _floor(outline: Outline, frame: Frame) -> Values:
    """The depth at which the ray of each cell meets the ground, RxC; very far above the horizon."""
    y = outline.y
    below = np.minimum(y, frame.eye - 0.02)
    depth = -frame.distance * below / (frame.eye - below)
    return np.where(y < frame.eye - 0.02, depth, -1e3)


def _at_the_foot(values: Values, outline: Outline) -> Values:
    """RxC to C: the value in each column's lowest cell."""
    return values[np.maximum(lowest_of(outline.inside), 0), np.arange(values.shape[1])]


def _extended(outline: Outline) -> NDArray[np.bool_]:
    """The mask with its feet prolonged below, so that it is not blown up round where it stands."""
    inside = outline.inside
    rows = inside.shape[0]
    tall = np.pad(inside, ((0, rows // 2), (0, 0)))
    below = np.arange(tall.shape[0])[:, None] > lowest_of(inside)[None, :]
    tall |= below & outline.feet[None, :]
    tall[:, [0, -1]] = False
    tall[[0, -1]] = False
    return tall


def _thickness(inside: NDArray[np.bool_], cell: float) -> Values:
    """Half the thickness, in units: sqrt(u) where laplace(u) = -2 inside and u = 0 outside; at least a cell."""
    size = inside.shape[1] // COARSER + 1, inside.shape[0] // COARSER + 1
    padded = np.zeros((size[1] * COARSER, size[0] * COARSER), np.float32)
    padded[: inside.shape[0], : inside.shape[1]] = inside
    coarse = cv2.resize(padded, size, interpolation=cv2.INTER_AREA) > 0.5
    round_body = cv2.resize(inflated(coarse, COARSER * cell), padded.shape[::-1], interpolation=cv2.INTER_LINEAR)
    round_body = round_body[: inside.shape[0], : inside.shape[1]]
    return np.where(inside, np.sqrt(np.maximum(round_body, cell * cell)), 0)


def inflated(inside: NDArray[np.bool_], cell: float) -> Values:
    """Poisson's equation on a grid, 0 at its rim."""
    from scipy.sparse import coo_matrix, diags
    from scipy.sparse.linalg import spsolve

    index = np.full(inside.shape, -1)
    count = int(inside.sum())
    if not count:
        return np.zeros(inside.shape)
    index[inside] = np.arange(count)
    pairs = [(index[1:], index[:-1]), (index[:, 1:], index[:, :-1])]
    links = [(a[(a >= 0) & (b >= 0)], b[(a >= 0) & (b >= 0)]) for a, b in pairs]
    i = np.concatenate([np.concatenate([a, b]) for a, b in links])
    j = np.concatenate([np.concatenate([b, a]) for a, b in links])
    matrix = diags(np.full(count, 4.0)) - coo_matrix((np.ones(len(i)), (i, j)), shape=(count, count))
    field = np.zeros(inside.shape)
    field[inside] = np.asarray(spsolve(matrix.tocsc(), np.full(count, 2.0 * cell * cell)))
    return field


def _middle(outline: Outline, bulge: Values, floor: Values) -> Values:
    """The depth of the middle plane for each column: such that the front stands where the ground is seen below it."""
    from scipy.ndimage import gaussian_filter1d

    columns = np.arange(outline.inside.shape[1])
    typical = float(np.max(bulge, initial=0))
    if not outline.feet.any():
        return np.full((1, len(columns)), outline.base - typical)
    wanted = _at_the_foot(floor - bulge, outline)
    nearest = outline.base
    wanted = np.interp(columns, columns[outline.feet], wanted[outline.feet])
    wanted = np.clip(wanted, nearest - SOLES - 2 * typical, nearest)
    return gaussian_filter1d(wanted, 0.04 * len(columns), mode="nearest")[None, :]


def _closed(outline: Outline, frame: Frame, sides: tuple[Values, Values], rim: Rim | None) -> Shape:
    """Front and back as one mesh, each point on its cell's ray, or where it rests on the ground under the rim."""
    inside, (front, back) = outline.inside, sides
    whole = _all_four(inside)
    rows, columns = inside.shape
    near = grid_faces(rows, columns)[np.tile(whole.ravel(), 2)]
    edge = inside & ~_all_four(np.pad(whole, 1))
    back = np.where(edge, front, back)
    points = np.stack([_on_rays(outline, frame, depth) for depth in (front, back)])
    if rim is not None:
        points[1, ..., 1] = np.maximum(points[1, ..., 1], np.where(edge, 0, rim.underside(back)))
    points = points.reshape(-1, 3)
    faces = np.concatenate([near, near[:, ::-1] + rows * columns])
    u, v = np.meshgrid((np.arange(columns) + 0.5) / columns, (np.arange(rows) + 0.5) / rows)
    uv = np.concatenate([np.stack([0.5 * (u + side), v], -1).reshape(-1, 2) for side in (0, 1)])
    used, compact = np.unique(faces, return_inverse=True)
    return Shape(
        points=points[used].astype(np.float32),
        faces=compact.reshape(-1, 3).astype(np.uint32),
        uv=uv[used].astype(np.float32),
    )


def _all_four(inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether all four are that lie round each crossing of a grid, (R-1)x(C-1)."""
    return inside[:-1, :-1] & inside[1:, :-1] & inside[1:, 1:] & inside[:-1, 1:]


def _on_rays(outline: Outline, frame: Frame, depth: Values) -> Values:
    scale = (frame.distance - depth) / frame.distance
    x = outline.x[None, :] * scale
    y = frame.eye + (outline.y - frame.eye) * scale
    return np.stack([x, y if frame.lying else np.maximum(y, 0.0), depth], -1)
