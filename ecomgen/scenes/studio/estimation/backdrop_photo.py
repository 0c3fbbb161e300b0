"""What a backdrop tells before a product stands in it: horizon, ground, focus, and the light's side and warmth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ecomgen.color import to_linear
from ecomgen.scenes.studio.estimation import backdrop_edges, backdrop_focus
from ecomgen.scenes.studio.estimation.backdrop_edges import GROUND, ROWS
from ecomgen.scenes.studio.estimation.backdrop_network import Reading
from ecomgen.scenes.studio.estimation.facts import Facts
from ecomgen.scenes.studio.estimation.photo_light import SIDE, colour_temperature
from ecomgen.scenes.studio.estimation.resampling import smooth_tone, squeezed
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.types import Backdrop, Canvas, Pixels

FOCAL = 1.35  # of the picture's longer side: between a phone's main camera and a portrait lens
ROOM, HIGHEST, LOWEST = 0.12, 0.55, 0.95  # of the height: ground before the base; where the base is by rule
FLATTEST, STEEPEST, SPREAD = 2.0, 55.0, 5.0  # degrees; how unsure what rules alone read is
LENS_STRAYS = 0.1  # of the elevation, where the lens is not known
UNSURE = 2.3  # degrees: of cameras that are told to be less sure, about half are read more than 3 degrees off
SIDEWAYS = 80.0  # degrees: photographers light what they show from the side
LIKELY, SURE = 0.1, 0.95  # chance of one side less that of the other: it may be that one; it is told
SLOPE = 0.1  # of log luminance from the middle to an edge, on the ground and above it: a lit side
PREFIX = "backdrop_"
NAMES = ("horizon", "ground", "azimuth", "kelvin", "focal")
LATER = ("leaning", "spread", "focus")  # which runs of earlier versions do not tell


@dataclass(frozen=True, kw_only=True)
class BackdropPhoto:
    """`horizon` and `ground` are rows, as shares of the height, at which the ground would end and is last seen.

    `azimuth` is where the light comes from, in degrees: 0 behind the camera, 90 right, -90 left, 180 behind it; None
    where that cannot be told, and `leaning` is then -1 or 1 where the left or the right is likelier. `spread` is how
    unsure the camera's elevation is, in degrees; `focus` the row on which a product is in focus, where it is not on the
    usual one.
    """

    horizon: float
    ground: float
    azimuth: float | None
    kelvin: float
    focal: float = FOCAL  # of the picture's longer side
    leaning: float = 0.0
    spread: float = SPREAD
    focus: float | None = None

    def parameters(self) -> dict[str, Any]:
        """As flat parameters, which a replay takes back."""
        return {f"{PREFIX}{name}": getattr(self, name) for name in (*NAMES, *LATER)}

    @property
    def base(self) -> float | None:
        """The row on which a product stands by rule, where the usual one is not on the ground or out of focus."""
        usual = None if self.ground + ROOM < GROUND else min(self.ground + ROOM, LOWEST)
        return usual if self.focus is None else self.focus

    @property
    def unsure(self) -> bool:
        """Whether the camera's elevation is little more than a guess."""
        return self.spread > UNSURE

    def seen(self, facts: Facts, canvas: Canvas) -> Facts:
        """The product's facts, seen by the backdrop's camera."""
        return replace(facts, elevation=self.seen_from(facts.standing.ground, canvas), spread=self.spread)

    def seen_from(self, row: float, canvas: Canvas) -> float:
        """The likely degrees by which the camera looks down on a product that stands on a row."""
        elevation = self.elevation(row, (canvas.width, canvas.height))
        return round(min(max(elevation, FLATTEST), STEEPEST), 1)

    def elevation(self, row: float, size: tuple[int, int]) -> float:
        """How steeply the camera looks down on the ground at a row (a share of the height), in degrees."""
        below = (row - self.horizon) * size[1]
        return float(np.degrees(np.arcsin(np.clip(below / (self.focal * max(size)), -1, 1))))


def read(backdrop: Backdrop, given: Mapping[str, Any]) -> BackdropPhoto:
    """What `given` parameters say already, else what the backdrop tells."""
    if all(f"{PREFIX}{name}" in given for name in NAMES):
        return BackdropPhoto(
            **{name: given[f"{PREFIX}{name}"] for name in (*NAMES, *LATER) if f"{PREFIX}{name}" in given}
        )
    from ecomgen.scenes.studio.estimation import backdrop_network

    pixels, lens = backdrop.pixels, FOCAL if backdrop.focal is None else backdrop.focal
    focal = lens * max(pixels.shape[:2]) / pixels.shape[0]
    known = backdrop_network.answer(pixels, focal, lens_known=backdrop.focal is not None)
    horizon, ground = _horizon(pixels, focal, known)
    tone = _tone(pixels)
    lit, likely = _lit_side(tone), _likely_side(known)
    side = lit if known is not None and abs(known.side) > SURE and lit == likely else 0.0
    photo = BackdropPhoto(
        horizon=round(horizon, 4),
        ground=round(ground, 4),
        azimuth=side * SIDEWAYS if side else None,
        kelvin=round(colour_temperature(to_linear(squeezed(pixels, (64, 64)).reshape(-1, 3))), -1),
        leaning=0.0 if side else likely or lit,
        focal=round(lens if known is None else lens * known.focal / focal, 4),
    )
    return replace(photo, spread=_spread(backdrop, photo, known), focus=_focus(pixels, photo))


def _spread(backdrop: Backdrop, photo: BackdropPhoto, known: Reading | None) -> float:
    """How unsure the elevation is where a product usually stands, by the horizon and the lens."""
    if known is None:
        return SPREAD
    size = backdrop.pixels.shape[1], backdrop.pixels.shape[0]
    stray = LENS_STRAYS * photo.elevation(GROUND, size) if backdrop.focal is None else 0.0
    return round(float(np.hypot(known.spread, stray)), 1)


def _focus(pixels: Pixels, photo: BackdropPhoto) -> float | None:
    """The row on which a product is in focus, where the one on which it would stand is not."""
    blurs = backdrop_focus.bands(pixels)
    return backdrop_focus.sharp_row(blurs, photo.base or GROUND, max(photo.ground + ROOM, HIGHEST), LOWEST)


def _horizon(pixels: Pixels, focal: float, known: Reading | None) -> tuple[float, float]:
    """The rows, as shares, of the horizon and of where the ground ends: by the network, else by rule."""
    square = squeezed(pixels, (ROWS, ROWS))
    if known is None:
        return backdrop_edges.horizon(square, focal)
    edge = backdrop_edges.table(square)
    return known.horizon, max(known.horizon, 0.0 if edge is None else edge)


def _likely_side(known: Reading | None) -> float:
    """-1 or 1 as the network says; 0 where there is none, or both are nearly alike to it."""
    return 0.0 if known is None or abs(known.side) < LIKELY else float(np.sign(known.side))


def _lit_side(tone: Values) -> float:
    """-1 where the left is lit, 1 where the right is, on the ground and above it alike; else 0."""
    height, width = tone.shape
    x = np.linspace(-1, 1, width)
    ground, above = (
        float((part * x).mean() / (x * x).mean()) for part in (tone[round(0.7 * height) :], tone[: round(0.6 * height)])
    )
    return float(np.sign(ground)) if min(abs(ground), abs(above)) > SLOPE and ground * above > 0 else 0.0


def _tone(pixels: Pixels) -> Values:
    """Smooth log luminance, at the size at which a product would have `photo_light.SIDE` pixels."""
    scale = 2 * SIDE / pixels.shape[0]
    return smooth_tone(squeezed(pixels, (max(round(pixels.shape[1] * scale), 16), 2 * SIDE)), 0.02)
