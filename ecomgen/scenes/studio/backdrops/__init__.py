"""What is seen far behind. In: a shot, the hour, and names of layers or furniture. Out: a `Painting`, out of focus.

`landscape` paints the sky, then layer by layer from the horizon forward; `interior` a room with its window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ecomgen.scenes.studio.backdrops import animals, houses, land, town, vistas
from ecomgen.scenes.studio.backdrops.sky import beams, fog_of, paint_sky, veil
from ecomgen.scenes.studio.declarations.wish import LAMPS
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.lights import Daylight
from ecomgen.scenes.studio.stage.shot import Shot

Layer = Callable[[Shot, Painting, Daylight], None]

LAYERS: dict[str, Layer] = {
    "mountains": land.mountains,
    "hills": land.hills,
    "cypresses": land.cypresses,
    "trees": land.trees,
    "hedge": land.hedge,
    "woods": land.woods,
    "pines": land.pines,
    "wheat": land.wheat,
    "sunflowers": land.sunflowers,
    "bamboo": land.bamboo,
    "jungle": land.jungle,
    "sheep": animals.sheep,
    "cows": animals.cows,
    "lake": vistas.lake,
    "waterfall": vistas.waterfall,
    "fountain": vistas.fountain,
    "sea": vistas.sea,
    "surf": vistas.surf,
    "city": town.city,
    "street": town.street,
    "crowd": town.crowd,
    "stalls": town.stalls,
    "tower": town.tower,
    "house": houses.house,
    "cabin": houses.cabin,
    "barn": houses.barn,
    "greenhouse": houses.greenhouse,
    "courtyard": houses.courtyard,
    "tent": vistas.tent,
    "railing": town.railing,
    "fence": town.fence,
    "ship rail": town.ship_rail,
    "bokeh": town.bokeh,
    "neon": town.neon,
    "string lights": town.string_lights,
    "palms": vistas.palms,
    "vines": vistas.vines,
    "lavender": vistas.lavender,
    "tea": vistas.tea,
    "olives": land.hills,
    "dunes": vistas.dunes,
    "clouds": vistas.clouds,
    "stars": vistas.stars,
    "aurora": vistas.aurora,
    "moon": vistas.moon,
    "fireworks": vistas.fireworks,
}


SKY = ("clouds", "stars", "aurora", "moon", "fireworks")
"""What is behind whatever else is seen."""
SURF, FARTHEST = "surf", ("mountains", "hills")
LANDMARKS = ("house", "cabin", "barn", "greenhouse", "tower", "cypresses")  # before the trees round them
NEAR = ("fountain", "tent", "railing", "fence", "ship rail")
"""What stands before whatever else is seen."""
TREES = frozenset({"trees", "woods", "pines"})


def landscape(shot: Shot, hour: Daylight, layers: Sequence[str], *, blur: float) -> Painting:
    """The sky with the wished layers before it, else the `layers` given, out of focus by `blur` units.

    Where no more than the sky or lamps are wished the `layers` stand between; a sea runs out on a beach that has one.

    In fog each layer is paler than the one before it, and light falls through trees in beams.
    """
    picture = Painting(shot.frame, (0, 0, 0))
    paint_sky(shot.spawn(), picture, hour)
    fog = fog_of(picture, hour)
    wished = shot.wish.background
    far = [name for name in wished if name not in (*SKY, *LAMPS, *NEAR)]
    far.sort(key=lambda name: (name in LANDMARKS) - (name in FARTHEST))  # so that nothing hides what stands before it
    if SURF in layers and far:
        far = [SURF, *(name for name in far if name != "sea")]
    sky, lamps, near = ([name for name in wished if name in kind] for kind in (SKY, LAMPS, NEAR))
    for name in (*sky, *(far or layers), *lamps, *near):
        LAYERS[name](shot.spawn(), picture, hour)
        misty = name == "waterfall" or (name == "lake" and len(far) > 1)  # of itself, or as the shore that it mirrors
        if shot.wish.weather == "foggy" and not misty:
            veil(picture, fog)
    if shot.wish.weather == "foggy" and not TREES.isdisjoint(far or layers):
        beams(shot.spawn(), picture, hour)
    drawn = 0.2 if "fireworks" in wished else 0.45 if near or shot.wish.lens == "scenic" else 0.5 if wished else 1.0
    picture.defocus(blur * drawn)
    return picture
