"""Photos of simple products from a known elevation: a tilted pinhole camera, textured ground, a plain wall behind."""

from __future__ import annotations

import cv2
import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Shape, ball, block, lathe
from ecomgen.types import View

SIDE = 360  # pixels
DISTANCE = 3.4  # of the camera, in the product's larger sides
WALL = -2.2  # depth at which the ground ends

TIN = lathe([(0, 0), (0.75, 0), (0.85, 0.04), (1, 0.25), (1, 2.9), (0.85, 3.2), (0, 3.2)])
PRODUCTS: dict[str, Shape] = {
    "cylinder": lathe([(0, 0), (1, 0), (1, 2.4), (0, 2.4)]),
    "mug": lathe([(0, 0), (0.85, 0), (0.9, 0.05), (1, 2), (0, 2)]),
    "jar": lathe([(0, 0), (0.93, 0), (1, 0.07), (1, 1.1), (0.8, 1.3), (0.8, 1.6), (0, 1.6)]),
    "bottle": lathe([(0, 0), (0.92, 0), (1, 0.1), (1, 3), (0.35, 4), (0.3, 5.4), (0, 5.4)]),
    "tin": TIN,
    "carton": block(1, 1.3, 0.6, 0.01).turned(y=25),
    "cube": block(1, 1, 1, 0.04).turned(y=45),
    "book": block(1, 0.15, 0.7, 0.01).turned(y=30),
    "sole": block(1, 0.35, 0.36, 0.06).turned(y=50),
    "front": block(1, 1.3, 0.6, 0.01),
    "ball": ball(1),
    "bean": ball(1).scaled(1.4, 1, 1),
}


def photographed(shape: Shape, elevation: float, *, plain: bool = False) -> View:
    """`shape` standing on the ground, seen from `elevation` degrees above its foot; `plain` leaves out the texture."""
    points = shape.points.astype(float)
    points -= [points[:, 0].min() + np.ptp(points[:, 0]) / 2, 0, points[:, 2].min() + np.ptp(points[:, 2]) / 2]
    points /= np.ptp(points, axis=0).max()
    angle = np.radians(elevation)
    eye = DISTANCE * np.array([0, np.sin(angle), np.cos(angle)])
    forward = np.array([0, points[:, 1].max() / 2, 0]) - eye
    forward /= np.linalg.norm(forward)
    axes = np.stack([np.array([1.0, 0, 0]), np.cross([1.0, 0, 0], forward), forward])
    seen = (points - eye) @ axes.T
    focal = 0.55 * SIDE * DISTANCE
    pixels = np.stack([seen[:, 0], -seen[:, 1]], 1) / seen[:, 2:] * focal + SIDE / 2
    mask = np.zeros((SIDE, SIDE), np.uint8)
    for triangle in np.round(pixels * 16).astype(np.int32)[shape.faces]:
        cv2.fillConvexPoly(mask, triangle, 1, shift=4)
    picture = np.full((SIDE, SIDE, 3), 150, np.uint8) if plain else _surroundings(eye, axes, focal)
    picture[mask > 0] = (40, 80, 160)
    return View(pixels=picture, mask=mask > 0)


def _surroundings(eye: np.ndarray, axes: np.ndarray, focal: float) -> np.ndarray:
    """Gravel as far as the wall, and above it the wall."""
    rows, columns = np.mgrid[:SIDE, :SIDE] + 0.5 - SIDE / 2
    rays = np.stack([columns, -rows, np.full_like(rows, focal)], -1) @ axes
    below = rays[..., 1] < -1e-6
    reach = np.where(below, -eye[1] / np.minimum(rays[..., 1], -1e-6), 0)
    hit = eye + rays * reach[..., None]
    ground = below & (hit[..., 2] > WALL)
    stones = np.random.default_rng(4).normal(0, 26, (SIDE, SIDE))
    grey = np.where(ground, 120 + cv2.GaussianBlur(stones, (0, 0), 0.8) * 2, 205)
    return np.repeat(np.clip(grey, 0, 255).astype(np.uint8)[..., None], 3, -1)
