"""What makes products hard to cut out: their surroundings' colours, a low sun, gloss, leaves and hands before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.shapes import Shape, joined
from training.bodies import blob, curve, sweep
from training.products.finishes import Colour, Finish, Part, Parts, any_colour, near, part
from training.scenes import neighbours
from training.shapes import leaf

Place = NDArray[np.float64]


def blended(product: Parts, around: Sequence[Part], rng: Generator) -> tuple[Parts, list[Part]]:
    """One material of the product takes the colour of something around it, or lends it its own."""
    finishes = [one for one in dict.fromkeys(piece.finish for piece in product) if not one.glass]
    if not finishes:
        return product, list(around)
    areas = np.array([sum(_area(piece) for piece in product if piece.finish == one) for one in finishes])
    chosen = finishes[int(rng.choice(len(finishes), p=areas**0.5 / (areas**0.5).sum()))]
    number = int(rng.integers(len(around)))
    there = list(around)
    if rng.random() < 0.5:
        taken = _repainted(chosen, there[number].finish.colours[-1], rng)
        return [replace(one, finish=taken) if one.finish == chosen else one for one in product], there
    tone = chosen.colours[0]
    shades = (near(rng, tone, float(rng.choice([0.04, 0.2]))), near(rng, tone, 0.05))
    there[number] = replace(there[number], finish=replace(there[number].finish, colours=shades))
    return product, there


def _area(one: Part) -> float:
    """What shows of a part: the sides of its box."""
    wide, deep, high = np.ptp(one.mesh.points, axis=0) + 1e-3
    return float(wide * high + deep * high + wide * deep)


def _repainted(finish: Finish, tone: Colour, rng: Generator) -> Finish:
    colours = (near(rng, tone, 0.08), near(rng, tone, 0.05))
    pattern = "plain" if rng.random() < 0.6 else str(rng.choice(["clouds", "cloth", "speckles"]))
    return replace(finish, colours=colours, pattern=pattern, metal=0.0)


def polished(ground: Part, rng: Generator) -> Part:
    """A ground that mirrors what stands on it."""
    return replace(ground, finish=replace(ground.finish, roughness=float(rng.uniform(0.03, 0.2))))


def low_sun(rng: Generator) -> tuple[tuple[float, float, float], float, float]:
    """Where a sun stands that throws long shadows, mostly not behind the wall; its strength and the sky's."""
    rise, around = np.radians(rng.uniform(7, 24)), rng.uniform(0.9, 2.1) * np.pi
    way = 8 * np.array([np.cos(rise) * np.cos(around), np.cos(rise) * np.sin(around), np.sin(rise)])
    strength = float(rng.uniform(2, 5)) * (8 / 0.25) ** 2
    return (float(way[0]), float(way[1]), float(way[2])), strength, float(rng.uniform(0.15, 0.6))


def occluders(low: Place, high: Place, origin: Place, rng: Generator) -> Parts:
    """Twigs, blades of grass or a hand between the camera and the product, most of which stays in sight."""
    kind = rng.choice(4, p=(0.35, 0.2, 0.3, 0.15))
    middle = (low + high) / 2
    away = origin - middle
    distance = float(np.linalg.norm(away))
    reach = float(np.linalg.norm(high - low)) / 2
    right = np.cross((0, 0, 1), away / distance)
    right = right / max(float(np.linalg.norm(right)), 1e-6)
    upward = np.cross(away / distance, right)
    front = middle + away / distance * min(reach * float(rng.uniform(0.9, 1.3)), 0.6 * distance)
    frame = np.stack([right, upward, away / distance])
    if kind == 0:
        return [_twig(front, frame, reach, rng)]
    if kind == 1:
        return [_blades(front, low, right, reach, rng)]
    return [_fingers(front, frame, reach, rng, count=4 if kind == 2 else 2)]


def _twig(front: Place, frame: Place, reach: float, rng: Generator) -> Part:
    """From beyond the product's edge towards its middle, with leaves along it."""
    angle = rng.uniform(0, 2 * np.pi)
    way = np.cos(angle) * frame[0] + np.sin(angle) * frame[1]
    side = -np.sin(angle) * frame[0] + np.cos(angle) * frame[1]
    start = front + way * reach * 1.8 + side * reach * rng.uniform(-0.4, 0.4)
    end = front + way * reach * rng.uniform(0.1, 0.7) + side * reach * rng.uniform(-0.5, 0.5)
    path = curve([start, (start + end) / 2 + side * reach * rng.uniform(-0.2, 0.2), end], 16)
    pieces = [sweep(path, reach * 0.012)]
    for at in path[3:]:
        long = reach * float(rng.uniform(0.2, 0.5))
        one = leaf(long, long * float(rng.uniform(0.25, 0.6)), float(rng.uniform(0.2, 0.9)))
        one = one.turned(x=float(rng.uniform(0, 360))).turned(y=float(rng.uniform(0, 360)))
        pieces.append(one.turned(z=float(rng.uniform(0, 360))).moved(*at))
    green = near(rng, (0.24, 0.4, 0.16), 0.4) if rng.random() < 0.7 else any_colour(rng)
    return part(joined(pieces), Finish(colours=(green, near(rng, green, 0.25)), pattern="clouds", roughness=0.6))


def _blades(front: Place, low: Place, right: Place, reach: float, rng: Generator) -> Part:
    """Tall grass or reeds that stand before it."""
    pieces = []
    for _ in range(int(rng.integers(4, 26))):
        foot = front + right * reach * rng.uniform(-1.2, 1.2)
        foot[2] = low[2]
        tall = reach * float(rng.uniform(0.3, 1.6))
        tip = foot + right * rng.normal(0, 0.3) * tall + np.array([0, 0, tall])
        girth = np.linspace(reach * 0.02, reach * 0.003, 10)
        pieces.append(
            sweep(
                curve([foot, (foot + tip) / 2 + right * rng.normal(0, 0.06), tip], 10), girth, girth * 0.3, segments=6
            )
        )
    green = near(rng, (0.35, 0.45, 0.18), 0.35)
    return part(joined(pieces), Finish(colours=(green, near(rng, green, 0.25)), pattern="clouds", roughness=0.7))


def _fingers(front: Place, frame: Place, reach: float, rng: Generator, *, count: int) -> Part:
    """A hand that comes in from a side, its fingers over the product."""
    angle = float(rng.choice([0, np.pi])) + rng.normal(0, 0.5)
    way = np.cos(angle) * frame[0] + np.sin(angle) * frame[1]
    side = -np.sin(angle) * frame[0] + np.cos(angle) * frame[1]
    thick = reach * float(rng.uniform(0.09, 0.17))
    palm = front + way * reach * float(rng.uniform(0.65, 1.1)) + side * reach * float(rng.uniform(-0.5, 0.5))
    pieces: list[Shape] = [
        sweep(
            curve([palm, palm + way * reach, palm + way * reach * 3 - frame[1] * reach]),
            np.linspace(thick, thick * 1.5, 24),
        )
    ]
    pieces.append(blob([thick * 1.5] * 3, detail=14).moved(*palm))
    for row in np.linspace(-1, 1, count):
        root = palm + side * row * thick
        end = (
            palm
            - way * thick * float(rng.uniform(2, 4))
            + side * row * thick * float(rng.uniform(1.1, 1.9))
            - frame[2] * thick
        )
        pieces.append(
            sweep(
                curve([root, (root + end) / 2 + frame[2] * thick * 0.4, end], 10),
                np.linspace(thick * 0.42, thick * 0.32, 10),
            )
        )
    tone = near(rng, neighbours.SKIN[int(rng.integers(len(neighbours.SKIN)))], 0.08)
    sleeve = rng.random() < 0.2
    tone = any_colour(rng) if sleeve else tone
    return part(joined(pieces), Finish(colours=(tone, near(rng, tone, 0.06)), pattern="clouds", roughness=0.6))
