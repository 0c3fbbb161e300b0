"""Coloured paper: a floor, layered waves or discs standing behind, in tones of one colour or of two."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.props.arrangement import dressed
from ecomgen.scenes.studio.sets.declaration import Studio
from ecomgen.scenes.studio.stage import lights, supports
from ecomgen.scenes.studio.stage.palette import toned
from ecomgen.scenes.studio.stage.shapes import Shape, sheet
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import paint
from ecomgen.scenes.studio.stage.types import Colour, Dome, Material, Stage, Thing

FILL = Dome(zenith=(0.22, 0.22, 0.225), horizon=(0.18, 0.18, 0.185), nadir=(0.14, 0.14, 0.14))


def build(shot: Shot, _: Studio) -> Stage:
    wish = shot.wish
    colour = paint(wish.backdrop_colour or wish.surface_colour, shot.companion())
    colour = colour if wish.backdrop_colour or wish.surface_colour else toned(colour, chroma=1.5)
    ground = paint(wish.surface_colour, toned(colour, lightness=shot.between(0.72, 0.88)))
    paper = supports.sweep(shot, ground, far=-2.6, radius=0.25)
    layers = _waves(shot, colour) if shot.span("waves", 0, 1) < 0.5 else _discs(shot, colour)
    direction = lights.towards(shot.side, azimuth=shot.span("azimuth", 35, 65, wider=12), height=shot.height(40, 55))
    key = lights.softbox(direction, size=shot.between(0.5, 0.9), strength=1.9, colour=lights.kelvin(5600))
    far = max(float(layer.shape.points[:, 2].max()) for layer in layers)
    return Stage(things=(paper, *layers, *dressed(shot, (), far=far)), lamps=(key,), dome=FILL, aperture=0.02)


def _tones(shot: Shot, colour: Colour) -> list[Colour]:
    """Three tones from dark to light, of one hue or turning to another."""
    turn = float(shot.rng.choice([0, 0, 25, -25, 170]))
    return [toned(colour, lightness=0.5 + 0.15 * k, hue=turn * k / 3) for k in range(3)]


def _waves(shot: Shot, colour: Colour) -> list[Thing]:
    """Three sheets cut in waves, the farthest the highest."""
    things = []
    for number, tone in enumerate(_tones(shot, colour)):
        z = -2.1 + 0.5 * number
        half = shot.frame.half_width(z) * 1.3
        x = np.linspace(-half, half, 160)
        crest = shot.frame.eye + shot.between(-0.1, 0.25) + 0.32 * (1 - number)
        line = crest + 0.22 * np.sin(x * shot.between(1.5, 3) + shot.between(0, 6)) + 0.08 * np.sin(5 * x)
        foot, depth = np.full(160, -0.2), np.full(160, z)
        grid = np.stack([np.stack([x, line, depth], -1), np.stack([x, foot, depth], -1)])
        things.append(Thing(shape=sheet(grid, smooth=False), material=Material(colour=tone)))
    return things


def _discs(shot: Shot, colour: Colour) -> list[Thing]:
    """Paper discs standing behind one another."""
    things = []
    for number, tone in enumerate(_tones(shot, colour)):
        z, radius = -2.0 + 0.45 * number, shot.between(0.45, 1.0) * (1.15 - 0.25 * number)
        x = shot.frame.at(shot.frame.product_x + shot.between(-0.8, 0.8), z)
        things.append(Thing(shape=_disc(radius).moved(x, shot.between(0.1, 0.6), z), material=Material(colour=tone)))
    return things


def _disc(radius: float) -> Shape:
    turn = np.linspace(0, 2 * np.pi, 97)
    rim = np.stack([radius * np.cos(turn), radius * np.sin(turn), np.zeros(97)], -1)
    return sheet(np.stack([rim, np.zeros_like(rim)]), smooth=False)
