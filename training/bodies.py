"""More bodies: sweeps along any path, soft bodies, cut-out plates, fur."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from ecomgen.scenes.studio.primitives.shapes import Shape, normalised, summed_normals
from training.shapes import grid

Floats = NDArray[np.float64]


def sweep(path: ArrayLike, width: ArrayLike, depth: ArrayLike | None = None, *, segments: int = 14) -> Shape:
    """An ellipse swept along Nx3 points, `width` and `depth` its half axes (numbers or one for each point).

    The frame is carried along the path, so that a closed loop twists a little at its seam. The ends are closed.
    """
    line = np.asarray(path, dtype=np.float64)
    wide = np.broadcast_to(np.asarray(width, dtype=np.float64), len(line))
    deep = wide if depth is None else np.broadcast_to(np.asarray(depth, dtype=np.float64), len(line))
    across, upward = _frames(line)
    angle = np.linspace(0, 2 * np.pi, segments + 1)[None, :, None]
    ring = np.cos(angle) * across[:, None] * wide[:, None, None] + np.sin(angle) * upward[:, None] * deep[:, None, None]
    rows = line[:, None] + ring
    closed = np.concatenate(
        [np.repeat(line[:1, None], segments + 1, 1), rows, np.repeat(line[-1:, None], segments + 1, 1)]
    )
    return grid(closed[:, ::-1])


def _frames(line: Floats) -> tuple[Floats, Floats]:
    tangent: Floats = np.gradient(line, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
    start = np.eye(3)[int(np.argmin(np.abs(tangent[0])))]
    across = np.empty_like(line)
    for number, direction in enumerate(tangent):
        start = start - direction * (start @ direction)
        start = start / max(float(np.linalg.norm(start)), 1e-9)
        across[number] = start
    return across, np.cross(tangent, across).astype(np.float64)


def curve(points: ArrayLike, count: int = 24) -> Floats:
    """A smooth path through a few 3-D points, `count`x3 (Catmull–Rom)."""
    knots = np.asarray(points, dtype=np.float64)
    padded = np.concatenate([[2 * knots[0] - knots[1]], knots, [2 * knots[-1] - knots[-2]]])
    at = np.linspace(0, len(knots) - 1 - 1e-9, count)
    whole = at.astype(int)
    t = (at - whole)[:, None]
    p0, p1, p2, p3 = (padded[whole + shift] for shift in range(4))
    return 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)


def blob(size: ArrayLike, *, square: float = 1.0, lift: float = 1.0, detail: int = 28) -> Shape:
    """A superellipsoid with half axes `size`; `square` and `lift` below 1 make it boxier around and upwards."""
    polar = np.linspace(1e-3, np.pi - 1e-3, detail)[:, None]
    around = np.linspace(0, 2 * np.pi, 2 * detail + 1)[None]
    x = _power(np.sin(polar), lift) * _power(np.sin(around), square)
    y = -_power(np.sin(polar), lift) * _power(np.cos(around), square)
    z = _power(np.cos(polar), lift) + 0 * around
    return grid(np.stack([x, y, z], 2) * np.asarray(size, dtype=np.float64))


def _power(values: Floats, exponent: float) -> Floats:
    return np.sign(values) * np.abs(values) ** exponent


def plate(outline: ArrayLike, thickness: float) -> Shape:
    """A star-shaped outline in the xz plane (Nx2, counter-clockwise about its mean) as a plate with rounded edges."""
    rim = np.asarray(outline, dtype=np.float64)
    middle = rim.mean(0)
    closed = np.concatenate([rim, rim[:1]])
    rows = []
    for share, y in ((0.0, -1.0), (0.93, -1.0), (1.0, -0.6), (1.0, 0.6), (0.93, 1.0), (0.0, 1.0)):
        flat = middle + (closed - middle) * share
        rows.append(np.stack([flat[:, 0], np.full(len(flat), y * thickness / 2), flat[:, 1]], 1))
    points = np.stack(rows)
    low, high = rim.min(0), rim.max(0)
    uv = np.stack([(points[..., 0] - low[0]), (high[1] - points[..., 2])], 2) / np.maximum(high - low, 1e-9)
    return grid(points, uv=uv)


def bumpy(mesh: Shape, rng: Generator, amount: float, *, waves: float = 2.0) -> Shape:
    """Pushed in and out by a few smooth waves of about `waves` periods over the mesh."""
    span = float(np.ptp(mesh.points, axis=0).max()) or 1.0
    shift = np.zeros(len(mesh.points))
    for _ in range(5):
        direction = rng.normal(0, 2 * np.pi * waves / span, 3)
        shift += np.sin(mesh.points @ direction + rng.uniform(0, 2 * np.pi)) / 5
    points = mesh.points + mesh.normals() * (amount * span * shift)[:, None]
    return replace(mesh, points=points, known_normals=normalised(summed_normals(points, mesh.faces)))


def fur(mesh: Shape, rng: Generator, length: float, count: int) -> Shape:
    """Tufts standing out of a mesh: thin triangles that lean about and hang a little."""
    corners = mesh.faces[_by_area(mesh, rng, count)]
    weights = rng.dirichlet((1, 1, 1), count)[..., None]
    root = (mesh.points[corners] * weights).sum(1)
    normal = (mesh.normals()[corners] * weights).sum(1)
    uv = (mesh.uv[corners] * weights).sum(1)
    lean = normal + rng.normal(0, 0.45, normal.shape) + np.array([0, 0, -0.25])
    side = np.cross(lean, rng.normal(0, 1, normal.shape))
    side *= (length * 0.16) / np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    tip = root + lean * (length * rng.uniform(0.5, 1.2, (count, 1)))
    points = np.stack([root - side, root + side, tip], 1).reshape(-1, 3)
    faces = np.arange(3 * count, dtype=np.uint32).reshape(-1, 3)
    return Shape(points=points, faces=faces, uv=np.repeat(uv, 3, 0), known_normals=np.repeat(normal, 3, 0))


def _by_area(mesh: Shape, rng: Generator, count: int) -> NDArray[np.int64]:
    a, b, c = (mesh.points[mesh.faces[:, corner]] for corner in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    return rng.choice(len(area), count, p=area / area.sum())
