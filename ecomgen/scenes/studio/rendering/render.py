"""From a stage to clean light: a draft first, then the picture itself, each denoised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio.rendering import mitsuba_scene
from ecomgen.scenes.studio.rendering.denoising import denoised
from ecomgen.scenes.studio.rendering.exposure import Camera
from ecomgen.scenes.studio.rendering.variants import load_variant, release_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ecomgen.scenes.studio.stage.frame import Frame
    from ecomgen.scenes.studio.stage.types import Stage, Thing

SURFACE_SAMPLES = 16  # enough for reflectance and normals to guide the denoiser
DRAFT_SCALE = 4


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
    draft: Callable[[Rendered], None] | None = None,
) -> Rendered:
    """Render the stage with `extra` things.

    Args:
        stage: the set.
        frame: what of it is seen.
        extra: things that are not of the set: the product's stand-in.
        quality: how cleanly.
        seed: of all chance.
        tick: hears the share done, several times a second, and may raise.
        draft: receives the same picture, a quarter as wide and as high and of half the samples, before the work on the
            full one begins.
    """
    mi = load_variant(quality.variant)
    tick(0.0)
    scene = mitsuba_scene.scene(mi, stage, frame, extra)

    def taken(frame: Frame, quality: Quality, tick: Callable[[float], None]) -> Rendered:
        camera = Camera(mi=mi, scene=scene, frame=frame, aperture=stage.aperture, variant=quality.variant)
        return _taken(camera, quality, seed, tick)

    if draft is not None:
        half = replace(quality, samples_per_pixel=max(1, quality.samples_per_pixel // 2))
        draft(taken(smaller(frame), half, lambda _: tick(0.0)))
    rendered = taken(frame, quality, tick)
    release_memory(quality.variant)
    return rendered


def _taken(camera: Camera, quality: Quality, seed: int, tick: Callable[[float], None]) -> Rendered:
    lit = mitsuba_scene.light_integrator(camera.mi, quality.integrator, quality.max_depth)
    plain = mitsuba_scene.surface_integrator(camera.mi)
    few = min(quality.samples_per_pixel, SURFACE_SAMPLES)
    light = camera.taken(lit, quality.samples_per_pixel, (seed, 0), lambda share: tick(0.75 * share))
    surface = camera.taken(plain, few, (seed, 1), lambda share: tick(0.75 + 0.1 * share))
    albedo, normal = np.clip(surface[..., :3], 0, 1), np.clip(surface[..., 3:], -1, 1)
    if quality.denoise:
        light = denoised(light, albedo, normal, lambda share: tick(0.85 + 0.14 * share))
    return Rendered(light=light, albedo=albedo)


def smaller(frame: Frame) -> Frame:
    """The same view with a sixteenth of the pixels: a draft's."""
    width, height = (max(round(side / DRAFT_SCALE), 16) for side in (frame.width, frame.height))
    scale = frame.width / width
    return replace(frame, width=width, height=height, unit=frame.unit * scale, ground_row=frame.ground_row / scale)
