"""The light in which the product was photographed: its side, how soft it is, how warm, and how bright the photo is."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from ecomgen.color import LUMA, to_linear
from ecomgen.scenes.studio.estimation.resampling import by_product, smooth_tone
from ecomgen.scenes.studio.primitives.palette import to_oklab
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.scenes.studio.stage.lights import kelvin
from ecomgen.types import BoolMask, Box, Pixels, View

UNDECIDED = 0.5
DAYLIGHT = 5600.0  # kelvin, at which white is white
WARMEST, COOLEST = 4400.0, 7200.0  # beyond, a cast is the thing's own colour rather than the light's
NEUTRAL_CHROMA = 0.045  # Oklab
ENOUGH = 0.02  # of the pixels must be near neutral to tell the light's colour
BRIGHT = 0.7  # the luminance of a well-exposed photo's bright parts
STOPS = 0.35  # a photo's exposure moves that of the set by at most this
SIDE = 256  # pixels of the product's larger side at which shadows are read
DEEP = 0.35  # of log luminance: a shadow that is worth the name
LIT = 0.25  # of log luminance: by which the ground on the lit side is lighter
HARD_EDGE, SOFT_EDGE = 0.03, 0.16  # of the product's larger side: the width of a sun's and of a window's shadow edge


class PhotoLight(NamedTuple):
    """`side` is -1 where the key comes from the left, 1 from the right, 0 undecided; `softness` 0 is a bare sun, 1 a
    clouded sky, 0.5 undecided; `level` is in stops."""

    side: float = 0.0
    softness: float = UNDECIDED
    kelvin: float = DAYLIGHT
    level: float = 0.0


def photo_light(crop: Pixels, view: View | None) -> PhotoLight:
    """Read a placed product (HxWx4), and where there is one the photo it was cut from."""
    opaque = crop[..., 3] > 200
    if opaque.sum() < 64:
        return PhotoLight()
    colours = _sampled(crop[..., :3][opaque])
    scene = colours if view is None else _sampled(view.pixels.reshape(-1, 3))
    return PhotoLight(
        side=key_side(crop) or (0.0 if view is None else lit_side(view.pixels, view.mask)),
        softness=UNDECIDED if view is None else round(softness(view.pixels, view.mask), 2),
        kelvin=round(_temperature(colours, scene), -1),
        level=0.0 if view is None else round(_level(scene), 2),
    )


def key_side(crop: Pixels) -> float:
    """Where the photo's key light came from, by the slope of lightness across the product; 0 where it is slight."""
    opaque = crop[..., 3] > 200
    if opaque.sum() < 64:
        return 0.0
    luma = crop[..., :3] @ LUMA
    rows, columns = np.nonzero(opaque)
    step = max(1, len(rows) // 40_000)
    rows, columns = rows[::step], columns[::step]
    x = (columns - columns.mean()) / max(float(columns.std()), 1.0)
    values = luma[rows, columns]
    slope = float((x * (values - values.mean())).mean())
    return float(np.sign(slope)) if abs(slope) > 0.12 * float(values.std()) + 1.5 else 0.0


def _sampled(colours: Pixels) -> Values:
    """At most 40 000 colours, linear."""
    return to_linear(colours[:: max(1, len(colours) // 40_000)])


def _temperature(product: Values, scene: Values) -> float:
    """The black body whose light makes greys look as the near-neutral pixels do; daylight where there are few.

    The product's own greys count more than those of its surroundings, since they are what the set is compared with.
    """
    casts = [cast for cast in (_cast(product), _cast(scene)) if cast is not None]
    if not casts:
        return DAYLIGHT
    wanted = np.average(casts, axis=0, weights=[2, 1][-len(casts) :] if len(casts) == 2 else None)
    return _body(wanted)


def _body(cast: Values) -> float:
    """The black body whose light looks most like the cast."""
    bodies = np.arange(WARMEST, COOLEST + 1, 50)
    tints = np.array([to_oklab(0.5 * np.array(kelvin(float(body))))[1:] for body in bodies])
    return float(bodies[np.argmin(np.linalg.norm(tints - cast, axis=1))])


def colour_temperature(colours: Values) -> float:
    """Of the light on linear colours, Nx3, by those of them that are near neutral; daylight where there are few."""
    cast = _cast(colours)
    return DAYLIGHT if cast is None else _body(cast)


def _cast(colours: Values) -> Values | None:
    """The mean colour (Oklab a, b) of what is near neutral and neither black nor burnt out."""
    lab = to_oklab(colours)
    grey = (np.hypot(lab[:, 1], lab[:, 2]) < NEUTRAL_CHROMA) & (lab[:, 0] > 0.35) & (lab[:, 0] < 0.97)
    if grey.mean() < ENOUGH:
        return None
    return lab[grey, 1:].mean(0)


def _level(scene: Values) -> float:
    """By how many stops the set should be darker or brighter, for a photo that is dark or bright."""
    bright = float(np.quantile(scene @ LUMA, 0.96))
    return float(np.clip(0.4 * np.log2(max(bright, 0.02) / BRIGHT), -STOPS, 0.5 * STOPS))


def softness(pixels: Pixels, mask: BoolMask) -> float:
    """How soft the shadow is that the product (`mask`, HxW) throws on the ground beside it, 0 hard to 1 soft.

    By the width of its edge; 0.5 where the ground in the photo (HxWx3) shows nothing of it.
    """
    if np.count_nonzero(mask) < 64:
        return UNDECIDED
    tone, inside, foot = _surroundings(pixels, mask)
    around = _grown(inside, SIDE, SIDE // 2) & ~_grown(inside, SIDE // 6, SIDE // 6)
    around[: max(0, foot - SIDE // 4)] = False
    return _edge_softness(tone, around)


def lit_side(pixels: Pixels, mask: BoolMask) -> float:
    """Where the light comes from by the ground beside the product (`mask`, HxW), darker where its shadow falls.

    -1 left, 1 right, 0 where both sides are about alike or one is not in the photo (HxWx3).
    """
    if np.count_nonzero(mask) < 64:
        return 0.0
    tone, inside, foot = _surroundings(pixels, mask)
    beside = _grown(inside, SIDE // 2, 1) & ~_grown(inside, SIDE // 24, SIDE // 24)
    beside[: max(0, foot - SIDE // 3)] = beside[foot + SIDE // 6 :] = False
    middle = round(float(np.nonzero(inside)[1].mean()))
    left, right = tone[:, :middle][beside[:, :middle]], tone[:, middle:][beside[:, middle:]]
    if min(left.size, right.size) < 400:
        return 0.0
    difference = float(right.mean() - left.mean())
    return float(np.sign(difference)) if abs(difference) > LIT else 0.0


def _surroundings(pixels: Pixels, mask: BoolMask) -> tuple[Values, BoolMask, int]:
    """On a copy where the product's larger side is `SIDE`: log luminance, where the product is, its lowest row."""
    small, inside, scale = by_product(pixels, mask, SIDE, 8)
    return smooth_tone(small, 0.01), inside, int(Box.of(mask).y1 * scale)


def _grown(inside: BoolMask, across: int, down: int) -> BoolMask:
    """Grown by a rectangle of so many pixels."""
    return cv2.dilate(inside.astype(np.uint8), np.ones((down, across), np.uint8)) > 0


def _edge_softness(tone: Values, ground: BoolMask) -> float:
    """How softly log luminance falls from lit ground into shadow, at `SIDE` pixels a product; 0.5 where none is."""
    if ground.sum() < 400:
        return UNDECIDED
    lit, dark = np.quantile(tone[ground], [0.7, 0.06])
    depth = float(lit - dark)
    if depth < DEEP or float(np.quantile(tone[ground], 0.9) - lit) > 0.5 * depth:
        return UNDECIDED
    halfway = ground & (np.abs(tone - (lit - 0.5 * depth)) < 0.15 * depth)
    if halfway.sum() < 30:
        return UNDECIDED
    slope = np.hypot(cv2.Sobel(tone, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(tone, cv2.CV_32F, 0, 1) / 8)
    width = depth / max(float(np.median(slope[halfway])), 1e-4) / SIDE
    return float(np.clip((width - HARD_EDGE) / (SOFT_EDGE - HARD_EDGE), 0, 1))
