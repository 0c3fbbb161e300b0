"""Noise made in the frequency domain: white noise shaped by a power law, so that nothing repeats and nothing tiles."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.primitives.types import Values

THREADS = 2  # they share the lines of a transform: the result is the same with any number


def quick(length: float) -> int:
    """The next whole number of pixels, at least 16, whose Fourier transform is quick: one without large factors."""
    return int(_transforms().next_fast_len(max(int(length), 16), real=True))


def _transforms() -> Any:
    """SciPy's Fourier transforms: single precision, several threads."""
    from scipy import fft

    return fft


def spawn(rng: Generator) -> Generator:
    """A source of chance that begins with the next number of `rng`: of that no more is used up, whatever it gives."""
    return np.random.default_rng(int(rng.integers(1 << 63)))


SALTS = {"set": 20, "grain": 21, "seeded choice": 22, "own backdrop": 23, "deformation": 24}
"""What sets the sources of chance of one seed apart, by what each is for."""


def generator_for(use: str, seed: int) -> Generator:
    """The source of chance of a picture's seed for one use: always the same, and no other's."""
    return np.random.default_rng([seed & 0xFFFFFFFF, SALTS[use]])


def spectral(
    rng: Generator,
    shape: tuple[int, int],
    *,
    falloff: float = 1.5,
    coarsest: float = 1.0,
    finest: float = 0.0,
    stretch: tuple[float, float] = (1.0, 1.0),
) -> Values:
    """Fractal noise, HxW float32, mean 0 and standard deviation 1.

    Args:
        rng: the source of randomness, of which one number is used up.
        shape: (rows, columns).
        falloff: amplitude falls as frequency ** -falloff; 0 is white, 2 is clouds.
        coarsest: largest feature, as a share of the rows.
        finest: smallest feature, in pixels; 0 keeps everything.
        stretch: how much longer features are along (rows, columns).
    """
    white = spawn(rng).standard_normal(shape, dtype=np.float32)
    return shaped(white, falloff=falloff, coarsest=coarsest, finest=finest, stretch=stretch)


def shaped(
    white: Values,
    *,
    falloff: float = 1.5,
    coarsest: float = 1.0,
    finest: float = 0.0,
    stretch: tuple[float, float] = (1.0, 1.0),
) -> Values:
    """What `spectral` makes of white noise, HxW float32."""
    fft = _transforms()
    rows, columns = white.shape
    fy = (np.fft.fftfreq(rows)[:, None] * rows * stretch[0]).astype(np.float32)
    fx = (np.fft.rfftfreq(columns)[None, :] * rows * stretch[1]).astype(np.float32)
    squared = fy * fy + fx * fx
    amplitude = np.maximum(squared, np.float32(coarsest**-2)) ** np.float32(-falloff / 2)
    if finest > 0:
        amplitude *= np.exp(squared * np.float32(-((finest / rows) ** 2)))
    amplitude[0, 0] = 0  # so that the mean is 0
    spectrum = fft.rfft2(white, workers=THREADS)
    spectrum *= amplitude
    field = fft.irfft2(spectrum, s=white.shape, workers=THREADS, overwrite_x=True)
    field *= np.float32(1 / max(float(field.std()), 1e-9))
    return field


def to_unit_range(field: Values, spread: float = 2.0) -> Values:
    """A field of mean 0 and deviation 1 to [0, 1]: ±`spread` deviations fill the range."""
    return np.clip(field / (2 * spread) + 0.5, 0, 1).astype(np.float32)


def smooth(share: Values) -> Values:
    """From 0 to 1 without corners."""
    share = np.clip(share, 0, 1)
    return share * share * (3 - 2 * share)


def ridges(field: Values, width: float) -> Values:
    """Lines in [0, 1] where the field crosses zero, `width` in deviations: the base of veins and cracks."""
    return np.exp(-((field / width) ** 2)).astype(np.float32)


def sample(field: Values, rows: Values, columns: Values) -> Values:
    """The field at fractional positions (bilinear, wrapping round), of the positions' shape."""
    height, width = field.shape
    r0, c0 = np.floor(rows).astype(int), np.floor(columns).astype(int)
    fr, fc = (rows - r0).astype(np.float32), (columns - c0).astype(np.float32)
    r0, c0 = r0 % height, c0 % width
    r1, c1 = (r0 + 1) % height, (c0 + 1) % width
    top = field[r0, c0] * (1 - fc) + field[r0, c1] * fc
    bottom = field[r1, c0] * (1 - fc) + field[r1, c1] * fc
    return top * (1 - fr) + bottom * fr
