"""Boxes, packs, electronics, clocks."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import joined
from training.bodies import blob, bumpy, plate, sweep
from training.products.finishes import Finish, Look, Parts, part
from training.products.vessels import turned_solid
from training.shapes import box, grid, lathe, profile


def carton(look: Look) -> Parts:
    """A printed box, lying or standing, or a stack of a few."""
    parts: Parts = []
    z, count = 0.0, 1 if look.odds(0.75) else int(look.rng.integers(2, 5))
    size = look.rng.uniform(0.25, 1.5, 3)
    for _ in range(count):
        size = size * (look.rng.uniform(0.8, 1.05, 3) if count > 1 else 1)
        height = float(size[2]) * (0.35 if count > 1 else 1)
        mesh = box(float(size[0]), float(size[1]), height, look.between(0.01, 0.1))
        parts.append(
            part(
                mesh.turned(z=look.between(-12, 12)).moved(z=z),
                look.printed() if look.odds(0.75) else look.any_of("hard", "soft"),
            )
        )
        z += height
    return parts


def pouch(look: Look) -> Parts:
    """A bag of crisps or coffee, a sachet, a pillow, a cushion: two bulging sheets."""
    width, height, bulge = look.between(0.6, 1.2), look.between(0.7, 1.6), look.between(0.1, 0.35)
    x, z = np.meshgrid(np.linspace(-1, 1, 25), np.linspace(1, -1, 25))
    thick = bulge * ((1 - np.abs(x) ** look.between(2, 6)) * (1 - np.abs(z) ** look.between(2, 6))) ** 0.6
    front = np.stack([x * width / 2, -thick, (z + 1) * height / 2], 2)
    back = np.stack([-x * width / 2, thick, (z + 1) * height / 2], 2)
    finish = look.any_of("printed", "printed", "soft", "metal")
    meshes = [bumpy(grid(side), look.rng, 0.006, waves=4) for side in (front, back)]
    if finish.pattern == "print" or look.odds(0.5):
        return [part(mesh, finish) for mesh in meshes]
    return [part(mesh.turned(x=-look.between(40, 88)), finish) for mesh in meshes]


def gadget(look: Look) -> Parts:
    """Cameras, speakers, phones, remotes, radios: a rounded box with a lens, screen, buttons, stand."""
    size = look.rng.uniform(0.3, 1.3, 3) * (1, look.between(0.1, 0.8), 1)
    parts = [part(box(float(size[0]), float(size[1]), float(size[2]), look.between(0.02, 0.2)), look.hard())]
    front = -float(size[1]) / 2
    if look.odds(0.5):
        screen = box(float(size[0]) * 0.85, 0.02, float(size[2]) * look.between(0.4, 0.85), 0.01)
        dark = Finish(
            colours=((0.03, 0.03, 0.04), look.accent, look.main, (0.9, 0.9, 0.9), *((0.1, 0.1, 0.15),) * 4),
            pattern="print" if look.odds(0.4) else "plain",
            roughness=0.1,
        )
        parts.append(part(screen.moved(0, front, float(size[2]) * 0.1), dark))
    for _ in range(int(look.rng.integers(0, 6))):
        radius = look.between(0.03, 0.3) * float(min(size[0], size[2]))
        knob = turned_solid([radius, radius * 0.95], [0, look.between(0.02, 0.3)], rounding=0.02, segments=24).turned(
            x=90
        )
        at = look.rng.uniform(-0.35, 0.35) * size[0], look.rng.uniform(0.15, 0.85) * size[2]
        parts.append(part(knob.moved(float(at[0]), front + 0.01, float(at[1])), look.any_of("hard", "metal")))
    return parts


def mouse(look: Look) -> Parts:
    """Low rounded things: a computer mouse, soap, an iron, a controller, a stone."""
    body = blob(
        [look.between(0.3, 0.7), look.between(0.4, 0.9), look.between(0.12, 0.35)],
        square=look.between(0.5, 1),
        lift=look.between(0.6, 1),
    )
    parts = [part(bumpy(body, look.rng, look.between(0, 0.04), waves=1), look.any_of("hard", "hard", "metal", "soft"))]
    if look.odds(0.5):
        parts.append(part(box(0.1, 0.3, 0.06, 0.03).moved(0, -0.3, 0.2), look.hard(look.accent)))
    return parts


def clock(look: Look) -> Parts:
    """A dial in a case on feet: clocks, scales, mirrors."""
    radius = 0.5
    rim = lathe(
        profile(
            (0.0, 0.0, 0.0),
            (radius, 0.0, 0.03),
            (radius, look.between(0.1, 0.3), 0.03),
            (radius * 0.92, 0.2, 0.01),
            (radius * 0.92, 0.12, 0.0),
            (0, 0.12, 0.0),
            step=0.02,
        ),
        segments=56,
    )
    face = plate([(0.46 * np.cos(a), 0.46 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 40)[:-1]], 0.02)
    parts = [
        part(rim.turned(x=90).moved(z=radius + 0.08), look.any_of("metal", "hard")),
        part(face.moved(0, -0.14, radius + 0.08), look.printed((0.93, 0.92, 0.88))),
    ]
    for angle, length in ((look.between(0, 6.3), 0.25), (look.between(0, 6.3), 0.38)):
        hand = sweep(
            [(0, -0.17, radius + 0.08), (length * np.cos(angle), -0.17, radius + 0.08 + length * np.sin(angle))], 0.014
        )
        parts.append(part(hand, Finish(colours=((0.05, 0.05, 0.05),) * 2)))
    feet = [sweep([(side * 0.25, 0, 0.2), (side * 0.38, 0, 0)], 0.04) for side in (-1, 1)]
    bells = [blob([0.16, 0.16, 0.13], detail=12).moved(side * 0.25, 0, 2 * radius + 0.15) for side in (-1, 1)]
    return [*parts, part(joined(feet + (bells if look.odds(0.4) else [])), look.metal())]


FAMILIES = {carton: 0.9, pouch: 0.6, gadget: 0.9, mouse: 0.4, clock: 0.4}
