"""Asks the small network that answers clicks: draws a mask and clicks as planes, and keeps what is seen in a photo.

It was trained on its own answers to simulated clicks (Sofiiuk et al., arXiv 2102.06583).
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from torch import Tensor

from ecomgen import models
from ecomgen.color import to_lab
from ecomgen.masking.cache import held, key_of
from ecomgen.masking.network.inference import as_planes, draw_box, exposed, load, shape_of, sized
from ecomgen.masking.network.mask_decoder import Features, MaskDecoder, features_of, odds_of
from ecomgen.masking.refinement import resized
from ecomgen.morphology import depth
from ecomgen.types import BoolMask, Box, Matte, Pixels, Point

KIND = "clicks"
SIDE = 256  # pixels of the longer side, as the network sees a photo

PLANES = (
    "red", "green", "blue", "mask", "box", "good", "bad", "last", "good_far", "bad_far", "near", "signed", "colour",
    "side",
)  # fmt: skip
EXAMPLES = 5  # the last click, all good ones, all bad ones, the mask, the rest

RADIUS = 3.0  # pixels of a click's disc
FAR = 0.25  # of the longer side: a distance that is long
NEAREST = 2.0  # pixels: the least depth of a click
DEEPEST = 2.0  # in units of the click's depth
LIGHTNESS = 0.7  # lightness counts less than hue: shading is not a change of material
SAME = 8.0  # CIELAB units, within which two colours are one
COLOUR, MOST_COLOURS = 12.0, 5.0  # CIELAB units, and how many of them are told apart


def answer(names: tuple[str, str], photo: Pixels, mask: BoolMask, points: Sequence[Point], box: Box | None) -> Matte:
    """The log-odds, HxW, that each pixel is product: the mean of what is seen as it is, and in a mirror.

    Args:
        names: of the cut-out network's weights, and of those of the one that answers clicks.
        photo: uint8 HxWx3.
        mask: bool HxW, as it was before the last click.
        points: clicks in the photo, in the order in which they were made; there may be none.
        box: the one that was drawn.
    """
    shape = shape_of(Box(0, 0, photo.shape[1], photo.shape[0]), SIDE)
    small = sized(exposed(photo), shape)
    scale = shape[1] / photo.shape[1], shape[0] / photo.shape[0]
    seen, colours = held(
        key_of("seen", models.used(names[0]), small), lambda: (features_of(names[0], small), smoothed(small)), _size
    )
    planes = planes_of(
        small, colours, resized(mask, shape), [point.scaled(*scale) for point in points], box and box.scaled(*scale)
    )
    odds = odds_of(load(names[1], ClickNetwork), seen, planes)
    return np.asarray(cv2.resize(odds, photo.shape[1::-1], interpolation=cv2.INTER_LINEAR), dtype=np.float32)


class ClickNetwork(MaskDecoder):
    """What is seen in a photo, and planes NxPxHxW as `PLANES` names them, to log-odds Nx1xHxW."""

    def __init__(self) -> None:
        super().__init__(len(PLANES), EXAMPLES)

    def examples(self, planes: Tensor) -> Tensor:
        one = {name: planes[:, number : number + 1] for number, name in enumerate(PLANES)}
        return torch.cat([one["last"].abs(), one["good"], one["bad"], one["mask"], 1 - one["mask"]], 1)


def _size(kept: tuple[Features, Matte]) -> int:
    return sum(level.nbytes for level in kept[0]) + kept[1].nbytes


def smoothed(photo: Pixels) -> Matte:
    """CIELAB of the smoothed photo, float32 HxWx3, in which lightness counts for less."""
    smooth = np.asarray(cv2.bilateralFilter(photo, 5, 25, 5), dtype=np.uint8)
    return (to_lab(smooth) * np.array((LIGHTNESS, 1, 1))).astype(np.float32)


def planes_of(photo: Pixels, colours: Matte, mask: BoolMask, points: Sequence[Point], box: Box | None) -> Matte:
    """All planes, float32 PxHxW, in the order of `PLANES`, of what `answer` takes, and the photo `smoothed`."""
    good, bad = (nearest([point for point in points if point.inside == side], mask.shape) for side in (True, False))
    nothing = np.zeros(mask.shape, np.float32)
    far = FAR * max(mask.shape)
    disc, *rest = _of_the_last(colours, mask, points)
    return np.stack(
        [
            *as_planes(photo),
            mask.astype(np.float32),
            draw_box(box, mask.shape) if box else nothing,
            (good <= RADIUS).astype(np.float32),
            (bad <= RADIUS).astype(np.float32),
            disc,
            np.tanh(good / far),
            np.tanh(bad / far),
            *rest,
        ]
    )


def _of_the_last(colours: Matte, mask: BoolMask, points: Sequence[Point]) -> list[Matte]:
    """Of the last click: its disc, how near, how deep and how alike in colour every pixel is, and its side."""
    if not points:
        return [np.zeros(mask.shape, np.float32)] * 5
    last, side = points[-1], np.float32(1 if points[-1].inside else -1)
    deep, signed = depths(mask, last)
    away = nearest([last], mask.shape)
    unlike = np.minimum(_unlike(colours, last) / COLOUR, MOST_COLOURS) / MOST_COLOURS
    return [
        side * (away <= RADIUS),
        side * np.exp(-away / deep),
        side * np.clip(signed / deep, -DEEPEST, DEEPEST),
        1 - unlike.astype(np.float32),
        np.full(mask.shape, side, np.float32),
    ]


def _unlike(colours: Matte, point: Point) -> Matte:
    """How far every pixel's colour is from that around a click, in CIELAB units."""
    own = colours[nearest([point], colours.shape[:2]) <= RADIUS].mean(axis=0)
    return np.linalg.norm(colours - own, axis=2).astype(np.float32)


def likeness(colours: Matte, point: Point) -> Matte:
    """1 where a `smoothed` photo has the colour that was clicked, falling to 0 where it has another, HxW."""
    return np.exp(-np.square(_unlike(colours, point) / SAME))


def depths(mask: BoolMask, point: Point) -> tuple[float, Matte]:
    """How deep the click lies on its wrong side, and how deep every pixel does, negative on the right side.

    The picture's frame is no edge.
    """
    wrong = mask != point.inside
    if wrong.all() or not wrong.any():
        deep = float(max(mask.shape)) / 4
        return deep, np.full(mask.shape, deep if wrong.any() else -deep, np.float32)
    inner, outer = depth(wrong), depth(~wrong)
    return max(NEAREST, float(inner[point.y, point.x])), inner - outer


def nearest(points: Sequence[Point], shape: tuple[int, ...]) -> Matte:
    """The distance of every pixel from the nearest of some points; infinite where there is none."""
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    every = [np.hypot(columns - np.float32(point.x), rows - np.float32(point.y)) for point in points]
    return np.asarray(np.min(every, axis=0) if every else np.full(shape[:2], np.inf), dtype=np.float32)
