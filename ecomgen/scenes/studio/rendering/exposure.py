"""Taking a picture of a loaded scene, patch by patch: all samples of a pixel at once, even over lens and pixel.

A patch is about a second's work, so that progress is true and a run can be stopped. The samples of a pixel are
stratified (Kensler, "Correlated Multi-Jittered Sampling", Pixar 2013) and added in a fixed order, so that a replay
gives the same bits on any number of threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.scenes.studio.rendering import mitsuba_scene
from ecomgen.scenes.studio.rendering.allocation import Patch, even, plan_for
from ecomgen.scenes.studio.rendering.denoising import Tick
from ecomgen.scenes.studio.rendering.variants import SAFE
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.types import Box

ROUNDS = (64, 16, 8, 4, 2, 1)  # samples that fill a grid of strata


@dataclass(frozen=True, kw_only=True, eq=False)
class Camera:
    """Looks at `scene` through `frame`; `aperture` is the lens's radius in units."""

    mi: Any
    scene: Any
    frame: Frame
    aperture: float
    variant: str

    def taken(self, integrator: Any, samples: int, seed: tuple[int, int], tick: Tick) -> Values:
        """The mean of `samples` a pixel, HxWxC float32. `tick` hears the share done and may raise."""
        pixels = plan_for(self.variant).samples_at_once // max(rounds_of(samples))
        return self.pieced(integrator, even(self.frame, samples, pixels), seed, tick)

    def pieced(self, integrator: Any, patches: Sequence[Patch], seed: tuple[int, int], tick: Tick) -> Values:
        """The same with samples as each patch has them, and 0 where there is none."""
        channels = len(integrator.aov_names()) or 3
        picture = np.zeros((self.frame.height, self.frame.width, channels), np.float32)
        whole, done = sum(_work(patch) for patch in patches), 0.0
        for number, patch in enumerate(patches):
            start, share = done / whole, _work(patch) / whole
            picture[patch.box.slices] = self._mean(
                integrator, patch, (*seed, number), lambda part, start=start, share=share: tick(start + share * part)
            )
            done += _work(patch)
        return picture

    def _mean(self, integrator: Any, patch: Patch, seed: tuple[int, ...], tick: Tick) -> Values | np.float32:
        expose = self._by_mitsuba if self.variant == SAFE else self._at_once
        rounds, sums = rounds_of(patch.samples), np.float32(0)
        for turn, each in enumerate(rounds):
            mean = expose(integrator, patch.box, each, _seed(*seed, turn))
            sums = sums + np.nan_to_num(mean, posinf=0, neginf=0) * np.float32(each / patch.samples)
            tick((turn + 1) / len(rounds))
        return sums

    def _by_mitsuba(self, integrator: Any, box: Box, samples: int, seed: int) -> Values:
        sensor = mitsuba_scene.sensor(self.mi, self.frame, self.aperture, box, samples)
        return np.asarray(self.mi.render(self.scene, sensor=sensor, integrator=integrator, spp=samples, seed=seed))

    def _at_once(self, integrator: Any, box: Box, samples: int, seed: int) -> Values:
        """One wave of all samples of the patch, each pixel's beside each other, summed as blocks.

        Films add the samples of a pixel in the order in which threads finish, which no two runs share.
        """
        import drjit as dr

        count = box.width * box.height * samples
        whole = Box(0, 0, self.frame.width, self.frame.height)
        sensor = mitsuba_scene.sensor(self.mi, self.frame, self.aperture, whole, samples)
        lens = self.mi.traverse(sensor)
        dr.make_opaque(lens["aperture_radius"], lens["focus_distance"])
        sampler = sensor.sampler()
        sampler.set_samples_per_wavefront(samples)
        sampler.seed(dr.opaque(self.mi.UInt32, seed), count)
        light, _, channels = integrator.sample(self.scene, sampler, self._rays(sensor, sampler, box, count))
        values = list(channels) or list(light)
        dr.eval(values)
        sums = [dr.block_reduce(dr.ReduceOp.Add, dr.select(dr.isfinite(value), value, 0), samples) for value in values]
        return np.stack([np.asarray(each) for each in sums], -1).reshape(-1, box.width, len(sums)) / samples

    def _rays(self, sensor: Any, sampler: Any, box: Box, count: int) -> Any:
        """A ray for each sample. Sizes and the patch's place are data, not code: a draft, its picture and all patches
        of both share one compiled kernel."""
        import drjit as dr

        mi = self.mi
        sizes = (self.frame.width, self.frame.height, box.width, box.x0, box.y0)
        width, height, across, left, top = (dr.opaque(mi.UInt32, each) for each in sizes)
        pixel = dr.arange(mi.UInt32, count) // sampler.sample_count()
        row = pixel // across
        corner = mi.Point2f(pixel - row * across + left, row + top)
        spot = (corner + sampler.next_2d()) / mi.Point2f(width, height)
        ray, _ = sensor.sample_ray_differential(0, sampler.next_1d(), spot, sampler.next_2d())
        return ray


def rounds_of(samples: int) -> list[int]:
    """The samples of a pixel in rounds that can be stratified."""
    found: list[int] = []
    for each in ROUNDS:
        found += [each] * ((samples - sum(found)) // each)
    return found


def _work(patch: Patch) -> int:
    return patch.box.width * patch.box.height * patch.samples


def _seed(*parts: int) -> int:
    return int(np.random.SeedSequence([part & 0xFFFFFFFF for part in parts]).generate_state(1)[0])
