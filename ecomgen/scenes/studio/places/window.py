"""A table by a window: soft light from the side, a room or the window itself out of focus behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio import lights, supports
from ecomgen.scenes.studio.backdrops.interior import room
from ecomgen.scenes.studio.props.gobos import leaves, window_bars
from ecomgen.scenes.studio.stage import Dome, Stage

if TYPE_CHECKING:
    from ecomgen.scenes.studio.shot import Shot

DEPTH = 9.0


def build(shot: Shot) -> Stage:
    wish = shot.wish
    surface = wish.surface or shot.pick("oak", "oak", "walnut", "teak", "pine")
    top = supports.table(shot, surface, far=-shot.between(1.5, 2.3))
    hour = lights.daylight(shot, "morning", "afternoon", "afternoon", "golden")
    picture = room(shot, hour).backdrop(DEPTH)
    direction = lights.towards(shot.side, azimuth=shot.between(82, 112), height=shot.between(28, 40))
    pane = lights.softbox(direction, size=shot.between(1.7, 2.3), strength=1.9, colour=lights.kelvin(hour.kelvin + 700))
    fill = Dome(zenith=(0.30, 0.29, 0.27), horizon=(0.40, 0.38, 0.35), nadir=(0.16, 0.14, 0.12))
    sunny = wish.hardness in ("hard", "dappled") or (
        wish.hardness is None and wish.weather is None and shot.rng.random() < 0.55
    )
    if not sunny:
        return Stage(things=(top,), lamps=(pane,), dome=fill, backdrop=picture, aperture=0.05)
    sun = lights.sun_from(shot, hour, azimuth=shot.between(78, 105), height=shot.between(26, 36))
    dappled = wish.hardness == "dappled" or shot.rng.random() < 0.5
    gobo = leaves(shot, sun) if dappled else window_bars(shot, sun)
    return Stage(things=(top, gobo), lamps=(pane, sun), dome=fill, backdrop=picture, aperture=0.05)
