"""Fits ecomgen/scoring/calibration.toml on renders and the shipped samples, and writes it. No photo takes part.

    python benchmarks/rendered_views.py --out VIEWS
    python benchmarks/calibrate_identity.py --views VIEWS [--measured FILE.json]

With `--measured`, measurements that are in FILE are not made again. Three things are fitted, all as logistic models
without negative weights, classes weighted alike:

- same: likenesses of other views of one product against those of other products;
- sound: faults of honest other views against those of warped, recoloured and stretched ones;
- place: badness of harmless changes against damage of medium strength, where the product stands at its place.

Last, each of the two scores (at a place, anywhere) is mapped so that one number means one share of false accepts: 0.4,
0.6 and 0.8 are the lenient, normal and strict levels.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import distortions
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ecomgen import samples
from ecomgen.scoring.descriptor import Descriptor, faults, likeness
from ecomgen.scoring.frames import frame_of, pair_at
from ecomgen.scoring.registered import compare
from ecomgen.types import Box, Canvas, Placement

TARGET = Path(__file__).parents[1] / "ecomgen" / "scoring" / "calibration.toml"
SIDE = 512
RIDGE = 5e-4
LIKENESSES = ("colour", "hues", "gradients", "texture", "shape", "points", "patches")
FAULTS = ("turn", "turned", "asymmetry", "dents", "gaps", "waves", "ripples", "curves", "stretch")
PARTS = ("structure", "colour", "detail", "geometry")
VIEWS_DAMAGE = (("warp", 0.04), ("warp", 0.08), ("hue", 20), ("hue", 90), ("aspect", 0.15), ("aspect", -0.13))
LEVELS = {"lenient": 0.4, "normal": 0.6, "strict": 0.8}
FALSE_ACCEPTS = {"lenient": 0.10, "normal": 0.03, "strict": 0.01}
EVERY = 2  # every so many products at their place
OTHERS = 3  # other products that a view is held against

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]
Row = dict[str, Any]


def products(views: Path) -> dict[str, list[Pixels]]:
    """RGBA of every view, by product: the samples, then the renders."""
    found = {
        one.name: [_read(photo, matte) for photo, matte in zip(one.photos, one.mattes, strict=True)]
        for one in samples.every()
    }
    for path in sorted(views.glob("*.npz")):
        with np.load(path) as stored:
            found[f"{path.stem}{stored['family']}"] = list(stored["views"])
    return found


def _read(photo: Path, matte: Path) -> Pixels:
    rgb = cv2.cvtColor(cv2.imread(str(photo)), cv2.COLOR_BGR2RGB)
    rgba = np.dstack([rgb, cv2.imread(str(matte), cv2.IMREAD_GRAYSCALE)])
    scale = SIDE / max(rgba.shape[:2])
    return cv2.resize(rgba, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def other_views(all_views: Mapping[str, Sequence[Pixels]]) -> list[Row]:
    """Each view, whole and damaged, against the other views of its product, and against other products."""
    known = {name: [Descriptor(frame_of(view)) for view in views] for name, views in all_views.items()}
    rng = np.random.default_rng(0)
    rows = []
    for name, views in all_views.items():
        for number, view in enumerate(views):
            for kind, strength in (("honest", 0.0), *VIEWS_DAMAGE):
                shown = known[name][number]
                if kind != "honest":
                    shown = Descriptor(frame_of(distortions.distorted(kind, view, strength, seed=1 + 10 * number)))
                others = [one for index, one in enumerate(known[name]) if index != number]
                rows += [_pair(f"{kind}{strength:g}", (name, number), one, shown) for one in others]
            for other in rng.choice([one for one in known if one != name], OTHERS, replace=False):
                reference = known[other][int(rng.integers(len(known[other])))]
                rows.append(_pair("other", (name, number), reference, known[name][number]))
    return rows


def _pair(cell: str, shown: tuple[str, int], reference: Descriptor, picture: Descriptor) -> Row:
    bad = {f"f_{name}": value for name, value in faults(reference, picture).items()}
    return {"cell": cell, "cand": shown, **likeness(reference, picture), **bad}


def at_place(all_views: Mapping[str, Sequence[Pixels]]) -> list[Row]:
    """Every `EVERY`th product where it was put: harmless changes, and damage of medium strength."""
    rows: list[Row] = []
    for index, (name, views) in enumerate(list(all_views.items())[::EVERY]):
        product = views[0]
        shown = distortions.laid_over(product, distortions.backdrop(*product.shape[:2], index))
        for change, made in distortions.HARMLESS.items():
            rows.append({"cell": "harmless", "change": change, "name": name, **_badness(made(shown), product)})
        for kind, strength in {**distortions.MEDIUM, "mirrored": 1.0}.items():
            if kind != "added part":
                bad = distortions.distorted(kind, product, strength, seed=index)
                picture = distortions.laid_over(bad, distortions.backdrop(*product.shape[:2], index))
                rows.append({"cell": "damage", "change": kind, "name": name, **_badness(picture, product)})
    return rows


def _badness(picture: Pixels, product: Pixels) -> Mapping[str, float]:
    """Where it lies best: as it is, or after the small nudge that the score allows."""
    from ecomgen.scoring.registration import nudged

    x, y, width, height = distortions.bounds(product)
    canvas = Canvas(width=product.shape[1], height=product.shape[0])
    box = Box(x, y, x + width, y + height)
    pair = pair_at(picture, Placement(canvas=canvas, product=product, box=box, scale=1.0, contact_y=box.y1 - 1))
    tried = [one for one in (pair, nudged(pair, picture)) if one is not None]
    return min((compare(one).badness for one in tried), key=lambda badness: badness["structure"])


def fitted(good: Array, bad: Array, weight: Array | None = None) -> Array:
    """Bias and weights ≥ 0 of the ridge logistic regression that gives `good` rows the higher values."""
    each = np.concatenate([np.full(len(good), 0.5 / len(good)), 0.5 * _shares(bad, weight)])
    sign = np.concatenate([np.ones(len(good)), -np.ones(len(bad))])
    values = np.concatenate([good, bad])

    def loss(model: Array) -> float:
        margin = sign * (model[0] + values @ model[1:])
        return float((each * np.logaddexp(0, -margin)).sum() + RIDGE * (model[1:] ** 2).sum())

    bounds = [(None, None)] + [(0, None)] * values.shape[1]
    return minimize(loss, np.zeros(values.shape[1] + 1), method="L-BFGS-B", bounds=bounds).x


def _shares(rows: Array, weight: Array | None) -> Array:
    found = np.ones(len(rows)) if weight is None else weight
    return found / found.sum()


def auc(good: Iterable[float], bad: Iterable[float]) -> float:
    one, other = np.array(list(good))[:, None], np.array(list(bad))[None]
    return float((one > other).mean() + 0.5 * (one == other).mean())


def columns(rows: Sequence[Row], names: Sequence[str]) -> Array:
    return np.array([[row[name] for name in names] for row in rows])


def sigma(value: Array) -> Array:
    return 1 / (1 + np.exp(-value))


def mapped(false: Array, true: Array) -> list[tuple[float, float]]:
    """Knots (raw, score) so that the levels have their shares of false accepts; raw values rise strictly."""
    top = float(np.percentile(true, 75))
    knots = [(0.0, 0.0)]
    for level, score in LEVELS.items():
        raw = float(np.quantile(false, 1 - FALSE_ACCEPTS[level]))
        knots.append((max(min(raw, top * (0.7 + 0.3 * score)), knots[-1][0] + 1e-3), score))
    return [*knots, (max(1.0, knots[-1][0] + 1e-3), 1.0)]
