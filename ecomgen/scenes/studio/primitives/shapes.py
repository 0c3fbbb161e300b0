"""Triangle meshes by NumPy: what sets, props, the samples and the training's products are built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values = NDArray[np.floating[Any]]  # of whatever shape is told where they are


@dataclass(frozen=True, kw_only=True, eq=False)
class Shape:
    """Triangles: `points` Nx3, `faces` Mx3 (counter-clockwise from outside), `uv` Nx2, v = 0 the texture's top.

    `known_normals` are unit vectors, Nx3, where they are known better than from the faces. In the studio points are
    float32 in scene units, and y is up.
    """

    points: Values
    faces: NDArray[np.uint32]
    uv: Values
    smooth: bool = True
    known_normals: Values | None = None

    def through(self, points: Values) -> Shape:
        """The same faces through other points."""
        return replace(self, points=points.astype(self.points.dtype))

    def moved(self, x: float = 0, y: float = 0, z: float = 0) -> Shape:
        return self.through(self.points + np.array([x, y, z]))

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> Shape:
        factors = np.array([x, x if y is None else y, x if z is None else z])
        known = None if self.known_normals is None else normalised(self.known_normals / factors)
        return replace(self.through(self.points * factors), known_normals=known)

    def turned(self, *, x: float = 0, y: float = 0, z: float = 0) -> Shape:
        """Rotated by degrees about the axes, in the order x, y, z, counter-clockwise seen from an axis's tip."""
        points, known = self.points.astype(np.float64), self.known_normals
        for axis, degrees in enumerate((x, y, z)):
            rotation = _rotation(axis, np.radians(degrees)).T
            points, known = points @ rotation, None if known is None else known @ rotation
        return replace(self.through(points), known_normals=known)

    def draped(self, width: float, depth: float) -> Shape:
        """With a texture of `width` x `depth` units laid over it from above and hanging down in front."""
        x, y, z = self.points.T
        uv = np.stack([x / width + 0.5, (z - y) / depth + 0.5], -1)
        return replace(self, uv=uv.astype(np.float32))

    def normals(self) -> Values:
        """Unit normals at the points, Nx3."""
        if self.known_normals is not None:
            return self.known_normals
        total = summed_normals(self.points, self.faces)
        return (total / (np.linalg.norm(total, axis=1, keepdims=True) + 1e-12)).astype(np.float32)

    def area(self) -> float:
        """The area of all faces."""
        a, b, c = (self.points[self.faces[:, k]].astype(np.float64) for k in range(3))
        return 0.5 * float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum())


def summed_normals(points: Values, faces: NDArray[np.uint32]) -> Values:
    """Normals of the faces round each point, Nx3, summed by area, so that flat faces stay flat beside rounded edges."""
    a, b, c = (points[faces[:, k]].astype(np.float64) for k in range(3))
    face = np.cross(b - a, c - a)
    total = np.zeros((len(points), 3))
    for axis in range(3):
        total[:, axis] = np.bincount(faces.ravel(), weights=np.repeat(face[:, axis], 3), minlength=len(points))
    return total


def normalised(vectors: Values) -> Values:
    """Vectors, ...xN, of length 1."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)


def _rotation(axis: int, angle: float) -> Values:
    i, j = (axis + 1) % 3, (axis + 2) % 3
    matrix = np.eye(3)
    matrix[i, i] = matrix[j, j] = np.cos(angle)
    matrix[i, j], matrix[j, i] = -np.sin(angle), np.sin(angle)
    return matrix


def joined(shapes: Sequence[Shape]) -> Shape:
    """Several shapes of one material as one."""
    starts = np.cumsum([0, *(len(shape.points) for shape in shapes[:-1])])
    known = any(shape.known_normals is not None for shape in shapes)
    return Shape(
        points=np.concatenate([shape.points for shape in shapes]),
        faces=np.concatenate([shape.faces + np.uint32(start) for shape, start in zip(shapes, starts, strict=True)]),
        uv=np.concatenate([shape.uv for shape in shapes]),
        smooth=all(shape.smooth for shape in shapes),
        known_normals=np.concatenate([shape.normals() for shape in shapes]) if known else None,
    )


def grid_faces(rows: int, columns: int, *, rising: bool = False) -> NDArray[np.uint32]:
    """The faces, Mx3, between RxC points in rows that go down as one looks at them, or up where `rising`."""
    index = np.arange(rows * columns, dtype=np.uint32).reshape(rows, columns)
    a, b, c, d = (part.ravel() for part in (index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]))
    b, d = (d, b) if rising else (b, d)
    return np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])


def xyz(x: ArrayLike, y: ArrayLike, z: ArrayLike) -> Values:
    """Points of these coordinates, ...x3; a single number holds for all of them."""
    return np.stack(np.broadcast_arrays(x, y, z), -1)


def sheet(points: ArrayLike, *, smooth: bool = True) -> Shape:
    """A surface through a grid of points, RxCx3."""
    grid = np.asarray(points, dtype=np.float32)
    rows, columns = grid.shape[:2]
    v, u = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, columns), indexing="ij")
    uv = np.stack([u, v], -1).reshape(-1, 2).astype(np.float32)
    return Shape(points=grid.reshape(-1, 3), faces=grid_faces(rows, columns), uv=uv, smooth=smooth)


def ground(x0: float, x1: float, near: float, far: float, heights: ArrayLike | None = None) -> Shape:
    """A horizontal sheet; row 0 of `heights` (HxW, units) lies at `far`. Its texture's top is the far side."""
    relief = np.zeros((2, 2)) if heights is None else np.asarray(heights)
    rows, columns = relief.shape
    z, x = np.meshgrid(np.linspace(far, near, rows), np.linspace(x0, x1, columns), indexing="ij")
    return sheet(np.stack([x, relief, z], -1))


def wall(x0: float, x1: float, y0: float, y1: float, z: float) -> Shape:
    """An upright rectangle facing the camera."""
    y, x = np.meshgrid([y1, y0], [x0, x1], indexing="ij")
    return sheet(np.stack([x, y, np.full((2, 2), z)], -1), smooth=False)


def lathe(profile: ArrayLike, *, segments: int = 64) -> Shape:
    """A profile of (radius, height), Nx2 from the bottom up, turned about the y axis."""
    outline = np.asarray(profile, dtype=np.float64)[::-1]
    angle = np.linspace(-np.pi, np.pi, segments + 1)  # the seam lies at the back
    radius, height = outline[:, :1], outline[:, 1:]
    level = np.broadcast_to(height, (len(outline), segments + 1))
    return sheet(np.stack([radius * np.sin(angle), level, radius * np.cos(angle)], -1))


def ball(radius: float, *, rings: int = 33) -> Shape:
    """A sphere standing on y = 0."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, rings)
    profile = [(radius * max(float(np.cos(a)), 0.0), radius * (1 + float(np.sin(a)))) for a in angle]
    return lathe(profile, segments=2 * rings - 2)


def disc(radius: float, height: float, edge: float) -> Shape:
    """A round plinth from y = 0 to `height`, its upper edge rounded by `edge`."""
    corner = [
        (radius - edge + edge * np.sin(a), height - edge + edge * np.cos(a)) for a in np.linspace(np.pi / 2, 0, 9)
    ]
    return lathe([(0.0, 0.0), (radius, 0.0), (radius, edge), *corner, (0.0, height)], segments=128)


def block(width: float, height: float, depth: float, edge: float) -> Shape:
    """A box on y = 0, centred in x and z, all edges rounded by `edge`."""
    edge = min(edge, width / 2.01, height / 2.01, depth / 2.01)
    ring = np.linspace(0, np.pi / 2, 5)
    core = np.array([width / 2 - edge, height / 2 - edge, depth / 2 - edge])
    # A sphere whose octants are pulled apart: longitudes and latitudes doubled at the seams.
    longitude = np.concatenate([ring + k * np.pi / 2 for k in range(4)] + [[2 * np.pi]])
    latitude = np.concatenate([ring + np.pi / 2, ring + np.pi])[::-1] - np.pi
    signs_x = np.sign(np.concatenate([np.full(5, s) for s in (1, 1, -1, -1)] + [[1]]))
    signs_z = np.sign(np.concatenate([np.full(5, s) for s in (1, -1, -1, 1)] + [[1]]))
    signs_y = np.concatenate([np.full(5, 1), np.full(5, -1)])
    lat, lon = np.meshgrid(latitude, longitude, indexing="ij")
    sx, sz = np.broadcast_to(signs_x, lat.shape), np.broadcast_to(signs_z, lat.shape)
    sy = np.broadcast_to(signs_y[:, None], lat.shape)
    points = np.stack(
        [
            sx * core[0] + edge * np.cos(lat) * np.sin(lon),
            sy * core[1] + edge * np.sin(lat) + height / 2,
            sz * core[2] + edge * np.cos(lat) * np.cos(lon),
        ],
        -1,
    )
    return sheet(_capped(points, height))


def _capped(points: Values, height: float) -> Values:
    """Rows of a barrel closed at the top and the bottom by a point."""
    top, bottom = np.zeros_like(points[:1]), np.zeros_like(points[:1])
    top[..., 1] = height
    return np.concatenate([top, points, bottom])


def tube(path: ArrayLike, radii: ArrayLike, *, segments: int = 10) -> Shape:
    """A tube along a path, Nx3, with a radius at each point, or one for all."""
    line = np.asarray(path, dtype=np.float64)
    radii = np.broadcast_to(radii, len(line))
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True) + 1e-9
    helper = np.eye(3)[np.argmin(np.abs(tangent).max(axis=0))]  # one for the whole path, or the tube would twist
    side = np.cross(tangent, helper)
    side /= np.linalg.norm(side, axis=1, keepdims=True) + 1e-9
    other = np.cross(tangent, side)
    angle = np.linspace(2 * np.pi, 0, segments + 1)[None, :, None]  # so that the faces look outwards
    ring = np.cos(angle) * side[:, None] + np.sin(angle) * other[:, None]
    return sheet(line[:, None] + ring * np.asarray(radii, dtype=np.float64)[:, None, None])


def blended(points: Values, mass: Values, *, cell: float) -> Shape:
    """The surface of liquid particles, Nx3, that run into one another where they are close.

    A particle of mass 2 alone is a ball of `cell` in radius (blobs after Blinn, 1982; their surface by marching cubes).
    """
    from scipy.ndimage import gaussian_filter
    from skimage.measure import marching_cubes

    low = points.min(0) - 4 * cell
    index = ((points - low) / cell).astype(int)
    density = np.zeros(index.max(0) + 5, np.float32)
    np.add.at(density, tuple(index.T), mass)
    found, faces, _, _ = marching_cubes(gaussian_filter(density, 1.3), 0.04)
    uv = np.zeros((len(found), 2), np.float32)
    return Shape(points=(low + cell * found).astype(np.float32), faces=faces[:, ::-1].astype(np.uint32), uv=uv)
