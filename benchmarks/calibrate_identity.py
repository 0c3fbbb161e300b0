"""Fits the numbers in ecomgen/scoring/calibration.toml that are fitted, and writes the file.

    python benchmarks/calibrate_identity.py PHOTOS MASKS

PHOTOS holds SUBJECT/NN.jpg, MASKS holds SUBJECT__NN.png (white is the product), several photos of each subject. The
logistic model of likenesses is fitted on all pairs (same subject or another one, both classes weighted alike) with a
ridge and without negative weights; the table shows it on subjects left out of the fit. The registered parts' numbers
and the levels are choices, made on the table that benchmarks/scoring.py prints; they are kept here.
"""

from __future__ import annotations

import sys
from itertools import permutations
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ecomgen.scoring.descriptor import Descriptor, likeness
from ecomgen.scoring.frames import frame_of

TARGET = Path(__file__).parents[1] / "ecomgen" / "scoring" / "calibration.toml"
RIDGE = 0.05
CHOSEN = """\
# How measurements become scores. Written by benchmarks/calibrate_identity.py, which says how.
version = 1

# part = exp(-max(badness - free, 0) / scale); identity at a known place = product of part ** weight
[registered.structure]
free = 0.03
scale = 0.35
weight = 1.0
[registered.colour]
free = 2.0
scale = 12.0
weight = 1.0
[registered.detail]
free = 0.1
scale = 0.6
weight = 0.8
[registered.geometry]
free = 0.002
scale = 0.02
weight = 1.0

[levels]
strict = 0.8
normal = 0.6
lenient = 0.4

# identity of two crops that cannot be laid on each other
# = min(detail / enough_detail, 1) * most / (1 + exp(-(bias + sum of weight * (likeness - middle))))
# dino and clip count where their weights are installed; their middles lie between published means for one object
# (0.77 and 0.85) and for others, and their weights are as strong as those of colour; neither is fitted
[free]
most = 0.9
enough_detail = 0.65
middles = { dino = 0.6, clip = 0.75 }
"""

LEARNT = "dino = 10.0\nclip = 10.0"
FITTED = ("colour", "gradients", "texture", "shape", "points")

Array = NDArray[np.float64]


def cutouts(photos: Path, masks: Path) -> dict[str, Descriptor]:
    """A descriptor for each mask, by the mask's name."""
    found = {}
    for path in sorted(masks.glob("*__*.png")):
        subject, number = path.stem.split("__")
        photo = cv2.imread(str(next((photos / subject).glob(f"{number}.*"))))[..., ::-1]
        alpha = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        found[path.stem] = Descriptor(frame_of(np.dstack([photo, alpha])))
    return found


def table(items: dict[str, Descriptor]) -> tuple[list[str], Array, NDArray[np.bool_], list[tuple[str, str]]]:
    """Likeness names, values (pairs x names), whether same, and the subjects of each pair."""
    pairs = list(permutations(items, 2))
    rows = [likeness(items[one], items[other]) for one, other in pairs]
    subjects = [(one.split("__")[0], other.split("__")[0]) for one, other in pairs]
    values = np.array([[row[name] for name in FITTED] for row in rows])
    return list(FITTED), values, np.array([one == other for one, other in subjects]), subjects


def fitted(values: Array, same: NDArray[np.bool_]) -> Array:
    """Bias and weights ≥ 0 of the ridge logistic regression, both classes weighted alike."""
    weight = np.where(same, 0.5 / same.sum(), 0.5 / (~same).sum())
    sign = np.where(same, 1.0, -1.0)

    def loss(model: Array) -> float:
        margin = sign * (model[0] + values @ model[1:])
        return float((weight * np.logaddexp(0, -margin)).sum() + RIDGE * 0.01 * (model[1:] ** 2).sum())

    bounds = [(None, None)] + [(0, None)] * values.shape[1]
    return minimize(loss, np.zeros(values.shape[1] + 1), method="L-BFGS-B", bounds=bounds).x


def auc(scores: Array, same: NDArray[np.bool_]) -> float:
    one, other = scores[same][:, None], scores[~same][None]
    return float((one > other).mean() + 0.5 * (one == other).mean())


def left_out(values: Array, same: NDArray[np.bool_], subjects: list[tuple[str, str]]) -> Array:
    """Each pair's probability from a model that saw neither of its subjects."""
    scores = np.zeros(len(values))
    cache: dict[frozenset[str], Array] = {}
    for index, pair in enumerate(subjects):
        unseen = frozenset(pair)
        if unseen not in cache:
            keep = np.array([not unseen & set(other) for other in subjects])
            cache[unseen] = fitted(values[keep], same[keep])
        model = cache[unseen]
        scores[index] = 1 / (1 + np.exp(-(model[0] + values[index] @ model[1:])))
    return scores


def main(photos: Path, masks: Path) -> None:
    names, values, same, subjects = table(cutouts(photos, masks))
    model = fitted(values, same)
    for name, column in zip(names, values.T, strict=True):
        print(f"{name:12s} AUC {auc(column, same):.3f}")
    scores = left_out(values, same, subjects)
    print(f"{'together':12s} AUC {auc(scores, same):.3f} on subjects left out")
    for name, chosen, levels in (("same", same, (0, 10, 50)), ("other", ~same, (50, 95, 99, 100))):
        print(f"{name:12s} percentiles {levels}: {np.percentile(scores[chosen], levels).round(2)}")
    weights = "\n".join(f"{name} = {weight:.2f}" for name, weight in zip(names, model[1:], strict=True))
    TARGET.write_text(f"{CHOSEN}bias = {model[0]:.2f}\n[free.weights]\n{weights}\n{LEARNT}\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
