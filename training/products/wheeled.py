"""What rolls: bicycles, scooters, suitcases, cars, prams. Wheels and tyres are mostly dark."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import joined
from training.bodies import blob, bumpy, plate, sweep
from training.products.finishes import Finish, Look, Parts, moved, part, turned
from training.products.pieces import bent, beside, dark, disc, facing, glossy, pale, rod, smoked, wheel
from training.shapes import box


def _tyre(look: Look) -> Finish:
    return dark(look) if look.odds(0.8) else look.hard(look.accent)


def _either_way(look: Look, parts: Parts) -> Parts:
    """Seen from its side, from either end, or between."""
    return parts if look.odds(0.5) else turned(parts, look.between(0, 360))


def bicycle(look: Look) -> Parts:
    """Two spoked wheels in a frame of tubes with saddle and bars; sometimes a basket or mudguards."""
    radius, base, thick = look.between(0.26, 0.38), look.between(0.85, 1.1), look.between(0.014, 0.035)
    tyre, spokes, hub = _tyre(look), int(look.rng.integers(6, 19)), look.metal()
    rear, front = np.array([-base / 2, 0, radius]), np.array([base / 2, 0, radius])
    crank = np.array([-0.08, 0, radius * 0.9])
    seat, head = np.array([-0.2, 0, look.between(0.62, 0.8)]), np.array([base / 2 - 0.16, 0, look.between(0.62, 0.8)])
    parts = moved(wheel(look, radius, 0.02, tyre, hub, spokes=spokes), *rear)
    parts += moved(wheel(look, radius, 0.02, tyre, hub, spokes=spokes), *front)
    low = head - [0, 0, look.between(0.05, 0.2)]
    tubes = [rod(crank, seat, thick=thick), rod(crank, low, thick=thick * 1.2), rod(rear, crank, thick=thick * 0.7)]
    tubes += [rod(rear, seat, thick=thick * 0.7), rod(front, head, thick=thick * 0.9)]
    if look.odds(0.75):
        tubes.append(rod(seat, head, thick=thick))
    parts.append(part(joined(tubes), glossy(look) if look.odds(0.7) else look.metal()))
    top, grip = beside(head, -0.03, 0, look.between(0.06, 0.2)), look.between(0.18, 0.3)
    bars = [
        rod(head, top, thick=thick * 0.7),
        bent(beside(top, -0.1, -grip, 0.03), top, beside(top, -0.1, grip, 0.03), thick=thick * 0.7),
    ]
    bars += [rod(seat, beside(seat, -0.03, 0, 0.08), thick=thick * 0.7), facing(disc(0.09, -0.02, 0.02)).moved(*crank)]
    parts.append(part(joined(bars), look.metal()))
    saddle = blob([0.14, 0.07, 0.035], detail=14).moved(*beside(seat, -0.03, 0, 0.1))
    parts.append(part(saddle, dark(look) if look.odds(0.7) else look.soft(look.accent)))
    if look.odds(0.3):
        basket = box(0.26, 0.3, 0.2, 0.04).moved(*beside(head, 0.17, 0, -0.08))
        parts.append(part(basket, look.any_of("soft", "hard")))
    return _either_way(look, parts)


def scooter(look: Look) -> Parts:
    """Scooters and skateboards: a narrow deck on small wheels, sometimes with a tall bar."""
    long, wide, radius = look.between(0.5, 0.8), look.between(0.1, 0.2), look.between(0.05, 0.13)
    z = radius * 1.5
    bend, x = look.between(0, 0.12), np.linspace(-long, long, 25)
    path = np.stack([x, 0 * x, z + bend * (np.abs(x) / long) ** 4], 1)
    deck = sweep(path, np.full(25, wide) * np.clip(1.3 - (np.abs(x) / long) ** 6, 0.4, 1), 0.02)
    flat = np.ptp(deck.points[:, 2]) > np.ptp(deck.points[:, 1])
    deck = sweep(path, 0.02, wide) if flat else deck
    parts = [part(deck, look.any_of("printed", "hard", "soft"))]
    tyre, hub = _tyre(look), look.any_of("metal", "hard")
    tall = look.odds(0.6)
    for end in (-0.75, 0.75):
        for y in (0,) if tall else (-wide * 0.8, wide * 0.8):
            parts += moved(wheel(look, radius, radius * 0.35, tyre, hub), end * long * (1.25 if tall else 1), y, radius)
    axles = [rod((e * long, -wide * 0.8, radius), (e * long, wide * 0.8, radius), thick=0.02) for e in (-0.75, 0.75)]
    if tall:
        start, top = (long * 0.93, 0, radius), (long * look.between(0.7, 0.85), 0, look.between(0.9, 1.4))
        grip = look.between(0.18, 0.3)
        axles += [rod(start, top, thick=0.025), rod((top[0], -grip, top[2]), (top[0], grip, top[2]), thick=0.022)]
        ends = [rod((top[0], s * grip * 0.6, top[2]), (top[0], s * grip * 1.1, top[2]), thick=0.035) for s in (-1, 1)]
        parts.append(part(joined(ends), dark(look) if look.odds(0.6) else look.hard(look.accent)))
    return _either_way(look, [*parts, part(joined(axles), look.metal())])


def suitcase(look: Look) -> Parts:
    """A shell or cloth case with ribs and corners on four small wheels, its telescopic handle drawn out or not."""
    wide, deep, high = look.between(0.5, 0.8), look.between(0.22, 0.4), look.between(0.6, 1.1)
    radius, ribs = look.between(0.04, 0.08), int(look.rng.integers(0, 8))
    z, shell = 2 * radius, glossy(look) if look.odds(0.6) else look.soft()
    parts = [part(box(wide, deep, high, look.between(0.04, 0.1)).moved(z=z), shell)]
    bars = [
        box(0.03, deep * 1.03, high * 0.88, 0.012).moved(x, 0, z + high * 0.06)
        for x in np.linspace(-wide * 0.36, wide * 0.36, ribs)
    ]
    parts += [part(joined(bars), shell if look.odds(0.6) else look.hard(look.second))] if bars else []
    if look.odds(0.5):
        seam = box(wide * 1.01, 0.03, high * 1.005, 0.01).moved(z=z)
        parts.append(part(seam, dark(look) if look.odds(0.6) else look.metal()))
    if look.odds(0.4):
        parts.append(
            part(box(wide * 0.8, 0.06, high * 0.4, 0.02).moved(0, -deep / 2, z + high * 0.1), look.soft(look.second))
        )
    tyre, hub = _tyre(look), look.any_of("metal", "hard")
    for x in (-0.42, 0.42):
        for y in (-0.38, 0.38):
            parts += moved(wheel(look, radius, radius * 0.4, tyre, hub), x * wide, y * deep, radius)
    tall, at = look.between(0.05, 0.7), look.between(0.12, 0.3)
    poles = [rod((s * at, deep * 0.35, z + high), (s * at, deep * 0.35, z + high + tall), thick=0.014) for s in (-1, 1)]
    parts.append(part(joined(poles), look.metal()))
    grip = box(2 * at + 0.08, 0.05, 0.05, 0.02).moved(0, deep * 0.35, z + high + tall)
    side = bent((-0.12, 0, z + high), (0, 0, z + high + 0.07), (0.12, 0, z + high), thick=0.02)
    return _either_way(look, [*parts, part(joined([grip, side]), dark(look) if look.odds(0.7) else look.hard())])


def car(look: Look) -> Parts:
    """Cars, vans and trucks, toys or real: a lower body, windows darker than the roof, dark wheels, lamps."""
    long, wide, high = look.between(0.8, 1.1), look.between(0.32, 0.46), look.between(0.22, 0.38)
    radius, paint = look.between(0.14, 0.22), glossy(look) if look.odds(0.75) else look.hard()
    z = radius * look.between(0.7, 1)
    nose, tail = look.between(0.5, 0.95), look.between(0.5, 1.0)
    lower = _profile(((-long, z), (long, z), (long, z + high * tail), (0, z + high), (-long, z + high * nose)))
    begin, end = look.between(-0.7, -0.2) * long, look.between(0.4, 0.95) * long
    top, lean = z + high + look.between(0.2, 0.45), look.between(0.02, 0.3)
    glass = _profile(((begin, z + high * 0.9), (end, z + high * 0.9), (end - lean * 0.6, top), (begin + lean, top)))
    parts = [
        part(plate(lower, 2 * wide), paint),
        part(plate(glass, 1.8 * wide), dark(look) if look.odds(0.7) else smoked(look)),
    ]
    roof = box(max(end - begin - 1.5 * lean, 0.2), 1.84 * wide, 0.05, 0.02)
    parts.append(
        part(
            roof.moved((begin + end + 0.4 * lean) / 2, 0, top - 0.03),
            paint if look.odds(0.7) else look.hard(look.second),
        )
    )
    tyre, hub = _tyre(look), look.metal()
    for x in (-0.6, 0.6):
        for y in (-1, 1):
            parts += moved(wheel(look, radius, 0.09, tyre, hub), x * long, y * wide * 0.92, radius)
    lamps = [blob([0.03, 0.07, 0.05], detail=8).moved(-long, y * wide * 0.7, z + high * nose * 0.7) for y in (-1, 1)]
    bumper = box(0.06, 2 * wide, 0.08, 0.02).moved(-long, 0, z)
    return _either_way(
        look, [*parts, part(joined(lamps), pale(look)), part(bumper, dark(look) if look.odds(0.5) else paint)]
    )


def _profile(corners: tuple[tuple[float, float], ...]) -> np.ndarray:
    """A many-cornered outline with points along its sides and slightly round corners."""
    ring = np.array([*corners, corners[0]])
    dense = np.concatenate([np.linspace(a, b, 9)[:-1] for a, b in pairwise(ring)])
    return (np.roll(dense, 1, 0) + 2 * dense + np.roll(dense, -1, 0)) / 4


def pram(look: Look) -> Parts:
    """Prams, pushchairs, hand carts: a soft or hard tub with a hood, tubes, a handle and four wheels."""
    radius, long, wide = look.between(0.14, 0.28), look.between(0.4, 0.6), look.between(0.22, 0.32)
    floor, high = radius * look.between(1.4, 2.4), look.between(0.25, 0.4)
    cover, tubes = look.any_of("soft", "soft", "hard"), look.metal() if look.odds(0.6) else dark(look)
    tub = blob([long, wide, high], square=0.6, lift=0.6)
    tub = replace(tub, points=np.minimum(tub.points, (9, 9, 0.02)))
    parts = [part(tub.moved(z=floor + high), cover)]
    if look.odds(0.8):
        hood = blob([long * look.between(0.45, 0.6), wide * 1.04, high * look.between(0.9, 1.5)])
        hood = replace(hood, points=np.maximum(hood.points, (-9, -9, -0.02)))
        parts.append(
            part(
                bumpy(hood, look.rng, 0.01).moved(long * 0.45, 0, floor + high),
                look.soft(look.second) if look.odds(0.5) else cover,
            )
        )
    if look.odds(0.5):
        pillow = blob([long * 0.5, wide * 0.8, 0.1], square=0.6).moved(-long * 0.3, 0, floor + high + 0.03)
        parts.append(part(pillow, pale(look) if look.odds(0.6) else look.soft(look.accent)))
    bars = []
    for y in (-wide * 0.9, wide * 0.9):
        bars += [rod((-long * 0.8, y, radius), (long * 0.4, y, floor + high), thick=0.016)]
        bars += [rod((long * 0.8, y, radius), (-long * 0.4, y, floor + high), thick=0.016)]
        bars.append(
            bent(
                (-long * 0.7, y, floor + high),
                (-long * 1.2, y, floor + high * 1.5),
                (-long * 1.6, y, floor + 2.2 * high),
                thick=0.018,
            )
        )
    grip = rod(
        (-long * 1.6, -wide * 0.95, floor + 2.2 * high), (-long * 1.6, wide * 0.95, floor + 2.2 * high), thick=0.028
    )
    parts += [part(joined(bars), tubes), part(grip, dark(look))]
    tyre, hub, spokes = _tyre(look), look.any_of("metal", "hard"), int(look.rng.choice([0, 6, 10]))
    for x in (-0.8, 0.8):
        for y in (-1.05, 1.05):
            parts += moved(wheel(look, radius, 0.025, tyre, hub, spokes=spokes), x * long, y * wide, radius)
    return _either_way(look, parts)


FAMILIES = {bicycle: 1.1, scooter: 0.8, suitcase: 0.9, car: 1.0, pram: 1.0}
