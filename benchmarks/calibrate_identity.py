"""Fits ecomgen/scoring/calibration.toml on renders and the shipped samples, and writes it. No photo takes part.

    python -m training.views --out VIEWS --first 900000 --products 72 --size 384 --samples 16
    python benchmarks/calibrate_identity.py --views VIEWS [--measured FILE.json] [--check | --network]

With `--measured`, measurements that are in FILE are not made again; with `--check` nothing is written, and half the
products are fitted to tell how well it works on the other half; with `--network` only what the network adds is fitted
anew, as is needed once it was trained anew, and all else stays. Five models are fitted, all as logistic models without
negative weights, classes weighted alike; those of another view twice, by classical measures alone and with the answers
of the network that ships with ecomgen, which learnt from other products:

- same: likenesses of other views of one product against those of other products, those most like it in colour among
  them;
- hue, form, proportions: faults of honest other views against those of recoloured, warped and stretched ones;
- place: badness of harmless changes against damage of medium strength, where the product stands at its place.

Last, each of the two scores (at a place, anywhere) is mapped so that one number means one share of false accepts: 0.4,
0.6 and 0.8 are the lenient, normal and strict levels. At a place these are of damaged products; anywhere of those other
products whose colours are most like the one shown, for any others are told apart too easily to say anything.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import distortions
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ecomgen import samples
from ecomgen.scoring.identity import embedding
from ecomgen.scoring.identity.descriptor import Descriptor, faults, likeness
from ecomgen.scoring.identity.frames import frame_of, pair_at
from ecomgen.scoring.identity.registered import compare
from ecomgen.types import Box, Canvas, Placement

TARGET = Path(__file__).parents[1] / "ecomgen" / "scoring" / "calibration.toml"
SIDE = 512
RIDGE = 2e-3
LIKENESSES = ("colour", "hues", "gradients", "texture", "shape", "points", "patches")
DAMAGE = {  # the kinds of damage that each model is held against, and the faults that it sees
    "hue": (("hue20", "hue90"), ("turn", "turned")),
    "form": (("warp0.04", "warp0.08"), ("asymmetry", "dents", "gaps", "waves", "ripples", "curves")),
    "proportions": (("aspect0.15",), ("stretch",)),
}
NETWORK = {  # what its answers add; on hues and parts they did not help products that nothing was fitted on
    "same": ("network",),
    "form": ("network_form",),
    "proportions": ("network_proportions",),
}
NETWORK_SECTION = "anywhere.learnt"
PARTS = ("structure", "colour", "detail", "geometry", "hue")
VIEWS_DAMAGE = (
    ("warp", 0.04),
    ("warp", 0.08),
    ("hue", 20),
    ("hue", 90),
    ("aspect", 0.15),
    ("swapped label", 0.5),
    ("added part", 0.35),
    ("missing part", 0.25),
)
LEVELS = {"lenient": 0.4, "normal": 0.6, "strict": 0.8}
FALSE_ACCEPTS = {
    "place": {"lenient": 0.15, "normal": 0.08, "strict": 0.05},  # a part of the damage can hardly be seen
    "anywhere": {"lenient": 0.10, "normal": 0.05, "strict": 0.01},  # of the products most like it in colour
}
LEAST = 1.0  # of the mean weight: damage that the renders lack must not go free
POWERS = {"hue": 2.0, "same": 2.0}  # the least damage that is told apart on the renders, and doubt whether it is the
NETWORK_POWERS = {"same": 4.0}  # product at all, get more say; with the network, which tells that best, the doubt twice
MOST = 0.95  # of identity from another view: likeness is evidence, not proof
EVERY = 3  # every so many products at their place
CLOSE = 0.02  # badness of the structure up to which no better alignment is looked for
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
            rows.append(_pair("rival", (name, number), _rival(name, known[name][number], known), known[name][number]))
    return rows


def _rival(name: str, shown: Descriptor, known: Mapping[str, Sequence[Descriptor]]) -> Descriptor:
    """Of all views of other products the one whose colours are most like those shown."""
    others = [one for other, views in known.items() if other != name for one in views]
    return max(others, key=lambda one: float(one.histogram @ shown.histogram))


def _pair(cell: str, shown: tuple[str, int], reference: Descriptor, picture: Descriptor) -> Row:
    frames = reference.frame, picture.frame
    learnt = {**embedding.network(*frames), **embedding.likeness(*frames)}
    return {"cell": cell, "cand": shown, **likeness(reference, picture), **faults(reference, picture), **learnt}


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
    from ecomgen.scoring.identity.registration import nudged

    x, y, width, height = distortions.bounds(product)
    canvas = Canvas(width=product.shape[1], height=product.shape[0])
    box = Box(x, y, x + width, y + height)
    pair = pair_at(picture, Placement(canvas=canvas, product=product, box=box, scale=1.0, contact_y=box.y1 - 1))
    tried = [pair]
    if compare(pair).badness["structure"] > CLOSE:
        tried += nudged(pair, picture)
    return min((compare(one).badness for one in tried), key=lambda badness: badness["structure"])


def fitted(good: Array, bad: Array) -> Array:
    """Bias and weights ≥ 0 of the ridge logistic regression that gives `good` rows the higher values.

    The ridge is on weights of columns brought to one spread, so that it favours none.
    """
    each = np.concatenate([np.full(len(side), 0.5 / len(side)) for side in (good, bad)])
    sign = np.concatenate([np.ones(len(good)), -np.ones(len(bad))])
    values = np.concatenate([good, bad])
    spread = np.maximum(values.std(axis=0), 1e-6)
    even = values / spread

    def loss(model: Array) -> float:
        margin = sign * (model[0] + even @ model[1:])
        return float((each * np.logaddexp(0, -margin)).sum() + RIDGE * (model[1:] ** 2).sum())

    bounds = [(None, None)] + [(0, None)] * values.shape[1]
    found = minimize(loss, np.zeros(values.shape[1] + 1), method="L-BFGS-B", bounds=bounds).x
    return np.concatenate([found[:1], found[1:] / spread])


def auc(good: Iterable[float], bad: Iterable[float]) -> float:
    one, other = np.array(list(good))[:, None], np.array(list(bad))[None]
    return float((one > other).mean() + 0.5 * (one == other).mean())


def columns(rows: Sequence[Row], names: Sequence[str]) -> Array:
    return np.array([[row[name] for name in names] for row in rows])


def sigma(value: Array) -> Array:
    return 1 / (1 + np.exp(-value))


def mapped(false: Array, true: Array, shares: Mapping[str, float], most: float) -> list[tuple[float, float]]:
    """Knots (raw, score) so that the levels have their shares of false accepts; raw values rise strictly."""
    top = float(np.percentile(true, 75))
    knots = [(0.0, 0.0)]
    for level, score in LEVELS.items():
        raw = float(np.quantile(false, 1 - shares[level]))
        knots.append((max(min(raw, top * (0.7 + 0.3 * score)), knots[-1][0] + 1e-3), score))
    return [*knots, (max(1.0, knots[-1][0] + 1e-3), most)]


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """A fitted logistic model; faults have weights below 0."""

    names: tuple[str, ...]
    bias: float
    weights: Array
    sure: float
    power: float

    def __call__(self, row: Row) -> float:
        bare = sigma(self.bias + columns([row], self.names)[0] @ self.weights)
        return float(min(bare / self.sure, 1.0) ** self.power)


def models_of(rows: Sequence[Row], *, learnt: bool) -> dict[str, Model]:
    """One model that tells other products apart, and one for each kind of damage; with the network's answers or not."""
    cells = _by_cell(rows)
    against = {"same": (("other", "rival"), LIKENESSES), **DAMAGE}
    powers = {**POWERS, **(NETWORK_POWERS if learnt else {})}
    return {
        name: _model(cells, bad, (*names, *(NETWORK.get(name, ()) if learnt else ())), powers.get(name, 1.0))
        for name, (bad, names) in against.items()
    }


def _model(cells: Mapping[str, Sequence[Row]], against: Sequence[str], names: tuple[str, ...], power: float) -> Model:
    sign = 1.0 if names[0] in LIKENESSES else -1.0
    good = sign * columns(cells["honest0"], names)
    bad = sign * columns([row for cell in against for row in cells[cell]], names)
    found = fitted(good, bad)
    sure = float(np.median(sigma(found[0] + good @ found[1:])))
    return Model(names=names, bias=float(found[0]), weights=sign * found[1:], sure=sure, power=power)


def raw_elsewhere(row: Row, models: Mapping[str, Model], enough: float) -> float:
    """The product that `View.identity` brings to the levels' scale."""
    return float(min(row["detail"] / enough, 1.0) * np.prod([model(row) for model in models.values()]))


def place_model(rows: Sequence[Row]) -> tuple[dict[str, float], Array]:
    """What is free of charge in each part, and the weights of what goes beyond it."""
    good = columns([row for row in rows if row["cell"] == "harmless"], PARTS)
    bad = columns([row for row in rows if row["cell"] == "damage"], PARTS)
    free = np.percentile(good, 98, axis=0)
    unit = np.maximum(np.percentile(bad, 95, axis=0) - free, 1e-3)
    model = fitted(*(-np.minimum(np.maximum(one - free, 0) / unit, 4) for one in (good, bad)))
    return dict(zip(PARTS, free.tolist(), strict=True)), np.maximum(model[1:], LEAST * model[1:].mean()) / unit


def raw_at_place(row: Row, free: Mapping[str, float], weights: Array) -> float:
    """As in `Calibration.at_place`."""
    return float(np.exp(-sum(w * max(row[name] - free[name], 0) for name, w in zip(PARTS, weights, strict=True))))


def text(place: list[Row], views: list[Row]) -> str:
    """The file."""
    free, weights = place_model(place)
    scale = weights / SOFTER
    there = {cell: [raw_at_place(row, free, scale) for row in rows] for cell, rows in _by_cell(place).items()}
    _report_place(there)
    lines = [HEAD]
    for name, one in zip(PARTS, scale, strict=True):
        lines.append(f"[registered.{name}]\nfree = {free[name]:.4f}\nscale = {1 / one:.4f}\nweight = 1.0")
    line = mapped(np.array(there["damage"]), np.array(there["harmless"]), FALSE_ACCEPTS["place"], 1.0)
    lines.append(f"\n[place]\nknots = {_knots(line)}")
    lines.append("\n[levels]\n" + "\n".join(f"{name} = {score}" for name, score in reversed(LEVELS.items())))
    lines.append(f"\n[anywhere]\nfalse_accepts = {_table(FALSE_ACCEPTS['anywhere'])}")
    for title, learnt in (("classical", False), ("learnt", True)):
        lines += _of_view(f"anywhere.{title}", views, models_of(views, learnt=learnt))
    return "\n".join(lines) + "\n"


def _of_view(title: str, views: Sequence[Row], models: Mapping[str, Model]) -> list[str]:
    """The lines of one way of judging another view."""
    enough = enough_of(views)
    apart = {cell: [raw_elsewhere(row, models, enough) for row in rows] for cell, rows in _by_cell(views).items()}
    report(title, apart)
    line = mapped(np.array(apart["rival"]), np.array(apart["honest0"]), FALSE_ACCEPTS["anywhere"], MOST)
    typical = float(np.interp(np.median(apart["honest0"]), *zip(*line, strict=True)))
    lines = [f"\n[{title}]\ntypical = {typical:.3f}\nenough_detail = {enough:.3f}\nknots = {_knots(line)}"]
    for name, model in models.items():
        lines.append(
            f"[{title}.models.{name}]\nbias = {model.bias:.3f}\nsure = {model.sure:.4f}\npower = {model.power}"
        )
        lines += [f"middles = {MIDDLES}"] * (name == "same") + [f"[{title}.models.{name}.weights]"]
        lines += [f"{one} = {weight:.3f}" for one, weight in zip(model.names, model.weights, strict=True)]
        lines += [FOREIGN] * (name == "same")
    return lines


def enough_of(views: Sequence[Row]) -> float:
    """The share of fine contrast that all but a tenth of the honest other views keep."""
    return float(np.percentile([row["detail"] for row in views if row["cell"] == "honest0"], 10))


def checked(views: Sequence[Row]) -> None:
    """Fitted on every other product, told on the rest, and the other way round."""
    names = sorted({row["cand"][0] for row in views})
    for learnt in (False, True):
        apart: dict[str, list[float]] = {}
        for part in (0, 1):
            mine = {name for number, name in enumerate(names) if number % 2 == part}
            fit, rest = ([row for row in views if (row["cand"][0] in mine) == own] for own in (True, False))
            models, enough = models_of(fit, learnt=learnt), enough_of(fit)
            for cell, rows in _by_cell(rest).items():
                apart.setdefault(cell, []).extend(raw_elsewhere(row, models, enough) for row in rows)
        report("on the other half, " + ("with the network" if learnt else "classical"), apart)


SOFTER = 2.0  # the fitted weights say how sure; the score should still fall in steps
HEAD = """\
# How measurements become scores. Written by benchmarks/calibrate_identity.py from renders, which says how.
version = 5

# part = exp(-max(badness - free, 0) / scale); raw = product of part ** weight, at a known place
# raw = min(detail / enough_detail, 1) * product of the models, for another view
# model = min(1 / (1 + exp(-(bias + sum of weight * (value - middle)))) / sure, 1) ** power
# identity lies on straight lines between the knots (raw, identity); so the levels mean one share of false accepts"""
MIDDLES = "{ dino = 0.6, clip = 0.75, litert = 0.75 }"
FOREIGN = """\
# these count where their weights are installed; their middles lie between published means for one object and for
# others, and their weights are round numbers about as strong as that of colour; they are not fitted
dino = 10.0
clip = 10.0
litert = 10.0"""


def _by_cell(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["cell"], []).append(row)
    return found


def _knots(knots: Sequence[tuple[float, float]]) -> str:
    return "[" + ", ".join(f"[{raw:.4f}, {score}]" for raw, score in knots) + "]"


def _table(shares: Mapping[str, float]) -> str:
    return "{ " + ", ".join(f"{level} = {share}" for level, share in reversed(shares.items())) + " }"


def report(title: str, apart: Mapping[str, Sequence[float]]) -> None:
    """How well the renders are told apart; the honest figures are those of benchmarks/identity.py."""
    print(title)
    for cell, scores in apart.items():
        print(f"  {cell:16s} AUC {auc(apart['honest0'], scores):.3f}  median {np.median(scores):.2f}")


def _report_place(there: Mapping[str, Sequence[float]]) -> None:
    print(f"at place         AUC {auc(there['harmless'], there['damage']):.3f}")
    limit = float(np.quantile(there["harmless"], 0.01))
    print(f"caught at 1 % false alarms: {np.mean(np.array(there['damage']) < limit):.3f}")


def relearnt(views: Sequence[Row]) -> str:
    """The file as it is, with the section of the network fitted anew."""
    kept, _, _ = TARGET.read_text("utf-8").partition(f"\n[{NETWORK_SECTION}]")
    kept = HEAD + kept[kept.index("\n[registered") :]
    return kept + "\n".join(_of_view(NETWORK_SECTION, views, models_of(views, learnt=True))) + "\n"


def measured(views: Path, file: Path | None, *, place: bool) -> dict[str, list[Row]]:
    """The rows of both situations, or of other views alone; read from `file` where they are there, else kept there."""
    known: dict[str, list[Row]] = json.loads(file.read_text("utf-8")) if file and file.is_file() else {}
    for name, measure in {"views": other_views, **({"place": at_place} if place else {})}.items():
        if name not in known:
            known[name] = measure(products(views))
            if file:
                file.write_text(json.dumps(known), "utf-8")
    return known


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--views", type=Path, required=True)
    parser.add_argument("--measured", type=Path)
    parser.add_argument("--check", action="store_true", help="fit half, tell how well it does on the other")
    parser.add_argument("--network", action="store_true", help="fit anew only what the network adds")
    options = parser.parse_args()
    rows = measured(options.views, options.measured, place=not (options.check or options.network))
    if options.check:
        checked(rows["views"])
    elif options.network:
        TARGET.write_text(relearnt(rows["views"]), "utf-8")
    else:
        TARGET.write_text(text(rows["place"], rows["views"]), "utf-8")


if __name__ == "__main__":
    main()
