"""How well ecomgen/scoring tells the product from others and from damaged ones; a table, and JSON beside this file.

    python benchmarks/scoring.py [--photos DIR --masks DIR] [--every N] [--only PART...]

The shipped samples are always measured. PHOTOS holds SUBJECT/NN.jpg and MASKS holds SUBJECT__NN.png (white is the
product); without the options, ../shared/photos and ../shared/masks beside the checkout are used where they exist.
Three questions: same product in another photo against another product (AUC, false accepts at each level); harmless
changes against graded damage at the known place; the same damage where the place is not known.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import distortions
import numpy as np
from numpy.typing import NDArray

from ecomgen import samples
from ecomgen.scoring import Subject, judge, threshold
from ecomgen.types import Box, Canvas, Cutout, Placement

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "scoring.json"
SHARED = HERE.parents[1] / "shared"
SIDE = 512  # of every photo, so that a run takes minutes
PARTS = ("seconds", "place", "pairs", "anywhere")
LEVELS = ("strict", "normal", "lenient")

Pixels = NDArray[np.uint8]
Judge = Callable[[Pixels, Pixels], float]


def of_samples() -> dict[str, Pixels]:
    """RGBA of every sample photo, by product and number."""
    return {
        f"{one.name}__{index}": _rgba(photo, matte)
        for one in samples.every()
        for index, (photo, matte) in enumerate(zip(one.photos, one.mattes, strict=True))
    }


def of_folder(photos: Path, masks: Path) -> dict[str, Pixels]:
    """RGBA of every photo with a mask, by the mask's name."""
    return {
        path.stem: _rgba(next((photos / path.stem.split("__")[0]).glob(f"{path.stem.split('__')[1]}.*")), path)
        for path in sorted(masks.glob("*__*.png"))
    }


def _rgba(photo: Path, mask: Path) -> Pixels:
    rgb = cv2.cvtColor(cv2.imread(str(photo)), cv2.COLOR_BGR2RGB)
    rgba = np.dstack([rgb, cv2.imread(str(mask), cv2.IMREAD_GRAYSCALE)])
    scale = SIDE / max(rgba.shape[:2])
    return cv2.resize(rgba, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def _box(rgba: Pixels) -> Box:
    x, y, width, height = distortions.bounds(rgba)
    return Box(x, y, x + width, y + height)


def _subject(rgba: Pixels) -> Subject:
    return Subject(cutouts=(Cutout(rgba=rgba, box=_box(rgba)),))


def at_place(picture: Pixels, product: Pixels) -> float:
    """Identity where the product was put."""
    height, width = product.shape[:2]
    box = _box(product)
    canvas = Canvas(width=width, height=height)
    placement = Placement(canvas=canvas, product=product, box=box, scale=1.0, contact_y=box.y1 - 1)
    return judge(picture, _subject(product), placement=placement).identity or 0.0


def anywhere(picture: Pixels, product: Pixels) -> float:
    """Identity where the product must be looked for."""
    return judge(picture, _subject(product)).identity or 0.0


def pairs(products: dict[str, Pixels], *, masked: bool) -> dict[str, Any]:
    """The same product in another photo against other products; the picture comes with its mask, or without.

    Every second photo is a reference, every photo a picture.
    """
    same, other = [], []
    for one, reference in list(products.items())[::2]:
        subject = _subject(reference)
        for name, picture in products.items():
            if name != one:
                score = judge(picture if masked else picture[..., :3], subject).identity or 0.0
                (same if name.split("__")[0] == one.split("__")[0] else other).append(score)
    wins = np.array(same)[:, None] - np.array(other)[None]
    row: dict[str, Any] = {"auc": float((wins > 0).mean() + 0.5 * (wins == 0).mean()), "pairs": [len(same), len(other)]}
    for level in LEVELS:
        needed = threshold(level, _subject(next(iter(products.values()))))
        row[level] = {
            "accepted": float((np.array(same) >= needed).mean()),
            "false accepts": float((np.array(other) >= needed).mean()),
        }
    return row


def harmless(products: dict[str, Pixels], identity: Judge) -> dict[str, float]:
    """Share of harmless changes that pass at the normal level, by change."""
    rows = {}
    for name, change in distortions.HARMLESS.items():
        scores = [identity(change(shown), product) for product, shown in _scenes(products)]
        rows[name] = _passed(scores, products)
    return rows


def damage(products: dict[str, Pixels], identity: Judge) -> dict[str, dict[str, float]]:
    """Share of damaged products that pass at the normal level (false accepts), by damage and strength."""
    return {
        name: {str(strength): _passed(_damaged(products, identity, name, strength), products) for strength in strengths}
        for name, strengths in {**distortions.SERIES, "mirrored": (1.0,)}.items()
    }


def _damaged(products: dict[str, Pixels], identity: Judge, name: str, strength: float) -> list[float]:
    scores = []
    for index, product in enumerate(products.values()):
        bad = distortions.distorted(name, product, strength, seed=index)
        back = distortions.backdrop(*product.shape[:2], index)
        scores.append(identity(distortions.laid_over(bad, back), product))
    return scores


def _scenes(products: dict[str, Pixels]) -> Iterator[tuple[Pixels, Pixels]]:
    for index, product in enumerate(products.values()):
        yield product, distortions.laid_over(product, distortions.backdrop(*product.shape[:2], index))


def _passed(scores: list[float], products: dict[str, Pixels]) -> float:
    return float((np.array(scores) >= threshold("normal", _subject(next(iter(products.values()))))).mean())


def _seconds(products: dict[str, Pixels]) -> float:
    began = time.process_time()
    for product, shown in _scenes(products):
        at_place(shown, product)
    return (time.process_time() - began) / len(products)


def parts(products: dict[str, Pixels], every: int) -> dict[str, Callable[[], Any]]:
    """What can be measured on one set of products; the damage on every `every`th of them."""
    some = dict(list(products.items())[::every])
    return {
        "seconds": lambda: {"processor seconds a picture, at place": _seconds(some)},
        "place": lambda: {"harmless": harmless(some, at_place), "damage": damage(some, at_place)},
        "pairs": lambda: {"with masks": pairs(products, masked=True), "without": pairs(products, masked=False)},
        "anywhere": lambda: {"harmless": harmless(some, anywhere), "damage": damage(some, anywhere)},
    }


def show(results: dict[str, Any], indent: str = "") -> None:
    """Nested results as an indented table."""
    for name, value in results.items():
        if isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values()):
            print(f"{indent}{name}", flush=True)
            show(value, indent + "  ")
        elif isinstance(value, dict):
            print(f"{indent}{name:26s} " + "  ".join(f"{key} {number:.2f}" for key, number in value.items()))
        else:
            print(f"{indent}{name:26s} {value if isinstance(value, list) else f'{value:.3f}'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, default=SHARED / "photos")
    parser.add_argument("--masks", type=Path, default=SHARED / "masks")
    parser.add_argument("--every", type=int, default=2, help="damage every Nth photo only")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    options = parser.parse_args()
    sets = {"samples": of_samples()}
    if options.photos.is_dir() and options.masks.is_dir():
        sets["photos"] = of_folder(options.photos, options.masks)
    results: dict[str, Any] = {}
    for name, products in sets.items():
        for part, measure in parts(products, options.every).items():
            if part in options.only:
                results.setdefault(name, {})[part] = found = measure()
                show({f"{name}, {part}": found})
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
