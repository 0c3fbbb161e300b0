"""What a set is made of, as plain data: things with materials, lamps, a backdrop and a lens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ecomgen.scenes.studio.shapes import Shape

    Texture = NDArray[np.float32]  # HxWx3 linear colour, or HxW

Colour = tuple[float, float, float]
"""Linear light, each in [0, 1] for surfaces, without an upper bound for lamps."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Material:
    """A surface. `roughness` 1 is matte, 0.05 polished; `bump` is a height in the texture's own units."""

    colour: Colour | Texture
    roughness: float | Texture = 1.0
    specular: float = 0.5
    metallic: float = 0.0
    sheen: float = 0.0
    transmission: float = 0.0
    bump: Texture | None = None
    bump_scale: float = 1.0
    two_sided: bool = True


@dataclass(frozen=True, kw_only=True, eq=False)
class Thing:
    shape: Shape
    material: Material


@dataclass(frozen=True, kw_only=True)
class Softbox:
    """A rectangular lamp at `position` that looks at `target`; larger is softer. `radiance` is linear RGB."""

    position: tuple[float, float, float]
    target: tuple[float, float, float]
    width: float
    height: float
    radiance: Colour


@dataclass(frozen=True, kw_only=True)
class Sun:
    """A distant round lamp in direction `towards` (from the product), `spread` degrees wide: 0.5 is a clear sky's."""

    towards: tuple[float, float, float]
    spread: float
    irradiance: Colour


@dataclass(frozen=True, kw_only=True)
class Dome:
    """Light from everywhere: colours of the zenith, the horizon and the ground."""

    zenith: Colour
    horizon: Colour
    nadir: Colour


@dataclass(frozen=True, kw_only=True, eq=False)
class Backdrop:
    """A self-luminous picture at `depth` units behind the product; it fills `left`..`right` x `bottom`..`top`.

    The extents are those in the plane z = 0: what the picture shows there hides behind what the frame shows there.
    """

    picture: Texture
    depth: float
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Stage:
    """A set ready for the camera."""

    things: tuple[Thing, ...]
    lamps: tuple[Softbox | Sun, ...]
    dome: Dome
    backdrop: Backdrop | None = None
    aperture: float = 0.04  # the lens's radius, in units
    contrast: float = 1.0
    notes: tuple[str, ...] = ()
    exposure: float = field(default=0.0)  # stops above the metered value

    def adding(self, *things: Thing) -> Stage:
        return replace(self, things=(*self.things, *things))
