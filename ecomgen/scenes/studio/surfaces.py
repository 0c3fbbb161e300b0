"""Surfaces by name: each makes a material for a patch of so many metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.palette import hexadecimal
from ecomgen.scenes.studio.stage import Material
from ecomgen.scenes.studio.textures import stone, wood

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecomgen.scenes.studio.shot import Shot

MOST_PIXELS = 3_000_000  # of one texture


@dataclass(frozen=True, kw_only=True)
class Patch:
    """`width` x `depth` metres, at `density` pixels a metre."""

    width: float
    depth: float
    density: float


def patch(shot: Shot, width: float, depth: float) -> Patch:
    """A patch of `width` x `depth` units, as fine as the picture shows it, as far as memory allows."""
    finest = 1.3 / shot.frame.unit * shot.metre
    allowed = np.sqrt(MOST_PIXELS / (width * depth)) * shot.metre
    return Patch(width=width / shot.metre, depth=depth / shot.metre, density=float(min(finest, allowed)))


def material(shot: Shot, name: str, width: float, depth: float) -> Material:
    """The surface called `name` for a patch of `width` x `depth` units, tinted where the wish says so."""
    return SURFACES[name](shot, patch(shot, width, depth))


def _wood(tone: str) -> Callable[[Shot, Patch], Material]:
    def build(shot: Shot, area: Patch) -> Material:
        made = wood.planks(
            shot.rng,
            width=area.width,
            depth=area.depth,
            density=area.density,
            board=shot.between(0.085, 0.15),
            tone=wood.TONES[tone],
        )
        shine = shot.between(-0.06, 0.12)
        return Material(
            colour=made.colour,
            roughness=np.clip(made.roughness + shine, 0.15, 1),
            specular=0.45,
            bump=made.height,
            bump_scale=0.004,
        )

    return build


def _stone(kind: stone.Kind) -> Callable[[Shot, Patch], Material]:
    def build(shot: Shot, area: Patch) -> Material:
        made = stone.slab(shot.rng, width=area.width, depth=area.depth, density=area.density, kind=kind)
        return Material(
            colour=made.colour, roughness=made.roughness, specular=0.5, bump=made.height, bump_scale=kind.relief
        )

    return build


def paint(colour: str | None, fallback: tuple[float, float, float]) -> tuple[float, float, float]:
    """A wished colour, else the fallback; linear."""
    return hexadecimal(colour) if colour else fallback


SURFACES: dict[str, Callable[[Shot, Patch], Material]] = {
    **{tone: _wood(tone) for tone in wood.TONES},
    **{name: _stone(kind) for name, kind in stone.KINDS.items()},
}
