"""What the product stands on. In: a shot, a surface, sizes. Out: things whose top is y = 0.

`footprint` says how much of the ground that covers; the other modules build it.
"""

from __future__ import annotations

from collections.abc import Callable

from ecomgen.scenes.studio.declarations.wish import BOARDS
from ecomgen.scenes.studio.primitives.types import Thing
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports.bale import on_bale
from ecomgen.scenes.studio.stage.supports.barrel import BARREL, on_barrel
from ecomgen.scenes.studio.stage.supports.bench import bench
from ecomgen.scenes.studio.stage.supports.boards import board
from ecomgen.scenes.studio.stage.supports.cloths import blanket
from ecomgen.scenes.studio.stage.supports.crate import on_crate
from ecomgen.scenes.studio.stage.supports.footprint import CRATE, beneath
from ecomgen.scenes.studio.stage.supports.plinths import STEP, podium, steps
from ecomgen.scenes.studio.stage.supports.rocks import QUARRIED, reef, slab
from ecomgen.scenes.studio.stage.supports.stump import stump
from ecomgen.scenes.studio.stage.supports.tables import table
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, WOODS

TILED, TILES_END = frozenset({"tiles", "mosaic", "clay tiles", "patterned tiles"}), -3.0  # of a floor; z of its end
HEIGHTS = {"crate": CRATE, "barrel": BARREL, "bale": CRATE, "steps": 2 * STEP}
"""Units, of what raises the product above what it stands on itself."""
FORMS: dict[str, Callable[[Shot, str], list[Thing]]] = {
    "bench": lambda shot, surface: bench(shot, surface, backed=not shot.wish.background),
    "crate": lambda shot, surface: [on_crate(shot, surface)],
    "steps": lambda shot, surface: [steps(shot, surface)],
    "barrel": lambda shot, _: on_barrel(shot),
    "bale": lambda shot, _: on_bale(shot),
}
"""What is built in one way whatever it is made of."""


def stand(shot: Shot, surface: str, *, thickness: float = 0.14) -> list[Thing]:
    """Something made of `surface` to stand on outdoors, its top at y = 0."""
    wished = shot.wish.support
    if wished in ("pier", "table"):
        return [table(shot, surface, far=min(-shot.uniform(0.8, 1.3), -shot.reach - 0.2), thickness=0.08)]
    if wished in FORMS:
        return FORMS[wished](shot, surface)
    if (surface in WOODS and wished is None) or wished in BOARDS:
        return [board(shot, surface, thickness=thickness)]
    if surface in CLOTHS:
        return [blanket(shot, surface)]
    if wished == "stump":
        place = beneath(shot, 0.1)
        parts = stump(shot, surface, radius=place.radius, height=thickness)
        return [part.moved(shot.frame.product_x, 0, place.z) for part in parts]
    if surface in TILED and wished is None:
        return [table(shot, surface, far=TILES_END, thickness=thickness)]
    radius = max(0.7, 0.6 * shot.frame.product_width + shot.uniform(0.3, 0.5), shot.half_diagonal + 0.2)
    back = -0.5 * shot.reach
    if wished == "slab" or (wished is None and surface in QUARRIED):
        made = [slab(shot, surface, radius=radius, thickness=thickness + 0.12).moved(z=back)]
        return [*made, reef(shot, surface, radius=radius, drop=thickness)] if shot.wish.ground == "water" else made
    return [podium(shot, surface, radius=radius, height=thickness).moved(z=back)]
