"""What glossy ground in a photo mirrors of the product.

The product's stand-in is rendered over a mirror as rough as the ground is: once white, which tells how much of what is
mirrored there it is, and once as it looks. How strongly ground mirrors at which angle is Schlick's approximation of
Fresnel's equations for a polished, non-metallic surface.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from ecomgen.scenes.studio.picture import enlarged
from ecomgen.scenes.studio.primitives.shapes import Shape
from ecomgen.scenes.studio.primitives.types import Dome, Material, Stage, Thing, Values
from ecomgen.scenes.studio.rendering.render import render
from ecomgen.scenes.studio.rendering.tone import LUMA
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.scenes.studio.subject import Subject
from ecomgen.scenes.studio.white_background import above_noise, cast
from ecomgen.scenes.studio.work import Work

STRAIGHT_DOWN = 0.04  # of the light, that lacquer, stone, glass or water mirrors
ROUGH, POLISHED = 0.5, 0.05  # of the mirror: where the ground is hardly glossy, and where it is altogether
SATIN = 0.5  # the gloss from which on it mirrors as strongly as a polished surface, if less sharply
NIGHT = (1e-6, 1e-6, 1e-6)  # a sky that lights nothing


@dataclass(frozen=True, kw_only=True, eq=False)
class Mirrored:
    """`strength` HxW is the share of light that the ground mirrors, `covered` HxWx1 how much of that is the product's,
    `light` HxWx3 the product's mirrored light, linear; all are 0 where nothing of it is mirrored."""

    strength: Values
    covered: Values
    light: Values

    def faded(self, share: Values) -> Mirrored:
        """Less by a share, HxWx1 in [0, 1]."""
        return replace(self, covered=self.covered * share, light=self.light * share)

    def blurred(self, blur: float) -> Mirrored:
        """Out of focus, by so many pixels."""
        return replace(self, covered=blurred(self.covered, blur), light=blurred(self.light, blur))

    def resized(self, size: tuple[int, int]) -> Mirrored:
        """For a picture of `size`, width and height."""
        strength, covered, light = (enlarged(part, size) for part in (self.strength, self.covered[..., 0], self.light))
        covered = np.clip(covered, 0, 1)[..., None]
        return Mirrored(strength=strength, covered=covered, light=light * (covered > 0))


def mirrored(ground: Shape, frame: Frame, subject: Subject, gloss: float, work: Work) -> Mirrored:
    """What ground with a `gloss` in (0, 1] mirrors of the product.

    Raises:
        Cancelled: the work's report raised it.
    """
    roughness = ROUGH + (POLISHED - ROUGH) * gloss
    mirror = Thing(ground, Material((1.0, 1.0, 1.0), roughness=roughness, metallic=1.0))
    stage = Stage(things=(mirror,), lamps=(), dome=Dome(zenith=NIGHT, horizon=NIGHT, nadir=NIGHT), aperture=0.0)
    shown = subject.stand_ins(frame)
    white = [replace(one, material=Material(NIGHT, glow=(1.0, 1.0, 1.0))) for one in shown]
    quality, seen = replace(work.quality, max_depth=2), ~subject.hidden
    ticks = work.tick(1, 1), work.tick(1, 1)
    covered, light = (
        subject.behind(
            render(stage, frame, extra, quality, seed=work.seed, tick=tick, seen=seen, compared=True).light
            / stage.brightness()
        )
        for extra, tick in zip((white, shown), ticks, strict=True)
    )
    share = above_noise(covered @ LUMA)
    if subject.product is not None:
        share = cast(share, subject.product[..., 3])
    share = share[..., None].astype(np.float32)
    strength = np.broadcast_to(reflectance(frame) * min(1.0, gloss / SATIN), share.shape[:2])
    return Mirrored(strength=strength.astype(np.float32), covered=share, light=(light * (share > 0)).astype(np.float32))


def blurred(values: Values, blur: float) -> Values:
    """HxWxN, out of focus by so many pixels."""
    if not blur:
        return values
    return np.asarray(cv2.GaussianBlur(values, (0, 0), blur), np.float32).reshape(values.shape)


def reflectance(frame: Frame) -> Values:
    """The share of light that polished ground mirrors towards the camera, Hx1; 0 above the horizon."""
    below = frame.eye - frame.places()[1]
    cosine = np.clip(below / np.hypot(below, frame.distance), 0, 1)
    return np.where(below > 0, STRAIGHT_DOWN + (1 - STRAIGHT_DOWN) * (1 - cosine) ** 5, 0)
