"""What a backdrop tells before a product stands in it: horizon, ground, and the light's side, softness and warmth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ecomgen.color import to_linear
from ecomgen.scenes.studio.estimation import backdrop_edges
from ecomgen.scenes.studio.estimation.backdrop_edges import GROUND, ROWS
from ecomgen.scenes.studio.estimation.photo_light import SIDE, colour_temperature, edge_softness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ecomgen.scenes.studio.estimation.backdrop_network import Reading
    from ecomgen.scenes.studio.estimation.facts import Facts
    from ecomgen.types import Backdrop, Canvas, Pixels

    Values = NDArray[np.floating[Any]]

FOCAL = 1.35  # of the picture's longer side: between a phone's main camera and a portrait lens
ROOM, LOWEST = 0.12, 0.95  # of the height: ground before the base; the lowest base
FLATTEST, STEEPEST, SPREAD = 2.0, 55.0, 5.0  # degrees
SIDEWAYS = 80.0  # degrees: photographers light what they show from the side
LIKELY = 0.1  # chance of one side less that of the other
SLOPE, ALIKE = 0.25, 0.06  # of log luminance from the middle to an edge: a lit side, and its like above the ground
PREFIX = "backdrop_"
NAMES, LEANING = ("horizon", "ground", "azimuth", "softness", "kelvin", "focal"), "leaning"


@dataclass(frozen=True, kw_only=True)
class BackdropPhoto:
    """`horizon` and `ground` are rows, as shares of the height, at which the ground would end and is last seen.

    `azimuth` is where the light comes from, in degrees: 0 behind the camera, 90 right, -90 left, 180 behind it; None
    where that cannot be told, and `leaning` is then -1 or 1 where the left or the right is likelier. `softness` 0 is a
    bare sun, 1 a clouded sky.
    """

    horizon: float
    ground: float
    azimuth: float | None
    softness: float
    kelvin: float
    focal: float = FOCAL  # of the picture's longer side
    leaning: float = 0.0

    def parameters(self) -> dict[str, Any]:
        """As flat parameters, which a replay takes back."""
        return {f"{PREFIX}{name}": getattr(self, name) for name in (*NAMES, LEANING)}

    @property
    def base(self) -> float | None:
        """The row on which a product stands by rule, where the usual one is not on the ground."""
        return None if self.ground + ROOM < GROUND else min(self.ground + ROOM, LOWEST)

    def seen(self, facts: Facts, canvas: Canvas) -> Facts:
        """The product's facts, seen by the backdrop's camera."""
        return replace(facts, elevation=self.seen_from(facts.standing.ground, canvas), spread=SPREAD)

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
        leaning = float(given.get(f"{PREFIX}{LEANING}", 0.0))
        return BackdropPhoto(**{name: given[f"{PREFIX}{name}"] for name in NAMES}, leaning=leaning)
    from ecomgen.scenes.studio.estimation import backdrop_network

    pixels, lens = backdrop.pixels, FOCAL if backdrop.focal is None else backdrop.focal
    focal = lens * max(pixels.shape[:2]) / pixels.shape[0]
    known = backdrop_network.answer(pixels, focal, lens_known=backdrop.focal is not None)
    horizon, ground = _horizon(pixels, focal, known)
    tone = _tone(pixels)
    below = np.arange(tone.shape[0])[:, None] > (ground + 0.02) * tone.shape[0]
    lit, likely = _lit_side(tone), _likely_side(known)
    side = lit if known is None or lit == likely else 0.0
    return BackdropPhoto(
        horizon=round(horizon, 4),
        ground=round(ground, 4),
        azimuth=side * SIDEWAYS if side else None,
        softness=round(edge_softness(tone, np.broadcast_to(below, tone.shape)), 2),
        kelvin=round(colour_temperature(to_linear(_resized(pixels, (64, 64)).reshape(-1, 3))), -1),
        leaning=0.0 if side else likely or lit,
        focal=round(lens if known is None else lens * known.focal / focal, 4),
    )


def _horizon(pixels: Pixels, focal: float, known: Reading | None) -> tuple[float, float]:
    """The rows, as shares, of the horizon and of where the ground ends: by the network, else by rule."""
    square = _resized(pixels, (ROWS, ROWS))
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
    return float(np.sign(ground)) if abs(ground) > SLOPE and ground * np.sign(above) > 0 and abs(above) > ALIKE else 0.0


def _tone(pixels: Pixels) -> Values:
    """Smooth log luminance, at the size at which a product would have `photo_light.SIDE` pixels."""
    scale = 2 * SIDE / pixels.shape[0]
    small = _resized(pixels, (max(round(pixels.shape[1] * scale), 16), 2 * SIDE))
    tone = np.log((to_linear(small) @ np.array([0.2126, 0.7152, 0.0722])).astype(np.float32) + 0.02)
    return np.asarray(cv2.GaussianBlur(cv2.medianBlur(tone, 5), (0, 0), 2.5), np.float32)


def _resized(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
