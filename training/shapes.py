"""Bodies from a few numbers, z up, with exact normals.

Texture u runs left to right as seen from outside, v from the top down.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.shapes import Shape, grid_faces, joined, normalised, summed_normals

Floats = NDArray[np.float64]


def grid(points: Floats, normals: Floats | None = None, uv: Floats | None = None) -> Shape:
    """A surface through RxCx3 points whose rows rise; smooth normals and a uv of [0, 1] where not given."""
    rows, columns = points.shape[:2]
    faces, flat = grid_faces(rows, columns, rising=True), points.reshape(-1, 3)
    known = normalised(summed_normals(flat, faces) if normals is None else normals.reshape(-1, 3))
    across = np.stack(np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows)), 2) if uv is None else uv
    return Shape(points=flat, faces=faces, uv=across.reshape(-1, 2), known_normals=known)


def profile(*corners: tuple[float, float, float], step: float = 0.012) -> Floats:
    """A polyline of (radius, height, rounding) with every corner rounded, as Nx2 points about `step` apart.

    `rounding` is how far from the corner the curve leaves the straight edge.
    """
    pieces = [np.array([corners[0][:2]])]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        pieces.append(_rounded_corner(np.array(before[:2]), np.array(corner[:2]), np.array(after[:2]), corner[2]))
    pieces.append(np.array([corners[-1][:2]]))
    return _resampled(np.concatenate(pieces), step)


def lathe(outline: Floats, *, arc: float = 360.0, segments: int = 192) -> Shape:
    """An outline (radius, height), bottom to top, turned about z over `arc` degrees centred on the front."""
    angle = np.radians(arc) * (np.linspace(0, 1, segments + 1) - 0.5)
    tangent = np.gradient(outline, axis=0)
    normal = np.stack([tangent[:, 1], -tangent[:, 0]], 1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(outline, axis=0), axis=1))]
    around = np.stack([np.sin(angle), -np.cos(angle)], 1)
    points, normals = (
        np.concatenate([table[:, None, :1] * around, np.repeat(table[:, None, 1:], segments + 1, 1)], 2)
        for table in (outline, normal)
    )
    u, v = np.meshgrid(np.linspace(0, 1, segments + 1), 1 - length / length[-1])
    return grid(points, normals, np.stack([u, v], 2))


def tube(path: Floats, half_width: Floats, half_depth: Floats, *, segments: int = 48) -> Shape:
    """An elliptic cross-section swept along a path in the xz plane; `half_width` lies along y."""
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    across = np.array([0.0, 1.0, 0.0])
    outward = np.cross(across, tangent)[:, None]
    angle = np.linspace(0, 2 * np.pi, segments + 1)
    cos, sin = np.cos(angle)[None, :, None], np.sin(angle)[None, :, None]
    width, depth = half_width[:, None, None], half_depth[:, None, None]
    points = path[:, None] + width * cos * across + depth * sin * outward
    normals = depth * cos * across + width * sin * outward
    u, v = np.meshgrid(angle / (2 * np.pi), np.linspace(0, 1, len(path)))
    return grid(points, normals, np.stack([u, v], 2))


def rounded_box(width: float, depth: float, height: float, radius: float) -> dict[str, Shape]:
    """The six faces of a box that stands on z = 0, its edges rounded; each face has its own texture square."""
    half = np.array([width, depth, height]) / 2
    right, back, up = np.eye(3)
    sides = {
        "front": (right, up, -back),
        "back": (-right, up, back),
        "left": (-back, up, -right),
        "right": (back, up, right),
        "top": (right, back, up),
        "bottom": (right, -back, -up),
    }
    return {
        name: _box_face(half, radius, across, upward, out).moved(z=height / 2)
        for name, (across, upward, out) in sides.items()
    }


def box(width: float, depth: float, height: float, radius: float) -> Shape:
    """A box with rounded edges that stands on z = 0; every face shows the whole texture."""
    return joined(list(rounded_box(width, depth, height, min(radius, 0.49 * min(width, depth, height))).values()))


def sheet(width: float, depth: float, *, heights: Floats | None = None, fold: float = 0.0) -> Shape:
    """A horizontal sheet centred on the origin, `heights` (rows from back to front) scaled by `fold`."""
    relief = np.zeros((2, 2)) if heights is None else heights * fold
    rows, columns = relief.shape
    x, y = np.meshgrid(np.linspace(-width / 2, width / 2, columns), np.linspace(depth / 2, -depth / 2, rows))
    slope_y, slope_x = np.gradient(relief, -depth / (rows - 1), width / (columns - 1))
    normals = np.stack([-slope_x, -slope_y, np.ones_like(x)], 2)
    u, v = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
    return grid(np.stack([x, y, relief], 2), normals, np.stack([u, v], 2))


def leaf(length: float, width: float, bend: float) -> Shape:
    """A leaf from the origin along x, pointed at both ends, its tip bent down by `bend` radians."""
    along = np.linspace(0, 1, 24)[:, None]
    across = np.linspace(-1, 1, 9)[None]
    angle = along * bend
    half = width / 2 * np.sin(np.pi * along**0.8) ** 0.9
    x = length * np.sin(angle) / max(bend, 1e-6) + 0 * across
    z = length * (np.cos(angle) - 1) / max(bend, 1e-6) + 0.35 * half * across**2
    points = np.stack([x, half * across, z], 2)
    normals = np.cross(np.gradient(points, axis=0), np.gradient(points, axis=1))
    normals[[0, -1]] = normals[[1, -2]]
    u, v = np.meshgrid(np.linspace(0, 1, 9), np.linspace(0, 1, 24))
    return grid(points, normals, np.stack([u, v], 2))


def _rounded_corner(before: Floats, corner: Floats, after: Floats, rounding: float) -> Floats:
    enter = corner + _toward(corner, before, rounding)
    leave = corner + _toward(corner, after, rounding)
    t = np.linspace(0, 1, 24)[:, None]
    return (1 - t) ** 2 * enter + 2 * t * (1 - t) * corner + t**2 * leave


def _toward(start: Floats, end: Floats, distance: float) -> Floats:
    way = end - start
    length = float(np.linalg.norm(way))
    return way * min(distance / length, 0.5)


def _resampled(points: Floats, step: float) -> Floats:
    points = points[np.r_[True, np.linalg.norm(np.diff(points, axis=0), axis=1) > 1e-9]]
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    at = np.linspace(0, length[-1], max(2, round(length[-1] / step)))
    return np.stack([np.interp(at, length, points[:, i]) for i in (0, 1)], 1)


def _box_face(half: Floats, radius: float, across: Floats, upward: Floats, out: Floats) -> Shape:
    extent_a, extent_b = abs(float(half @ across)), abs(float(half @ upward))
    a, b = np.meshgrid(_face_ticks(extent_a, radius), _face_ticks(extent_b, radius)[::-1])
    flat = a[..., None] * across + b[..., None] * upward + abs(half @ out) * out
    inner = np.clip(flat, radius - half, half - radius)
    normals = flat - inner
    normals /= np.linalg.norm(normals, axis=2, keepdims=True)
    uv = np.stack([0.5 + a / (2 * extent_a), 0.5 - b / (2 * extent_b)], 2)
    return grid(inner + radius * normals, normals, uv)


def _face_ticks(extent: float, radius: float) -> Floats:
    curve = np.linspace(0, radius, 7)
    return np.r_[-extent + curve, np.linspace(radius - extent, extent - radius, 5)[1:-1], extent - curve[::-1]]
