"""Families of procedural products: a `Look` in, parts out, standing on z = 0 and facing -y.

Sizes are free: the scene scales a product to what the camera wants.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from training.products import (
    assembled,
    devices,
    dishes,
    faced,
    figures,
    furniture,
    limbed,
    packs,
    vessels,
    wearables,
    wheeled,
    wiry,
)
from training.products.finishes import Colour, Parts, make_look

EARLIER = {
    family.__name__: (weight, family)
    for module in (vessels, packs, figures, wearables, furniture)
    for family, weight in module.FAMILIES.items()
}
HARDER = {
    family.__name__: (weight, family)
    for module in (faced, dishes, wheeled, wiry, limbed, devices)
    for family, weight in module.FAMILIES.items()
}
HELD_OUT = frozenset({"tambourine", "wreath", "pan", "pram", "airer", "puppet"})
"""Families that no network is trained with: a filled ring, an open one, a dish, wheels, thin tubes, dark limbs."""
FAMILIES = EARLIER | HARDER | {"assembled": (1.0, assembled.assembled)}


def make_product(
    rng: Generator,
    *,
    tone: Colour | None = None,
    family: str | None = None,
    harder: float = 0.0,
    held_out: bool = False,
) -> tuple[str, Parts]:
    """A product of a random family (or of the one named), and the family's name; `assembled` only where it is named.

    `harder` is the share of the harder families; those held out are drawn only with `held_out`, and then they alone.
    """
    name = family or _drawn(rng, harder, held_out=held_out)
    parts = FAMILIES[name][1](make_look(rng, tone))
    return name, [part for part in parts if len(part.mesh.faces)]


def _drawn(rng: Generator, harder: float, *, held_out: bool) -> str:
    among = HARDER if held_out or (harder and rng.random() < harder) else EARLIER
    names = [name for name in among if (name in HELD_OUT) == held_out]
    weights = np.array([among[name][0] for name in names])
    return names[int(rng.choice(len(names), p=weights / weights.sum()))]


def normalised(parts: Parts, size: float = 1.0) -> Parts:
    """Scaled to a bounding sphere of radius about `size` / 2, centred on the z axis, standing on z = 0."""
    points = np.concatenate([part.mesh.points for part in parts])
    low, high = points.min(0), points.max(0)
    factor = size / float(np.linalg.norm(high - low))
    middle = (low + high) / 2
    shift = np.array([middle[0], middle[1], low[2]])
    return [replace(one, mesh=one.mesh.through((one.mesh.points - shift) * factor)) for one in parts]
