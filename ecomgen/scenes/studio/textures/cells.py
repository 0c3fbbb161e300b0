"""Things laid side by side: cobbles, terrazzo chips, tiles, bricks; by nearest seeds (Worley, 1996) or by grids."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.types import Colour, Values
from ecomgen.scenes.studio.textures import Finish, Patch, facets


def nearest(rng: Generator, shape: tuple[int, int], spacing: float) -> tuple[NDArray[np.intp], Values, Values]:
    """For each pixel its seed's number, and the distances to the nearest and the second, in spacings."""
    from scipy.spatial import KDTree

    rows, columns = int(shape[0] / spacing) + 3, int(shape[1] / spacing) + 3
    grid = np.stack(np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij"), -1).reshape(-1, 2).astype(float)
    grid[:, 1] += 0.5 * (grid[:, 0] % 2)
    seeds = (grid - 1 + rng.uniform(-0.28, 0.28, grid.shape)) * spacing
    pixels = np.stack(np.meshgrid(np.arange(shape[0]), np.arange(shape[1]), indexing="ij"), -1)
    wobble = np.stack([spectral(rng, shape, falloff=1.5, coarsest=spacing / shape[0]) for _ in range(2)], -1)
    found = KDTree(seeds).query((pixels + 0.03 * spacing * wobble).reshape(-1, 2), k=2, workers=2)
    distance, index = np.asarray(found[0]), np.asarray(found[1])
    return index[:, 0].reshape(shape), distance[:, 0].reshape(shape) / spacing, distance[:, 1].reshape(shape) / spacing


def cobbles(rng: Generator, area: Patch, *, size: float, tint: Colour) -> Finish:
    """Worn setts of about `size` metres, laid in rows that waver, with sandy joints and rounded heads."""
    shape, density = area.shape, area.density
    wobble = [0.08 * size * spectral(rng, shape, falloff=2.1, coarsest=2.5 * size / area.depth) for _ in range(2)]
    y = np.arange(shape[0])[:, None] / density + wobble[0]
    x = np.arange(shape[1])[None, :] / density + wobble[1]
    row = np.floor(y / (0.9 * size)).astype(int)
    long = size * rng.uniform(0.95, 1.3, 512)[row % 512]
    along = x / long + rng.uniform(0, 1, 512)[row % 512]
    column = np.floor(along).astype(int)
    dx = (0.5 - np.abs(along - column - 0.5)) * long / size
    dy = (0.5 - np.abs(y / (0.9 * size) - row - 0.5)) * 0.9
    edge = 1 / (1 / np.maximum(dx, 1e-3) ** 3 + 1 / np.maximum(dy, 1e-3) ** 3) ** (1 / 3)
    grain = spectral(rng, shape, falloff=0.7)
    tones = rng.uniform(0.6, 1.25, 4096)[(column * 7919 + row * 104729) % 4096]
    lumps, facing = facets(rng, area, 0.04)
    rough = 1 + 0.12 * grain + 0.20 * facing + 0.08 * np.tanh(lumps)
    worn = np.clip(edge / 0.22, 0, 1) ** 0.5  # heads are polished pale, flanks lie in shade
    stone = np.asarray(tint) * (tones * rough * (0.72 + 0.38 * worn))[..., None]
    joint = np.asarray((0.085, 0.075, 0.06)) * (1 + 0.3 * grain + 0.25 * facing)[..., None]
    share = np.clip((edge - 0.035 - 0.012 * np.tanh(lumps)) / 0.035, 0, 1)
    height = np.clip(edge / 0.3, 0, 1) ** 0.5 + 0.025 * grain
    colour = np.clip(joint + (stone - joint) * share[..., None], 0, 1)
    return Finish(colour=colour, height=height, roughness=np.clip(0.9 - 0.4 * share + 0.08 * grain, 0.3, 1))


def terrazzo(rng: Generator, area: Patch, *, base: Colour, chips: tuple[Colour, ...]) -> Finish:
    """Polished cement with chips of stone, large and small."""
    shape = area.shape
    colour = np.broadcast_to(np.asarray(base), (*shape, 3)) * (1 + 0.02 * spectral(rng, shape, falloff=0.6))[..., None]
    for size, share in ((0.006, 0.35), (0.016, 0.32)):
        number, first, second = nearest(rng, shape, max(size * area.density, 3))
        chosen = rng.random(number.max() + 1) < share
        tints = np.asarray(chips)[rng.integers(0, len(chips), number.max() + 1)]
        inside = chosen[number] & (second - first > 0.16) & (first < rng.uniform(0.25, 0.55, number.max() + 1)[number])
        colour = np.where(inside[..., None], tints[number], colour)
    return Finish(colour=np.clip(colour, 0, 1), height=np.zeros(shape), roughness=np.full(shape, 0.25))


def tiles(
    rng: Generator,
    area: Patch,
    *,
    size: tuple[float, float],
    tint: Colour | Values,
    grout: Colour,
) -> Finish:
    """Glazed tiles of `size` (along x, along y) metres, each a little different; odd rows are shifted where oblong.

    `tint` is one for all, or for each pixel its own, HxWx3.
    """
    shape, density = area.shape, area.density
    y, x = (np.arange(count) / density for count in shape)
    row = np.floor(y / size[1]).astype(int)
    shift = 0.5 * size[0] * (row % 2) if size[0] > 1.3 * size[1] else np.zeros(len(y))
    across = (x[None, :] + shift[:, None]) / size[0]
    column = np.floor(across).astype(int)
    dx = (0.5 - np.abs(across - column - 0.5)) * size[0]
    dy = np.broadcast_to(((0.5 - np.abs(y / size[1] - row - 0.5)) * size[1])[:, None], shape)
    edge = np.minimum(dx, dy)
    number = (column * 7919 + row[:, None] * 104729) % 4096
    tones = rng.uniform(0.9, 1.07, 4096)[number]
    share = np.clip((edge - 0.0016) / max(0.0008, 0.7 / density), 0, 1)
    glaze = np.asarray(tint) * (tones * (1 + 0.012 * spectral(rng, shape, falloff=1.6)))[..., None]
    colour = np.asarray(grout) + (glaze - np.asarray(grout)) * share[..., None]
    wave = 0.06 * spectral(rng, shape, falloff=2.2, coarsest=0.06 / area.depth)
    height = np.clip(edge / 0.004, 0, 1) ** 0.5 + wave
    return Finish(colour=np.clip(colour, 0, 1), height=height, roughness=0.9 - 0.75 * share)


def ornament(rng: Generator, area: Patch, *, side: float, dye: Colour, white: Colour) -> Values:
    """The paint of square tiles of `side` metres, HxWx3: a star in a ring on `white`, and between four of them a
    flower on the `dye`."""
    y, x = (2 * ((np.arange(count) / area.density / side) % 1) - 1 for count in area.shape)
    y, x = y[:, None], x[None, :]
    r, turn, corner = np.hypot(x, y), np.arctan2(y, x), np.hypot(1 - np.abs(x), 1 - np.abs(y))
    soft = max(1.5 / (area.density * side), 0.02)
    points, depth = int(rng.choice([4, 6, 8])), rng.uniform(0.3, 0.5)

    def within(distance: Values) -> Values:
        return np.clip(0.5 - distance / (2 * soft), 0, 1)

    field, eye = within(r - rng.uniform(0.78, 0.84)), within(r - 0.12)
    star = within(r - 0.54 * (1 - depth + depth * np.cos(points * turn)))
    ring = within(np.abs(r - rng.uniform(0.62, 0.67)) - 0.04)
    petals = within(corner - 0.42 * (0.6 + 0.4 * np.cos(8 * np.arctan2(1 - np.abs(y), 1 - np.abs(x)))))
    pale = 0.5 * np.asarray(white) + 0.5 * np.asarray(dye)
    colour = np.broadcast_to(np.asarray(dye), (*area.shape, 3))
    for mask, tone in ((petals, white), (field, white), (ring, pale), (star, dye), (eye, white)):
        colour = colour + (np.asarray(tone) - colour) * mask[..., None]
    return colour
