"""Cloth that falls in folds behind the product and lies smooth under it."""

from __future__ import annotations

from dataclasses import replace

from ecomgen.scenes.studio.backdrops.interior import brushed_wall
from ecomgen.scenes.studio.declarations.sets import Studio
from ecomgen.scenes.studio.primitives.palette import BESIDE, as_hexadecimal, beside, hexadecimal, lightness
from ecomgen.scenes.studio.primitives.types import Colour, Dome, Stage, Thing
from ecomgen.scenes.studio.props.arrangement import arrange_props
from ecomgen.scenes.studio.props.gobos import cast
from ecomgen.scenes.studio.props.scatter import draped
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.shot import ALIKE, Shot
from ecomgen.scenes.studio.stage.supports import cloths, tables
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, among, paint

WHITE = lights.kelvin(5400)
LOW, LIFTED = frozenset({"dark", "dramatic", "luxury"}), 0.3  # moods that dim; stops that keep folds seen in them
WALL = (0.3, 0.5)  # how light the wall behind velvet is, Oklab
NATURAL = "#d8c9b0", "#efe9dd", "#b9a88d", "#a9b0a0", "#c4a590", "#8e959c"
DYES = {
    "linen": NATURAL,
    "cotton": NATURAL,
    "silk": ("#dfcdb2", "#ece5da", "#dcbcae", "#b3b7bb", "#6b2430", "#2b3b5c"),
    "denim": ("#2f4566", "#4a6a92", "#8ea8c6", "#20304a"),
    "velvet": ("#64202f", "#16483b", "#243159", "#7d4a24", "#3a3a40", "#8a3f55"),
}
"""Colours of cloths of which no colour is told: undyed and earthen, of evening dresses, of jewels."""
SPREAD = 0.5  # of a picnic blanket's folds
RISEN = 0.3  # units above the ground: higher than its folds
FILL = Dome(zenith=(0.16, 0.16, 0.17), horizon=(0.13, 0.13, 0.135), nadir=(0.1, 0.1, 0.1))
"""What fills the shadows beside a soft box."""
SUNLIT = Dome(zenith=(0.24, 0.24, 0.25), horizon=(0.2, 0.2, 0.205), nadir=(0.15, 0.15, 0.15))
"""What fills them beside the sun."""


def build(shot: Shot, plan: Studio) -> Stage:
    wish = shot.wish
    surface = wish.surface if wish.surface in CLOTHS else among(shot, *plan.surfaces)
    colour = wish.surface_colour or wish.backdrop_colour or _dye(shot, str(surface))
    shot = shot.wishing(surface_colour=colour)
    if surface == "velvet" and wish.surface and not wish.support and shot.turn("hung", "spread") == "spread":
        return _spread(shot, surface, paint(colour, shot.companion()))
    cloth = cloths.cloth(shot, str(surface), far=min(-shot.uniform(1.2, 1.8), -shot.reach - 1.1))
    things = [cloth, *draped(arrange_props(shot, (), far=_end(cloth)), cloth.shape)]
    if wish.support == "cushion":
        things = [*(thing.moved(0, -cloths.CUSHION) for thing in things), cloths.cushion(shot, str(surface))]
    shot = shot.wishing(hardness=lights.hardness(shot))
    lifted = LIFTED if LOW & {*wish.mood} else 0.0
    azimuth, height = shot.span("azimuth", 60, 88, wider=12), shot.height(30, 45)
    if shot.wish.hardness in ("hard", "dappled"):
        sun = lights.sun_from(shot, lights.daylight(shot, *plan.hours), azimuth=azimuth, height=height)
        lit = (*things, cast(shot, sun))
        return Stage(things=lit, lamps=(sun,), dome=SUNLIT, aperture=0.03, exposure=lifted)
    direction = lights.towards(shot.side, azimuth=azimuth, height=height)
    warmth = lights.kelvin(shot.uniform(4800, 5900))
    key = lights.softbox(direction, size=shot.uniform(0.8, 1.6), strength=1.9, colour=warmth)
    return Stage(things=tuple(things), lamps=(key,), dome=FILL, aperture=0.03, exposure=lifted)


def _dye(shot: Shot, surface: str) -> str:
    """A colour that the cloth is usually sold in, as pale or deep as the picture's idea, from which the product stands
    out; one that goes with the told palette."""
    dyes = DYES.get(surface)
    if dyes is None or shot.palette.colours:
        return as_hexadecimal(shot.companion())
    light = {dye: lightness(hexadecimal(dye)) for dye in dyes}
    apart = [dye for dye in dyes if abs(light[dye] - shot.palette.lightness) >= ALIKE] or list(dyes)
    paler = sorted(apart, key=light.__getitem__)
    half = len(paler) // 2
    parts = {"pale": paler[half:], "deep": paler[: half + 1], "dark": paler[: half + 1]}
    return shot.turn(*parts.get(str(shot.tone), paler))


def _spread(shot: Shot, surface: str, colour: Colour) -> Stage:
    """The cloth spread over dark wood, before a wall whose tone goes with it."""
    plain = shot.wishing(surface_colour=None, finish=())
    table = tables.table(plain, shot.turn("walnut", "black"), far=-2.0).moved(0, -0.02)
    wall = paint(shot.wish.backdrop_colour, beside(colour, shot.turn(*BESIDE), shot.span("wall", *WALL)))
    azimuth, height = shot.span("azimuth", 70, 105, wider=12), shot.height(30, 45)
    direction = lights.towards(shot.side, azimuth=azimuth, height=height)
    key = lights.softbox(direction, size=1.0, strength=1.9, colour=WHITE)
    cloth = cloths.blanket(shot, surface)
    cloth = replace(cloth, shape=cloth.shape.scaled(1, SPREAD, 1))
    return Stage(
        things=(table, cloth, *arrange_props(shot, (), far=-1.9)),
        lamps=(key,),
        dome=FILL,
        backdrop=brushed_wall(shot, wall).backdrop(8.0),
        aperture=0.04,
        exposure=LIFTED,
    )


def _end(cloth: Thing) -> float:
    """Where it no longer lies, but rises."""
    points = cloth.shape.points
    return float(points[points[:, 1] > RISEN, 2].max())
