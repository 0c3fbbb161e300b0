"""What products are photographed on, before and with: furniture, rocks, people, plants, curtains, streets.

Units are those of the scene, in which a product is about 1 across its bounding sphere and the camera looks along +y.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.primitives.shapes import Shape, joined
from training.bodies import blob, bumpy, curve, sweep
from training.products.finishes import Colour, Finish, Look, Part, Parts, any_colour, make_look, near, part
from training.products.vessels import turned_solid
from training.shapes import box, leaf, sheet

Corner = tuple[float, float, float]

SKIN: tuple[Colour, ...] = ((0.89, 0.72, 0.6), (0.78, 0.57, 0.44), (0.55, 0.37, 0.26), (0.33, 0.21, 0.15))
HAIR: tuple[Colour, ...] = ((0.05, 0.04, 0.03), (0.2, 0.12, 0.07), (0.5, 0.35, 0.18), (0.6, 0.6, 0.6))


# What carries a product: `reach` is half its width; the height of its top comes first


def table(look: Look, reach: float) -> tuple[float, Parts]:
    """A round or square top on legs, over the floor."""
    high, wide = look.between(0.4, 1.3), reach * look.between(1.3, 4.5)
    thick, deep = look.between(0.03, 0.1), wide * look.between(0.6, 1.0)
    wooden = Finish(colours=(near(look.rng, look.main, 0.2), look.main), pattern="wood", roughness=look.between(0.1, 1))
    top, legs = (wooden if look.odds(0.5) else look.any_of("hard", "glass", "metal")), look.any_of("metal", "hard")
    if look.odds(0.4):
        slab = turned_solid([wide, wide], [high - thick, high], rounding=0.015)
        under = [turned_solid([wide * 0.5, 0.06, 0.06], [0, 0.05, high - thick], rounding=0.02)]
    else:
        slab = box(wide * 2, deep * 2, thick, 0.01).moved(z=high - thick)
        leg = look.between(0.03, 0.09)
        at = [(x * wide * 0.92, y * deep * 0.92) for x in (-1, 1) for y in (-1, 1)]
        under = [box(leg, leg, high - thick, 0.01).moved(x, y) for x, y in at]
    return high, [part(slab, top), part(joined(under), legs)]


def seat(look: Look, reach: float) -> tuple[float, Parts]:
    """A chair, sofa or bench: what is put on it leans at its back."""
    high, wide = look.between(0.25, 0.6), reach * look.between(1.2, 3.5)
    deep, tall = reach * look.between(1.2, 1.8), look.between(0.4, 1.3)
    cover = look.soft() if look.odds(0.7) else look.hard()
    seat_, back = box(wide * 2, deep * 2, high, 0.05), box(wide * 2, 0.2, high + tall, 0.06).moved(0, deep + 0.1)
    pieces = [seat_, back]
    if look.odds(0.5):
        pieces += [box(0.25, deep * 2, high + tall * 0.5, 0.06).moved(side * (wide + 0.12)) for side in (-1, 1)]
    parts = [part(joined(pieces), cover)]
    if look.odds(0.4):
        cushion = blob([0.45, 0.16, 0.4], square=0.5).turned(x=look.between(-15, 5))
        other = make_look(look.rng).soft()
        parts.append(part(cushion.moved(look.between(-1, 1) * wide * 0.7, deep - 0.15, high + 0.35), other))
    return high, parts


def bench(look: Look, reach: float) -> tuple[float, Parts]:
    """Boards with gaps between them, as a seat and mostly a back: what lies behind shows between them."""
    high, wide, deep = look.between(0.3, 0.7), reach * look.between(1.5, 4), reach * look.between(1.0, 1.6)
    board, gap, thick = look.between(0.08, 0.3), look.between(0.02, 0.12), look.between(0.02, 0.06)
    boards = [box(wide * 2, board, thick, 0.01).moved(0, y, high - thick) for y in np.arange(-deep, deep, board + gap)]
    if look.odds(0.7):
        rows = np.arange(high + gap, high + look.between(0.4, 1.3), board + gap)
        boards += [box(wide * 2, thick, board, 0.01).moved(0, deep + 0.05 + 0.1 * z, z) for z in rows]
    legs = [box(0.08, deep * 2, high - thick, 0.01).moved(side * wide * 0.85) for side in (-1, 1)]
    wooden = Finish(colours=(near(look.rng, look.main, 0.2), look.main), pattern="wood", roughness=look.between(0.2, 1))
    return high, [part(joined(boards), wooden if look.odds(0.6) else look.hard()), part(joined(legs), look.metal())]


def foot(look: Look, reach: float) -> tuple[float, Parts]:
    """A thin disc, mat or tile hardly wider than the product, which shows as a strip below it."""
    wide, high = reach * look.between(0.75, 1.2), look.between(0.01, 0.06)
    if look.odds(0.5):
        disc = turned_solid([wide, wide], [0, high], rounding=0.006)
        return high, [part(disc, look.any_of("hard", "metal", "soft"))]
    return high, [part(box(wide * 2, wide * look.between(1.2, 2), high, 0.006), look.any_of("hard", "soft", "metal"))]


def rock(look: Look, reach: float) -> tuple[float, Parts]:
    """A boulder, a log, a heap of sand or snow."""
    wide, high = reach * look.between(1.3, 3), look.between(0.1, 0.6)
    heap = bumpy(blob([wide, wide * look.between(0.7, 1.1), high], lift=0.5, detail=34), look.rng, 0.04, waves=2.5)
    top = float(heap.points[np.hypot(heap.points[:, 0], heap.points[:, 1]) < reach * 0.5, 2].max())
    tone = near(look.rng, (0.5, 0.47, 0.43), 0.35)
    finish = Finish(
        colours=(near(look.rng, tone, 0.2), tone),
        pattern=str(look.rng.choice(["stone", "speckles", "clouds", "blotches"])),
        roughness=0.9,
    )
    return max(top - 0.02, 0.0), [part(heap, finish)]


def saucer(look: Look, reach: float) -> tuple[float, Parts]:
    """A saucer, plate or tray with a rim, or a coaster; often of the product's own kind."""
    wide, rise = reach * look.between(1.15, 1.9), look.between(0.03, 0.12)
    rim = turned_solid([wide * 0.6, wide, wide * 0.97, wide * 0.6], [0, rise, rise, rise * 0.45], rounding=0.01)
    stretched = 1.0 if look.odds(0.7) else look.between(0.6, 0.8)
    flat = rim.through(rim.points * [1, stretched, 1])
    return rise * 0.45, [part(flat, look.any_of("hard", "hard", "metal", "soft"))]


def cushion(look: Look, reach: float) -> tuple[float, Parts]:
    """A pillow or a folded blanket."""
    high = look.between(0.1, 0.35)
    pillow = blob([reach * look.between(1.3, 2.2), reach * look.between(1.1, 1.8), high], square=0.5, lift=0.8)
    return high * 1.8, [part(bumpy(pillow, look.rng, 0.01).moved(z=high), look.soft())]


SUPPORTS = (table, table, seat, bench, rock, saucer, saucer, foot, cushion)


# What stands behind and beside


def person(look: Look, *, holds: Corner | None = None) -> Parts:
    """Somebody whose chest is at the origin and about 1 wide; with both hands (mirrored) at `holds`."""
    wide, deep, long = look.between(0.42, 0.6), look.between(0.2, 0.32), look.between(0.75, 1.0)
    skin = near(look.rng, SKIN[int(look.rng.integers(len(SKIN)))], 0.08)
    bare = Finish(colours=(near(look.rng, skin, 0.06), skin), pattern="clouds", roughness=0.6)
    dark = HAIR[int(look.rng.integers(len(HAIR)))]
    hair = Finish(colours=(dark, near(look.rng, dark, 0.3)), pattern="cloth", roughness=0.6)
    cloth, trousers = look.soft(), make_look(look.rng).soft()
    body = blob([wide, deep, long], square=0.7, lift=0.6)
    head = (0.0, look.between(-0.08, 0.05), long + 0.28)
    neck = sweep([(0, 0, long * 0.8), head], 0.12)
    arms = [_arm(look, side * wide, long * 0.7, holds) for side in (-1, 1)]
    long_hair = blob([0.27, 0.28, 0.36 if look.odds(0.5) else 0.3]).moved(head[0], head[1] + 0.06, head[2] + 0.06)
    legs = [sweep([(side * wide * 0.5, 0, 0.2 - long), (side * wide * 0.5, 0, -3.2)], 0.2) for side in (-1, 1)]
    return [
        part(joined([body, *(arm for arm, _ in arms)]), cloth),
        part(joined([neck, blob([0.23, 0.25, 0.32]).moved(*head), *(hand for _, hand in arms)]), bare),
        part(long_hair, hair),
        part(joined(legs), trousers),
    ]


def _arm(look: Look, shoulder: float, z: float, holds: Corner | None) -> tuple[Shape, Shape]:
    """A sleeve and its hand: hanging, or at the thing that is held."""
    side = float(np.sign(shoulder))
    if holds is None:
        hand = np.array([shoulder * 1.25, look.between(-0.3, 0.1), z - look.between(0.9, 1.3)])
    else:
        hand = np.array([holds[0] * side, holds[1], holds[2]])
    elbow = np.array([shoulder * 1.35, hand[1] / 2 + 0.1, (z + hand[2]) / 2 - 0.15])
    sleeve = sweep(curve(np.array([[shoulder * 0.9, 0, z], elbow, hand])), np.linspace(0.15, 0.09, 24))
    return sleeve, blob([0.1, 0.08, 0.13], detail=12).moved(*hand)


def bush(look: Look, x: float, y: float, size: float) -> Parts:
    """Leaves in a heap: shrubs, hedges, house plants, hanging branches."""
    green = near(look.rng, (0.25, 0.38, 0.14), 0.35) if look.odds(0.8) else any_colour(look.rng)
    pieces = []
    for _ in range(int(look.rng.integers(40, 130))):
        long = size * look.between(0.12, 0.35)
        one = leaf(long, long * look.between(0.2, 0.6), look.between(0.1, 1.2))
        one = one.turned(y=look.between(-80, 40)).turned(z=look.between(0, 360))
        at = look.rng.normal(0, 0.35, 3) * size
        pieces.append(one.moved(x + at[0], y + at[1], size * 0.6 + at[2]))
    finish = Finish(colours=(near(look.rng, green, 0.35), green), pattern="gradient", roughness=look.between(0.2, 0.8))
    return [part(joined(pieces), finish)]


def tree(look: Look, x: float, y: float, size: float) -> Parts:
    """A trunk and a crown, far away."""
    trunk = sweep([(x, y, 0), (x + look.between(-0.2, 0.2), y, size)], size * look.between(0.03, 0.08))
    brown = near(look.rng, (0.3, 0.22, 0.15), 0.3)
    bark = Finish(colours=(near(look.rng, brown, 0.3), brown), pattern="wood", roughness=0.9)
    return [part(trunk, bark), *bush(look, x, y, size * look.between(0.7, 1.2))]


def curtain(look: Look, x: float, y: float) -> Parts:
    """Cloth that hangs in folds."""
    wide, tall = look.between(0.8, 4), look.between(2, 6)
    across = np.linspace(0, look.between(20, 60), 120)
    heights = np.broadcast_to(np.sin(across + np.sin(across * 0.37)), (4, 120)).astype(np.float64)
    cloth = sheet(wide, tall, heights=heights, fold=look.between(0.02, 0.08)).turned(x=90)
    return [part(cloth.moved(x, y, tall / 2 - 0.5), look.soft())]


def window(look: Look, y: float) -> Parts:
    """A wall with an opening through which the place outside is seen, a frame with bars, a sill."""
    wide, low, high = look.between(0.6, 2), look.between(-0.3, 0.8), look.between(1.2, 3)
    left = look.between(-1.5, 0.5) - wide / 2
    wall = [
        box(12, 0.2, low + 4, 0.01).moved(0, y, -4),
        box(12, 0.2, 8, 0.01).moved(0, y, high),
        box(12, 0.2, high - low, 0.01).moved(left - 6, y, low),
        box(12, 0.2, high - low, 0.01).moved(left + wide + 6, y, low),
    ]
    bar = look.between(0.03, 0.08)
    bars = [box(bar, bar, high - low, 0.01).moved(left + wide * share, y, low) for share in (0, 0.5, 1)]
    bars += [box(wide, bar, bar, 0.01).moved(left + wide / 2, y, at) for at in (low, (low + high) / 2, high)]
    sill = box(wide + 0.3, 0.4, 0.05, 0.01).moved(left + wide / 2, y - 0.2, low)
    pale = near(look.rng, (0.85, 0.84, 0.8), 0.12)
    paint = Finish(colours=(pale, near(look.rng, pale, 0.05)), pattern="clouds", roughness=0.8)
    return [part(joined(wall), paint), part(joined([*bars, sill]), look.hard())]


def shelves(look: Look, y: float) -> Parts:
    """Boards with books or boxes on them."""
    parts, wood = [], look.any_of("hard", "metal")
    for level in np.arange(-0.2, 3, look.between(0.5, 0.9)):
        parts.append(part(box(6, 0.5, 0.05, 0.01).moved(0, y + 0.25, level), wood))
        row, x = [], -3.0
        while x < 3:
            wide, tall = look.between(0.05, 0.3), look.between(0.2, 0.45)
            if look.odds(0.75):
                row.append(box(wide, 0.35, tall, 0.01).moved(x + wide / 2, y + 0.25, level + 0.05))
            x += wide + (0.2 if look.odds(0.15) else 0.005)
        parts += [part(joined(row[start::4]), make_look(look.rng).printed()) for start in range(4) if row[start::4]]
    return parts


def fence(look: Look, y: float) -> Parts:
    """A railing or a fence: posts and rails, what is behind them showing through."""
    tall, gap = look.between(0.6, 1.6), look.between(0.12, 0.5)
    thick = gap * look.between(0.1, 0.7)
    posts = [box(thick, 0.05, tall, 0.005).moved(x, y) for x in np.arange(-4, 4, gap)]
    rails = [box(9, 0.06, look.between(0.04, 0.1), 0.005).moved(0, y, tall * share) for share in (0.15, 0.9)]
    return [part(joined(posts + rails), look.any_of("hard", "metal"))]


def street(look: Look, y: float) -> Parts:
    """Houses or rocks of several heights along the horizon."""
    parts = []
    for _ in range(int(look.rng.integers(3, 8))):
        wide, high = look.between(1, 5), look.between(1, 9)
        at = look.between(-9, 9), y + look.between(0, 6)
        tone = near(look.rng, any_colour(look.rng), 0.1)
        kind = str(look.rng.choice(["bricks", "tiles", "checks", "clouds", "stone"]))
        face = Finish(colours=(near(look.rng, tone, 0.4), tone), pattern=kind, roughness=0.8)
        parts.append(part(box(wide, wide, high, 0.02).moved(at[0], at[1]), face))
    return parts


def wearer(look: Look, low: Corner, high: Corner) -> Parts:
    """Somebody behind a product of these corners who wears it, or holds it with both hands."""
    scale = look.between(0.9, 1.4) if look.odds(0.5) else look.between(1.4, 3.0)
    half, thick, middle = (high[0] - low[0]) / 2, high[1] - low[1], (low[2] + high[2]) / 2
    holds = (half / scale, -0.26 - look.between(0, thick) / scale, look.between(-0.3, 0.3) * half / scale)
    parts = person(look, holds=holds if look.odds(0.6) else None)
    return placed(parts, scale, (0.0, high[1] + 0.24 * scale, middle - look.between(-0.2, 0.2)))


def placed(parts: Parts, scale: float, at: Corner) -> Parts:
    """Made larger about the origin, then moved."""
    moved = [one.mesh.through(one.mesh.points * scale).moved(*at) for one in parts]
    return [Part(mesh=mesh, finish=one.finish) for mesh, one in zip(moved, parts, strict=True)]


def surroundings(rng: Generator, reach: float, behind: float) -> Parts:
    """One or two of these behind a product that reaches back to `behind`."""
    parts: Parts = []
    for _ in range(int(rng.choice([0, 1, 2], p=(0.2, 0.5, 0.3)))):
        look, y = make_look(rng), behind + float(rng.exponential(1.0)) + 0.3
        beside = float(rng.choice([-1, 1])) * (reach + float(rng.uniform(0.1, 1.2)))
        kind = str(rng.choice(["person", "bush", "hedge", "trees", "curtain", "window", "shelves", "fence", "street"]))
        parts += _one(kind, look, y, beside)
    return parts


def _one(kind: str, look: Look, y: float, beside: float) -> Parts:
    if kind == "person":
        at = beside * look.between(0.5, 2), y + 0.4, look.between(0.4, 1.6)
        return placed(person(look), look.between(0.8, 2), at)
    if kind == "bush":
        return bush(look, beside, y * look.between(0, 1), look.between(0.4, 1.2))
    if kind == "hedge":
        return [one for x in np.arange(-2.5, 2.6, 0.9) for one in bush(look, float(x), y + 0.5, look.between(0.7, 1.5))]
    if kind == "trees":
        return [
            one
            for _ in range(int(look.rng.integers(1, 5)))
            for one in tree(look, look.between(-5, 5), y + look.between(2, 9), look.between(1.5, 4))
        ]
    if kind == "curtain":
        return curtain(look, beside, y)
    makers = {"window": window, "shelves": shelves, "fence": fence, "street": street}
    return makers[kind](look, y + (4.0 if kind == "street" else 0.3))
