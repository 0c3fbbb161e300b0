"""A kitchen worktop, with fruit, bowls or herbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    props = (
        shot.pick("lemons", "herbs", "oranges", "plant", "eggs"),
        shot.pick("bowl", "cup", "folded cloth"),
    )
    kitchen = Chamber(
        surfaces=("marble", "oak", "marble", "birch", "walnut"),
        furniture=("cupboards",),
        props=props,
        window=float(shot.rng.choice([0.0, 0.25, 0.4])),
        sunny=0.5,
    )
    return indoors(shot, kitchen)
