"""How sets in rooms are put together: a table or a floor, light from a window, a room out of focus behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ecomgen.scenes.studio.backdrops import LAYERS, landscape
from ecomgen.scenes.studio.backdrops.interior import LAMPLIT, room
from ecomgen.scenes.studio.backdrops.sky import fog_of, veil
from ecomgen.scenes.studio.declarations.sets import Room
from ecomgen.scenes.studio.declarations.wish import BOARDS, INDOORS, LAMPS, PLINTHS
from ecomgen.scenes.studio.grounds import GROUNDS, underfoot
from ecomgen.scenes.studio.grounds.carpet import PILES, carpet, thickness
from ecomgen.scenes.studio.primitives.types import Dome, Lamp, Softbox, Stage, Thing, far_end
from ecomgen.scenes.studio.props.arrangement import arrange_props
from ecomgen.scenes.studio.props.gobos import leaves, panes
from ecomgen.scenes.studio.sets.chance import names, number
from ecomgen.scenes.studio.stage import lights, supports
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.finishes import finished_ground
from ecomgen.scenes.studio.stage.lights import Daylight
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import cloths, crate, plinths, tables
from ecomgen.scenes.studio.stage.supports.bench import bench
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, SURFACES, WOODS, alike, among, chosen

NEAR = 2.5  # units from the product to the window: its light falls off over the table
BEYOND = 0.45  # units of table behind the last that the product stands on
SUNLIT = 1.7  # times what the sun gives outdoors, where the eye is used to less
EVENING = {"dusk": -0.25, "night": -0.5}  # stops, by which a room that lamps light is darker than by day
STEAM = 1.3  # times as light as the room that it hangs in
HIGH = {"cushion": cloths.CUSHION, **supports.HEIGHTS, **dict.fromkeys(PLINTHS, 0.4)}
"""Units, of what lies on a table or stands on the floor under the product."""
SEAT = 0.9  # units of a bench above the floor
ROUND = 0.6  # units behind the product at which things stand round a podium
FILL = Dome(zenith=(0.055, 0.054, 0.0515), horizon=(0.062, 0.06, 0.057), nadir=(0.037, 0.0345, 0.032))


def build(shot: Shot, plan: Room) -> Stage:
    """A set in such a room, as the wish bends it."""
    props, window = names(shot, plan.props), number(shot, plan.window)
    hour = lights.daylight(shot, *plan.hours)
    things = _standing(shot, plan)
    far = far_end(things)
    support = shot.wish.support or ""
    things += arrange_props(
        shot, props, far=_end(shot, things), floor=-HIGH.get(support, 0.0), behind=ROUND if support in PLINTHS else 0.0
    )
    sunny = _sunny(shot, plan)
    lamplit = shot.wish.time in LAMPLIT
    flashed = plan.flashed or lamplit
    lamps: list[Lamp] = [lights.flash(shot) if flashed else _pane(shot, hour, plan.warmth, sunny=sunny)]
    if lamplit:
        lamps.append(_room_lamp(shot))
    if "fireplace" in shot.wish.furniture:
        lamps.append(_firelight(shot))
    if sunny:
        sun = lights.sun_from(shot, hour, azimuth=shot.span("azimuth", 78, 108, wider=6), height=shot.height(32, 42))
        sun = replace(sun, irradiance=lights.dimmed(sun.irradiance, SUNLIT))
        dappled = shot.wish.hardness == "dappled" or (shot.wish.cast is None and shot.rng.random() < 0.5)
        things.append(leaves(shot, sun) if dappled else panes(shot, sun))
        lamps.append(sun)
    behind = _behind(shot, hour, plan.furniture, window, far)
    return Stage(
        things=tuple(things),
        lamps=tuple(lamps),
        dome=FILL,
        backdrop=behind.backdrop(plan.depth),
        aperture=plan.aperture,
        exposure=plan.exposure + EVENING.get(str(shot.wish.time), 0.0),
        flashed=flashed,
    )


def _end(shot: Shot, things: Sequence[Thing]) -> float:
    """The z where what is beside the product has nothing more to stand on: a bench's edge, a sofa's back."""
    if _on_sofa(shot):
        return 0.1 - cloths.seat_of(shot)
    return far_end(things[-1:] if shot.wish.support == "bench" else things)


def _on_sofa(shot: Shot) -> bool:
    return shot.wish.support == "seat" and shot.wish.surface not in SURFACES


def _behind(shot: Shot, hour: Daylight, furniture: Sequence[str], window: float, far: float) -> Painting:
    """The room; lamps that were asked for hang in it, a landscape that was asked for is seen through the window, or
    takes the room's place where no window was asked for."""
    view = None
    if {*shot.wish.background} - {*LAMPS}:
        view = landscape(shot, hour, (), blur=shot.uniform(0.05, 0.08))
        if shot.wish.place != "window" and not {*shot.wish.furniture} & {"window", "window wall"}:
            return view
    behind = room(shot, hour, furniture, window=window, far=far, view=view)
    for name in () if view else shot.wish.background:
        LAYERS[name](shot.spawn(), behind, hour)
        behind.defocus(0.045)
    if shot.wish.weather == "foggy":
        veil(behind, STEAM * fog_of(behind, hour), density=0.8)
    return behind


def _standing(shot: Shot, plan: Room) -> list[Thing]:
    surface = chosen(shot, *alike(shot.wish.backdrop_colour, plan.surfaces))
    if shot.wish.support in BOARDS and surface in WOODS:  # of which the board is, that lies on something else
        surface = among(shot, *(name for name in plan.surfaces if name not in WOODS), "plaster")
    if shot.wish.surface in GROUNDS:
        return finished_ground(underfoot(str(shot.wish.surface), shot), shot)
    if surface in PILES and shot.wish.support not in INDOORS:
        plain = shot.wishing(surface_colour=None)
        boards = tables.floor(plain, "floorboards", far=-5.5, drop=thickness(surface))
        return [boards, *carpet(shot, surface)]
    if shot.wish.support == "bench":
        boards = tables.floor(shot.wishing(surface_colour=None), "floorboards", far=-5.5, drop=SEAT)
        return [boards, *bench(shot, str(surface) if surface in WOODS else "oak", backed=False)]
    if shot.wish.support in HIGH:
        return _raised(shot, str(surface))
    if _on_sofa(shot):
        dyed = shot.wish.surface_colour or shot.turn("#cfc6b8", "#8d9484", "#b98a6a", "#7c8794")
        return cloths.sofa(shot.wishing(surface_colour=dyed), "linen")
    if surface in CLOTHS:
        return [tables.table(shot, shot.turn("oak", "walnut"), far=-2.0), cloths.blanket(shot, str(surface))]
    if (plan.on_floor and shot.wish.support not in INDOORS) or surface in ("floorboards", "cobbles", "tatami"):
        return [tables.floor(shot, str(surface), far=-5.5)]
    deep = {"table": (0.95, 1.25), "shelf": (0.45, 0.6), "seat": (0.55, 0.75)}.get(shot.wish.support or "", (1.4, 2.2))
    far = -shot.uniform(*deep) * (1 + 0.05 * max(shot.frame.elevation - 18, 0))  # from above, a table fills the view
    return [tables.table(shot, str(surface), far=min(far, -shot.reach - BEYOND))]


def _raised(shot: Shot, surface: str) -> list[Thing]:
    """A cushion or a crate on a table, or what is higher on a floor; a told colour is theirs."""
    form = str(shot.wish.support)
    plain = shot.wishing(surface_colour=None)
    if form in ("barrel", "bale"):
        return [tables.floor(plain, "floorboards", far=-5.5, drop=HIGH[form]), *supports.stand(shot, surface)]
    if form == "steps":
        below, made = tables.floor(plain, "floorboards", far=-5.5), plinths.steps(shot, surface)
    elif form in PLINTHS:
        below = tables.floor(plain, "floorboards", far=-5.5)
        told = shot.wish.surface in SURFACES and surface not in CLOTHS
        turned = surface if told else shot.turn("plaster", "travertine", "marble", "concrete")
        (made,) = supports.stand(shot, turned, thickness=HIGH[form])
    elif form == "cushion":
        cloth = surface if surface in CLOTHS else shot.turn("velvet", "linen")
        below = tables.table(plain, shot.turn("oak", "walnut"), far=-2.0)
        made = cloths.cushion(shot, cloth)
    else:
        wood = surface if surface in WOODS else shot.turn("weathered", "oak")
        below = tables.table(plain, shot.turn("plaster", "oak"), far=-2.0)
        made = crate.on_crate(shot, wood)
    return [below.moved(0, -HIGH[form]), made]


def _pane(shot: Shot, hour: Daylight, warmth: float, *, sunny: bool) -> Softbox:
    """The window's sky. Where the sun falls in, it fills from the camera's side: its square would shade the sun."""
    usual = shot.uniform(8, 24) if sunny else shot.span("azimuth", 70, 105, wider=10)
    azimuth = {"back": 150.0, "front": 20.0}.get(shot.wish.side or "", usual)
    direction = lights.towards(shot.side, azimuth=azimuth, height=shot.height(30, 42) + (20 if sunny else 0))
    strength = 0.9 if sunny else 1.9
    colour = lights.kelvin(hour.kelvin + 700 + warmth)
    return lights.softbox(direction, size=shot.uniform(0.75, 1.0), strength=strength, colour=colour, distance=NEAR)


def _room_lamp(shot: Shot) -> Softbox:
    """What a lamp or candles in the room give: warm light from the side that the photographer's lamp leaves dark."""
    direction = lights.towards(-shot.side, azimuth=shot.uniform(70, 100), height=shot.uniform(28, 40))
    return lights.softbox(direction, size=0.7, strength=0.45, colour=lights.kelvin(2900), distance=3.2)


def _firelight(shot: Shot) -> Softbox:
    """What a fire in the room gives: red light, low and from behind, on the side where it burns."""
    direction = lights.towards(-shot.order, azimuth=shot.uniform(112, 125), height=shot.uniform(14, 20))
    return lights.softbox(direction, size=0.9, strength=0.8, colour=lights.kelvin(1900), distance=2.4)


def _sunny(shot: Shot, plan: Room) -> bool:
    if shot.wish.hardness is not None:
        return shot.wish.hardness in ("hard", "dappled")
    return (
        not plan.flashed
        and shot.wish.weather in (None, "clear")
        and shot.wish.time not in LAMPLIT
        and shot.span("sunny", 0, 1) < plan.sunny
    )
