"""Textures made by us: linear colour HxWx3 and heights HxW, at the scale of real things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.types import Values


@dataclass(frozen=True, kw_only=True, eq=False)
class Finish:
    """Colour HxWx3, height HxW of at most about 1 and roughness HxW; cloth and paper are as rough as their material."""

    colour: Values
    height: Values
    roughness: Values | float = 1.0
