"""Products drawn at four times their size, so that their mattes and colours are known exactly. See masks.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.types import Matte, Pixels

Shape = NDArray[np.uint8]  # at four times the size, 255 where the product is

side, finer = 480, 4


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """A photo that was mixed in linear light from a product, a matte and a ground."""

    name: str
    photo: Pixels
    colours: Pixels  # the product's own, everywhere
    alpha: Matte


def edges() -> list[Drawn]:
    """What is hard, out of focus, furry, hairy, lacy, and fades like glass, each before two grounds."""
    shapes = {"box": box(), "fur": fur(), "hair": hair(), "lace": lace()}
    mattes = {name: reduced(shape) for name, shape in shapes.items()}
    mattes["out of focus"] = np.asarray(cv2.GaussianBlur(reduced(disc()), (0, 0), 3.5), dtype=np.float32)
    mattes["glass"] = glass()
    return [
        mixed(f"{name}, {ground}", matte, seed)
        for name, matte in mattes.items()
        for seed, ground in ((1, "plain"), (2, "busy"))
    ]


def opened() -> dict[str, tuple[Drawn, list[NDArray[np.bool_]]]]:
    """A mug, a ring, a basket and glasses, each with its openings."""
    makers: dict[str, Callable[[], Shape]] = {"mug": mug, "ring": ring, "basket": basket, "glasses": glasses}
    return {name: _with_openings(mixed(name, reduced(make()), 1)) for name, make in makers.items()}


def mixed(name: str, alpha: Matte, seed: int) -> Drawn:
    """The product in its own colours before a ground: an even one, or with seed 2 one full of detail."""
    rng = np.random.default_rng(seed)
    product = _cloud(rng, (150, 60, 40), 26, 30)
    ground = _cloud(rng, (120, 150, 130), 14, 60) if seed == 1 else _cloud(rng, (110, 120, 90), 45, 6)
    light = alpha[..., None] * to_linear(product) + (1 - alpha[..., None]) * to_linear(ground)
    noisy = to_srgb(light) + rng.normal(0, 0.006, light.shape).astype(np.float32)
    return Drawn(name=name, photo=to_bytes(np.clip(noisy, 0, 1)), colours=product, alpha=alpha)


def reduced(shape: Shape) -> Matte:
    """The matte of a shape that was drawn larger."""
    return (cv2.resize(shape, (side, side), interpolation=cv2.INTER_AREA) / np.float32(255)).astype(np.float32)


def box() -> Shape:
    corners = np.array([(110, 150), (350, 120), (380, 350), (140, 390)]) * finer
    return cv2.fillPoly(_canvas(), [corners.astype(np.int32)], 255)


def disc() -> Shape:
    return _circle(_canvas(), (240, 240), 130)


def fur() -> Shape:
    shape, rng = _circle(_canvas(), (240, 240), 120), np.random.default_rng(5)
    for angle in rng.uniform(0, 2 * np.pi, 2600):
        _strand(shape, rng, angle, (240, 240), rng.uniform(100, 118), rng.uniform(12, 26), thickness=2)
    return shape


def hair() -> Shape:
    shape, rng = _circle(_canvas(), (240, 270), 95), np.random.default_rng(6)
    for angle in rng.uniform(-np.pi * 0.95, -np.pi * 0.05, 260):
        _strand(shape, rng, angle, (240, 270), 90, rng.uniform(30, 90), thickness=3)
    return shape


def lace() -> Shape:
    shape = disc()
    for reach, count, radius in ((112, 40, 6.0), (92, 30, 7.0), (70, 24, 6.5), (48, 14, 7.0), (24, 8, 6.0)):
        for angle in np.arange(count) * 2 * np.pi / count:
            _circle(shape, (240 + reach * np.cos(angle), 240 + reach * np.sin(angle)), radius, 0)
    return shape


def glass() -> Matte:
    """A tumbler whose wall fades towards its outline, as refraction shows the ground there."""
    outline = _canvas()
    corners = np.array([(150, 110), (330, 110), (310, 380), (170, 380)]) * finer
    cv2.fillPoly(outline, [corners.astype(np.int32)], 255)
    whole = reduced(outline)
    depth = cv2.distanceTransform((whole > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(whole * (0.35 + 0.65 * np.clip(depth / 7, 0, 1)), dtype=np.float32)


def mug() -> Shape:
    shape = _canvas()
    cv2.ellipse(shape, _at(310, 240), _at(75, 80), 0, 0, 360, 255, -1)
    cv2.ellipse(shape, _at(310, 240), _at(48, 52), 0, 0, 360, 0, -1)
    return cv2.rectangle(shape, _at(130, 130), _at(300, 360), 255, -1)


def ring() -> Shape:
    return _circle(_circle(_canvas(), (240, 240), 110), (240, 240), 88, 0)


def basket() -> Shape:
    shape = cv2.rectangle(_canvas(), _at(100, 190), _at(380, 390), 255, -1)
    cv2.ellipse(shape, _at(240, 195), _at(120, 120), 0, 180, 360, 255, 14 * finer)
    for row in range(5):
        for column in range(9):
            corner = 112 + column * 29, 205 + row * 36
            cv2.rectangle(shape, _at(*corner), _at(corner[0] + 16, corner[1] + 21), 0, -1)
    return shape


def glasses() -> Shape:
    shape = _canvas()
    for x in (150, 330):
        cv2.ellipse(shape, _at(x, 240), _at(72, 56), 0, 0, 360, 255, 11 * finer)
    cv2.line(shape, _at(220, 230), _at(260, 230), 255, 10 * finer)
    cv2.line(shape, _at(78, 230), _at(50, 205), 255, 10 * finer)
    cv2.line(shape, _at(402, 230), _at(430, 205), 255, 10 * finer)
    return shape


def _with_openings(drawn: Drawn) -> tuple[Drawn, list[NDArray[np.bool_]]]:
    solid = drawn.alpha > 0.5
    count, labels = cv2.connectedComponents((~solid).astype(np.uint8), connectivity=4)
    return drawn, [labels == number for number in range(1, count) if labels[0, 0] != number]


def _canvas() -> Shape:
    return np.zeros((side * finer, side * finer), np.uint8)


def _at(x: float, y: float) -> tuple[int, int]:
    return round(x * finer), round(y * finer)


def _circle(shape: Shape, centre: tuple[float, float], radius: float, value: int = 255) -> Shape:
    cv2.circle(shape, _at(*centre), round(radius * finer), value, -1)
    return shape


def _strand(
    shape: Shape, rng: np.random.Generator, angle: float, root: tuple[float, float], start: float, length: float,
    thickness: int,
) -> None:  # fmt: skip
    """A hair that bends as it grows out of a head around `root`."""
    along = start + length * np.linspace(0, 1, 8)
    turned = angle + rng.normal(0, 0.10) * np.linspace(0, 1, 8) ** 2
    points = np.stack([root[0] + along * np.cos(turned), root[1] + along * np.sin(turned)], axis=1) * finer
    cv2.polylines(shape, [points.astype(np.int32)], isClosed=False, color=255, thickness=thickness)


def _cloud(rng: np.random.Generator, colour: tuple[int, ...], strength: float, grain: float) -> Pixels:
    """A colour that varies softly: `strength` in 8-bit steps, `grain` pixels from light to dark."""
    noise = rng.normal(0, 1, (side, side, 3)).astype(np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), grain)
    return np.clip(np.array(colour) + strength * soft / soft.std(), 0, 255).astype(np.uint8)
