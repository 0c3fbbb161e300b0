"""Pieces that several families share: outlines, rims, rods, wheels, and what is pale, dark or smoked by nature."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ecomgen.scenes.studio.primitives.shapes import Shape, joined
from training.bodies import curve, sweep
from training.products.finishes import Finish, Look, Parts, near, part, turned
from training.products.vessels import turned_solid
from training.shapes import grid

Outline = NDArray[np.float64]  # Nx2, counter-clockwise in the xz plane, about the origin


def pale(look: Look) -> Finish:
    """White, cream, light grey: faces, porcelain, labels, milk."""
    grey = look.between(0.78, 0.97)
    tone = near(look.rng, (grey, grey, grey * look.between(0.88, 1.0)), 0.02)
    pattern = "clouds" if look.odds(0.25) else "plain"
    return Finish(colours=(near(look.rng, tone, 0.05), tone), pattern=pattern, roughness=look.between(0.08, 0.8))


def dark(look: Look) -> Finish:
    """Rubber, black leather, coffee, cast iron."""
    grey = look.between(0.02, 0.14)
    tone = near(look.rng, (grey * look.between(1, 1.4), grey, grey * look.between(0.8, 1)), 0.1)
    pattern = "clouds" if look.odds(0.3) else "plain"
    return Finish(colours=(near(look.rng, tone, 0.2), tone), pattern=pattern, roughness=look.between(0.12, 0.9))


def smoked(look: Look) -> Finish:
    """Tinted glass, brown, green or grey."""
    grey = look.between(0.15, 0.6)
    tint = near(look.rng, (grey, grey, grey), 0.15)
    return Finish(colours=(tint, tint), glass=True)


def glossy(look: Look) -> Finish:
    """Smooth lacquer in one of the product's colours."""
    tone = look.colour()
    return Finish(colours=(tone, tone), roughness=look.between(0.03, 0.16))


def circle(radius: float, count: int = 56, square: float = 1.0) -> Outline:
    """`square` below 1 makes its corners: a box with round ones."""
    angle = np.linspace(0, 2 * np.pi, count + 1)[:-1] + 0.01
    return radius * np.stack([_power(np.cos(angle), square), _power(np.sin(angle), square)], 1)


def _power(wave: NDArray[np.float64], exponent: float) -> NDArray[np.float64]:
    return np.sign(wave) * np.abs(wave) ** exponent


def outline(look: Look) -> Outline:
    """Round, oval, square with round corners, many-cornered, wavy or arched; half a unit wide."""
    kind, angle = int(look.rng.integers(6)), np.linspace(0, 2 * np.pi, 97)[:-1]
    tall = 1.0 if look.odds(0.5) else look.between(0.65, 1.5)
    radius = np.ones_like(angle)
    if kind == 4:
        corners = int(look.rng.integers(5, 9))
        radius = np.cos(np.pi / corners) / np.cos(angle % (2 * np.pi / corners) - np.pi / corners)
    if kind == 5:
        radius = 1 + look.between(0.03, 0.1) * np.cos(int(look.rng.integers(6, 13)) * angle)
    power = look.between(0.15, 0.55) if kind in (1, 2) else 1.0
    x, z = _power(np.cos(angle), power), _power(np.sin(angle), power)
    if kind == 3:
        x, z = np.where(z < 0, _power(x, 0.25), x), np.where(z < 0, _power(z, 0.25), z)
    return 0.5 * np.stack([radius * x, radius * z * tall], 1)


def rim(path: Outline, wide: float, deep: float, *, square: float = 1.0) -> Shape:
    """A closed bar along an outline in the xz plane: `wide` is half its width in that plane, `deep` half along y."""
    along = np.roll(path, -1, 0) - np.roll(path, 1, 0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    outward = np.stack([along[:, 1], -along[:, 0]], 1)
    angle = np.linspace(0, 2 * np.pi, 17)
    across, depth = _power(np.cos(angle), square), _power(np.sin(angle), square)
    flat = path[:, None] + wide * outward[:, None] * across[None, :, None]
    y = np.broadcast_to(deep * depth[None], flat.shape[:2])
    points = np.stack([flat[..., 0], y, flat[..., 1]], 2)
    return grid(np.concatenate([points, points[:1]]))


def beside(point: ArrayLike, x: float, y: float, z: float) -> NDArray[np.float64]:
    """A point moved."""
    return np.asarray(point, np.float64) + np.array([x, y, z])


def rod(*points: ArrayLike, thick: float) -> Shape:
    """A straight tube, or one with kinks."""
    return sweep(np.array([np.asarray(one, np.float64) for one in points]), thick, segments=9)


def bent(*points: ArrayLike, thick: float, flat: float = 1.0, count: int = 26) -> Shape:
    """A tube along a smooth path; `flat` is its second half axis as a share of the first."""
    return sweep(curve(np.array([np.asarray(one, np.float64) for one in points]), count), thick, thick * flat)


def disc(radius: float, low: float, high: float, *, rounding: float = 0.015) -> Shape:
    """A flat cylinder about the z axis."""
    return turned_solid([radius, radius], [low, high], rounding=rounding, segments=40)


def facing(mesh: Shape) -> Shape:
    """What lay about the z axis looks along -y."""
    return mesh.turned(x=90)


def stars(look: Look, count: int, inner: float, outer: float, thick: float) -> Shape:
    """Spokes in the xz plane, from a hub to a rim."""
    begin = look.between(0, 6.3)
    angles = begin + np.linspace(0, 2 * np.pi, count + 1)[:-1]
    ways = np.stack([np.cos(angles), 0 * angles, np.sin(angles)], 1)
    return joined([rod(inner * way, outer * way, thick=thick) for way in ways])


def wheel(look: Look, radius: float, wide: float, tyre: Finish, hub: Finish, *, spokes: int = 0) -> Parts:
    """A wheel about the y axis, centred on the origin, with spokes or closed."""
    thick = radius * (look.between(0.06, 0.14) if spokes else look.between(0.2, 0.4))
    parts = [part(rim(circle(radius - thick, 40), thick, wide), tyre)]
    if not spokes:
        cap = disc(radius - 1.4 * thick, -wide * 0.9, wide * 0.9)
        return [*parts, part(facing(cap), hub)]
    inner = rim(circle(radius - 2 * thick, 40), thick * 0.4, wide * 0.6)
    middle = facing(disc(radius * 0.12, -wide * 1.5, wide * 1.5))
    wires = stars(look, spokes, radius * 0.08, radius - 2 * thick, max(radius * 0.012, 0.004))
    return [*parts, part(joined([inner, middle, wires]), hub)]


def lying(look: Look, parts: Parts, share: float) -> Parts:
    """In some cases what stands is laid on its back."""
    return turned(parts, -90.0, "x") if look.odds(share) else parts


def cable(look: Look, start: tuple[float, float, float], thick: float = 0.012) -> Shape:
    """From where it leaves the product down to the ground and away in a bow."""
    x, y, z = start
    side = 1.0 if look.odds(0.5) else -1.0
    way = [(x + side * look.between(0.1, 0.6), y + look.between(-0.5, 0.4), thick) for _ in range(3)]
    drop = (x + side * 0.08, y, z * 0.4 + thick)
    return bent(start, drop, *way, (x + side * look.between(0.5, 1.1), y + 0.3, thick), thick=thick, count=44)
