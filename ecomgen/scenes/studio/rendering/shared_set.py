"""A set that a range of products shares: rendered once without any, and for each only where it changes the light.

A draft with the product beside the draft of the empty set tells what that is. Soft shadows and the light that it throws
back are as even as a draft shows them, so that the empty set is multiplied by them (Debevec, "Rendering synthetic
objects into real scenes", 1998). Edges of shadows, reflections and what lies against the product are not: there the
picture is rendered anew, and laid over with a soft edge. The empty set is kept on disk; where it is not there it is
made again, so that the picture is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from importlib import metadata

import cv2
import numpy as np

from ecomgen import disk_cache
from ecomgen.morphology import disc, stretched
from ecomgen.scenes.studio.primitives.noise import smooth
from ecomgen.scenes.studio.primitives.shapes import Shape
from ecomgen.scenes.studio.primitives.types import Light, Stage, Thing
from ecomgen.scenes.studio.rendering import stage_cache
from ecomgen.scenes.studio.rendering.denoising import Tick
from ecomgen.scenes.studio.rendering.render import OnDraft, Quality, Rendered, draft_samples, render, set_up
from ecomgen.scenes.studio.rendering.variants import release_memory
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.types import BoolMask, Box

LEAST = 0.03  # of what a screen shows, by which a draft may differ from what its even change makes of the empty set
EVEN, WIDE = 2.0, 8.0  # pixels of the draft over which its change is evened out; beside what the product hides
NOISE = 1.0  # pixels of the draft, over which its noise is
GROWN = 2  # pixels of the draft: so far round a place it is rendered anew
SOFT = 9.0  # pixels over which what is new passes into the empty set
NOWHERE = 1e-4  # units: the size of the stand-in of no product
BRIGHTEST = 6e4  # what sixteen bits hold
PARTS = {"light", "albedo", "draft"}  # of an empty set, as it is kept


@dataclass(frozen=True, kw_only=True, eq=False)
class EmptySet:
    """The set without a product, HxWx3, and its draft; in sixteen bits, as it is kept."""

    light: Light
    albedo: Light
    draft: Light


@dataclass(frozen=True, kw_only=True, eq=False)
class Products:
    """The stand-ins, what of the ground is raised round them, and what they hide, HxW."""

    things: Sequence[Thing]
    raised: Sequence[Thing]
    hidden: BoolMask


@dataclass(frozen=True, kw_only=True, eq=False)
class SharedSet:
    """`stage` holds nothing of the product's; `name` is the same for the same set in the same light."""

    stage: Stage
    name: str

    def empty(self, frame: Frame, products: Sequence[Thing], quality: Quality, *, seed: int, tick: Tick) -> EmptySet:
        """The set without its products: as it is kept, or rendered.

        In their place is as much of nothing, so that chance picks among as many lamps, and falls as it does with them.
        """
        file = stage_cache.file_of(self._name(len(products), quality, seed))
        known = disk_cache.kept_arrays(file)
        if known is not None and known.keys() == PARTS:
            return EmptySet(**known)
        nothing, drafts = [_nothing(thing) for thing in products], list[Rendered]()
        whole = render(self.stage, frame, nothing, quality, seed=seed, tick=tick, draft=drafts.append)
        made = EmptySet(light=_short(whole.light), albedo=_short(whole.albedo), draft=_short(drafts[0].light))
        disk_cache.keep(file, disk_cache.packed(vars(made), compressed=False), stage_cache.BOUND)
        return made

    def with_products(
        self,
        frame: Frame,
        products: Products,
        quality: Quality,
        *,
        seed: int,
        tick: Tick,
        draft: OnDraft | None,
    ) -> Rendered:
        """The set as the `products` change its light, where they do not hide it."""
        hidden = products.hidden
        job = set_up(self.stage, frame, [*products.raised, *products.things], quality, seed)
        rough = job.draft(tick)
        drafted = job.drafted(rough)
        if draft is not None:
            draft(drafted)
        empty = self.empty(frame, products.things, quality, seed=seed, tick=lambda share: tick(0.6 * share))
        drafts = _Drafts.of(drafted.light, _long(empty.draft), hidden)
        changed = drafts.changed(job.white)
        size = hidden.shape[1], hidden.shape[0]
        light = _long(empty.light) * cv2.resize(drafts.change, size, interpolation=cv2.INTER_LINEAR)
        if (changed & ~hidden).any():
            part, box = job.part(rough, changed & ~hidden, lambda share: tick(0.6 + 0.4 * share))
            light[box.slices] += _share(changed, box) * (part - light[box.slices])
        release_memory(quality.variant)
        return Rendered(light=light, albedo=_long(empty.albedo))

    def _name(self, products: int, quality: Quality, seed: int) -> str:
        told = replace(quality, relight=False, settle=0.0, shadow_strength=1.0, depth=False)
        versions = tuple(metadata.version(name) for name in ("mitsuba", "mitsuba-oidn"))
        parts = (self.name, products, astuple(told), draft_samples(told), seed, versions)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _nothing(thing: Thing) -> Thing:
    """To the renderer what a product's stand-in is, a lamp with a texture, but black and too small to be seen."""
    points = np.array([[0, 0, 0], [NOWHERE, 0, 0], [0, NOWHERE, 0]], np.float32) - np.array([0, 2, 0], np.float32)
    shape = Shape(
        points=points,
        faces=np.array([[0, 1, 2]], np.uint32),
        uv=np.zeros((3, 2), np.float32),
        smooth=thing.shape.smooth,
    )
    black = np.zeros_like(thing.material.colour)
    return replace(thing, shape=shape, material=replace(thing.material, colour=black, glow=black))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Drafts:
    """Two drafts, `before` and with the product; `free` is 1 where they show nothing of what is `hidden`, else 0."""

    light: Light
    before: Light
    free: Light
    hidden: BoolMask

    @classmethod
    def of(cls, light: Light, before: Light, hidden: BoolMask) -> _Drafts:
        covered = cv2.resize(hidden.astype(np.float32), light.shape[1::-1], interpolation=cv2.INTER_AREA) > 0
        free = 1 - cv2.dilate(covered.astype(np.float32), np.ones((3, 3)))
        return cls(light=light, before=before, free=free[..., None], hidden=hidden)

    @cached_property
    def change(self) -> Light:
        """By what the product multiplies the light, evenly."""
        near, wide = ([_even(one * self.free, size) for one in (self.light, self.before)] for size in (EVEN, WIDE))
        known = np.clip(4 * _even(self.free, EVEN), 0, 1)[..., None]
        faint = 1e-4 * float(self.before.mean()) + 1e-7
        now, then = (known * close + (1 - known) * far + faint for close, far in zip(near, wide, strict=True))
        return now / then

    def changed(self, white: float) -> BoolMask:
        """Where that is not what the draft shows, HxW of the picture, and where the light changes by the product."""
        apart = self._apart(self.change, white)
        beside = cv2.dilate(1 - self.free, np.ones((3, 3))) > 0
        there = (apart > LEAST) | (beside & (self._apart(np.float32(1), white) > LEAST))
        there &= self.free[..., 0] > 0
        grown = cv2.dilate(there.astype(np.uint8), disc(GROWN))
        return stretched(grown > 0, (self.hidden.shape[1], self.hidden.shape[0]))

    def _apart(self, change: Light | np.float32, white: float) -> Light:
        """How much another light is shown than the empty set's so changed, without noise."""
        now, then = (np.clip(one / white, 0, 1) ** (1 / 2.2) for one in (self.light, self.before * change))
        return np.abs(_even((now - then) * self.free, NOISE)).max(-1) / np.maximum(_even(self.free, NOISE), 0.05)


def _even(picture: Light, size: float) -> Light:
    return np.asarray(cv2.GaussianBlur(np.asarray(picture, np.float32), (0, 0), size), np.float32)


def _share(changed: BoolMask, box: Box) -> Light:
    """How much of what was rendered anew counts, over its box: all where the light changes, less beside it."""
    away = cv2.distanceTransform((~changed).astype(np.uint8), cv2.DIST_L2, 5)[box.slices]
    return smooth(1 - np.asarray(away, np.float32) / SOFT)[..., None]


def _short(light: Light) -> Light:
    return np.clip(light, 0, BRIGHTEST).astype(np.float16)


def _long(light: Light) -> Light:
    return light.astype(np.float32)
