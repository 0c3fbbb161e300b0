"""Other things about a product: behind and beside it, grass, what lies strewn, a hand, something before the lens."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.primitives.shapes import Shape, joined
from training.bodies import blob, curve, sweep
from training.products import make_product, normalised
from training.products.finishes import Finish, Part, Parts, any_colour, moved, near, part, turned
from training.scenes import neighbours
from training.scenes.camera import Camera, extent
from training.scenes.crowds import Crowd
from training.shapes import leaf


def other_things(product: Parts, rng: Generator, crowd: Crowd) -> Parts:
    """Other things that are plainly not the subject: behind it, smaller beside it, or cut by the frame."""
    low, high = extent(product)
    reach = float(max(high[0] - low[0], high[1] - low[1])) / 2
    count = int(rng.choice([0, 1, 3, 6], p=crowd.clutter))
    parts: Parts = []
    for _ in range(count):
        tone = product[0].finish.colours[0] if rng.random() < 0.2 else None
        size = float(rng.uniform(0.2, 0.6))
        behind = rng.random() < 0.7
        if behind and rng.random() < 0.4:
            size = float(rng.uniform(0.6, 1.6))
        _, other = make_product(rng, tone=tone)
        other = turned(normalised(other, size), float(rng.uniform(0, 360)))
        y = reach + size * rng.uniform(0.6, 1.2) + rng.exponential(0.8) if behind else rng.uniform(-0.3, 0.6) * reach
        x = rng.normal(0, 1.1) if behind else rng.choice([-1, 1]) * (reach + size * 0.6 + rng.exponential(0.25))
        parts += moved(other, float(x), float(y), 0.0)
    return parts


def near_things(product: Parts, camera: Camera, rng: Generator, kind: str) -> Parts:
    parts: Parts = []
    if kind == "grass" and rng.random() < 0.7:
        parts.append(_lawn(rng))
    if kind in ("pebbles", "leaves", "wood", "grass") and rng.random() < 0.35:
        parts.append(_scattered(product, rng))
    if rng.random() < 0.05:
        parts += _hand(product, rng)
    if rng.random() < 0.1:
        parts.append(_foreground(camera, rng))
    return parts


def _lawn(rng: Generator) -> Part:
    """Blades that hide the product's foot a little."""
    count, tall = 4000, float(rng.uniform(0.03, 0.12))
    at = rng.uniform(-1.6, 1.6, (count, 2))
    lean = rng.normal(0, 0.5, (count, 2)) * tall
    wide = rng.normal(0, 0.012, (count, 2))
    root = np.concatenate([at, np.zeros((count, 1))], 1)
    side = np.concatenate([wide, np.zeros((count, 1))], 1)
    tip = np.concatenate([at + lean, rng.uniform(0.4, 1.2, (count, 1)) * tall], 1)
    points = np.stack([root - side, root + side, tip], 1).reshape(-1, 3)
    normals = np.broadcast_to(np.array([0, -0.5, 0.87]), points.shape)
    uv = np.repeat(rng.uniform(0, 1, (count, 2)), 3, 0)
    faces = np.arange(3 * count, dtype=np.uint32).reshape(-1, 3)
    green = near(rng, (0.33, 0.45, 0.17), 0.3)
    finish = Finish(colours=(green, near(rng, green, 0.3)), pattern="speckles", roughness=0.8)
    return part(Shape(points=points, faces=faces, uv=uv, known_normals=normals.copy()), finish)


def _scattered(product: Parts, rng: Generator) -> Part:
    """Leaves, petals, pebbles, crumbs lying about."""
    low, high = extent(product)
    reach = float(max(high[0] - low[0], high[1] - low[1])) / 2
    flat = rng.random() < 0.5
    pieces = []
    for _ in range(int(rng.integers(5, 40))):
        angle, out = rng.uniform(0, 2 * np.pi), reach + rng.exponential(0.4) + 0.05
        size = float(rng.uniform(0.03, 0.13))
        one = leaf(size * 2, size, 0.4) if flat else blob(size * rng.uniform(0.3, 0.8, 3), detail=8)
        pieces.append(one.turned(z=float(np.degrees(angle))).moved(out * np.cos(angle), out * np.sin(angle), 0.02))
    tone = any_colour(rng)
    return part(joined(pieces), Finish(colours=(tone, near(rng, tone, 0.2)), pattern="clouds", roughness=0.7))


def _hand(product: Parts, rng: Generator) -> Parts:
    """A forearm from the edge of the frame with fingers that reach the product."""
    low, high = extent(product)
    side = float(rng.choice([-1, 1]))
    z = float(low[2] + rng.uniform(0.3, 1) * (high[2] - low[2]))
    edge = float(high[0] if side > 0 else low[0]) * float(rng.uniform(0.7, 1.0))
    thick = float(rng.uniform(0.07, 0.12))
    palm = np.array([edge + side * thick * 2.5, 0.05, z])
    elbow = palm + np.array([side * 0.8, rng.uniform(-0.3, 0.3), rng.uniform(-0.5, 0.3)])
    shoulder = palm + np.array([side * 2, 0.2, -0.6])
    arm = sweep(curve([palm, elbow, shoulder]), np.linspace(thick, thick * 1.4, 24))
    pieces = [arm, blob([thick * 1.8, thick * 0.9, thick * 1.7], detail=14).moved(*palm)]
    for row in np.linspace(-1, 1, 4):
        start = palm + np.array([-side * thick, 0, row * thick])
        end = np.array([edge - side * thick * rng.uniform(0.5, 2), -0.1, z + row * thick])
        pieces.append(sweep(curve([start, (start + end) / 2 - np.array([0, 0.1, 0]), end], 10), thick * 0.42))
    tone = near(rng, neighbours.SKIN[int(rng.integers(len(neighbours.SKIN)))], 0.08)
    return [part(joined(pieces), Finish(colours=(tone, near(rng, tone, 0.06)), pattern="clouds", roughness=0.6))]


def _foreground(camera: Camera, rng: Generator) -> Part:
    """Something close to the lens at a corner, out of focus."""
    origin, target = np.array(camera.origin), np.array(camera.target)
    ahead = (target - origin) * float(rng.uniform(0.25, 0.5))
    right = np.cross(target - origin, camera.up)
    right /= np.linalg.norm(right)
    upward = np.cross(right, ahead / np.linalg.norm(ahead))
    half = float(np.linalg.norm(ahead) * np.tan(np.radians(camera.field / 2)))
    at = (
        origin
        + ahead
        + right * rng.choice([-1, 1]) * half * rng.uniform(0.85, 1.2)
        + upward * rng.uniform(-1.1, 1) * half
    )
    mesh = blob(half * rng.uniform(0.15, 0.45, 3), detail=16).moved(*at)
    tone = any_colour(rng)
    return part(mesh, Finish(colours=(tone, near(rng, tone, 0.2)), pattern="clouds", roughness=0.7))
