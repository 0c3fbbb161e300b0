"""A tree stump: rings and cracks on its sawn top, furrowed bark that flares into roots."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.noise import spectral, to_unit_range
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import sheet, xyz
from ecomgen.scenes.studio.primitives.types import Material, Texture, Thing, Values
from ecomgen.scenes.studio.stage.finishes import finished_with
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.textures.wood import TONES

AROUND, DOWN = 384, 72  # points round the stump, and down its bark
RINGS, CRACKS = (22, 34), (5, 9)  # fewest and most on its top
RELIEF, DEEP = 0.028, 0.1  # units: of its bark, and by which it goes into the ground
BARK = np.array([(0.035, 0.026, 0.02), (0.17, 0.125, 0.09)], np.float32)  # in the furrows, and between them


def stump(shot: Shot, wood: str, *, radius: float, height: float, rooted: bool = True) -> list[Thing]:
    """A stump about the origin, its top at y = 0, at least `radius` wide all round; it stands on y = -`height`.

    One that is not `rooted` is a slice of a trunk that lies there.
    """
    turn = np.linspace(-np.pi, np.pi, AROUND)
    waves = [shot.uniform(0, 0.05 / k) * (1 + np.cos(k * turn + shot.uniform(0, 6.3))) for k in (1, 2, 3, 5, 8)]
    rim = radius * (1 + np.sum(waves, axis=0))
    top = Thing(sheet(_top(rim, turn)), finished_with(_sawn(shot, wood), shot.wish.finish, shot.rng))
    field = spectral(shot.rng, (DOWN, AROUND - 1), falloff=1.1, coarsest=0.5, finest=3, stretch=(0.25, 1.6))
    furrows = np.concatenate([field, field[:, :1]], axis=1)  # it repeats, and is closed to a ring
    colour = spectral(shot.rng, (256, 1024), falloff=0.7, coarsest=0.3, finest=2, stretch=(0.3, 1.6))
    shade = to_unit_range(colour, 2.0)[..., None]
    grain = Material(BARK[0] + shade * (BARK[1] - BARK[0]), roughness=0.95, specular=0.1)
    return [top, Thing(sheet(_bark(shot, rim, turn, furrows, height, rooted)), grain)]


def _top(rim: Values, turn: Values) -> Values:
    """The cut, from its middle to its rim, which is worn a little."""
    out = np.linspace(0, 1, 40)[:, None]
    worn = np.broadcast_to(-0.02 * np.clip((out - 0.92) / 0.08, 0, 1) ** 2, (40, AROUND))
    return xyz(out * rim * np.sin(turn), worn, out * rim * np.cos(turn))


def _bark(shot: Shot, rim: Values, turn: Values, furrows: Values, height: float, rooted: bool) -> Values:
    """The bark from the cut down to the ground, or into it and wider where the roots begin."""
    down = np.linspace(0, 1, DOWN)[:, None]
    roots = sum(np.cos(k * turn + shot.uniform(0, 6.3)) / k for k in (3, 5, 7))
    flare = (0.16 + 0.1 * np.asarray(roots)) * down**2.5 if rooted else 0.0
    thick = 0.02 + RELIEF * (1 + np.clip(furrows, -1.6, 1.6)) * np.clip(down / 0.04, 0.2, 1)
    out = rim + thick + flare
    level = np.broadcast_to(-0.012 - down * (height + (DEEP if rooted else -0.012)), out.shape)
    lip = xyz(rim * np.sin(turn), -0.02, rim * np.cos(turn))
    return np.concatenate([lip[None], xyz(out * np.sin(turn), level, out * np.cos(turn))])


def _sawn(shot: Shot, wood: str) -> Material:
    """The sawn top: rings that widen and wander, paler towards the bark, cracks that run outwards; rows go outwards."""
    rows, columns = 512, 1024
    tone = TONES.get(wood, TONES["oak"])
    out, turn = np.linspace(0, 1, rows)[:, None], np.linspace(-np.pi, np.pi, columns)
    lean = shot.uniform(0, 6.3)
    wander = out * (0.05 * np.cos(turn + lean) + 0.025 * np.cos(2 * turn + 2 * lean) + 0.012 * np.cos(5 * turn - lean))
    slow = spectral(shot.rng, (rows, columns), falloff=1.8, coarsest=0.3, stretch=(1, 6))
    phase, marked = _years(shot, out + wander)
    phase = phase + 0.25 * slow * out
    late = marked * (phase % 1) ** 2.5
    fibre = spectral(shot.rng, (rows, columns), falloff=0.5, coarsest=0.1, stretch=(3, 1))
    mix = np.clip(0.72 + 0.3 * (out - 0.5) - 0.75 * late + 0.06 * fibre, 0, 1)
    crack = _cracks(shot, out, turn)
    dark, light = np.asarray(tone.dark), np.asarray(tone.light)
    if shot.wish.surface_colour:
        light = np.asarray(hexadecimal(shot.wish.surface_colour))
        dark = 0.5 * light
    colour: Texture = ((dark + (light - dark) * mix[..., None]) * (1 - 0.85 * crack[..., None])).astype(np.float32)
    return Material(
        colour, roughness=0.8, specular=0.2, bump=(-crack - 0.1 * late).astype(np.float32), bump_scale=0.006
    )


def _years(shot: Shot, out: Values) -> tuple[Values, Values]:
    """How many years old the wood is where it is `out` of the middle, and how dark the late wood of that year is: good
    years are wide, bad ones narrow, and several follow each other."""
    rng, count = shot.spawn().rng, int(shot.uniform(*RINGS))
    climate = np.convolve(rng.normal(size=count + 2), (0.25, 0.5, 0.25), "valid")
    wide = np.exp(0.75 * climate) * np.linspace(1.25, 0.8, count)
    ends = np.concatenate([[0.0], np.cumsum(wide)]) / wide.sum()
    age = np.interp(out, ends, np.arange(count + 1)) + count * np.maximum(out - 1, 0)
    dark = rng.uniform(0.35, 1.0, count + 1)
    return age, dark[np.clip(age.astype(int), 0, count)]


def _cracks(shot: Shot, out: Values, turn: Values) -> Values:
    """Cracks along the rays of the wood, in [0, 1]: one gapes at the rim, the others taper both ways."""
    found = np.zeros((out.shape[0], len(turn)))
    for number in range(int(shot.rng.integers(*CRACKS))):
        at = shot.uniform(-np.pi, np.pi) + 0.08 * np.sin(5 * out + shot.uniform(0, 6.3))
        first, last = (
            (shot.uniform(0.0, 0.15), 1.1) if number == 0 else sorted((shot.uniform(0, 0.9), shot.uniform(0.2, 1)))
        )
        along = np.clip((out - first) / max(last - first, 0.1), 0, 1)
        wide = shot.uniform(0.006, 0.014) * (along if number == 0 else np.sin(np.pi * along))
        away = np.abs((turn - at + np.pi) % (2 * np.pi) - np.pi) * out
        found = np.maximum(found, np.exp(-((away / np.maximum(wide, 1e-4)) ** 2)))
    return found
