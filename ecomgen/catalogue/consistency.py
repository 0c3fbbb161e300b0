"""How alike the pictures of a range are: products of one catalogue that share a look and a channel.

Camera, light and place are those of the record; how warm and how bright a picture is can only be seen, and is measured
along its border, beside the product. Nobody looks at props, at the distance, or at the products themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecomgen.catalogue.item import Outcome
from ecomgen.color import to_lab
from ecomgen.messages import Message
from ecomgen.record import RunRecord
from ecomgen.types import Pixels

BORDER = 0.06  # of the picture's longer side
BY_HAND = "by_hand"  # beside the traits of what stands where somebody placed it
FEWEST = 3  # products, of which one can stand out from the others


@dataclass(frozen=True)
class Trait:
    """What is held against the range's median; farther from it than `tolerance` a picture stands out."""

    tolerance: float
    below: Message
    above: Message


TRAITS: Mapping[str, Trait] = {
    "horizon": Trait(
        1.0,
        Message("its camera looks less steeply ({value:.0f}°; the others' {median:.0f}°)"),
        Message("its camera looks more steeply ({value:.0f}°; the others' {median:.0f}°)"),
    ),
    "base": Trait(
        0.015,
        Message("it stands higher (at {value:.0%} of the picture; the others at {median:.0%})"),
        Message("it stands lower (at {value:.0%} of the picture; the others at {median:.0%})"),
    ),
    "height": Trait(
        0.03,
        Message("it is smaller ({value:.0%} of the picture; the others {median:.0%})"),
        Message("it is larger ({value:.0%} of the picture; the others {median:.0%})"),
    ),
    "light_side": Trait(
        0.15, Message("its light comes more from the left"), Message("its light comes more from the right")
    ),
    "warmth": Trait(5.0, Message("its surroundings are cooler"), Message("its surroundings are warmer")),
    "brightness": Trait(8.0, Message("its surroundings are darker"), Message("its surroundings are lighter")),
}


def range_of(record: RunRecord) -> str:
    """The look that a run shares with others, and its channel; empty where it has none, or shows nothing of it on the
    plain ground of its channel."""
    settings = record.parameters.as_json()
    look, channel = settings.get("look"), settings.get("channel")
    return ", ".join(filter(None, [look, channel])) if look and not settings.get("canvas_background") else ""


def traits(record: RunRecord, best: Pixels) -> dict[str, float]:
    """Of a run's first picture, sRGB HxWx3, what its range is held to; degrees, shares of the height, and CIELAB."""
    settings = record.parameters.as_json()
    _, base, height, _ = settings.get("place") or (None, None, None, None)
    lightness, warmth = _seen(best)
    found = {
        "horizon": settings.get("camera_elevation"),
        "base": base,
        "height": height,
        "light_side": settings.get("light_side"),
        "warmth": warmth,
        "brightness": lightness,
        BY_HAND: settings.get("place_given"),
    }
    return {name: round(float(value), 3) for name, value in found.items() if isinstance(value, int | float)}


def _seen(picture: Pixels) -> tuple[float, float]:
    """Lightness and blue to yellow of the upper, left and right border, medians."""
    width = max(1, round(BORDER * max(picture.shape)))
    parts = picture[:width], picture[:, :width], picture[:, -width:]
    border = np.concatenate([part.reshape(-1, 3) for part in parts])
    lightness, _, warmth = np.median(to_lab(border[None])[0], axis=0)
    return float(lightness), float(warmth)


def judged(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Of each range its name, how many `products`, each trait's `median` and `spread`, and what `stands_out`.

    `spread` is the largest distance from the median. Fewer than three products are no range to stand out from.
    """
    ranges: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.range and outcome.traits:
            ranges[outcome.range].append(outcome)
    return [_judged(name, members) for name, members in ranges.items() if len(members) >= FEWEST]


def _judged(name: str, members: Sequence[Outcome]) -> dict[str, Any]:
    known = {trait: [one.traits[trait] for one in members if trait in one.traits] for trait in TRAITS}
    medians = {trait: float(np.median(values)) for trait, values in known.items() if values}
    reasons = {one.name: list(_unlike(one, medians)) for one in members}
    return {
        "range": name,
        "products": len(members),
        "traits": {
            trait: {
                "median": round(median, 3),
                "spread": round(max(abs(value - median) for value in known[trait]), 3),
                "tolerance": TRAITS[trait].tolerance,
            }
            for trait, median in medians.items()
        },
        "stands_out": [{"name": name, "reasons": told} for name, told in reasons.items() if told],
    }


def _unlike(one: Outcome, medians: Mapping[str, float]) -> Iterator[str]:
    for name, median in medians.items():
        value, trait = one.traits.get(name, median), TRAITS[name]
        if name == "height" and not one.traits.get(BY_HAND):  # by rule it is as its shape or its true size has it
            continue
        if abs(value - median) > trait.tolerance:
            sentence = trait.below if value < median else trait.above
            yield Message(sentence.template, value=value, median=median)
