"""How smooth the edge of a smooth product comes out before busy ground. See masks.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import mask_families
import numpy as np
from mask_photos import iou
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter1d, map_coordinates

from ecomgen.masking import cut_out, find_mask
from ecomgen.masking.matting.contour import size_of
from ecomgen.types import BoolMask, MaskRequest, Matte, Pixels, ReferenceImage

SMOOTH = 1.5  # thousandths of its size, up to which a product's own edge is smooth
BUSY = 12.0  # grey levels by which the ground beside it varies
GOOD = 0.9  # IoU from which the edge, and not the mask, is judged
NEAR = 0.03  # of the product's size: what is farther from the truth is an error of the mask
WAVE = 0.02  # of the product's size: shorter waves of an edge are roughness
FRAYED = 3.0  # thousandths from which a rim is frayed
UP = 4  # times the picture's size, at which contours are drawn


@dataclass(frozen=True)
class Rim:
    """Roughness, in thousandths of the product's size, of the mask's contour and of the matte's."""

    mask: float
    matte: float


def measure(folder: Path, masker: str, sheets: Path | None) -> dict[str, Any]:
    """Smooth products before busy ground, of those that `training.render` has made; masked with the box."""
    rims = []
    for number, (picture, truth) in enumerate(_smooth(folder)):
        photo = ReferenceImage(path=folder / f"{number}.png", sha256="", pixels=picture)
        mask = find_mask(photo, MaskRequest(masker=masker, box=mask_families.around(truth > 0.5)))
        if iou(mask.pixels, truth > 0.5) < GOOD:
            continue
        rgba = cut_out(photo, mask).rgba
        alpha = rgba[..., 3].astype(np.float32) / 255
        rims.append(Rim(roughness(mask.pixels.astype(np.float32), truth), roughness(alpha, truth)))
        if sheets:
            shown = (rgba[..., :3] * alpha[..., None] + np.array((255, 0, 255)) * (1 - alpha[..., None])).astype(
                np.uint8
            )
            Image.fromarray(np.hstack([picture, shown])).save(sheets / f"rim-{number:03}-{rims[-1].matte:.1f}.png")
    found = {
        "rims": len(rims),
        "mask": float(np.mean([rim.mask for rim in rims])),
        "matte": float(np.mean([rim.matte for rim in rims])),
        "worst quarter": mask_families.worst_quarter([-rim.matte for rim in rims]) * -1,
        "frayed": float(np.mean([rim.matte > FRAYED for rim in rims])),
    }
    print("  ".join(f"{name} {value:.2f}" for name, value in found.items()))
    return found


def roughness(alpha: Matte, truth: Matte) -> float:
    """RMS of how far alpha's contour strays from the truth's in short waves, in thousandths of the product's size."""
    size = size_of(truth > 0.5)
    away = _signed(truth)
    strays = []
    for line in _contours(alpha, 4 * size):
        distance = map_coordinates(away, line.T[::-1], order=1, mode="nearest")
        short = distance - gaussian_filter1d(distance, WAVE * size * UP / 2, mode="wrap")
        strays.append(short[np.abs(distance) < NEAR * size])
    return float(1000 * np.sqrt(np.mean(np.concatenate(strays) ** 2)) / size) if strays else float("nan")


def _smooth(folder: Path) -> Iterator[tuple[Pixels, Matte]]:
    for path in sorted(folder.glob("shard-*.npz")):
        with np.load(path) as stored:
            for picture, mask in zip(stored["pictures"], stored["masks"], strict=True):
                truth = mask.astype(np.float32) / 255
                if _own_roughness(truth) < SMOOTH and _busyness(picture, truth > 0.5) > BUSY:
                    yield picture, truth


def _own_roughness(truth: Matte) -> float:
    """Of a contour against itself without its shorter waves."""
    blurred = cv2.GaussianBlur(truth, (0, 0), max(1.0, 0.5 * WAVE * size_of(truth > 0.5)))
    return roughness(truth, blurred)


def _busyness(picture: Pixels, mask: BoolMask) -> float:
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = grey - cv2.GaussianBlur(grey, (0, 0), 4)
    ring = cv2.dilate(mask.astype(np.uint8), np.ones((25, 25), np.uint8)) > 0
    return float(fine[ring & ~mask].std())


def _contours(alpha: Matte, least: float) -> Iterator[NDArray[np.float64]]:
    """Closed lines of points (x, y) where alpha is a half, in the picture's pixels, the longer ones."""
    large = cv2.resize(alpha, None, fx=UP, fy=UP, interpolation=cv2.INTER_LINEAR)
    lines, _ = cv2.findContours((large > 0.5).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    for line in lines:
        if len(line) > least:
            yield (line[:, 0].astype(np.float64) + 0.5) / UP - 0.5


def _signed(truth: Matte) -> Matte:
    """Distance from the truth's contour in pixels, positive outside, HxW."""
    large = (cv2.resize(truth, None, fx=UP, fy=UP, interpolation=cv2.INTER_LINEAR) > 0.5).astype(np.uint8)
    away = cv2.distanceTransform(1 - large, cv2.DIST_L2, 5) - cv2.distanceTransform(large, cv2.DIST_L2, 5)
    return cv2.resize(away, truth.shape[::-1], interpolation=cv2.INTER_AREA) / UP
