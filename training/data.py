"""Training samples: renders as they are, and cut-outs pasted over other places, with what a camera does to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ecomgen.masking.network.inference import draw_box
from ecomgen.types import Box
from training.scenes.surfaces import Bank

Picture = NDArray[Any]  # uint8 HxWx3, or HxW
Soft = NDArray[np.floating[Any]]  # HxW in [0, 1]

CLICK_RADIUS = 0.025  # of the longer side
HELD_OUT = 20  # of so many shards one is kept for validation


@dataclass(frozen=True, kw_only=True)
class Chances:
    """How often each thing is done to a sample."""

    paste: float = 0.4
    crop: float = 0.5
    box: float = 0.4
    clicks: float = 0.2
    two_toned: float = 0.3  # a part of the product in another colour, which is not what it stands on
    rival: float = 0.4  # another product beside it, where a box or clicks tell which is meant


def shards(folder: Path, *, validation: bool) -> list[Path]:
    """The shards for training, or those held out."""
    found = sorted(folder.glob("shard-*.npz"))
    return [path for path in found if (int(path.stem[-4:]) % HELD_OUT == 0) == validation]


class Renders:
    """Pictures and masks of the shards of a folder, and its plates; `refresh` adds those that came since."""

    def __init__(self, folder: Path, *, validation: bool = False) -> None:
        self.folder, self.validation = folder, validation
        self.pictures: list[Picture] = []
        self.masks: list[Picture] = []
        self.plates: list[Picture] = []  # the studio's sets, where there are any
        self._known: set[str] = set()
        self.refresh()

    def refresh(self) -> None:
        for path in shards(self.folder, validation=self.validation):
            if path.name not in self._known:
                self._known.add(path.name)
                with np.load(path) as stored:
                    self.pictures.extend(stored["pictures"])
                    self.masks.extend(stored["masks"])
        for path in sorted(self.folder.glob("plates-*.npz")):
            if path.name not in self._known:
                self._known.add(path.name)
                with np.load(path) as stored:
                    self.plates.extend(stored["plates"])


class Sampler:
    """Draws augmented samples from renders."""

    def __init__(self, renders: Renders, bank: Bank, seed: int, chances: Chances | None = None) -> None:
        self.renders, self.bank, self.chances = renders, bank, chances or Chances()
        self.rng = np.random.default_rng(seed)

    def batch(self, count: int, size: int) -> tuple[Soft, Soft]:
        """Inputs Nx5xSxS and targets Nx1xSxS in [0, 1]."""
        drawn = [self.sample(size) for _ in range(count)]
        return np.stack([one for one, _ in drawn]), np.stack([mask for _, mask in drawn])

    def sample(self, size: int) -> tuple[Soft, Soft]:
        """One input 5xSxS and its target 1xSxS."""
        rng, chances = self.rng, self.chances
        helped = "box" if rng.random() < chances.box else "clicks" if rng.random() < chances.clicks else ""
        picture, mask = self.composed(rival=bool(helped) and rng.random() < chances.rival)
        picture, mask = self._framed(picture, mask, size)
        picture = degraded(picture, rng)
        box, clicks = self._help(helped, mask)
        planes = picture.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1
        return np.concatenate([planes, box[None], clicks[None]]), mask[None]

    def _any(self) -> tuple[Picture, Picture]:
        number = int(self.rng.integers(len(self.renders.pictures)))
        return self.renders.pictures[number], self.renders.masks[number]

    def composed(self, *, rival: bool) -> tuple[Picture, Soft]:
        """A render as it is, or changed: in two tones, over another place, with another product beside it."""
        picture, mask = self._any()
        soft = mask.astype(np.float32) / 255
        if self.rng.random() < self.chances.two_toned:
            picture = two_toned(picture, soft, self.rng)
        if self.rng.random() < self.chances.paste:
            picture, soft = self._pasted(picture, soft, self.plate(picture.shape[0]))
        if rival:
            picture, soft = self._with_rival(picture, soft)
        return picture, soft

    def plate(self, side: int) -> Picture:
        """A piece of another render without its product, a set, a place out of focus, or a plain ground."""
        rng = self.rng
        if self.renders.plates and rng.random() < 0.5:
            return self._set(side)
        kind = rng.choice(3, p=(0.6, 0.2, 0.2))
        if kind == 0:
            for _ in range(6):
                other, mask = self._any()
                part = int(rng.uniform(0.35, 1.0) * len(mask))
                top, left = rng.integers(0, len(mask) - part + 1, 2)
                window = slice(top, top + part), slice(left, left + part)
                if float((mask[window] > 60).mean()) < 0.01:
                    return cv2.resize(other[window], (side, side), interpolation=cv2.INTER_LINEAR)
        if kind == 1:
            place = self.bank.places[int(rng.integers(len(self.bank.places)))]
            left = int(rng.integers(0, place.shape[1] - place.shape[0] + 1))
            return cv2.resize(place[:, left : left + place.shape[0]], (side, side))
        tone = (
            rng.uniform(0, 255, 3)
            if rng.random() < 0.3
            else np.full(3, rng.choice([rng.uniform(225, 255), rng.uniform(0, 255)]))
        )
        shade = np.linspace(rng.uniform(0.85, 1.1), rng.uniform(0.75, 1.1), side)[:, None, None]
        return (np.broadcast_to(tone, (side, side, 3)) * shade).clip(0, 255).astype(np.uint8)

    def _set(self, side: int) -> Picture:
        """A window of one of the studio's sets, often out of focus."""
        rng, plate = self.rng, self.renders.plates[int(self.rng.integers(len(self.renders.plates)))]
        part = int(rng.uniform(0.5, 1.0) * len(plate))
        top, left = rng.integers(0, len(plate) - part + 1, 2)
        window = cv2.resize(plate[top : top + part, left : left + part], (side, side), interpolation=cv2.INTER_LINEAR)
        blur = float(rng.choice([0.0, rng.uniform(0.5, 5)]))
        return cv2.GaussianBlur(window, (0, 0), blur) if blur else window

    def _pasted(self, picture: Picture, soft: Soft, plate: Picture) -> tuple[Picture, Soft]:
        """The product over a plate, sometimes moved, turned and with a soft shadow."""
        rng, side = self.rng, len(soft)
        colours = decontaminated(picture, soft)
        move = _affine(side, rng.normal(0, 8), rng.uniform(0.6, 1.25), rng.uniform(-0.15, 0.15, 2) * side)
        colours = cv2.warpAffine(colours, move, (side, side), borderMode=cv2.BORDER_REPLICATE)
        soft = np.asarray(cv2.warpAffine(soft, move, (side, side)), dtype=np.float32)
        ground = plate.astype(np.float32)
        if rng.random() < 0.6:
            shift = np.array([[1, 0, rng.normal(0, 8)], [0, 1, rng.uniform(0, 10)]])
            shadow = cv2.GaussianBlur(cv2.warpAffine(soft, shift, (side, side)), (0, 0), float(rng.uniform(2, 10)))
            ground = ground * (1 - rng.uniform(0.1, 0.7) * shadow[..., None])
        mixed = ground * (1 - soft[..., None]) + colours * soft[..., None]
        return mixed.clip(0, 255).astype(np.uint8), soft

    def _with_rival(self, picture: Picture, soft: Soft) -> tuple[Picture, Soft]:
        """Another product, as large, mostly behind or beside this one."""
        other, mask = self._any()
        rival, side = mask.astype(np.float32) / 255, len(soft)
        move = _affine(side, self.rng.normal(0, 10), self.rng.uniform(0.5, 1.1), self.rng.uniform(-0.5, 0.5, 2) * side)
        colours = cv2.warpAffine(decontaminated(other, rival), move, (side, side), borderMode=cv2.BORDER_REPLICATE)
        rival = cv2.warpAffine(rival, move, (side, side))
        rival = rival * (1 - soft) if self.rng.random() < 0.8 else rival
        kept = soft * (1 - rival)
        if kept.sum() < 0.6 * soft.sum():
            return picture, soft
        mixed = picture * (1 - rival[..., None]) + colours * rival[..., None]
        return mixed.clip(0, 255).astype(np.uint8), kept

    def _framed(self, picture: Picture, soft: Soft, size: int) -> tuple[Picture, Soft]:
        """A window of the picture: nearly all of it, or closely around the product; turned, flipped and stretched."""
        rng, side = self.rng, len(soft)
        box = around(soft)
        if rng.random() < self.chances.crop and box is not None:
            margin = rng.uniform(0.05, 0.6, 4) * max(box.width, box.height)
            x0, y0, x1, y1 = box.x0 - margin[0], box.y0 - margin[1], box.x1 + margin[2], box.y1 + margin[3]
        else:
            cut = rng.uniform(0, 0.16, 4) * side * (rng.random() < 0.7)
            x0, y0, x1, y1 = cut[0], cut[1], side - cut[2], side - cut[3]
        x0, y0, x1, y1 = max(x0, 0.0), max(y0, 0.0), min(x1, side), min(y1, side)
        flip = rng.random() < 0.5
        corners = np.array([[x0, y0], [x1, y0], [x0, y1]], np.float32)
        mirrored, plain = [[1, 0], [0, 0], [1, 1]], [[0, 0], [1, 0], [0, 1]]
        goal = np.array(mirrored if flip else plain, np.float32) * np.float32(size)
        turn = _affine(size, rng.normal(0, 6) if rng.random() < 0.5 else 0.0, 1.0, np.zeros(2))
        whole = turn @ np.vstack([cv2.getAffineTransform(corners, goal), [0, 0, 1]])
        small = (x1 - x0) > 1.3 * size
        flags = cv2.INTER_AREA if small else cv2.INTER_LINEAR
        if small:
            picture = cv2.GaussianBlur(picture, (0, 0), 0.35 * (x1 - x0) / size)
        framed = cv2.warpAffine(picture, whole, (size, size), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return framed, cv2.warpAffine(soft, whole, (size, size), flags=flags).clip(0, 1)

    def _help(self, helped: str, mask: Soft) -> tuple[Soft, Soft]:
        size = len(mask)
        nothing = np.zeros((size, size), np.float32)
        box = around(mask)
        if not helped or box is None:
            return nothing, nothing
        if helped == "box":
            return draw_box(_shaken(box, size, self.rng), (size, size)), nothing
        inside, outside = mask > 0.8, mask < 0.05
        good = _points(inside, int(self.rng.integers(1, 4)), self.rng)
        bad = _points(outside, int(self.rng.integers(0, 4)), self.rng)
        return nothing, draw_clicks(good, bad, (size, size))


def draw_clicks(
    good: Sequence[tuple[float, float]], bad: Sequence[tuple[float, float]], shape: tuple[int, int]
) -> Soft:
    """Small discs: 1 around clicks on the product, -1 around clicks beside it."""
    plane = np.zeros(shape, np.float32)
    rows, columns = np.indices(shape)
    for points, value in ((good, 1.0), (bad, -1.0)):
        for x, y in points:
            plane[np.hypot(columns - x, rows - y) <= CLICK_RADIUS * max(shape)] = value
    return plane


def decontaminated(picture: Picture, soft: Soft) -> Soft:
    """Colours whose soft edge is free of the old ground: inside, the photo's; at the edge, those from just inside."""
    core = (soft > 0.97).astype(np.float32)
    weight = cv2.GaussianBlur(core, (0, 0), 2.0)[..., None]
    spread = cv2.GaussianBlur(picture.astype(np.float32) * core[..., None], (0, 0), 2.0) / np.maximum(weight, 1e-3)
    return np.where((core[..., None] > 0) | (weight < 1e-2), picture, spread).astype(np.float32)


def two_toned(picture: Picture, soft: Soft, rng: Generator) -> Picture:
    """The product with its foot, head, limbs, a band or a label in another colour, shaded as it was."""
    box = around(soft)
    if box is None:
        return picture
    there = _somewhere(soft, box, rng)
    colours = picture.astype(np.float32)
    if rng.random() < 0.2:
        return _mixed(colours, _mirrored(picture, box, rng), there)
    grey = colours.mean(2) + 4
    shade = np.clip(grey / max(float(np.average(grey, weights=there + 1e-6)), 1.0), 0.2, 3)[..., None]
    return _mixed(colours, _tone(colours, soft, rng) * shade, there * float(rng.uniform(0.8, 1.0)))


def _mixed(colours: Soft, others: Soft, share: Soft) -> Picture:
    return (colours * (1 - share[..., None]) + others * share[..., None]).clip(0, 255).astype(np.uint8)


def _somewhere(soft: Soft, box: Box, rng: Generator) -> Soft:
    """How much of each pixel belongs to a part of the product."""
    kind = str(rng.choice(["foot", "head", "band", "limbs", "label"]))
    if kind == "label":
        return _label(soft, box, rng)
    if kind == "limbs":
        limbs = _thin(soft, float(rng.uniform(0.08, 0.2)) * float(soft.sum()) ** 0.5)
        if limbs.sum() > 0.02 * soft.sum():
            return limbs
    rows, columns = np.mgrid[: len(soft), : len(soft)].astype(np.float32)
    lean = float(rng.normal(0, 0.15)) * (columns - (box.x0 + box.x1) / 2)
    height = (rows - box.y0 + lean) / max(box.height, 1)  # 0 at the top, 1 at the foot
    begin, end = {"foot": (0.35, 2.0), "head": (-1.0, 0.6)}.get(kind, (0.3, 0.7))
    begin, end = begin + float(rng.uniform(0, 0.3)), end - float(rng.uniform(0, 0.2))
    if kind == "foot" and rng.random() < 0.4:
        begin = float(rng.uniform(0.75, 0.95))
    return np.clip((height - begin) * box.height + 0.5, 0, 1) * np.clip((end - height) * box.height + 0.5, 0, 1) * soft


def _label(soft: Soft, box: Box, rng: Generator) -> Soft:
    """A sticker: a rectangle or a disc, a little turned, anywhere on the product."""
    rows, columns = np.nonzero(soft > 0.8)
    if not len(rows):
        return soft
    at = int(rng.integers(len(rows)))
    half = rng.uniform(0.05, 0.25, 2) * np.array((box.width, box.height)) + 1
    patch = np.zeros(soft.shape, np.float32)
    if rng.random() < 0.6:
        corners = cv2.boxPoints(((float(columns[at]), float(rows[at])), tuple(2 * half), float(rng.normal(0, 12))))
        cv2.fillConvexPoly(patch, corners.astype(np.int32), 1.0, cv2.LINE_AA)
    else:
        centre, axes = (int(columns[at]), int(rows[at])), (int(half[0]), int(half[1]))
        cv2.ellipse(patch, centre, axes, float(rng.uniform(0, 90)), 0, 360, 1.0, -1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(patch, (0, 0), 0.5) * soft, dtype=np.float32)


def _thin(soft: Soft, radius: float) -> Soft:
    """Hands, feet, ears, handles: what a disc of this radius does not reach."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * round(radius) + 1,) * 2)
    thin = soft - cv2.dilate(cv2.erode(soft, disc), disc)
    return np.minimum(cv2.GaussianBlur(np.clip(1.5 * thin, 0, 1), (0, 0), 0.7), soft)


def _tone(colours: Soft, soft: Soft, rng: Generator) -> Soft:
    """Any colour, a dark or pale grey, or nearly that of the ground."""
    kind = rng.choice(3, p=(0.5, 0.25, 0.25))
    if kind == 0:
        return rng.uniform(8, 240, 3)
    if kind == 1:
        return np.full(3, float(rng.choice([12, 40, 220])))
    near = cv2.dilate(soft, np.ones((15, 15), np.uint8)) > 0.5
    ground = colours[near & (soft < 0.05)]
    return np.clip((ground.mean(0) if len(ground) else 128.0) + rng.normal(0, 14, 3), 4, 250)


def _mirrored(picture: Picture, box: Box, rng: Generator) -> Soft:
    """Polished metal: what lies below and beside it, upside down, drawn out into upright streaks."""
    side = len(picture)
    turned = np.roll(picture[::-1], 2 * box.y1 - side, axis=0).astype(np.float32)
    drawn = cv2.GaussianBlur(turned, (0, 0), 0.6, sigmaY=float(rng.uniform(2, 8)))
    across = cv2.GaussianBlur(rng.normal(0, 1, (1, side)).astype(np.float32), (0, 0), float(rng.uniform(1, 6)))
    streaks = np.exp(float(rng.uniform(0.1, 0.6)) * across / max(float(across.std()), 1e-6))
    return drawn * streaks[..., None] * float(rng.uniform(0.7, 1.2)) + float(rng.uniform(0, 25))


def around(soft: Soft) -> Box | None:
    """The box of what is more than half there."""
    rows, columns = np.flatnonzero((soft > 0.5).any(1)), np.flatnonzero((soft > 0.5).any(0))
    if not len(rows):
        return None
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def degraded(picture: Picture, rng: Generator) -> Picture:
    """Light, colour, lens, focus, noise, sharpening and compression of any camera."""
    light = _blurred(_exposed(picture.astype(np.float32) / 255, rng), rng)
    grain = float(rng.choice([0.005, 0.02, 0.05], p=(0.5, 0.35, 0.15)))
    light += rng.standard_normal(light.shape, dtype=np.float32) * np.float32(grain)
    if rng.random() < 0.3:
        soft = cv2.GaussianBlur(light, (0, 0), float(rng.uniform(0.6, 1.8)))
        light = cv2.addWeighted(light, 1 + (amount := float(rng.uniform(0.3, 2.0))), soft, -amount, 0)
    bytes_ = (light.clip(0, 1) * 255).astype(np.uint8)
    return _compressed(bytes_, rng) if rng.random() < 0.35 else bytes_


def _exposed(light: Soft, rng: Generator) -> Soft:
    """Brightness, contrast, white balance, saturation, channels in another order, darker corners."""
    light = np.clip(light, 1e-4, 1) ** np.float32(np.exp(rng.normal(0, 0.25)))
    light = (light - 0.5) * np.float32(np.exp(rng.normal(0, 0.15))) + np.float32(0.5 + rng.normal(0, 0.05))
    cast = float(rng.choice([0.06, 0.18], p=(0.75, 0.25)))
    light *= np.exp(rng.normal(0, cast, 3)).astype(np.float32)
    grey = light.mean(2, keepdims=True)
    share = float(rng.choice([0.0, np.exp(rng.normal(-0.12, 0.3))], p=(0.04, 0.96)))
    light = grey + (light - grey) * np.float32(share)
    if rng.random() < 0.25:
        light = light[..., rng.permutation(3)]
    if rng.random() < 0.2:
        away = np.linspace(-1, 1, len(light), dtype=np.float32) ** 2
        light *= (1 - np.float32(rng.uniform(0.1, 0.4)) * (away[:, None] + away))[..., None]
    return np.ascontiguousarray(light)


def _blurred(light: Soft, rng: Generator) -> Soft:
    """Mostly as it is; else soft, moved along a line, or out of focus."""
    kind = int(rng.choice(4, p=(0.65, 0.2, 0.08, 0.07)))
    if kind == 0:
        return light
    if kind == 1:
        return np.asarray(cv2.GaussianBlur(light, (0, 0), float(rng.uniform(0.3, 1.4))), dtype=np.float32)
    side = 2 * int(rng.integers(1, 5 if kind == 2 else 4)) + 1
    kernel = np.zeros((side, side), np.float32)
    middle = side // 2
    if kind == 2:
        angle = rng.uniform(0, np.pi)
        x, y = round(middle * float(np.cos(angle))), round(middle * float(np.sin(angle)))
        cv2.line(kernel, (middle - x, middle - y), (middle + x, middle + y), 1.0)
    else:
        cv2.circle(kernel, (middle, middle), middle, 1.0, -1)
    return np.asarray(cv2.filter2D(light, -1, kernel / kernel.sum()), dtype=np.float32)


def _compressed(picture: Picture, rng: Generator) -> Picture:
    """As JPEG, its colours at half or a quarter of the resolution, or in full."""
    sampling = (cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_411)
    chosen = (*sampling, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444)[int(rng.choice(3, p=(0.6, 0.15, 0.25)))]
    settings = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 95)), cv2.IMWRITE_JPEG_SAMPLING_FACTOR, chosen]
    _, packed = cv2.imencode(".jpg", picture, settings)
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)


def _affine(side: int, degrees: float, scale: float, shift: NDArray) -> NDArray[np.float64]:
    matrix = np.asarray(cv2.getRotationMatrix2D((side / 2, side / 2), float(degrees), float(scale)), np.float64)
    matrix[:, 2] += shift
    return matrix


def _shaken(box: Box, size: int, rng: Generator) -> Box:
    """As people and programs draw boxes: a few hundredths off, sometimes more."""
    spread = float(rng.choice([0.01, 0.04, 0.1], p=(0.4, 0.4, 0.2)))
    x, y = rng.normal(0, spread, 2) * box.width, rng.normal(0, spread, 2) * box.height
    x0, y0 = np.clip((box.x0 + x[0], box.y0 + y[0]), 0, size - 2).round()
    x1, y1 = np.clip((box.x1 + x[1], box.y1 + y[1]), (x0 + 1, y0 + 1), size).round()
    return Box(int(x0), int(y0), int(x1), int(y1))


def _points(where: NDArray[np.bool_], count: int, rng: Generator) -> list[tuple[float, float]]:
    rows, columns = np.nonzero(where)
    if not len(rows):
        return []
    chosen = rng.integers(0, len(rows), count)
    return [(float(columns[number]), float(rows[number])) for number in chosen]
