"""Grounds and walls: what is below a product and behind it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.primitives.shapes import Shape
from training.noise import spectral
from training.products.finishes import Colour, Finish, Part, any_colour, near
from training.shapes import grid, sheet

GROUNDS = (
    "wood",
    "cloth",
    "stone",
    "tiles",
    "clouds",
    "speckles",
    "bricks",
    "pebbles",
    "grass",
    "leaves",
    "plain",
    "tufts",
)
WALLS = ("wood", "clouds", "bricks", "tiles", "plain", "plain", "leaves", "gradient", "stripes", "cloth")
OUTDOORS = ("grass", "leaves", "pebbles", "stone", "bricks", "tufts", "clouds")


def ground_finish(rng: Generator, kind: str, tone: Colour) -> Finish:
    natural = {
        "grass": (0.3, 0.42, 0.15),
        "wood": (0.6, 0.42, 0.26),
        "bricks": (0.6, 0.35, 0.27),
        "pebbles": (0.5, 0.48, 0.45),
    }
    first = near(rng, natural[kind], 0.3) if kind in natural and rng.random() < 0.7 else tone
    first = first if rng.random() < 0.4 else _muted(first, float(rng.uniform(0.4, 0.95)))
    glossy = rng.random() < 0.22
    contrast = float(rng.choice([0.05, 0.2, 0.5]))
    dark = near(rng, (first[0] * (1 - contrast), first[1] * (1 - contrast), first[2] * (1 - contrast)), 0.05)
    return Finish(
        colours=(dark, first), pattern=kind, roughness=float(rng.uniform(0.04, 0.25) if glossy else rng.uniform(0.4, 1))
    )


def make_walls(rng: Generator, finish: Finish) -> tuple[Part, Part]:
    """The wall and the ground: a sweep of paper, a table's edge before a room, a wall near by, or open land."""
    density = float(rng.uniform(0.15, 1.2))
    kind = rng.choice(["sweep", "edge", "wall", "open"], p=(0.24, 0.16, 0.32, 0.28))
    if kind == "sweep":
        far = Part(mesh=sheet(1, 1).moved(z=-50), finish=finish)
        return far, Part(mesh=_repeated(_sweep(rng), density), finish=finish)
    depth = float(rng.uniform(0.7, 2.5)) if kind == "edge" else 12.0
    relief = spectral(rng, (60, 60), falloff=float(rng.uniform(1, 2))).astype(np.float64)
    fold = 0.0 if finish.pattern in ("wood", "tiles", "plain", "stone") else float(rng.choice([0, 0.01, 0.04]))
    middle = np.hypot(*np.meshgrid(np.linspace(-12, 12, 60), np.linspace(-12, 12, 60)))
    calm = np.clip((middle - 0.6) / 2, 0, 1)
    plane = sheet(24, 24, heights=relief * calm, fold=fold).moved(y=depth - 12)
    ground = Part(
        mesh=_repeated(plane.turned(z=float(rng.uniform(0, 360)) if kind != "edge" else 0.0), density * 3),
        finish=finish,
    )
    if kind in ("open", "edge") and rng.random() < 0.6:
        return Part(mesh=sheet(1, 1).moved(z=-50), finish=finish), ground
    tone = finish.colours[1] if rng.random() < 0.3 else _muted(any_colour(rng), float(rng.uniform(0, 0.9)))
    pattern = str(rng.choice(WALLS))
    face = Finish(colours=(near(rng, tone, 0.2), tone), pattern=pattern, roughness=float(rng.uniform(0.4, 1)))
    away = float(rng.uniform(0.8, 3)) if kind == "wall" else float(rng.uniform(3, 9))
    plane = sheet(30, 20).turned(x=90).turned(z=float(rng.normal(0, 12))).moved(y=away, z=6)
    return Part(mesh=_repeated(plane, density * 3), finish=face), ground


def _muted(colour: Colour, share: float) -> Colour:
    """Drawn towards grey by `share`."""
    grey = sum(colour) / 3
    return tuple(value + share * (grey - value) for value in colour)  # type: ignore[return-value]


def _sweep(rng: Generator) -> Shape:
    away, radius = float(rng.uniform(0.8, 2.5)), float(rng.uniform(0.2, 1.5))
    a = np.linspace(0, np.pi / 2, 20)
    y = np.concatenate([[-14], away + radius * np.sin(a), [away + radius]])
    z = np.concatenate([[0], radius * (1 - np.cos(a)), [14]])
    x = np.linspace(-16, 16, 4)
    points = np.stack(np.broadcast_arrays(x[None], y[:, None], z[:, None]), 2)
    mesh = grid(points[:, ::-1])
    along = np.concatenate([[0], np.cumsum(np.hypot(np.diff(y), np.diff(z)))]) / 30
    return replace(
        mesh,
        uv=np.stack(
            [np.broadcast_to(x[None] / 30, points.shape[:2]), np.broadcast_to(along[:, None], points.shape[:2])], 2
        ).reshape(-1, 2),
    )


def _repeated(mesh: Shape, times: float) -> Shape:
    return replace(mesh, uv=mesh.uv * 6 * times)
