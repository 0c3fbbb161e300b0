"""Bodies with limbs and bags with straps: people, dogs and horses, satchels, long-limbed plush."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Shape, joined
from training.bodies import blob, bumpy
from training.products.figures import Skin, face
from training.products.finishes import Finish, Look, Parts, near, part
from training.products.pieces import bent, dark, pale, rim
from training.shapes import box

SKINS = ((0.89, 0.72, 0.6), (0.78, 0.57, 0.44), (0.55, 0.37, 0.26), (0.33, 0.21, 0.15), (0.95, 0.85, 0.78))


def _cloth(look: Look, share: float) -> Finish:
    """Dark in this share of cases."""
    return dark(look) if look.odds(share) else look.soft(look.colour())


def doll(look: Look) -> Parts:
    """A person or doll: shirt, trousers or skirt, shoes, hair, often a bag or hat, arms and legs mostly dark."""
    tone = near(look.rng, SKINS[int(look.rng.integers(len(SKINS)))], 0.06)
    skin = Finish(colours=(tone, tone), roughness=look.between(0.3, 0.8))
    leg, chest, wide = look.between(0.55, 0.95), look.between(0.45, 0.65), look.between(0.17, 0.26)
    shirt, trousers, shoes = _cloth(look, 0.25), _cloth(look, 0.55), _cloth(look, 0.6)
    top = leg + chest
    torso = blob([wide, wide * 0.6, chest * 0.56], square=0.8, lift=0.7).moved(z=leg + chest * 0.5)
    parts = [part(bumpy(torso, look.rng, 0.01), shirt)]
    parts += _legs(look, leg, wide, trousers, shoes) + _arms(look, top, wide, shirt if look.odds(0.6) else skin, skin)
    size = look.between(0.11, 0.2)
    head = (0.0, 0.0, top + size * 1.1)
    parts += [part(blob([size * 0.85, size * 0.9, size]).moved(*head), skin), *face(look, head, size * 0.7)[:4]]
    hair = blob([size * 0.95, size * 0.98, size * look.between(0.8, 1.2)])
    parts.append(
        part(
            hair.moved(0, size * 0.25, head[2] + size * 0.25), dark(look) if look.odds(0.5) else look.soft(look.second)
        )
    )
    if look.odds(0.4):
        skirt = _skirt(look, wide, leg)
        parts.append(part(skirt, _cloth(look, 0.3)))
    if look.odds(0.3):
        parts.append(
            part(blob([0.16, 0.1, 0.22], square=0.5).moved(0, wide * 0.9, leg + chest * 0.6), look.soft(look.accent))
        )
    return parts


def _skirt(look: Look, wide: float, leg: float) -> Shape:
    shape = blob([wide * look.between(1.3, 1.9), wide * 1.1, leg * look.between(0.3, 0.6)], lift=0.6)
    return shape.moved(z=leg * look.between(0.75, 0.95))


def _legs(look: Look, leg: float, wide: float, trousers: Finish, shoes: Finish) -> Parts:
    thick, stride = look.between(0.06, 0.1), look.between(-0.3, 0.3) if look.odds(0.5) else 0.0
    parts: Parts = []
    for side in (-1, 1):
        foot = (side * wide * look.between(0.5, 1.0), side * stride, 0.05)
        knee = (side * wide * 0.6, side * stride * 0.6 - abs(stride) * 0.3, leg * 0.5)
        parts.append(part(bent((side * wide * 0.5, 0, leg + 0.06), knee, foot, thick=thick), trousers))
        parts.append(part(blob([0.07, 0.14, 0.06], detail=12).moved(foot[0], foot[1] - 0.06, 0.06), shoes))
    return parts


def _arms(look: Look, top: float, wide: float, sleeve: Finish, skin: Finish) -> Parts:
    parts: Parts = []
    for side in (-1, 1):
        drop, out = look.between(-0.6, 0.35), look.between(0.1, 0.45)
        hand = (side * (wide + out), -look.between(-0.1, 0.3), top + drop)
        elbow = (side * (wide + out * 0.7), 0.03, top + drop * 0.55 - 0.08)
        parts.append(
            part(bent((side * wide * 0.85, 0, top - 0.06), elbow, hand, thick=look.between(0.04, 0.065)), sleeve)
        )
        parts.append(part(blob([0.055] * 3, detail=10).moved(*hand), skin if look.odds(0.7) else dark(look)))
    return parts


def hound(look: Look) -> Parts:
    """Dogs, horses, deer, sheep: a body on four thin legs that are dark more often than not, patches, a mane."""
    coat = look.soft() if look.odds(0.8) else look.hard()
    skin = Skin(look=look, finish=coat, hair=look.between(0.02, 0.08) if look.odds(0.45) else 0.0)
    long, thick, leg = look.between(0.45, 0.75), look.between(0.18, 0.32), look.between(0.4, 0.95)
    z = leg + thick * 0.5
    parts = skin.cover(blob([thick * 0.85, long, thick]).moved(z=z))
    legs = dark(look) if look.odds(0.65) else look.soft(look.second)
    parts += _four(look, long, thick, leg, legs, coat)
    rise, radius = look.between(0.15, 0.75), look.between(0.13, 0.22)
    head = (look.between(-0.15, 0.15), -long - look.between(0.1, 0.3), z + rise)
    parts += skin.cover(
        bent((0, -long * 0.75, z + thick * 0.3), head, (head[0], head[1], head[2]), thick=radius * 0.75, count=10),
        share=0.3,
    )
    parts += skin.cover(blob([radius * 0.9, radius, radius]).moved(*head), share=0.3)
    snout = blob([radius * 0.5, radius * look.between(0.7, 1.5), radius * 0.45], detail=14)
    parts.append(
        part(snout.moved(head[0], head[1] - radius * 1.1, head[2] - radius * 0.25), legs if look.odds(0.5) else coat)
    )
    parts += face(look, head, radius)[:4]
    ears = [
        blob([0.05, 0.03, look.between(0.08, 0.2)], detail=10)
        .turned(y=side * 20)
        .moved(head[0] + side * radius * 0.7, head[1], head[2] + radius)
        for side in (-1, 1)
    ]
    tail = bent(
        (0, long * 0.9, z + thick * 0.3),
        (0, long * 1.25, z + look.between(-0.1, 0.4)),
        (look.between(-0.2, 0.2), long * 1.4, z + look.between(-0.4, 0.5)),
        thick=look.between(0.02, 0.08),
    )
    parts += [part(joined(ears), legs if look.odds(0.6) else coat), part(tail, legs if look.odds(0.5) else coat)]
    for _ in range(int(look.rng.integers(0, 5))):
        spot = blob([thick * 0.3, long * look.between(0.15, 0.4), thick * 0.5], detail=12)
        at = spot.moved(
            (1 if look.odds(0.5) else -1) * thick * 0.62,
            look.between(-0.5, 0.5) * long,
            z + look.between(-0.2, 0.3) * thick,
        )
        parts.append(part(at, look.soft(look.second)))
    angle = look.between(40, 140) * (1 if look.odds(0.5) else -1) if look.odds(0.7) else look.between(-40, 40)
    return [part(one.mesh.turned(z=angle), one.finish) for one in parts]


def _four(look: Look, long: float, thick: float, leg: float, finish: Finish, coat: Finish) -> Parts:
    parts, girth, socks = [], look.between(0.035, 0.08), look.odds(0.4)
    for side in (-1, 1):
        for end in (-0.72, 0.75):
            step = look.between(-0.15, 0.15)
            hip, knee = (
                (side * thick * 0.5, end * long, leg + 0.05),
                (side * thick * 0.55, end * long + 0.06 + step * 0.5, leg * 0.5),
            )
            foot = (side * thick * 0.55, end * long + step, 0.04)
            if socks:
                parts.append(part(bent(hip, knee, thick=girth * 1.2, count=8), coat))
                parts.append(part(bent(knee, foot, thick=girth, count=8), finish))
            else:
                parts.append(part(bent(hip, knee, foot, thick=girth, count=14), finish))
            parts.append(
                part(blob([girth * 1.2, girth * 1.5, 0.05], detail=10).moved(foot[0], foot[1] - 0.02, 0.045), finish)
            )
    return parts


def satchel(look: Look) -> Parts:
    """Bags with a flap of another material and long straps that rise in a bow or lie about."""
    wide, deep, high = look.between(0.35, 0.6), look.between(0.1, 0.22), look.between(0.3, 0.6)
    leather = look.any_of("soft", "soft", "hard", "printed")
    body = bumpy(blob([wide, deep, high / 2], square=0.4, lift=0.35).moved(z=high / 2), look.rng, 0.006)
    strap = dark(look) if look.odds(0.4) else look.soft(look.second)
    parts = [part(body, leather)]
    if look.odds(0.7):
        flap = box(wide * 1.9, 0.04, high * look.between(0.4, 0.75), 0.02)
        tall = float(np.ptp(flap.points[:, 2]))
        parts.append(
            part(flap.moved(0, -deep * 0.98, high - tall), look.soft(look.second) if look.odds(0.6) else leather)
        )
        parts.append(part(box(0.08, 0.04, 0.08, 0.01).moved(0, -deep - 0.04, high - tall), look.metal()))
    rise, thick = look.between(0.3, 1.1), look.between(0.02, 0.045)
    if look.odds(0.6):
        lean = look.between(-0.3, 0.3)
        bow = bent(
            (-wide * 0.95, 0, high * 0.9),
            (-wide * 0.8 + lean, 0, high + rise * 0.7),
            (lean, 0, high + rise),
            (wide * 0.8 + lean, 0, high + rise * 0.7),
            (wide * 0.95, 0, high * 0.9),
            thick=thick,
            flat=0.35,
            count=40,
        )
    else:
        out, front = look.between(0.2, 0.7), -look.between(0.2, 0.9)
        bow = bent(
            (-wide * 0.95, 0, high * 0.85),
            (-wide - out * 0.6, front * 0.4, 0.1),
            (-wide * 0.5, front, 0.025),
            (wide * 0.6, front * look.between(0.6, 1.2), 0.025),
            (wide + out, front * 0.5, 0.05),
            (wide * 0.95, 0, high * 0.85),
            thick=thick,
            flat=0.35,
            count=56,
        )
    parts.append(part(bow, strap))
    if look.odds(0.4):
        grip = bent((-0.15, 0, high * 0.97), (0, 0, high + 0.14), (0.15, 0, high * 0.97), thick=0.025)
        parts.append(part(grip, strap))
    rings = [
        rim(np.stack([0.04 * np.cos(a := np.linspace(0, 6.1, 20)), 0.04 * np.sin(a)], 1), 0.008, 0.008).moved(
            side * wide * 0.96, 0, high * 0.88
        )
        for side in (-1, 1)
    ]
    return [*parts, part(joined(rings), look.metal())]


def puppet(look: Look) -> Parts:
    """Long-limbed plush, puppets, frogs, spiders: a small bright body, long thin limbs that are mostly dark."""
    body, limbs = look.soft(), dark(look) if look.odds(0.7) else look.soft(look.second)
    skin = Skin(look=look, finish=body, hair=look.between(0.02, 0.08) if look.odds(0.4) else 0.0)
    size = look.rng.uniform(0.18, 0.3, 3)
    sits = look.odds(0.6)
    base = 0.0 if sits else look.between(0.5, 0.9)
    middle = base + float(size[2])
    parts = skin.cover(blob(size).moved(z=middle))
    radius = look.between(0.16, 0.3)
    head = (0.0, -0.03, base + 2 * float(size[2]) + radius * 0.7)
    parts += skin.cover(blob([radius] * 3).moved(*head), share=0.6) + face(look, head, radius)
    thick, ends = look.between(0.03, 0.075), pale(look) if look.odds(0.35) else limbs
    paths = []
    for side in (-1, 1):
        for _ in range(1 if look.odds(0.75) else 3):
            reach, drop = look.between(0.35, 0.9), look.between(-0.6, 0.6)
            start = (side * size[0] * 0.8, 0, middle + size[2] * 0.4)
            paths.append(
                (
                    start,
                    (side * (size[0] + reach * 0.6), -0.1, max(start[2] + drop * 0.2, 0.1)),
                    (side * (size[0] + reach), -look.between(0, 0.5), max(start[2] + drop, 0.06)),
                )
            )
        out = look.between(0.4, 1.0)
        knee = (
            (side * size[0] * 1.6, -size[1] - out * 0.4, look.between(0.08, 0.5))
            if sits
            else (side * size[0] * 0.9, -0.05, base * 0.5)
        )
        foot = (side * size[0] * look.between(1, 2.4), -size[1] - out, 0.07) if sits else (side * size[0], 0, 0.06)
        paths.append(((side * size[0] * 0.5, 0, base + 0.1), knee, foot))
    for path in paths:
        parts.append(part(bent(*path, thick=thick, count=18), limbs))
        parts.append(part(blob(thick * look.rng.uniform(1.2, 2.0, 3), detail=12).moved(*path[-1]), ends))
    if look.odds(0.35):
        parts.append(
            part(
                blob([radius * 0.8, radius * 0.8, radius * 0.4]).moved(head[0], head[1], head[2] + radius * 0.8),
                look.soft(look.accent),
            )
        )
    return parts


FAMILIES = {doll: 1.2, hound: 1.3, satchel: 0.9, puppet: 1.0}
