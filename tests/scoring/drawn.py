"""A labelled bottle, a mug and a box drawn for these tests: known truth, known alpha, no files."""

from __future__ import annotations

import cv2
import numpy as np

from ecomgen.scoring import Subject
from ecomgen.types import Box, Canvas, Cutout, Placement

SIDE = 512


def _canvas() -> np.ndarray:
    return np.zeros((SIDE, SIDE, 4), np.uint8)


def _shaded(rgba: np.ndarray) -> np.ndarray:
    """A cylinder's shading from left to right, and a matte of soft edges."""
    x, _, width, _ = cv2.boundingRect(rgba[..., 3])
    turn = np.clip((np.arange(SIDE) - x) / max(width, 1), 0, 1)
    light = 0.75 + 0.35 * np.sin(np.pi * turn) ** 0.7 * np.cos(0.6 * (turn - 0.35))
    rgba[..., :3] = np.clip(rgba[..., :3] * light[None, :, None], 0, 255)
    spread = cv2.dilate(rgba[..., :3], np.ones((9, 9), np.uint8))
    rgba[..., :3] = np.where(rgba[..., 3:] > 0, rgba[..., :3], spread)
    rgba[..., 3] = cv2.GaussianBlur(rgba[..., 3], (0, 0), 0.8)
    return rgba


def _text(
    rgba: np.ndarray, words: list[str], at: tuple[int, int], step: int, scale: float, colour: tuple[int, int, int]
) -> None:
    """Lines of lettering; the alpha stays as it is."""
    rgb = np.ascontiguousarray(rgba[..., :3])
    for row, word in enumerate(words):
        place = (at[0], at[1] + row * step)
        cv2.putText(rgb, word, place, cv2.FONT_HERSHEY_DUPLEX, scale, colour, 1, cv2.LINE_AA)
    rgba[..., :3] = rgb


def bottle() -> np.ndarray:
    rgba = _canvas()
    cv2.rectangle(rgba, (225, 60), (285, 140), (30, 30, 34, 255), -1)
    cv2.ellipse(rgba, (255, 190), (85, 70), 0, 0, 360, (30, 110, 70, 255), -1)
    cv2.rectangle(rgba, (170, 190), (340, 460), (30, 110, 70, 255), -1)
    cv2.rectangle(rgba, (170, 240), (340, 410), (238, 226, 196, 255), -1)
    cv2.circle(rgba, (255, 285), 28, (190, 40, 40, 255), -1)
    cv2.line(rgba, (180, 325), (330, 325), (190, 40, 40, 255), 3)
    _text(rgba, ["OLIVIA", "extra virgin", "cold pressed"], (186, 350), 24, 0.62, (25, 30, 60))
    return _shaded(rgba)


def mug() -> np.ndarray:
    rgba = _canvas()
    cv2.ellipse(rgba, (355, 290), (60, 75), 0, 0, 360, (60, 90, 170, 255), 22)
    cv2.rectangle(rgba, (150, 180), (350, 420), (60, 90, 170, 255), -1)
    _text(rgba, ["HELLO", "world"], (180, 300), 50, 1.3, (250, 240, 120))
    return _shaded(rgba)


def box() -> np.ndarray:
    rgba = _canvas()
    cv2.rectangle(rgba, (130, 130), (390, 430), (225, 150, 50, 255), -1)
    cv2.rectangle(rgba, (150, 150), (370, 230), (250, 250, 245, 255), -1)
    for index in range(5):
        cv2.circle(rgba, (170 + 45 * index, 330), 18, (110, 40 + 30 * index, 120, 255), -1)
    _text(rgba, ["TEA TIME", "20 bags"], (165, 185), 34, 0.9, (25, 30, 60))
    return _shaded(rgba)


PRODUCTS = {"bottle": bottle, "mug": mug, "box": box}


def box_of(rgba: np.ndarray) -> Box:
    x, y, width, height = cv2.boundingRect((rgba[..., 3] > 8).astype(np.uint8))
    return Box(x, y, x + width, y + height)


def placed(rgba: np.ndarray) -> Placement:
    where = box_of(rgba)
    canvas = Canvas(width=rgba.shape[1], height=rgba.shape[0])
    return Placement(canvas=canvas, product=rgba, box=where, scale=1.0, contact_y=where.y1 - 1)


def subject(*products: np.ndarray, prompt: str = "") -> Subject:
    return Subject(cutouts=tuple(Cutout(rgba=rgba, box=box_of(rgba)) for rgba in products), prompt=prompt)
