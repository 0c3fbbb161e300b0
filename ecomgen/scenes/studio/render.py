"""Rendering in short passes, so that progress is true and a run can be stopped within two seconds; then denoising."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio import mitsuba_scene
from ecomgen.scenes.studio.variants import load_variant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ecomgen.scenes.studio.frame import Frame
    from ecomgen.scenes.studio.stage import Stage, Thing

SAMPLES_A_PASS = {"scalar": 500_000, "llvm": 2_000_000, "cuda": 64_000_000}  # below about a second of work


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How a picture is rendered; the names are those of the recipe."""

    variant: str
    integrator: str = "path"
    samples_per_pixel: int = 32
    max_depth: int = 5
    denoise: bool = True


@dataclass(frozen=True, kw_only=True, eq=False)
class Rendered:
    """Linear scene light and the surfaces' reflectance, HxWx3 float32."""

    light: NDArray[np.float32]
    albedo: NDArray[np.float32]


def render(
    stage: Stage,
    frame: Frame,
    extra: Sequence[Thing],
    quality: Quality,
    *,
    seed: int,
    tick: Callable[[float], None],
) -> Rendered:
    """Render the stage with `extra` things. `tick` hears the share done, after each pass, and may raise."""
    mi = load_variant(quality.variant)
    scene = mitsuba_scene.scene(
        mi, stage, frame, extra, integrator=quality.integrator, max_depth=quality.max_depth
    )
    total = np.zeros((frame.height, frame.width, 9), dtype=np.float32)
    bands = _bands(frame, quality)
    sensors = [mitsuba_scene.sensor(mi, frame, stage.aperture, band) for band in bands]
    passes = _passes(frame, bands, quality)
    for number, samples in enumerate(passes):
        for part, (band, sensor) in enumerate(zip(bands, sensors, strict=True)):
            one = mi.render(scene, sensor=sensor, spp=samples, seed=_seed(seed, number, part))
            total[band[0] : band[1]] += np.nan_to_num(np.asarray(one), posinf=0, neginf=0) * samples
            tick((number + (part + 1) / len(bands)) / len(passes))
    total /= quality.samples_per_pixel
    return _denoised(total) if quality.denoise else Rendered(light=total[..., :3], albedo=total[..., 3:6])


def _budget(quality: Quality) -> int:
    return SAMPLES_A_PASS[quality.variant.split("_")[0]]


def _bands(frame: Frame, quality: Quality) -> list[tuple[int, int]]:
    """Rows in bands small enough that one sample a pixel fits a pass."""
    count = max(1, -(-frame.width * frame.height // _budget(quality)))
    edges = np.linspace(0, frame.height, count + 1).astype(int)
    return [(int(a), int(b)) for a, b in zip(edges[:-1], edges[1:], strict=True)]


def _passes(frame: Frame, bands: list[tuple[int, int]], quality: Quality) -> list[int]:
    """Samples a pixel of each pass."""
    tallest = max(b - a for a, b in bands)
    each = max(1, _budget(quality) // (tallest * frame.width))
    whole, rest = divmod(quality.samples_per_pixel, each)
    return [each] * whole + ([rest] if rest else [])


def _seed(seed: int, number: int, part: int) -> int:
    return int(np.random.SeedSequence([seed, number, part]).generate_state(1)[0])


def _denoised(channels: NDArray[np.float32]) -> Rendered:
    """Intel's Open Image Denoise on light, guided by reflectance and normals."""
    import mitsuba_oidn

    light, albedo, normal = (np.ascontiguousarray(channels[..., k : k + 3]) for k in (0, 3, 6))
    albedo = np.clip(albedo, 0, 1)
    clean: Any = mitsuba_oidn.denoise(_fireflies_tamed(light), albedo, np.clip(normal, -1, 1), hdr=True)
    return Rendered(light=np.asarray(clean, dtype=np.float32), albedo=albedo)


def _fireflies_tamed(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Single pixels far above all their neighbours are pulled down to the brightest of them."""
    import cv2

    ring = np.ones((3, 3), np.uint8)
    ring[1, 1] = 0
    limit = 3 * cv2.dilate(light, ring) + 0.05
    return np.minimum(light, limit)
