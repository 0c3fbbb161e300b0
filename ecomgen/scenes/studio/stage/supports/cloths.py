"""Cloth that lies, hangs or is spread out, and what is stuffed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ecomgen.scenes.studio.declarations.wish import BOARDS
from ecomgen.scenes.studio.primitives.noise import ridges, smooth, spectral
from ecomgen.scenes.studio.primitives.shapes import block, joined, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports.tables import laid, visible_patch
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, material

SMOOTH = 0.5  # roughness below which cloth shines, and lies in full folds, as velvet does, instead of creases
FULL, CREASED = 0.1, 0.05  # units: how high folds and creases are that are seen from above
HANGING = 3.0  # units of cloth that hang behind the product
BLANKET_END = -1.4  # z where a blanket ends that is spread on the ground
CUSHION, DENT, PIPING = 0.34, 0.03, 0.011  # units: how thick a cushion is, how deep the product sinks in; its seam


def cloth(shot: Shot, surface: str, *, far: float) -> Thing:
    """Cloth that lies creased, smooth under the product, rises in a bend and hangs behind it in long folds."""
    near, bend = shot.frame.nearest + 0.6, shot.uniform(0.5, 0.9)
    half = shot.frame.half_width(far) * 1.5
    flat = near - far - bend
    along, x = np.meshgrid(np.linspace(0, flat + bend + HANGING, 440), np.linspace(-half, half, 420), indexing="ij")
    turn = np.clip((along - flat) / bend, 0, np.pi / 2)
    above = np.maximum(along - flat - bend * np.pi / 2, 0)
    z = near - np.minimum(along, flat) - bend * np.sin(turn)
    y = bend * (1 - np.cos(turn)) + above
    hung = smooth((along - flat - 0.2 * bend) / (bend + 0.6))
    away = np.hypot((x - shot.frame.product_x) / (0.5 * shot.frame.product_width + 0.3), z / 0.55)
    calm = 1 - np.exp(-((away / 1.15) ** 4))
    width, depth = visible_patch(shot, far)
    cloth = material(shot, surface, width, depth)
    full = _is_full(cloth)
    low = 0.4 if shot.wish.props else 1.0  # or they would lie behind a fold
    lying = 0.15 * low * _swells(shot, x, z) if full else 0.07 * _creases(shot, x.shape)
    out = lying * (1 - hung) * calm + 0.17 * _falls(shot, x, along) * hung
    grid = xyz(x, y + out * np.cos(turn), z + out * np.sin(turn))[::-1]
    return Thing(laid(sheet(grid), width, depth, far), cloth, ground=surface)


def facing(shot: Shot, surface: str, area: tuple[float, float, float, float]) -> Thing:
    """Cloth that lies in folds, seen from above: it fills an `area`, left, bottom, right and top in units, smooth
    under the product."""
    left, bottom, right, top = area
    y, x = np.meshgrid(np.linspace(top, bottom, 420), np.linspace(left, right, 420), indexing="ij")
    cloth, frame = material(shot, surface, right - left, top - bottom), shot.frame
    folds = FULL * _swells(shot, x, y) if _is_full(cloth) else CREASED * _creases(shot, x.shape)
    across = (x - frame.product_x) / (0.5 * frame.product_width + 0.2)
    away = np.hypot(across, (y - 0.5 * frame.product_height) / (0.5 * frame.product_height + 0.2))
    calm = 1 - np.exp(-((away / 1.1) ** 4))
    return Thing(sheet(np.stack([x, y, calm * (folds - np.quantile(folds, 0.8))], -1)), cloth)


def _is_full(cloth: Material) -> bool:
    """Whether it shines, and lies in full folds instead of creases."""
    return bool(np.mean(cloth.roughness) < SMOOTH or cloth.sheen > 1)


def curtain(shot: Shot, surface: str, *, far: float) -> Thing:
    """Cloth that hangs in long folds behind z = far, wider and higher than the picture, down to below the ground."""
    half, high = shot.frame.half_width(far) * 1.5, shot.frame.high(1.4 * shot.frame.top, far)
    low = -0.5
    y, x = np.meshgrid(np.linspace(low, high, 24), np.linspace(-half, half, 900), indexing="ij")
    slow = [spectral(shot.rng, x.shape, falloff=2.6, coarsest=0.8, finest=200, stretch=(9, 1)) for _ in range(2)]
    phase = 2 * np.pi * (x / shot.uniform(0.55, 0.8) + 0.45 * slow[0])
    z = far - 0.22 + (0.11 + 0.035 * slow[1]) * np.sin(phase + 0.3 * np.sin(phase))
    return Thing(sheet(xyz(x, y, z)[::-1]), material(shot, surface, 2 * half, high - low))


def spread_out(shot: Shot) -> bool:
    """Whether the product stands on a cloth that is spread on the ground."""
    return shot.wish.surface in CLOTHS and shot.wish.support not in ("pier", "table", *BOARDS) and shot.outdoors


def blanket(shot: Shot, surface: str) -> Thing:
    """A cloth spread on the ground, its border rumpled; as wide as the picture where more lies on it."""
    half = 0.5 * shot.frame.product_width + shot.uniform(0.7, 1.0)
    if shot.wish.props:
        half = max(half, shot.frame.half_width(BLANKET_END))
    z, x = np.meshgrid(np.linspace(BLANKET_END - 0.1, 0.95, 260), np.linspace(-half, half, 300), indexing="ij")
    away = np.hypot(x / (0.5 * shot.frame.product_width + 0.3), (z + 0.1) / 0.55)
    folds = _folds(shot, x.shape, stretch=(1.0, 2.0)) * (1 - np.exp(-((away / 1.15) ** 4)))
    rim = np.maximum(np.abs(x) / half, np.abs(z + 0.28) / 1.22)
    edge = 1 + 0.03 * spectral(shot.rng, x.shape, falloff=2.2)
    y = 0.05 * folds - 0.03 * np.clip((rim - 0.93) / 0.07, 0, 1)
    shape = sheet(xyz(x * edge + shot.frame.product_x, y, z * edge)).draped(2 * half, 2.4)
    return Thing(shape, material(shot, surface, 2 * half, 2.4), ground=surface)


def seat_of(shot: Shot) -> float:
    """How far a sofa's seat goes on behind the product, up to its back, in units."""
    return 0.8 + shot.reach


def sofa(shot: Shot, surface: str) -> list[Thing]:
    """The seat of a sofa in a cloth, its top at y = 0, its back behind the product, both wider than the picture."""
    deep, wide = seat_of(shot), 4.2 * shot.frame.half_width(-1.5)
    seams = np.arange(-wide / 2, wide / 2, shot.uniform(1.5, 2.1)) + shot.uniform(0, 1)
    made, things = material(shot, surface, 2.4, 2.4), []
    for left, right in pairwise(seams.tolist()):
        seat = block(right - left - 0.02, 0.5, deep + 0.85, 0.11).moved(0, -0.5, 0.425 - 0.5 * deep)
        back = block(right - left - 0.02, 1.0, 0.42, 0.2).turned(x=-9).moved(0, -0.12, -deep - 0.12)
        for part in (seat, back):
            shape = part.moved(0.5 * (left + right)).draped(2.4, 2.4)
            things.append(Thing(shape, made))
    return things


def cushion(shot: Shot, surface: str) -> Thing:
    """A square cushion in a cloth, plump round the product and pressed flat under it; it is `CUSHION` thick."""
    half = max(0.72, shot.half_diagonal + shot.uniform(0.3, 0.45))
    turn, back = shot.uniform(-24, 24), -0.5 * shot.reach
    s, t = np.meshgrid(np.linspace(-1, 1, 220), np.linspace(-1, 1, 220))
    full = (np.clip(1 - s**4, 0, 1) * np.clip(1 - t**4, 0, 1)) ** 0.5
    pinch = half * (1 - 0.07 * (s**2 * (1 - t**2) + t**2 * (1 - s**2)))
    x, z = pinch * s, pinch * t
    plump = CUSHION * 0.5 * (full - 1) + DENT + 0.018 * _creases(shot, x.shape) * full
    away = np.hypot(x, z) / (0.5 * np.hypot(shot.frame.product_width, shot.reach) + 0.06)
    top = sheet(xyz(x, plump * smooth((away - 0.85) / 0.75), z))
    under = sheet(xyz(x, DENT - CUSHION * 0.5 * (1 + full**0.5), z)[:, ::-1])
    rim = np.concatenate([one[:-1] for one in (x[0], x[:, -1], x[-1, ::-1], x[::-1, 0])])
    way = np.concatenate([one[:-1] for one in (z[0], z[:, -1], z[-1, ::-1], z[::-1, 0])])
    seam = xyz(rim, DENT - 0.5 * CUSHION, way)
    piping = tube(np.concatenate([seam, seam[:1]]), PIPING)
    shape = joined([part.draped(2 * half, 2 * half) for part in (top, under, piping)]).turned(y=turn)
    made = material(shot, surface, 2 * half, 2 * half)
    return Thing(shape.moved(shot.frame.product_x, 0, back), made, ground=surface)


def _swells(shot: Shot, x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Long, full folds that run aslant over smooth cloth that lies, meet and fade, in [0, 1]."""
    slow = [spectral(shot.rng, x.shape, falloff=2.8, coarsest=0.8, finest=30) for _ in range(3)]
    aslant = np.radians(shot.side * shot.uniform(20, 55))
    phase = 2 * np.pi * ((x * np.cos(aslant) + z * np.sin(aslant)) / shot.uniform(0.5, 0.75) + 0.35 * slow[0])
    finer = np.sin(1.7 * phase + 1.5 * slow[1]) * 0.25
    return np.clip(0.5 + 0.45 * np.sin(phase) + finer, 0, 1.2) ** 1.4 * np.clip(0.6 + 0.35 * slow[2], 0.1, 1)


def _falls(shot: Shot, x: np.ndarray, along: np.ndarray) -> np.ndarray:
    """Long rounded folds of uneven width that hang straight or are gathered to one side, in [0, 1]."""
    slow = [spectral(shot.rng, x.shape, falloff=2.6, coarsest=0.7, finest=20, stretch=(2.5, 1)) for _ in range(2)]
    slant = shot.uniform(-0.9, 0.9) * float(shot.rng.random() < 0.6)
    phase = 2 * np.pi * ((x + slant * along) / shot.uniform(0.5, 0.85) + 0.22 * slow[0])
    return (0.5 + 0.5 * np.sin(phase)) ** 1.25 * np.clip(0.72 + 0.25 * slow[1], 0.25, 1.1)


def _creases(shot: Shot, shape: tuple[int, int]) -> np.ndarray:
    """Soft ridges that wander and fade over cloth that lies, in [0, 1]."""
    ground = spectral(shot.rng, shape, falloff=2.5, coarsest=0.45, finest=8, stretch=(1.0, 1.8))
    presence = np.clip(0.5 + 0.5 * spectral(shot.rng, shape, falloff=2.4, coarsest=0.5, finest=16), 0, 1)
    return presence * ridges(ground, 0.42) + 0.25 * np.clip(0.5 + 0.3 * ground, 0, 1)


def _folds(shot: Shot, shape: tuple[int, int], *, stretch: tuple[float, float]) -> np.ndarray:
    """Rounded ridges with sharp valleys between them, in [0, 1]."""
    wave = spectral(shot.rng, shape, falloff=2.3, coarsest=0.35, finest=5, stretch=stretch)
    fine = spectral(shot.rng, shape, falloff=1.9, coarsest=0.1, finest=4, stretch=stretch)
    return np.abs(np.sin(1.15 * wave + 0.12 * fine)) ** 0.8
