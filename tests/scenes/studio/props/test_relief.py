"""What a prop's surface is rough with does not darken it: a bump map loses the light that falls between its bumps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.primitives.types import Dome, Stage, Thing, points_of
from ecomgen.scenes.studio.props.declaration import Prop, props
from ecomgen.scenes.studio.rendering import variants
from ecomgen.scenes.studio.rendering.render import Quality, render
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.types import Box

FRAME = frame_for(40, 40, Box(8, 8, 32, 32), 32, elevation=20)
SKY = Stage(
    things=(), lamps=(), dome=Dome(zenith=(1, 1, 1), horizon=(0.5, 0.5, 0.5), nadir=(0.2, 0.2, 0.2)), aperture=0.0
)
LEAST = 0.65  # of the light that it throws back where it is smooth


def rough(prop: Prop) -> list[Thing]:
    """What of a prop has a relief, as large as the picture."""
    shot = Shot(wish=Wish(), frame=FRAME, rng=np.random.default_rng(3), side=1.0, seed=3)
    made = [
        thing
        for thing in (prop.build(shot, 30) if prop.strewn else prop.build(shot))
        if thing.material.bump is not None
    ]
    if not made:
        return []
    low, high = points_of(made).min(0), points_of(made).max(0)
    x, z = -(low[0] + high[0]) / 2, -high[2]
    return [thing.moved(float(x), float(-low[1]), float(z)).scaled(1 / float((high - low).max())) for thing in made]


def light(things: Sequence[Thing]) -> np.ndarray:
    quality = Quality(variant=variants.usable("scalar_rgb"), samples_per_pixel=16, denoise=False)
    return render(SKY, FRAME, things, quality, seed=0, tick=lambda _: None).light


def share(relief: Sequence[Thing], empty: np.ndarray) -> float:
    """Of the light that it would throw back if it were smooth."""
    smooth = light([replace(thing, material=replace(thing.material, bump=None)) for thing in relief])
    seen = np.abs(smooth - empty).sum(-1) > 1e-3
    return float(light(relief)[seen].mean() / smooth[seen].mean())


def test_relief_does_not_darken() -> None:
    empty = light(())
    shares = {name: share(relief, empty) for name, prop in props().items() if (relief := rough(prop))}
    assert len(shares) > 20
    assert {name for name, found in shares.items() if found < LEAST} == set()
