"""Dishes and what is in them: plates, bowls, boxes and pans whose contents have another colour."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Shape, joined
from training.bodies import blob, bumpy, plate
from training.products.finishes import Finish, Look, Parts, any_colour, near, part, turned
from training.products.pieces import bent, circle, dark, disc, glossy, outline, pale, rim, rod
from training.products.vessels import hollow, turned_solid
from training.shapes import box, lathe, profile


def _pair(look: Look) -> tuple[Finish, Finish]:
    """The dish's finish and its contents': mostly far apart."""
    kind = look.between(0, 1)
    if kind < 0.4:
        return pale(look), dark(look) if look.odds(0.6) else look.hard(any_colour(look.rng))
    if kind < 0.65:
        return dark(look) if look.odds(0.7) else look.metal(), pale(look)
    return look.any_of("hard", "metal", "glass", "soft"), look.hard(any_colour(look.rng))


def _surface(radius: float, z: float, rise: float) -> Shape:
    """Soup, sauce, coffee: a flat or domed top that reaches the wall."""
    return lathe(
        profile((radius, z, 0.0), (radius * 0.6, z + rise * 0.8, 0.1), (0.0, z + rise, 0.0), step=0.05), segments=40
    )


def _lumps(look: Look, radius: float, z: float, finish: Finish) -> Parts:
    """Fruit, pasta, sweets, meat on the surface."""
    parts, size, other = [], look.between(0.06, 0.2), look.hard(any_colour(look.rng))
    for _ in range(int(look.rng.integers(3, 16))):
        angle, out = look.between(0, 6.3), look.between(0, max(radius - size, 0.05))
        one = bumpy(blob(size * look.rng.uniform(0.5, 1.2, 3), detail=10), look.rng, 0.03).turned(
            z=look.between(0, 180)
        )
        at = one.moved(out * np.cos(angle), out * np.sin(angle), z + look.between(0, size * 0.6))
        parts.append(part(at, finish if look.odds(0.7) else other))
    return parts


def platter(look: Look) -> Parts:
    """A plate with a rim of its own colour, a band, a picture; it stands upright in part of cases."""
    well, rise = look.between(0.5, 0.8), look.between(0.04, 0.2)
    dish = pale(look) if look.odds(0.5) else look.any_of("hard", "metal", "soft")
    base = profile((0.0, 0.0, 0.0), (well * 0.8, 0.0, 0.03), (1.0, rise, 0.0), step=0.04)
    inside = profile((well, rise * 0.45 + 0.02, 0.0), (well * 0.9, 0.04, 0.05), (0.0, 0.04, 0.0), step=0.04)
    brim = profile((1.0, rise, 0.0), (0.99, rise + 0.02, 0.01), (well, rise * 0.45 + 0.02, 0.0), step=0.04)
    parts = [part(lathe(base, segments=56), dish), part(lathe(inside, segments=56), dish)]
    parts.append(part(lathe(brim, segments=56), look.hard() if look.odds(0.6) else dish))
    if look.odds(0.5):
        edge = rim(circle(0.99), 0.015, 0.015).turned(x=90).moved(z=rise + 0.015)
        parts.append(part(edge, look.metal() if look.odds(0.4) else look.hard(look.accent)))
    if look.odds(0.4):
        picture = plate(circle(well * look.between(0.4, 0.85)), 0.01).turned(x=-90).moved(z=0.05)
        parts.append(part(picture, look.printed(look.colour()) if look.odds(0.6) else look.hard(look.accent)))
    elif look.odds(0.4):
        parts += _lumps(look, well * 0.8, 0.08, _pair(look)[1])
        return parts
    return turned(parts, look.between(65, 88), "x") if look.odds(0.5) else parts


def bowlful(look: Look) -> Parts:
    """Bowls, cups and pots seen with what fills them: dark in pale, pale in dark, or coloured."""
    radius, high = look.between(0.5, 1.0), look.between(0.2, 0.75)
    low = radius * look.between(0.4, 0.95)
    outside, contents = _pair(look)
    swell = radius * look.between(0.8, 1.05)
    parts = [part(hollow([low, swell, radius], [0, high * look.between(0.4, 0.7), high], 0.04), outside)]
    level = high * look.between(0.6, 0.92)
    parts.append(part(_surface((swell + radius) / 2 * 0.95, level, look.between(0, 0.25)), contents))
    if look.odds(0.6):
        parts += _lumps(look, radius * 0.75, level + 0.03, contents)
    if look.odds(0.35):
        parts.append(part(rim(circle(radius * 0.985), 0.025, 0.02).turned(x=90).moved(z=high), look.hard(look.accent)))
    if look.odds(0.3):
        way = (look.between(0.3, 0.6) * radius, look.between(-0.5, 0.5))
        stick = rod((0, 0, level), (way[0] * 2.6, way[1] * 2, high + look.between(0.3, 0.8)), thick=0.03)
        parts.append(part(stick, look.any_of("metal", "hard")))
    return parts


def lunchbox(look: Look) -> Parts:
    """An oblong box or tin without its lid, with compartments that are filled."""
    shape, high = outline(look) * 2.0, look.between(0.1, 0.3)
    outside, contents = _pair(look)
    wall = rim(shape, look.between(0.02, 0.06), high, square=0.25).turned(x=90).moved(z=high)
    floor = plate(shape, high * look.between(0.2, 1.5)).turned(x=-90).moved(z=high * 0.8)
    parts = [part(wall, outside), part(floor, contents if look.odds(0.5) else outside)]
    low, top = shape.min(0), shape.max(0)
    for _ in range(int(look.rng.integers(0, 3))):
        at = look.between(-0.4, 0.4)
        if look.odds(0.5):
            parts.append(part(box(0.04, float(np.ptp(shape[:, 1])) * 0.9, 2 * high, 0.01).moved(at), outside))
        else:
            parts.append(part(box(float(np.ptp(shape[:, 0])) * 0.9, 0.04, 2 * high, 0.01).moved(0, at), outside))
    reach = 0.75 * float(min(np.abs(low).min(), np.abs(top).min()))
    for _ in range(int(look.rng.integers(1, 4))):
        parts += _lumps(look, reach, high * 1.3, look.hard(any_colour(look.rng)) if look.odds(0.5) else contents)
    return parts


def pan(look: Look) -> Parts:
    """Frying pans and pots with a long handle or two ears, of another material, and food or a lid in them."""
    radius, high = look.between(0.5, 0.8), look.between(0.1, 0.55)
    outside, contents = _pair(look)
    outside = outside if look.odds(0.5) else look.any_of("metal", "hard")
    parts = [part(hollow([radius * look.between(0.8, 1), radius], [0, high], 0.035), outside)]
    grip = dark(look) if look.odds(0.6) else look.any_of("hard", "metal")
    if high < 0.35 or look.odds(0.5):
        reach, lift = look.between(0.6, 1.2), look.between(0.05, 0.3)
        start, angle = (radius * 0.95, 0, high * 0.8), look.between(-150, 150)
        stick = bent(
            start, (radius + reach * 0.4, 0, high + lift * 0.6), (radius + reach, 0, high + lift), thick=0.07, flat=0.45
        )
        parts.append(part(stick.turned(z=angle), grip))
    else:
        ears = [
            bent(
                (s * radius * 0.97, -0.2, high * 0.8),
                (s * (radius + 0.18), 0, high * 0.85),
                (s * radius * 0.97, 0.2, high * 0.8),
                thick=0.035,
            )
            for s in (-1, 1)
        ]
        parts.append(part(joined(ears), grip))
    if look.odds(0.2):
        lid = turned_solid([radius * 1.02, radius * 0.4], [high, high + 0.15], rounding=0.05)
        knob = blob([0.09, 0.09, 0.07], detail=12).moved(z=high + 0.2)
        return [*parts, part(lid, look.glass() if look.odds(0.5) else outside), part(knob, grip)]
    level = high * look.between(0.3, 0.85)
    parts.append(part(_surface(radius * 0.94, level, look.between(0, 0.06)), contents if look.odds(0.75) else outside))
    return [
        *parts,
        *(_eggs(look, radius, level) if look.odds(0.35) else _lumps(look, radius * 0.85, level + 0.03, contents)),
    ]


def _eggs(look: Look, radius: float, level: float) -> Parts:
    white = Finish(colours=((0.93, 0.92, 0.88),) * 2, roughness=0.3)
    yolk = Finish(colours=(near(look.rng, (0.95, 0.65, 0.1), 0.1),) * 2, roughness=0.2)
    parts: Parts = []
    for _ in range(int(look.rng.integers(1, 4))):
        angle, out = look.between(0, 6.3), look.between(0, radius * 0.5)
        x, y = out * np.cos(angle), out * np.sin(angle)
        body = bumpy(blob([0.26, 0.22, 0.04], detail=16), look.rng, 0.03, waves=1.5)
        parts += [
            part(body.moved(x, y, level + 0.03), white),
            part(blob([0.09, 0.09, 0.06], detail=12).moved(x, y, level + 0.06), yolk),
        ]
    return parts


def kettle(look: Look) -> Parts:
    """Kettles, coffee pots, watering cans: body, spout, lid, and a handle and base of another material."""
    low, top, high = look.between(0.4, 0.65), look.between(0.25, 0.5), look.between(0.5, 1.1)
    body = look.metal() if look.odds(0.5) else glossy(look)
    grip = dark(look) if look.odds(0.6) else look.any_of("hard", "metal")
    parts = [
        part(turned_solid([low, low * look.between(0.9, 1.1), top], [0.06, high * 0.5, high], rounding=0.12), body)
    ]
    parts.append(part(disc(low * look.between(0.95, 1.2), 0, 0.09), grip if look.odds(0.6) else body))
    parts.append(
        part(
            turned_solid([top * 0.95, top * 0.6], [high, high + 0.08], rounding=0.03), grip if look.odds(0.4) else body
        )
    )
    parts.append(part(blob([0.07, 0.07, 0.07], detail=12).moved(z=high + 0.13), grip))
    spout = bent(
        (-low * 0.8, 0, high * look.between(0.3, 0.7)),
        (-low - 0.2, 0, high * 0.75),
        (-low - look.between(0.2, 0.5), 0, high * 1.05),
        thick=look.between(0.05, 0.1),
    )
    parts.append(part(spout, body))
    if look.odds(0.5):
        rise = look.between(0.3, 0.6)
        handle = bent(
            (-top * 0.9, 0, high * 0.97),
            (-top * 0.7, 0, high + rise),
            (top * 0.7, 0, high + rise),
            (top * 0.9, 0, high * 0.97),
            thick=0.05,
        )
    else:
        out = look.between(0.3, 0.5)
        handle = bent(
            (top * 0.9, 0, high * 0.95),
            (low + out, 0, high * 0.95),
            (low + out, 0, high * 0.4),
            (low * 0.9, 0, high * 0.2),
            thick=0.06,
        )
    return [*parts, part(handle, grip)]


FAMILIES = {platter: 1.0, bowlful: 1.4, lunchbox: 0.7, pan: 1.0, kettle: 0.8}
