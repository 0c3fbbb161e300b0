"""Props by name, and where they stand: beside and behind the product, never before it, nor on the calm side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.grounds.plants import fallen_leaves
from ecomgen.scenes.studio.props import plants
from ecomgen.scenes.studio.props.clearance import beside, in_sight, resting
from ecomgen.scenes.studio.props.families import (
    belongings,
    botanicals,
    coast,
    conifers,
    festive,
    flowers,
    geometry,
    greenery,
    harvest,
    homeware,
    household,
    orchard,
    pantry,
    party,
)
from ecomgen.scenes.studio.props.stones import pebble
from ecomgen.scenes.studio.stage.palette import hexadecimal
from ecomgen.scenes.studio.stage.types import Material, Thing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ecomgen.scenes.studio.prompt.wish import Wish
    from ecomgen.scenes.studio.stage.shapes import Shape
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Colour

    Prop = Callable[[Shot], list[Thing]]


def _plant(shot: Shot) -> list[Thing]:
    pot = hexadecimal(shot.pick("#d9cfc1", "#b8745a", "#e8e4dc", "#6f7a70"))
    green = plants.SAGE if shot.rng.random() < 0.3 else plants.GREEN
    return plants.potted_plant(shot.rng, height=shot.between(0.7, 1.15), pot=pot, green=green)


def _pebbles(shot: Shot) -> list[Thing]:
    tint = shot.between(0.12, 0.5)
    colour = (tint, 0.95 * tint, 0.88 * tint)
    stones = [pebble(shot, shot.between(0.1, 0.2)).moved(0.17 * k, 0, shot.between(-0.1, 0.1)) for k in range(3)]
    return [Thing(shape=stone, material=Material(colour=colour)) for stone in stones]


PROPS: dict[str, Prop] = {
    "plant": _plant,
    "pebbles": _pebbles,
    "vase": flowers.vase_of_twigs,
    "flowers": flowers.bouquet,
    "sunflowers": flowers.sunflowers,
    "pampas": flowers.pampas,
    "candle": household.candle,
    "books": household.books,
    "notebook": household.notebook,
    "cup": household.cup,
    "bowl": household.bowl,
    "lemons": household.lemons,
    "oranges": household.oranges,
    "bottle": household.bottle,
    "towel": household.towels,
    "spheres": geometry.spheres,
    "blocks": geometry.blocks,
    "arch": geometry.arch,
    "gifts": festive.gifts,
    "baubles": festive.baubles,
    **harvest.PROPS,
    **orchard.PROPS,
    **pantry.PROPS,
    **botanicals.PROPS,
    **conifers.PROPS,
    **greenery.PROPS,
    **coast.PROPS,
    **belongings.PROPS,
    **homeware.PROPS,
    **party.PROPS,
}
BEHIND = frozenset({"arch"})
"""Props that frame the product."""
STREWN = {
    "leaves": fallen_leaves,
    "petals": flowers.petals,
    **pantry.STREWN,
    **greenery.STREWN,
    **coast.STREWN,
    **belongings.STREWN,
    **party.STREWN,
}


KINDS = {
    "plant": (
        *("monstera", "palm", "eucalyptus", "succulents", "cactus", "bamboo"),
        *("herbs", "vase", "pampas", "green leaves"),
    ),
    "flowers": ("roses", "tulips", "daisies", "sunflowers", "cherry branch", "lavender", "petals"),
    "leaves": ("green leaves",),
    "green leaves": ("leaves", "plant", "monstera", "palm", "vase"),
}
"""What else a "no" takes away with a prop."""
RICH = ("folded cloth", "eucalyptus", "candle", "bowl", "books", "vase", "cup", "pebbles")
"""What a dressed scene has besides."""
FARTHER, WHOLE = (0.0, 0.7, 1.4), 0.85  # units by which a prop is moved back until so much of it is in sight
FEW, MANY = 60, 140  # of what lies strewn about
MOSTLY = (
    0.5  # of a prop that nobody asked for must be in the picture: a leaf that comes out of nowhere is worse than none
)


def chosen_props(wish: Wish, usual: Sequence[str]) -> list[str]:
    """The wished props in order, else the `usual` ones; none, one more or two of each where the prompt says so."""
    usual = () if wish.dressing == "none" or (wish.props and wish.dressing != "rich") else usual
    added = usual[:1] if wish.props else usual
    if wish.dressing == "rich":
        added = (*added, next(name for name in RICH if name not in (*wish.props, *added)))
    unwanted = {*wish.without, *(kind for name in wish.without for kind in KINDS.get(name, ()))}
    wanted = (*wish.props, *(name for name in added if name not in wish.props))
    names = [name for name in wanted if name not in unwanted]
    return [name for name in names for _ in range(2 if wish.amount and name in PROPS else 1)]


def dressed(
    shot: Shot, names: Sequence[str], *, floor: float = 0.0, far: float = -np.inf, ground: Shape | None = None
) -> list[Thing]:
    """The props called `names`, each in a place of its own; the wished ones come first and replace the usual.

    They stand at the height `floor`, on something that ends at z = `far`; on uneven `ground` each as high as that is.
    """
    chosen = chosen_props(shot.wish, names)
    count = MANY if shot.wish.amount else FEW
    things = [
        thing.moved(0, floor)
        for name in chosen
        if name in STREWN
        for thing in STREWN[name](_painted(shot, name), count)
    ]
    standing = [name for name in chosen if name in PROPS]
    size = likely_size(shot)
    for name, spot in zip(standing, _spots(shot, len(standing)), strict=False):
        made = [thing.scaled(size) for thing in PROPS[name](_painted(shot, name))]
        there = _placed(shot, made, spot, far=far, framing=name in BEHIND)
        if name not in shot.wish.props and in_sight(shot, there) < MOSTLY:
            continue
        there = [thing.moved(0, floor) for thing in there]
        things += there if ground is None else resting(there, ground, floor)
        if shot.wish.balance == "symmetrical":
            things += _mirrored(shot, made, there, floor)
    return things


def _placed(shot: Shot, made: Sequence[Thing], spot: tuple[float, float], *, far: float, framing: bool) -> list[Thing]:
    """A prop at its spot; where the picture's edge would cut it there, farther back, where there is more room."""
    seen = spot[0] / shot.frame.spread(spot[1])
    deepest = far + 0.04 - min(float(thing.shape.points[:, 2].min()) for thing in made)
    there: list[Thing] = []
    for back in FARTHER:
        z = max(spot[1] - back, deepest)
        x = _whole(shot, made, shot.frame.at(seen, z), z)
        there = [thing.moved(x, 0, z) for thing in made]
        if framing:
            return there
        there = beside(shot, there)
        if in_sight(shot, there) > WHOLE:
            return there
    return there


def _mirrored(shot: Shot, made: Sequence[Thing], there: Sequence[Thing], floor: float) -> list[Thing]:
    """The same prop on the product's other side."""
    step = there[0].shape.points[0] - made[0].shape.points[0]
    x, z = float(step[0]), float(step[2])
    other = 2 * shot.frame.at(shot.frame.product_x, z) - x
    return [thing.moved(other, floor, z) for thing in made]


def _painted(shot: Shot, name: str) -> Shot:
    """The shot as the prop called `name` has it: a colour that was given to another is not its own."""
    if shot.wish.coloured_prop in (None, name):
        return shot
    return replace(shot, wish=replace(shot.wish, prop_colour=None))


def laid(shot: Shot, names: Sequence[str]) -> list[Thing]:
    """The props for a flat lay: standing up towards the camera, in the corners of the picture."""
    chosen = chosen_props(shot.wish, names)
    frame, size = shot.frame, likely_size(shot)
    strewn = [thing for name in chosen if name in STREWN for thing in STREWN[name](_painted(shot, name), FEW)]
    middle = 0.5 * frame.product_height - 0.2
    things = [replace(thing, shape=thing.shape.turned(x=90).moved(0, middle)) for thing in strewn]
    for number, name in enumerate([name for name in chosen if name in PROPS]):
        side = -shot.side if number % 2 == 0 else shot.side
        if shot.wish.space in ("left", "right"):
            side = 1.0 if shot.wish.space == "left" else -1.0
        low, high = frame.bottom + 0.12, frame.top - 0.12
        y = high - 0.25 * number if number % 2 == 0 else low + 0.2 * number
        x = side * frame.right * shot.between(0.7, 0.95)
        there = [
            replace(t, shape=t.shape.scaled(size).turned(x=90).moved(x, y)) for t in PROPS[name](_painted(shot, name))
        ]
        things += beside(shot, there)
    return things


def likely_size(shot: Shot) -> float:
    """How large props are beside the product; they are modelled to go with one of a quarter of a metre."""
    wished = {"large": 1.4, "small": 0.68}.get(shot.wish.scale or "", 1.0)
    return wished * float(np.clip((0.25 * shot.metre) ** 0.7, 0.75, 1.5))


def _spots(shot: Shot, count: int) -> list[tuple[float, float]]:
    """Places on the ground, the first on the side away from the light, then by turns."""
    left, right = shot.clear_of_product(0.16)
    sides = [-shot.side, shot.side] * count
    if shot.wish.space in ("left", "right", "side"):
        sides = [-1.0 if shot.wish.space == "right" else 1.0] * count
    spots = []
    for number, side in enumerate(sides[:count]):
        z = -shot.between(0.5, 1.0) - 0.45 * (number // 2)
        free = (shot.frame.right - right) if side > 0 else (left + shot.frame.right)
        inner = right if side > 0 else -left
        x = inner + max(free, 0.15) * shot.between(0.25, 0.75)
        spots.append((float(shot.frame.at(side * x, z)), z))
    return spots


def _whole(shot: Shot, made: Sequence[Thing], x: float, z: float) -> float:
    """`x` moved inwards until the picture's edge does not cut the prop, as far as the product leaves it in sight."""
    across = np.concatenate([thing.shape.points[:, 0] for thing in made])
    low, high = float(across.min()), float(across.max())
    edge, middle = 0.97 * shot.frame.half_width(z), shot.frame.at(shot.frame.product_x, z)
    beside = 0.5 * shot.frame.product_width * shot.frame.spread(z) - 0.5 * (high - low)
    if x >= middle:
        return max(min(x, edge - high), middle + beside - low)
    return min(max(x, -edge - low), middle - beside - high)


def tinted(shot: Shot, fallback: Colour) -> Colour:
    """The wished colour of props, else the fallback."""
    return hexadecimal(shot.wish.prop_colour) if shot.wish.prop_colour else fallback


def undergrowth(shot: Shot, *, count: int = 9) -> list[Thing]:
    """Ferns on both sides of the product and behind it."""
    found = []
    left, right = shot.clear_of_product(0.3)
    for number in range(count):
        z = -shot.between(0.7, 3.2)
        side = -1.0 if number % 2 else 1.0
        inner = right if side > 0 else -left
        x = shot.frame.at(side * shot.between(inner, max(shot.frame.right * 1.15, inner + 0.2)), z)
        shape = plants.fronds(shot.rng, shot.between(0.55, 0.95)).moved(x, -0.14, z)
        green = Material(colour=plants.shades(shot.rng, (0.06, 0.12, 0.035)), roughness=0.5)
        found.append(Thing(shape=shape, material=green))
    return found


def foreground_leaves(shot: Shot) -> list[Thing]:
    """A few leaves hanging into a corner of the picture, close to the lens and out of focus."""
    side = -shot.side if shot.wish.space is None else (1.0 if shot.wish.space == "left" else -1.0)
    z = 0.42 * shot.frame.distance
    things = []
    for _ in range(4):
        size = shot.between(0.22, 0.4)
        x = shot.frame.at(side * shot.frame.right * shot.between(0.85, 1.1), z)
        y = shot.frame.eye + (shot.frame.top - shot.frame.eye) * shot.frame.spread(z) * shot.between(0.7, 1.05)
        shape = (
            plants.leaf(size, 0.4 * size)
            .turned(x=shot.between(-30, 30), z=180 + side * shot.between(-10, 70))
            .moved(x, y, z)
        )
        things.append(
            Thing(shape=shape, material=Material(colour=tuple(np.array([0.09, 0.20, 0.05]) * shot.between(0.7, 1.6))))
        )
    return things
