"""Things that nobody has made: a trunk with whatever grows on it, mirrored, repeated round it or alone.

Families teach a network what their members have in common. These have nothing in common but that they hang together, so
that what is learnt from them is what a thing is, not which things there are.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.shapes import Shape, joined, normalised
from training.bodies import blob, bumpy, plate
from training.products.finishes import Finish, Look, Parts, part
from training.products.pieces import bent, circle, dark, disc, facing, glossy, outline, pale, rim, rod, smoked
from training.products.vessels import turned_solid
from training.shapes import box

Vector = NDArray[np.float64]  # of three

GROWTHS = (1, 2, 3, 4, 5, 7)
GROWN_ON = 0.35  # how often something grows on what has grown
MIRRORED, ROUND = 0.5, 0.2  # how often a growth has a twin, or a ring of them


def assembled(look: Look) -> Parts:
    """A trunk of one to three bodies, and growths on it of two to four materials."""
    finishes = [_finish(look) for _ in range(int(look.rng.integers(2, 5)))]
    bodies = [_trunk(look)]
    while look.odds(0.3) and len(bodies) < 3:
        top = float(bodies[-1].points[:, 2].max())
        bodies.append(_trunk(look).scaled(look.between(0.4, 0.9)).moved(z=top * look.between(0.75, 1.0)))
    parts = [part(body, _one_of(look, finishes)) for body in bodies]
    for _ in range(int(look.rng.choice(GROWTHS))):
        bearer = bodies[int(look.rng.integers(len(bodies)))]
        grown = _growth(look, bearer)
        if look.odds(GROWN_ON):
            grown = joined([grown, _growth(look, grown)])
        parts.append(part(_repeated(look, grown), _one_of(look, finishes)))
    if look.odds(0.4):
        parts.append(part(_face(look, bodies[0]), _one_of(look, [pale(look), dark(look), look.printed()])))
    return parts


def _finish(look: Look) -> Finish:
    kind = int(look.rng.integers(10))
    if kind < 4:
        return (pale, dark, glossy, smoked)[kind](look)
    return look.any_of("hard", "soft", "metal", "printed", "hard", "soft")


def _one_of(look: Look, finishes: list[Finish]) -> Finish:
    return finishes[int(look.rng.integers(len(finishes)))]


def _trunk(look: Look) -> Shape:
    """About a unit in size, standing on z = 0: a box, a turned body, a lump, a plate, a ring, a frame of rods."""
    wide, deep, high = (look.between(0.25, 1.0) for _ in range(3))
    kind = int(look.rng.integers(7))
    if kind == 0:
        return box(wide, deep, high, look.between(0.01, 0.15))
    if kind == 1:
        heights = np.sort(look.rng.uniform(0, high, int(look.rng.integers(2, 6))))
        heights[0] = 0
        heights += 0.02 * np.arange(len(heights))
        radii = look.rng.uniform(0.12, 0.5, len(heights)).tolist()
        return turned_solid(radii, heights.tolist(), rounding=look.between(0.01, 0.06), segments=40)
    if kind == 2:
        lump = blob([wide / 2, deep / 2, high / 2], square=look.between(0.35, 1.0), detail=24).moved(z=high / 2)
        return bumpy(lump, look.rng, look.between(0.0, 0.05)) if look.odds(0.5) else lump
    if kind == 3:
        return plate(outline(look), deep * 0.3).moved(z=0.5)
    if kind == 4:
        ring = outline(look) * look.between(0.6, 1.1)
        return rim(ring, look.between(0.02, 0.12), look.between(0.02, 0.15), square=look.between(0.3, 1.0)).moved(z=0.6)
    if kind == 5:
        return _frame(look, wide, deep, high)
    thick = look.between(0.04, 0.14)
    way = look.rng.uniform([-0.6, -0.4, thick], [0.6, 0.4, 1.0], (int(look.rng.integers(3, 6)), 3))
    return bent(*way, thick=thick, flat=look.between(0.4, 1.0), count=40)


def _frame(look: Look, wide: float, deep: float, high: float) -> Shape:
    """The edges of a box that narrows or widens, and often a board in it."""
    thick, top = look.between(0.012, 0.05), look.between(0.5, 1.3)
    corners = np.array([[x, y, 0.0] for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]) * [wide / 2, deep / 2, 1]
    upper = corners * [top, top, 1] + [0, 0, high]
    rods = [rod(low, up, thick=thick) for low, up in zip(corners, upper, strict=True)]
    rods += [rod(*upper, upper[0], thick=thick)]
    if look.odds(0.5):
        rods += [rod(*corners, corners[0], thick=thick)]
    if look.odds(0.6):
        rods += [box(wide * 0.95, deep * 0.95, 0.04, 0.01).moved(z=high * look.between(0.3, 0.98))]
    return joined(rods)


def _growth(look: Look, bearer: Shape) -> Shape:
    """Something small that begins inside a place of the bearer's surface and leaves it."""
    at, out = _place(look, bearer)
    far = look.between(0.1, 0.6)
    kind = int(look.rng.integers(8))
    if kind == 0:
        return rod(
            at - 0.03 * out, at + far * normalised(out + look.rng.normal(0, 0.3, 3)), thick=look.between(0.006, 0.05)
        )
    if kind == 1:
        ways = [at + far * (out * rise + look.rng.normal(0, 0.35, 3)) for rise in (0.5, 0.9, 1.1)]
        return bent(at - 0.03 * out, *ways, thick=look.between(0.008, 0.05), flat=look.between(0.3, 1.0))
    if kind == 2:
        return _handle(look, at, out, far)
    if kind == 3:
        return blob(look.rng.uniform(0.04, 0.25, 3), square=look.between(0.4, 1.0), detail=14).moved(*at)
    size = look.between(0.08, 0.35)
    thin = look.between(0.02, 0.12)
    flat = (
        disc(size, -thin, thin),
        box(2 * size, size * look.between(0.4, 2.0), thin, 0.01),
        rim(circle(size), thin * 0.5, thin * 0.5, square=look.between(0.4, 1.0)),
        plate(outline(look) * 2 * size, thin),
    )[kind - 4]
    turn = (0.0, 90.0)[int(look.rng.integers(2))]
    away = at + out * (size * look.between(0.0, 0.9))
    return flat.turned(x=turn).turned(z=float(look.rng.choice([0, 90, look.between(0, 180)]))).moved(*away)


def _handle(look: Look, at: Vector, out: Vector, far: float) -> Shape:
    """A bow that begins and ends at the bearer."""
    along = normalised(np.cross(out, look.rng.normal(0, 1, 3))) * look.between(0.1, 0.4)
    bow = at + far * out
    return bent(at - along, bow - 0.7 * along, bow + 0.7 * along, at + along, thick=look.between(0.01, 0.05))


def _place(look: Look, bearer: Shape) -> tuple[Vector, Vector]:
    """A point of its surface, and the way out."""
    number = int(look.rng.integers(len(bearer.points)))
    out = bearer.points[number] - bearer.points.mean(0)
    return bearer.points[number].astype(np.float64), normalised(out + 1e-6).astype(np.float64)


def _repeated(look: Look, grown: Shape) -> Shape:
    drawn = look.rng.random()
    if drawn < MIRRORED:
        twin = grown.scaled(-1.0, 1.0, 1.0)
        return joined([grown, replace(twin, faces=twin.faces[:, ::-1])])
    if drawn < MIRRORED + ROUND:
        count = int(look.rng.integers(3, 9))
        return joined([grown.turned(z=360.0 * number / count) for number in range(count)])
    return grown


def _face(look: Look, body: Shape) -> Shape:
    """A panel, a dial or a label before the body's front."""
    low, high = body.points.min(0), body.points.max(0)
    size = look.between(0.3, 0.9) * float(min(high[0] - low[0], high[2] - low[2]))
    panel = plate(outline(look) * size, 0.03) if look.odds(0.6) else facing(disc(size / 2, -0.02, 0.02))
    return panel.moved((low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2)
