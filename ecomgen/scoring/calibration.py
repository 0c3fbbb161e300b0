"""The numbers, from `calibration.toml`, that turn measurements into scores."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from ecomgen.toml_table import Table

Knots = tuple[tuple[float, float], ...]  # raw value and score, both rising


class Part(Table):
    """part = exp(-max(badness - free, 0) / scale), and its weight in the product."""

    free: float
    scale: float
    weight: float


class Logistic(Table):
    """(1 / (1 + exp(-(bias + sum of weight * (value - middle)))) / sure) ** power, at most 1."""

    bias: float
    sure: float  # of the bare logistic: what half of the honest other views reach
    power: float  # how much it counts beside the others
    weights: Mapping[str, float]
    middles: Mapping[str, float] = {}  # of a value that counts from there, not from 0

    def __call__(self, values: Mapping[str, float]) -> float:
        """In (0, 1]; a value without a weight does not count."""
        counted = (
            weight * (values[name] - self.middles.get(name, 0.0))
            for name, weight in self.weights.items()
            if name in values
        )
        bare = 1 / (1 + math.exp(-max(min(self.bias + sum(counted), 500.0), -500.0)))
        return min(bare / self.sure, 1.0) ** self.power


class Levels(Table):
    """One figure for each operating point."""

    strict: float
    normal: float
    lenient: float


class Registered(Table):
    """What a product at its place scores: the parts' weighted product, brought to the levels' scale."""

    knots: Knots


class OtherView(Table):
    """What a product seen from elsewhere scores: the same, its hues not turned, its shape not bent, lettering clear."""

    typical: float  # identity that half of the honest other views reach
    enough_detail: float  # share of the reference's fine contrast below which lettering is mush
    models: Mapping[str, Logistic]  # of likenesses and faults, all of which must be met
    knots: Knots

    def met(self, seen: Mapping[str, float]) -> Mapping[str, float]:
        """How far each of the models is met by likenesses and faults, in [0, 1]."""
        clear = min(seen.get("detail", 1.0) / self.enough_detail, 1.0)
        return {"clear": clear, **{name: one(seen) for name, one in self.models.items()}}

    def identity(self, met: Mapping[str, float]) -> float:
        """In [0, 1], from how far the models are met."""
        return _along(self.knots, math.prod(met.values()))


class Anywhere(Table):
    """How another view is judged: with the network that ships with ecomgen, and by classical measures alone."""

    false_accepts: Levels  # the share that each level lets pass of the renders most like it in colour
    learnt: OtherView
    classical: OtherView

    def view(self, *, learnt: bool) -> OtherView:
        """The one or the other, by whether the network is there."""
        return self.learnt if learnt else self.classical


class Calibration(Table):
    """See `calibration.toml`."""

    version: int
    registered: Mapping[str, Part]
    place: Registered
    anywhere: Anywhere
    levels: Levels

    def part(self, name: str, badness: float) -> float:
        """The score in (0, 1] of one registered part."""
        part = self.registered[name]
        return math.exp(-max(badness - part.free, 0.0) / part.scale)

    def at_place(self, parts: Mapping[str, float]) -> float:
        """Identity, in [0, 1], from the weighted product of registered parts."""
        product = math.prod(value ** self.registered[name].weight for name, value in parts.items())
        return _along(self.place.knots, product)


def _along(knots: Knots, value: float) -> float:
    """Straight lines between the knots, level beyond them."""
    raw, score = zip(*knots, strict=True)
    return float(np.interp(value, raw, score))


@lru_cache
def calibration() -> Calibration:
    """The calibration shipped with the package."""
    return Calibration.of_file(Path(__file__).with_suffix(".toml"))
