"""Families of procedural products: a `Look` in, parts out, standing on z = 0 and facing -y.

Sizes are free: the scene scales a product to what the camera wants.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from training.products import figures, furniture, packs, vessels, wearables
from training.products.finishes import Parts, make_look

if TYPE_CHECKING:
    from numpy.random import Generator

    from training.products.finishes import Colour

FAMILIES = {
    family.__name__: (weight, family)
    for module in (vessels, packs, figures, wearables, furniture)
    for family, weight in module.FAMILIES.items()
}


def make_product(rng: Generator, *, tone: Colour | None = None, family: str | None = None) -> tuple[str, Parts]:
    """A product of a random family (or of the one named), and the family's name."""
    names = list(FAMILIES)
    weights = np.array([weight for weight, _ in FAMILIES.values()])
    name = family or names[int(rng.choice(len(names), p=weights / weights.sum()))]
    parts = FAMILIES[name][1](make_look(rng, tone))
    return name, [part for part in parts if len(part.mesh.faces)]


def normalised(parts: Parts, size: float = 1.0) -> Parts:
    """Scaled to a bounding sphere of radius about `size` / 2, centred on the z axis, standing on z = 0."""
    points = np.concatenate([part.mesh.points for part in parts])
    low, high = points.min(0), points.max(0)
    factor = size / float(np.linalg.norm(high - low))
    middle = (low + high) / 2
    shift = np.array([middle[0], middle[1], low[2]])
    return [replace(one, mesh=one.mesh.through((one.mesh.points - shift) * factor)) for one in parts]
