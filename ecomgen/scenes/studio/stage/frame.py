"""Where the camera is: level, so that verticals stay vertical, with the picture shifted as in a view camera.

One unit is the product's larger side. The product stands at z = 0 on the ground y = 0; x runs to the right, y up, z
towards the camera. In the plane z = 0 a picture's pixels and the scene agree by a plain similarity.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import overload

import numpy as np

from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.types import Box

WIDEST = math.radians(21)  # half the horizontal angle of view that still looks like a product photo
WIDE = math.radians(26)  # and half that of who steps up to the product with a shorter lens
NEARER, FARTHEST = 0.85, 6.6  # of the usual distance, unless the product's top is seen from nearer still; and units
USUAL_DISTANCE = 3.3  # in units: about what a person with a camera keeps
NEAREST_DISTANCE = 2.2  # who looks down steeply stands nearer
STEEPEST_ANGLE = math.radians(31)  # half the horizontal angle of view of such a near camera
EYE_BELOW = 0.78  # of the picture's height above the ground: the horizon stays in the picture as long as it can
EYE_HIGH = 0.86  # the same for who stands as far off as may be


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A picture of `width` x `height` pixels, `unit` scene units a pixel at the product's plane."""

    width: int
    height: int
    unit: float
    ground_row: float  # the row where y = 0 meets the plane z = 0
    product_x: float  # of the product's middle
    product_width: float
    product_height: float
    distance: float
    eye: float  # the camera's height above the ground
    lying: bool = False  # the product lies on the plane z = 0 and is seen from above
    across: float = 0.0  # how far right of the picture's middle the camera stands; the plane z = 0 looks the same

    @property
    def left(self) -> float:
        return -self.width / 2 * self.unit

    @property
    def right(self) -> float:
        return self.width / 2 * self.unit

    @property
    def bottom(self) -> float:
        return (self.ground_row - self.height) * self.unit

    @property
    def top(self) -> float:
        return self.ground_row * self.unit

    @property
    def elevation(self) -> float:
        """The angle in degrees at which the camera looks down on the product's foot."""
        return math.degrees(math.asin(min(self.eye / self.distance, 1.0)))

    @property
    def nearest(self) -> float:
        """z of the nearest visible ground."""
        return self.ground_depth(self.bottom) if self.bottom < 0 else 0.0

    def ground_depth(self, height: float) -> float:
        """z where the ground appears at `height` (a y in the plane z = 0, below the eye)."""
        return -self.distance * height / max(self.eye - height, 1e-6)

    @overload
    def half_width(self, z: float) -> float: ...
    @overload
    def half_width(self, z: Values) -> Values: ...
    def half_width(self, z: float | Values) -> float | Values:
        """Half of what is visible at depth z, in units."""
        return self.right * (self.distance - z) / self.distance

    def spread(self, z: float) -> float:
        """How much larger a thing at depth z must be to look as large as at the product's plane."""
        return (self.distance - z) / self.distance

    def at(self, x: float, z: float) -> float:
        """The world x that appears at picture position `x` when it stands at depth `z`."""
        return x * self.spread(z)

    def high(self, y: float, z: float) -> float:
        """The world y that appears at picture height `y` at depth `z`."""
        return self.eye + (y - self.eye) * self.spread(z)

    def places(self) -> tuple[Values, Values]:
        """x of each column, 1xW, and y of each row, Hx1, in the plane z = 0."""
        x = (np.arange(self.width) + 0.5 - self.width / 2)[None, :] * self.unit
        return x, (self.ground_row - np.arange(self.height) - 0.5)[:, None] * self.unit

    def resized(self, width: int, height: int) -> Frame:
        """The same view of another size in pixels."""
        scale = self.width / width
        return replace(self, width=width, height=height, unit=self.unit * scale, ground_row=self.ground_row / scale)


def frame_for(
    width: int,
    height: int,
    box: Box,
    contact_y: float,
    *,
    elevation: float,
    away: float | None = None,
    horizon: float = math.inf,
) -> Frame:
    """The frame in which `box` (pixels) is the product, standing on row `contact_y`, seen from `elevation` degrees.

    A photo's camera is tilted, this one is not: a circle on the ground looks sin(elevation) as high as wide to both if
    the eye is sin(elevation) of the distance above the ground. `away` is how far off it is, from 0 to 1, where it is
    not at the usual distance: the product looks the same, and the farther it is, the higher is the horizon behind.
    The `horizon` is at most at that share of the picture's height above the ground, where the lens allows it.
    """
    unit = 1 / max(box.longest, 1)
    usual = max(USUAL_DISTANCE, width * unit / 2 / math.tan(WIDEST))
    nearest = max(NEAREST_DISTANCE, width * unit / 2 / math.tan(STEEPEST_ANGLE))
    sine = math.sin(math.radians(elevation))
    high = contact_y * unit / max(sine, 1e-3)  # from where the horizon meets the picture's upper edge
    distance = min(usual, max(nearest, EYE_BELOW * high))
    if away is not None:
        over = box.height * unit / max(sine, 1e-3)  # from where the camera stands as high as the product
        near = min(max(min(NEARER * distance, over), width * unit / 2 / math.tan(WIDE)), distance)
        far = max(near, min(max(distance, min(FARTHEST, EYE_HIGH * high)), horizon * high))
        distance = near * (far / near) ** away
    return frame_from(width, height, box, contact_y, distance=distance, sine=sine)


def frame_from(width: int, height: int, box: Box, contact_y: float, *, distance: float, sine: float) -> Frame:
    """The frame in which `box` (pixels) is the product, from a `distance`, at an elevation of that `sine`."""
    unit = 1 / max(box.longest, 1)
    return Frame(
        width=width,
        height=height,
        unit=unit,
        ground_row=contact_y,
        product_x=((box.x0 + box.x1) / 2 - width / 2) * unit,
        product_width=box.width * unit,
        product_height=box.height * unit,
        distance=distance,
        eye=distance * sine,
    )


def frame_above(width: int, height: int, box: Box) -> Frame:
    """The frame of a flat lay: the ground is the plane z = 0, the camera looks straight at its middle."""
    upright = frame_for(width, height, box, box.y1, elevation=0)
    return replace(upright, eye=(box.y1 - height / 2) * upright.unit, lying=True)
