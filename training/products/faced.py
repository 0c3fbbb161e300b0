"""Rims with a face in them and rims with nothing: dials, mirrors, hoops, watches, drums, wreaths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Shape, joined
from training.bodies import blob, plate, sweep
from training.products.finishes import Finish, Look, Parts, moved, part
from training.products.pieces import Outline, bent, circle, dark, disc, facing, lying, outline, pale, rim, rod
from training.products.vessels import turned_solid
from training.shapes import box, leaf


def dial(look: Look) -> Parts:
    """Wall and alarm clocks, gauges, scales: a mostly pale face with ticks and hands in a coloured rim."""
    shape, wide, deep = outline(look), look.between(0.015, 0.12), look.between(0.02, 0.16)
    front = -deep * look.between(0.3, 0.9)
    face = pale(look) if look.odds(0.75) else look.printed((0.93, 0.92, 0.88))
    case = look.any_of("hard", "hard", "metal")
    parts = [part(rim(shape, wide, deep, square=look.between(0.4, 1)), case)]
    parts.append(part(plate(shape, -2 * front), face if look.odds(0.9) else dark(look)))
    parts.append(part(_ticks(look, shape, front), dark(look)))
    parts.append(part(_hands(look, front), dark(look) if look.odds(0.7) else look.hard(look.accent)))
    if look.odds(0.15):
        parts.append(part(plate(shape, 0.01).moved(y=front - 0.03), look.glass()))
    foot = float(shape[:, 1].min()) - wide
    if look.odds(0.45):
        parts.append(part(_legs_and_bells(look, foot, float(shape[:, 1].max())), look.metal()))
    return parts


def _ticks(look: Look, shape: Outline, front: float) -> Shape:
    marks, size = 4 if look.odds(0.4) else 12, look.between(0.008, 0.022)
    rows = shape[np.linspace(0, len(shape), marks + 1)[:-1].astype(int)]
    return joined([box(2 * size, 0.01, 3 * size, 0.003).moved(x * 0.8, front - 0.005, z * 0.8) for x, z in rows])


def _hands(look: Look, front: float) -> Shape:
    pieces = [facing(disc(0.03, -0.005, 0.02)).moved(y=front - 0.01)]
    for reach in look.rng.uniform(0.15, 0.34, int(look.rng.integers(2, 4))):
        angle = look.between(0, 6.3)
        tip = (reach * np.cos(angle), front - 0.015, reach * np.sin(angle))
        pieces.append(rod((0, front - 0.015, 0), tip, thick=look.between(0.006, 0.016)))
    return joined(pieces)


def _legs_and_bells(look: Look, foot: float, top: float) -> Shape:
    pieces = [rod((side * 0.2, 0, foot + 0.12), (side * 0.32, 0, foot - 0.08), thick=0.03) for side in (-1, 1)]
    if look.odds(0.5):
        pieces += [blob([0.14, 0.13, 0.1], detail=12).moved(side * 0.22, 0, top) for side in (-1, 1)]
        pieces.append(bent((-0.2, 0, top + 0.05), (0, 0, top + 0.22), (0.2, 0, top + 0.05), thick=0.016))
    return joined(pieces)


def _held(look: Look, shape: Outline, finish: Finish) -> Parts:
    """Nothing, a handle, a foot with a pole, or two legs behind."""
    low, kind = float(shape[:, 1].min()), int(look.rng.integers(5))
    if kind == 0:
        return [part(rod((0, 0, low), (0, 0, low - look.between(0.3, 0.7)), thick=look.between(0.02, 0.06)), finish)]
    if kind == 1:
        tall = look.between(0.05, 0.6)
        foot = disc(look.between(0.18, 0.4), 0, 0.04).moved(z=low - tall - 0.04)
        return [part(joined([rod((0, 0, low), (0, 0, low - tall), thick=0.03), foot]), finish)]
    if kind == 2:
        legs = [rod((side * 0.15, 0, 0.2), (side * 0.3, 0.4, low), thick=0.02) for side in (-1, 1)]
        return [part(joined(legs), finish)]
    return []


def _bar(look: Look) -> Finish:
    return look.any_of("hard", "hard", "metal", "soft", "printed")


def mirror(look: Look) -> Parts:
    """Mirrors, pictures, signs, notice boards: a frame that is filled, with a silvered, pale or printed panel."""
    shape, wide, deep = outline(look), look.between(0.012, 0.1), look.between(0.012, 0.07)
    finish = _bar(look)
    parts = [part(rim(shape, wide, deep, square=look.between(0.3, 1)), finish), *_held(look, shape, finish)]
    silver = Finish(colours=((0.93, 0.94, 0.95),) * 2, roughness=look.between(0.02, 0.1), metal=1.0)
    kind = look.between(0, 1)
    panel = silver if kind < 0.4 else pale(look) if kind < 0.75 else look.any_of("printed", "soft", "hard")
    parts.append(part(plate(shape, deep * look.between(0.3, 1.2)), panel))
    if kind > 0.4 and look.odds(0.5):
        inner = plate(shape * look.between(0.35, 0.7), 0.01).moved(y=-deep * 0.62)
        parts.append(part(inner, look.any_of("printed", "hard", "soft")))
    return parts


def hoop(look: Look) -> Parts:
    """The outlines of `mirror` with nothing in them: hoops, empty frames, rings, sometimes one in another or barred."""
    shape, wide, deep = outline(look), look.between(0.012, 0.11), look.between(0.012, 0.1)
    finish = _bar(look)
    bars = [rim(shape, wide, deep, square=look.between(0.3, 1))]
    if look.odds(0.2):
        bars.append(rim(shape * look.between(0.45, 0.75), wide * 0.7, deep * 0.8))
    if look.odds(0.25):
        low, high = shape.min(0), shape.max(0)
        bars.append(rod((low[0], 0, 0), (high[0], 0, 0), thick=wide * 0.6))
        if look.odds(0.6):
            bars.append(rod((0, 0, low[1]), (0, 0, high[1]), thick=wide * 0.6))
    parts = [part(joined(bars), finish), *_held(look, shape, finish)]
    if look.odds(0.3):
        piece = rim(shape, wide * 1.15, deep * 1.15)
        cut = piece.faces[: len(piece.faces) // int(look.rng.integers(3, 9))]
        parts.append(part(replace(piece, faces=cut), _bar(look)))
    return lying(look, parts, 0.15)


def watch(look: Look) -> Parts:
    """A small dial on a strap that is closed, or lies open."""
    radius, wide = look.between(0.16, 0.3), look.between(0.07, 0.17)
    shape = outline(look) * 2 * radius
    strap = look.soft() if look.odds(0.5) else dark(look) if look.odds(0.5) else look.metal()
    case = [
        part(facing(turned_solid([radius * 0.6] * 2, [-0.02, 0.03])), look.metal()),
        part(rim(shape, radius * look.between(0.06, 0.25), 0.05, square=0.6), look.any_of("metal", "hard")),
        part(plate(shape, 0.06), pale(look) if look.odds(0.7) else dark(look)),
        part(_hands(look, -0.035), dark(look) if look.odds(0.7) else look.hard(look.accent)),
    ]
    crown = rod((radius, 0, 0), (radius + 0.07, 0, 0), thick=0.03)
    angle = np.linspace(0.5 * np.pi, 2.5 * np.pi, 70)
    if look.odds(0.55):
        deep, tall = look.between(0.3, 0.5), look.between(0.4, 0.55)
        path = np.stack([0 * angle, deep - deep * np.sin(angle), tall * np.cos(angle)], 1)
    else:
        reach = look.between(0.7, 1.0)
        z = np.linspace(-reach, reach, 50)
        path = np.stack([0 * z, 0.02 + look.between(0, 0.1) * z**2, z], 1)
        case = moved(case, y=-0.03)
    band = sweep(path, np.full(len(path), wide), 0.018)
    parts = [*case, part(crown, look.metal()), part(band, strap)]
    return lying(look, parts, 0.5)


def tambourine(look: Look) -> Parts:
    """Hand drums, sieves and tambourines: a deep ring with a skin over it and small discs of metal round it."""
    wide, deep = look.between(0.01, 0.04), look.between(0.05, 0.16)
    ring = rim(circle(0.5), wide, deep, square=look.between(0.3, 0.7))
    skin = plate(circle(0.5), 0.015).moved(y=-deep * look.between(0.3, 0.95))
    parts = [part(ring, look.any_of("hard", "hard", "soft")), part(skin, pale(look) if look.odds(0.8) else look.soft())]
    count = int(look.rng.integers(0, 13))
    coins = [
        facing(disc(0.06, -0.012, 0.012)).moved(0.53 * np.cos(a), 0, 0.53 * np.sin(a))
        for a in np.linspace(0, 2 * np.pi, count + 1)[:-1]
    ]
    if coins:
        parts.append(part(joined(coins), look.metal()))
    if look.odds(0.35):
        band = rim(circle(0.5), wide * 1.2, deep * 0.25).moved(y=-deep * 0.7)
        parts.append(part(band, look.hard(look.accent)))
    if look.odds(0.3):
        tails = [bent((0, 0, -0.5), (x, -0.1, -0.7), (2 * x, 0, -0.95), thick=0.03, flat=0.2) for x in (-0.1, 0.08)]
        parts.append(part(joined(tails), look.soft(look.accent)))
    return lying(look, parts, 0.15)


def wreath(look: Look) -> Parts:
    """Wreaths, life belts, rope rings: a thick open ring with wraps, leaves, berries or a bow."""
    thick = look.between(0.05, 0.2)
    parts = [part(rim(circle(0.5), thick, thick * look.between(0.5, 1)), look.any_of("soft", "hard"))]
    if look.odds(0.5):
        begin = look.between(0, 6.3)
        wraps = [
            rim(circle(thick * 1.06, 24), 0.03, 0.04).turned(z=90).moved(y=0).moved(z=0.5).turned(y=np.degrees(a))
            for a in begin + np.linspace(0, 2 * np.pi, int(look.rng.integers(3, 7)) + 1)[:-1]
        ]
        parts.append(part(joined(wraps), look.soft(look.second)))
    if look.odds(0.6):
        parts.append(part(_leaves(look, thick), look.soft()))
    if look.odds(0.4):
        at = look.rng.uniform(0, 6.3, int(look.rng.integers(4, 20)))
        berries = [blob([0.05] * 3, detail=8).moved(0.5 * np.cos(a), -thick * 0.8, 0.5 * np.sin(a)) for a in at]
        parts.append(part(joined(berries), look.hard(look.accent)))
    if look.odds(0.4):
        bow = [
            blob([0.16, 0.06, 0.09], detail=12).turned(y=side * 20).moved(side * 0.14, -thick, 0.5) for side in (-1, 1)
        ]
        tails = [
            bent((0, -thick, 0.5), (side * 0.1, -thick * 1.2, 0.3), (side * 0.14, -thick, 0.05), thick=0.035, flat=0.3)
            for side in (-1, 1)
        ]
        parts.append(part(joined(bow + tails), look.soft(look.accent)))
    return lying(look, parts, 0.2)


def _leaves(look: Look, thick: float) -> Shape:
    pieces = []
    for angle in look.rng.uniform(0, 360, int(look.rng.integers(30, 110))):
        one = leaf(look.between(0.15, 0.3), look.between(0.05, 0.12), 0.5).turned(x=look.between(0, 360))
        one = one.turned(y=look.between(-70, -20) if look.odds(0.5) else look.between(110, 160))
        radius = 0.5 + look.between(-0.8, 0.8) * thick
        pieces.append(one.moved(0, look.between(-1, 0.3) * thick, radius).turned(y=float(angle)))
    return joined(pieces)


FAMILIES = {dial: 1.3, mirror: 1.2, hoop: 1.3, watch: 0.9, tambourine: 1.0, wreath: 1.0}
