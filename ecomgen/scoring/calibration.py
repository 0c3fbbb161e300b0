"""The few numbers that turn measurements into scores, read from `calibration.toml` beside this file."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(_Strict):
    """part = exp(-max(badness - free, 0) / scale), and its weight in the product."""

    free: float
    scale: float
    weight: float


class Calibration(_Strict):
    """See `calibration.toml`."""

    version: int
    registered_parts: Mapping[str, Part]

    def part(self, name: str, badness: float) -> float:
        """The score in (0, 1] of one registered part."""
        part = self.registered_parts[name]
        return math.exp(-max(badness - part.free, 0.0) / part.scale)

    def registered(self, parts: Mapping[str, float]) -> float:
        """The weighted product of the parts."""
        return math.prod(value ** self.registered_parts[name].weight for name, value in parts.items())


@lru_cache
def calibration() -> Calibration:
    """The calibration shipped with the package."""
    table = tomllib.loads((Path(__file__).parent / "calibration.toml").read_text("utf-8"))
    return Calibration(version=table["version"], registered_parts=table["registered"])
