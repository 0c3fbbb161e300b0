"""Taking a picture of a loaded scene, band by band: all samples of a pixel at once, spread evenly over lens and pixel.

A band is about a second's work, so that progress is true and a run can be stopped. The samples of a pixel are
stratified (Kensler, "Correlated Multi-Jittered Sampling", Pixar 2013) and added in a fixed order, so that a replay
gives the same bits on any number of threads.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio.rendering import mitsuba_scene
from ecomgen.scenes.studio.rendering.variants import SAFE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ecomgen.scenes.studio.stage.frame import Frame

    Picture = NDArray[np.floating[Any]]

SAMPLES_A_BAND = {"scalar": 300_000, "llvm": 1_500_000, "cuda": 64_000_000}  # below about a second of work
ROUNDS = (64, 16, 8, 4, 2, 1)  # samples that fill a grid of strata


@dataclass(frozen=True, kw_only=True, eq=False)
class Camera:
    """Looks at `scene` through `frame`; `aperture` is the lens's radius in units."""

    mi: Any
    scene: Any
    frame: Frame
    aperture: float
    variant: str

    def taken(self, integrator: Any, samples: int, seed: tuple[int, int], tick: Callable[[float], None]) -> Picture:
        """The mean of `samples` a pixel, HxWxC float32. `tick` hears the share done and may raise."""
        rounds = _rounds(samples)
        bands = _bands(self.frame, SAMPLES_A_BAND[self.variant.split("_")[0]] // max(rounds))
        expose = self._by_mitsuba if self.variant == SAFE else self._at_once
        strips = []
        for number, (top, bottom) in enumerate(bands):
            strip = np.float32(0)
            for turn, each in enumerate(rounds):
                mean = expose(integrator, (top, bottom), each, _seed(*seed, number, turn))
                strip = strip + np.nan_to_num(mean, posinf=0, neginf=0) * np.float32(each / samples)
                tick((number + (turn + 1) / len(rounds)) / len(bands))
            strips.append(strip)
        return np.concatenate(strips)

    def _by_mitsuba(self, integrator: Any, rows: tuple[int, int], samples: int, seed: int) -> Picture:
        sensor = mitsuba_scene.sensor(self.mi, self.frame, self.aperture, rows, samples)
        return np.asarray(self.mi.render(self.scene, sensor=sensor, integrator=integrator, spp=samples, seed=seed))

    def _at_once(self, integrator: Any, rows: tuple[int, int], samples: int, seed: int) -> Picture:
        """One wave of all samples of the rows, each pixel's beside each other, summed as blocks.

        Films add the samples of a pixel in the order in which threads finish, which no two runs share.
        """
        import drjit as dr

        count = (rows[1] - rows[0]) * self.frame.width * samples
        sensor = mitsuba_scene.sensor(self.mi, self.frame, self.aperture, (0, self.frame.height), samples)
        lens = self.mi.traverse(sensor)
        dr.make_opaque(lens["aperture_radius"], lens["focus_distance"])
        sampler = sensor.sampler()
        sampler.set_samples_per_wavefront(samples)
        sampler.seed(dr.opaque(self.mi.UInt32, seed), count)
        light, _, channels = integrator.sample(self.scene, sampler, self._rays(sensor, sampler, rows[0], count))
        values = list(channels) or list(light)
        dr.eval(values)
        sums = [dr.block_reduce(dr.ReduceOp.Add, dr.select(dr.isfinite(value), value, 0), samples) for value in values]
        return np.stack([np.asarray(each) for each in sums], -1).reshape(-1, self.frame.width, len(sums)) / samples

    def _rays(self, sensor: Any, sampler: Any, top: int, count: int) -> Any:
        """A ray for each sample. Sizes and the first row are data, not code: a draft, its picture and all bands of both
        share one compiled kernel."""
        import drjit as dr

        mi = self.mi
        width, height, first = (dr.opaque(mi.UInt32, each) for each in (self.frame.width, self.frame.height, top))
        pixel = dr.arange(mi.UInt32, count) // sampler.sample_count()
        row = pixel // width
        corner = mi.Point2f(pixel - row * width, row + first)
        spot = (corner + sampler.next_2d()) / mi.Point2f(width, height)
        ray, _ = sensor.sample_ray_differential(0, sampler.next_1d(), spot, sampler.next_2d())
        return ray


def _rounds(samples: int) -> list[int]:
    """The samples of a pixel in rounds that can be stratified."""
    found: list[int] = []
    for each in ROUNDS:
        found += [each] * ((samples - sum(found)) // each)
    return found


def _bands(frame: Frame, pixels: int) -> list[tuple[int, int]]:
    """Rows in bands of about `pixels` pixels."""
    count = min(max(1, -(-frame.width * frame.height // pixels)), frame.height)
    edges = np.linspace(0, frame.height, count + 1).astype(int)
    return [(int(a), int(b)) for a, b in itertools.pairwise(edges)]


def _seed(*parts: int) -> int:
    return int(np.random.SeedSequence([part & 0xFFFFFFFF for part in parts]).generate_state(1)[0])
