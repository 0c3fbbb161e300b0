"""A view between rendered ones: each of its pixels is looked up where they show the same point of the set.

Depth is rendered for every view, so nothing is guessed but what no view shows (McMillan and Bishop, "Plenoptic
modeling", 1995; Buehler et al., "Unstructured lumigraph rendering", 2001). A pixel counts where the way there and back
ends where it began; the nearer view counts more.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ecomgen.morphology import disc
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.scenes.studio.rendering.mitsuba_scene import axis
from ecomgen.scenes.studio.stage.frame import Frame

MISSED = 1.0  # pixels by which the way back may miss
RIM = 0.008  # of the picture's width: how far what is out of focus spreads over what is behind it
REACH, TURNS = 5, 4  # pixels within which the nearest place is tried first; how often a place is looked up
UNSEEN = 1e-3  # the weight of a view that does not show the point, where no other does either


@dataclass(frozen=True, kw_only=True, eq=False)
class Eye:
    """A camera: its frame, and the column and row at which it looks."""

    frame: Frame
    column: float
    row: float

    @classmethod
    def of(cls, frame: Frame, rest: Frame) -> Eye:
        """As a moving camera sees it that starts as `rest` is rendered, to a part of a pixel."""
        column, row = axis(rest)
        away = frame.across / frame.unit - rest.across / rest.unit
        return cls(frame=frame, column=column + away, row=row + _horizon(frame) - _horizon(rest))

    @classmethod
    def rendered(cls, frame: Frame) -> Eye:
        column, row = axis(frame)
        return cls(frame=frame, column=column, row=row)

    def to(self, other: Eye, columns: Values, rows: Values, near: Values) -> tuple[Values, Values]:
        """Where points lie in `other`'s picture that lie at `columns` and `rows` of this one, as `near` as they are."""
        here, there = self.frame, other.frame
        x, y = ((columns + 0.5 - self.column) * here.unit, (rows + 0.5 - self.row) * here.unit)
        farther = there.distance / (1 + near * (there.distance - here.distance))
        u = (x / here.distance + (here.across - there.across) * near) * farther
        v = y / here.distance * farther
        return u / there.unit + other.column - 0.5, v / there.unit + other.row - 0.5


def _horizon(frame: Frame) -> float:
    return frame.ground_row - frame.eye / frame.unit


@dataclass(frozen=True, kw_only=True, eq=False)
class RenderedView:
    """A rendered picture: its `light` HxWx3 without the product, how near the set is (HxW), what the product hid."""

    eye: Eye
    light: Values
    near: Values
    hidden: Values  # HxW, 1 where the light was filled in

    def shown(self, eye: Eye, near: Values) -> tuple[Values, Values]:
        """This picture's light as another eye sees it, to which the set is as `near`, and how surely it does, HxW."""
        rows, columns = np.mgrid[0 : near.shape[0], 0 : near.shape[1]].astype(np.float32)
        x, y = (np.asarray(one, np.float32) for one in eye.to(self.eye, columns, rows, near))
        known = np.dstack([self.near, self.hidden])
        found = np.asarray(cv2.remap(known, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)
        back = self.eye.to(eye, x, y, found[..., 0])
        missed = np.hypot(back[0] - columns, back[1] - rows) / MISSED
        sure = np.exp(-(missed**2)) * (1 - found[..., 1])
        light = cv2.remap(self.light, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        soft = cv2.GaussianBlur(np.asarray(sure, np.float32), (0, 0), 1.0)
        return np.maximum(light, 0), np.asarray(soft, np.float32)


def between(first: RenderedView, second: RenderedView, share: float, eye: Eye, near: Values) -> Values:
    """The light (HxWx3) that `eye` sees, `share` of the way from the first view to the second."""
    if share in (0.0, 1.0):
        view = second if share else first
        return view.shown(eye, near)[0] if eye != view.eye else view.light
    (light, sure), (other, surer) = (view.shown(eye, near) for view in (first, second))
    weight = (1 - share) * (sure + UNSEEN), share * (surer + UNSEEN)
    part = (weight[1] / (weight[0] + weight[1]))[..., None]
    return light + part * (other - light)


def rimmed(near: Values, least: float) -> Values:
    """How `near` the set is, HxW, where the soft rim of a nearer thing counts as that thing: what moves with it.

    Only what is nearer by more than `least` has a rim, or slopes would come nearer, too.
    """
    even = cv2.medianBlur(np.asarray(near, np.float32), 5)  # of few samples
    reach = max(round(RIM * near.shape[1]), 1)
    grown = cv2.dilate(even, disc(reach))
    near = even + np.maximum(grown - even - np.float32(least), 0)
    return np.asarray(cv2.GaussianBlur(near, (0, 0), (2 * reach + 1) / 6), np.float32)


def carried(near: Values, drawn: Eye, eye: Eye) -> Values:
    """How near the set is to an eye, HxW, from how `near` it is to one close by (Bowles et al., "Iterative image
    warping", 2012): where two places fall together, the nearer one is seen."""
    rows, columns = np.mgrid[0 : near.shape[0], 0 : near.shape[1]].astype(np.float32)
    found, away = cv2.dilate(near, np.ones((REACH, REACH))), eye.frame.distance - drawn.frame.distance
    for _ in range(TURNS):
        own = found / (1 + found * away)  # as near as it is to this eye
        x, y = (np.asarray(one, np.float32) for one in eye.to(drawn, columns, rows, own))
        found = np.asarray(cv2.remap(near, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
    return found / (1 + found * away)
