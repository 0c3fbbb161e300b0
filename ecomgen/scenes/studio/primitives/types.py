"""What a set is made of, as plain data: things with materials, lamps, a backdrop and a lens."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, replace

import numpy as np

from ecomgen.color import LUMA
from ecomgen.scenes.studio.primitives.shapes import Shape, Values

Light = Values  # HxWx3, linear
Texture = Values  # HxWx3 linear colour, or HxW
Colour = tuple[float, float, float]
"""Linear light, each in [0, 1] for surfaces, without an upper bound for lamps."""


@dataclass(frozen=True, eq=False)
class Material:
    """A surface. `roughness` 1 is matte, 0.05 polished; `bump` is a height in the texture's own units.

    What is clear takes its `colour` from the light at each surface that this passes.
    """

    colour: Colour | Texture
    _: KW_ONLY
    roughness: float | Texture = 1.0
    specular: float = 0.5
    metallic: float = 0.0
    sheen: float = 0.0
    translucency: float = 0.0  # the share of light that a thin sheet lets through, scattered, as petals and leaves do
    transmission: float = 0.0
    solid: bool = False  # what is clear is a body that bends light, as water does, not a pane
    glow: Colour | Texture | None = None  # light it gives off, as bright as white paper on the ground at 1
    bump: Texture | None = None
    bump_scale: float = 1.0


@dataclass(frozen=True, eq=False)
class Thing:
    """A mesh with its material: one object of the scene."""

    shape: Shape
    material: Material
    _: KW_ONLY
    ground: str = ""  # its name, where it is natural ground or cloth with the product on it

    def moved(self, x: float = 0, y: float = 0, z: float = 0) -> Thing:
        return replace(self, shape=self.shape.moved(x, y, z))

    def turned(self, *, x: float = 0, y: float = 0, z: float = 0) -> Thing:
        return replace(self, shape=self.shape.turned(x=x, y=y, z=z))

    def scaled(self, factor: float) -> Thing:
        return replace(self, shape=self.shape.scaled(factor))


def points_of(things: Sequence[Thing]) -> Values:
    """The points of all of them, Nx3."""
    return np.concatenate([thing.shape.points for thing in things])


def far_end(things: Sequence[Thing]) -> float:
    """The z of their point that is farthest from the camera."""
    return min(float(thing.shape.points[:, 2].min()) for thing in things)


def triple(values: Iterable[float]) -> Colour:
    """Three numbers as plain ones."""
    x, y, z = map(float, values)
    return x, y, z


def _luminance(colour: Sequence[float]) -> float:
    return float(LUMA @ colour)


@dataclass(frozen=True, kw_only=True)
class Softbox:
    """A rectangular lamp at `position` that looks at `target`; larger is softer. `radiance` is linear RGB."""

    position: tuple[float, float, float]
    target: tuple[float, float, float]
    width: float
    height: float
    radiance: Colour

    def lit(self, change: Callable[[Colour], Colour]) -> Softbox:
        """With its light changed."""
        return replace(self, radiance=change(self.radiance))

    def falling_on(self, upward: tuple[float, float, float]) -> float:
        """The irradiance it gives a surface at the product that looks `upward`, as far as the lamp looks there."""
        distance = math.dist(self.position, (0, 0, 0))
        aim = [t - p for t, p in zip(self.target, self.position, strict=True)]
        facing = -sum(a * p for a, p in zip(aim, self.position, strict=True)) / max(math.hypot(*aim) * distance, 1e-9)
        solid_angle = self.width * self.height * max(facing, 0.0) / distance**2
        slant = sum(u * p for u, p in zip(upward, self.position, strict=True)) / distance
        return _luminance(self.radiance) * solid_angle * max(slant, 0.0)


@dataclass(frozen=True, kw_only=True)
class Sun:
    """A distant round lamp in direction `towards` (from the product), `spread` degrees wide: 0.5 is a clear sky's."""

    towards: tuple[float, float, float]
    spread: float
    irradiance: Colour

    def lit(self, change: Callable[[Colour], Colour]) -> Sun:
        """With its light changed."""
        return replace(self, irradiance=change(self.irradiance))

    def falling_on(self, upward: tuple[float, float, float]) -> float:
        """The irradiance it gives a surface that looks `upward`."""
        slant = sum(u * t for u, t in zip(upward, self.towards, strict=True)) / math.hypot(*self.towards)
        return _luminance(self.irradiance) * max(slant, 0.0)


Lamp = Softbox | Sun


@dataclass(frozen=True, kw_only=True)
class Dome:
    """Light from everywhere: colours of the zenith, the horizon and the ground."""

    zenith: Colour
    horizon: Colour
    nadir: Colour

    def lit(self, change: Callable[[Colour], Colour]) -> Dome:
        """With its light changed."""
        return Dome(zenith=change(self.zenith), horizon=change(self.horizon), nadir=change(self.nadir))

    def falling(self) -> float:
        """The light that white, level ground would give back of it."""
        return _luminance([0.35 * z + 0.65 * h for z, h in zip(self.zenith, self.horizon, strict=True)])


@dataclass(frozen=True, kw_only=True, eq=False)
class Backdrop:
    """A self-luminous picture at `depth` units behind the product; it fills `left`..`right` x `bottom`..`top`.

    1 in the picture is as bright as white paper on the set's ground, so that exposure suits both.

    The extents are those in the plane z = 0: what the picture shows there hides behind what the frame shows there.
    """

    picture: Texture
    depth: float
    left: float
    right: float
    bottom: float
    top: float

    def scaled(self, factor: float, *, eye: float, aside: float = 0.0) -> Backdrop:
        """Larger by a factor about the camera's axis, and moved to a side."""
        return replace(
            self,
            left=self.left * factor + aside,
            right=self.right * factor + aside,
            bottom=eye + (self.bottom - eye) * factor,
            top=eye + (self.top - eye) * factor,
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Stage:
    """A set ready for the camera."""

    things: tuple[Thing, ...]
    lamps: tuple[Lamp, ...]
    dome: Dome
    backdrop: Backdrop | None = None
    aperture: float = 0.04  # the lens's radius, in units
    exposure: float = 0.0  # stops above the metered value
    contrast: float = 1.0
    saturation: float = 1.0
    upward: tuple[float, float, float] = (0.0, 1.0, 0.0)  # away from what the product stands or lies on
    flashed: bool = False  # the first lamp is the photographer's own: it lights as in the product's photo, at any hour
    overcast: bool = False  # its light comes from the whole sky
    shafts: Texture | None = None  # light in the air behind the product, over the whole picture, 1 as white paper
    notes: tuple[str, ...] = ()

    def adding(self, *things: Thing) -> Stage:
        return replace(self, things=(*self.things, *things))

    def lit(self, change: Callable[[Colour], Colour]) -> Stage:
        """With the light of its lamps and its sky changed."""
        return replace(self, lamps=tuple(lamp.lit(change) for lamp in self.lamps), dome=self.dome.lit(change))

    def behind(self, change: Callable[[Texture], Texture]) -> Stage:
        """With the backdrop's picture changed, where there is one."""
        backdrop = self.backdrop
        return replace(self, backdrop=backdrop and replace(backdrop, picture=change(backdrop.picture)))

    def brightness(self) -> float:
        """The light that white, level ground gives back, were nothing in the way: what exposure is measured against."""
        lamps = sum(lamp.falling_on(self.upward) for lamp in self.lamps)
        return max(lamps / math.pi + self.dome.falling(), 1e-4)
