"""A shelf on a wall: a board, the wall close behind, a few things beside."""

from __future__ import annotations

from ecomgen.scenes.studio.declarations.sets import Studio
from ecomgen.scenes.studio.primitives.shapes import wall
from ecomgen.scenes.studio.primitives.types import Material, Stage, Thing
from ecomgen.scenes.studio.props.arrangement import arrange_props
from ecomgen.scenes.studio.props.families.pastimes.desk import row_of_books
from ecomgen.scenes.studio.props.gobos import cast
from ecomgen.scenes.studio.sets import fabric
from ecomgen.scenes.studio.sets.chance import names
from ecomgen.scenes.studio.sets.indoors import FILL
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import tables
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, chosen, paint

BOOKS, BOOKSHELF, ROOM = "books", "shelves", 0.12  # units between them and the product

SPACES = {-1: "left", 1: "right"}


def build(shot: Shot, plan: Studio) -> Stage:
    if shot.wish.surface in CLOTHS:  # as shops lay out what is small and dear
        return fabric.build(shot, plan)
    far = min(-shot.uniform(1.0, 1.3), -shot.reach - 0.2)
    half = shot.frame.half_width(far) * 2
    colour = paint(shot.wish.backdrop_colour, shot.companion())
    behind = Thing(wall(-half, half, -6, 12, far), Material(colour))
    shot, stood = _books_stood_up(shot, far)
    board = tables.table(shot, chosen(shot, *plan.surfaces), far=far + 0.02, thickness=0.09)
    props = names(shot, plan.props)
    hour = lights.daylight(shot, *plan.hours)
    soft = lights.towards(-shot.side, azimuth=20, height=58)  # clear of the sun, which its square would shade
    key = lights.softbox(soft, size=1.6, strength=1.2, colour=lights.kelvin(hour.kelvin + 400))
    sun = lights.sun_from(shot, hour, azimuth=shot.span("azimuth", 50, 72, wider=14), height=shot.height(30, 40))
    walls = () if shot.wish.wall else (behind,)
    things = (board, *walls, *stood, cast(shot, sun), *arrange_props(shot, props, far=far + 0.02))
    return Stage(things=things, lamps=(key, sun), dome=FILL, aperture=0.03)


def _books_stood_up(shot: Shot, far: float) -> tuple[Shot, list[Thing]]:
    """The shot without books that were asked for, and these: in rows on the shelf, open round the product, and where
    nothing else stands or nothing is to stand."""
    if BOOKS not in shot.wish.props and BOOKSHELF not in shot.wish.furniture:
        return shot, []
    others = tuple(name for name in shot.wish.props if name != BOOKS)
    back = min(far + 0.75, -shot.reach)
    edge, (left, right) = shot.frame.half_width(back), (shot.frame.at(x, back) for x in shot.clear_of_product(ROOM))
    stood = [
        thing.moved(z=back)
        for side, row in ((-1, (-edge, left)), (1, (right, edge)))
        if shot.wish.space != SPACES[side] and not (others and side == shot.order)
        for thing in row_of_books(shot, *row)
    ]
    return shot.wishing(props=others, dressing="none"), stood
