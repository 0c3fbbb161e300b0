"""Photos of products as tests draw them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image


def draw_can_and_bowl(folder: Path) -> dict[str, Path]:
    """A blue can and a wide red bowl, darker at the top, already cut out."""
    shapes = {"can": ((40, 90, 200), (90, 40, 70, 120)), "bowl": ((200, 60, 40), (50, 110, 150, 70))}
    for name, (colour, (left, top, width, height)) in shapes.items():
        pixels = np.zeros((240, 240, 4), np.uint8)
        pixels[top : top + height, left : left + width] = (*colour, 255)
        pixels[top : top + height // 3, left : left + width, :3] //= 2
        Image.fromarray(pixels).save(folder / f"{name}.png")
    return {name: folder / f"{name}.png" for name in shapes}


def draw_photo(path: Path, *, size: tuple[int, int] = (480, 640), seed: int = 0) -> Path:
    """Draw a product photo that GrabCut can solve."""
    import cv2

    width, height = size
    rng = np.random.default_rng(seed)
    rows = np.linspace(205, 175, height)[:, None, None]
    pixels = np.broadcast_to(rows, (height, width, 3)).copy() + rng.normal(0, 2, (height, width, 3))
    pixels = np.clip(pixels, 0, 255).astype(np.uint8)
    x0, x1 = int(width * 0.36), int(width * 0.64)
    cv2.rectangle(pixels, (x0, int(height * 0.35)), (x1, int(height * 0.85)), (176, 32, 40), -1, cv2.LINE_AA)
    cv2.rectangle(
        pixels, (int(width * 0.45), int(height * 0.18)), (int(width * 0.55), int(height * 0.36)), (150, 24, 34), -1
    )
    cv2.rectangle(pixels, (x0, int(height * 0.5)), (x1, int(height * 0.7)), (240, 232, 210), -1, cv2.LINE_AA)
    cv2.putText(
        pixels, "RUBY", (x0 + 8, int(height * 0.62)), cv2.FONT_HERSHEY_DUPLEX, width / 300, (40, 30, 90), 2, cv2.LINE_AA
    )
    Image.fromarray(pixels).save(path)
    return path


def draw_can(path: Path) -> Path:
    """Draw a blue can, already cut out."""
    pixels = np.zeros((240, 240, 4), np.uint8)
    pixels[40:200, 90:160] = (40, 90, 200, 255)
    Image.fromarray(pixels).save(path)
    return path
