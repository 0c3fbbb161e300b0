"""What a finish does to a material: polished, matte, weathered, wet, dark, pale, rough, gilded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.random import Generator

from ecomgen.color import LUMA
from ecomgen.scenes.studio.primitives.noise import spectral, to_unit_range
from ecomgen.scenes.studio.primitives.types import Material, Texture, Thing, Values, triple
from ecomgen.scenes.studio.stage.shot import Shot

Change = Callable[[Material, Generator], Material]

GOLD = (0.75, 0.5, 0.17)
MOSS = (0.10, 0.155, 0.03)
WORN = (560, 560)  # pixels of a map of wear that is laid over what has no texture of its own


def finished_with(material: Material, finishes: Sequence[str], rng: Generator) -> Material:
    """The material after each finish in turn. Mirrors and glass stay as they are."""
    if material.transmission > 0:
        return material
    for name in finishes:
        material = FINISHES[name](material, rng)
    return material


def finished_ground(things: Sequence[Thing], shot: Shot) -> list[Thing]:
    """Natural ground in the wished finish; what grows or lies on it stays as it is."""
    if not things or not shot.wish.finish:
        return list(things)
    made = finished_with(things[0].material, shot.wish.finish, shot.rng)
    return [replace(things[0], material=made), *things[1:]]


def overgrown(material: Material, rng: Generator) -> Material:
    """With cushions of moss on it, and bare between them."""
    colour = _shaped(material)
    shape = colour.shape[:2]
    cover = np.clip(2.4 * spectral(rng, shape, falloff=1.5, coarsest=0.4) - 0.3, 0, 1)
    tufts = np.tanh(spectral(rng, shape, falloff=0.35, finest=1.3))
    moss = np.asarray(MOSS) * (1 + 0.5 * tufts + 0.25 * np.tanh(spectral(rng, shape, falloff=1.4)))[..., None]
    relief = np.zeros(shape) if material.bump is None else np.broadcast_to(material.bump, shape)
    return replace(
        material,
        colour=np.clip(colour + (moss - colour) * cover[..., None], 0, 1).astype(np.float32),
        roughness=np.asarray(material.roughness + (1 - material.roughness) * cover, np.float32),
        bump=(relief * (1 - cover) + (0.6 + 0.4 * tufts) * cover).astype(np.float32),
        bump_scale=max(material.bump_scale, 0.006),
    )


def _polished(material: Material, _: Generator) -> Material:
    roughness = np.clip(0.35 * np.asarray(material.roughness) - 0.05, 0.05, 0.22)
    return replace(
        material,
        roughness=_as_before(material.roughness, roughness),
        specular=max(material.specular, 0.65),
        bump_scale=0.3 * material.bump_scale,
    )


def _matte(material: Material, _: Generator) -> Material:
    return replace(material, roughness=max(float(np.mean(material.roughness)), 0.92), specular=0.15, sheen=0.0)


def _weathered(material: Material, rng: Generator) -> Material:
    """Greyed and bleached in patches, stained in others, its shine gone."""
    colour = _shaped(material)
    patches = to_unit_range(spectral(rng, colour.shape[:2], falloff=1.4), 1.8)[..., None]
    stains = np.clip(spectral(rng, colour.shape[:2], falloff=1.7, coarsest=0.35) - 1.0, 0, 1)[..., None]
    luma = colour @ LUMA
    grey = (luma * 0.85 + 0.06)[..., None] * np.array([1.04, 1.0, 0.94])
    worn = colour + (grey - colour) * (0.25 + 0.5 * patches)
    rougher = np.clip(np.asarray(material.roughness) + 0.25, 0, 1)
    return replace(
        material,
        colour=np.clip(worn * (1 - 0.45 * stains), 0, 1).astype(np.float32),
        roughness=_as_before(material.roughness, rougher),
        bump_scale=1.5 * material.bump_scale,
    )


def _wet(material: Material, rng: Generator) -> Material:
    """Darker and more saturated, with puddles that mirror and drown what relief there is."""
    colour = _shaped(material)
    puddles = np.clip(to_unit_range(spectral(rng, colour.shape[:2], falloff=1.7, coarsest=0.4), 1.2) * 2.0 - 0.4, 0, 1)
    dry = np.mean(material.roughness)
    bump = material.bump
    if bump is not None and bump.shape[:2] == puddles.shape:
        bump = bump * (1 - puddles)
    return replace(
        material,
        colour=np.clip(0.62 * colour * (0.15 + 0.85 * colour) ** 0.25, 0, 1).astype(np.float32),
        roughness=(0.07 + 0.34 * float(dry) * (1 - puddles)).astype(np.float32),
        specular=0.9,
        bump=bump,
        bump_scale=0.35 * material.bump_scale,
    )


def _rough(material: Material, rng: Generator) -> Material:
    """Its relief stands out; what has none gets some."""
    matte = replace(material, roughness=max(float(np.mean(material.roughness)), 0.85), specular=0.25)
    if material.bump is None:
        return replace(matte, bump=spectral(rng, WORN, falloff=1.0), bump_scale=0.012)
    return replace(matte, bump_scale=2.4 * material.bump_scale)


def _shaped(material: Material) -> Values:
    """The colour as a texture, HxWx3: of the material's own size where it has one."""
    if isinstance(material.colour, np.ndarray):
        return material.colour
    shape = material.bump.shape[:2] if material.bump is not None else WORN
    return np.broadcast_to(np.asarray(material.colour, np.float32), (*shape, 3))


def _coloured(material: Material, change: Callable[[Any], Any]) -> Material:
    if isinstance(material.colour, np.ndarray):
        return replace(material, colour=np.clip(change(material.colour), 0, 1).astype(np.float32))
    return replace(material, colour=triple(min(max(change(value), 0.0), 1.0) for value in material.colour))


def _as_before(before: float | Texture, after: Any) -> float | Texture:
    """A number where there was one, else a map."""
    return np.asarray(after, np.float32) if isinstance(before, np.ndarray) else float(after)


def _gilded(material: Material, rng: Generator) -> Material:
    """With veins of gold, that swell and fade."""
    colour = _shaped(material)
    shape = colour.shape[:2]
    branches = [spectral(rng, shape, falloff=2.0, coarsest=size) for size in (0.7, 0.35)]
    swell = to_unit_range(spectral(rng, shape, falloff=1.8, coarsest=0.5), 1.5)
    vein = np.max([np.exp(-((one / (0.045 * swell + 0.004)) ** 2)) for one in branches], axis=0) * np.sqrt(swell)
    gilt = colour + (np.asarray(GOLD) - colour) * vein[..., None]
    return replace(material, colour=gilt.astype(np.float32))


FINISHES: dict[str, Change] = {
    "gilded": _gilded,
    "polished": _polished,
    "matte": _matte,
    "weathered": _weathered,
    "wet": _wet,
    "dark": lambda material, _: _coloured(material, lambda c: 0.38 * c),
    "pale": lambda material, _: _coloured(material, lambda c: c + (0.80 - c) * 0.42),
    "rough": _rough,
}
