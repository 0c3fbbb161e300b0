"""Toys and animals: bodies with heads, limbs, ears, tails, faces; smooth, knitted or furry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.shapes import Shape, joined
from training.bodies import blob, bumpy, curve, fur, sweep
from training.products.finishes import Finish, Look, Parts, part
from training.products.vessels import turned_solid
from training.shapes import box

BLACK = Finish(colours=((0.02, 0.02, 0.02),) * 2, roughness=0.1)
WHITE = Finish(colours=((0.95, 0.95, 0.93),) * 2, roughness=0.3)


@dataclass(frozen=True, kw_only=True)
class Skin:
    """What a figure is covered with; `hair` is the length of its fur, 0 for none."""

    look: Look
    finish: Finish
    hair: float

    def cover(self, mesh: Shape, finish: Finish | None = None, share: float = 1.0) -> Parts:
        """A body part, bumpy where soft, with its fur."""
        chosen = finish or self.finish
        if not self.hair:
            return [part(mesh, chosen)]
        soft = bumpy(mesh, self.look.rng, 0.012, waves=3)
        return [part(joined([soft, fur(soft, self.look.rng, self.hair, int(2500 * share))]), chosen)]


def _skin(look: Look, furry: float = 0.5) -> Skin:
    if look.odds(furry):
        return Skin(look=look, finish=look.soft(), hair=look.between(0.02, 0.13))
    return Skin(look=look, finish=look.any_of("hard", "soft"), hair=0.0)


def face(look: Look, at: Sequence[float], size: float) -> Parts:
    """Eyes, a muzzle or beak, sometimes a mouth, on the front of a head of half axis `size` at `at`."""
    x, y, z = at
    eye, apart = size * look.between(0.08, 0.3), look.between(0.25, 0.5) * size
    height = z + size * look.between(0.0, 1.0)
    front = y - size * (0.8 if height < z + 0.5 * size else 0.35)
    parts: Parts = []
    for side in (-1, 1):
        ball = blob([eye, eye * 0.8, eye], detail=10).moved(x + side * apart, front, height)
        pupil = blob([eye * 0.5] * 3, detail=8).moved(x + side * apart, front - eye * 0.6, height)
        parts += [part(ball, WHITE if look.odds(0.5) else BLACK), part(pupil, BLACK)]
    if look.odds(0.7):
        muzzle = blob(size * look.rng.uniform(0.2, 0.55, 3), detail=12).moved(x, y - size * 0.85, z - size * 0.2)
        nose = blob([size * 0.13] * 3, detail=8).moved(x, y - size * 1.25, z - size * 0.08)
        parts += [part(muzzle, look.soft(look.second)), part(nose, BLACK)]
    return parts


def _ears(look: Look, skin: Skin, at: Sequence[float], size: float) -> Parts:
    kind, parts = int(look.rng.integers(4)), []
    for side in (-1, 1):
        if kind == 0:
            ear = blob([size * 0.3, size * 0.12, size * 0.3], detail=12)
        elif kind == 1:
            ear = turned_solid([size * 0.25, size * 0.02], [0, size * 0.7], rounding=0.02, segments=14)
        elif kind == 2:
            ear = blob([size * 0.18, size * 0.1, size * 0.7], detail=12)
        else:
            ear = blob([size * 0.25, size * 0.12, size * 0.45], detail=12).moved(z=-size * 0.5)
        ear = ear.turned(y=side * look.between(0, 40))
        parts += skin.cover(ear.moved(at[0] + side * size * 0.6, at[1], at[2] + size * 0.8), share=0.2)
    return parts


def _limb(look: Look, skin: Skin, path: NDArray, thick: float, tip: Finish | None) -> Parts:
    girth = np.linspace(thick, thick * look.between(0.7, 1.3), len(path))
    end = blob(thick * look.rng.uniform(1.1, 1.7, 3), detail=12).moved(*path[-1])
    return skin.cover(sweep(path, girth), share=0.5) + skin.cover(end, tip, share=0.25)


def creature(look: Look) -> Parts:
    """A sitting or standing figure with arms and legs: teddy bears, monsters, dolls, robots."""
    skin = _skin(look, 0.6)
    size = look.rng.uniform(0.4, 0.75, 3) * (1, 0.8, 1)
    leg = look.between(0.1, 0.9)
    sits = look.odds(0.6)
    base = 0.0 if sits else leg
    centre = base + float(size[2])
    parts = skin.cover(blob(size, square=look.between(0.6, 1)).moved(z=centre))
    if look.odds(0.4):
        belly = blob(size * (0.6, 0.3, 0.6), detail=16).moved(0, -float(size[1]) * 0.78, centre)
        parts += skin.cover(belly, look.soft(look.second), share=0.3)
    parts += _head(look, skin, (0.0, 0.0, base + 2 * float(size[2])))
    tip = look.soft(look.second) if look.odds(0.5) else None
    for side in (-1, 1):
        parts += _arm(look, skin, side, size, centre, tip)
        parts += _leg(look, skin, side, size, leg, tip, sits=sits)
    return parts


def _head(look: Look, skin: Skin, neck: Sequence[float]) -> Parts:
    if look.odds(0.2):
        return face(look, (neck[0], neck[1], neck[2] - 0.35), 0.4)
    radius = look.between(0.3, 0.65)
    at = (neck[0], neck[1] - 0.05, neck[2] + radius * 0.6)
    shape = blob(radius * look.rng.uniform(0.85, 1.2, 3), square=look.between(0.6, 1)).moved(*at)
    parts = skin.cover(shape, share=0.7) + face(look, at, radius)
    if look.odds(0.8):
        parts += _ears(look, skin, at, radius)
    if look.odds(0.25):
        hat = turned_solid(
            [radius * 0.8, radius * look.between(0.05, 0.7)], [0, radius * look.between(0.4, 1)], rounding=0.04
        )
        parts.append(part(hat.moved(at[0], at[1], at[2] + radius * 0.75), look.soft(look.accent)))
    return parts


def _arm(look: Look, skin: Skin, side: int, size: NDArray, centre: float, tip: Finish | None) -> Parts:
    reach, drop = look.between(0.3, 1.0), look.between(-0.9, 0.8)
    start = (side * size[0] * 0.8, 0, centre + size[2] * 0.4)
    middle = (side * (size[0] + reach * 0.5), -look.between(-0.1, 0.3), start[2] + drop * 0.3)
    end = (side * (size[0] + reach * look.between(0.3, 1.0)), -look.between(0, 0.5), max(start[2] + drop, 0.1))
    return _limb(look, skin, curve([start, middle, end], 14), look.between(0.06, 0.2), tip)


def _leg(look: Look, skin: Skin, side: int, size: NDArray, leg: float, tip: Finish | None, *, sits: bool) -> Parts:
    thick = look.between(0.08, 0.22)
    x = side * size[0] * look.between(0.4, 0.8)
    if sits:
        out = look.between(0.3, 1.0)
        knee = (x * 1.4, -size[1] * 0.8, thick + look.between(0, 0.3))
        path = curve(
            [(x, -size[1] * 0.4, thick * 1.2), knee, (x * look.between(1.2, 2), -size[1] - out, thick * 1.2)], 14
        )
    else:
        path = curve([(x, 0, leg + size[2] * 0.4), (x * 1.1, 0, leg * 0.6), (x * 1.2, -0.05, thick)], 12)
    return _limb(look, skin, path, thick, tip)


def beast(look: Look) -> Parts:
    """A four-legged animal, standing or lying, with a tail: dogs, cows, dinosaurs, cats."""
    skin = _skin(look, 0.6)
    long, thick = look.between(0.6, 1.1), look.between(0.3, 0.5)
    leg = look.between(0.15, 0.9)
    lies = look.odds(0.35)
    z = thick if lies else leg + thick * 0.7
    parts = skin.cover(blob([thick, long, thick * look.between(0.8, 1.1)]).moved(z=z))
    up, radius = look.between(0.2, 1.0), look.between(0.25, 0.45)
    head = (look.between(-0.2, 0.2), -long - radius * look.between(0.1, 0.6), z + up * (0.6 if lies else 1.0))
    parts += skin.cover(sweep(curve([(0, -long * 0.7, z), head], 10), thick * 0.55), share=0.3)
    parts += skin.cover(blob(radius * look.rng.uniform(0.8, 1.2, 3)).moved(*head), share=0.5)
    parts += face(look, head, radius) + _ears(look, skin, head, radius)
    tip = look.soft(look.second) if look.odds(0.4) else None
    for side in (-1, 1):
        for end in (-0.7, 0.7):
            foot = (
                (side * thick * 1.5, end * long - 0.35, 0.1) if lies else (side * thick * 0.75, end * long - 0.05, 0.08)
            )
            start = (side * thick * 0.6, end * long * 0.9, z)
            parts += _limb(look, skin, curve([start, foot], 10), look.between(0.08, 0.17), tip)
    tail = curve(
        [
            (0, long * 0.85, z),
            (look.between(-0.3, 0.3), long * 1.3, z + 0.2),
            (look.between(-0.5, 0.5), long * 1.5, z + look.between(-0.2, 0.8)),
        ],
        12,
    )
    parts += _limb(look, skin, tail, look.between(0.04, 0.15), tip)
    if look.odds(0.5):
        return parts
    angle = look.between(30, 150)
    return [part(one.mesh.turned(z=angle), one.finish) for one in parts]


def bird(look: Look) -> Parts:
    """A smooth two-blob figure with a beak and wings: bath ducks, piggy banks, penguins, owls, fish."""
    skin = Skin(look=look, finish=look.hard(), hair=0.0) if look.odds(0.75) else _skin(look, 1.0)
    size = look.rng.uniform(0.4, 0.8, 3)
    z = float(size[2]) * 0.9
    radius = look.between(0.25, 0.5)
    head = (0.0, -float(size[1]) * look.between(0.1, 0.8), z + float(size[2]) * 0.6 + radius * 0.7)
    parts = skin.cover(bumpy(blob(size), look.rng, 0.02, waves=0.7).moved(z=z)) + skin.cover(
        blob([radius] * 3).moved(*head), share=0.5
    )
    parts += face(look, head, radius)
    beak = turned_solid(
        [radius * 0.4, radius * 0.1], [0, radius * look.between(0.3, 0.9)], rounding=0.03, segments=16
    ).turned(x=90)
    parts.append(part(beak.moved(head[0], head[1] - radius * 0.8, head[2] - radius * 0.15), look.hard(look.accent)))
    for side in (-1, 1):
        wing = blob([0.08, float(size[1]) * 0.55, float(size[2]) * 0.4], detail=14).turned(x=look.between(-20, 30))
        parts += skin.cover(wing.moved(side * float(size[0]) * 0.95, 0.1, z * 1.1), share=0.3)
    if look.odds(0.6):
        tail = turned_solid([0.22, 0.04], [0, 0.5], rounding=0.02, segments=14).turned(x=-look.between(20, 80))
        parts += skin.cover(tail.moved(0, float(size[1]) * 0.7, z), share=0.2)
    return parts


def vehicle(look: Look) -> Parts:
    """Toy cars, trucks, trains: a chassis, a cabin and wheels."""
    long, wide, high = look.between(0.9, 1.8), look.between(0.4, 0.7), look.between(0.2, 0.5)
    wheel = look.between(0.12, 0.26)
    body = box(long, wide, high, look.between(0.02, 0.15)).moved(z=wheel)
    cabin = box(long * look.between(0.3, 0.6), wide * 0.88, look.between(0.2, 0.5), 0.08)
    cabin = cabin.moved(look.between(-0.2, 0.2) * long, 0, wheel + high * 0.98)
    parts = [part(body, look.hard()), part(cabin, look.hard(look.second))]
    tyre = turned_solid([wheel] * 2, [-0.06, 0.06], rounding=0.03, segments=28).turned(x=90)
    rubber = Finish(colours=((0.05, 0.05, 0.05),) * 2, roughness=0.8) if look.odds(0.7) else look.hard(look.accent)
    wheels = [tyre.moved(x * long * 0.32, y * wide * 0.5, wheel) for x in (-1, 1) for y in (-1, 1)]
    hubs = [
        blob([wheel * 0.5, 0.05, wheel * 0.5], detail=10).moved(x * long * 0.32, -wide * 0.5 - 0.06, wheel)
        for x in (-1, 1)
    ]
    return [*parts, part(joined(wheels), rubber), part(joined(hubs), look.metal())]


def assembly(look: Look) -> Parts:
    """A few bodies of any shape grown together: what no other family makes."""
    parts: Parts = []
    at = np.zeros(3)
    for _ in range(int(look.rng.integers(2, 8))):
        size = look.rng.uniform(0.12, 0.6, 3)
        wide, deep, high = (2 * float(half) for half in size)
        mesh = (
            blob(size, square=look.between(0.3, 1.2), lift=look.between(0.3, 1.2)),
            box(wide, deep, high, 0.1).moved(z=-float(size[2])),
            turned_solid([float(size[0]), float(size[1])], [-float(size[2]), float(size[2])], rounding=0.05),
            sweep(curve(look.rng.uniform(-0.7, 0.7, (4, 3)), 24), float(size[0]) * 0.3),
        )[int(look.rng.integers(4))]
        finish = look.any_of("hard", "soft", "metal", "printed") if look.odds(0.5) else look.hard(look.colour())
        angle, axis = look.between(0, 180), "xyz"[int(look.rng.integers(3))]
        parts.append(part(mesh.turned(**{axis: angle}).moved(*at), finish))
        at = at + look.rng.normal(0, 0.4, 3)
    return parts


FAMILIES = {creature: 2.0, beast: 1.6, bird: 0.9, vehicle: 0.5, assembly: 1.0}
