"""Is it still the product: how well the identity score answers, as a table, JSON and ROC plots.

    python benchmarks/identity.py [--photos DIR --masks DIR] [--only PART...] [--subjects N]

PHOTOS holds SUBJECT/NN.jpg and MASKS holds SUBJECT__NN.png (white is the product), two or more of each subject; without
the options, ../shared beside the checkout is used, and where there is none the shipped samples stand in. Nothing is
fitted here: calibrate_identity.py does that, on renders. Everything is told for the classical parts alone, for these
with the network that ships with ecomgen, and with an embedding (DINOv2, CLIP, LiteRT) where one is in ECOMGEN_WEIGHTS.

- pairs: the same object in another photo against another object, with these masks and with ecomgen's own, and against
  other objects of the same class;
- redrawn: an honest other view against a damaged other view, for one and for three references;
- distortions: graded damage at a known place, against harmless changes; what is caught at 1 % false alarms;
- extension: precision and recall on products that were lengthened or given a part;
- speed: what scoring a picture of 1024 x 1024 costs, as a share of making it in the studio.

The plain mix is that of a Lab histogram, HOG and LBP, for comparison.

Results go to benchmarks/results/identity.json and identity-PART.png, each part as soon as it is done.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise, permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import distortions
import numpy as np
from numpy.typing import NDArray
from roc import Curve, auc, draw

from ecomgen import masking, references, samples
from ecomgen.scoring.calibration import calibration
from ecomgen.scoring.extension import Extension, extension
from ecomgen.scoring.identity import embedding
from ecomgen.scoring.identity.descriptor import Descriptor, faults, likeness
from ecomgen.scoring.identity.frames import frame_of
from ecomgen.scoring.identity.likeness import at_place
from ecomgen.types import Box, Canvas, MaskRequest, Placement

HERE = Path(__file__).parent
RESULTS = HERE / "results"
SHARED = HERE.parents[1] / "shared"
SIDE = 512  # of every photo
CLASSES = (("backpack", "backpack_dog"), ("bear_plushie", "wolf_plushie"), ("duck_toy", "monster_toy"))
CELLS = (("warp", 0.04), ("warp", 0.08), ("hue", 20), ("hue", 90), ("aspect", 0.15))
FALSE_ALARMS = 0.01

Pixels = NDArray[np.uint8]
Views = dict[str, list[Pixels]]  # by subject


@dataclass(frozen=True, kw_only=True)
class Data:
    """Photos with hand-made masks, and more photos of the same subjects without."""

    views: Views
    more: Mapping[str, Sequence[Path]]
    photos: Mapping[str, Sequence[Path]]  # those of `views`, in their order


def of_folders(photos: Path, masks: Path, most: int) -> Data:
    """The shared photos; `most` subjects."""
    paths: dict[str, list[Path]] = {}
    for mask in sorted(masks.glob("*__*.png")):
        paths.setdefault(mask.stem.split("__")[0], []).append(mask)
    paths = dict(list(paths.items())[:most])
    shown = {
        name: [next((photos / name).glob(f"{mask.stem.split('__')[1]}.*")) for mask in found]
        for name, found in paths.items()
    }
    views = {name: [_read(p, m) for p, m in zip(shown[name], paths[name], strict=True)] for name in paths}
    more = {name: [one for one in sorted((photos / name).glob("*.jpg")) if one not in shown[name]] for name in paths}
    return Data(views=views, more=more, photos=shown)


def of_samples() -> Data:
    """The shipped samples: the first two photos of each with their mattes, the rest without."""
    every = samples.every()
    views = {one.name: [_read(p, m) for p, m in zip(one.photos[:2], one.mattes[:2], strict=True)] for one in every}
    return Data(
        views=views,
        more={one.name: one.photos[2:] for one in every},
        photos={one.name: one.photos[:2] for one in every},
    )


def _read(photo: Path, mask: Path) -> Pixels:
    rgb = cv2.cvtColor(cv2.imread(str(photo)), cv2.COLOR_BGR2RGB)
    return _small(np.dstack([rgb, cv2.imread(str(mask), cv2.IMREAD_GRAYSCALE)]))


def _small(rgba: Pixels) -> Pixels:
    scale = SIDE / max(rgba.shape[:2])
    return cv2.resize(rgba, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def masked(photo: Path) -> Pixels:
    """The photo with the mask that ecomgen finds by itself."""
    picture = references.load(photo)
    mask = masking.find_mask(picture, MaskRequest()).pixels
    return _small(np.dstack([picture.pixels, mask.astype(np.uint8) * 255]))


def elsewhere(reference: Descriptor, picture: Descriptor, *, network: bool, embedded: bool) -> float:
    """Identity as another view, with the shipped network, with an embedding, or without."""
    classical, answers, embeddings = _measured(reference, picture)
    view = calibration().anywhere.view(learnt=network)
    return view.identity(view.met({**classical, **(answers if network else {}), **(embeddings if embedded else {})}))


@lru_cache(maxsize=4096)
def _measured(reference: Descriptor, picture: Descriptor) -> tuple[Mapping[str, float], ...]:
    """The classical measures, the network's answers, and an embedding's likeness."""
    frames = reference.frame, picture.frame
    classical = {**likeness(reference, picture), **faults(reference, picture)}
    return classical, embedding.network(*frames), embedding.likeness(*frames)


def mix(reference: Descriptor, picture: Descriptor) -> float:
    """A Lab histogram, HOG and LBP, in equal parts."""
    histogram = float(reference.histogram @ picture.histogram)
    gradients, texture = (float(getattr(reference, n) @ getattr(picture, n)) for n in ("gradients", "texture"))
    return (histogram + gradients + texture) / 3


def pairs(data: Data, learnt: bool) -> dict[str, Any]:
    """AUC of the same object against others: masks by hand and our own."""
    found: dict[str, Any] = {}
    own = {name: [masked(photo) for photo in photos] for name, photos in data.photos.items()}
    for masks, views in (("hand-made masks", data.views), ("own masks", own)):
        items = [(name, Descriptor(frame_of(view))) for name, shown in views.items() for view in shown]
        found[masks] = {way: _told_apart(items, score, f"{masks}, {way}") for way, score in _ways(learnt).items()}
    return found


Scored = Callable[[Descriptor, Descriptor], float]


def _told_apart(items: Sequence[tuple[str, Descriptor]], score: Scored, name: str) -> dict[str, Any]:
    rows = [((one, other), score(a, b)) for (one, a), (other, b) in permutations(items, 2)]
    same = [value for (one, other), value in rows if one == other]
    others = [value for (one, other), value in rows if one != other]
    alike = [value for pair, value in rows if pair in CLASSES or pair[::-1] in CLASSES]
    levels = calibration().levels
    row: dict[str, Any] = {"AUC": auc(same, others), "pairs": [len(same), len(others)]}
    if alike:
        row |= {"AUC, same class": auc(same, alike), "pairs, same class": len(alike)}
    for level in ("strict", "normal", "lenient"):
        needed = getattr(levels, level)
        row[level] = {"accepted": float(np.mean(np.array(same) >= needed)), "false accepts": _share(others, needed)}
    row["curve"] = Curve(name=name, good=tuple(same), bad=tuple(others))
    return row


def _share(values: Sequence[float], needed: float) -> float:
    return float(np.mean(np.array(values) >= needed))


def redrawn(data: Data, learnt: bool) -> dict[str, Any]:
    """AUC of honest other views against damaged ones, for one reference and for three (two with our own masks)."""
    known = {name: [Descriptor(frame_of(view)) for view in views] for name, views in data.views.items()}
    more = {name: [Descriptor(frame_of(masked(photo))) for photo in data.more[name][:2]] for name in known}
    scores: dict[tuple[str, str], list[float]] = {}
    for name, views in data.views.items():
        for number, view in enumerate(views):
            others = [one for index, one in enumerate(known[name]) if index != number][:1]
            for cell, shown in _shown(view, known[name][number], number):
                for way, one_by_one in _ways(learnt).items():
                    each = [one_by_one(reference, shown) for reference in (*others, *more[name])]
                    scores.setdefault((f"{way}, one reference", cell), []).append(each[0])
                    scores.setdefault((f"{way}, three references", cell), []).append(max(each))
    return {
        way: {cell: auc(scores[way, "honest"], scores[way, cell]) for w, cell in scores if w == way != cell != "honest"}
        for way in dict.fromkeys(way for way, _ in scores)
    }


def _shown(view: Pixels, honest: Descriptor, seed: int) -> Iterator[tuple[str, Descriptor]]:
    """The honest view and each damaged one; a stretch is once wider, once narrower."""
    yield "honest", honest
    for kind, strength in CELLS:
        signed = 1 / (1 + strength) - 1 if kind == "aspect" and seed % 2 else strength
        yield f"{kind} {strength:g}", Descriptor(frame_of(distortions.distorted(kind, view, signed, seed=seed + 1)))


def _ways(learnt: bool) -> dict[str, Scored]:
    ways: dict[str, Scored] = {
        "plain mix": mix,
        "classical": partial(elsewhere, network=False, embedded=False),
        "with the network": partial(elsewhere, network=True, embedded=False),
    }
    if not learnt:
        return ways
    return ways | {
        "classical, with the embedding": partial(elsewhere, network=False, embedded=True),
        "with the network and the embedding": partial(elsewhere, network=True, embedded=True),
    }


def distorted(data: Data, every: int = 2) -> dict[str, Any]:
    """What is caught at 1 % false alarms at the known place, whether scores fall, and at the shipped levels.

    An added part is no fault of what the product shows at its place: there the extension score is asked.
    """
    products = [views[index % 2] for index, views in enumerate(data.views.values())]
    harmless: dict[str, list[float]] = {}
    grown: list[float] = []
    damaged: dict[str, dict[float, list[float]]] = {}
    for index, product in enumerate(products):
        placement = placed(product)
        for name, picture in _harmless(product, index):
            harmless.setdefault(name, []).append(at_place(picture, placement).score)
            grown.append(extension(picture, placement, None).score)
        for kind, strengths in {**distortions.SERIES, "mirrored": (1.0,)}.items():
            for strength in _kept(kind, strengths, every):
                bad = distortions.distorted(kind, product, strength, seed=index)
                picture = distortions.laid_over(bad, distortions.backdrop(*product.shape[:2], index))
                asked = extension(picture, placement, None) if kind == "added part" else at_place(picture, placement)
                damaged.setdefault(kind, {}).setdefault(strength, []).append(asked.score)
    return _caught(harmless, grown, damaged)


def _harmless(product: Pixels, index: int) -> Iterator[tuple[str, Pixels]]:
    """The product at its place with each change that does no harm."""
    shown = distortions.laid_over(product, distortions.backdrop(*product.shape[:2], index))
    for name, change in distortions.HARMLESS.items():
        yield name, change(shown)
    yield "other background", distortions.laid_over(product, distortions.backdrop(*product.shape[:2], index + 100))


def _kept(kind: str, strengths: Sequence[float], every: int) -> Sequence[float]:
    """Every so many strengths, and always the medium one."""
    chosen = set(strengths[::every]) | {distortions.MEDIUM.get(kind, strengths[-1])}
    return [one for one in strengths if one in chosen]


def _caught(
    harmless: dict[str, list[float]], grown: list[float], damaged: dict[str, dict[float, list[float]]]
) -> dict[str, Any]:
    fine = [score for scores in harmless.values() for score in scores]
    limit = float(np.quantile(fine, FALSE_ALARMS))
    limits = dict.fromkeys(damaged, limit) | {"added part": float(np.quantile(grown, FALSE_ALARMS))}
    caught = {
        kind: {f"{strength:g}": float(np.mean(np.array(scores) < limits[kind])) for strength, scores in rows.items()}
        for kind, rows in damaged.items()
    }
    medium = {kind: distortions.MEDIUM.get(kind, 1.0) for kind in damaged}
    every = [score for kind, strength in medium.items() if kind != "added part" for score in damaged[kind][strength]]
    normal = calibration().levels.normal
    return {
        "limit at 1 % false alarms": limit,
        "the extension's limit": limits["added part"],
        "medium caught there": float(np.mean([caught[kind][f"{strength:g}"] for kind, strength in medium.items()])),
        "harmless that pass at normal": {name: _share(scores, normal) for name, scores in harmless.items()},
        "caught": caught,
        "mean score": {
            kind: {f"{strength:g}": float(np.mean(scores)) for strength, scores in rows.items()}
            for kind, rows in damaged.items()
        },
        "monotone in the mean": {kind: _falls(list(rows.values())) for kind, rows in damaged.items()},
        "false accepts of medium damage": {
            level: _share(every, getattr(calibration().levels, level)) for level in ("strict", "normal", "lenient")
        },
        "curve": Curve(name="medium damage at its place", good=tuple(fine), bad=tuple(every)),
    }


def _falls(rows: Sequence[Sequence[float]]) -> bool:
    means = [float(np.mean(row)) for row in rows]
    return all(later <= earlier + 0.01 for earlier, later in pairwise(means))


def placed(product: Pixels) -> Placement:
    x, y, width, height = distortions.bounds(product)
    canvas = Canvas(width=product.shape[1], height=product.shape[0])
    box = Box(x, y, x + width, y + height)
    return Placement(canvas=canvas, product=product, box=box, scale=1.0, contact_y=box.y1 - 1)


def extended(data: Data) -> dict[str, Any]:
    """Precision and recall of the finding that the scene extends the product, by colour and edges alone."""
    rows: list[tuple[bool, Extension]] = []
    for index, views in enumerate(data.views.values()):
        for view in views:
            back = distortions.backdrop(*view.shape[:2], index)
            for grown in (
                view,
                view,
                distortions.lengthened(view, 0.2),
                distortions.distorted("added part", view, 0.35),
            ):
                picture = distortions.laid_over(grown, back)
                rows.append((grown is not view, extension(picture, placed(view), None)))
                back = distortions.backdrop(*view.shape[:2], index + 50)
    right = sum(grown and seen.told for grown, seen in rows)
    fine, bad = ([seen.score for grown, seen in rows if grown == which] for which in (False, True))
    return {
        "AUC": auc(fine, bad),
        "precision": right / max(sum(seen.told for _, seen in rows), 1),
        "recall": right / max(len(bad), 1),
        "pictures": len(rows),
    }


def speed(side: int = 1024) -> dict[str, Any]:
    """Scoring over making in the studio, of two more pictures of a run: what is done once a run is not counted."""
    from ecomgen import Request, generate

    example = samples.every()[0]
    spent = []
    for count in (1, 1, 3):  # the first run compiles the kernels
        with TemporaryDirectory() as folder:
            request = Request(
                photos=(example.photos[0],),
                prompt="on a wooden table",
                pipeline="studio",
                size=(side, side),
                count=count,
                out=Path(folder),
            )
            spent.append(generate(request, logged=False).record.timings)
    scoring, scene = (spent[2][step] - spent[1][step] for step in ("score", "scene"))
    return {"scoring over making": scoring / scene}


PARTS: dict[str, Callable[[Data, bool], dict[str, Any]]] = {
    "pairs": pairs,
    "redrawn": redrawn,
    "distortions": lambda data, _: distorted(data),
    "extension": lambda data, _: extended(data),
    "speed": lambda _data, _learnt: speed(),
}


def curves(found: Any) -> Iterator[Curve]:
    """Every curve in nested results."""
    for value in found.values() if isinstance(found, dict) else ():
        if isinstance(value, Curve):
            yield value
        else:
            yield from curves(value)


def plain(found: Any) -> Any:
    """Nested results without their curves, rounded."""
    if isinstance(found, dict):
        return {name: plain(value) for name, value in found.items() if not isinstance(value, Curve)}
    return round(found, 4) if isinstance(found, float) else found


def show(found: Mapping[str, Any], indent: str = "") -> None:
    for name, value in found.items():
        if isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values()):
            print(f"{indent}{name}")
            show(value, indent + "  ")
        elif isinstance(value, dict):
            print(f"{indent}{name:34s} " + "  ".join(f"{key} {inner}" for key, inner in value.items()))
        else:
            print(f"{indent}{name:34s} {value}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, default=SHARED / "photos")
    parser.add_argument("--masks", type=Path, default=SHARED / "masks")
    parser.add_argument("--subjects", type=int, default=1000, help="this many of them only")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    there = options.photos.is_dir() and options.masks.is_dir()
    data = of_folders(options.photos, options.masks, options.subjects) if there else of_samples()
    example = Descriptor(frame_of(next(iter(data.views.values()))[0])).frame
    learnt = bool(embedding.likeness(example, example))
    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / "identity.json"
    for part in options.only:
        found = PARTS[part](data, learnt)
        results = json.loads(file.read_text("utf-8")) if file.is_file() else {}
        results[part] = plain(found)
        show({part: results[part]})
        if plots := list(curves(found)):
            cv2.imwrite(str(RESULTS / f"identity-{part}.png"), draw(plots)[..., ::-1])
        file.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
