"""Room for words: the backdrop is calm where they are to stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.stage.backdrop import defocused

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.shot import Shot
    from ecomgen.scenes.studio.stage.types import Stage

SIDES = {"left": (-1.0, 0.15), "right": (1.0, 0.15), "side": (-1.0, 0.3), "around": (0.0, 0.0), "top": (0.0, 0.0)}
"""Which side is calm, -1 for the left one, 0 for all, and from where across the picture (-1 to 1) on."""


def calmed(stage: Stage, shot: Shot) -> Stage:
    """The backdrop blurred and evened out where words are to stand."""
    if shot.wish.space not in SIDES or stage.backdrop is None:
        return stage
    side, start = SIDES[shot.wish.space]
    picture = stage.backdrop.picture
    soft = defocused(picture, (0.07 if "copy" in shot.wish.accents else 0.04) * picture.shape[1])
    across = np.linspace(-1, 1, picture.shape[1], dtype=np.float32)[None, :, None]
    share = np.clip((side * across - start) / 0.35 + 0.5, 0, 1) if side else np.ones_like(across)
    even = soft + (soft.mean(axis=(0, 1), keepdims=True) - soft) * (0.75 if "copy" in shot.wish.accents else 0.35)
    calm = (picture + (even - picture) * share).astype(np.float32)
    return replace(stage, backdrop=replace(stage.backdrop, picture=calm))
