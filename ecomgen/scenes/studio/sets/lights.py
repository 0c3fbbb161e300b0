"""A table in the dark, lit by a soft box, before lights that the lens turns into discs, small ones and large ones."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.backdrops import LAYERS, SKY
from ecomgen.scenes.studio.backdrops.town import bokeh, string_lights
from ecomgen.scenes.studio.declarations.sets import Studio
from ecomgen.scenes.studio.declarations.wish import STRUNG
from ecomgen.scenes.studio.grounds import GROUNDS, underfoot
from ecomgen.scenes.studio.primitives.palette import hexadecimal, is_grey
from ecomgen.scenes.studio.primitives.types import Dome, Stage
from ecomgen.scenes.studio.props.arrangement import arrange_props
from ecomgen.scenes.studio.sets.chance import names
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.finishes import finished_ground
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import tables
from ecomgen.scenes.studio.stage.surfaces import chosen

DARK = Dome(zenith=(0.045, 0.036, 0.03), horizon=(0.045, 0.034, 0.026), nadir=(0.025, 0.02, 0.016))
DIM, GLOW = (0.02, 0.014, 0.01), (0.09, 0.045, 0.018)
"""What is behind the lights, and what they shed on it round where they are."""
SHARES = 0.06, 0.22  # of a colour that is told
BLUR = 0.035, 0.05
NEARER = 0.35  # than others: strings of lights, which hang on the wall behind


def build(shot: Shot, plan: Studio) -> Stage:
    far = -shot.uniform(1.0, 1.5)
    table = tables.table(shot, chosen(shot, *plan.surfaces), far=far)
    natural = shot.wish.surface in GROUNDS
    ground = finished_ground(underfoot(str(shot.wish.surface), shot), shot) if natural else [table]
    return Stage(
        things=(*ground, *arrange_props(shot, names(shot, plan.props), far=far)),
        lamps=(lights.flash(shot),),
        dome=DARK,
        backdrop=_behind(shot).backdrop(10.0),
        aperture=0.06,
        exposure=0.05,
        flashed=True,
    )


def _behind(shot: Shot) -> Painting:
    """Lights at two distances before a dark wall, which is brighter where they are; a lively colour is theirs."""
    told = shot.wish.backdrop_colour or shot.wish.light_colour
    dim, glow = (lights.dimmed(hexadecimal(told), share) for share in SHARES) if told else (DIM, GLOW)
    if told and not is_grey(hexadecimal(told)):
        shot = shot.wishing(light_colour=told)
    picture = Painting(shot.frame, dim)
    x, y = shot.side * shot.uniform(0.2, 0.8) * picture.right, shot.uniform(0.1, 0.5)
    round_it = np.exp(-((picture.x - x) ** 2) - 3 * (picture.y - y) ** 2)[..., None]
    picture.light += (round_it * np.asarray(glow)).astype(np.float32)
    for name in shot.wish.background:
        if name in SKY:
            LAYERS[name](shot.spawn(), picture, lights.TIMES["night"])
    strung = STRUNG in shot.wish.background
    for blur in BLUR[strung:]:  # strings hang at one distance
        (string_lights if strung else bokeh)(shot, picture, lights.TIMES["night"])
        picture.defocus(blur * shot.uniform(0.8, 1.2) * (NEARER if strung else 1))
    return picture
