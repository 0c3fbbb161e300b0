"""A plinth of stone before a plain wall, with plain bodies beside it and the shadow of leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.declarations.sets import Studio
from ecomgen.scenes.studio.grounds import GROUNDS
from ecomgen.scenes.studio.primitives.palette import as_hexadecimal, lightness, toned
from ecomgen.scenes.studio.primitives.shapes import disc
from ecomgen.scenes.studio.primitives.types import Colour, Dome, Material, Stage, Thing, far_end
from ecomgen.scenes.studio.props.arrangement import arrange_props
from ecomgen.scenes.studio.props.declaration import props
from ecomgen.scenes.studio.props.gobos import cast
from ecomgen.scenes.studio.sets.chance import names
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import footprint, plinths, tables
from ecomgen.scenes.studio.stage.surfaces import chosen, paint

FILL = Dome(zenith=(0.19, 0.195, 0.21), horizon=(0.16, 0.16, 0.165), nadir=(0.12, 0.12, 0.12))
BRIGHT = Dome(zenith=(0.5, 0.51, 0.53), horizon=(0.66, 0.66, 0.67), nadir=(0.55, 0.55, 0.55))
SOFT = Dome(zenith=(0.11, 0.112, 0.12), horizon=(0.095, 0.095, 0.098), nadir=(0.07, 0.07, 0.07))
"""What fills the shadows: beside the sun, brighter where the wall is pale or a colour is told, and beside a soft box,
which reaches round corners itself."""
PALE = 0.7  # lightness (Oklab) of a wall from which on shade on it would look like another colour
BLOCK = 0.16  # units by which a block is higher than a plinth
FRONT, LEAST = 0.45, 0.2  # the plinth's edge lies so far down to the picture's, at least so far before the product


def build(shot: Shot, plan: Studio) -> Stage:
    colour = paint(shot.wish.backdrop_colour, shot.companion())
    if shot.wish.prop_colour is None and all(props()[name].framing for name in shot.wish.props):
        shade = toned(colour, lightness=shot.uniform(0.45, 0.9), chroma=shot.uniform(0.8, 1.6))
        shot = shot.wishing(prop_colour=as_hexadecimal(shade))
    if shot.wish.support == "steps":
        return _lit(shot, plan, _on_steps(shot, colour), colour)
    high = shot.uniform(0.12, 0.26) + (BLOCK if shot.wish.support == "block" else 0.0)
    deep = 0.02 * min(max(shot.frame.elevation - 15, 0), 20)  # what is seen from above stands on more of it
    radius = shot.half_diagonal + shot.uniform(0.18, 0.4) + deep
    surface = chosen(shot, *plan.surfaces)
    back = radius - min(radius, max(shot.frame.ground_depth(FRONT * shot.frame.bottom), LEAST))
    plinth = plinths.podium(shot, surface, radius=radius, height=high).moved(z=-back)
    things = [plinth, *(step.moved(z=-back) for step in _step(shot, colour, radius, high))]
    usual = names(shot, plan.props)
    widest = max(0.5 * float(np.ptp(thing.shape.points[:, 0])) for thing in things)
    clear = max(widest - 0.3, 0.0) + 0.4 * back  # props stand on the floor, behind the plinth
    round_it = footprint.Footprint(z=-back, radius=radius)
    beside = arrange_props(shot, usual, floor=-high, behind=clear, plinth=round_it)
    far = far_end([*things, *beside])  # and before the paper's bend
    natural = next((name for name in (shot.wish.ground, shot.wish.surface) if name in GROUNDS), None)
    lower = high if natural is None else high + 0.1
    paper = tables.sweep(shot, colour, far=min(far, -shot.uniform(1.5, 2.1)), radius=0.7).moved(0, -lower)
    things += [paper, *beside, *(GROUNDS[str(natural)](shot, high) if natural else ())]
    return _lit(shot, plan, things, colour)


def _on_steps(shot: Shot, colour: Colour) -> list[Thing]:
    """Steps in the wall's own colour, or as the prompt tells them."""
    plain = shot.wish.surface is None and shot.wish.surface_colour is None
    wish = replace(shot.wish, surface_colour=as_hexadecimal(colour)) if plain else shot.wish
    made = plinths.steps(replace(shot, wish=wish), chosen(shot, "plaster"))
    paper = tables.sweep(shot, colour, far=far_end([made]), radius=0.4)
    lower = -2 * plinths.STEP
    return [made, paper.moved(0, lower), *arrange_props(shot, (), floor=lower, behind=0.5)]


def _lit(shot: Shot, plan: Studio, things: Sequence[Thing], wall: Colour) -> Stage:
    """The things before a `wall` in the sun, leaves or what else throws shadows before it, or in a soft box's light."""
    hour = lights.daylight(shot, *plan.hours)
    shadowed = shot.wish.cast or shot.wish.hardness  # which are to be seen
    around = shot.span("azimuth", 40, 60) if shadowed else shot.span("azimuth", 48, 78, wider=16)
    sun = lights.sun_from(shot, hour, azimuth=around, height=shot.height(32, 44))
    plain = shot.wish.hardness is None and ("minimal" in shot.wish.style or shot.span("plain", 0, 1) < 0.35)
    if shot.wish.hardness == "soft" or plain:
        warmth = lights.kelvin(max(hour.kelvin + 300, 4900))
        key = lights.softbox(sun.towards, size=2.2, strength=1.8, colour=warmth, distance=4.8)
        return Stage(things=tuple(things), lamps=(key,), dome=SOFT, aperture=0.035, exposure=0.12)
    pale = lightness(wall) > PALE and not shadowed
    told = shot.wish.backdrop_colour or shot.wish.surface_colour
    dome = BRIGHT if (told or pale) and not {"dark", "dramatic"} & {*shot.wish.mood} else FILL
    return Stage(things=(*things, cast(shot, sun)), lamps=(sun,), dome=dome, aperture=0.035)


def _step(shot: Shot, colour: Colour, radius: float, high: float) -> list[Thing]:
    """Now and then a wider, lower plinth in the wall's own colour."""
    if shot.span("step", 0, 1) < 0.5:
        return []
    low = disc(radius + shot.uniform(0.25, 0.5), high * shot.uniform(0.35, 0.55), 0.02)
    x = shot.frame.product_x + shot.uniform(-0.25, 0.25)
    return [Thing(low.moved(x, -high, -0.1), Material(toned(colour, chroma=1.25)))]
