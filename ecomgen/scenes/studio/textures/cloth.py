"""Cloth, paper, carpet and leather: threads, fibres, pile, grain."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.types import Colour, Values
from ecomgen.scenes.studio.textures import Finish, Patch
from ecomgen.scenes.studio.textures.cells import nearest


def weave(rng: Generator, area: Patch, *, thread: float, tint: Colour) -> Finish:
    """A plain weave of uneven threads, `thread` metres thick (never finer than the pixels show)."""
    shape = area.shape
    pitch = max(thread * area.density, 2.8)
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    x = x + 0.35 * pitch * 0.3 * spectral(rng, shape, falloff=1.4, coarsest=0.05, stretch=(10, 1))
    y = y + 0.35 * pitch * 0.3 * spectral(rng, shape, falloff=1.4, coarsest=0.05, stretch=(1, 10))
    warp, weft = np.cos(2 * np.pi * x / pitch), np.cos(2 * np.pi * y / pitch)
    over = np.cos(np.pi * x / pitch) * np.cos(np.pi * y / pitch) > 0
    height = np.where(over, 0.55 + 0.45 * warp, 0.45 + 0.35 * weft)
    across, down = _fibres(rng, shape)
    shade = (0.80 + 0.22 * height) * np.clip(1 + (0.03 * across + 0.03 * down), 0.6, 1.4)
    return _dyed(tint, shade, height)


def plait(rng: Generator, area: Patch, *, strand: float, tint: Colour) -> Finish:
    """Cane plaited over and under, each strand `strand` metres broad and of a tone of its own."""
    shape = area.shape
    pitch = max(strand * area.density, 6.0)
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32) / pitch
    x = x + 0.05 * spectral(rng, shape, falloff=1.8, coarsest=0.1)
    y = y + 0.05 * spectral(rng, shape, falloff=1.8, coarsest=0.1)
    along = (np.floor(x) + np.floor(y)) % 2 == 0  # whether the strand on top runs across the picture
    across, length = np.where(along, y, x) % 1 - 0.5, np.where(along, x, y) % 1 - 0.5
    height = np.sqrt(np.clip(1 - (2.1 * across) ** 2, 0, 1)) * (0.45 + 0.55 * np.cos(np.pi * length))
    tones = rng.uniform(0.8, 1.15, 4096)
    own = tones[(np.floor(np.where(along, y, x)).astype(int) * 2 + along) % 4096]
    shade = (0.3 + 0.7 * height) * own * np.clip(1 + 0.06 * np.where(along, *_fibres(rng, shape)), 0.7, 1.3)
    return _dyed(tint, shade, height)


def knit(rng: Generator, area: Patch, *, stitch: float, tint: Colour) -> Finish:
    """Stocking stitch: columns of Vs, each `stitch` metres wide, of two strands that lean outwards."""
    shape = area.shape
    pitch = max(stitch * area.density, 9.0)
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32) / pitch
    x = x + 0.05 * spectral(rng, shape, falloff=1.8, coarsest=0.1)
    y = y / 0.8 + 0.08 * spectral(rng, shape, falloff=1.8, coarsest=0.1)
    aside = 2 * np.abs(x % 1 - 0.5)
    height = np.zeros(shape, np.float32)
    for earlier in (0, 1):  # a strand reaches into the row above
        along = (1 - y % 1 + earlier) / 1.7
        across = (aside - 0.14 - 0.68 * along) / 0.36
        strand = np.sqrt(np.clip(1 - across**2, 0, 1)) * np.sqrt(np.clip(4 * along * (1 - along), 0, 1))
        height = np.maximum(height, strand)
    fuzz = 1 + 0.06 * spectral(rng, shape, falloff=0.3, finest=1.2)
    shade = (0.42 + 0.58 * height) * np.clip(fuzz, 0.7, 1.3)
    return _dyed(tint, shade, height)


def pile(rng: Generator, area: Patch, *, tuft: float, tint: Colour) -> Finish:
    """A carpet: tufts of `tuft` metres that lean this way and that."""
    shape = area.shape
    lean = spectral(rng, shape, falloff=1.5, coarsest=0.12 / area.depth)
    tufts = spectral(rng, shape, falloff=0.6, coarsest=2.5 * tuft / area.depth, finest=1.2)
    hair = spectral(rng, shape, falloff=0.2, finest=0.7)
    shade = np.clip(1 + 0.13 * tufts + 0.07 * lean + 0.04 * hair, 0.35, 1.5)
    return _dyed(tint, shade, 0.5 + 0.3 * tufts + 0.1 * hair)


def grain(rng: Generator, area: Patch, *, pebble: float, tint: Colour) -> Finish:
    """Tanned hide: pebbles of about `pebble` metres, never finer than the pixels show, with creases between."""
    _, first, second = nearest(rng, area.shape, max(pebble * area.density, 4.0))
    height = np.clip((second - first) / 0.45, 0, 1) ** 0.6
    worn = spectral(rng, area.shape, falloff=1.8, coarsest=0.2 / area.depth)
    return _dyed(tint, (0.8 + 0.2 * height) * np.clip(1 + 0.07 * worn, 0.7, 1.3), height)


def paper(rng: Generator, area: Patch, *, tint: Colour) -> Finish:
    """Felt-like card with a faint tooth."""
    tooth = spectral(rng, area.shape, falloff=0.5, finest=1.2)
    return _dyed(tint, 1 + 0.025 * tooth, 0.5 + 0.2 * tooth)


def _dyed(tint: Colour, shade: Values, height: Values) -> Finish:
    return Finish(colour=np.clip(np.asarray(tint, np.float32) * shade[..., None], 0, 1), height=height)


def _fibres(rng: Generator, shape: tuple[int, int]) -> list[Values]:
    """What threads are spun of, as it shows in those that run across and in those that run down."""
    return [spectral(rng, shape, falloff=0.5, finest=1.5, stretch=stretch) for stretch in ((1, 14), (14, 1))]
