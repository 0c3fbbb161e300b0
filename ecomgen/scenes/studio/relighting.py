"""What the set's light makes of the product: gains for its own pixels, from a coarse shape and two lights.

    set ─▶ a white ball at the product's place ─▶ light on each normal ─┐
    photo ─▶ side, softness, warmth, level of its light ─▶ the same ────┼─▶ ratio ─▶ gains
    alpha ─▶ blown up ─▶ normals ───────────────────────────────────────┘

The ball is rendered with everything that lights the set: lamps, sky, neon, candles, and what ground and walls throw
back. Light on a matte surface is smooth in the surface's normal, so nine numbers a colour hold it (Ramamoorthi and
Hanrahan, "An efficient representation for irradiance environment maps", 2001). The gains are as coarse as the shape is:
detail, print and text are the photo's. No product is made brighter than white paper, and a white one stays white. Of
several products each has a ball of its own, and what the others leave of the light on it (`neighbours`) counts.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_linear
from ecomgen.scenes.studio import neighbours
from ecomgen.scenes.studio.estimation.photo_light import PhotoLight
from ecomgen.scenes.studio.primitives.shapes import ball
from ecomgen.scenes.studio.primitives.types import Material, Stage, Thing, Values
from ecomgen.scenes.studio.rendering import tone
from ecomgen.scenes.studio.rendering.proxy import inflated
from ecomgen.scenes.studio.rendering.render import Quality, light_on, resized, set_up
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.scenes.studio.stage.lights import kelvin
from ecomgen.scenes.studio.subject import Subject
from ecomgen.scenes.studio.work import Work
from ecomgen.types import Box, Pixels

BALL_SIDE = 144  # pixels of the picture's longer side in which the ball is rendered
BALL_SAMPLES = 48
BALL = 0.3  # its radius, of the product's smaller side
WHITE = 0.5  # its reflectance: the ground round it gets as much light back as from a usual product
CELLS = 96  # along the product's larger side, in which its shape is blown up
SMOOTH, TINTED = 0.05, 0.15  # of the product's larger side, over which the brightness and the tint are evened out
HUE = 0.65  # the share of the light's hue that is laid on: eye and camera adapt to the rest
STRONGEST = 1.7, 1.4  # what one channel may gain on another: on a colour, and on white, which stays known as white
GREY = (0.2, 0.45)  # of the brightest channel, by which the others fall short in what is near neutral and what is not
LEAST_TINT = 0.4  # of a colour, that the darkest shade keeps
PAPER = 0.9  # of full light: up to here a product is made brighter, and keeps what is drawn in its white
BRIGHT = 0.95  # what white paper is in a photo where it is lit best
STOPS = 1.5  # of those by which a dark or bright photo moves the set: so much less or more light it was taken in
FILL = (0.35, 0.75)  # the share of light that comes from everywhere, for the hardest and the softest light
KEY = (0.62, 0.55, 0.56)  # towards a photo's lamp, from a product: to the side, up, to the camera
DARKEST, BRIGHTEST = 0.25, 1.6  # gains
RISE = 0.7  # the share, in the logarithm, of what makes brighter: in linear light it errs more than what makes darker
SLANT = 0.8  # the share of what the set's light changes with the surface's slant: the blown-up shape is a guess
TYPICAL = 0.4  # reflectance for which the picture's tones are those of the product


def on_each(stage: Stage, frame: Frame, subject: Subject, exposure: float, work: Work) -> tuple[Values, ...]:
    """By what the pixels of each product are multiplied, RxCx3 over its own box, the main one first."""
    photo, tones = assumed(subject.facts.photographed or subject.facts.light), (stage.contrast, stage.saturation)
    light = partial(light_of, stage, frame, work)
    if not subject.parts:
        return tuple(gains(one, box, exposure * light(), photo, tones) for one, box in subject.each)
    each = zip(
        subject.parts,
        subject.stand_in_of_each(frame),
        neighbours.light_left(stage, frame, subject, work),
        strict=True,
    )
    return tuple(
        gains(product, box, exposure * light(thing), photo, tones, left) for (product, box), thing, left in each
    )


def light_of(stage: Stage, frame: Frame, work: Work, thing: Thing | None = None) -> Values:
    """The light that falls on each normal at the product's place, 9x3: `shading` reads it, 1 where white paper is 1.

    `thing` is the stand-in of the one that is meant, where there are several.
    """
    small = resized(frame, BALL_SIDE)
    centre, radius = _ball(frame) if thing is None else _ball_in(thing, lying=frame.lying)
    inside, normals = _seen_normals(small, centre, radius)
    white = Material((WHITE, WHITE, WHITE))
    thing = Thing(ball(radius).moved(centre[0], centre[1] - radius, centre[2]), white)
    quality = Quality(variant=work.quality.variant, samples_per_pixel=BALL_SAMPLES, max_depth=5, denoise=False)
    job = set_up(replace(stage, aperture=0.0), small, [thing], quality, work.seed)
    light = light_on(inside, job, work.tick(1, 1))
    return fitted(normals[inside], light / WHITE)


def gains(
    product: Pixels,
    box: Box,
    of_set: Values,
    of_photo: Values,
    tones: tuple[float, float] = (1.0, 1.0),
    left: Values | None = None,
) -> Values:
    """By what the product's pixels are multiplied, RxCx3 over its `box`; `product` is HxWx4.

    Args:
        of_set, of_photo: the light on each normal, exposed, as `light_of` and `assumed` give it.
        tones: contrast and saturation of the picture, which the product takes on as well.
        left: what other products leave of the set's light, HxWx3 over the picture, of any resolution.
    """
    step = max(box.longest / CELLS, 1.0)
    size = max(round(box.width / step), 4), max(round(box.height / step), 4)
    alpha = cv2.resize(product[box.slices][..., 3], size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    normals = _normals(alpha > 0.5)
    light = shading(normals, of_set * np.array([1] + 8 * [SLANT])[:, None])
    if left is not None:
        whole = cv2.resize(left, (product.shape[1], product.shape[0]), interpolation=cv2.INTER_LINEAR)
        light = light * cv2.resize(whole[box.slices], size, interpolation=cv2.INTER_AREA)
    found = _toned(light, tones) / np.maximum(shading(normals, of_photo), 0.05)
    own = to_linear(cv2.resize(product[box.slices][..., :3], size, interpolation=cv2.INTER_AREA))
    return _held(found, alpha, own * (alpha > 0.5)[..., None], of_photo[0]).astype(np.float32)


def assumed(light: PhotoLight) -> Values:
    """The light of the product's photo, as far as it was read from it: 9x3."""
    normals = _all_around()
    side = light.side
    key = np.array([KEY[0] * side, KEY[1], KEY[2]])
    key /= np.linalg.norm(key)
    fill = FILL[0] + (FILL[1] - FILL[0]) * light.softness
    around = 0.75 + 0.25 * normals[:, 1]
    total = fill * around + (1 - fill) * np.clip(normals @ key, 0, None)
    colour = np.array(kelvin(light.kelvin))
    level = BRIGHT * 2 ** (STOPS * light.level)
    return fitted(normals, level * (total / total.max())[:, None] * colour)


def shading(normals: Values, light: Values) -> Values:
    """The light on surfaces of these normals, ...x3."""
    return np.maximum(_basis(normals) @ light, 0.004)


def fitted(normals: Values, values: Values) -> Values:
    """The nine numbers, 9x3, that give `values` (Nx3) at `normals` (Nx3) best; higher ones are held small."""
    basis = _basis(normals)
    weight = np.diag([0.0] + 3 * [0.002] + 5 * [0.01]) * len(normals)
    return np.linalg.solve(basis.T @ basis + weight, basis.T @ values)


def _basis(normals: Values) -> Values:
    x, y, z = np.moveaxis(normals, -1, 0)
    return np.stack([np.ones_like(x), x, y, z, x * y, y * z, x * z, 1.5 * z * z - 0.5, x * x - y * y], -1)


def _all_around() -> Values:
    """Normals that face the camera, evenly spread, Nx3."""
    count = np.arange(400)
    z = (count + 0.5) / 400
    turn, flat = count * np.pi * (3 - np.sqrt(5)), np.sqrt(1 - z * z)
    return np.stack([flat * np.cos(turn), flat * np.sin(turn), z], -1)


def _toned(light: Values, tones: tuple[float, float]) -> Values:
    """What the picture's tones make of a usual surface in this light, as a factor of its reflectance."""
    contrast, saturation = tones
    return tone.graded(TYPICAL * light, contrast=contrast, saturation=saturation) / TYPICAL


def _normals(inside: NDArray[np.bool_]) -> Values:
    """Normals of the blown-up outline, RxCx3: x to the right, y up, z to the camera; what it stands on cuts it off."""
    rows = inside.shape[0]
    room = 2
    padded = np.pad(inside, room)
    padded = np.pad(padded, ((0, rows // 3), (0, 0)))
    feet = inside[-max(rows // 30, 1) :].any(0)
    padded[room + rows // 2 :, room:-room] |= feet & (np.cumsum(padded[room + rows // 2 :, room:-room], 0) > 0)
    padded[[0, -1]] = False
    body = cv2.GaussianBlur(inflated(padded, 1.0).astype(np.float32), (0, 0), 1.5)
    down, across = np.gradient(body)
    found = np.stack([-across / 2, down / 2, np.sqrt(np.maximum(body, 0.25))], -1)
    found /= np.linalg.norm(found, axis=-1, keepdims=True)
    return found[room : room + rows, room:-room]


def _held(found: Values, alpha: Values, own: Values, photo: Values) -> Values:
    """Gains, RxCx3, evened out and within their limits, for a product of the colours `own` in a `photo`'s light.

    Held channel by channel, a strong lamp would change its hue from where it shines to where it hardly does: it is
    brightness that is held, and the tint is a share of that of the light around.
    """
    bright = found @ tone.LUMA
    tint = (_even(found, alpha, TINTED) / _even(bright[..., None], alpha, TINTED)) ** HUE
    tint = _recognised(tint, _even(_greyness(own / photo)[..., None], alpha, TINTED))
    level = np.log(np.clip(bright, DARKEST / 2, 2 * BRIGHTEST))[..., None]
    even = _even(level, alpha, SMOOTH)
    held = np.clip(np.exp(np.where(even > 0, RISE * even, even)), DARKEST, BRIGHTEST) * tint
    brightest = held.max(-1, keepdims=True)
    return np.maximum(held * np.minimum(_room(own, alpha) / brightest, 1), DARKEST * np.clip(tint, LEAST_TINT, 1))


def _recognised(tint: Values, grey: Values) -> Values:
    """The tint, RxCx3, as far as a product stays known whose share of white and `grey` is that, RxCx1."""
    hue = np.log(tint)
    colourful, neutral = np.log(STRONGEST)
    most = colourful + (neutral - colourful) * grey
    return np.exp(hue * np.minimum(most / np.maximum(np.ptp(hue, axis=-1, keepdims=True), 1e-6), 1))


def _greyness(reflected: Values) -> Values:
    """By which share surfaces, ...x3, are near neutral and not dark, 0 to 1."""
    most, least = reflected.max(-1), reflected.min(-1)
    short = 1 - least / np.maximum(most, 1e-6)
    return np.clip((GREY[1] - short) / (GREY[1] - GREY[0]), 0, 1) * np.clip(most / WHITE, 0, 1)


def _room(own: Values, alpha: Values) -> Values:
    """The highest gains, RxCx1, with which the brightest near by, of the colours `own`, stay as white as paper."""
    reach = max(round(SMOOTH * max(alpha.shape)), 1)
    brightest = cv2.dilate(own.max(-1).astype(np.float32), np.ones((2 * reach + 1,) * 2, np.uint8))
    return np.exp(_even(np.log(np.clip(PAPER / np.maximum(brightest, 1e-3), 1, BRIGHTEST))[..., None], alpha, SMOOTH))


def _even(found: Values, alpha: Values, reach: float) -> Values:
    """Evened out over the product, RxCxN, and grown beyond its edge."""
    sigma = reach * max(alpha.shape)
    weight = (alpha + 1e-4).astype(np.float32)[..., None]
    spread, around = (cv2.GaussianBlur(each, (0, 0), sigma) for each in (found.astype(np.float32) * weight, weight))
    return np.asarray(spread.reshape(found.shape) / around[..., None], np.float32)


def _ball(frame: Frame) -> tuple[tuple[float, float, float], float]:
    """Where it is, and its radius: in the middle of the product's front half."""
    radius = BALL * min(frame.product_width, frame.product_height)
    depth = radius if frame.lying else -radius
    return (frame.product_x, 0.5 * frame.product_height, depth), radius


def _ball_in(thing: Thing, *, lying: bool) -> tuple[tuple[float, float, float], float]:
    """The same for one of several products, wherever it stands: by its stand-in."""
    low, high = thing.shape.points.min(0), thing.shape.points.max(0)
    radius = BALL * float(min(high[:2] - low[:2]))
    x, y = (low[:2] + high[:2]) / 2
    return (float(x), float(y), float(low[2] + radius if lying else high[2] - radius)), radius


def _seen_normals(frame: Frame, centre: tuple[float, float, float], radius: float) -> tuple[NDArray[np.bool_], Values]:
    """Where the ball is in the picture, HxW, and its normals there, HxWx3: by the camera's rays."""
    eye = np.array([0.0, frame.eye, frame.distance])
    x, y = frame.places()
    rays = np.stack(np.broadcast_arrays(x, y, 0.0), -1) - eye
    rays /= np.linalg.norm(rays, axis=-1, keepdims=True)
    away = eye - np.array(centre)
    half = rays @ away
    under = half**2 - (away @ away - radius**2)
    hits = eye + rays * (-half - np.sqrt(np.maximum(under, 0)))[..., None]
    normals = (hits - np.array(centre)) / radius
    return (under > 0) & (normals[..., 2] > 0.08), normals
