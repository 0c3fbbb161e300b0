"""Rendering in short passes, so that progress is true and a run can be stopped within two seconds; then denoising."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio import mitsuba_scene
from ecomgen.scenes.studio.variants import SAFE, load_variant, release_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ecomgen.scenes.studio.frame import Frame
    from ecomgen.scenes.studio.stage import Stage, Thing

SURFACE_SAMPLES = 8  # enough for reflectance and normals to guide the denoiser
SAMPLES_A_PASS = {"scalar": 300_000, "llvm": 1_500_000, "cuda": 64_000_000}  # below about a second of work


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How a picture is rendered; the names are those of the recipe."""

    variant: str
    integrator: str = "path"
    samples_per_pixel: int = 16
    max_depth: int = 5
    denoise: bool = True


@dataclass(frozen=True, kw_only=True, eq=False)
class Rendered:
    """Linear scene light and the surfaces' reflectance, HxWx3 float32."""

    light: NDArray[np.floating[Any]]
    albedo: NDArray[np.floating[Any]]


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
    tick(0.0)
    camera = _Camera(
        mi=mi, scene=mitsuba_scene.scene(mi, stage, frame, extra), frame=frame, quality=quality, stage=stage
    )
    lit = mitsuba_scene.light_integrator(mi, quality.integrator, quality.max_depth)
    plain = mitsuba_scene.surface_integrator(mi)
    few = min(quality.samples_per_pixel, SURFACE_SAMPLES)
    light = camera.taken(lit, 3, quality.samples_per_pixel, (seed, 0), lambda share: tick(0.8 * share))
    surface = camera.taken(plain, 6, few, (seed, 1), lambda share: tick(0.8 + 0.19 * share))
    release_memory(quality.variant)
    albedo, normal = np.clip(surface[..., :3], 0, 1), np.clip(surface[..., 3:], -1, 1)
    return Rendered(light=_denoised(light, albedo, normal) if quality.denoise else light, albedo=albedo)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Camera:
    """Takes a scene in short exposures."""

    mi: Any
    scene: Any
    frame: Frame
    quality: Quality
    stage: Stage

    def taken(
        self, integrator: Any, channels: int, samples: int, seed: tuple[int, int], tick: Callable[[float], None]
    ) -> NDArray[np.floating[Any]]:
        """The mean of `samples` a pixel, HxWx`channels`."""
        total = np.zeros((self.frame.height, self.frame.width, channels), dtype=np.float32)
        bands = _bands(self.frame, self.quality)
        sensors = [mitsuba_scene.sensor(self.mi, self.frame, self.stage.aperture, band) for band in bands]
        passes = _passes(self.frame, bands, self.quality, samples)
        for number, each in enumerate(passes):
            for part, (band, sensor) in enumerate(zip(bands, sensors, strict=True)):
                chance = _seed(*seed, number, part)
                one = self.mi.render(self.scene, sensor=sensor, integrator=integrator, spp=each, seed=chance)
                total[band[0] : band[1]] += np.nan_to_num(np.asarray(one), posinf=0, neginf=0) * (each / samples)
                tick((number + (part + 1) / len(bands)) / len(passes))
        return total


def _budget(quality: Quality) -> int:
    return SAMPLES_A_PASS[quality.variant.split("_")[0]]


def _bands(frame: Frame, quality: Quality) -> list[tuple[int, int]]:
    """Rows in bands small enough that one sample a pixel fits a pass."""
    count = max(1, -(-frame.width * frame.height // _budget(quality)))
    edges = np.linspace(0, frame.height, count + 1).astype(int)
    return [(int(a), int(b)) for a, b in itertools.pairwise(edges)]


def _passes(frame: Frame, bands: list[tuple[int, int]], quality: Quality, samples: int) -> list[int]:
    """Samples a pixel of each pass.

    The just-in-time variants take one: several samples of a pixel would be added in the order in which threads finish,
    and a replay would differ in the last bit.
    """
    if quality.variant != SAFE:
        return [1] * samples
    tallest = max(b - a for a, b in bands)
    each = max(1, _budget(quality) // (tallest * frame.width))
    whole, rest = divmod(samples, each)
    return [each] * whole + ([rest] if rest else [])


def _seed(*parts: int) -> int:
    return int(np.random.SeedSequence([part & 0xFFFFFFFF for part in parts]).generate_state(1)[0])


def _denoised(
    light: NDArray[np.floating[Any]], albedo: NDArray[np.floating[Any]], normal: NDArray[np.floating[Any]]
) -> NDArray[np.floating[Any]]:
    """Intel's Open Image Denoise on light, guided by reflectance and normals."""
    import mitsuba_oidn

    clean: Any = mitsuba_oidn.denoise(_fireflies_tamed(light), albedo, normal, hdr=True)
    return np.asarray(clean, dtype=np.float32)


def _fireflies_tamed(light: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Single pixels far above all their neighbours are pulled down to the brightest of them."""
    import cv2

    ring = np.ones((3, 3), np.uint8)
    ring[1, 1] = 0
    limit = 3 * cv2.dilate(light, ring) + 0.05
    return np.minimum(light, limit)
