"""Pairs of crops for the identity network: honest other views, damaged ones, other products; what is true of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ecomgen.scoring.identity.network import ASKED, GRID
from training.damage import FORM, KINDS, OFTEN, PARTS, Damaged, damaged, framed, sound

HELD_OUT = 20  # of so many products one is kept for validation
HONEST_VIEWS, DAMAGED_VIEWS = 3, 2  # of each product in a batch, and one stretched
HELD_VIEWS = 2  # of each product that is kept for validation
OTHERS = 4  # crops of other products that each product's first is held against
ALIKE = 0.5  # of the products in a batch have another of their family with them
OWN_VIEW = 0.25  # of the damaged views are held against the view that they were made from
UNASKED = math.nan
CELLS: tuple[tuple[str, float], ...] = (
    ("warp", 0.04),
    ("warp", 0.08),
    ("hue", 20.0),
    ("hue", 90.0),
    ("proportions", 0.15),
)


class Products:
    """Views of the products of a folder, in memory; `refresh` adds those that came since."""

    def __init__(self, folder: Path, *, validation: bool) -> None:
        self.folder, self.validation = folder, validation
        self.views: list[NDArray[np.uint8]] = []
        self.families: list[str] = []
        self._known: set[Path] = set()
        self.refresh()

    def refresh(self) -> None:
        for path in sorted(self.folder.rglob("[0-9]*.npz")):
            if path in self._known or (int(path.stem) % HELD_OUT == 0) != self.validation:
                continue
            self._known.add(path)
            with np.load(path) as stored:
                kept = [view for view in stored["views"] if (view[..., 3] > 127).mean() > 0.01]
                if len(kept) > 1:
                    self.families.append(str(stored["family"]))
                    self.views.append(np.stack(kept))

    def of_family(self, product: int) -> list[int]:
        """All products of this one's family, itself among them."""
        return [number for number, family in enumerate(self.families) if family == self.families[product]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Batch:
    """Crops in pairs, with what is true of them.

    Attributes:
        crops: Nx5xSIDExSIDE.
        owners: the product that each crop shows, N.
        pairs: which crops, (reference, picture), Mx2.
        truth: what is true of ASKED for each pair, 1 or 0, or nan where it is not asked, Mx5.
        moved: by how much each token of the picture is displaced, or nan where that is not known, MxTx2.
        stretch: the picture's logarithm of width over height against the reference's, of the same view, or nan, M.
    """

    crops: Tensor
    owners: Tensor
    pairs: Tensor
    truth: Tensor
    moved: Tensor
    stretch: Tensor


@dataclass(frozen=True, kw_only=True, eq=False)
class _Crop:
    """What the network sees of one view, its displacements, whether its mask is good, and its stretch."""

    planes: NDArray[np.float32]
    moved: NDArray[np.float32]
    good: bool
    owner: int
    stretch: float


class Samples:
    """Draws batches."""

    def __init__(self, products: Products, seed: int) -> None:
        self.products, self.rng = products, np.random.default_rng(seed)
        self._crops: list[_Crop] = []
        self._pairs: list[tuple[int, int]] = []
        self._truth: list[list[float]] = []
        self._moved: list[NDArray[np.float32]] = []

    def batch(self, count: int) -> Batch:
        """`count` products, each with its honest and damaged views."""
        self._crops, self._pairs, self._truth, self._moved = [], [], [], []
        firsts = [self._add(product) for product in self._chosen(count)]
        for number, first in enumerate(firsts):
            for other in (firsts[number - 1], *self.rng.choice(firsts, OTHERS - 1).tolist()):
                if other != first:
                    self._pair(first, other, [0.0, *[UNASKED] * (len(ASKED) - 1)], None)
        return Batch(
            crops=torch.from_numpy(np.stack([one.planes for one in self._crops])),
            owners=torch.tensor([one.owner for one in self._crops]),
            pairs=torch.tensor(self._pairs),
            truth=torch.tensor(self._truth),
            moved=torch.from_numpy(np.stack(self._moved)),
            stretch=torch.tensor([self._stretch(*pair) for pair in self._pairs]),
        )

    def _stretch(self, one: int, other: int) -> float:
        """How much wider the second crop shows the product than the first, where it is the same and both are good."""
        first, second = self._crops[one], self._crops[other]
        told = first.owner == second.owner and first.good and second.good
        return second.stretch - first.stretch if told else math.nan

    def _chosen(self, count: int) -> list[int]:
        """Different products, many of them with another of their family."""
        found: list[int] = []
        count = min(count, len(self.products.views))
        while len(found) < count:
            one = int(self.rng.integers(len(self.products.views)))
            more = [int(self.rng.choice(self.products.of_family(one)))] if self.rng.random() < ALIKE else []
            found = list(dict.fromkeys([*found, one, *more]))
        return found[:count]

    def _add(self, product: int) -> int:
        """A product's honest views in pairs, and damaged ones; the number of its first crop."""
        views, flip, first = self.products.views[product], bool(self.rng.random() < 0.5), len(self._crops)
        shown = self.rng.permutation(len(views))[:HONEST_VIEWS]
        for view in shown:
            self._frame(sound(views[view]), product, flip=flip)
        mine = range(first, first + len(shown))
        for one in mine:
            reference = int(self.rng.choice([other for other in mine if other != one]))
            good = self._crops[one].good and self._crops[reference].good
            self._pair(reference, one, truth(None, good=good), self._crops[one].moved)
        for source in self.rng.permutation(len(shown))[:DAMAGED_VIEWS]:
            kind = str(self.rng.choice(KINDS, p=OFTEN))
            self._damage(kind, product, int(shown[source]), first + int(source), mine, flip=flip)
        source = int(self.rng.integers(len(shown)))
        stretched = self._damage("proportions", product, int(shown[source]), first + source, mine, flip=flip)
        for one in mine:
            self._pair(stretched, one, [UNASKED] * len(ASKED), None)
        return first

    def _damage(self, kind: str, product: int, view: int, source: int, mine: range, *, flip: bool) -> int:
        """The number of one damaged view, held against two honest ones."""
        rng = self.rng
        rivals = self.products.views[int(rng.integers(len(self.products.views)))]
        other = rivals[int(rng.integers(len(rivals)))]
        bad = damaged(self.products.views[product][view], kind, None, other, rng)
        number = self._frame(bad, product, flip=flip)
        against = [one for one in mine if one != source][:2]
        if rng.random() < OWN_VIEW:
            against[0] = source
        for one in against:
            good = self._crops[one].good and self._crops[number].good
            known = None if bad.kind in PARTS else self._crops[number].moved
            self._pair(one, number, truth(bad, good=good), known)
        return number

    def _frame(self, one: Damaged, product: int, *, flip: bool) -> int:
        planes, moved, good = framed(one, self.rng, flip=flip)
        self._crops.append(_Crop(planes=planes, moved=moved, good=good, owner=product, stretch=one.stretch))
        return len(self._crops) - 1

    def _pair(self, one: int, other: int, told: list[float], moved: NDArray[np.float32] | None) -> None:
        self._pairs.append((one, other))
        self._truth.append(told)
        nothing = np.full((GRID * GRID, 2), np.nan, np.float32)
        self._moved.append(nothing if moved is None else moved)


def truth(bad: Damaged | None, *, good: bool) -> list[float]:
    """What is true of ASKED for two views of one product, the picture damaged or (None) not.

    Args:
        good: whether both masks are: otherwise nobody can tell whether form, proportions and parts are sound.
    """
    told = dict.fromkeys(ASKED, 1.0)
    if bad is not None:
        told |= {"same": UNASKED, **_fault(bad)}
    if not good:
        told |= dict.fromkeys(("form", "proportions", "parts"), UNASKED)
    return list(told.values())


def _fault(bad: Damaged) -> dict[str, float]:
    """What a fault makes untrue, and what it leaves open."""
    if bad.kind in FORM:
        return {"form": 0.0, "proportions": UNASKED}
    if bad.kind in PARTS:
        return {"parts": 1 - bad.visible, "hue": UNASKED, "form": UNASKED, "proportions": UNASKED}
    return {bad.kind: 1 - bad.visible}


@dataclass(frozen=True, kw_only=True, eq=False)
class Held:
    """Held-out products: crops, and pairs of a reference with an honest, a damaged, or another product's crop."""

    crops: Tensor
    pairs: dict[str, Tensor]


def held(products: Products, seed: int = 7) -> Held:
    """The same pairs every time, with everything harmless done to them."""
    rng = np.random.default_rng(seed)
    crops: list[NDArray[np.float32]] = []
    pairs: dict[str, list[tuple[int, int]]] = {}

    def kept(made: Damaged) -> int:
        crops.append(framed(made, rng, flip=False)[0])
        return len(crops) - 1

    known = [[kept(sound(view)) for view in views[:HELD_VIEWS]] for views in products.views]
    for product, views in enumerate(products.views):
        for number, view in enumerate(views[:HELD_VIEWS]):
            reference, own = known[product][number - 1], known[product][number]
            pairs.setdefault("honest", []).append((reference, own))
            pairs.setdefault("other", []).append((known[(product + 1 + number) % len(known)][0], own))
            for kind, strength in CELLS:
                bad = kept(damaged(view, kind, strength, view, rng))
                pairs.setdefault(f"{kind} {strength:g}", []).append((reference, bad))
    return Held(crops=torch.from_numpy(np.stack(crops)), pairs={name: torch.tensor(at) for name, at in pairs.items()})
