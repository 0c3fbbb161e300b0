"""A room behind, in metres: what of it is seen, its walls and floor, and how it is lit.

The far wall is the plane z = 0, the floor y = 0; z runs towards the camera, which stands `DISTANCE` metres before the
wall and usually `EYE` above the floor, whatever stands before it in the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Shape, block, ground, joined, tube, wall
from ecomgen.scenes.studio.primitives.types import Colour, Dome, Material, Softbox, Stage, Sun, Thing
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.scenes.studio.stage.lights import Daylight, dimmed, kelvin
from ecomgen.scenes.studio.stage.shot import Shot

DISTANCE, EYE = 5.2, 1.3  # metres
LOWEST, FOOT = 0.7, 0.15  # metres of the eye above the floor; up to where what stands in front may hide the wall
HIGH, ABOVE = 3.4, 0.3  # metres from the floor to the top of a usual wall; above what is seen of a higher one
DAY = Dome(zenith=(0.33, 0.335, 0.345), horizon=(0.3, 0.3, 0.3), nadir=(0.22, 0.21, 0.19))
NIGHT = Dome(zenith=(0.09, 0.085, 0.085), horizon=(0.085, 0.08, 0.08), nadir=(0.05, 0.045, 0.04))
LAMPLIT = ("dusk", "night")  # hours at which a room's own lamps are lit
FAINT = 1e-3  # of a sun that is down or behind clouds
HALF = 1.0  # metres: half of what usual furniture is wide
BOARD = 0.14  # metres across a floor's board
TIMBER, LOG = "timber", 0.11  # walls of logs, and how thick half of one is, in metres
BRICK, BRICK_SIZE, JOINT, MORTAR = "brick", (0.22, 0.075), 0.012, (0.36, 0.33, 0.29)  # metres
WIDER = 3.0  # metres by which the far wall is wider to each side than is seen of it
WARM = 3400.0  # kelvin of a room's own lamps


@dataclass(frozen=True, kw_only=True)
class WallView:
    """What of the far wall is seen, in metres from its foot's middle, and between which x it has a window, if any."""

    right: float
    bottom: float
    top: float
    share: float  # metres on the wall of a unit in the picture
    eye: float = EYE
    window: tuple[float, float] | None = None

    @classmethod
    def of(cls, picture: Painting, eye: float = EYE) -> WallView:
        share = DISTANCE / picture.frame.distance
        bottom, top = eye + share * picture.bottom, eye + share * picture.top
        return cls(right=share * picture.right, bottom=bottom, top=top, share=share, eye=eye)

    def gap(self, shot: Shot, side: float) -> tuple[float, float]:
        """Between which x the wall is seen on that side of the product, from it outwards."""
        left, right = shot.clear_of_product(0.0)
        return self.share * (right if side > 0 else left), side * self.share * shot.frame.right

    def clear_of_window(self, x: float) -> float | None:
        """The place next to `x` where usual furniture stands before no window; None where nothing of it is seen."""
        if self.window is not None:
            left, right = self.wall
            x = max(x, left + HALF) if sum(self.window) < 0 else min(x, right - HALF)
        return x if abs(x) < self.right + HALF else None

    @property
    def wall(self) -> tuple[float, float]:
        """Between which x there is nothing but wall, a little farther than is seen of it."""
        left, right = -self.right - 0.6, self.right + 0.6
        if self.window is None:
            return left, right
        return (self.window[1] + 0.1, right) if sum(self.window) < 0 else (left, self.window[0] - 0.1)


@dataclass(frozen=True, kw_only=True)
class Corner:
    """Where furniture is to stand: in the `shot`, of which `view` is seen, about `x` metres from the middle."""

    shot: Shot
    view: WallView
    x: float


def eye_over(frame: Frame, far: float) -> float:
    """How high the eye is for the foot of the wall to be seen above what ends `far` (z) behind the product."""
    over = DISTANCE * frame.eye / (frame.distance - far)
    return min(max(over + FOOT, LOWEST), EYE)


def lit_by_day(shot: Shot, view: WallView, hour: Daylight, things: Sequence[Thing], *, sunny: bool) -> Stage:
    """Light from a window at the side that is not seen; where it is `sunny`, the sun falls through it as well."""
    side = shot.order
    x = side * (view.right + 1.3)
    key = Softbox(
        position=(x, 2.1, 3.4),
        target=(-0.2 * x, 0.8, 0.4),
        width=1.7,
        height=1.9,
        radiance=dimmed(kelvin(hour.kelvin + 700), 7.5),
    )
    towards = (side * 0.8, shot.uniform(0.26, 0.42), shot.uniform(0.42, 0.62))
    sun = Sun(towards=towards, spread=1.6, irradiance=dimmed(kelvin(hour.kelvin - 600), 3.4 if sunny else FAINT))
    shaded = (*things, _side_wall(x)) if sunny else things
    return Stage(things=tuple(shaded), lamps=(key, sun), dome=DAY, aperture=0.0)


def lit_by_lamps(view: WallView, things: Sequence[Thing], *, side: float) -> Stage:
    """Dusk, in which the room's own lamps are lit: a pool of light on the wall at that side, darkness around it."""
    x = 0.5 * side * view.right
    lamp = Softbox(
        position=(x, max(2.6, view.eye + 0.72 * (view.top - view.eye) + 0.4), 1.5),
        target=(0.6 * x, 0.7, 0.0),
        width=0.9,
        height=0.6,
        radiance=dimmed(kelvin(WARM), 5.0),
    )
    moon = Sun(towards=(0.3, 0.8, 0.5), spread=1.6, irradiance=(FAINT, FAINT, FAINT))
    return Stage(things=tuple(things), lamps=(lamp, moon), dome=NIGHT, aperture=0.0)


def _side_wall(x: float) -> Thing:
    """A wall at the side, with a window of two panes in it."""
    parts = [
        block(0.1, 0.95, 6.0, 0.01).moved(x, 0, 2.0),
        block(0.1, 2.0, 6.0, 0.01).moved(x, 2.3, 2.0),
        block(0.1, 3.0, 1.2, 0.01).moved(x, 0, 0.2),
        block(0.1, 3.0, 2.4, 0.01).moved(x, 0, 3.8),
        block(0.12, 3.0, 0.07, 0.01).moved(x, 0, 1.7),
        block(0.12, 0.05, 2.0, 0.01).moved(x, 1.6, 1.7),
    ]
    return Thing(joined(parts), Material((0.75, 0.73, 0.7)))


def bare_wall(shot: Shot) -> str:
    """What the room's own wall is bare of paint and made of: logs, or bricks behind what stands in it; "" where not."""
    kind = shot.wish.wall if shot.indoors else None
    return kind if kind == TIMBER or (kind == BRICK and shot.wish.furniture) else ""


def shell(view: WallView, paint: Colour, boards: Colour, rng: np.random.Generator, *, bare: str) -> list[Thing]:
    """The far wall, of logs or bricks where it is `bare`, else painted above its skirting; and a floor of boards."""
    wide, high = view.right + WIDER, max(HIGH, view.top + ABOVE)
    strips = [ground(-wide, wide, z + BOARD, z) for z in np.arange(0, DISTANCE, BOARD).tolist()]
    floor = [Thing(one, Material(dimmed(boards, rng.uniform(0.75, 1.2)))) for one in strips]
    if bare:
        return [*(_logs(wide, high, boards, rng) if bare == TIMBER else _bricks(wide, high, paint, rng)), *floor]
    skirting = Thing(block(2 * wide, 0.1, 0.03, 0.005), Material((0.72, 0.7, 0.66)))
    far = Thing(wall(-wide, wide, 0, high, 0), Material(paint))
    return [far, skirting, *floor]


def _logs(wide: float, high: float, colour: Colour, rng: np.random.Generator) -> list[Thing]:
    """A wall of logs, each of another tone, behind z = 0."""
    levels = np.arange(LOG, high, 1.9 * LOG)
    made = [tube([(-wide, y, -1.1 * LOG), (wide, y, -1.1 * LOG)], [LOG, LOG], segments=16) for y in levels.tolist()]
    return [Thing(log, Material(dimmed(colour, rng.uniform(0.55, 0.95)), roughness=0.7)) for log in made]


def _bricks(wide: float, top: float, paint: Colour, rng: np.random.Generator) -> list[Thing]:
    """A wall of bare bricks, each of another tone, before mortar."""
    (long, high), tones = BRICK_SIZE, np.linspace(0.45, 1.5, 7).tolist()
    laid: dict[float, list[Shape]] = {tone: [] for tone in tones}
    for number, y in enumerate(np.arange(0, top, high).tolist()):
        for x in np.arange(-wide - 0.5 * long * (number % 2), wide, long).tolist():
            laid[tones[rng.integers(len(tones))]].append(wall(x, x + long - JOINT, y, y + high - JOINT, 0.004))
    parts = [Thing(joined(each), Material(dimmed(paint, tone))) for tone, each in laid.items()]
    return [Thing(wall(-wide, wide, 0, top, 0), Material(MORTAR)), *parts]
