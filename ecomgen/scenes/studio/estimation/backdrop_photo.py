"""What a backdrop tells before a product stands in it: horizon, ground, and the light's side, softness and warmth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ecomgen.color import to_linear
from ecomgen.scenes.studio.estimation.photo_light import SIDE, colour_temperature, edge_softness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ecomgen.scenes.studio.estimation.facts import Facts
    from ecomgen.types import Backdrop, Canvas, Pixels

    Values = NDArray[np.floating[Any]]

FOCAL = 1.35  # of the picture's longer side: between a phone's main camera and a portrait lens
ROOM, GROUND, LOWEST = 0.12, 0.83, 0.95  # of the height: ground before the base; the usual base, and the lowest
FLATTEST, STEEPEST, SPREAD = 2.0, 55.0, 5.0  # degrees
ROWS, STEP = 240, 12  # of the picture when it is searched; between two of its edges
HIGHEST_TABLE, LOWEST_TABLE, LOWEST_HORIZON = 0.35, 0.86, 0.62  # of the height: where edges are looked for
SHARP, SHARP_SHARE = 4.0, 0.5  # of Lab: a table's edge, beside its change over more rows
RIPPLED, STRONG = 1.05, 0.5  # of its change over more rows: a ripple's; of the sharpest edge: the least of a table
STEEPEST_TABLE = 33.0  # degrees: nobody sets a table for a product and looks down on it more
BEHIND = (
    0.11,
    1.95,
)  # how far the horizon is above the foot: of the height, and in heights of the table's edge over it
LEAST, SHARE = 8.0, 0.55  # of Lab, of the strongest edge: what may be the horizon
HAZE = 0.03  # of the height: what stands on the horizon hides so much below it
USUAL = 15.0  # degrees
SIDEWAYS = 60.0  # degrees
SLOPE, ALIKE = 0.25, 0.06  # of log luminance from the middle to an edge: a lit side, and its like above the ground
PREFIX = "backdrop_"
NAMES = ("horizon", "ground", "azimuth", "softness", "kelvin", "focal")


@dataclass(frozen=True, kw_only=True)
class BackdropPhoto:
    """`horizon` and `ground` are rows, as shares of the height, at which the ground would end and is last seen.

    `azimuth` is where the light comes from, in degrees: 0 behind the camera, 90 right, -90 left, 180 behind it;
    None where that cannot be told. `softness` 0 is a bare sun, 1 a clouded sky.
    """

    horizon: float
    ground: float
    azimuth: float | None
    softness: float
    kelvin: float
    focal: float = FOCAL  # of the picture's longer side

    def parameters(self) -> dict[str, Any]:
        """As flat parameters, which a replay takes back."""
        return {f"{PREFIX}{name}": getattr(self, name) for name in NAMES}

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
        return BackdropPhoto(**{name: given[f"{PREFIX}{name}"] for name in NAMES})
    pixels, lens = backdrop.pixels, FOCAL if backdrop.focal is None else backdrop.focal
    horizon, ground = _horizon(_resized(pixels, (ROWS, ROWS)), lens * max(pixels.shape[:2]) / pixels.shape[0])
    tone = _tone(pixels)
    below = np.arange(tone.shape[0])[:, None] > (ground + 0.02) * tone.shape[0]
    side = _lit_side(tone)
    return BackdropPhoto(
        horizon=round(horizon, 4),
        ground=round(ground, 4),
        azimuth=side * SIDEWAYS if side else None,
        softness=round(edge_softness(tone, np.broadcast_to(below, tone.shape)), 2),
        kelvin=round(colour_temperature(to_linear(_resized(pixels, (64, 64)).reshape(-1, 3))), -1),
        focal=round(lens, 4),
    )


def _horizon(square: Pixels, focal: float) -> tuple[float, float]:
    """The rows, as shares, of the horizon and of where the ground ends, of a picture squeezed to ROWS x ROWS.

    A sharp level edge is that of a table, which ends about as far behind a product whoever sets it, or the horizon
    itself where it is too high for that; else land meets sky in a soft edge. Where there is neither, as before a sweep
    of paper, the camera is where it usually is.
    """
    table = _table(square)
    if table is not None:
        above_foot = BEHIND[0] + BEHIND[1] * (GROUND - table)
        horizon = GROUND - above_foot if above_foot < focal * np.sin(np.radians(STEEPEST_TABLE)) else table
        return float(horizon), max(table, float(horizon))
    land = _changes(square, 10, 0.5)
    peaks = _peaks(land, slice(STEP, round(LOWEST_HORIZON * ROWS)))
    most = max((land[row] for row in peaks), default=0.0)
    horizons = [row for row in peaks if land[row] > max(LEAST, SHARE * most)]
    if not horizons:
        horizon = GROUND - focal * float(np.sin(np.radians(USUAL)))
        return horizon, max(horizon, 0.0) + 0.05
    return horizons[0] / ROWS + HAZE, horizons[0] / ROWS + HAZE


def _table(square: Pixels) -> float | None:
    """The lowest of the sharp level edges, as a share; ripples and grass change as much again a little farther on."""
    fine, coarse = _changes(square, 2, 0.35), _changes(square, 10, 0.35)
    peaks = _peaks(fine, slice(round(HIGHEST_TABLE * ROWS), round(LOWEST_TABLE * ROWS)))
    sharp = [row for row in peaks if fine[row] > SHARP and SHARP_SHARE < fine[row] / coarse[row] < RIPPLED]
    strong = [row for row in sharp if fine[row] > STRONG * max(fine[one] for one in sharp)]
    return strong[-1] / ROWS if strong else None


def _peaks(changes: Values, within: slice) -> list[int]:
    """The rows within at which something changes more than round them."""
    rows = range(within.start, within.stop)
    return [row for row in rows if changes[row] == changes[max(row - STEP, 0) : row + STEP].max()]


def _changes(square: Pixels, step: int, share: float) -> Values:
    """How much (Lab) the `step` rows above each row differ from those below it, in all but `share` of the columns."""
    lab = cv2.cvtColor(np.asarray(square / np.float32(255), np.float32), cv2.COLOR_RGB2LAB)
    total = np.cumsum(np.pad(lab, ((1, 0), (0, 0), (0, 0))), axis=0, dtype=np.float64)
    found = np.zeros(len(square))
    rows = np.arange(step, len(square) - step)
    above, below = total[rows] - total[rows - step], total[rows + step] - total[rows]
    found[rows] = np.quantile(np.linalg.norm(above - below, axis=-1) / step, share, axis=1)
    return found


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
