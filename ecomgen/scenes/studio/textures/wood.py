"""Planks: rings warped into cathedrals, fibres, pores and joints."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.noise import spectral, to_unit_range
from ecomgen.scenes.studio.primitives.types import Colour, Values
from ecomgen.scenes.studio.textures import Finish, Patch


@dataclass(frozen=True, kw_only=True)
class Wood:
    """A kind of wood: linear colours of late (dark) and early (light) wood, and how strongly its figure shows."""

    dark: Colour
    light: Colour
    figure: float = 0.5
    pores: float = 0.5


TONES = {
    "oak": Wood(dark=(0.25, 0.125, 0.05), light=(0.53, 0.33, 0.16), figure=0.6, pores=0.7),
    "walnut": Wood(dark=(0.095, 0.042, 0.018), light=(0.34, 0.18, 0.085), figure=0.85, pores=0.6),
    "pine": Wood(dark=(0.50, 0.27, 0.10), light=(0.70, 0.48, 0.24), figure=0.65, pores=0.15),
    "birch": Wood(dark=(0.48, 0.32, 0.18), light=(0.74, 0.59, 0.40), figure=0.4, pores=0.2),
    "teak": Wood(dark=(0.20, 0.095, 0.04), light=(0.40, 0.225, 0.11), figure=0.5, pores=0.5),
    "weathered": Wood(dark=(0.13, 0.115, 0.10), light=(0.36, 0.33, 0.29), figure=0.6, pores=0.9),
    "white": Wood(dark=(0.62, 0.59, 0.54), light=(0.80, 0.78, 0.74), figure=0.25, pores=0.3),
    "black": Wood(dark=(0.012, 0.011, 0.010), light=(0.045, 0.042, 0.038), figure=0.5, pores=0.5),
}


def planks(rng: Generator, area: Patch, *, board: float, tone: Wood, butts: bool = False) -> Finish:
    """Boards running along x, each about `board` metres wide.

    With `butts` the boards end, as a floor's do; a table's run through.
    """
    (rows, columns), density = area.shape, area.density
    y = np.arange(rows, dtype=np.float32)[:, None] / density
    x = np.arange(columns, dtype=np.float32)[None, :] / density
    number, across = _boards(rng, rows, y[:, 0], board)
    shift = rng.integers(0, columns, number.max() + 1)
    tree = rng.random(number.max() + 1).astype(np.float32)[number][:, None]
    rings = _along(_rings(rng, (rows, columns), y, tree), number, shift)
    fibres = _along(spectral(rng, (rows, columns), falloff=0.45, coarsest=0.05, stretch=(1, 45)), number, shift)
    streaks = _along(spectral(rng, (rows, columns), falloff=0.2, finest=1.5, stretch=(1, 14)), number, shift)
    pores = np.clip((streaks - 0.9) / 2.2, 0, 1) * tone.pores
    tint = rng.normal(0, 0.12, number.max() + 1).astype(np.float32)[number][:, None]
    mix = np.clip(0.56 + tone.figure * 0.85 * (rings - 0.5) + 0.17 * fibres + tint, 0, 1)
    joint = _joints(rng, x if butts else None, number, across, density)
    dark, light = np.asarray(tone.dark, np.float32), np.asarray(tone.light, np.float32)
    colour = (dark + (light - dark) * mix[..., None]) * (1 - 0.55 * pores[..., None]) * (1 - 0.88 * joint[..., None])
    height = 0.02 * fibres - 0.10 * pores - joint
    roughness = np.clip(0.31 + 0.10 * (1 - mix) + 0.25 * pores + 0.3 * joint + 0.03 * fibres, 0.2, 1)
    return Finish(
        colour=colour.astype(np.float32), height=height.astype(np.float32), roughness=roughness.astype(np.float32)
    )


def _boards(rng: Generator, rows: int, y: Values, board: float) -> tuple[NDArray[np.intp], Values]:
    """For each row the board it belongs to and how far it is from that board's nearer edge, in metres."""
    count = int(y[-1] / board) + 3
    edges = np.cumsum(board * rng.uniform(0.86, 1.14, count)) - board * rng.uniform(0.2, 1)
    number = np.searchsorted(edges, y)
    low = np.concatenate([[edges[0] - board], edges])[number]
    high = np.concatenate([edges, [edges[-1] + board]])[number]
    return number, np.minimum(y - low, high - y).astype(np.float32).reshape(rows)


def _rings(rng: Generator, shape: tuple[int, int], y: Values, board: Values) -> Values:
    """Growth rings in [0, 1]: a slow rise to late wood and a quick fall, bent by slow noise along the grain.

    `board` (Hx1, [0, 1]) makes each board another cut of another tree.
    """
    slow = spectral(rng, shape, falloff=2.6, coarsest=0.6, finest=6, stretch=(1, 5))
    fine = spectral(rng, shape, falloff=1.4, coarsest=0.08, finest=2, stretch=(1, 16))
    phase = y * (45 + 50 * board) + (2.0 + 2.6 * board) * slow + 0.10 * fine + 7 * board
    saw = phase - np.floor(phase)
    rise = np.where(saw < 0.85, (saw / 0.85) ** 2.2, (1 - saw) / 0.15)
    fade = to_unit_range(spectral(rng, shape, falloff=2, coarsest=0.5, stretch=(1, 5)))
    return (0.72 - rise * (0.35 + 0.5 * fade)).astype(np.float32)


def _along(field: Values, number: NDArray[np.intp], shift: NDArray[np.int64]) -> Values:
    """Each board gets another stretch of the field, so that no figure runs across a joint."""
    columns = np.arange(field.shape[1])[None, :]
    rows = np.arange(field.shape[0])[:, None]
    return field[rows, (columns + shift[number][:, None]) % field.shape[1]]


def _joints(rng: Generator, x: Values | None, number: NDArray[np.intp], across: Values, density: float) -> Values:
    """Dark gaps between boards and, where `x` is given, at their ends, in [0, 1]."""
    gap = max(0.0009, 0.7 / density)
    lengthwise = np.exp(-((across[:, None] / gap) ** 2))
    if x is None:
        return lengthwise.astype(np.float32)
    length = 1.35
    ends = rng.uniform(0, length, number.max() + 1)[number][:, None]
    distance = np.abs((x - ends + length / 2) % length - length / 2)
    return np.maximum(lengthwise, np.exp(-((distance / (0.8 * gap)) ** 2))).astype(np.float32)
