"""Fits how far `lite` may be trusted, on held-out renders: `python -m training.calibrate --renders FOLDER`.

Prints the constants for `ecomgen/masking/network/hypothesis_ranking.py`, how true they are on the half they were
not fitted on, and the IoU of the answers chosen by them.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ecomgen.masking.maskers import lite
from ecomgen.masking.network.hypothesis_ranking import SIGNS, iou
from training.data import Renders, around

FIRMNESS = 1.0  # of the ridge that keeps the weights small


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One answer for one picture: its signs and its true IoU."""

    picture: int
    signs: tuple[float, ...]
    truth: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits how far lite may be trusted, on held-out renders.")
    parser.add_argument("--renders", type=Path, required=True)
    parser.add_argument("--count", type=int, default=200)
    arguments = parser.parse_args()
    held = Renders(arguments.renders, validation=True)
    alone: list[Tried] = []
    boxed: list[Tried] = []
    for number, (picture, soft) in enumerate(list(zip(held.pictures, held.masks, strict=True))[: arguments.count]):
        box = around(soft.astype(np.float32) / 255)
        for told, answers in ((None, alone), (box, boxed)):
            found = lite.hypotheses(picture, lite.weights_name(), told)
            answers += [
                Tried(picture=number, signs=tuple(one.signs[name] for name in SIGNS), truth=iou(one.mask, soft > 127))
                for one in found
            ]
    for name, answers in (("alone", alone), ("boxed", boxed)):
        _report(name, answers)


def _report(name: str, tried: list[Tried]) -> None:
    half = np.array([one.picture % 2 == 0 for one in tried])
    fitted = np.array(_fitted([one for one, mine in zip(tried, half, strict=True) if mine]))
    rest = [one for one, mine in zip(tried, half, strict=True) if not mine]
    expected = (_columns(rest) @ fitted).clip(0.02, 0.99)
    truths = np.array([one.truth for one in rest])
    pictures = sorted({one.picture for one in rest})
    mine = [[place for place, one in enumerate(rest) if one.picture == picture] for picture in pictures]
    chosen = np.mean([truths[places[int(np.argmax(expected[places]))]] for places in mine])
    best, first = np.mean([truths[places].max() for places in mine]), np.mean([truths[places[0]] for places in mine])
    print(f"{name}: mean error {np.abs(expected - truths).mean():.3f} on the other half, {len(mine)} pictures;")
    print(f"  IoU {first:.3f} by the constants in use, {chosen:.3f} by new ones, {best:.3f} by the best answer")
    for low, high in ((0, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1)):
        these = (expected >= low) & (expected < high)
        if these.any():
            print(f"  expected {low:.2f} to {high:.2f}: {these.sum():4} answers, true mean {truths[these].mean():.3f}")
    constants = _fitted(tried)
    print(f"intercept_{name} = {constants[0]}\nweights_{name} = {dict(zip(SIGNS, constants[1:], strict=True))}\n")


def _columns(tried: list[Tried]) -> np.ndarray:
    return np.array([[1.0, *one.signs] for one in tried])


def _fitted(tried: list[Tried]) -> list[float]:
    """Ridge regression of the true IoU on the signs, the intercept left free."""
    columns, truths = _columns(tried), np.array([one.truth for one in tried])
    ridge = FIRMNESS * np.eye(columns.shape[1])
    ridge[0, 0] = 0
    return np.linalg.solve(columns.T @ columns + ridge, columns.T @ truths).round(3).tolist()


if __name__ == "__main__":
    main()
