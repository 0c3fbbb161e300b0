"""Things turned on a lathe: bottles, vases, cans, cups, pots, bowls, jars."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Shape, joined
from training.bodies import blob, curve, sweep
from training.products.finishes import Finish, Look, Parts, any_colour, near, part
from training.shapes import lathe, leaf, profile


def turned_solid(radii: list[float], heights: list[float], *, rounding: float = 0.12, segments: int = 48) -> Shape:
    """A closed solid from radii at heights."""
    corners = [
        (0.0, heights[0], 0.0),
        *((r, h, rounding) for r, h in zip(radii, heights, strict=True)),
        (0.0, heights[-1], 0.0),
    ]
    return lathe(profile(*corners, step=0.04), segments=segments)


def hollow(radii: list[float], heights: list[float], wall: float, floor: float = 0.06) -> Shape:
    """Open at the top, with an inside."""
    outer = [(0.0, 0.0, 0.0), *((r, h, 0.08) for r, h in zip(radii, heights, strict=True))]
    inner = [(max(r - wall, 0.01), h, 0.08) for r, h in zip(radii[::-1], heights[::-1], strict=True)]
    lowest = (inner[-1][0], heights[0] + floor, 0.03)
    return lathe(profile(*outer, *inner[:-1], lowest, (0.0, heights[0] + floor, 0.0), step=0.04), segments=48)


def label(look: Look, radius: float, low: float, high: float) -> Parts:
    band = profile(
        (radius * 1.006, low, 0.0), (radius * 1.006, (low + high) / 2, 0.0), (radius * 1.006, high, 0.0), step=0.05
    )
    arc = 360.0 if look.odds(0.5) else look.between(80, 200)
    return [part(lathe(band, arc=arc, segments=40), look.printed(any_colour(look.rng)))]


def bottle(look: Look) -> Parts:
    """Bottles of every build, with a neck, a cap, often a label, sometimes of glass."""
    height, radius = look.between(1.2, 3.2), look.between(0.3, 0.6)
    shoulder, neck = look.between(0.5, 0.8) * height, look.between(0.25, 0.6) * radius
    waist = radius * look.between(0.8, 1.1)
    body = turned_solid(
        [radius * 0.95, waist, radius, neck, neck],
        [0, shoulder * 0.5, shoulder, shoulder + 0.4 * (height - shoulder), height],
    )
    glass = look.odds(0.25)
    cap = turned_solid(
        [neck * 1.15, neck * look.between(0.9, 1.2)], [height * 0.98, height * look.between(1.04, 1.25)], rounding=0.03
    )
    parts = [
        part(body, look.glass() if glass else look.any_of("hard", "hard", "printed")),
        part(cap, look.any_of("metal", "hard")),
    ]
    if glass and look.odds(0.7):
        level = shoulder * look.between(0.4, 1.0)
        parts.append(
            part(turned_solid([radius * 0.8, waist * 0.8, radius * 0.8], [0.05, level * 0.5, level]), look.hard())
        )
    if look.odds(0.65):
        parts += label(look, max(radius, waist), shoulder * 0.15, shoulder * look.between(0.5, 0.9))
    return _squashed(look, parts)


def _squashed(look: Look, parts: Parts) -> Parts:
    flat = look.between(0.4, 0.9) if look.odds(0.25) else 1.0
    return [replace(one, mesh=one.mesh.scaled(1.0, flat, 1.0)) for one in parts]


def vase(look: Look) -> Parts:
    """A free profile, open above, sometimes with stems in it."""
    count = int(look.rng.integers(3, 6))
    heights = np.linspace(0, look.between(0.8, 2.8), count + 1).tolist()
    radii = look.rng.uniform(0.2, 0.8, count + 1).tolist()
    parts = [
        part(
            hollow(radii, heights, 0.04),
            look.glass() if look.odds(0.15) else look.any_of("hard", "hard", "metal", "soft"),
        )
    ]
    if look.odds(0.3):
        parts += _stems(look, heights[-1] * 0.7, radii[-1] * 0.5)
    return parts


def _stems(look: Look, z: float, radius: float) -> Parts:
    green = near(look.rng, (0.25, 0.42, 0.2), 0.3)
    leaves = []
    for _ in range(int(look.rng.integers(4, 16))):
        one = leaf(look.between(0.5, 1.6), look.between(0.08, 0.45), look.between(0.2, 1.2)).turned(
            y=-look.between(30, 85)
        )
        leaves.append(
            one.turned(z=look.between(0, 360)).moved(look.between(-radius, radius), look.between(-radius, radius), z)
        )
    return [
        part(joined(leaves), Finish(colours=(green, near(look.rng, green, 0.3)), pattern="gradient", roughness=0.6))
    ]


def plant(look: Look) -> Parts:
    """A plant in its pot."""
    top, height = look.between(0.4, 0.8), look.between(0.5, 1.0)
    return [
        part(hollow([top * look.between(0.6, 1.0), top], [0, height], 0.05, height * 0.8), look.any_of("hard", "soft")),
        *_stems(look, height * 0.8, top * 0.4),
        *_stems(look, height * 0.8, top * 0.3),
    ]


def can(look: Look) -> Parts:
    """A drinks or food can with a print all around and metal ends."""
    radius, height = 0.5, look.between(0.7, 2.1)
    neck = radius * look.between(0.8, 1.0)
    wall = lathe(profile((radius, 0.08, 0.0), (radius, height / 2, 0.0), (radius, height, 0.0), step=0.05), segments=48)
    foot = lathe(profile((0.0, 0.05, 0.0), (neck, 0.0, 0.02), (radius, 0.08, 0.0), step=0.02), segments=48)
    lid = lathe(
        profile(
            (radius, height, 0.0),
            (neck, height + 0.12, 0.03),
            (neck * 0.92, height + 0.12, 0.01),
            (neck * 0.9, height + 0.08, 0.0),
            (0.0, height + 0.08, 0.0),
            step=0.02,
        ),
        segments=48,
    )
    tab = sweep(
        curve(
            [
                (-0.1, -0.2, height + 0.1),
                (0.1, -0.2, height + 0.1),
                (0.1, 0.05, height + 0.1),
                (-0.1, 0.05, height + 0.1),
                (-0.1, -0.2, height + 0.1),
            ],
            16,
        ),
        0.02,
    )
    tin = look.metal()
    return [part(wall, look.printed()), part(joined([foot, lid, tab]), tin)]


def cup(look: Look) -> Parts:
    """A mug, cup or glass, often with an open handle, sometimes on a saucer that belongs to it, sometimes full."""
    height, radius = look.between(0.5, 1.3), look.between(0.4, 0.65)
    low = radius * look.between(0.5, 1.0)
    finish = look.glass() if look.odds(0.25) else look.any_of("hard", "hard", "printed", "metal")
    parts = [
        part(
            hollow([low, (low + radius) / 2 * look.between(0.95, 1.15), radius], [0, height / 2, height], 0.05), finish
        )
    ]
    if look.odds(0.65):
        parts.append(part(_ear(look, (low + radius) / 2, height), finish))
    if look.odds(0.4):
        drink = lathe(profile((radius * 0.9, height * 0.85, 0.0), (0.0, height * 0.86, 0.0), step=0.1), segments=40)
        parts.append(part(drink, Finish(colours=(any_colour(look.rng),) * 2, roughness=0.15)))
    return parts


def _ear(look: Look, radius: float, height: float) -> Shape:
    reach, turn = look.between(0.25, 0.5), look.between(-60, 60)
    path = curve(
        [
            (radius * 0.9, 0, height * 0.85),
            (radius + reach, 0, height * look.between(0.7, 0.95)),
            (radius + reach, 0, height * look.between(0.3, 0.5)),
            (radius * 0.88, 0, height * 0.18),
        ]
    )
    return sweep(path, look.between(0.04, 0.09), look.between(0.03, 0.07)).turned(z=turn)


def teapot(look: Look) -> Parts:
    """A pot, jug or kettle with spout, handle, lid and knob."""
    radius, height = look.between(0.5, 0.8), look.between(0.7, 1.5)
    finish = look.any_of("hard", "hard", "metal", "soft")
    body = turned_solid(
        [radius * 0.7, radius, radius * look.between(0.6, 1.0), radius * look.between(0.35, 0.6)],
        [0, height * 0.4, height * 0.75, height],
    )
    spout = sweep(
        curve(
            [
                (-radius * 0.75, 0, height * 0.3),
                (-radius * 1.25, 0, height * 0.5),
                (-radius * look.between(1.4, 1.8), 0, height * look.between(0.8, 1.1)),
            ]
        ),
        np.linspace(0.17, 0.06, 24),
    )
    knob = blob([0.09, 0.09, 0.09], detail=10).moved(z=height + 0.12)
    lid = turned_solid([radius * 0.6, radius * 0.3], [height, height + 0.1], rounding=0.05)
    parts = [part(joined([body, spout]), finish), part(joined([lid, knob]), finish if look.odds(0.6) else look.hard())]
    return [*parts, part(_pot_handle(look, radius, height), finish if look.odds(0.6) else look.hard(look.second))]


def _pot_handle(look: Look, radius: float, height: float) -> Shape:
    if look.odds(0.3):
        top = height * look.between(1.5, 2.0)
        return sweep(
            curve(
                [
                    (-radius * 0.7, 0, height * 0.85),
                    (-radius * 0.6, 0, top * 0.9),
                    (0, 0, top),
                    (radius * 0.6, 0, top * 0.9),
                    (radius * 0.7, 0, height * 0.85),
                ]
            ),
            0.05,
        )
    return sweep(
        curve(
            [
                (radius * 0.8, 0, height * 0.8),
                (radius * look.between(1.4, 1.8), 0, height * 0.8),
                (radius * look.between(1.3, 1.7), 0, height * 0.35),
                (radius * 0.85, 0, height * 0.25),
            ]
        ),
        look.between(0.05, 0.08),
    )


def bowl(look: Look) -> Parts:
    """A bowl or plate with fruit, sweets or food in it, or empty."""
    radius, height = look.between(0.6, 1.1), look.between(0.1, 0.6)
    parts = [
        part(
            hollow([radius * 0.45, radius * 0.85, radius], [0, height * 0.4, height], 0.04),
            look.any_of("hard", "hard", "metal", "glass"),
        )
    ]
    if look.odds(0.7):
        size, finish = look.between(0.1, 0.35), look.hard(any_colour(look.rng))
        for _ in range(int(look.rng.integers(3, 16))):
            angle, out = look.between(0, 6.3), look.between(0, max(radius * 0.8 - size, 0.05))
            one = blob(size * look.rng.uniform(0.8, 1.1, 3), detail=12).turned(x=look.between(0, 90))
            parts.append(
                part(
                    one.moved(out * np.cos(angle), out * np.sin(angle), height * 0.5 + size + look.between(0, size)),
                    finish,
                )
            )
    return parts


def jar(look: Look) -> Parts:
    """Jars, tins, pots of cream, candles, tubes: a body and a lid as wide."""
    radius, height = 0.5, look.between(0.35, 1.6)
    glass = look.odds(0.3)
    body = turned_solid(
        [radius, radius * look.between(0.95, 1.05), radius], [0, height / 2, height], rounding=look.between(0.02, 0.12)
    )
    lid = turned_solid(
        [radius * look.between(0.85, 1.04)] * 2, [height, height + look.between(0.1, 0.35)], rounding=0.03
    )
    parts = [part(body, look.glass() if glass else look.any_of("hard", "printed", "metal"))]
    if glass:
        parts.append(part(turned_solid([radius * 0.85] * 2, [0.06, height * look.between(0.5, 0.9)]), look.hard()))
    if look.odds(0.8):
        parts.append(part(lid, look.any_of("hard", "metal")))
    return [*parts, *(label(look, radius * 1.03, height * 0.2, height * 0.8) if look.odds(0.6) else [])]


FAMILIES = {bottle: 1.2, vase: 1.0, plant: 0.4, can: 0.8, cup: 1.0, teapot: 1.0, bowl: 0.7, jar: 0.8}
