"""What stands before the product's base covers it: how much of each pixel, and with what light.

The set is rendered with the bank or the blades in it, so that they throw and receive shadows. Over the product's lowest
rows it is rendered once more with a dark stand-in: what is seen there is the light of what stands before it, as far as
that fills the pixel. Loose ground, cloth and water lie against the product: there the stand-in keeps its colour, which
they throw back, and the light a little way beside the product is of the same render.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.messages import Message
from ecomgen.morphology import dilated
from ecomgen.scenes.studio.estimation.contact_points import line, lowest_of
from ecomgen.scenes.studio.grounds import deformation
from ecomgen.scenes.studio.grounds.contact_line import runs
from ecomgen.scenes.studio.grounds.deformation import DisplacedGround
from ecomgen.scenes.studio.primitives.types import Material, Stage, Thing, Values
from ecomgen.scenes.studio.rendering.behind import grown_behind
from ecomgen.scenes.studio.rendering.contact import ContactShadowProfile
from ecomgen.scenes.studio.rendering.render import render, share_of
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.subject import Subject
from ecomgen.scenes.studio.work import Work

MOST, WHOLE = 0.1, 0.2  # of the product's height: what may be covered over a column's lowest pixel, over the lowest
WIDE = 0.7  # of its width, that counts as the height of a lower one: its base goes back as far as others'
FADE = 0.03  # of its height, over which that ends
SEEN, FAINTEST = 0.12, 0.01  # of a pixel: what fills less has no colour of its own, does not count
LEAST = 0.5  # of a pixel of the product, that its stand-in fills
MOSTLY, SPREAD = 0.6, 1.2  # of a pixel: from where on its own light counts; pixels
SOFT = 0.7  # pixels over which a heap's edge is soft
ROOTS = 0.025  # of the product's height, that is dark between the roots of blades
BACK = 0.045  # units by which the stand-in is set back
BULGING, CLEAR = 0.15, 0.03  # units: how high that part is that may bulge over what lies close, how far it stays away
LEANING = 0.1  # units that it bulges at most: what is farther before the line is a handle or a spout
EASED = 0.6  # by how much the dark line under a product is lighter where blades rise as far as they may
BESIDE = 0.018  # units beside the product, over which what lies close against it has the light of what covers it
NONE = Message("{--settle} has no effect here: the product does not stand on ground that gives way")


@dataclass(frozen=True, kw_only=True, eq=False)
class Cover:
    """Over the whole picture: how much of each pixel of the product is covered, HxW in [0, 1], and the light there."""

    share: Values
    light: Values
    beside: Values | None = None  # the same outside of the product, HxW in [0, 1]: where the light is to be this one


def before_base(stage: Stage, shot: Shot, subject: Subject, share: float) -> DisplacedGround | None:
    """What of the stage's ground is raised round the product's base where it settles by that `share` of the most."""
    if subject.product is None or shot.frame.lying or share <= 0:
        return None
    parts = subject.parts or ((subject.product, subject.box),)
    meets = np.concatenate([line(product[..., 3], shot.frame) for product, _ in parts])
    load = deformation.Load(share=share, weight=subject.facts.weight)
    return deformation.before_base(shot, stage.things, meets, load)


def cover(stage: Stage, raised: DisplacedGround, frame: Frame, subject: Subject, work: Work) -> Cover | None:
    """What of the product stands behind what is `raised`, which is in the stage; None where there is no product."""
    if subject.product is None:
        return None
    allowed = _allowed(subject.product[..., 3] > 0)
    close = raised.along is not None
    rows, margin = np.flatnonzero(allowed.any(1)), round(4 * BESIDE / frame.unit) if close else 0
    strip = slice(max(int(rows[0]) - margin, 0), min(int(rows[-1]) + 1 + margin, frame.height))
    part = replace(frame, height=strip.stop - strip.start, ground_row=frame.ground_row - strip.start)
    behind = [_behind(thing, raised, frame) for thing in subject.stand_ins(frame)]
    ground, hidden = [thing for thing in stage.things if thing.ground], subject.hidden[strip]
    whole, left, seen = (
        share_of(behind, hiding, part, stage.aperture, work.quality.variant)
        for hiding in ([], raised.things, [*raised.things, *ground])
    )
    taken = np.where(hidden, np.clip(1 - left / np.maximum(whole, LEAST), 0, 1), 0)
    share, light = np.zeros(allowed.shape, np.float32), np.zeros((*allowed.shape, 3), np.float32)
    around, tick = dilated(hidden, margin), work.tick(1, 1)
    lit = render(stage, part, behind, work.quality, seed=work.seed, tick=tick, seen=around).light
    share[strip] = _closed(taken) if raised.heaped else _rooted(taken, hidden, ROOTS * subject.box.height)
    light[strip] = _full(lit, 1 - seen)
    share = np.where(subject.hidden, share, cv2.dilate(share, np.ones((5, 5)))) * allowed
    share = np.where(share < FAINTEST, 0, share)
    return Cover(share=share, light=light, beside=_beside(subject.hidden, share, frame) if close else None)


def _beside(hidden: NDArray[np.bool_], share: Values, frame: Frame) -> Values:
    """How near what is covered is to what is not hidden, HxW: 1 at its edge, 0 beyond what was rendered with it."""
    reach = BESIDE / frame.unit
    near = dilated(hidden & (share >= SEEN), max(round(reach), 1))
    soft = cv2.GaussianBlur(near.astype(np.float32), (0, 0), max(0.5 * reach, 0.5))
    return np.where(hidden, 0, np.clip(2 * soft - 0.3, 0, 1)).astype(np.float32)


def _closed(taken: Values) -> Values:
    """What a heap covers: all below its crest, and nothing so narrow that only the stand-in's own cells made it."""
    wide = cv2.morphologyEx(np.asarray(taken, np.float32), cv2.MORPH_OPEN, np.ones((3, 3)))
    beside = np.minimum(taken, cv2.dilate(wide, np.ones((5, 5))))
    return np.maximum.accumulate(cv2.GaussianBlur(np.asarray(beside, np.float32), (0, 0), SOFT), axis=0)


def _rooted(taken: Values, product: NDArray[np.bool_], high: float) -> Values:
    """What blades cover: where they stand, none of the last pixels, `high` at most, is seen between their roots."""
    own = lowest_of(product)[None, :]
    low = np.clip(1 - (own - np.arange(len(product))[:, None]) / max(high, 1), 0, 1)
    grown = np.clip(2 * cv2.GaussianBlur(np.asarray(taken, np.float32), (0, 0), max(high, 1)), 0, 1)
    return np.where(product, np.maximum(taken, low * grown), 0)


def _full(light: Values, filled: Values) -> Values:
    """The light of what fills only part of a pixel, as if it filled it: as it is round there, were it not all seen."""
    spread, over = (cv2.GaussianBlur(np.asarray(one, np.float32), (0, 0), SPREAD) for one in (light, filled))
    around = spread / np.maximum(over, SEEN)[..., None]
    own = np.clip((filled - MOSTLY) / (1 - MOSTLY), 0, 1)[..., None]
    return own * light / np.maximum(filled, MOSTLY)[..., None] + (1 - own) * around


def _behind(thing: Thing, raised: DisplacedGround, frame: Frame) -> Thing:
    """The stand-in, dark or in its own light where what is raised lies close against it, behind what is raised."""
    set_back = _set_back(thing, frame)
    if raised.along is None:
        return replace(set_back, material=Material((0, 0, 0)))
    return _without_bulge(set_back, raised.along, frame)


def _without_bulge(thing: Thing, line: Values, frame: Frame) -> Thing:
    """Its lowest part not before the `line` in which it meets the ground; it looks the same."""
    eye, points = np.array([0.0, frame.eye, frame.distance]), thing.shape.points.astype(np.float64)
    even = np.concatenate(runs(line))
    ends = even[:, 0].min(), even[:, 0].max()
    beyond = np.maximum(ends[0] - points[:, 0], points[:, 0] - ends[1])
    before = points[:, 2] - np.interp(points[:, 0], *even[np.argsort(even[:, 0])].T) + CLEAR
    near = np.clip(2 - before / LEANING, 0, 1) * np.clip(1 - beyond / LEANING, 0, 1)
    low = np.clip(2 - points[:, 1] / BULGING, 0, 1)
    share = np.clip(before, 0, None) * near * low / np.maximum(frame.distance - points[:, 2], 1e-6)
    return replace(thing, shape=thing.shape.through(eye + (points - eye) * (1 + share)[:, None]))


def _set_back(thing: Thing, frame: Frame) -> Thing:
    """Away from the camera along its rays: it looks the same; its bulge hides nothing of what is before its base."""
    eye = np.array([0.0, frame.eye, frame.distance])
    points = eye + (thing.shape.points - eye) * (1 + BACK / frame.distance)
    return replace(thing, shape=thing.shape.through(points))


def laid(
    light: Values, over: Cover, frame: Frame, subject: Subject, settle: float, profile: ContactShadowProfile
) -> Values:
    """The set's light with what covers the product, dark where they now meet, and grown behind what is still seen."""
    covered = subject.hidden & (over.share >= SEEN)
    whole, soft = np.where(covered[..., None], over.light, light), np.float32(1)
    if over.beside is None:
        soft -= np.float32(EASED * settle)
    else:
        whole = whole + over.beside[..., None] * (over.light - whole)
    dark = subject.behind_cover(over.share).touching(whole, frame, profile)
    rim = ~subject.hidden & (over.share >= SEEN)  # where the product's soft edge lets its stand-in shine through
    return grown_behind(whole + soft * (dark - whole), rim | (subject.hidden & ~covered))


def _allowed(product: NDArray[np.bool_]) -> Values:
    """Where the product (HxW) may be covered, HxW in [0, 1]: near each column's lowest pixel and the lowest of all."""
    rows = np.arange(product.shape[0])[:, None]
    there, wide = np.flatnonzero(product.any(1)), int(np.ptp(np.flatnonzero(product.any(0)))) + 1
    height, bottom = max(int(there[-1] - there[0] + 1), WIDE * wide), int(there[-1])
    own = lowest_of(product)[None, :]
    over = np.maximum((own - rows) / MOST, (bottom - rows) / WHOLE) / height
    return np.where(product, np.clip((1 - over) * MOST / FADE, 0, 1), 0)
