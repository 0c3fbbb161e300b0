"""A mantelpiece: its board ends before the product, the chimney breast below it, a panelled wall close behind."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np

from ecomgen.scenes.studio.declarations.sets import Studio, declared
from ecomgen.scenes.studio.primitives.palette import toned
from ecomgen.scenes.studio.primitives.shapes import block, joined, tube, wall, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Dome, Material, Stage, Thing
from ecomgen.scenes.studio.props.arrangement import arrange_props
from ecomgen.scenes.studio.props.declaration import props
from ecomgen.scenes.studio.props.families.decoration.festive import stocking
from ecomgen.scenes.studio.props.gobos import cast
from ecomgen.scenes.studio.sets.chance import names
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import tables
from ecomgen.scenes.studio.stage.surfaces import chosen, paint

STOCKINGS, USUAL, MOST = "stockings", 3, 6
APART, ROOM = 0.44, 0.2  # units: between two stockings, and between one and the product at least
OUTER = 0.8  # of half the picture's width, where the outermost hang
FIR, LAID = "pine branch", 0.75  # and units between branches of a garland
FILL = Dome(zenith=(0.2, 0.2, 0.205), horizon=(0.17, 0.165, 0.16), nadir=(0.13, 0.12, 0.11))
THICK, BEFORE = 0.085, 0.16  # units: of the board; by which it ends before the product
RECESSED = 0.1  # units by which the chimney breast stands back from the board's edge
PANEL, GAP, RAISED = 1.5, 0.22, 0.03  # units: how wide a panel is, between two, and how far its moulding stands out
LINE, SAG = 0.93, 0.05  # of the picture's height above the board, where a line is strung; how far it hangs through
EMBERS = (5.0, 1.7, 0.35)
LEAST, QUIET = 0.55, 0.55  # lightness (Oklab) of the wall, and the share of its chroma that is left


def build(shot: Shot, plan: Studio) -> Stage:
    far = min(declared()["mantel"].wall - shot.uniform(0, 0.2), -shot.reach - 0.3)
    colour = paint(shot.wish.backdrop_colour, toned(shot.companion(), lightness=shot.uniform(LEAST, 0.9), chroma=QUIET))
    near = max(BEFORE, shot.reach - shot.deep)
    board = tables.table(shot, chosen(shot, *plan.surfaces), far=far, near=near, thickness=THICK)
    hung, shot = _line_of_stockings(shot, far)
    walls = () if shot.wish.wall else tuple(_panelled(shot, colour, far))
    usual = names(shot, plan.props)
    garland, shot = _garland(shot, usual, far)
    beside = arrange_props(shot, [name for name in usual if name != FIR], far=far + 0.04)
    hour = lights.daylight(shot, *plan.hours)
    sun = lights.sun_from(shot, hour, azimuth=shot.span("azimuth", 50, 72, wider=14), height=shot.height(30, 42))
    soft = lights.towards(-shot.side, azimuth=25, height=55)
    key = lights.softbox(soft, size=1.7, strength=1.3, colour=lights.kelvin(hour.kelvin))
    breast = Thing(wall(-6, 6, -6, -THICK, near - RECESSED), Material(toned(colour, lightness=0.75)))
    things = (board, breast, *_glow(near), *walls, *hung, *garland, cast(shot, sun), *beside)
    return Stage(things=things, lamps=(key, sun), dome=FILL, aperture=0.03)


def _glow(near: float) -> list[Thing]:
    """The light of the fire below, on the chimney breast and on what hangs there."""
    embers = block(2.4, 0.05, 0.3, 0.01).moved(0, -2.2, near + 0.5)
    return [Thing(embers, Material((0.1, 0.05, 0.02), glow=EMBERS))]


def _panelled(shot: Shot, colour: Colour, far: float) -> list[Thing]:
    """The wall and its mouldings."""
    half = shot.frame.half_width(far) * 1.6
    flat = wall(-half, half, -6, 12, far)
    step, low, high = PANEL + GAP, 0.3, 6.0
    shift = shot.uniform(-0.5, 0.5) * step
    frames = []
    for middle in np.arange(shift - 3 * step, shift + 3.1 * step, step):
        for side in (-0.5, 0.5):
            upright = block(0.06, high - low, RAISED, 0.012).moved(float(middle) + side * PANEL, low, far)
            frames.append(upright)
        frames += [block(PANEL, 0.06, RAISED, 0.012).moved(float(middle), at, far) for at in (low, high)]
    painted = Material(colour, roughness=0.6)
    return [Thing(flat, painted), Thing(joined(frames), painted)]


def _garland(shot: Shot, usual: Sequence[str], far: float) -> tuple[list[Thing], Shot]:
    """Fir along the wall, where it is usual or asked for, and the shot without it."""
    if FIR not in (*shot.wish.props, *usual) or shot.wish.dressing == "none" or FIR in shot.wish.without:
        return [], shot
    z, half = far + 0.3, shot.frame.half_width(far)
    laid = [
        thing.moved(float(x) + shot.uniform(-0.08, 0.08), 0, z + shot.uniform(-0.05, 0.05))
        for x in np.arange(-half, half + LAID, LAID)
        for thing in props()[FIR].build(shot)
    ]
    return laid, shot.wishing(props=tuple(name for name in shot.wish.props if name != FIR))


def _line_of_stockings(shot: Shot, far: float) -> tuple[list[Thing], Shot]:
    """A line strung along the wall with the stockings that were asked for, and the shot without these."""
    if STOCKINGS not in shot.wish.props:
        return [], shot
    count = min(shot.wish.count_of(STOCKINGS, USUAL), MOST)
    others = tuple(name for name in shot.wish.props if name != STOCKINGS)
    z, half = far + 0.06, shot.frame.half_width(far)
    high = shot.frame.high(LINE * shot.frame.top, z)
    left, right = (shot.frame.at(x, z) for x in shot.clear_of_product(ROOM))
    edge = OUTER * half
    sides = np.arange(-edge, left, APART).tolist(), (-np.arange(-edge, -right, APART)).tolist()
    spots = [x for pair in zip_longest(*sides) for x in pair if x is not None][:count]
    across = np.linspace(-1.2 * half, 1.2 * half, 60)
    line = tube(xyz(across, high - SAG * np.sin(6 * across / half) ** 2, z), 0.008)
    cord = Thing(line, Material((0.36, 0.27, 0.17), roughness=0.9))
    hung = [part.moved(x, high - 0.02, z + 0.05) for x in spots for part in stocking(shot, long=0.56)]
    return [cord, *hung], shot.wishing(props=others)
