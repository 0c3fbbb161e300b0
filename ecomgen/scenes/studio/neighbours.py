"""What several products in one picture leave each other of the set's light: shadows, and the dimness between them.

The set is rendered with the stand-ins of all, lit like any surface in their products' colours, and with each alone. On
one product the two differ by what the others keep away and throw back. Nothing finer is kept than the rest of
relighting has.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ecomgen.scenes.studio.primitives.types import Material, Stage, Thing, Values
from ecomgen.scenes.studio.rendering.render import Quality, Rendered, render, resized
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.scenes.studio.subject import Subject
from ecomgen.scenes.studio.work import Work
from ecomgen.types import BoolMask

SIDE, SAMPLES = 112, 24  # pixels of the picture's longer side in which it is rendered
DARK, BRIGHT = 0.2, 0.75  # reflectance of black and white stand-ins: black ones would not tell the light on them
APART = 0.03  # of reflectance, by which each stand-in is brighter than the last, to be told from it
SAME = 0.01  # of reflectance, by which a surface differs at most from itself in the other render
SMOOTH = 0.04  # of the product's larger side, over which its light is evened out
FAINTEST = 0.05  # of its mean light: where there is less, little is said of who takes it
MOST = 1.25  # times the light: what is thrown back on to a side that has hardly any light is not multiplied


def light_left(stage: Stage, frame: Frame, subject: Subject, work: Work) -> tuple[Values, ...]:
    """The share of its light that the others leave to each product, HxWx3 over a small picture, the main one first.

    Above 1 it is light that they throw back.

    Raises:
        Cancelled: the work's report raised it.
    """
    small = resized(frame, SIDE)
    lit = [thing and _lit(thing, APART * number) for number, thing in enumerate(subject.stand_in_of_each(frame))]
    among = _rendered(stage, small, [thing for thing in lit if thing is not None], work)
    found = []
    for thing, inside, (_, box) in zip(lit, _unhidden(subject, small), subject.parts, strict=True):
        alone = among if thing is None else _rendered(stage, small, [thing], work)
        reach = SMOOTH * box.longest * small.width / frame.width
        through = 1 - subject.opacity * (1 - _ratio(among, alone, inside, reach))
        found.append(np.asarray(np.clip(through, FAINTEST, MOST) ** work.quality.shadow_strength, np.float32))
    return tuple(found)


def _lit(thing: Thing, brighter: float) -> Thing:
    """A stand-in whose front the set lights as its back."""
    colour = np.asarray(thing.material.colour)
    back = DARK + (BRIGHT - DARK) * colour[:, colour.shape[1] // 2 :]
    return replace(thing, material=Material(np.concatenate([back, back], axis=1) + brighter))


def _unhidden(subject: Subject, small: Frame) -> list[BoolMask]:
    """Where each product is that none whose base is lower in the picture hides, HxW."""
    size = small.width, small.height
    inside = [cv2.resize(product[..., 3], size, interpolation=cv2.INTER_AREA) > 127 for product, _ in subject.parts]
    free = np.ones(size[::-1], bool)
    for number in sorted(range(len(inside)), key=lambda number: -subject.parts[number][1].y1):
        inside[number], free = inside[number] & free, free & ~inside[number]
    return inside


def _rendered(stage: Stage, small: Frame, things: list[Thing], work: Work) -> Rendered:
    quality = Quality(variant=work.quality.variant, samples_per_pixel=SAMPLES, max_depth=5, denoise=False)
    sharp = replace(stage, aperture=0.0)
    return render(sharp, small, things, quality, seed=work.seed, tick=work.tick(1, 1), compared=True)


def _ratio(among: Rendered, alone: Rendered, inside: BoolMask, reach: float) -> Values:
    """HxWx3: evened out over what both show of the product, and grown a little beyond it."""
    seen = inside & (np.abs(among.albedo - alone.albedo).max(-1) < SAME)
    if not seen.any():
        return np.ones_like(alone.light)
    dark = FAINTEST * float(alone.light[seen].mean())
    below, above = (
        cv2.GaussianBlur((each.light * seen[..., None]).astype(np.float32), (0, 0), max(reach, 1.0)) + dark
        for each in (alone, among)
    )
    return above / below
