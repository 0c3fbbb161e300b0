"""The few numbers that turn measurements into scores, read from `calibration.toml` beside this file."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(_Strict):
    """part = exp(-max(badness - free, 0) / scale), and its weight in the product."""

    free: float
    scale: float
    weight: float


class Free(_Strict):
    """A logistic model of the likenesses of two crops that cannot be laid on each other."""

    bias: float
    most: float  # never as certain as a product seen at its place
    enough_detail: float  # share of the reference's fine contrast below which lettering is mush
    weights: Mapping[str, float]
    middles: Mapping[str, float] = {}  # of a likeness that counts from there, not from 0

    def __call__(self, likeness: Mapping[str, float]) -> float:
        """Identity in [0, most]; a likeness without a weight does not count."""
        counted = (
            self.weights[name] * (value - self.middles.get(name, 0.0))
            for name, value in likeness.items()
            if name in self.weights
        )
        clear = min(likeness.get("detail", 1.0) / self.enough_detail, 1.0)
        return clear * self.most / (1 + math.exp(-self.bias - sum(counted)))


Level = Literal["strict", "normal", "lenient"]


class Levels(_Strict):
    """The identity a picture needs, where the product's own references do not say better."""

    strict: float
    normal: float
    lenient: float


class Calibration(_Strict):
    """See `calibration.toml`."""

    version: int
    registered: Mapping[str, Part]
    free: Free
    levels: Levels

    def part(self, name: str, badness: float) -> float:
        """The score in (0, 1] of one registered part."""
        part = self.registered[name]
        return math.exp(-max(badness - part.free, 0.0) / part.scale)

    def at_place(self, parts: Mapping[str, float]) -> float:
        """Identity from registered parts: their weighted product."""
        return math.prod(value ** self.registered[name].weight for name, value in parts.items())

    def anywhere(self, likeness: Mapping[str, float]) -> float:
        """Identity from likenesses: the logistic of their weighted sum."""
        return self.free(likeness)


@lru_cache
def calibration() -> Calibration:
    """The calibration shipped with the package."""
    return Calibration(**tomllib.loads((Path(__file__).parent / "calibration.toml").read_text("utf-8")))
