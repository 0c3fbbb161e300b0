"""Fits how sure `lite` may be, on renders held out from training: `python -m training.calibrate --renders FOLDER`.

Prints the constants for `ecomgen/masking/lite.py`, how true they are on the half they were not fitted on, and the IoU.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from ecomgen.masking import lite
from training.data import Renders, around


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits how sure lite may be, on held-out renders.")
    parser.add_argument("--renders", type=Path, required=True)
    parser.add_argument("--count", type=int, default=200)
    arguments = parser.parse_args()
    held = Renders(arguments.renders, validation=True)
    pairs = list(zip(held.pictures, held.masks, strict=True))[: arguments.count]
    alone, truths, firsts = [], [], []
    boxed = []
    for picture, soft in pairs:
        truth = soft > 127
        found = lite.hypotheses(picture, lite.weights_name(), None)
        alone += [list(one.signs.values()) for one in found]
        truths += [lite.iou(one.mask, truth) for one in found]
        firsts.append(lite.iou(found[0].mask, truth) if found else 0.0)
        told = lite.hypotheses(picture, lite.weights_name(), around(soft.astype(np.float32) / 255))
        boxed.append(lite.iou(told[0].mask, truth) if told else 0.0)
    _report(np.array(alone), np.array(truths))
    print(
        f"held-out renders: IoU {np.mean(firsts):.3f} alone, {np.mean(boxed):.3f} with the box, {len(pairs)} pictures"
    )


def _report(signs: np.ndarray, truths: np.ndarray) -> None:
    half = np.arange(len(truths)) % 2 == 0
    columns = np.concatenate([np.ones((len(signs), 1)), signs], 1)
    fitted = np.linalg.lstsq(columns[half], truths[half], rcond=None)[0]
    expected = (columns[~half] @ fitted).clip(0.02, 0.99)
    print(f"tried on the other half: mean error {np.abs(expected - truths[~half]).mean():.3f}")
    for low, high in ((0, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1)):
        these = (expected >= low) & (expected < high)
        if these.any():
            mean = truths[~half][these].mean()
            print(f"  expected {low:.2f} to {high:.2f}: {these.sum():4} masks, true mean {mean:.3f}")
    constants = np.linalg.lstsq(columns, truths, rcond=None)[0].round(3).tolist()
    print(f"intercept, weights = {constants[0]}, {dict(zip(lite.weights, constants[1:], strict=True))}")


if __name__ == "__main__":
    main()
