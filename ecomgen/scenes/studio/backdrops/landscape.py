"""What stands far behind outdoors: the sky, then layer by layer from the horizon forward, out of focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.backdrops import land, town, vistas, waters
from ecomgen.scenes.studio.backdrops.sky import paint_sky
from ecomgen.scenes.studio.stage.backdrop import Painting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ecomgen.scenes.studio.stage.lights import Daylight
    from ecomgen.scenes.studio.stage.shot import Shot

    Layer = Callable[[Shot, Painting, Daylight], None]

LAYERS: dict[str, Layer] = {
    layer.__name__: layer
    for layer in (
        *(land.mountains, land.hills, land.trees, land.hedge, land.woods, land.pines, land.wheat),
        *(land.sunflowers, land.bamboo, land.jungle, waters.lake, waters.sea, waters.surf),
        *(town.city, town.street, town.crowd, town.tower, town.house, town.bokeh, town.neon, town.string_lights),
    )
} | vistas.LAYERS


def landscape(shot: Shot, hour: Daylight, layers: Sequence[str], *, blur: float) -> Painting:
    """The sky with the wished layers before it, else the `layers` given, out of focus by `blur` units."""
    picture = Painting(shot.frame, (0, 0, 0))
    paint_sky(shot, picture, hour)
    for name in shot.wish.background or layers:
        LAYERS[name](shot, picture, hour)
    picture.defocus(blur * (0.45 if shot.wish.lens == "scenic" else 1.0))
    return picture
