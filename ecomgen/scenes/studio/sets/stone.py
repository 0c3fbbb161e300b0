"""Stone as it is split: a floor of its layers or a slab with a broken edge, before a wall in the stone's own tones."""

from __future__ import annotations

from ecomgen.scenes.studio.backdrops.interior import brushed_wall
from ecomgen.scenes.studio.declarations.sets import Studio
from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.grounds import rock
from ecomgen.scenes.studio.primitives.palette import hexadecimal, lightness, toned
from ecomgen.scenes.studio.primitives.types import Colour, Dome, Lamp, Softbox, Stage, Thing
from ecomgen.scenes.studio.props.arrangement import arrange_props
from ecomgen.scenes.studio.props.gobos import cast
from ecomgen.scenes.studio.sets.chance import names
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import chosen

FILL = Dome(zenith=(0.2, 0.205, 0.215), horizon=(0.17, 0.172, 0.178), nadir=(0.1, 0.1, 0.1))
LOW = frozenset({"dark", "dramatic", "luxury"})
"""Moods in which the wall is dark and a lamp behind draws the edges."""
DARK, USUAL = (0.24, 0.54), (0.4, 0.72)  # how light the wall is, Oklab
EDGE, LEAST = 0.6, 0.3  # a slab's edge lies so far down to the picture's, at least so far before the product
THICK = (0.1, 0.2)  # units


def build(shot: Shot, plan: Studio) -> Stage:
    surface = chosen(shot, *plan.surfaces)
    low = bool(LOW & {*shot.wish.mood})
    props = names(shot, plan.props)
    things = [*_standing(shot, surface), *arrange_props(shot, props)]
    hour = lights.daylight(shot, *plan.hours)
    warm = lights.kelvin(hour.kelvin) if shot.wish.time else (1.0, 1.0, 1.0)
    red, green, blue = (a * b for a, b in zip(_wall_colour(shot, surface, low=low), warm, strict=True))
    wall = brushed_wall(shot, (red, green, blue))
    hardness = lights.hardness(shot)
    lamps: tuple[Lamp, ...] = (_key(shot, low=low), _strip(shot))
    if hardness in ("hard", "dappled") and not low:
        sun = lights.sun_from(shot, hour, azimuth=shot.span("azimuth", 55, 80, wider=14), height=shot.height(28, 40))
        things.append(cast(shot, sun))
        lamps = (sun,)
    return Stage(
        things=tuple(things),
        lamps=lamps,
        dome=FILL,
        backdrop=wall.backdrop(9.0),
        aperture=0.04,
        exposure=0.75 if low else 0.12,
    )


def _standing(shot: Shot, surface: str) -> list[Thing]:
    """What carries the product and all that stands beside it."""
    forms = ("slab",) if shot.wish.support in ("slab", "podium", "block") else ("floor", "slab")
    if shot.turn(*forms) == "floor":
        return [rock.floor(shot, surface)]
    thick = shot.uniform(*THICK)
    wide = 1.25 * shot.frame.half_width(0) if shot.turn("wide", "whole") == "wide" else 0.5 * shot.frame.product_width
    half = max(wide, shot.half_diagonal + shot.uniform(0.35, 0.5)), max(0.62, 0.5 * shot.reach + 0.5)
    near = max(shot.frame.ground_depth(EDGE * shot.frame.bottom), LEAST)
    made = rock.slab(shot, surface, half=half, thickness=thick)
    return [
        rock.floor(shot, surface, drop=thick + 0.02),
        made.moved(shot.frame.product_x, 0, near - 0.95 * half[1]),
    ]


def _wall_colour(shot: Shot, surface: str, *, low: bool) -> Colour:
    """The wished one, else the stone's own hue, lighter or darker."""
    if shot.wish.backdrop_colour:
        return hexadecimal(shot.wish.backdrop_colour)
    own = hexadecimal(shot.wish.surface_colour or vocabulary().surface[surface].tint or "#85858a")
    usual = shot.span("wall", *(DARK if low else USUAL))
    light = usual if low or shot.behind is None else shot.behind
    return toned(own, lightness=light, chroma=0.8 if lightness(own) > light else 1.0)


def _key(shot: Shot, *, low: bool) -> Softbox:
    """A softbox at the side; in low-key pictures behind the product, so that stone shines and edges are drawn."""
    azimuth = shot.span("azimuth", *((78, 128) if low else (50, 88)))
    direction = lights.towards(shot.side, azimuth=azimuth, height=shot.height(28, 46))
    warmth = lights.kelvin(shot.span("warmth", *((4300, 6900) if low else (4900, 6000))))
    return lights.softbox(direction, size=shot.span("softness", 0.9, 1.7), strength=1.8, colour=warmth)


def _strip(shot: Shot) -> Softbox:
    """A long lamp above and behind, opposite the key: it draws a line of light along what stands, and lies in wet
    stone."""
    x = -shot.side * shot.uniform(0.9, 1.5)
    return Softbox(
        position=(x, 2.4, -2.6), target=(0, 0.2, 0), width=2.6, height=1.1, radiance=lights.dimmed((1, 1, 1), 3.5)
    )
