"""Bags, shoes, hats, glasses, watches, jewellery, cloth: straps, laces, loops and wire."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.shapes import Shape, joined
from training.bodies import blob, bumpy, curve, plate, sweep
from training.products.figures import face
from training.products.finishes import Finish, Look, Parts, any_colour, part
from training.products.vessels import turned_solid
from training.shapes import box, grid


def backpack(look: Look) -> Parts:
    """A soft body with pockets, zips, a loop and hanging straps; sometimes with an animal's face."""
    wide, deep, high = look.between(0.4, 0.6), look.between(0.2, 0.4), look.between(0.5, 0.85)
    cloth = look.soft()
    body = blob([wide, deep, high], square=look.between(0.45, 0.8), lift=look.between(0.4, 0.8)).moved(z=high)
    pocket = blob([wide * 0.8, deep * 0.5, high * look.between(0.3, 0.5)], square=0.5, lift=0.5)
    parts = [part(bumpy(body, look.rng, 0.015, waves=2), cloth)]
    if look.odds(0.8):
        other = cloth if look.odds(0.6) else look.soft(look.second)
        parts.append(part(bumpy(pocket, look.rng, 0.01).moved(0, -deep * 0.75, high * 0.55), other))
    strap = look.soft(look.main if look.odds(0.5) else look.accent)
    loop = curve(
        [
            (-0.1, deep * 0.3, 1.93 * high),
            (-0.08, deep * 0.3, 2.1 * high),
            (0.08, deep * 0.3, 2.1 * high),
            (0.1, deep * 0.3, 1.93 * high),
        ],
        14,
    )
    parts.append(part(sweep(loop, 0.03, 0.015), strap))
    parts += [part(sweep(_strap(look, side, wide, deep, high), 0.07, 0.02), strap) for side in (-1, 1)]
    zips = curve(
        [
            (-wide * 0.75, -deep * 0.9, high * 1.2),
            (0, -deep * 1.08, high * look.between(1.3, 1.6)),
            (wide * 0.75, -deep * 0.9, high * 1.2),
        ],
        14,
    )
    parts.append(part(sweep(zips, 0.018), look.any_of("metal", "hard")))
    return parts + _animal(look, wide, deep, high) if look.odds(0.35) else parts


def _strap(look: Look, side: int, wide: float, deep: float, high: float) -> NDArray:
    out = look.between(0.1, 0.5)
    return curve(
        [
            (side * wide * 0.3, deep * 0.8, 1.85 * high),
            (side * (wide + out * 0.6), deep * 1.2, 1.3 * high),
            (side * (wide + out), deep * 1.1, 0.6 * high),
            (side * (wide + out * 0.4), deep * 0.6, 0.08),
        ],
        24,
    )


def _animal(look: Look, wide: float, deep: float, high: float) -> Parts:
    features = face(look, (0.0, -deep * 0.35, high * 1.2), wide * 0.8)
    ears = [
        blob([0.17, 0.07, 0.22], detail=12).moved(side * wide * 0.8, -0.05, high * look.between(1.7, 1.95))
        for side in (-1, 1)
    ]
    return [*features, part(joined(ears), look.soft(look.second))]


def handbag(look: Look) -> Parts:
    """A bag or basket that tapers, with handles that stand or a long strap that lies about."""
    wide, deep, high = look.between(0.5, 0.9), look.between(0.15, 0.4), look.between(0.4, 0.9)
    leather = look.any_of("soft", "soft", "hard", "printed")
    body = blob([wide, deep, high / 2], square=look.between(0.3, 0.6), lift=look.between(0.2, 0.5)).moved(z=high / 2)
    taper = 1 - look.between(-0.2, 0.4) * body.points[:, 2:] / high
    points = body.points * np.concatenate([taper, taper, np.ones_like(taper)], 1)
    parts = [part(bumpy(body.through(points), look.rng, 0.008), leather)]
    rise, reach = look.between(0.2, 0.8), wide * look.between(0.35, 0.7)
    for y in (-deep * 0.5, deep * 0.5)[: 1 if look.odds(0.4) else 2]:
        arc = curve(
            [
                (-reach, y, high * 0.9),
                (-reach * 0.8, y, high + rise * 0.7),
                (0, y, high + rise),
                (reach * 0.8, y, high + rise * 0.7),
                (reach, y, high * 0.9),
            ],
            24,
        )
        parts.append(
            part(sweep(arc, look.between(0.02, 0.06), 0.02), look.soft(look.accent if look.odds(0.4) else look.main))
        )
    if look.odds(0.5):
        parts.append(part(box(0.2, 0.06, 0.12, 0.02).moved(0, -deep * 0.95, high * 0.65), look.metal()))
    return parts


def _shoe(look: Look, upper: Finish, sole: Finish, detail: Finish) -> Parts:
    """Lofted along the foot, heel at +x: a sole, an upper with an opening, laces, a stripe."""
    t = np.linspace(0, 1, 26)
    thick, ankle = look.between(0.06, 0.2), look.between(0.45, 0.85)
    half = 0.3 * (np.sin(np.pi * t) ** 0.35) * (0.8 + 0.25 * np.cos(np.pi * (t * 1.7)))
    height = (
        thick
        + 0.16
        + (ankle - 0.16) * np.clip((t - 0.25) / 0.45, 0, 1) ** 1.3 * (1 - 0.12 * np.clip((t - 0.85) / 0.15, 0, 1))
    )
    height[[0, -1]] = thick + 0.05, ankle * 0.85
    parts = [part(_loft(t * 1.9 - 0.95, half * 1.06, np.full(26, thick), 0.3), sole)]
    parts.append(part(_loft(t * 1.9 - 0.95, half, height, look.between(0.6, 1.0), thick * 0.8), upper))
    opening = blob([0.36, 0.17, 0.1], detail=16).moved(0.5, 0, float(height[19]) - 0.02)
    parts.append(part(opening, Finish(colours=((0.08, 0.08, 0.09),) * 2, roughness=0.9)))
    if look.odds(0.7):
        rows = [(at, float(np.interp(at, t, height))) for at in np.linspace(0.3, 0.55, 5)]
        laces = [
            sweep(
                [(at * 1.9 - 0.95, -0.14, z - 0.03), (at * 1.9 - 0.92, 0, z + 0.03), (at * 1.9 - 0.95, 0.14, z - 0.03)],
                0.022,
            )
            for at, z in rows
        ]
        parts.append(part(joined(laces), detail))
    for side in (-1, 1):
        stripe = curve([(-0.1, side * 0.285, thick + 0.05), (0.2, side * 0.29, 0.3), (0.45, side * 0.26, 0.42)], 10)
        parts.append(part(sweep(stripe, 0.03), detail))
    return parts


def _loft(x: NDArray, half: NDArray, top: NDArray, square: float, low: float = 0.0) -> Shape:
    """Cross-sections along x that stand on z = `low` and reach `top`."""
    angle = np.linspace(0, 2 * np.pi, 29)[None]
    y = half[:, None] * np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** square
    z = low + (top - low)[:, None] * (0.5 + 0.5 * np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** square)
    points = np.stack([np.broadcast_to(x[:, None], y.shape), y, z], 2)
    ends = [np.broadcast_to(points[row].mean(0), (1, 29, 3)) for row in (0, -1)]
    return grid(np.concatenate([ends[0], points, ends[1]]))


def shoes(look: Look) -> Parts:
    """A trainer, boot or slipper, or a pair."""
    upper, sole, detail = (
        look.any_of("soft", "soft", "hard"),
        look.hard(any_colour(look.rng) if look.odds(0.5) else (0.9, 0.9, 0.88)),
        look.soft(look.accent),
    )
    one = _shoe(look, upper, sole, detail)
    if look.odds(0.65):
        return one
    angle = look.between(-30, 30)
    return one + [
        part(piece.mesh.turned(z=angle).moved(look.between(-0.05, 0.05), 0.75), piece.finish) for piece in one
    ]


def glasses(look: Look) -> Parts:
    """Spectacles or sunglasses, open on a table: rims, lenses, temples."""
    frame = look.any_of("metal", "hard", "hard")
    rim, wire = look.between(0.28, 0.42), look.between(0.015, 0.06)
    square, tall = look.between(0.5, 1.0), look.between(0.7, 1.0)
    a = np.linspace(0, 2 * np.pi, 41)
    loop = np.stack(
        [
            rim * np.sign(np.cos(a)) * np.abs(np.cos(a)) ** square,
            0 * a,
            tall * rim * np.sign(np.sin(a)) * np.abs(np.sin(a)) ** square,
        ],
        1,
    )
    tint = look.hard((0.05, 0.05, 0.06)) if look.odds(0.55) else look.glass()
    parts: Parts = []
    for side in (-1, 1):
        at = (side * (rim + 0.08), 0, rim * tall)
        parts += [part(sweep(loop, wire).moved(*at), frame), part(plate(loop[:-1][:, [0, 2]], 0.02).moved(*at), tint)]
        hinge = (side * (2 * rim + 0.1), 0, rim * tall * 1.3)
        temple = curve([hinge, (side * (2 * rim + 0.1), 0.8, rim * 1.2), (side * (2 * rim + 0.05), 1.2, rim * 0.5)], 16)
        parts.append(part(sweep(temple, wire), frame))
    parts.append(part(sweep([(-0.1, 0, rim * tall * 1.2), (0.1, 0, rim * tall * 1.2)], wire), frame))
    return parts


def headphones(look: Look) -> Parts:
    """A band over two cups."""
    a = np.linspace(0, np.pi, 30)
    band = np.stack([0.6 * np.cos(a), 0 * a, 0.75 * np.sin(a) + 0.25], 1)
    cup = turned_solid([0.28, 0.28], [0, 0.2], rounding=0.08).turned(y=90)
    parts = [part(sweep(band, look.between(0.03, 0.1), 0.03), look.hard())]
    parts += [part(cup.moved(x - 0.1, 0, 0.3), look.any_of("hard", "soft")) for x in (-0.6, 0.6)]
    if look.odds(0.5):
        parts = [part(one.mesh.turned(x=-80), one.finish) for one in parts]
    return parts


def ring(look: Look) -> Parts:
    """Rings, bracelets, watches, belts: a loop with a stone or dial."""
    a = np.linspace(0, 2 * np.pi, 60)
    radius, wide = 0.5, look.between(0.03, 0.18)
    loop = sweep(np.stack([radius * np.cos(a), 0 * a, radius * np.sin(a)], 1), look.between(0.02, 0.07), wide)
    parts = [part(loop, look.any_of("metal", "metal", "soft", "hard"))]
    dial = turned_solid([look.between(0.08, 0.33)] * 2, [0, look.between(0.05, 0.15)], rounding=0.02, segments=30)
    if look.odds(0.8):
        parts.append(part(dial.moved(z=radius), look.any_of("metal", "hard", "glass", "printed")))
    tilt = look.between(0, 90) if look.odds(0.6) else 0.0
    return [part(one.mesh.turned(x=tilt), one.finish) for one in parts]


def necklace(look: Look) -> Parts:
    """A chain or cord lying in a loose loop with a pendant; beads, cables, ropes."""
    a = np.linspace(0, 2 * np.pi * look.between(0.9, 2.0), 70)
    r = 0.5 + 0.12 * np.sin(3 * a + look.between(0, 6)) + 0.04 * a
    path = np.stack([r * np.cos(a), r * np.sin(a), 0.04 + 0.01 * a], 1)
    finish = look.any_of("metal", "hard", "soft")
    if look.odds(0.5):
        size = look.between(0.025, 0.07)
        return [part(joined([blob([size] * 3, detail=7).moved(*at) for at in path]), finish)]
    charm = plate(
        [
            (0.13 * np.cos(b) * k, 0.13 * np.sin(b) * k)
            for b, k in zip(np.linspace(0, 6.2, 20), look.rng.uniform(0.7, 1.3, 20), strict=True)
        ],
        0.04,
    )
    return [
        part(sweep(path, look.between(0.012, 0.05)), finish),
        part(charm.turned(x=-90).moved(*path[0]), look.any_of("metal", "hard")),
    ]


def hat(look: Look) -> Parts:
    """Caps, hats, helmets, lampshades."""
    crown = blob([0.5, 0.55, look.between(0.35, 0.6)], square=look.between(0.7, 1), lift=look.between(0.5, 1))
    crown = crown.through(np.maximum(crown.points, (-9, -9, 0.0)))
    finish = look.any_of("soft", "soft", "hard")
    parts = [part(bumpy(crown, look.rng, 0.01), finish)]
    if look.odds(0.5):
        peak = turned_solid([0.45, 0.45], [0, 0.03], rounding=0.01).scaled(0.9, 0.8, 1).turned(x=8).moved(0, -0.55, 0.0)
    else:
        peak = turned_solid([look.between(0.7, 1.0)] * 2, [0, 0.03], rounding=0.01)
    return [*parts, part(peak, finish if look.odds(0.6) else look.soft(look.second))]


def garment(look: Look) -> Parts:
    """A T-shirt, dress, sock or glove laid flat, or a folded pile."""
    if look.odds(0.4):
        return [
            part(
                bumpy(box(look.between(0.8, 1.1), look.between(0.7, 0.9), 0.13, 0.06), look.rng, 0.01)
                .turned(z=look.between(-4, 4))
                .moved(z=0.13 * row),
                look.soft(look.colour()),
            )
            for row in range(int(look.rng.integers(1, 5)))
        ]
    sleeve, hem = look.between(0.5, 0.9), look.between(0.3, 0.6)
    half = [
        (0.12, 0.62),
        (0.3, 0.6),
        (sleeve, look.between(-0.1, 0.5)),
        (sleeve - 0.15, look.between(-0.25, 0.25)),
        (0.32, 0.2),
        (hem, -look.between(0.5, 1.0)),
        (0.0, -look.between(0.5, 1.0)),
    ]
    outline = [*half, *((-x, z) for x, z in half[-2::-1]), (0.0, 0.55)]
    dense = np.concatenate(
        [np.linspace(start, end, 6)[:-1] for start, end in zip(outline, [*outline[1:], outline[0]], strict=True)]
    )
    cloth = bumpy(plate(dense, 0.07), look.rng, 0.01, waves=3)
    return [part(cloth.turned(x=-90).moved(z=0.05), look.any_of("soft", "soft", "printed"))]


FAMILIES = {
    backpack: 1.6,
    handbag: 0.9,
    shoes: 1.6,
    glasses: 0.7,
    headphones: 0.5,
    ring: 0.6,
    necklace: 0.4,
    hat: 0.5,
    garment: 0.5,
}
