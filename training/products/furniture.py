"""Furniture, lamps, tools and food: legs with gaps, thin poles, things that lie."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import joined
from training.bodies import blob, bumpy, curve, sweep
from training.products.finishes import Look, Parts, any_colour, part
from training.products.vessels import turned_solid
from training.shapes import box


def chair(look: Look) -> Parts:
    """Chairs, stools, small tables, stands: a top on legs, often with a back."""
    wide, deep, high = look.between(0.5, 1.1), look.between(0.45, 0.8), look.between(0.3, 0.9)
    leg, spread = look.between(0.02, 0.06), look.between(0.9, 1.25)
    finish = look.any_of("hard", "metal", "soft")
    parts = [part(box(wide, deep, look.between(0.04, 0.2), 0.03).moved(z=high), look.any_of("hard", "soft"))]
    feet = [(x * wide, y * deep) for x in (-0.44, 0.44) for y in (-0.42, 0.42)]
    parts += [part(sweep([(x, y, high), (x * spread, y * spread, 0)], leg), finish) for x, y in feet]
    if look.odds(0.6):
        tall = look.between(0.4, 0.9)
        posts = [
            sweep([(x * wide, deep * 0.42, high), (x * wide, deep * 0.55, high + tall)], leg) for x in (-0.42, 0.42)
        ]
        rails = [
            box(wide * 0.9, 0.05, look.between(0.06, 0.2), 0.02).moved(0, deep * 0.5, high + tall * at)
            for at in (0.4, 0.8)
        ]
        parts.append(part(joined(posts + rails), finish))
    return parts


def lamp(look: Look) -> Parts:
    """A foot, a pole and a shade; candlesticks, microphones, goblets."""
    high, radius = look.between(0.6, 1.6), look.between(0.2, 0.45)
    foot = turned_solid([radius, radius * 0.7], [0, look.between(0.03, 0.15)], rounding=0.02)
    lean = look.between(-0.3, 0.3)
    pole = sweep(
        curve([(0, 0, 0), (look.between(-0.2, 0.2), 0, high * 0.5), (lean, 0, high)]), look.between(0.015, 0.06)
    )
    shade = turned_solid(
        [look.between(0.15, 0.5), look.between(0.08, 0.35)], [0, look.between(0.15, 0.6)], rounding=0.03
    )
    shade = shade.turned(y=look.between(-40, 40)).moved(lean, 0, high * 0.95)
    return [
        part(joined([foot, pole]), look.any_of("metal", "hard")),
        part(shade, look.any_of("soft", "hard", "metal", "glass")),
    ]


def tool(look: Look) -> Parts:
    """Brushes, spoons, knives, hammers, pens, torches: a handle and a head, lying or standing."""
    long, thick = look.between(0.8, 1.6), look.between(0.03, 0.1)
    stick = sweep(
        curve([(0, 0, 0), (look.between(-0.05, 0.05), 0, long * 0.5), (0, 0, long)], 20),
        np.full(20, thick) * np.linspace(look.between(0.6, 1.4), 1, 20),
        thick * look.between(0.4, 1),
    )
    head = blob(
        [look.between(0.06, 0.3), look.between(0.03, 0.2), look.between(0.06, 0.3)], square=look.between(0.4, 1)
    ).moved(z=long)
    parts = [part(stick, look.any_of("hard", "metal")), part(head, look.any_of("hard", "metal", "soft"))]
    if look.odds(0.25):
        return parts
    return [part(one.mesh.turned(y=90).turned(z=look.between(-90, 90)).moved(z=thick), one.finish) for one in parts]


def food(look: Look) -> Parts:
    """Fruit, bread, cakes, burgers: soft layers and lumps."""
    parts: Parts = []
    radius, z = look.between(0.35, 0.6), 0.0
    for _ in range(int(look.rng.integers(1, 6))):
        high = look.between(0.06, 0.4)
        layer = blob(
            [radius * look.between(0.9, 1.1), radius * look.between(0.9, 1.1), high],
            square=look.between(0.7, 1),
            lift=look.between(0.4, 1),
        )
        parts.append(part(bumpy(layer, look.rng, look.between(0, 0.04)).moved(z=z + high), look.any_of("hard", "soft")))
        z += 1.5 * high
    for _ in range(int(look.rng.integers(0, 12))):
        angle, out = look.between(0, 6.3), look.between(0, radius * 0.7)
        parts.append(
            part(
                blob(look.rng.uniform(0.04, 0.12, 3), detail=8).moved(out * np.cos(angle), out * np.sin(angle), z),
                look.hard(look.accent),
            )
        )
    return parts


def basket(look: Look) -> Parts:
    """Rings of wire or wicker with gaps between, sometimes with a handle."""
    radius, high, rows = look.between(0.4, 0.7), look.between(0.3, 0.8), int(look.rng.integers(3, 9))
    a = np.linspace(0, 2 * np.pi, 40)
    wire = look.between(0.012, 0.04)
    wider = look.between(0.8, 1.4)
    rings = [
        sweep(np.stack([r * np.cos(a), r * np.sin(a), 0 * a + z], 1), wire)
        for r, z in zip(np.linspace(radius, radius * wider, rows), np.linspace(wire, high, rows), strict=True)
    ]
    spokes = [
        sweep(
            [
                (radius * np.cos(b), radius * np.sin(b), 0),
                (radius * wider * np.cos(b), radius * wider * np.sin(b), high),
            ],
            wire,
        )
        for b in np.linspace(0, 2 * np.pi, 13)[:-1]
    ]
    parts = [part(joined(rings + spokes), look.any_of("metal", "hard"))]
    if look.odds(0.5):
        reach = radius * wider
        parts.append(
            part(
                sweep(
                    curve(
                        [
                            (-reach, 0, high),
                            (-reach * 0.8, 0, high * 1.8),
                            (0, 0, high * 2.2),
                            (reach * 0.8, 0, high * 1.8),
                            (reach, 0, high),
                        ]
                    ),
                    wire * 1.5,
                ),
                look.hard(any_colour(look.rng)),
            )
        )
    return parts


FAMILIES = {chair: 0.6, lamp: 0.6, tool: 0.7, food: 0.5, basket: 0.3}
