"""Fits what a click moves: `python -m training.clicks --renders FOLDER --count 150`.

Simulated users click in the middle of what is most wrong in answers of `lite` for renders held out from training, up to
three times. For every patch that a click might move, the signs of `ecomgen/masking/interactive/click_evidence.py` are
written down, and whether it should; printed are the weights for that module, and how often they are right on pictures
that they were not fitted on.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ecomgen.errors import NoProduct
from ecomgen.masking import find_mask
from ecomgen.masking.interactive.click_evidence import BLIND, FIXED, OBEYED, UNHEARD, Look, agrees, signs_of
from ecomgen.masking.interactive.clicks import correct
from ecomgen.masking.interactive.corrections import shipped_network
from ecomgen.masking.signs import iou
from ecomgen.types import MaskRequest, Point, ReferenceImage
from training.calibrate import fitted_odds
from training.data import Renders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecomgen.masking.interactive.click_evidence import Weights
    from ecomgen.types import BoolMask, Pixels

KINDS = {"OBEYED": OBEYED, "UNHEARD": UNHEARD, "BLIND": BLIND}
CLICKS = 3
POOR, CONTENT = 0.3, 0.95  # IoU between which an answer is worth a click
LEAST = 0.02  # share of the patches of either kind, below which they are not made up for


@dataclass(frozen=True, kw_only=True, eq=False)
class Click:
    """Every patch that a click might move: its signs, whether it should move, and how much it counts."""

    kind: str
    signs: np.ndarray  # NxS
    moves: np.ndarray  # N, the share of the patch
    counts: np.ndarray  # N


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits what a click moves, on held-out renders.")
    parser.add_argument("--renders", type=Path, required=True)
    parser.add_argument("--count", type=int, default=150, help="pictures")
    arguments = parser.parse_args()
    held = Renders(arguments.renders, validation=True)
    found: dict[str, list[tuple[int, Click]]] = defaultdict(list)
    for number, (picture, soft) in enumerate(list(zip(held.pictures, held.masks, strict=True))[: arguments.count]):
        for answer in _answers(picture, soft > 127):
            for click in clicks(picture, answer, soft > 127):
                found[click.kind].append((number, click))
    for kind, weights in KINDS.items():
        _tell(kind, weights, found[kind])


def clicks(picture: Pixels, mask: BoolMask, truth: BoolMask) -> Iterator[Click]:
    """What a user's clicks show; after each the mask is as ecomgen would have corrected it."""
    network, points = shipped_network(), ()
    for _ in range(CLICKS):
        if iou(mask, truth) >= CONTENT:
            return
        points = (*points, centre_of_error(mask, truth))
        for heard in (network, None):
            look = Look(photo=picture, mask=mask, network=heard)
            yield _click(look, points, truth)
        mask = correct(picture, mask, points, network=network)


def centre_of_error(mask: BoolMask, truth: BoolMask) -> Point:
    """The pixel deepest in the largest connected error."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((mask ^ truth).astype(np.uint8), connectivity=4)
    largest = 1 + int(np.asarray(stats)[1:, cv2.CC_STAT_AREA].argmax())
    depth = cv2.distanceTransform(np.pad((labels == largest).astype(np.uint8), 1), cv2.DIST_L2, 5)[1:-1, 1:-1]
    y, x = np.unravel_index(int(depth.argmax()), depth.shape)
    return Point(int(x), int(y), bool(truth[y, x]))


def _answers(picture: Pixels, truth: BoolMask) -> list[BoolMask]:
    """Up to two wrong ones."""
    photo = ReferenceImage(path=Path(), sha256="", pixels=picture)
    try:
        found = find_mask(photo, MaskRequest(masker="lite"))
    except NoProduct:
        return []
    return [one.pixels for one in found.candidates if POOR < iou(one.pixels, truth) < CONTENT][:2]


def _click(look: Look, points: tuple[Point, ...], truth: BoolMask) -> Click:
    last, patches, signs = points[-1], look.patches, signs_of(look, points)
    kind = "BLIND" if "told" not in signs else "OBEYED" if agrees(look, points, signs) else "UNHEARD"
    wrong_side = patches.average(look.mask != last.inside) > 0.5
    moves = patches.average(truth == last.inside)[wrong_side]
    areas = patches.areas[wrong_side] / patches.areas[wrong_side].sum()
    share = float(areas @ moves)
    even = moves / max(share, LEAST) + (1 - moves) / max(1 - share, LEAST)
    names = (*FIXED, *KINDS[kind].signs)
    columns = np.stack([patches.average(signs[name])[wrong_side] for name in names], axis=1)
    return Click(kind=kind, signs=columns, moves=moves, counts=areas * even * share**0.5)


def _tell(kind: str, weights: Weights, found: list[tuple[int, Click]]) -> None:
    """The constants, fitted on all; and what share is right by those in use and by new ones, on the other half."""
    if not found:
        return
    names = [*weights.signs]
    half = [click for number, click in found if number % 2 == 0]
    rest = [click for number, click in found if number % 2]
    used = np.array([weights.intercept, *weights.signs.values()])
    ours = _fitted(half)
    print(
        f"{kind}: {len(found)} clicks; right by weights in use {_right(rest, used):.3f}, new {_right(rest, ours):.3f}"
    )
    constants = _fitted([click for _, click in found]).round(3).tolist()
    print(f"  intercept={constants[0]}, signs={dict(zip(names, constants[1:], strict=True))}")


def _fitted(found: list[Click]) -> np.ndarray:
    signs, moves, counts = (
        np.concatenate([getattr(click, name) for click in found]) for name in ("signs", "moves", "counts")
    )
    free = signs[:, len(FIXED) :]
    known = (signs[:, : len(FIXED)] == 0).all(axis=1)  # elsewhere what is fixed decides
    columns = np.column_stack([np.ones(len(free)), free])[known]
    return fitted_odds(columns, moves[known], counts[known] * len(moves) / counts.sum())


def _right(found: list[Click], weights: np.ndarray) -> float:
    fixed = np.array(list(FIXED.values()))
    rights = [
        click.counts
        @ (
            (click.signs[:, : len(fixed)] @ fixed + click.signs[:, len(fixed) :] @ weights[1:] + weights[0] > 0)
            == (click.moves > 0.5)
        )
        / click.counts.sum()
        for click in found
    ]
    return float(np.mean(rights)) if rights else float("nan")


if __name__ == "__main__":
    main()
