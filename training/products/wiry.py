"""Thin things with nothing between: desk lamps, cages, rackets, fans, racks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import Shape, joined
from training.bodies import blob
from training.products.finishes import Look, Parts, part
from training.products.pieces import (
    bent,
    beside,
    cable,
    circle,
    dark,
    disc,
    facing,
    glossy,
    lying,
    pale,
    rim,
    rod,
    stars,
)
from training.shapes import box, lathe, profile


def desk_lamp(look: Look) -> Parts:
    """A heavy foot, two thin arms with a joint, a tilted shade that is open below, a cable on the table."""
    thick, foot = look.between(0.01, 0.03), look.between(0.16, 0.3)
    elbow = np.array([look.between(-0.5, 0.1), 0, look.between(0.5, 0.9)])
    head = np.array([look.between(0.2, 0.7), 0, elbow[2] + look.between(-0.1, 0.5)])
    arms = [rod((0, 0, 0.04), elbow, thick=thick), rod(elbow, head, thick=thick)]
    if look.odds(0.5):
        arms += [
            rod((0.05, 0, 0.06), beside(elbow, 0.05, 0, 0), thick=thick),
            rod(beside(elbow, 0, 0, 0.05), beside(head, 0, 0, 0.05), thick=thick),
        ]
    paint = glossy(look) if look.odds(0.6) else look.any_of("metal", "hard")
    parts = [part(joined(arms), look.metal() if look.odds(0.5) else paint)]
    parts.append(part(disc(foot, 0, look.between(0.03, 0.08)), paint if look.odds(0.7) else dark(look)))
    parts.append(part(facing(disc(0.04, -0.03, 0.03)).moved(*elbow), dark(look)))
    wide, tall = look.between(0.14, 0.26), look.between(0.16, 0.34)
    shade = lathe(
        profile(
            (wide, 0, 0.0),
            (wide * look.between(0.5, 0.9), tall * 0.6, 0.1),
            (0.05, tall, 0.02),
            (0, tall, 0.0),
            step=0.03,
        ),
        segments=36,
    )
    bulb = blob([0.07, 0.07, 0.09], detail=12).moved(z=0.06)
    tilt = look.between(-50, 50)
    place = beside(head, 0, 0, -tall * 0.6)
    parts += [
        part(shade.turned(y=tilt).moved(*place), paint),
        part(bulb.turned(y=tilt).moved(*place), pale(look)),
    ]
    if look.odds(0.7):
        parts.append(part(cable(look, (0, foot * 0.8, 0.03)), dark(look) if look.odds(0.6) else pale(look)))
    return parts


def cage(look: Look) -> Parts:
    """Bird cages, wire baskets, lanterns: bars round an empty middle, on a solid floor, with a dome or a flat top."""
    high, count = look.between(0.7, 1.4), int(look.rng.integers(8, 22))
    thick, dome = look.between(0.006, 0.018), look.odds(0.6)
    square = look.between(0.2, 0.5) if look.odds(0.4) else 1.0
    bars = []
    for at in circle(0.45, count, square):
        points = [(*at, 0.05), (*at, high)]
        bars.append(rod(*points, thick=thick))
        if dome:
            bars.append(
                bent((*at, high), (at[0] * 0.75, at[1] * 0.75, high + 0.25), (0, 0, high + 0.38), thick=thick, count=9)
            )
    path = circle(0.45, 60, square)
    for z in np.linspace(0.08, high, int(look.rng.integers(2, 6))):
        bars += [rim(path, thick, thick).turned(x=90).moved(z=float(z))]
    if dome:
        bars.append(rim(circle(0.06, 24), thick * 1.2, thick * 1.2).moved(z=high + 0.45))
    parts = [part(joined(bars), look.any_of("metal", "hard", "hard"))]
    if look.odds(0.8):
        floor = rim(path * 0.99, 0.03, look.between(0.04, 0.14), square=0.4).turned(x=90).moved(z=0.08)
        parts += [part(joined([floor, disc(0.46 if square == 1.0 else 0.42, 0.02, 0.05)]), look.hard(look.second))]
    if look.odds(0.4):
        parts.append(part(rod((-0.44, 0, high * 0.5), (0.44, 0, high * 0.5), thick=0.02), look.hard(look.accent)))
        parts.append(
            part(
                blob([0.09, 0.16, 0.12], detail=14).moved(look.between(-0.2, 0.2), 0, high * 0.5 + 0.13),
                look.soft(look.accent),
            )
        )
    return parts


def racket(look: Look) -> Parts:
    """Rackets, strainers, nets: a loop with a grid in it that shows what is behind, on a handle with a grip."""
    tall, thick = look.between(0.9, 1.35), look.between(0.012, 0.035)
    angle = np.linspace(0, 2 * np.pi, 73)[:-1]
    path = 0.42 * np.stack([np.cos(angle) * (1 + look.between(0, 0.15) * np.sin(angle)), tall * np.sin(angle)], 1)
    string = look.between(0.0025, 0.007)
    wires = []
    for at in np.linspace(-0.85, 0.85, int(look.rng.integers(6, 17))):
        reach = np.sqrt(1 - at**2) * 0.42
        wires.append(rod((at * 0.42, 0, -reach * tall), (at * 0.42, 0, reach * tall), thick=string))
        wires.append(rod((-reach, 0, at * 0.42 * tall), (reach, 0, at * 0.42 * tall), thick=string))
    low = -0.42 * tall
    end = low - look.between(0.4, 0.9)
    neck = [rod((0, 0, low), (0, 0, end), thick=thick)]
    if look.odds(0.5):
        neck = [rod((s * 0.2, 0, low * 0.9), (0, 0, low - 0.25), (0, 0, end), thick=thick * 0.8) for s in (-1, 1)]
    frame = glossy(look) if look.odds(0.6) else look.any_of("metal", "hard")
    parts = [part(joined([rim(path, thick, thick * look.between(0.7, 1.6)), *neck]), frame)]
    parts.append(part(joined(wires), pale(look) if look.odds(0.6) else look.hard(look.accent)))
    grip = rod((0, 0, end + look.between(0.2, 0.35)), (0, 0, end), thick=thick * look.between(1.2, 1.8))
    parts.append(part(grip, dark(look) if look.odds(0.6) else look.soft(look.second)))
    return lying(look, parts, 0.5)


def fan(look: Look) -> Parts:
    """Table and floor fans: blades in an open guard of rings and wires, a pole, a foot, a cable."""
    radius, blades = 0.45, int(look.rng.integers(3, 6))
    wire, rings, spokes = look.between(0.004, 0.009), int(look.rng.integers(2, 9)), int(look.rng.integers(8, 25))
    guard = _guard(look, radius, wire, rings, spokes)
    turn = look.between(0, 360)
    wings = [
        blob([0.13, 0.01, 0.17], detail=14).turned(z=30).moved(z=0.21).turned(y=turn + 360 * k / blades)
        for k in range(blades)
    ]
    motor = facing(disc(0.09, -0.1, 0.22, rounding=0.04))
    low = -radius - look.between(0.05, 1.2)
    pole, foot = (
        rod((0, 0.15, 0), (0, 0.15, low), thick=look.between(0.015, 0.04)),
        disc(look.between(0.2, 0.35), 0, 0.05),
    )
    body = look.hard() if look.odds(0.6) else look.metal()
    parts = [
        part(guard, look.metal() if look.odds(0.6) else body),
        part(joined(wings), look.any_of("hard", "metal", "glass")),
    ]
    parts.append(part(joined([motor, pole, foot.moved(0, 0.15, low - 0.05)]), body))
    return parts


def _guard(look: Look, radius: float, wire: float, rings: int, spokes: int) -> Shape:
    """Two shallow cones of wires and rings."""
    pieces = [rim(circle(radius), 0.014, 0.014)]
    for y in (-0.12, 0.12):
        pieces += [rim(circle(radius * r), wire, wire).moved(y=y * (1 - r**2)) for r in np.linspace(0.3, 0.92, rings)]
        star = stars(look, spokes, 0.06, radius, wire)
        bulge = y * (1 - (np.hypot(star.points[:, 0], star.points[:, 2]) / radius) ** 2)
        pieces.append(replace(star, points=star.points + bulge[:, None] * (0, 1, 0)))
    return joined(pieces)


def airer(look: Look) -> Parts:
    """Laundry airers, clothes rails, easels, tripods, shelves of wire: thin tubes with openings between them."""
    kind, thick, high = int(look.rng.integers(4)), look.between(0.01, 0.026), look.between(0.7, 1.4)
    tube = look.metal() if look.odds(0.5) else look.hard() if look.odds(0.6) else dark(look)
    wide, deep = look.between(0.35, 0.7), look.between(0.2, 0.45)
    if kind == 0:
        bars = [
            rod((s * wide, e * deep, 0), (s * wide, -e * deep, high), thick=thick) for s in (-1, 1) for e in (-1, 1)
        ]
        rows = np.linspace(-deep, deep, int(look.rng.integers(4, 10)))
        bars += [rod((-wide, y, high), (wide, y, high), thick=thick * 0.6) for y in rows]
    elif kind == 1:
        bars = [rod((s * wide, e * deep, 0), (s * wide, 0, high), thick=thick) for s in (-1, 1) for e in (-1, 1)]
        bars += [rod((-wide * 1.1, 0, high), (wide * 1.1, 0, high), thick=thick)]
    elif kind == 2:
        bars = [rod((0.35 * np.sin(a), 0.35 * np.cos(a), 0), (0, 0, high), thick=thick) for a in (0.0, 2.1, 4.2)]
        bars += [
            rod((-0.2, -0.2, high * 0.4), (0.2, -0.2, high * 0.4), thick=thick),
            rod((0, 0, high), (0, 0, high * 1.2), thick=thick),
        ]
    else:
        bars = [rod((s * wide, e * deep, 0), (s * wide, e * deep, high), thick=thick) for s in (-1, 1) for e in (-1, 1)]
        for z in np.linspace(0.15, high, int(look.rng.integers(2, 5))):
            bars += [rod((-wide, y, z), (wide, y, z), thick=thick * 0.6) for y in np.linspace(-deep, deep, 5)]
            bars += [rod((s * wide, -deep, z), (s * wide, deep, z), thick=thick * 0.8) for s in (-1, 1)]
    parts = [part(joined(bars), tube)]
    if look.odds(0.4):
        feet = [
            blob([thick * 2, thick * 2, thick * 1.5], detail=8).moved(s * wide, e * deep, thick)
            for s in (-1, 1)
            for e in (-1, 1)
        ]
        parts += [part(joined(feet), dark(look))] if kind in (0, 1, 3) else []
    if look.odds(0.5):
        cloth = box(wide * look.between(0.4, 0.9), 0.03, high * look.between(0.3, 0.6), 0.012)
        top = high * (0.42 if kind == 2 else 1.0) - (0 if kind == 2 else float(np.ptp(cloth.points[:, 2])))
        at = (0 if kind == 2 else look.between(-0.3, 0.3) * wide, -0.2 if kind == 2 else 0, top)
        parts.append(part(cloth.moved(*at), look.any_of("soft", "soft", "printed")))
    return parts


FAMILIES = {desk_lamp: 1.0, cage: 0.7, racket: 0.8, fan: 0.7, airer: 1.0}
