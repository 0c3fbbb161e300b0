"""A wall of the wished kind close behind everything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.adaptation.door import front_door
from ecomgen.scenes.studio.bodies.plants import leaf
from ecomgen.scenes.studio.declarations.sets import WALL
from ecomgen.scenes.studio.interiors.room import TIMBER, bare_wall
from ecomgen.scenes.studio.primitives.palette import hexadecimal, lightness
from ecomgen.scenes.studio.primitives.shapes import joined, wall
from ecomgen.scenes.studio.primitives.types import Lamp, Material, Stage, Sun, Texture, Thing
from ecomgen.scenes.studio.stage.backdrop import defocused
from ecomgen.scenes.studio.stage.lights import dimmed
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import cloths
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, material, paint
from ecomgen.scenes.studio.textures.graffiti import sprayed

CLOSEST = {"indoors": 1.6, "outdoors": 1.35}  # times as large as usual that a long lens shows what is behind
AWAY = 1.0  # metres behind a small product: as far as a wall seems by the size of its bricks
SIDES = {"left": (-1.0, 0.15), "right": (1.0, 0.15), "side": (-1.0, 0.3), "around": (0.0, 0.0), "top": (0.0, 0.0)}
"""Which side is calm, -1 for the left one, 0 for all, and from where across the picture (-1 to 1) on."""

HUNG = {
    "hanging": ("linen", ("#efeae0", "#e6dccb", "#dfe0db")),
    "theatre": ("velvet", ("#8c1620", "#7a1c2c", "#6a1220")),
}
"""Curtains by kind: their usual cloth and its colours."""
WOODEN = (TIMBER, "wood")
DARK, GRAFFITI = ("dusk", "night"), "graffiti"
SHEER, SHINING = 0.72, 0.2  # lightness (Oklab) from which on a curtain is; the light that comes through, of its colour


def before_wall(stage: Stage, shot: Shot) -> Stage:
    """A wall of the wished kind behind everything, lit from the room's side, where the room itself has none."""
    kind = shot.wish.wall
    if kind is None or shot.frame.lying or bare_wall(shot):
        return stage
    lamps = tuple(_before(lamp) for lamp in stage.lamps)
    return replace(stage, things=(*stage.things, *_made(shot, kind)), lamps=lamps)


def _made(shot: Shot, kind: str) -> list[Thing]:
    if kind == "door":
        return front_door(shot, _behind(shot))
    if kind in HUNG:
        behind = _curtain(shot, *HUNG[kind])
    elif kind in ("paint", "greenery"):
        behind = _flat(shot, paint(shot.wish.backdrop_colour, (0.62, 0.60, 0.57)))
    elif kind == GRAFFITI:
        bricks = _textured(shot, "brick")
        behind = replace(bricks, material=sprayed(shot.rng, bricks.material))
    else:
        behind = _textured(shot, ("wood" if shot.indoors else "weathered") if kind in WOODEN else kind)
    return [behind, *_hedge(shot, kind)]


def _behind(shot: Shot) -> float:
    return WALL if shot.built is None else shot.built.wall


def _curtain(shot: Shot, usual: str, colours: tuple[str, ...]) -> Thing:
    """A curtain in long folds; through a pale one comes the daylight."""
    cloth = shot.wish.surface if shot.wish.surface in CLOTHS else usual
    of_cloth = shot.wish.surface_colour if cloth == shot.wish.surface else None
    colour = shot.wish.backdrop_colour or of_cloth or shot.turn(*colours)
    hung = cloths.curtain(shot.wishing(surface_colour=colour, finish=()), str(cloth), far=_behind(shot))
    if lightness(hexadecimal(colour)) < SHEER or shot.wish.time in DARK or "dark" in shot.wish.mood:
        return hung
    shining = dimmed(hexadecimal(colour), SHINING)
    return replace(hung, material=replace(hung.material, glow=shining))


def _flat(shot: Shot, colour: tuple[float, float, float]) -> Thing:
    half = shot.frame.half_width(_behind(shot)) * 1.5
    return Thing(wall(-half, half, -6, 9, _behind(shot)), Material(colour))


def _textured(shot: Shot, surface: str) -> Thing:
    """A wall of a surface that is known from the ground, standing."""
    half = shot.frame.half_width(_behind(shot)) * 1.25
    low = -0.4
    high = shot.frame.high(shot.frame.top, _behind(shot)) + 0.4
    upright = shot.wishing(surface_colour=shot.wish.backdrop_colour, finish=())
    frame = shot.frame
    smaller = max((frame.distance + AWAY * shot.units_per_metre) / (frame.distance - _behind(shot)), 1.0)
    made = material(upright, surface, 2 * half * smaller, (high - low) * smaller)
    return Thing(wall(-half, half, low, high, _behind(shot)), made)


def _hedge(shot: Shot, kind: str) -> list[Thing]:
    """Leaves all over a wall of plants."""
    if kind != "greenery":
        return []
    half = shot.frame.half_width(_behind(shot)) * 1.2
    high = shot.frame.high(shot.frame.top, _behind(shot)) + 0.3
    moulds = [leaf(0.24, 0.12, curl=c).turned(x=t) for c, t in ((0.4, 12), (0.6, 30), (0.2, -6), (0.5, 45))]
    things = []
    for tone in (0.6, 1.0, 1.5):
        leaves = [
            shot.choice(*moulds)
            .turned(z=180 + shot.uniform(-70, 70))
            .scaled(shot.uniform(0.7, 1.5))
            .moved(shot.uniform(-half, half), shot.uniform(-0.2, high), _behind(shot) + shot.uniform(0.0, 0.16))
            for _ in range(int(260 * half))
        ]
        green = Material((0.05 * tone, 0.13 * tone, 0.03 * tone), roughness=0.5)
        things.append(Thing(joined(leaves), green))
    return things


def _before(lamp: Lamp) -> Lamp:
    """The lamp where a wall behind does not hide it."""
    if isinstance(lamp, Sun):
        x, y, z = lamp.towards
        return replace(lamp, towards=(x, y, max(z, 0.22)))
    x, y, z = lamp.position
    return replace(lamp, position=(x, y, max(z, -0.9)))


def behind_lens(stage: Stage, shot: Shot) -> Stage:
    """The backdrop as a shorter or longer lens shows it, and which part of it: seeds take turns.

    What the prompt names there, or wants calm, stays whole.
    """
    behind, wish = stage.backdrop, shot.wish
    if behind is None or not shot.ideas or wish.background or wish.furniture or wish.space:
        return stage
    closest = CLOSEST["indoors" if shot.indoors else "outdoors"]
    large = shot.span("lens", 1.0, closest)
    aside = shot.span("part", -0.7, 0.7) * (large - 1) * shot.frame.right
    return replace(stage, backdrop=behind.scaled(large, eye=shot.frame.eye, aside=aside))


def calmed(stage: Stage, shot: Shot) -> Stage:
    """The backdrop blurred and evened out where words are to stand."""
    if shot.wish.space not in SIDES:
        return stage
    side, start = SIDES[shot.wish.space]
    blur, evenness = (0.07, 0.75) if "copy" in shot.wish.accents else (0.04, 0.35)

    def calm(picture: Texture) -> Texture:
        soft = defocused(picture, blur * picture.shape[1])
        across = np.linspace(-1, 1, picture.shape[1], dtype=np.float32)[None, :, None]
        share = np.clip((side * across - start) / 0.35 + 0.5, 0, 1) if side else np.ones_like(across)
        even = soft + (soft.mean(axis=(0, 1), keepdims=True) - soft) * evenness
        return (picture + (even - picture) * share).astype(np.float32)

    return stage.behind(calm)
