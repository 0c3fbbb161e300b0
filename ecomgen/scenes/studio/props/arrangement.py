"""Where props stand: beside and behind the product, never before it, nor on the calm side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

import numpy as np

from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.wish import BOARDS, CARRIERS, Wish
from ecomgen.scenes.studio.primitives.shapes import Shape
from ecomgen.scenes.studio.primitives.types import Thing, Values, far_end, points_of
from ecomgen.scenes.studio.props.declaration import Prop, props
from ecomgen.scenes.studio.props.scatter import GAP, clear_of, in_the_air, lying, resting, round_plinth
from ecomgen.scenes.studio.props.vessels import filled
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import boards, cloths, footprint, plinths
from ecomgen.scenes.studio.stage.supports.footprint import Footprint

AIRBORNE = "midair"  # where the product is held by nothing
FLOWERS = "flowers"  # stand in their bucket
STEPS = "steps"  # on the next of which props stand
FARTHER = (0.0, 0.7, 1.4)  # units by which a prop may be moved back from its spot
CLEAR = -1.0  # aside: clear of the product, though the picture's edge cuts it
ASIDE = (CLEAR, 0.0, 0.25, 0.5, 0.75, 1.0)  # of the way from that edge to where the product hides most of it
ASIDE_FREE = ("left", "right", "side")  # what is to stay free beside the product
WITHIN = 0.94  # of the picture, in which a prop is to be
OFF = 0.12  # of its width, by which the product is off the middle of what frames it
HIDDEN = 0.4  # of a prop's width, that the product may hide
SIZES = (1.0, 0.74, 0.56, 0.48)  # times as large is a prop for which there is no room else
BROAD = 1.6  # units: what is so broad is rather cut by the edge than made a toy by the last of them
CUT, COVERED, CROSSED, SHRUNK, MOVED, LOST, CROWDING = 5.0, 2.0, 2.0, 2.0, 0.12, 0.9, 0.4
"""What counts against a place: what of the prop's width the picture's edge cuts, or of its height half as much, what
the product or another prop hides, how much smaller it is, how far it is from its spot, how far behind that out of focus
if it is low, and that it is on the product's other side, where the next one is to stand."""
TRUE, LARGE = (0.75, 2.6), 2.2  # times, and units: what larger things are made smaller to, beside a small product
LAID = 0, 55, 80  # degrees by which a prop may be turned in a flat lay
OVER = 0.45  # units by which what frames a flat lay, or lies flat in it, reaches over its edge
FLAT, CUT_OFF = 0.45, 0.35  # times as deep as broad is what lies flat, and so much of it may be out of the picture
TIPS, LONGEST = 0.06, 0.12  # of what lies flat, that reaches beyond the rest: blades and single leaves; of its length
SMALLEST = 0.4  # times as large is a prop at least for which there is little room in a flat lay
FEW, MANY = 60, 140  # of what lies strewn about
HIDING = 3  # times as many round a plinth, which hides most of them
RIM = 0.04  # units, that is free at the end of what props stand on
BEFORE = 0.1  # units, of what stands before a wall
ASKEW = 25  # degrees by which a vessel is turned at most
BODY = 0.5  # of its width, that a product is deep
LOW, NEARER = 0.5, 0.45  # units: what is no higher stands so much nearer, where it is sharp
BEDS, BED = ("ice bed",), 0.018  # what other things lie on, and how high, in metres
MOST, BESIDE = 4, 0.8  # of one thing: there is no room for more; how far beside the first the second stands
SPOILT = 0.5  # counts so much against a place that a prop which nobody asked for is left out


@dataclass(frozen=True, kw_only=True, eq=False)
class Footing:
    """What props stand on: its height, where it ends (z), how far behind the product they stand, how deep it is, and
    the shape of uneven ground, on which each stands as high as that is."""

    floor: float = 0.0
    far: float = -np.inf
    behind: float = 0.0
    deep: float = np.inf
    ground: Shape | None = None


def arrange_props(
    shot: Shot,
    names: Sequence[str],
    *,
    floor: float = 0.0,
    far: float = -np.inf,
    behind: float = 0.0,
    plinth: Footprint | None = None,
    ground: Shape | None = None,
) -> list[Thing]:
    """The props called `names`, each in a place of its own; the wished ones come first and replace the usual.

    They stand at the height `floor`, at least `behind` units behind the product, on something that ends at z = `far`;
    on uneven `ground` each as high as that is. What is strewn lies round a `plinth` under the product, and on it.
    """
    footing = Footing(floor=floor, far=far, behind=behind, ground=ground)
    if cloths.spread_out(shot):
        footing = Footing(far=cloths.BLANKET_END, behind=behind)
    chosen = chosen_props(shot.wish, names)
    things = [thing for prop in chosen for thing in _lying_about(shot, prop, footing, plinth, _bed(shot, chosen))]
    standing = [prop for prop in chosen if not _lies_about(shot, prop)]
    standing = [prop for number, prop in enumerate(standing) if standing[:number].count(prop) < _sides(shot, prop)]
    return things + _side_by_side(shot, standing, _raised(shot, footing, _bed(shot, chosen)), footing.floor)


def _bed(shot: Shot, chosen: Sequence[Prop]) -> float:
    """How high lies what other things lie on."""
    return BED * shot.units_per_metre * any(prop.name in BEDS for prop in chosen)


def _lying_about(shot: Shot, prop: Prop, footing: Footing, plinth: Footprint | None, bed: float) -> list[Thing]:
    """What is strewn of a prop, where it is."""
    count = (MANY if shot.wish.amount else FEW) * (HIDING if plinth else 1)
    strewn = clear_of(_strewn(shot, prop, count), footprint.plate_footprint(shot), shot.frame.product_x)
    strewn = lying(strewn, footing.far) if footing.ground is None and shot.wish.support != AIRBORNE else strewn
    strewn = round_plinth(strewn, plinth, shot.frame.product_x, -footing.floor) if plinth else strewn
    high = footing.floor + (0 if prop.name in BEDS else bed)
    return [thing.moved(0, high, 0 if plinth else -footing.behind) for thing in strewn]


def _raised(shot: Shot, footing: Footing, bed: float) -> Footing:
    """What stands beside the product stands on: the ground, or what carries both."""
    against = bool(shot.wish.wall and shot.wish.place)
    far = max(footing.far, declared()[str(shot.wish.place)].wall + BEFORE) if against else footing.far
    if carried(shot) and shot.wish.support in CARRIERS:
        return Footing(far=max(far, footprint.CRATE_END), behind=footing.behind)
    if carried(shot):
        return replace(footing, far=max(far, boards.BOARD_END), floor=footing.floor + boards.BOARD)
    if shot.wish.support == STEPS:
        tread = plinths.tread_of(shot)  # well back from its edge
        behind = 1.5 * tread - footprint.FRONT
        return Footing(floor=plinths.STEP, far=footprint.FRONT - 2 * tread, behind=behind, deep=tread - 2 * RIM)
    return replace(footing, far=far, floor=footing.floor + bed)


def _side_by_side(shot: Shot, standing: Sequence[Prop], footing: Footing, floor: float) -> list[Thing]:
    """Each prop near a spot of its own, where the product and those before it leave room; what nobody asked for stands
    only where it spoils nothing. Several of one are alike."""
    taken: list[Extent] = []
    alike: dict[str, list[Thing]] = {}
    counts, things = dict(shot.wish.counts), []
    for number, (prop, spot) in enumerate(zip(standing, _spots(shot, len(standing), footing.behind), strict=True)):
        made, before = _within(_made(shot.spawn(), prop), footing.deep), standing[:number].count(prop)
        if prop.single and prop.name in counts:
            sides = _sides(shot, prop)
            made = _group(
                alike.setdefault(prop.name, made), (min(counts[prop.name], MOST) + sides - 1 - before) // sides
            )
        low = floor == 0 and max(float(thing.shape.points[:, 1].max()) for thing in made) < LOW
        if not prop.framing and (low or carried(shot)):
            spot = _nearer(shot, spot, footing.behind)
        far = footing.far
        there = _framing(shot, made, spot, far) if prop.framing else _placed(shot, made, spot, far, taken, low=low)
        needed = prop.name in shot.wish.props and before < counts.get(prop.name, 1)
        if not needed and _spoils(shot, prop, there, taken):
            continue
        taken += [] if prop.framing else [_extent(shot, there)]
        there = [thing.moved(0, footing.floor) for thing in there]
        things += there if footing.ground is None else resting(there, footing.ground, floor)
        if shot.wish.balance == "symmetrical" and not prop.framing:
            things += _mirrored(shot, made, there, footing.floor)
    return things


def _sides(shot: Shot, prop: Prop) -> int:
    """Of the product, on how many several of one thing stand: on both, unless one is to stay free."""
    return 1 if prop.single and shot.wish.space in ASIDE_FREE else 2


def _group(made: Sequence[Thing], count: int) -> list[Thing]:
    """So many of a thing, every other one half behind its neighbours."""
    wide = float(np.ptp(points_of(made)[:, 0])) * BESIDE
    places = [(wide * (k - 0.5 * (count - 1)), -wide * (k % 2), ASKEW * (k % 2)) for k in range(count)]
    return [thing.turned(y=turn).moved(x, 0, z) for x, z, turn in places for thing in made]


def carried(shot: Shot) -> bool:
    """Whether what is asked for beside the product stands on what carries it: a crate, a board in a room."""
    beside = any(not (props()[name].strewn or props()[name].framing) for name in shot.wish.props)
    on_board = shot.wish.support in BOARDS and declared()[str(shot.wish.place)].room is not None
    return beside and (on_board or shot.wish.support in CARRIERS)


def _nearer(shot: Shot, spot: tuple[float, float], behind: float) -> tuple[float, float]:
    """The spot, nearer to the product, where the picture is sharp."""
    x, z = spot
    near = min(z + NEARER, -behind)
    return shot.frame.at(x / shot.frame.spread(z), near), near


def _strewn(shot: Shot, prop: Prop, count: int) -> list[Thing]:
    """What of a prop lies strewn about, and flies where the product does."""
    if not _lies_about(shot, prop):
        return []
    made = prop.build(_painted(shot.spawn(), prop.name), count)
    return in_the_air(shot, made) if made and shot.wish.support == AIRBORNE else made


def _made(shot: Shot, prop: Prop) -> list[Thing]:
    """A prop about the origin, as large as suits the product."""
    made = _served(shot, prop)
    if prop.holds or prop.name in dict(shot.wish.served):
        made = [thing.turned(y=turn) for turn in [shot.uniform(-ASKEW, ASKEW)] for thing in made]
    return made if prop.framing else [thing.scaled(likely_size(shot, made)) for thing in made]


def _within(made: list[Thing], deep: float) -> list[Thing]:
    """A prop that is no deeper than what it stands on."""
    size = min(1.0, deep / float(np.ptp(points_of(made)[:, 2])))
    return [thing.scaled(size) for thing in made]


def _lies_about(shot: Shot, prop: Prop) -> bool:
    return prop.strewn and prop.name not in dict(shot.wish.served)


def _served(shot: Shot, prop: Prop) -> list[Thing]:
    """A prop, in or on the vessel that was told with it."""
    made = prop.build(_painted(shot, prop.name), *((FEW,) if prop.strewn else ()))
    vessel = props().get(dict(shot.wish.served).get(prop.name, ""))
    if vessel is None or prop.dished:
        return made
    return filled(_painted(shot, vessel.name), vessel, made, heaped=FLOWERS not in (prop.name, *prop.kind_of))


@dataclass(frozen=True, kw_only=True)
class Extent:
    """Where a prop is: between which x and which y of the picture, and between which depths."""

    left: float
    right: float
    bottom: float
    top: float
    far: float
    near: float

    @property
    def width(self) -> float:
        return max(self.right - self.left, 1e-6)

    def within(self, left: float, right: float) -> float:
        """The share of its width between two x of the picture."""
        return max(min(self.right, right) - max(self.left, left), 0.0) / self.width

    def above(self, height: float) -> float:
        """The share of it that is higher in the picture."""
        return float(np.clip((self.top - height) / max(self.top - self.bottom, 1e-6), 0, 1))

    def crossing(self, other: Extent) -> float:
        """The share of the slimmer one that is before or behind the other; twice that, where both fill one place."""
        together = self.far < other.near and other.far < self.near
        return max(self.within(other.left, other.right), other.within(self.left, self.right)) * (1 + together)


def _framing(shot: Shot, made: Sequence[Thing], spot: tuple[float, float], far: float) -> list[Thing]:
    """What the product is seen in, behind it and a little off its middle."""
    z = max(spot[1], far - far_end(made))
    off = 0.0 if shot.wish.balance == "symmetrical" else OFF * shot.order * shot.frame.product_width
    x = shot.frame.at(shot.frame.product_x + off, z)
    return [thing.scaled(shot.frame.spread(z)).moved(x, 0, z) for thing in made]


def _extent(shot: Shot, things: Sequence[Thing]) -> Extent:
    x, y, z = points_of(things).T
    spread, eye = 1 - z / shot.frame.distance, shot.frame.eye
    x, y = x / spread, eye + (y - eye) / spread
    return Extent(
        left=float(x.min()),
        right=float(x.max()),
        bottom=float(y.min()),
        top=float(y.max()),
        far=float(z.min()),
        near=float(z.max()),
    )


def _placed(
    shot: Shot, made: Sequence[Thing], spot: tuple[float, float], far: float, taken: Sequence[Extent], *, low: bool
) -> list[Thing]:
    """A prop near its spot where the picture's edge cuts it least, and the product and other props hide it least."""
    lost, (x, z) = LOST if low else MOVED, spot
    other = 2 * shot.frame.at(shot.frame.product_x, z) - x, z
    sides = ((0.0, spot),) if shot.wish.space in ASIDE_FREE else ((0.0, spot), (CROWDING, other))
    sizes = SIZES if float(np.ptp(points_of(made)[:, 0])) < BROAD else SIZES[:-1]
    tried = [
        (
            turned + SHRUNK * (1 - size) + MOVED * abs(aside) + lost * back,
            _at(shot, scaled, there, far, back=back, aside=aside),
        )
        for size in sizes
        for scaled in ([thing.scaled(size) for thing in made],)
        for (turned, there), back, aside in product(sides, FARTHER, ASIDE)
    ]
    return min(tried, key=lambda one: one[0] + _against(shot, _extent(shot, one[1]), taken))[1]


def _against(shot: Shot, there: Extent, taken: Sequence[Extent]) -> float:
    """What counts against a prop that is `there`, beside those that are."""
    left, right = shot.clear_of_product(GAP)
    edge = WITHIN * shot.frame.right
    crossed = max((there.crossing(other) for other in taken), default=0.0)
    on_plate = _shared(there, _plate(shot))
    beside = 6.0 if there.near > -shot.reach - BODY * shot.frame.product_width else 1.0  # or it would stand in it
    hidden = beside * COVERED * max(there.within(left, right), on_plate)
    cut = 1 - there.within(-edge, edge) + 0.5 * there.above(shot.frame.top)
    return CUT * cut + hidden + CROSSED * crossed


def _plate(shot: Shot) -> Extent | None:
    """Where the plate is on which the product stands."""
    place = footprint.plate_footprint(shot)
    if place is None:
        return None
    spread, x = shot.frame.spread(place.z), shot.frame.product_x
    left, right = (x - place.radius) / spread, (x + place.radius) / spread
    return Extent(left=left, right=right, bottom=0.0, top=0.0, far=place.z - place.radius, near=place.z + place.radius)


def _shared(there: Extent, plate: Extent | None) -> float:
    """The share of a prop's width that would stand on the plate."""
    if plate is None or there.near < plate.far or there.far > plate.near:
        return 0.0
    return there.within(plate.left, plate.right)


def _spoils(shot: Shot, prop: Prop, there: Sequence[Thing], taken: Sequence[Extent]) -> bool:
    """Whether the picture is better without a prop: a leaf that comes out of nowhere is worse than none."""
    found = _extent(shot, there)
    cut = 1 - found.within(-shot.frame.right, shot.frame.right)
    return cut > SPOILT if prop.framing else _against(shot, found, taken) > SPOILT


def _at(
    shot: Shot,
    made: Sequence[Thing],
    spot: tuple[float, float],
    far: float,
    *,
    back: float = 0.0,
    aside: float = 0.0,
) -> list[Thing]:
    """A prop at its spot or `back` units behind it, before the end of what it stands on at z = `far`.

    It is clear of the product and in the picture as a whole, as far as there is room, or the share `aside` of the way
    from there to where the product hides as much of it as it may, or `CLEAR`.
    """
    across = points_of(made)[:, 0]
    deepest = far + RIM - far_end(made)
    z = max(spot[1] - back, deepest)
    side = 1.0 if spot[0] >= shot.frame.at(shot.frame.product_x, spot[1]) else -1.0
    inner, outer = sorted((side * float(across.min()), side * float(across.max())))
    edge = WITHIN * shot.frame.half_width(z) - outer
    hidden = side * shot.frame.at(shot.frame.product_x + side * 0.5 * shot.frame.product_width, z) - inner
    most = hidden - HIDDEN * (outer - inner)
    place = footprint.plate_footprint(shot)
    if place is not None and abs(z - place.z) < place.radius:
        most = hidden = max(hidden, side * shot.frame.product_x + place.radius - inner)
    x = min(max(side * shot.frame.at(spot[0] / shot.frame.spread(spot[1]), z), hidden + GAP), max(edge, most))
    x = hidden + GAP if aside == CLEAR else x + aside * (most - x)
    return [thing.moved(side * x, 0, z) for thing in made]


def _mirrored(shot: Shot, made: Sequence[Thing], there: Sequence[Thing], floor: float) -> list[Thing]:
    """The same prop on the product's other side."""
    step = there[0].shape.points[0] - made[0].shape.points[0]
    x, z = float(step[0]), float(step[2])
    other = 2 * shot.frame.at(shot.frame.product_x, z) - x
    return [thing.moved(other, floor, z) for thing in made]


def _painted(shot: Shot, name: str) -> Shot:
    """The shot as the prop called `name` has it: in its own colour, or in that of another which it lies round, as
    petals of white roses do."""
    own = dict(shot.wish.painted)
    of_another = (own[one] for one, told in props().items() if one in own and name in (told.companion, told.around))
    return shot.wishing(prop_colour=own.get(name) or next(of_another, shot.wish.prop_colour))


def laid(shot: Shot, names: Sequence[str]) -> list[Thing]:
    """The props for a flat lay: standing up towards the camera, in the corners of the picture."""
    chosen, frame = chosen_props(shot.wish, names), shot.frame
    middle = 0.5 * frame.product_height - 0.2
    things = [_upright(thing).moved(0, middle) for prop in chosen for thing in _strewn(shot, prop, FEW)]
    for number, prop in enumerate(prop for prop in chosen if not _lies_about(shot, prop)):
        side = -shot.order if number % 2 == 0 else shot.order
        if shot.wish.space in ("left", "right"):
            side = 1.0 if shot.wish.space == "left" else -1.0
        for across, high in [(side, number % 4 in (0, 3)), (-side, number % 4 in (1, 2))][: 1 + prop.framing]:
            made = [_upright(thing) for thing in _made(shot, prop)]
            things += _in_corner(shot, made, across, high=high, cut_off=1.0 if prop.framing else CUT_OFF)
    return things


def _in_corner(shot: Shot, made: Sequence[Thing], side: float, *, high: bool, cut_off: float) -> list[Thing]:
    """A prop in a corner of a flat lay, clear of the product; where it is flat the edge may cut off such a share of it.

    What is too long for the room beside it is turned, and smaller where that is not enough.
    """
    frame, inner = shot.frame, shot.beside_product(side, GAP)
    free = WITHIN * frame.right - inner
    turned = [[thing.turned(z=side * turn) for thing in made] for turn in LAID]
    made = max(turned, key=lambda things: min((free + OVER) / float(np.ptp(points_of(things)[:, 0])), 1.0))
    points = points_of(made)
    broad, tall, deep = np.ptp(points, axis=0).tolist()
    flat = cut_off == 1 or deep < FLAT * max(broad, tall)
    (left, low, _), (right, top, _) = (_body(points) if flat else np.quantile(points, (0, 1), axis=0)).tolist()
    over = min(OVER, cut_off * (right - left)) if flat else 0.0
    free += over
    size = float(np.clip(free / (right - left), SMALLEST, 1.0))
    across = inner + max(free - size * (right - left), 0.0) * shot.uniform(0.5, 1.0)
    x = across - size * left if side > 0 else -across - size * right
    aside = shot.uniform(0.06, 0.3) - 0.6 * over
    y = frame.top - aside - size * top if high else frame.bottom + aside - size * low
    return [thing.scaled(size).moved(x, y) for thing in made]


def _body(points: Values) -> Values:
    """Where what lies flat begins and ends but for its tips, 2x3; these are no large share of it."""
    tips, whole = np.quantile(points, (TIPS, 1 - TIPS), axis=0), np.quantile(points, (0, 1), axis=0)
    return whole + np.clip(tips - whole, -LONGEST * np.ptp(whole, axis=0), LONGEST * np.ptp(whole, axis=0))


def _upright(thing: Thing) -> Thing:
    """What lay on the ground, facing the camera."""
    return thing.turned(x=90)


def likely_size(shot: Shot, made: Sequence[Thing]) -> float:
    """By what a prop is scaled to be as large beside the product as it is; a large one leaves the picture to that.

    Props are modelled as they are beside a product of a quarter of a metre.
    """
    points = points_of(made)
    true = float(np.clip(0.25 * shot.units_per_metre, *TRUE))
    wished = {"large": 1.4, "small": 0.68}.get(shot.wish.scale or "", 1.0)
    return wished * min(true, max(LARGE / float(np.ptp(points[:, :2], axis=0).max()), min(true, 1.0)))


def _spots(shot: Shot, count: int, behind: float) -> list[tuple[float, float]]:
    """Places on the ground, the first on the side that the light comes from, clear of the shadow, then by turns."""
    sides = [shot.order, -shot.order] * count
    if shot.wish.space in ASIDE_FREE:
        sides = [-1.0 if shot.wish.space == "right" else 1.0] * count
    spots = []
    for number, side in enumerate(sides[:count]):
        z = -behind - shot.uniform(0.5, 1.0) - 0.45 * (number // 2)
        inner = shot.beside_product(side, 0.16)
        x = inner + max(shot.frame.right - inner, 0.15) * shot.uniform(0.25, 0.75)
        spots.append((float(shot.frame.at(side * x, z)), z))
    return spots


def chosen_props(wish: Wish, usual: Sequence[str]) -> list[Prop]:
    """The wished props in order, else the `usual` ones; none, one more or two of each where the prompt says so."""
    usual = () if wish.dressing == "none" or (wish.props and wish.dressing != "rich") else usual
    added = usual[:1] if wish.props else usual
    if wish.dressing == "rich":
        added = (*added, _besides({*wish.props, *added}))
    wanted = (*map(partial(_laid_round, wish), wish.props), *(name for name in added if name not in wish.props))
    overhead = {"twigs"} if wish.support == "hung" else set()  # the branch from which the product hangs
    gone = {*wish.without, *overhead}
    chosen = [prop for prop in (props()[name] for name in wanted) if not {prop.name, *prop.kind_of} & gone]
    return [prop for prop in chosen for _ in range(_times(wish, prop))]


def _times(wish: Wish, prop: Prop) -> int:
    """How many there are of one prop."""
    if prop.single and prop.name in dict(wish.counts):
        return min(wish.count_of(prop.name, 1), MOST)
    many = bool(wish.amount) and not (prop.strewn or prop.framing)
    return 2 if prop.flanking or many else 1


def _laid_round(wish: Wish, name: str) -> str:
    """A wished prop, or what lies or flies round the product instead: surrounded by roses, which outdoors grow."""
    prop, indoors = props()[name], wish.place is None or declared()[wish.place].landscape is None
    strewn = wish.support in (AIRBORNE, "afloat") or (wish.amount and (indoors or prop.family == "food"))
    return (prop.around if strewn else "") or name


def _besides(there: set[str]) -> str:
    """What a richly dressed scene has besides what is there."""
    ranked = sorted((prop for prop in props().values() if prop.rank), key=lambda prop: prop.rank)
    return next(prop.name for prop in ranked if prop.name not in there)
