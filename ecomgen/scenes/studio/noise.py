"""Noise made in the frequency domain: white noise shaped by a power law, so that nothing repeats and nothing tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Field = NDArray[np.floating[Any]]


def spectral(
    rng: Generator,
    shape: tuple[int, int],
    *,
    falloff: float = 1.5,
    coarsest: float = 1.0,
    finest: float = 0.0,
    stretch: tuple[float, float] = (1.0, 1.0),
) -> Field:
    """Fractal noise, HxW float32, mean 0 and standard deviation 1.

    Args:
        rng: the source of randomness.
        shape: (rows, columns).
        falloff: amplitude falls as frequency ** -falloff; 0 is white, 2 is clouds.
        coarsest: largest feature, as a share of the rows.
        finest: smallest feature, in pixels; 0 keeps everything.
        stretch: how much longer features are along (rows, columns).
    """
    rows, columns = shape
    fy = np.fft.fftfreq(rows)[:, None] * rows * stretch[0]
    fx = np.fft.rfftfreq(columns)[None, :] * rows * stretch[1]
    frequency = np.sqrt(fy * fy + fx * fx)
    amplitude = np.maximum(frequency, 1 / coarsest) ** -falloff
    if finest > 0:
        amplitude = amplitude * np.exp(-((frequency * finest / rows) ** 2))
    amplitude[0, 0] = 0
    spectrum = np.fft.rfft2(rng.standard_normal(shape, dtype=np.float32)) * amplitude
    field = np.fft.irfft2(spectrum, s=shape).astype(np.float32)
    return (field - field.mean()) / max(float(field.std()), 1e-9)


def unit(field: Field, spread: float = 2.0) -> Field:
    """A field of mean 0 and deviation 1 to [0, 1]: ±`spread` deviations fill the range."""
    return np.clip(field / (2 * spread) + 0.5, 0, 1).astype(np.float32)


def ridges(field: Field, width: float) -> Field:
    """Lines in [0, 1] where the field crosses zero, `width` in deviations: the base of veins and cracks."""
    return np.exp(-((field / width) ** 2)).astype(np.float32)


def sample(field: Field, rows: Field, columns: Field) -> Field:
    """The field at fractional positions (bilinear, wrapping round), of the positions' shape."""
    height, width = field.shape
    r0, c0 = np.floor(rows).astype(int), np.floor(columns).astype(int)
    fr, fc = (rows - r0).astype(np.float32), (columns - c0).astype(np.float32)
    r0, c0 = r0 % height, c0 % width
    r1, c1 = (r0 + 1) % height, (c0 + 1) % width
    top = field[r0, c0] * (1 - fc) + field[r0, c1] * fc
    bottom = field[r1, c0] * (1 - fc) + field[r1, c1] * fc
    return top * (1 - fr) + bottom * fr
