"""What may happen to a product in a picture without harm, and what may not, in two dimensions, for training.

All geometry of a sample is one map, and every sample goes through one: a picture that is only turned a little is as
soft as one that is warped, so that the network cannot tell by the resampling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ecomgen.scoring.identity.network import FILLED, GRID, SIDE

Pixels = NDArray[Any]  # uint8 HxWx4, or HxWx3
Floats = NDArray[np.float32]

KINDS = ("warp", "melt", "hue", "label", "blur", "missing", "added", "proportions")
OFTEN = (0.28, 0.14, 0.28, 0.13, 0.05, 0.06, 0.06, 0.0)  # every product is stretched besides (`pairs.py`)
FORM, PARTS = ("warp", "melt"), ("label", "blur", "missing", "added")
VISIBLE = 5.0  # mean ΔE (CIE 1976) over the product from which a turned hue or another label counts
FAINT = 2.5  # up to which it does not; between, it is not asked
UNIT = 0.05  # of the side: displacement that the network calls 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Damaged:
    """A picture SxSx4, the map that is still to be applied (SxSx2 of displacements, pixels), and what is wrong."""

    rgba: Pixels
    moves: Floats
    kind: str
    visible: float = 1.0  # 1 if it can be seen, 0 if not, nan if that is doubtful
    stretch: float = 0.0  # logarithm of width over height against what it was, nan where there is no telling


def damaged(rgba: Pixels, kind: str, strength: float | None, other: Pixels, rng: Generator) -> Damaged:
    """A product with a fault of a kind; `strength` (None: any) in shares of the size, degrees, or of the width.

    Args:
        rgba: SxSx4.
        other: SxSx4, another product, of which a label or a part may be taken.
    """
    still = np.zeros((*rgba.shape[:2], 2), np.float32)
    if kind == "warp":
        return Damaged(rgba=rgba, moves=_warp(rgba, strength, rng), kind=kind, stretch=np.nan)
    if kind == "melt":
        return Damaged(rgba=rgba, moves=_melt(rgba, strength, rng), kind=kind, stretch=np.nan)
    if kind == "proportions":
        factor = _factor(strength, rng)
        return Damaged(rgba=rgba, moves=_stretched(rgba, factor), kind=kind, stretch=float(np.log(factor)))
    changed = _CHANGES[kind](rgba, strength, other, rng)
    stretch = np.nan if kind in ("missing", "added") else 0.0
    return Damaged(rgba=changed, moves=still, kind=kind, visible=_visible(rgba, changed, kind), stretch=stretch)


def sound(rgba: Pixels) -> Damaged:
    """A product with no fault."""
    return Damaged(rgba=rgba, moves=np.zeros((*rgba.shape[:2], 2), np.float32), kind="")


def size_of(rgba: Pixels) -> float:
    return float(max(bounds(rgba[..., 3])[2:]))


def bounds(alpha: NDArray[Any]) -> tuple[int, int, int, int]:
    """x, y, width, height of what is more than half there; the whole where nothing is."""
    x, y, width, height = cv2.boundingRect((alpha > 127).astype(np.uint8))
    return (x, y, width, height) if width else (0, 0, alpha.shape[1], alpha.shape[0])


def _warp(rgba: Pixels, strength: float | None, rng: Generator) -> Floats:
    """A smooth random field, waves of a third to a tenth of the size."""
    size, side = size_of(rgba), len(rgba)
    wave = size * float(rng.uniform(0.16, 0.34))
    cells = max(int(side / wave), 2) + 2
    coarse = rng.standard_normal((cells, cells, 2)).astype(np.float32)
    if rng.random() < 0.2:
        coarse[..., int(rng.integers(2))] *= 0.3
    smooth = np.asarray(cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC), np.float32)
    inside = rgba[..., 3] > 127
    smooth -= smooth[inside].mean(0) if inside.any() else 0
    share = strength if strength is not None else float(np.exp(rng.uniform(np.log(0.02), np.log(0.1))))
    return smooth / np.float32(np.sqrt((smooth**2).mean()) + 1e-6) * np.float32(share * size / np.sqrt(2))


def _melt(rgba: Pixels, strength: float | None, rng: Generator) -> Floats:
    """One or two round regions flow, mostly downwards, mostly with ripples."""
    size, side = size_of(rgba), len(rgba)
    x, y = _grid(side)
    moves = np.zeros((side, side, 2), np.float32)
    for _ in range(int(rng.integers(1, 3))):
        cx, cy = _somewhere(rgba, rng)
        reach = float(rng.uniform(0.1, 0.24)) * size
        fall = np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * reach**2))
        if rng.random() < 0.6:
            fall = fall * (1 + 0.5 * np.sin((x - cx) / (float(rng.uniform(0.04, 0.09)) * size)))
        share = strength if strength is not None else float(rng.uniform(0.05, 0.16))
        angle = float(rng.normal(-np.pi / 2, 0.5)) if rng.random() < 0.7 else float(rng.uniform(0, 2 * np.pi))
        moves += (share * size * fall)[..., None] * np.array([np.cos(angle), np.sin(angle)], np.float32)
    return moves.astype(np.float32)


def _factor(strength: float | None, rng: Generator) -> float:
    """Of a stretch, above 1 where it makes wider."""
    factor = 1 + (strength if strength is not None else float(rng.uniform(0.06, 0.22)))
    return factor if rng.random() < 0.5 else 1 / factor


def _stretched(rgba: Pixels, factor: float) -> Floats:
    """Wider or narrower about its middle, of the same area."""
    left, top, width, height = bounds(rgba[..., 3])
    x, y = _grid(len(rgba))
    across, along = 1 / np.sqrt(factor) - 1, np.sqrt(factor) - 1
    return np.dstack([(x - left - width / 2) * across, (y - top - height / 2) * along]).astype(np.float32)


def _hue(rgba: Pixels, strength: float | None, _other: Pixels, rng: Generator) -> Pixels:
    """All hues turned about the neutral axis, or those of one part of the product."""
    degrees = strength if strength is not None else float(np.exp(rng.uniform(np.log(12), np.log(180))))
    turn = np.deg2rad(degrees * rng.choice([-1, 1]))
    lab = cv2.cvtColor(rgba[..., :3].astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    a, b = lab[..., 1].copy(), lab[..., 2].copy()
    lab[..., 1], lab[..., 2] = a * np.cos(turn) - b * np.sin(turn), a * np.sin(turn) + b * np.cos(turn)
    rgb = np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB) * 255, 0, 255).astype(np.uint8)
    if strength is None and rng.random() < 0.25:
        cx, cy = _somewhere(rgba, rng)
        x, y = _grid(len(rgba))
        near = np.hypot(x - cx, y - cy) < 0.35 * size_of(rgba)
        rgb = np.where(near[..., None], rgb, rgba[..., :3])
    return np.dstack([rgb, rgba[..., 3]])


def _label(rgba: Pixels, _strength: float | None, other: Pixels, rng: Generator) -> Pixels:
    """A region shows what another product shows there, in its colours or in this one's, or turned about itself."""
    left, top, width, height = bounds(rgba[..., 3])
    share = rng.uniform(0.25, 0.7, 2)
    w, h = max(int(width * share[0]), 4), max(int(height * share[1]), 4)
    x0, y0 = left + int(rng.uniform(0, width - w + 1)), top + int(rng.uniform(0, height - h + 1))
    here = np.s_[y0 : y0 + h, x0 : x0 + w]
    region = rgba[here][..., :3]
    ox, oy, owidth, oheight = bounds(other[..., 3])
    if rng.random() < 0.3:
        label = region[::-1, ::-1]
    else:
        piece = other[oy + oheight // 4 : oy + 3 * oheight // 4 + 2, ox + owidth // 4 : ox + 3 * owidth // 4 + 2, :3]
        label = np.asarray(cv2.resize(np.ascontiguousarray(piece), (w, h)))
        if rng.random() < 0.7:
            label = _in_colours_of(label, region)
    inside = rgba[here][..., 3:] > 127
    changed = rgba.copy()
    changed[here][..., :3] = np.where(inside, label, region)
    return changed


def _in_colours_of(label: Pixels, region: Pixels) -> Pixels:
    mean, spread = region.mean((0, 1)), region.std((0, 1)) + 12
    own = (label - label.mean((0, 1))) / (label.std((0, 1)) + 1)
    return np.clip(mean + own * spread, 0, 255).astype(np.uint8)


def _blur(rgba: Pixels, strength: float | None, _other: Pixels, rng: Generator) -> Pixels:
    """A region's lettering is mush, its surroundings are sharp."""
    sigma = (strength if strength is not None else float(rng.uniform(0.02, 0.06))) * size_of(rgba)
    soft = cv2.GaussianBlur(rgba[..., :3], (0, 0), sigma)
    cx, cy = _somewhere(rgba, rng)
    x, y = _grid(len(rgba))
    near = np.hypot(x - cx, y - cy) < float(rng.uniform(0.2, 0.4)) * size_of(rgba)
    return np.dstack([np.where(near[..., None], soft, rgba[..., :3]), rgba[..., 3]])


def _missing(rgba: Pixels, strength: float | None, _other: Pixels, rng: Generator) -> Pixels:
    """A piece of it is gone, cut straight: its top, its bottom or a side."""
    share = strength if strength is not None else float(rng.uniform(0.1, 0.45))
    left, top, width, height = bounds(rgba[..., 3])
    changed, way = rgba.copy(), int(rng.choice(4, p=(0.5, 0.1, 0.2, 0.2)))
    windows = (
        np.s_[: top + round(height * share)],
        np.s_[top + height - round(height * share) :],
        np.s_[:, : left + round(width * share)],
        np.s_[:, left + width - round(width * share) :],
    )
    changed[windows[way]][..., 3] = 0
    return changed


def _added(rgba: Pixels, strength: float | None, other: Pixels, rng: Generator) -> Pixels:
    """A smaller copy of it, or of another product, sticks out beside or above it."""
    share = strength if strength is not None else float(rng.uniform(0.25, 0.55))
    source = rgba if rng.random() < 0.5 else other
    left, top, width, height = bounds(source[..., 3])
    scale = share * size_of(rgba) / max(width, height)
    piece = np.asarray(cv2.resize(source[top : top + height, left : left + width], None, fx=scale, fy=scale))
    left, top, width, height = bounds(rgba[..., 3])
    rows, columns = piece.shape[:2]
    angle = float(rng.uniform(0, np.pi))
    x = int(left + width / 2 + np.cos(angle) * width / 2 - columns / 2)
    y = int(top + height / 2 - np.sin(angle) * height / 2 - rows / 2)
    x, y = int(np.clip(x, 0, len(rgba) - columns)), int(np.clip(y, 0, len(rgba) - rows))
    changed = rgba.copy()
    here = changed[y : y + rows, x : x + columns]
    free = (here[..., 3:] < 127) & (piece[..., 3:] > 127)
    here[:] = np.where(free, piece, here)
    return changed


_CHANGES = {"hue": _hue, "label": _label, "blur": _blur, "missing": _missing, "added": _added}


def _visible(before: Pixels, after: Pixels, kind: str) -> float:
    if kind in ("missing", "added"):
        inside = before[..., 3] > 127
        changed = float(((after[..., 3] > 127) != inside).sum() / max(inside.sum(), 1))
        return 1.0 if changed > 0.06 else float("nan")
    inside = before[..., 3] > 127
    one, other = (cv2.cvtColor(each[..., :3].astype(np.float32) / 255, cv2.COLOR_RGB2LAB) for each in (before, after))
    apart = np.linalg.norm(one - other, axis=2)[inside]
    if kind == "hue":
        seen = float(apart.mean()) if apart.size else 0.0
        return 1.0 if seen > VISIBLE else 0.0 if seen < FAINT else float("nan")
    seen = float(np.sort(apart)[-max(len(apart) // 10, 1) :].mean()) if apart.size else 0.0
    return 1.0 if seen > 3 * VISIBLE else float("nan")


def framed(one: Damaged, rng: Generator, *, flip: bool) -> tuple[Floats, Floats, bool]:
    """What the network sees (5xSIDExSIDE), each place's displacement (GRID²x2, of UNIT), and whether its mask is good.

    On the way everything harmless is done to it: turned a little, another size, other light, a camera, a mask that is
    not exact.
    """
    x, y = _grid(len(one.rgba))
    there = cv2.remap(one.rgba[..., 3], x + one.moves[..., 0], y + one.moves[..., 1], cv2.INTER_LINEAR)
    onto = _onto(bounds(np.asarray(there)), rng, flip=flip)
    columns, rows = _grid(SIDE)
    sx = (onto[0, 0] * columns + onto[0, 1] * rows + onto[0, 2]).astype(np.float32)
    sy = (onto[1, 0] * columns + onto[1, 1] * rows + onto[1, 2]).astype(np.float32)
    moved = cv2.remap(one.moves, sx, sy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    picture = cv2.remap(one.rgba, sx + moved[..., 0], sy + moved[..., 1], cv2.INTER_LINEAR)
    rgb = harmless(picture[..., :3], rng)
    alpha, good = misjudged(picture[..., 3].astype(np.float32) / np.float32(255), rng)
    planes = np.zeros((5, SIDE, SIDE), np.float32)
    planes[:3] = ((rgb.astype(np.float32) / 127.5 - 1) * alpha[..., None]).transpose(2, 0, 1)
    planes[3] = alpha
    scale = float(np.sqrt(abs(np.linalg.det(onto[:, :2]))))
    told = cv2.resize(np.asarray(moved), (GRID, GRID), interpolation=cv2.INTER_AREA).reshape(-1, 2)
    told = told / (scale * SIDE * UNIT) * np.array([-1 if flip else 1, 1])
    return planes, told.astype(np.float32), good


def _onto(box: tuple[int, int, int, int], rng: Generator, *, flip: bool) -> NDArray[np.float64]:
    """From the crop's pixels to the picture's, 2x3."""
    x, y, width, height = box
    scale = max(width, height) / (FILLED * SIDE) * float(np.exp(rng.normal(0, 0.025)))
    shift, angle = rng.normal(0, 0.015 * max(width, height), 2), float(np.radians(rng.normal(0, 2.5)))
    cos, sin = np.cos(angle) * scale, np.sin(angle) * scale
    turn = np.array([[cos, -sin], [sin, cos]]) @ np.diag([-1.0 if flip else 1.0, 1.0])
    middle = np.array([x + (width - 1) / 2, y + (height - 1) / 2]) + shift
    return np.column_stack([turn, middle - turn @ np.full(2, (SIDE - 1) / 2)])


def harmless(rgb: Pixels, rng: Generator) -> Pixels:
    """Other light, another camera: SxSx3."""
    light = np.clip(rgb.astype(np.float32) / 255, 1e-4, 1)
    light = light ** float(np.exp(rng.normal(0, 0.15)))
    warm, green = np.clip(rng.normal(0, rng.choice([0.04, 0.12])), -0.25, 0.25), rng.normal(0, 0.015)
    light = light * np.exp(rng.normal(0, 0.13) + np.array([warm, green, -warm])).astype(np.float32)
    grey = light.mean(2, keepdims=True)
    light = grey + (light - grey) * float(np.exp(rng.normal(0, 0.12)))
    if rng.random() < 0.3:
        light = light * _shadow(len(rgb), rng)
    if rng.random() < 0.4:
        light = cv2.GaussianBlur(light, (0, 0), float(rng.uniform(0.3, 1.3)))
    light = light + rng.standard_normal(light.shape, dtype=np.float32) * float(
        rng.choice([0.003, 0.01, 0.025], p=(0.5, 0.35, 0.15))
    )
    pixels = (light.clip(0, 1) * 255).astype(np.uint8)
    if rng.random() < 0.4:
        _, packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(40, 95))])
        pixels = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)
    return pixels


def _shadow(side: int, rng: Generator) -> Floats:
    """A soft ramp of shade, SxSx1."""
    x, y = _grid(side)
    angle, at = float(rng.uniform(0, 2 * np.pi)), float(rng.normal(0, 0.2))
    along = ((x - side / 2) * np.cos(angle) + (y - side / 2) * np.sin(angle)) / side - at
    return (1 - float(rng.uniform(0.1, 0.5)) / (1 + np.exp(along * float(rng.uniform(6, 20)))))[..., None]


def misjudged(alpha: Floats, rng: Generator) -> tuple[Floats, bool]:
    """The mask as programs find it, and whether it is still good: a little wide, tight, smooth; seldom quite wrong."""
    kind = rng.choice(4, p=(0.3, 0.36, 0.24, 0.1))
    if kind == 1:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3) if rng.random() < 0.7 else (5, 5))
        alpha = np.asarray(cv2.dilate(alpha, kernel) if rng.random() < 0.5 else cv2.erode(alpha, kernel), np.float32)
    elif kind == 2:
        soft = cv2.GaussianBlur(alpha, (0, 0), float(rng.uniform(1, 3)))
        alpha = np.clip((np.asarray(soft, np.float32) - 0.5) * 4 + 0.5, 0, 1)
    elif kind == 3:
        return _mistaken(alpha, rng), False
    return alpha, True


def _mistaken(alpha: Floats, rng: Generator) -> Floats:
    """Something beside it is taken for the product too, or a part of it is lost."""
    side = len(alpha)
    x, y = _grid(side)
    angle, out = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0.25, 0.5)) * side
    cx, cy = side / 2 + out * np.cos(angle), side / 2 + out * np.sin(angle)
    reach = rng.uniform(0.1, 0.3, 2) * side
    blob = np.clip(3 * (1 - np.hypot((x - cx) / reach[0], (y - cy) / reach[1])), 0, 1).astype(np.float32)
    return np.maximum(alpha, blob) if rng.random() < 0.6 else np.minimum(alpha, 1 - blob)


def _somewhere(rgba: Pixels, rng: Generator) -> tuple[float, float]:
    """A place on the product, towards its middle."""
    left, top, width, height = bounds(rgba[..., 3])
    return left + width * float(rng.uniform(0.25, 0.75)), top + height * float(rng.uniform(0.2, 0.8))


def _grid(side: int) -> tuple[Floats, Floats]:
    x, y = np.meshgrid(np.arange(side, dtype=np.float32), np.arange(side, dtype=np.float32))
    return x, y
