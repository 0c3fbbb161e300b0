"""Things of several materials: cameras, radios, headsets, sunglasses, split bodies, glossy packs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import joined
from training.bodies import blob, plate
from training.products.finishes import Finish, Look, Parts, any_colour, part
from training.products.pieces import bent, cable, circle, dark, disc, facing, glossy, lying, pale, rim, rod, smoked
from training.products.vessels import label, turned_solid
from training.shapes import box


def camera(look: Look) -> Parts:
    """A body of two materials, a lens of rings with glass in it, a finder, buttons, sometimes a strap."""
    wide, deep, high = look.between(0.8, 1.2), look.between(0.25, 0.45), look.between(0.5, 0.8)
    split = look.between(0.6, 0.85) * high
    upper = look.metal() if look.odds(0.5) else look.hard(look.second)
    parts = [part(box(wide, deep, split, 0.05), dark(look) if look.odds(0.5) else look.soft())]
    parts.append(part(box(wide * 0.995, deep * 0.98, high - split + 0.04, 0.03).moved(z=split - 0.04), upper))
    radius, reach = look.between(0.18, 0.32) * high / 0.6, look.between(0.05, 0.5)
    at = (look.between(-0.1, 0.15) * wide, -deep / 2, high * 0.46)
    barrel, inner = facing(disc(radius, 0, reach)), facing(disc(radius * 0.86, 0, reach + 0.015))
    parts += [
        part(barrel.moved(*at), look.metal() if look.odds(0.4) else dark(look)),
        part(inner.moved(*at), dark(look)),
    ]
    glass = Finish(colours=((0.03, 0.03, 0.07),) * 2, roughness=0.04)
    parts.append(
        part(blob([radius * 0.65, 0.05, radius * 0.65], detail=18).moved(at[0], at[1] - reach - 0.01, at[2]), glass)
    )
    finder = box(wide * 0.25, deep * 0.7, 0.12, 0.03).moved(look.between(-0.1, 0.1), 0, high - 0.01)
    knobs = [disc(0.07, 0, 0.06).moved(x * wide, 0, high - 0.01) for x in (-0.36, 0.36)]
    parts += [part(finder, upper), part(joined(knobs), look.metal())]
    if look.odds(0.4):
        strap = bent(
            (-wide * 0.5, 0, high * 0.8),
            (-wide * 0.9, 0.1, 0.05),
            (-0.2, -deep - 0.3, 0.02),
            (wide * 0.8, -0.4, 0.02),
            (wide * 0.5, 0, high * 0.8),
            thick=0.035,
            flat=0.3,
            count=40,
        )
        parts.append(part(strap, dark(look) if look.odds(0.5) else look.soft(look.accent)))
    return parts


def radio(look: Look) -> Parts:
    """A case with a grille, a pale scale, knobs, a thin aerial at any angle and often a handle."""
    wide, deep, high = look.between(0.6, 1.2), look.between(0.2, 0.4), look.between(0.35, 0.8)
    front = -deep / 2
    parts = [part(box(wide, deep, high, look.between(0.03, 0.12)), look.any_of("hard", "hard", "soft"))]
    side = 1 if look.odds(0.5) else -1
    grille = (
        plate(circle(high * look.between(0.25, 0.38)), 0.04)
        if look.odds(0.6)
        else box(wide * 0.4, 0.03, high * 0.7, 0.02).moved(z=-high * 0.35)
    )
    holes = Finish(colours=((0.04, 0.04, 0.04), look.colour()), pattern="dots", roughness=0.6)
    parts.append(part(grille.moved(side * wide * 0.22, front, high * 0.5), holes if look.odds(0.5) else dark(look)))
    scale = box(wide * 0.38, 0.03, high * look.between(0.15, 0.4), 0.01).moved(-side * wide * 0.25, front, high * 0.5)
    parts.append(part(scale, pale(look) if look.odds(0.7) else look.printed((0.9, 0.9, 0.85))))
    knobs = [facing(disc(high * 0.09, 0, 0.06)).moved(-side * wide * x, front, high * 0.22) for x in (0.15, 0.34)]
    parts.append(part(joined(knobs), look.any_of("metal", "hard")))
    angle, long = np.radians(look.between(15, 90)), look.between(0.5, 1.2)
    start = np.array([side * wide * 0.42, deep * 0.3, high * 0.97])
    tip = start + long * np.array([-side * np.cos(angle), 0, np.sin(angle)])
    parts.append(
        part(
            joined([rod(start, tip, thick=look.between(0.006, 0.014)), blob([0.02] * 3, detail=8).moved(*tip)]),
            look.metal(),
        )
    )
    if look.odds(0.6):
        rise = look.between(0.12, 0.3)
        bow = bent(
            (-wide * 0.4, 0, high * 0.95),
            (-wide * 0.36, 0, high + rise),
            (wide * 0.36, 0, high + rise),
            (wide * 0.4, 0, high * 0.95),
            thick=0.03,
        )
        parts.append(part(bow, look.any_of("hard", "metal") if look.odds(0.5) else dark(look)))
    return parts


def headset(look: Look) -> Parts:
    """A band, two cups with pads, a thin arm with a microphone, a cable that lies about."""
    a = np.linspace(-0.1, np.pi + 0.1, 30)
    wide, tall = look.between(0.4, 0.55), look.between(0.5, 0.7)
    band = bent(
        *np.stack([wide * np.cos(a), 0 * a, tall * np.sin(a) + 0.3], 1)[::3],
        thick=look.between(0.015, 0.05),
        flat=2.0,
        count=40,
    )
    parts = [part(band, look.any_of("hard", "metal", "soft"))]
    cup, pad = disc(look.between(0.15, 0.22), 0, 0.09, rounding=0.03), disc(0.17, -0.07, 0.01, rounding=0.03)
    shell, soft = look.any_of("hard", "metal"), dark(look) if look.odds(0.6) else look.soft(look.second)
    for side in (-1, 1):
        parts += [
            part(cup.turned(y=side * 90).moved(side * wide, 0, 0.25), shell),
            part(pad.turned(y=side * 90).moved(side * wide, 0, 0.25), soft),
        ]
    if look.odds(0.7):
        end = (-wide * 0.3, -0.4, 0.02)
        boom = bent((-wide, -0.05, 0.2), (-wide * 0.95, -0.3, 0.06), end, thick=0.014)
        parts += [part(boom, dark(look)), part(blob([0.06, 0.04, 0.04], detail=10).moved(*end), dark(look))]
    if look.odds(0.7):
        parts.append(part(cable(look, (wide, 0, 0.1)), dark(look) if look.odds(0.6) else pale(look)))
    return parts


def sunglasses(look: Look) -> Parts:
    """Two tinted lenses, clear, smoked or mirrored, in a frame with thin temples, open or folded."""
    size, tall, wire = look.between(0.28, 0.42), look.between(0.6, 1.05), look.between(0.01, 0.05)
    angle, square = np.linspace(0, 2 * np.pi, 61)[:-1], look.between(0.45, 1.0)
    x, z = (np.sign(wave) * np.abs(wave) ** square for wave in (np.cos(angle), np.sin(angle)))
    loop = size * np.stack([x * (1 + look.between(-0.15, 0.15) * z), tall * z], 1)
    tints = smoked(look), dark(look), Finish(colours=(look.second, look.accent), pattern="gradient", roughness=0.05)
    mirrored = Finish(colours=(look.second, look.second), roughness=0.04, metal=1.0)
    lens = (*tints, mirrored)[int(look.rng.integers(4))]
    frame = look.metal() if look.odds(0.4) else look.hard() if look.odds(0.5) else dark(look)
    folded, parts = look.odds(0.3), []
    gap, lift = look.between(0.05, 0.1), size * tall
    for side in (-1, 1):
        at = (side * (size + gap), 0, lift)
        parts += [part(rim(loop, wire, wire).moved(*at), frame), part(plate(loop, 0.02).moved(*at), lens)]
        hinge = (side * (2 * size + gap), 0, lift * 1.4)
        far, down = (side * (2 * size + gap), 0.8, lift * 1.2), (side * (2 * size + gap) * 0.95, 1.2, lift * 0.3)
        if folded:
            far, down = (-side * size * 0.3, 0.06 + 0.03 * side, lift * 1.2), (-side * size * 1.5, 0.08, lift * 0.4)
        parts.append(part(bent(hinge, far, down, thick=wire), frame))
    return [
        *parts,
        part(bent((-gap - wire, 0, lift * 1.2), (0, 0, lift * 1.3), (gap + wire, 0, lift * 1.2), thick=wire), frame),
    ]


def duo(look: Look) -> Parts:
    """Two or three materials, one above or beside the other: boxes with lids, flasks, salt mills, speakers, drives."""
    count = 2 if look.odds(0.65) else 3
    finishes = [
        look.any_of("hard", "metal", "soft")
        if look.odds(0.5)
        else (pale(look), dark(look), glossy(look))[int(look.rng.integers(3))]
        for _ in range(count)
    ]
    cuts = [0.0, *np.sort(look.rng.uniform(0.15, 0.85, count - 1)).tolist(), 1.0]
    size = look.rng.uniform(0.3, 1.0, 3) * (1, 0.7, 1.4)
    if look.odds(0.45):
        low, high, tall = look.between(0.25, 0.5), look.between(0.2, 0.5), look.between(0.4, 1.6)
        radii = [low + (high - low) * at for at in cuts]
        pieces = [
            turned_solid([a, b], [s * tall, e * tall], rounding=0.03)
            for a, b, s, e in zip(radii, radii[1:], cuts, cuts[1:], strict=False)
        ]
    elif look.odds(0.5):
        pieces = [
            box(float(size[0]), float(size[1]), float(size[2] * (e - s)), 0.03).moved(z=float(size[2] * s))
            for s, e in pairwise(cuts)
        ]
    else:
        pieces = [
            box(float(size[0] * (e - s)), float(size[1]), float(size[2]), 0.03).moved(
                float(size[0] * ((s + e) / 2 - 0.5))
            )
            for s, e in pairwise(cuts)
        ]
    flat = look.between(0.5, 1.0)
    return lying(
        look, [part(piece.scaled(1, flat, 1), finish) for piece, finish in zip(pieces, finishes, strict=True)], 0.2
    )


def polished(look: Look) -> Parts:
    """Smooth glossy packs and cases: pump bottles, tubes on their cap, flacons, eggs, compacts, with little on them."""
    skin, cap = glossy(look), look.metal() if look.odds(0.4) else pale(look) if look.odds(0.4) else glossy(look)
    kind, high = int(look.rng.integers(4)), look.between(0.7, 1.6)
    if kind == 0:
        body = blob(
            [look.between(0.3, 0.5), look.between(0.2, 0.45), high / 2],
            square=look.between(0.4, 1),
            lift=look.between(0.4, 1),
        ).moved(z=high / 2)
        top = joined(
            [
                disc(0.1, high * 0.95, high + 0.1),
                rod((0, 0, high + 0.1), (0, 0, high + 0.25), thick=0.03),
                box(0.34, 0.1, 0.07, 0.03).moved(-0.1, 0, high + 0.24),
            ]
        )
    elif kind == 1:
        wide = look.between(0.25, 0.4)
        body = box(1, 1, high, 0.02).moved(z=0.2)
        share = (body.points[:, 2:] - 0.2) / high
        points = body.points * np.concatenate(
            [wide * (2 - 0.1 * share), wide * 1.6 * (1 - 0.95 * share), np.ones_like(share)], 1
        )
        body = replace(body, points=points)
        top = disc(wide * 0.8, 0, 0.22)
    elif kind == 2:
        body = box(look.between(0.4, 0.8), look.between(0.2, 0.4), high * 0.7, look.between(0.02, 0.12))
        top = joined([disc(0.1, high * 0.7, high * 0.78), disc(look.between(0.12, 0.2), high * 0.77, high)])
    else:
        body = blob([0.45, look.between(0.3, 0.45), high * 0.4]).moved(z=high * 0.4)
        top = facing(disc(0.16, 0.0, 0.05)).moved(0, -0.4, high * 0.4)
    first = look.glass() if kind == 2 and look.odds(0.4) else skin
    parts = [part(body, first), part(top, cap)]
    if kind == 0 and look.odds(0.3):
        parts += label(look, 0.42, high * 0.3, high * 0.6)
    elif look.odds(0.4):
        front = float(body.points[:, 1].min())
        parts.append(
            part(box(0.3, 0.02, 0.25, 0.005).moved(0, front - 0.002, high * 0.3), look.printed(any_colour(look.rng)))
        )
    return parts


FAMILIES = {camera: 1.1, radio: 1.0, headset: 0.9, sunglasses: 1.0, duo: 1.2, polished: 1.1}
