"""Textures from noise, HxWx3 float32, linear light; relief maps HxW in [0, 1]."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_linear

Texture = NDArray[np.float32]


def colour(code: str) -> NDArray[np.float32]:
    """ "#RRGGBB" as linear RGB."""
    return to_linear(np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)], np.uint8))


def noise(seed: int, shape: tuple[int, int], scale: tuple[float, float], roughness: float = 1.0) -> NDArray[np.float64]:
    """Tileable noise with a standard deviation of one; `scale` (rows, columns) is its coarsest feature in pixels."""
    rows, columns = np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1])[None]
    frequency = np.sqrt((rows * scale[0]) ** 2 + (columns * scale[1]) ** 2)
    spectrum = np.fft.rfft2(np.random.default_rng(seed).standard_normal(shape))
    field = np.fft.irfft2(spectrum / (1 + frequency**2) ** (0.5 + roughness / 2), shape)
    return (field - field.mean()) / field.std()


def wood(seed: int, light: str, dark: str, *, size: int = 2048, planks: int = 5) -> Texture:
    """Planks along the columns' direction: rings, fibres, pores and a thin gap between neighbours."""
    random = np.random.default_rng(seed)
    height = size // planks
    return np.concatenate([_plank(random, height, size, colour(light), colour(dark)) for _ in range(planks)])


def linen(seed: int, tone: str, *, size: int = 2048, threads: int = 460) -> Texture:
    """Plain weave with slubs: every thread has its own thickness and shade."""
    warp = _threads(seed, size, threads)
    weft = _threads(seed + 1, size, threads).T
    over = np.indices((size, size)) * threads // size
    weave = np.where((over[0] + over[1]) % 2 == 0, warp, weft)
    shade = 0.9 + 0.13 * weave + 0.03 * noise(seed + 2, (size, size), (300, 300))
    return (colour(tone) * shade[..., None]).clip(0, 1).astype(np.float32)


def plaster(seed: int, tone: str, *, size: int = 768, strength: float = 0.035) -> Texture:
    """A painted wall: broad clouds and a little grain."""
    shade = 1 + strength * (noise(seed, (size, size), (220, 220)) + 0.35 * noise(seed + 1, (size, size), (5, 5), 0.2))
    return (colour(tone) * shade[..., None]).clip(0, 1).astype(np.float32)


def stone(seed: int, tone: str, vein: str, *, size: int = 1536) -> Texture:
    """Honed stone: clouds, flecks, and veins where a warped noise crosses zero."""
    cloud = noise(seed, (size, size), (260, 260), 1.4)
    fleck = noise(seed + 1, (size, size), (6, 6), 0.4)
    ridge = np.abs(noise(seed + 2, (size, size), (420, 300), 1.6) + 0.12 * cloud)
    veins = np.exp(-((ridge / 0.03) ** 2)) * (0.35 + 0.3 * np.tanh(cloud))
    base = colour(tone) * (1 + 0.12 * cloud + 0.08 * fleck)[..., None]
    mix = veins.clip(0, 1)[..., None]
    return (base * (1 - mix) + colour(vein) * mix).clip(0, 1).astype(np.float32)


def tiles(seed: int, tone: str, grout: str, *, columns: int = 8, rows: int = 16, size: int = 1024) -> Texture:
    """Glazed tiles in running bond, each of a slightly different firing."""
    y, x = np.indices((size, size)) / size
    row = np.floor(y * rows).astype(int)
    across = x * columns + 0.5 * (row % 2)
    shade = np.random.default_rng(seed).normal(1, 0.05, (rows, columns))[row, np.floor(across).astype(int) % columns]
    edge = np.minimum(_to_edge(y * rows) / rows, _to_edge(across) / columns)
    body = (edge > 0.0016).astype(float)[..., None]
    return (body * colour(tone) * shade[..., None] + (1 - body) * colour(grout)).clip(0, 1).astype(np.float32)


def speckled(seed: int, tone: str, shape: tuple[int, int], *, share: float = 0.006) -> Texture:
    """Stoneware glaze with iron speckles and a breath of unevenness."""
    cloud = noise(seed, shape, (160, 160))
    grain = noise(seed + 1, shape, (5, 5), 1.2)
    spots = np.clip((grain - np.quantile(grain, 1 - share)) * 3, 0, 1)
    shade = (1 + 0.05 * cloud) * (1 - 0.65 * spots)
    return (colour(tone) * shade[..., None]).clip(0, 1).astype(np.float32)


def window_panes(columns: int = 2, rows: int = 3, *, size: int = 192) -> NDArray[np.float32]:
    """The light of a window, brighter towards the sky, with dark glazing bars; HxW in [0, 1]."""
    y, x = np.indices((size, size)) / size
    bars = np.minimum(_to_edge(x * columns) / columns, _to_edge(y * rows) / rows) > 0.018
    return (bars * (1.0 - 0.45 * y)).astype(np.float32)


def _plank(random: np.random.Generator, height: int, width: int, light: Texture, dark: Texture) -> Texture:
    seed = int(random.integers(1 << 30))
    shape = (height, width)
    bow = noise(seed, shape, (height * 1.2, max(width, 5 * height)), 1.6)
    rings = np.indices(shape)[0] / height * random.uniform(5, 9) + 1.5 * bow + random.uniform(0, 9)
    saw = (rings % 1.0) ** 2.2 * np.clip((1 - rings % 1.0) * 7, 0, 1)
    fibre = noise(seed + 1, shape, (2.5, 240), 0.5)
    pores = np.clip(noise(seed + 2, shape, (1.6, 46), 0.3) - 1.7, 0, 1)
    depth = 0.30 + 0.42 * saw + 0.10 * fibre + 0.25 * pores + 0.06 * bow + random.normal(0, 0.07)
    gap = np.clip(_to_edge(np.indices(shape)[0] / height) * height / 3.5, 0.12, 1)
    mix = depth.clip(0, 1)[..., None]
    return ((light * (1 - mix) + dark * mix) * gap[..., None]).astype(np.float32)


def _threads(seed: int, size: int, threads: int) -> NDArray[np.float64]:
    """Threads that run down the columns: bright on the crown, dark between, with slubs along their length."""
    own = np.random.default_rng(seed).normal(0, 0.5, threads)
    column = np.arange(size) * threads / size
    crown = np.sin(np.pi * (column % 1)) * 2 - 1.2
    slubs = 0.5 * noise(seed + 7, (size, size), (160, 3), 0.4)
    return crown + own[column.astype(int)] + slubs


def _to_edge(position: NDArray[np.float64]) -> NDArray[np.float64]:
    part = position % 1
    return np.minimum(part, 1 - part)
