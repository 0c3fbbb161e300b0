"""Uneven ground as a fine mesh, dense near the camera, coarse far away; and where on it stands what grows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.noise import smooth, spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.scenes.studio.stage.shot import Shot

ROWS, COLUMNS = 460, 560
FAR = -14.0  # z where natural ground ends, close before what is painted behind
EXTENT = 9.0  # units that one field of noise covers
TEXTURE = 2.2  # units that a texture of natural ground covers


@dataclass(frozen=True, kw_only=True, eq=False)
class Land:
    """A grid of ground points, RxC."""

    shot: Shot
    x: Values
    z: Values
    away: Values  # distance from the product's foot, in its own sizes

    def calm(self, reach: float = 1.25) -> Values:
        """0 where the product stands and 1 away from it, RxC."""
        return 1 - np.exp(-((self.away / reach) ** 2))

    def behind(self) -> Values:
        """1 as far as the product stands, falling to 0 where the picture ends before it, RxC.

        What rises there would hide the product, or be seen from underneath.
        """
        return np.clip(1 - self.z / max(0.7 * self.shot.frame.nearest, 0.1), 0, 1) ** 2

    def noise(
        self, *, falloff: float, coarsest: float, finest: float = 2, stretch: tuple[float, float] = (1, 1)
    ) -> Values:
        """Noise over the land; `coarsest` is in units, `finest` in 512ths of the extent."""
        from scipy.ndimage import map_coordinates

        field = spectral(
            self.shot.rng, (512, 512), falloff=falloff, coarsest=coarsest / EXTENT, finest=finest, stretch=stretch
        )
        where = [((self.z + 8) / EXTENT * 512) % 512, ((self.x + 20) / EXTENT * 512) % 512]
        return map_coordinates(field, where, order=1, mode="grid-wrap")

    def at(self, heights: Values, x: Values, z: Values) -> Values:
        """`heights` (RxC, over this land) at the places `x`, `z` (N)."""
        from scipy.ndimage import map_coordinates

        rows = np.interp(z, self.z[:, 0], np.arange(len(self.z)))
        half = np.interp(z, self.z[:, 0], self.x[:, -1])
        columns = (x / half + 1) / 2 * (self.x.shape[1] - 1)
        return map_coordinates(heights, [rows, columns], order=1, mode="nearest")

    def under(self, heights: Values, places: Values) -> Values:
        """`heights` (RxC, over this land) at the `places` (Nx3), N."""
        return self.at(heights, places[:, 0], places[:, 2])

    def risen(self, shape: Shape) -> Values:
        """The heights of a mesh that was made of this land, RxC."""
        return shape.points[:, 1].reshape(self.x.shape)

    def rolling(self) -> Values:
        """The swell of land far behind, so that it does not end in a ruled line, RxC."""
        far = np.clip((-self.z - 6) / 6, 0, 1)
        return 0.13 * far * self.noise(falloff=2.2, coarsest=4, finest=8)

    def sunk(self, deep: float) -> Values:
        """How much higher soft ground is round the feet of a product that sank `deep` units into it, RxC.

        Before a foot it rises less steeply than the camera looks down, so that none of the product is lost to sight.
        """
        dx, dz = self.shot.from_foot(self.x, self.z)
        bank = deep * smooth(np.hypot(dx, dz) / (2.5 * deep))
        seen = 0.75 * np.clip(dz, 0, None) * self.shot.frame.eye / self.shot.frame.distance
        return np.where(dz > 0, np.minimum(bank, seen + np.clip(np.abs(dx) - 0.02, 0, None)), bank)

    def shape(self, heights: Values, drop: float) -> Shape:
        """The ground's mesh, `drop` units lower and never above what stands on it."""
        if drop > 0:
            frame = self.shot.frame
            under = np.hypot(self.x - frame.product_x, self.z + 0.2) < 0.65 * frame.product_width + 1.1
            heights = np.where(under, np.minimum(heights, 0.5 * drop), heights)
        made = sheet(xyz(self.x, heights - drop, self.z)).draped(TEXTURE, TEXTURE)
        made.uv[:, 0] += self.shot.uniform(0, 1)
        return made


def land(shot: Shot, *, far: float = FAR) -> Land:
    """The ground from before the camera to `far`, as wide as the view at each depth."""
    near = shot.frame.nearest + 0.4
    z = near + (far - near) * np.linspace(1, 0, ROWS) ** 2.1
    half = shot.frame.half_width(z) * 1.3 + 0.4
    x = np.linspace(-1, 1, COLUMNS)[None, :] * half[:, None]
    depth = np.broadcast_to(z[:, None], x.shape)
    away = np.hypot((x - shot.frame.product_x) / (0.5 * shot.frame.product_width + 0.25), depth / 0.4)
    return Land(shot=shot, x=x, z=depth, away=away)


def spread(shot: Shot, count: int, far: float, *, before: float, dense: float, wide: float) -> tuple[Values, Values]:
    """x and z of places from `before` the nearest ground to `far`, the denser the nearer, `wide` times the view's."""
    near = shot.frame.nearest + before
    z = near + (far - near) * shot.rng.random(count) ** dense
    return shot.rng.uniform(-1, 1, count) * (wide * shot.frame.half_width(z)), z


def scattered(shot: Shot, count: int, *, far: float = -4.0, margin: float = 0.06) -> Values:
    """Places on the ground, Nx3 with y = 0, `margin` units clear of the product's feet; denser near the camera."""
    x, z = spread(shot, count, far, before=0.2, dense=1.4, wide=1.1)
    clear = np.hypot(*shot.from_foot(x, z)) > margin
    return xyz(x, 0, z)[clear]


def sown(shot: Shot, count: int, *, far: float = FAR + 0.5, together: int = 12, apart: float = 0.03) -> Values:
    """`count` places, Nx3 with y = 0, in tufts of so many `together`, as far `apart` as that, in units."""
    x, z = spread(shot, count, far, before=0.3, dense=1.9, wide=1.15)
    tuft = shot.rng.normal(0, apart, (count // together + 1, 2)).repeat(together, 0)[:count]
    return xyz(x + tuft[:, 0], 0, z + tuft[:, 1])


def visible(places: Values) -> Values:
    """How wide blades are at least at the `places` (Nx3), N: the farther, the wider, so that few look like many."""
    return 0.0025 + 0.0045 * np.clip(-places[:, 2] / 6, 0, 2)


def covered(shot: Shot, places: Values) -> NDArray[np.bool_]:
    """Which places may lie under what the product stands on."""
    reach = 0.65 * shot.frame.product_width + 0.85
    return np.hypot(places[:, 0] - shot.frame.product_x, places[:, 2] + 0.2) < reach


def ending_below(shot: Shot, places: Values) -> Values:
    """How tall what grows before a foot may be, N: its tips reach just to where the product begins in the picture."""
    dx, dz = shot.from_foot(places[:, 0], places[:, 2])
    before = np.clip(dz, 0, None) * shot.frame.eye / shot.frame.distance
    least = 0.02 + 0.03 * shot.rng.random(len(places))
    beside = np.clip(np.abs(dx) - 0.02, 0, None)
    return np.where(dz > 0, least + 1.1 * before + 1.5 * beside, np.inf)
