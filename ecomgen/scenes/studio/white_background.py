"""Pure white with a real shadow: the ratio of two renders, with and without the product, on an endless white ground."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_srgb
from ecomgen.morphology import touching
from ecomgen.scenes.studio.primitives.noise import smooth
from ecomgen.scenes.studio.primitives.shapes import ground
from ecomgen.scenes.studio.primitives.types import Colour, Dome, Light, Material, Stage, Thing
from ecomgen.scenes.studio.rendering.render import Quality, render
from ecomgen.scenes.studio.rendering.tone import LUMA
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.subject import Subject
from ecomgen.scenes.studio.work import Work
from ecomgen.types import BoolMask, Pixels

FAINTEST = 0.02  # of the light: what is less is noise
REACH = 0.75  # how far from the foot, in units, a shadow is kept
NEXT_TO = 0.01  # of the picture's longer side: from here a patch of shadow does not belong to the product
VISIBLE = 0.0045  # of the light: what less than this takes from white is white still, in eight bits
MARGIN = 0.04  # of half the picture's width: pure background at its edges, which marketplaces measure
RIM = 0.3  # over which a shadow fades towards that margin
DEEPEST = 0.88  # how much of the light a shadow may take; it is approached smoothly


def stage(shot: Shot) -> Stage:
    """A white plane under a bright dome, with a large key light."""
    plane = endless(shot.frame, 40.0, (0.8, 0.8, 0.8))
    direction = lights.towards(shot.side, azimuth=shot.uniform(35, 75), height=shot.uniform(52, 68))
    key = lights.softbox(direction, size=shot.uniform(1.6, 2.6), strength=0.9, colour=(1, 1, 1))
    grey = (0.42, 0.42, 0.42)
    return Stage(
        things=(plane,), lamps=(key,), dome=Dome(zenith=(0.6, 0.6, 0.6), horizon=grey, nadir=grey), aperture=0.0
    )


def endless(frame: Frame, side: float, colour: Colour) -> Thing:
    """Level ground, `side` units to each side and behind."""
    return Thing(ground(-side, side, frame.distance - 0.2, -side), Material(colour))


def with_and_without(
    stage: Stage, frame: Frame, subject: Subject, quality: Quality, work: Work, seen: BoolMask
) -> tuple[Light, Light]:
    """The light with the product in it and without, HxWx3 where it is `seen` (HxW).

    Its stand-in gives off none of the light that it has to be mirrored: here it only takes light away.
    """
    casting = [replace(thing, material=replace(thing.material, glow=None)) for thing in subject.stand_ins(frame)]
    shaded, clear = (
        render(stage, frame, extra, quality, seed=work.seed, tick=tick, seen=seen, compared=True).light
        for extra, tick in ((casting, work.tick(0, 0.5)), ([], work.tick(0.5, 1)))
    )
    return shaded, clear


def shadow(light_with: Light, light_without: Light, frame: Frame) -> Light:
    """The share of light that the product takes away, HxW in [0, 1); exactly 0 where it takes none, and at the rim."""
    taken = above_noise(1 - (light_with @ LUMA) / np.maximum(light_without @ LUMA, 1e-6))
    taken = DEEPEST * np.tanh(taken / DEEPEST)
    return (taken * fade(frame)).astype(np.float32)


def above_noise(share: Light) -> Light:
    """A share of light in [0, 1], exactly 0 where it may be noise."""
    return np.clip((share - FAINTEST) / (1 - FAINTEST), 0, 1)


def fade(frame: Frame) -> Light:
    """1 round the product's foot, 0 far from it and at the picture's edges, HxW."""
    x, y = frame.places()
    beside = np.maximum(np.abs(x - frame.product_x) - frame.product_width / 2, 0) / REACH
    below = np.where(y < 0, -y, np.maximum(y - 0.3, 0)) / (0.6 * REACH)
    near = smooth(1.3 * (1 - np.hypot(beside, below)))
    inwards = np.minimum(np.minimum(x - frame.left, frame.right - x), y - frame.bottom) / frame.right
    return near * smooth((inwards - MARGIN) / RIM)


def cast(taken: Light, alpha: NDArray[np.uint8]) -> Light:
    """Only what lies against the product (`alpha`, HxW) is its shadow; patches apart are what denoising left over."""
    reach = max(3, round(NEXT_TO * max(alpha.shape)))
    around = cv2.dilate((alpha > 0).astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    return np.where(touching(taken > VISIBLE, around), taken, 0).astype(np.float32)


def strengthened(taken: Light, strength: float) -> Light:
    """The share of light that a shadow of another strength takes: none at 0, as much at 1, as twice over at 2."""
    return taken if strength == 1 else (1 - (1 - taken) ** strength).astype(taken.dtype)


def picture(taken: Light, background: tuple[int, int, int]) -> Pixels:
    """The background's colour under a shadow; exactly the background where there is none."""
    base = np.asarray(background, dtype=np.float32)
    shade = to_srgb(1 - taken)[..., None]
    return np.round(base * shade).astype(np.uint8)
