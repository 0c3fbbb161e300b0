"""From a stage to clean light: a draft first, then the picture itself, each denoised."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ecomgen.scenes.studio.primitives.types import Dome, Material, Stage, Thing, Values
from ecomgen.scenes.studio.rendering import mitsuba_scene
from ecomgen.scenes.studio.rendering.allocation import (
    DRAFT_SCALE,
    DRAFT_SHARE,
    FINE_TILES,
    SURFACE_SAMPLES,
    TILES,
    Counts,
    Patch,
    Tiles,
    allocated,
    plan_for,
)
from ecomgen.scenes.studio.rendering.denoising import Tick, denoised
from ecomgen.scenes.studio.rendering.exposure import Camera, rounds_of
from ecomgen.scenes.studio.rendering.variants import SAFE, load_variant, release_memory
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.types import BoolMask, Box

OnDraft = Callable[["Rendered"], None]

NEAR_SAMPLES = 4  # of each pixel's depth: edges that are out of focus are to be soft in it
CLEAR_DEPTH = 14  # bounces, at least, where light goes in and out of clear bodies
SHARE_SAMPLES = 32  # a pixel, of which it is counted what they meet first


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How a picture is rendered; the names are those of the recipe."""

    variant: str
    integrator: str = "path"
    samples_per_pixel: int = 16
    max_depth: int = 5
    denoise: bool = True
    relight: bool = False  # the light on the product is told, too
    settle: float = 0.0  # how far the ground may cover the product's base, in [0, 1]
    shadow_strength: float = 1.0  # how strong the product's shadow is, in [0, 2]; 1 as it falls
    ground_gloss: float = 0.0  # how much the ground of one's own backdrop mirrors, in [0, 1]
    depth: bool = False  # whether the scene tells how far away what is seen is, and how it is turned


@dataclass(frozen=True, kw_only=True, eq=False)
class Rendered:
    """Linear scene light and the surfaces' reflectance, HxWx3 float32."""

    light: Values
    albedo: Values
    cover: Values | None = None  # HxW in [0, 1]: how much stands before the product
    metered: Values | None = None  # the light by which the camera exposes, where it is another


def render(
    stage: Stage,
    frame: Frame,
    extra: Sequence[Thing],
    quality: Quality,
    *,
    seed: int,
    tick: Tick,
    draft: OnDraft | None = None,
    seen: BoolMask | None = None,
    compared: bool = False,
) -> Rendered:
    """Render the stage with `extra` things, such as the product's stand-in.

    Args:
        tick: hears the share done, several times a second, and may raise.
        draft: receives the same picture, a quarter as wide and as high, before the work on the full one begins.
        seen: where the picture is looked at, HxW; elsewhere it may stay black.
        compared: with another one of this seed, so that both have the same samples everywhere.
    """
    tick(0.0)
    job = set_up(stage, frame, extra, quality, seed)
    if plan_for(quality.variant).adaptive:
        rendered = job.by_tiles(tick, draft, seen, alike=compared or not quality.denoise)
    else:
        rendered = job.at_once(tick, draft)
    release_memory(quality.variant)
    return rendered


def set_up(stage: Stage, frame: Frame, extra: Sequence[Thing], quality: Quality, seed: int) -> RenderJob:
    """The stage with `extra` things, loaded and before the camera."""
    camera = _camera(stage, frame, extra, quality.variant)
    through = any(thing.material.transmission > 0 for thing in stage.things)
    bounces = max(quality.max_depth, CLEAR_DEPTH) if through else quality.max_depth
    return RenderJob(
        camera=camera,
        lit=mitsuba_scene.light_integrator(camera.mi, quality.integrator, bounces),
        plain=mitsuba_scene.surface_integrator(camera.mi, "albedo"),
        quality=quality,
        seed=seed,
        white=stage.brightness(),
    )


def _camera(stage: Stage, frame: Frame, extra: Sequence[Thing], variant: str) -> Camera:
    mi = load_variant(variant)
    scene = mitsuba_scene.scene(mi, stage, frame, extra)
    return Camera(mi=mi, scene=scene, frame=frame, aperture=stage.aperture, variant=variant)


def light_on(seen: BoolMask, job: RenderJob, tick: Tick) -> Values:
    """The light in the pixels of what is `seen`, Nx3, with its noise; no more than the box of these is rendered."""
    patch = Patch(Box.of(seen), job.quality.samples_per_pixel)
    light = job.camera.pieced(job.lit, [patch], (job.seed, 0), tick)
    release_memory(job.quality.variant)
    return light[seen]


def shape_of(stage: Stage, frame: Frame, extra: Sequence[Thing], variant: str) -> tuple[Values, Values]:
    """How far away what is seen is, HxW in units, and its normals, HxWx3, through a pinhole; 0 where nothing is.

    The camera looks level along -z, so that the world's axes are its own.
    """
    camera = replace(_camera(stage, frame, extra, variant), aperture=0.0)
    shape = camera.taken(mitsuba_scene.surface_integrator(camera.mi, "depth"), 1, (0, 2), lambda _: None)
    release_memory(variant)
    return shape[..., 0], np.clip(shape[..., 1:], -1, 1)


def nearness(stage: Stage, rest: Frame, frames: Sequence[Frame], variant: str) -> Iterator[Values]:
    """For each of the `frames`, how near what is seen of a stage is, HxW: 1 over its depth in units, else 0.

    The mean over lens and pixel, so that it is as soft as what is out of focus. The stage stands as `rest` sees it.
    """
    camera = _camera(stage, rest, [], variant)
    integrator = mitsuba_scene.surface_integrator(camera.mi, "depth")
    for frame in frames:
        slant, near = _slant(frame), np.zeros((frame.height, frame.width), np.float32)
        for turn in range(NEAR_SAMPLES):
            away = replace(camera, frame=frame).taken(integrator, 1, (0, turn), lambda _: None)[..., 0]
            near += np.where(away > 0, 1 / (away * slant + mitsuba_scene.NEAREST), 0) / NEAR_SAMPLES
        yield near
    release_memory(variant)


def _slant(frame: Frame) -> Values:
    """The depth of what is seen in each pixel, HxW, over its distance along the ray."""
    column, row = mitsuba_scene.axis(frame)
    x = (np.arange(frame.width, dtype=np.float32) + 0.5 - column)[None, :] * frame.unit
    y = (np.arange(frame.height, dtype=np.float32) + 0.5 - row)[:, None] * frame.unit
    return (1 / np.sqrt(1 + (x * x + y * y) / frame.distance**2)).astype(np.float32)


def share_of(shown: Sequence[Thing], hiding: Sequence[Thing], frame: Frame, aperture: float, variant: str) -> Values:
    """How much of each pixel the `shown` things fill where the `hiding` ones are not before them, HxW in [0, 1]."""
    things = [
        replace(thing, material=Material((colour, colour, colour)))
        for colour, some in ((1.0, shown), (0.0, hiding))
        for thing in some
    ]
    white = Dome(zenith=(1, 1, 1), horizon=(1, 1, 1), nadir=(1, 1, 1))
    camera = _camera(Stage(things=(), lamps=(), dome=white, aperture=aperture), frame, things, variant)
    seen = camera.taken(mitsuba_scene.surface_integrator(camera.mi, "albedo"), SHARE_SAMPLES, (0, 3), lambda _: None)
    release_memory(variant)
    return np.clip(seen[..., 0], 0, 1)


@dataclass(frozen=True, kw_only=True, eq=False)
class DraftRender:
    """A draft before denoising, as one picture or as two of half its samples: HxWx3 light, HxWx6 surfaces."""

    light: Sequence[Values]
    surface: Sequence[Values]


@dataclass(frozen=True, kw_only=True, eq=False)
class RenderJob:
    """One picture's work: the camera, what it measures, how cleanly; `white` is the light of white, level ground."""

    camera: Camera
    lit: Any
    plain: Any
    quality: Quality
    seed: int
    white: float

    def at_once(self, tick: Tick, draft: OnDraft | None) -> Rendered:
        """The whole picture with the same samples everywhere; the draft is one of its own."""
        if draft is not None:
            draft(self.drafted(self._whole(tick)))
        samples = self.quality.samples_per_pixel
        light = self.camera.taken(self.lit, samples, (self.seed, 0), _part(tick, 0, 0.75))
        surface = self.camera.taken(self.plain, self._surface_samples, (self.seed, 1), _part(tick, 0.75, 0.85))
        return self._clean(light, surface, _part(tick, 0.85, 0.99))

    def by_tiles(self, tick: Tick, draft: OnDraft | None, seen: BoolMask | None, *, alike: bool) -> Rendered:
        """What is `seen`, with the samples that each tile needs, or the same for all tiles where they are `alike`."""
        tiles = self._tiles(TILES)
        wanted = tiles.all if seen is None else tiles.seen(seen)
        rough = (self._whole(tick) if draft else None) if alike else self._halves(tick)
        if draft is not None and rough is not None:
            draft(self.drafted(rough))
        light, surface = self._pieces(tiles, wanted, None if alike else rough, tick)
        return self._clean(light, surface, _part(tick, 0.8, 0.99))

    def part(self, rough: DraftRender, seen: BoolMask, tick: Tick) -> tuple[Values, Box]:
        """The light of the tiles in which something `seen` lies, and where they are in the picture; black between."""
        tiles, adaptive = self._tiles(FINE_TILES), plan_for(self.quality.variant).adaptive and self.quality.denoise
        wanted = tiles.seen(seen)
        box = tiles.box(wanted)
        light, surface = self._pieces(tiles, wanted, rough if adaptive else None, tick)
        clean = self._clean(light[box.slices], surface[box.slices], _part(tick, 0.8, 0.99))
        return clean.light, box

    def draft(self, tick: Tick) -> DraftRender:
        """The draft of the whole picture, as far as the samples of its parts follow from it in halves."""
        adaptive = plan_for(self.quality.variant).adaptive and self.quality.denoise
        return self._halves(tick) if adaptive else self._whole(tick)

    def drafted(self, rough: DraftRender) -> Rendered:
        """The draft without noise."""
        return self._clean(np.mean(rough.light, 0), np.mean(rough.surface, 0), lambda _: None)

    def _pieces(self, tiles: Tiles, wanted: BoolMask, rough: DraftRender | None, tick: Tick) -> tuple[Values, Values]:
        """Light and surfaces of the wanted tiles, many samples where the two halves of a draft differ."""
        plan, samples = plan_for(self.quality.variant), (self.quality.samples_per_pixel, self._surface_samples)
        counts = samples if rough is None else self._needed(tiles, wanted, rough)
        light, surface = (tiles.patches(np.where(wanted, count, 0), plan.samples_at_once) for count in counts)
        lit = self.camera.pieced(self.lit, light, (self.seed, 0), _part(tick, 0, 0.6))
        return lit, self.camera.pieced(self.plain, surface, (self.seed, 1), _part(tick, 0.6, 0.8))

    def _needed(self, tiles: Tiles, wanted: BoolMask, rough: DraftRender) -> tuple[Counts, Counts]:
        """Samples for light and for surfaces, RxC: many where the two halves of the draft differ."""
        plan = plan_for(self.quality.variant)
        shown = [np.clip(half / self.white, 0, 1) ** (1 / 2.2) for half in rough.light]
        return (
            allocated(wanted * tiles.noise(shown), self.quality.samples_per_pixel, plan.light_steps, plan.target),
            allocated(wanted * tiles.noise(rough.surface), self._surface_samples, plan.surface_steps, plan.target),
        )

    def _halves(self, tick: Tick) -> DraftRender:
        """The draft as two pictures of half its samples."""
        each, seeds = max(1, draft_samples(self.quality) // 2), iter(range(2, 6))
        light, surface = (
            [self._small.taken(integrator, each, (self.seed, next(seeds)), _part(tick, 0, 0)) for _ in range(2)]
            for integrator in (self.lit, self.plain)
        )
        return DraftRender(light=light, surface=surface)

    def _whole(self, tick: Tick) -> DraftRender:
        """The draft as one picture."""
        samples, still = draft_samples(self.quality), _part(tick, 0, 0)
        light = self._small.taken(self.lit, samples, (self.seed, 0), still)
        surface = self._small.taken(self.plain, min(samples, SURFACE_SAMPLES), (self.seed, 1), still)
        return DraftRender(light=[light], surface=[surface])

    def _tiles(self, along: int) -> Tiles:
        return Tiles.of(self.camera.frame.width, self.camera.frame.height, along)

    @property
    def _small(self) -> Camera:
        return replace(self.camera, frame=smaller(self.camera.frame))

    @property
    def _surface_samples(self) -> int:
        return min(self.quality.samples_per_pixel, SURFACE_SAMPLES)

    def _clean(self, light: Values, surface: Values, tick: Tick) -> Rendered:
        albedo, normal = np.clip(surface[..., :3], 0, 1), np.clip(surface[..., 3:], -1, 1)
        if self.quality.denoise:
            light = denoised(light, albedo, normal, tick)
        return Rendered(light=light, albedo=albedo)


def draft_samples(quality: Quality) -> int:
    """Of a draft's pixel. Each number of samples is a kernel to compile, so that a compiled draft has the picture's."""
    samples = quality.samples_per_pixel
    return max(1, int(DRAFT_SHARE * samples)) if quality.variant == SAFE else max(rounds_of(samples))


def _part(tick: Tick, start: float, end: float) -> Tick:
    """A listener for a stretch of what `tick` hears."""
    return lambda share: tick(start + (end - start) * share)


def smaller(frame: Frame) -> Frame:
    """The same view with a sixteenth of the pixels: a draft's."""
    return resized(frame, max(frame.width, frame.height) / DRAFT_SCALE)


def resized(frame: Frame, longer: float) -> Frame:
    """The same view with so many pixels along its longer side."""
    largest = max(frame.width, frame.height)
    width, height = (max(round(side * longer / largest), 16) for side in (frame.width, frame.height))
    return frame.resized(width, height)
