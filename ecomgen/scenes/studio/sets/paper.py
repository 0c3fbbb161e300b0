"""Coloured paper: a floor, behind it waves, discs, pleats or arches, in tones of one colour or of two."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.declarations.sets import Studio
from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.primitives.palette import beside, hexadecimal, lightness, toned
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Dome, Material, Stage, Thing
from ecomgen.scenes.studio.props.arrangement import arrange_props
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import tables
from ecomgen.scenes.studio.stage.surfaces import paint

FILL = Dome(zenith=(0.22, 0.22, 0.225), horizon=(0.18, 0.18, 0.185), nadir=(0.14, 0.14, 0.14))
PRIMARY = ("#2f5fa8", "#d5473a", "#f3ede1", "#f0b429")
LIGHTS = {"pale": (0.74, 0.07), "deep": (0.46, 0.1), "dark": (0.34, 0.11)}
"""By tone how light the farthest sheet is, Oklab, and by how much each before it is lighter."""


def build(shot: Shot, plan: Studio) -> Stage:
    wish = shot.wish
    colour = paint(wish.backdrop_colour or wish.surface_colour, shot.companion())
    colour = colour if wish.backdrop_colour or wish.surface_colour else toned(colour, chroma=1.4)
    usual = shot.uniform(0.72, 0.88) if shot.tone is None else sum(LIGHTS[shot.tone])
    ground = paint(wish.surface_colour, toned(colour, lightness=usual))
    paper = tables.sweep(shot, ground, far=-2.6, radius=0.25)
    layers = KINDS[shot.turn(*KINDS)](shot, _tones(shot, colour))
    far = max(float(layer.shape.points[:, 2].max()) for layer in layers)
    things = (paper, *layers, *arrange_props(shot, (), far=far))
    if lights.hardness(shot) in ("hard", "dappled"):
        hour = lights.daylight(shot, *(plan.hours or ("afternoon",)))
        azimuth, height = shot.span("azimuth", 50, 76, wider=8), shot.height(26, 40)
        return Stage(things=things, lamps=(lights.sun_from(shot, hour, azimuth=azimuth, height=height),), dome=FILL)
    direction = lights.towards(shot.side, azimuth=shot.span("azimuth", 35, 65, wider=12), height=shot.height(40, 55))
    key = lights.softbox(direction, size=shot.span("softness", 0.4, 1.2), strength=1.9, colour=lights.kelvin(5600))
    return Stage(things=things, lamps=(key,), dome=FILL, aperture=0.02)


def _tones(shot: Shot, colour: Colour) -> list[Colour]:
    """Four tones from the farthest to the nearest: of a colour that was told, or turning from one hue to another; the
    style's own colour is one of several."""
    if shot.wish.backdrop_colour == vocabulary().style["memphis"].backdrop:
        first = PRIMARY.index(shot.turn(*PRIMARY))
        return [hexadecimal(PRIMARY[(first + k) % len(PRIMARY)]) for k in range(4)]
    if shot.wish.backdrop_colour or shot.wish.surface_colour:
        near, step = lightness(colour), shot.span("layers", 0.02, 0.1)
        step = step if near > 0.5 else -step
        if shot.wish.backdrop_colour is None and shot.turn("own", "other") == "other":
            colour = beside(colour, shot.turn("next", "neutral"), near - 0.1)
            return [toned(colour, lightness=near - 0.06 - (step + 0.03) * (3 - k)) for k in range(4)]
        return [toned(colour, lightness=near - step * (3 - k)) for k in range(4)]
    turn = float(shot.turn("0", "25", "-30", "170"))
    dark, step = LIGHTS.get(shot.tone or "", (0.48, 0.12))
    return [toned(colour, lightness=dark + step * k, hue=turn * k / 3) for k in range(4)]


def _waves(shot: Shot, tones: list[Colour]) -> list[Thing]:
    """Sheets cut in waves, the farthest the highest."""
    things = []
    swing, broad = shot.uniform(0.1, 0.3), shot.uniform(1.2, 3)
    for number, tone in enumerate(tones):
        z = -2.25 + 0.36 * number
        half = shot.frame.half_width(z) * 1.3
        x = np.linspace(-half, half, 160)
        crest = shot.frame.eye + shot.uniform(-0.1, 0.25) + 0.3 * (1 - number)
        line = crest + swing * np.sin(x * broad * shot.uniform(0.8, 1.2) + shot.uniform(0, 6)) + 0.08 * np.sin(5 * x)
        foot, depth = np.full(160, -0.2), np.full(160, z)
        grid = np.stack([xyz(x, line, depth), xyz(x, foot, depth)])
        things.append(Thing(sheet(grid, smooth=False), Material(tone)))
    return things


def _discs(shot: Shot, tones: list[Colour]) -> list[Thing]:
    """Paper discs standing behind one another."""
    things = []
    for number, tone in enumerate(tones):
        z, radius = -2.2 + 0.34 * number, shot.uniform(0.5, 1.0) * (1.2 - 0.22 * number)
        x = shot.frame.at(shot.frame.product_x + shot.uniform(-0.9, 0.9), z)
        things.append(Thing(_disc(radius).moved(x, shot.uniform(0.1, 0.7), z), Material(tone)))
    return things


def _pleats(shot: Shot, tones: list[Colour]) -> list[Thing]:
    """A wall of paper folded to and fro, two discs standing before it."""
    z, pitch = -2.3, shot.uniform(0.2, 0.36)
    half, high = shot.frame.half_width(z) * 1.3, shot.frame.top * shot.frame.spread(z) + 1
    x = np.arange(-half, half, pitch)
    depth = z + 0.45 * pitch * (-1.0) ** np.arange(len(x))
    grid = np.stack([xyz(x, y, depth) for y in (high, -0.2)])
    wall = Thing(_creased(grid), Material(tones[2]))
    before = _discs(shot, tones[:2])
    return [wall, *(disc.moved(z=0.5) for disc in before)]


def _creased(grid: np.ndarray) -> Shape:
    """A sheet through 2xCx3 points whose folds are sharp."""
    return joined([sheet(grid[:, k : k + 2], smooth=False) for k in range(grid.shape[1] - 1)])


def _arches(shot: Shot, tones: list[Colour]) -> list[Thing]:
    """Gateways one before the other, the largest farthest, off the middle."""
    things, x = [], shot.frame.product_x + shot.uniform(-0.45, 0.45)
    for number, tone in enumerate(tones):
        z, radius = -2.3 + 0.32 * number, 1.5 - 0.3 * number
        turn, tall = np.linspace(0, np.pi, 65), shot.frame.eye + 0.35 - 0.22 * number
        rim = xyz(radius * np.cos(turn), tall + radius * np.sin(turn), 0)
        foot = rim * [1, 0, 1] - [0, 0.2, 0]
        shape = sheet(np.stack([rim, foot]), smooth=False).moved(shot.frame.at(x, z), 0, z)
        things.append(Thing(shape, Material(tone)))
    return things


def _disc(radius: float) -> Shape:
    turn = np.linspace(0, 2 * np.pi, 97)
    rim = xyz(radius * np.cos(turn), radius * np.sin(turn), 0)
    return sheet(np.stack([rim, np.zeros_like(rim)]), smooth=False)


KINDS = {"waves": _waves, "discs": _discs, "pleats": _pleats, "arches": _arches}
