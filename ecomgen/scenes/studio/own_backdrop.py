"""The product in a photo of the user's: its shadow is rendered, as the share of light that it takes away, and what
glossy ground mirrors of it.

The ground is a plane under the lights that were read from the photo. It is rendered with the product's stand-in and
without, and what the photo shows is multiplied by the ratio in linear light, so that texture, blur and grain stay the
photo's. Light that the ground mirrors knows no shadow; where the product is mirrored, it takes the place of what was,
as far as the material goes that it stands on. Both are as blurred as the ground is that they lie on. Where neither
shadow nor reflection falls, not a bit changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.messages import Message
from ecomgen.scenes.studio import white_background
from ecomgen.scenes.studio.estimation import backdrop_focus, material_underfoot
from ecomgen.scenes.studio.estimation.backdrop_photo import LOWEST, UNSURE, BackdropPhoto
from ecomgen.scenes.studio.estimation.resampling import squeezed
from ecomgen.scenes.studio.mirroring import Mirrored, blurred, mirrored
from ecomgen.scenes.studio.picture import enlarged, finished
from ecomgen.scenes.studio.primitives.noise import generator_for
from ecomgen.scenes.studio.primitives.types import Dome, Stage, Sun, Values, triple
from ecomgen.scenes.studio.relighting import on_each
from ecomgen.scenes.studio.rendering.tone import LUMA
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.frame import Frame, frame_from
from ecomgen.scenes.studio.subject import Subject
from ecomgen.scenes.studio.work import Work
from ecomgen.types import Pixels, Scene, drafts_wanted

AZIMUTHS = {"left": -80.0, "right": 80.0, "front": 15.0, "back": 150.0}
SWAY, HIGHER = 12.0, 6.0  # degrees to the side and in height by which pictures of one run differ
BEHIND = 165.0  # degrees, where the light's side is a guess
OVERHEAD = 2.5  # how much brighter the sky is above than at the horizon (the CIE's overcast sky: 3)
DEEPER = ((0.018, 0.75), (0.05, 0.5), (0.12, 0.35))  # a photo's grain hides a contact that a clean set would show
FARTHEST = 3.0  # units from the product's foot over which its shadow fades away
DARKEST, THICKEST = 0.002, 0.12  # of the photo's pixels, by which it is told how dark it gets; of the ground's light
MIRRORED = 0.5  # of the light that comes from the ground, at most: the rest shows what it is made of, and the shadow
REFLECTANCE = (0.05, 0.85)  # of the ground
APART = 17.0  # degrees between the elevations of two cameras as they are read, which is less than they are apart


@dataclass(frozen=True, kw_only=True)
class _Key:
    """The main lamp: its `height` and how `wide` it is in degrees, and its `share` of the light. How soft a place's
    light is cannot be read from its photo."""

    height: float
    wide: float
    share: float


FROM_A_SIDE = _Key(height=40.0, wide=9.8, share=0.775)
FROM_ABOVE = _Key(height=67.0, wide=16.3, share=0.74)
"""The light where its side is a guess: soft, from above and a little behind, so that its shadow lies close before the
foot, on no wrong side."""


def scene(subject: Subject, backdrop: Pixels, photo: BackdropPhoto, light_from: str | None, work: Work) -> Scene:
    """`backdrop` (HxWx3, of the canvas) with the product's shadow and reflection; elsewhere it is so, bit by bit.

    Raises:
        Cancelled: the work's report raised it.
    """
    lit = squeezed(backdrop, (subject.width, subject.height))
    if drafts_wanted(work.report):
        work.drafted(subject.over(lit))
    rng = generator_for("own backdrop", work.seed)
    frame = frame_of(subject, photo)
    colour = _ground_colour(lit, subject, frame)
    stage, veil = _stage(frame, photo, light_from, colour, rng), _veil(lit, colour)
    blurs = backdrop_focus.bands(backdrop)
    shadow = white_background.strengthened(_taken(stage, frame, subject, work), work.quality.shadow_strength)
    fade, size = _fade(frame, photo), (backdrop.shape[1], backdrop.shape[0])
    blur = _blur_underfoot(blurs, subject, size)
    taken, gloss = enlarged(blurred(shadow, blur) * fade, size), work.quality.ground_gloss
    seen = _mirrored(stage, lit, frame, subject, work).blurred(blur).faded(fade).resized(size) if gloss else None
    pixels = darkened(backdrop, taken, veil) if seen is None else _glossy(backdrop, taken, veil, seen, photo)
    notes = (*_read_of_it(subject, photo, light_from), *_unlike(subject, blurs, photo), *subject.enlarging(size))
    made = finished(pixels, work, notes)
    if not work.quality.relight:
        return made
    lit_by = _from_before(stage) if _untold(photo, light_from) else stage
    return replace(made, gains=on_each(lit_by, frame, subject, 1 / stage.brightness(), work))


def _untold(photo: BackdropPhoto, light_from: str | None) -> bool:
    """Whether nobody says where the light comes from."""
    return photo.azimuth is None and not light_from


def _from_before(stage: Stage) -> Stage:
    """The stage with its sun before the product, whose front one behind it would leave dark."""
    (sun,) = (lamp for lamp in stage.lamps if isinstance(lamp, Sun))
    return replace(stage, lamps=(replace(sun, towards=(*sun.towards[:2], abs(sun.towards[2]))),))


def _mirrored(stage: Stage, lit: Pixels, frame: Frame, subject: Subject, work: Work) -> Mirrored:
    """The product in the ground, as far as what it stands on goes in the photo `lit`, HxWx3."""
    seen = mirrored(stage.things[0].shape, frame, subject, work.quality.ground_gloss, work)
    ground = material_underfoot.share(lit, [product[..., 3] for product, _ in subject.each], frame)
    return replace(seen, strength=seen.strength * ground[..., 0])


def _blur_underfoot(blurs: Values, subject: Subject, size: tuple[int, int]) -> float:
    """How blurred the ground is on which the product stands, in pixels of what is rendered; 0 where it is in focus."""
    blur = backdrop_focus.at(blurs, subject.facts.standing.ground)
    if blur <= backdrop_focus.SHARP:
        return 0.0
    return blur * max(subject.width, subject.height) / min(backdrop_focus.SIDE, max(size))


def _read_of_it(subject: Subject, photo: BackdropPhoto, light_from: str | None) -> Iterator[Message]:
    """What was guessed, and what corrects it."""
    elevation, spread = subject.facts.elevation, subject.facts.spread
    if spread > UNSURE:
        yield Message(
            "The backdrop hardly shows from how high it was photographed, about {elevation:.0f}° above is a guess: "
            "check it with {--camera-elevation}.",
            elevation=elevation,
        )
    elif spread:
        yield Message(
            "The backdrop seems to be seen from {elevation:.0f}° above: where the product seems to slide, "
            "{--camera-elevation} corrects it.",
            elevation=elevation,
        )
    if _untold(photo, light_from):
        yield Message(
            "The backdrop hardly shows where its light comes from, so it falls softly from above: {--light-from} "
            "says where from."
        )


def _unlike(subject: Subject, blurs: Values, photo: BackdropPhoto) -> Iterator[Message]:
    """In what the product's photo and the backdrop do not go together, and what helps."""
    facts = subject.facts
    if facts.viewed is not None and abs(facts.viewed.elevation - facts.elevation) > APART:
        yield Message(
            "The product was photographed from about {product:.0f}° above and the backdrop from about {backdrop:.0f}°, "
            "which looks wrong together: take a photo of one of them from as high as the other, or say the backdrop's "
            "height with {--camera-elevation} where it was misread.",
            product=facts.viewed.elevation,
            backdrop=facts.elevation,
        )
    row, product = facts.standing.ground, subject.product
    if product is None or backdrop_focus.at(blurs, row) < backdrop_focus.BLURRED:
        return
    if backdrop_focus.blur_of(product, product[..., 3] == 255) > backdrop_focus.SHARP:  # the product is so, too
        return
    better = backdrop_focus.sharp_row(blurs, row, photo.ground, LOWEST)
    if better is None:
        yield Message("The backdrop is out of focus where the sharp product stands: one that is sharp there suits it.")
    else:
        yield Message(
            "The backdrop is out of focus where the sharp product stands: with {--place} it stands in focus at Y "
            "{row:.2f}.",
            row=better,
        )


def darkened(backdrop: Pixels, taken: Values, veil: Values) -> Pixels:
    """The backdrop without the share of light that is `taken` (HxWx3); what loses none is returned as it is."""
    picture, changed = backdrop.copy(), (taken > 0).any(-1)
    picture[changed] = to_bytes(to_srgb(_shaded(to_linear(backdrop[changed]), taken[changed], veil)))
    return picture


def _shaded(light: Values, taken: Values, veil: Values) -> Values:
    """Light (Nx3, linear) without the share that is `taken`, but for the `veil` (3) over it, which knows no shadow."""
    over = np.minimum(veil, light)
    return over + (light - over) * (1 - np.clip(taken, 0, 1))


def _veil(lit: Pixels, colour: Values) -> Values:
    """What haze and lens add to the darkest of a photo, so that no shadow is deeper; at most a share of the ground."""
    return np.minimum(np.quantile(to_linear(lit).reshape(-1, 3), DARKEST, axis=0), THICKEST * colour)


def _glossy(backdrop: Pixels, taken: Values, veil: Values, seen: Mirrored, photo: BackdropPhoto) -> Pixels:
    """The backdrop whose ground mirrors the product, without the share of its own light that is `taken` (HxWx3)."""
    picture, changed = backdrop.copy(), (taken > 0).any(-1) | (seen.covered[..., 0] > 0)
    above = backdrop[: round(photo.ground * len(backdrop))]
    around = to_linear(above if len(above) else backdrop).mean((0, 1))
    lit, covered, strength = to_linear(backdrop[changed]), seen.covered[changed], seen.strength[changed][..., None]
    strength = np.minimum(strength, MIRRORED * (lit @ LUMA)[..., None] / max(float(around @ LUMA), 1e-6))
    before = np.minimum(strength * around, lit)
    shaded = _shaded(lit - before, taken[changed], veil)
    picture[changed] = to_bytes(to_srgb(shaded + before * (1 - covered) + strength * seen.light[changed]))
    return picture


def frame_of(subject: Subject, photo: BackdropPhoto) -> Frame:
    """The camera of the backdrop, the product where it stands in it."""
    size, box, facts = (subject.width, subject.height), subject.box, subject.facts
    distance = photo.focal * max(size) / max(box.longest, 1)
    sine = float(np.sin(np.radians(facts.elevation)))
    return frame_from(*size, box, facts.standing.ground * subject.height, distance=distance, sine=sine)


def _azimuth(photo: BackdropPhoto, light_from: str | None, rng: Generator) -> float:
    """As asked for, else as read, else from above; a little otherwise in each picture."""
    chance, sway = float(rng.choice([-1.0, 1.0])), float(rng.uniform(-SWAY, SWAY))
    if light_from in ("front", "back"):
        return chance * AZIMUTHS[light_from] + sway
    if light_from:
        return AZIMUTHS[light_from] + sway
    return ((photo.leaning or chance) * BEHIND if photo.azimuth is None else photo.azimuth) + sway


def _stage(frame: Frame, photo: BackdropPhoto, light_from: str | None, colour: Values, rng: Generator) -> Stage:
    """The ground under one lamp and the sky."""
    azimuth, key = _azimuth(photo, light_from, rng), FROM_ABOVE if _untold(photo, light_from) else FROM_A_SIDE
    plane = white_background.endless(frame, 60.0, triple(colour))
    height = key.height + float(rng.uniform(-HIGHER, HIGHER))
    direction = lights.towards(1.0, azimuth=azimuth, height=height)
    strength = key.share * np.pi / np.sin(np.radians(height))
    sun = Sun(towards=direction, spread=key.wide, irradiance=lights.dimmed(lights.kelvin(photo.kelvin), strength))
    low = (1 - key.share) / (0.35 * OVERHEAD + 0.65)
    horizon = (low, low, low)
    sky = Dome(zenith=lights.dimmed(horizon, OVERHEAD), horizon=horizon, nadir=horizon)
    return Stage(things=(plane,), lamps=(sun,), dome=sky, aperture=0.0)


def _taken(stage: Stage, frame: Frame, subject: Subject, work: Work) -> Values:
    """The share of light that the product takes from the ground, HxWx3; under it, what is grown from beside it."""
    quality = replace(work.quality, max_depth=3)
    shaded, clear = white_background.with_and_without(stage, frame, subject, quality, work, ~subject.hidden)
    ratio = subject.touching(shaded, frame, DEEPER) / np.maximum(clear, 1e-6)
    taken = white_background.above_noise(1 - ratio)
    grey = taken @ LUMA
    taken = np.where(grey[..., None] > 0, taken, 0)
    if subject.product is not None:
        near = white_background.cast(grey, subject.product[..., 3]) > 0
        taken = taken * near[..., None]
    return (subject.behind(taken) * subject.opacity).astype(np.float32)


def _fade(frame: Frame, photo: BackdropPhoto) -> Values:
    """1 on the ground round the product, 0 far from it and where the photo shows no ground, HxWx1."""
    rows = np.arange(frame.height)[:, None] + 0.5
    x, _ = frame.places()
    beside = np.maximum(np.abs(x - frame.product_x) - frame.product_width / 2, 0)
    near = np.clip(1.5 * (1 - beside / FARTHEST), 0, 1)
    above = photo.ground * frame.height
    ends = max(0.03 * frame.height, 1.0)
    return (near * np.clip((rows - above) / ends, 0, 1))[..., None].astype(np.float32)


def _ground_colour(lit: Pixels, subject: Subject, frame: Frame) -> Values:
    """What the ground round the foot throws back."""
    near = subject.meter(frame)
    colours = to_linear(lit[near]) if near.any() else to_linear(lit.reshape(-1, 3))
    return np.clip(np.median(colours, axis=0), *REFLECTANCE)
