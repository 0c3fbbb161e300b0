"""A seamless sweep in any colour, lit by a softbox, a window or a spot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.declarations.sets import WALL, Studio
from ecomgen.scenes.studio.grounds import GROUNDS, underfoot
from ecomgen.scenes.studio.primitives.types import Dome, Softbox, Stage, Thing
from ecomgen.scenes.studio.props.arrangement import arrange_props
from ecomgen.scenes.studio.props.gobos import cast
from ecomgen.scenes.studio.sets.chance import names
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.finishes import finished_ground
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import cloths, plates, tables
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, SURFACES, chosen, paint

FILL = Dome(zenith=(0.21, 0.21, 0.225), horizon=(0.17, 0.17, 0.18), nadir=(0.12, 0.12, 0.12))
BRIGHT = Dome(zenith=(0.42, 0.42, 0.44), horizon=(0.34, 0.34, 0.355), nadir=(0.24, 0.24, 0.24))
"""And beside the sun in a window, where the wall's colour was asked for and its shade was not."""
DIM = Dome(zenith=(0.1, 0.1, 0.108), horizon=(0.08, 0.08, 0.085), nadir=(0.06, 0.06, 0.06))
"""What fills the shadows beside a window."""
PLATE = 0.05  # the thickness of a disc of the wished surface
TABLE = 1.2  # units by which a table's top is above the paper
SHINE = 0.3  # the share of light that paper mirrors which shines
BENT = 0.3  # the height at which its bend mirrors nothing any more
BUILT = frozenset({"brick", "graffiti", "stone", "concrete", "door"})  # walls before which the ground is no paper
STYLES = {"soft": "softbox", "hard": "sun", "dappled": "sun"}


def build(shot: Shot, plan: Studio) -> Stage:
    wish = shot.wish
    surface = None if wish.light_colour else wish.surface_colour  # else the light's colour is seen on the paper
    colour = paint(wish.backdrop_colour or surface, shot.companion())
    far = -shot.span("depth", 1.6, 2.8)
    bend = shot.span("bend", 0.9, 1.8)
    built = wish.wall in BUILT and surface is None
    ground = _concrete(shot) if built else tables.sweep(shot, colour, far=far, radius=bend)
    if "ground" in wish.accents and wish.surface is None and not built:  # "a reflective floor" is the paper
        ground = (
            _shining(finished_ground([ground], shot)[0])
            if "polished" in wish.finish
            else finished_ground([ground], shot)[0]
        )
    on_table = wish.support in ("table", "board")
    end = -shot.uniform(0.95, 1.25) if on_table else far
    things = [ground, *arrange_props(shot, names(shot, plan.props), far=end)]
    if on_table:
        things[:1] = [ground.moved(0, -TABLE), tables.table(shot, chosen(shot, "oak", "walnut"), far=end)]
    elif wish.support == "cushion":
        things = [thing.moved(0, -cloths.CUSHION) for thing in things]
        things.append(cloths.cushion(shot, str(wish.surface if wish.surface in CLOTHS else "velvet")))
    elif wish.surface in SURFACES:
        things = [thing.moved(0, -PLATE) for thing in things]
        radius = 0.5 * shot.frame.product_width + shot.uniform(0.4, 0.6)
        things.append(plates.plate(shot, str(wish.surface), radius=radius, height=PLATE))
    elif wish.surface in GROUNDS:
        things = [ground.moved(0, -0.1), *finished_ground(underfoot(str(wish.surface), shot), shot), *things[1:]]
    asked, wish = wish.hardness, replace(wish, hardness=lights.hardness(shot))
    shot = replace(shot, wish=wish)
    if wish.hardness == "window":
        return Stage(things=tuple(things), lamps=(_key(shot), *_dark_glow(shot)), dome=DIM, aperture=0.02)
    style = STYLES.get(wish.hardness or "") or shot.turn("softbox", "softbox", "softbox" if wish.gradient else "sun")
    if style == "softbox":
        return Stage(things=tuple(things), lamps=(_key(shot), _glow(shot)), dome=FILL, aperture=0.02, exposure=0.15)
    hour = lights.daylight(shot, *plan.hours)
    sun = lights.sun_from(shot, hour, azimuth=shot.span("azimuth", 38, 62, wider=14), height=shot.height(28, 40))
    dome = BRIGHT if wish.hardness == "hard" and asked is None else FILL
    return Stage(things=(*things, cast(shot, sun)), lamps=(sun, *_dark_glow(shot)), dome=dome, aperture=0.02)


def _shining(paper: Thing) -> Thing:
    """As bright acrylic does, where it lies: also where it is white the product is seen in it."""
    height = paper.shape.points[::2, 1]  # of its rows
    bent = np.clip(height / BENT, 0, 1)
    rough = np.interp(np.linspace(0, len(bent) - 1, 1024), np.arange(len(bent)), 0.1 + 0.9 * bent)
    made = replace(paper.material, metallic=SHINE, roughness=np.repeat(rough[:, None], 4, axis=1).astype(np.float32))
    return replace(paper, material=made)


def _concrete(shot: Shot) -> Thing:
    """A floor as before a wall, of whose colour it is where that is concrete too."""
    told = shot.wish.backdrop_colour if shot.wish.wall == "concrete" else None
    return tables.floor(shot.wishing(surface_colour=told), "concrete", far=WALL)


def _key(shot: Shot) -> Softbox:
    """A softbox at the side, small and near the axis or large and high."""
    direction = lights.towards(shot.side, azimuth=shot.span("azimuth", 45, 85), height=shot.height(32, 55))
    warmth = lights.kelvin(shot.uniform(4900, 6100))
    return lights.softbox(direction, size=shot.span("softness", 0.5, 1.9), strength=1.7, colour=warmth)


def _dark_glow(shot: Shot) -> tuple[Softbox, ...]:
    """Before dark paper a lamp that lifts it out of the black behind the product."""
    return (_glow(shot),) if "dark" in shot.wish.mood else ()


def _glow(shot: Shot) -> Softbox:
    """A lamp above the picture's edge, close to the wall, from where its light falls off: what gives paper depth."""
    z, strength = -1.1, 5.0 if "dark" in shot.wish.mood else 1.0
    x = shot.side * float(shot.rng.choice([-1.0, 1.0])) * shot.uniform(0.2, 1.0) * shot.frame.half_width(z)
    y = shot.frame.high(shot.frame.top, z) + shot.uniform(0.3, 0.9)
    radiance = lights.dimmed(lights.kelvin(shot.uniform(4600, 6000)), strength * shot.span("glow", 3, 9, wider=2.5))
    return Softbox(position=(x, y, z), target=(0.6 * x, 0.9, -3.6), width=0.8, height=0.8, radiance=radiance)
