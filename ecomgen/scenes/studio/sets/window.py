"""A table by a window: soft light from the side, the room and its window out of focus behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.indoors import Chamber, indoors

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage


def build(shot: Shot) -> Stage:
    props = (shot.pick("plant", "books", "cup", "vase", "eucalyptus"),) if shot.rng.random() < 0.45 else ()
    return indoors(
        shot,
        Chamber(
            surfaces=("wood", "wood", "white", "weathered"),
            window=shot.between(0.35, 0.95),
            props=props,
            sunny=0.85,
            exposure=0.25,
        ),
    )
