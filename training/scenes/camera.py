"""Where the camera of a scene stands, and what it is lit by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from training.products.finishes import Colour, Parts


@dataclass(frozen=True, kw_only=True)
class Camera:
    """Where it stands, where it looks (units of the product's size), its lens."""

    origin: tuple[float, float, float]
    target: tuple[float, float, float]
    up: tuple[float, float, float]
    field: float  # degrees
    aperture: float
    focus: float


@dataclass(frozen=True, kw_only=True)
class Light:
    """One soft box, window or sun, and the place's own light from all sides."""

    origin: tuple[float, float, float]
    size: float
    strength: float
    colour: Colour
    around: float  # strength of the surroundings
    turn: float  # degrees, of the surroundings


def make_camera(product: Parts, rng: Generator) -> Camera:
    """From eye level to straight down, near to far; the product fills a tenth to nearly all of the frame."""
    low, high = extent(product)
    middle = (low + high) / 2
    rise = np.radians(rng.choice([rng.uniform(2, 20), rng.uniform(10, 45), rng.uniform(45, 88)], p=(0.42, 0.43, 0.15)))
    around = np.radians(rng.normal(0, 12))
    direction = np.array([np.sin(around) * np.cos(rise), -np.cos(around) * np.cos(rise), np.sin(rise)])
    field = float(rng.uniform(18, 55))
    radius = float(np.linalg.norm(high - low)) / 2
    filled = rng.choice([rng.uniform(0.35, 0.6), rng.uniform(0.6, 1.1), rng.uniform(1.1, 1.4)], p=(0.24, 0.6, 0.16))
    distance = radius / np.tan(np.radians(field) / 2) / float(filled)
    distance = max(distance, radius * 1.3)
    slack = max(1 - 0.85 * float(filled), 0.15) * radius / float(filled)
    sideways = np.array([np.cos(around), np.sin(around), 0])
    target = (
        middle
        + sideways * rng.uniform(-0.8, 0.8) * slack
        + np.cross(sideways, direction) * rng.uniform(-0.8, 0.8) * slack
    )
    origin = target + direction * distance
    origin[2] = max(origin[2], 0.05)
    roll = float(np.radians(rng.normal(0, 4)))
    up = np.array([np.sin(roll), 0, np.cos(roll)]) if rise < 1.4 else np.array([np.sin(roll), 1, 0])
    aperture = distance * float(rng.choice([0.001, 0.008, 0.025], p=(0.5, 0.3, 0.2)))
    return Camera(
        origin=triple(origin),
        target=triple(target),
        up=triple(up),
        field=field,
        aperture=aperture,
        focus=distance * 0.97,
    )


def make_light(rng: Generator) -> Light:
    """Overcast, window, soft box, lamp or sun."""
    kind = rng.choice(["overcast", "window", "sun"], p=(0.3, 0.45, 0.25))
    rise, around = np.radians(rng.uniform(20, 80)), rng.uniform(0, 2 * np.pi)
    direction = np.array([np.cos(rise) * np.cos(around), np.cos(rise) * np.sin(around), np.sin(rise)])
    size, distance = {"overcast": (4.0, 6.0), "window": (float(rng.uniform(0.6, 2.5)), 3.5), "sun": (0.25, 8.0)}[
        str(kind)
    ]
    warm = float(rng.normal(0, 0.12))
    colour = (float(np.clip(1 + warm, 0.6, 1.4)), 1.0, float(np.clip(1 - warm, 0.6, 1.4)))
    wanted = {"overcast": rng.uniform(0.1, 0.6), "window": rng.uniform(0.5, 2.5), "sun": rng.uniform(1.5, 4)}[str(kind)]
    strength = float(wanted) * distance**2 / size**2
    around_light = float(rng.uniform(0.7, 1.3) if kind == "overcast" else rng.uniform(0.15, 0.8))
    return Light(
        origin=triple(direction * distance),
        size=size,
        strength=strength,
        colour=colour,
        around=around_light,
        turn=float(rng.uniform(0, 360)),
    )


def extent(parts: Parts) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest x, y and z."""
    points = np.concatenate([one.mesh.points for one in parts])
    return points.min(0), points.max(0)


def triple(vector: np.ndarray) -> tuple[float, float, float]:
    """An array of three as plain numbers."""
    return float(vector[0]), float(vector[1]), float(vector[2])
