"""What can go wrong with a product in a picture, in graded strength, and what may change without harm.

Everything takes and gives HxWx4 uint8 (straight alpha) unless it says otherwise; randomness comes from a seed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Change = Callable[[Pixels], Pixels]

SERIES: dict[str, tuple[float, ...]] = {
    "warp": (0.01, 0.02, 0.04, 0.08),  # displacement, of the product's size
    "melt": (0.02, 0.04, 0.08, 0.16),  # displacement of one region, of the product's size
    "blurred lettering": (0.005, 0.01, 0.02, 0.04),  # sigma, of the product's size
    "hue": (10, 20, 40, 90, 180),  # degrees
    "missing part": (0.05, 0.1, 0.25, 0.5),  # of the product's height, from the top
    "added part": (0.15, 0.25, 0.35, 0.5),  # size of a second, smaller copy that sticks out at the side
    "aspect": (0.05, 0.1, 0.15, 0.3),  # stretch in width
    "swapped label": (0.25, 0.5, 0.75),  # side of the swapped region, of the product's
}
MEDIUM = {
    "warp": 0.04, "melt": 0.08, "blurred lettering": 0.02, "hue": 40, "missing part": 0.25, "added part": 0.35,
    "aspect": 0.15,
    "swapped label": 0.5,
}  # fmt: skip


def bounds(rgba: Pixels) -> tuple[int, int, int, int]:
    """x, y, width, height of alpha > 8."""
    return cv2.boundingRect((rgba[..., 3] > 8).astype(np.uint8))


def distorted(name: str, rgba: Pixels, strength: float, seed: int = 0) -> Pixels:
    """The named distortion of `SERIES`."""
    return _DISTORTIONS[name](rgba, strength, seed)


def _remapped(rgba: Pixels, x: NDArray[np.float32], y: NDArray[np.float32]) -> Pixels:
    premultiplied = rgba.astype(np.float32)
    premultiplied[..., :3] *= premultiplied[..., 3:] / 255
    moved = cv2.remap(
        premultiplied, x.astype(np.float32), y.astype(np.float32), cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT
    )
    moved[..., :3] /= np.maximum(moved[..., 3:] / 255, 1e-3)
    return np.clip(np.round(moved), 0, 255).astype(np.uint8)


def _grid(rgba: Pixels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    height, width = rgba.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return x, y


def _field(shape: tuple[int, int], sigma: float, seed: int) -> NDArray[np.float32]:
    """Two smooth random fields of unit root mean square, HxWx2."""
    cells = [max(int(side / sigma), 2) + 2 for side in shape]
    coarse = np.random.default_rng(seed).standard_normal((*cells, 2)).astype(np.float32)
    field = cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_CUBIC)
    return (field / np.sqrt((field**2).mean())).astype(np.float32)


def warp(rgba: Pixels, strength: float, seed: int = 0) -> Pixels:
    """Smooth elastic deformation; `strength` is the root mean square displacement in shares of the size."""
    size = max(bounds(rgba)[2:])
    field = _field(rgba.shape[:2], size / 4, seed) * strength * size / np.sqrt(2)
    x, y = _grid(rgba)
    return _remapped(rgba, x + field[..., 0], y + field[..., 1])


def melt(rgba: Pixels, strength: float, seed: int = 0) -> Pixels:
    """One round region flows downwards."""
    left, top, width, height = bounds(rgba)
    rng = np.random.default_rng(seed)
    cx, cy = left + width * rng.uniform(0.35, 0.65), top + height * rng.uniform(0.35, 0.65)
    x, y = _grid(rgba)
    size = max(width, height)
    fall = np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * (0.18 * size) ** 2))
    ripple = 1 + 0.5 * np.sin((x - cx) / (0.05 * size))
    return _remapped(rgba, x, (y - strength * size * fall * ripple).astype(np.float32))


def blurred(rgba: Pixels, strength: float, _seed: int = 0) -> Pixels:
    """The inside is blurred, the outline kept."""
    sigma = strength * max(bounds(rgba)[2:])
    alpha = rgba[..., 3:].astype(np.float32) / 255
    soft = cv2.GaussianBlur(rgba[..., :3] * alpha, (0, 0), sigma) / np.maximum(
        cv2.GaussianBlur(alpha[..., 0], (0, 0), sigma)[..., None], 1e-3
    )
    return np.dstack([np.clip(soft, 0, 255).astype(np.uint8), rgba[..., 3]])


def hue(rgba: Pixels, strength: float, _seed: int = 0) -> Pixels:
    """Hue turned by `strength` degrees about the neutral axis of Lab, lightness kept."""
    lab = cv2.cvtColor(rgba[..., :3].astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    turn = np.deg2rad(strength)
    a, b = lab[..., 1].copy(), lab[..., 2].copy()
    lab[..., 1], lab[..., 2] = a * np.cos(turn) - b * np.sin(turn), a * np.sin(turn) + b * np.cos(turn)
    rgb = np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB) * 255, 0, 255).astype(np.uint8)
    return np.dstack([rgb, rgba[..., 3]])


def missing(rgba: Pixels, strength: float, _seed: int = 0) -> Pixels:
    """The upper share is gone."""
    _, top, _, height = bounds(rgba)
    changed = rgba.copy()
    changed[: top + round(height * strength), :, 3] = 0
    return changed


def added(rgba: Pixels, strength: float, seed: int = 0) -> Pixels:
    """Something of the product's own make sticks out beside it: a smaller copy of it, half behind it."""
    left, top, width, height = bounds(rgba)
    small = cv2.resize(rgba[top : top + height, left : left + width], None, fx=strength, fy=strength)
    rng = np.random.default_rng(seed)
    rows, columns = small.shape[:2]
    y = int(np.clip(top + rng.uniform(0.2, 0.7) * height - rows / 2, 0, rgba.shape[0] - rows))
    edge = np.flatnonzero(rgba[y : y + rows, :, 3].max(axis=0) > 127)
    side = int(edge[-1]) if rng.random() < 0.5 else int(edge[0])
    x = int(np.clip(side - columns / 2, 0, rgba.shape[1] - columns))
    layer = np.zeros_like(rgba)
    layer[y : y + rows, x : x + columns] = small
    over = rgba[..., 3:].astype(np.float32) / 255
    under = layer[..., 3:].astype(np.float32) / 255 * (1 - over)
    alpha = over + under
    rgb = (rgba[..., :3] * over + layer[..., :3] * under) / np.maximum(alpha, 1e-3)
    return np.dstack([np.round(rgb), np.round(alpha * 255)]).astype(np.uint8)


def lengthened(rgba: Pixels, strength: float) -> Pixels:
    """The foot goes on: the lowest fifth is drawn out by `strength` of the height, as far as the picture reaches."""
    _, top, _, height = bounds(rgba)
    foot, end = top + round(0.8 * height), top + height
    more = min(round(height * strength), rgba.shape[0] - end)
    changed = rgba.copy()
    stretched = cv2.resize(rgba[foot:end], (rgba.shape[1], end - foot + max(more, 0)), interpolation=cv2.INTER_LINEAR)
    changed[foot : foot + len(stretched)] = stretched
    return changed


def aspect(rgba: Pixels, strength: float, _seed: int = 0) -> Pixels:
    """Wider about its axis."""
    left, _, width, _ = bounds(rgba)
    x, y = _grid(rgba)
    centre = left + width / 2
    return _remapped(rgba, ((x - centre) / (1 + strength) + centre).astype(np.float32), y)


def mirrored(rgba: Pixels, _strength: float = 1, _seed: int = 0) -> Pixels:
    """Left and right exchanged within the product's box."""
    left, top, width, height = bounds(rgba)
    changed = rgba.copy()
    changed[top : top + height, left : left + width] = rgba[top : top + height, left : left + width][:, ::-1]
    return changed


def swapped(rgba: Pixels, strength: float, seed: int = 0) -> Pixels:
    """A region in the middle shows another label in the product's own colours."""
    left, top, width, height = bounds(rgba)
    w, h = round(width * strength), round(height * strength)
    x0, y0 = left + (width - w) // 2, top + (height - h) // 2
    changed = rgba.copy()
    region = rgba[y0 : y0 + h, x0 : x0 + w, :3]
    changed[y0 : y0 + h, x0 : x0 + w, :3] = _label(region, seed)
    return changed


def _label(region: Pixels, seed: int) -> Pixels:
    dark, light = (np.percentile(region.reshape(-1, 3), q, axis=0).tolist() for q in (10, 90))
    label = np.full(region.shape, light, np.uint8)
    words = ["OTHER", "BRAND", "No. 7", "EXTRA"]
    for row in range(4):
        scale = region.shape[1] / 110
        place = (int(region.shape[1] * 0.08), int(region.shape[0] * (row + 0.8) / 4))
        cv2.putText(
            label,
            words[(row + seed) % 4],
            place,
            cv2.FONT_HERSHEY_SIMPLEX,
            scale,
            dark,
            max(int(2 * scale), 1),
            cv2.LINE_AA,
        )
    return label


_DISTORTIONS: dict[str, Callable[[Pixels, float, int], Pixels]] = {
    "warp": warp, "melt": melt, "blurred lettering": blurred, "hue": hue, "missing part": missing,
    "added part": added, "aspect": aspect,
    "mirrored": mirrored, "swapped label": swapped,
}  # fmt: skip


def laid_over(rgba: Pixels, background: Pixels) -> Pixels:
    """HxWx3: the product over a background of its size."""
    alpha = rgba[..., 3:].astype(np.float32) / 255
    return np.round(rgba[..., :3] * alpha + background * (1 - alpha)).astype(np.uint8)


def backdrop(height: int, width: int, seed: int) -> Pixels:
    """A table before a wall, HxWx3: two colours, soft texture, a little noise."""
    rng = np.random.default_rng(seed)
    colours = rng.uniform(70, 235, (2, 3))
    horizon = int(height * rng.uniform(0.55, 0.75))
    base = np.where(np.arange(height)[:, None, None] < horizon, colours[0], colours[1]) * np.ones((1, width, 1))
    coarse = rng.standard_normal((height // 40 + 2, width // 40 + 2, 1)).astype(np.float32)
    texture = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)[..., None] * 8
    return np.clip(base + texture + rng.normal(0, 1.5, (height, width, 3)), 0, 255).astype(np.uint8)


def gained(picture: Pixels, gains: tuple[float, float, float]) -> Pixels:
    """Channels of HxWx3 multiplied as stored."""
    return np.clip(picture * np.array(gains), 0, 255).astype(np.uint8)


def exposed(picture: Pixels, stops: float) -> Pixels:
    """HxWx3 with the exposure changed in linear light."""
    linear = (picture / 255.0) ** 2.2 * 2.0**stops
    return np.round(np.clip(linear, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


def bent(picture: Pixels, gamma: float) -> Pixels:
    """HxWx3 with another tone curve."""
    return np.round((picture / 255.0) ** gamma * 255).astype(np.uint8)


def compressed(picture: Pixels, quality: int) -> Pixels:
    """HxWx3 through JPEG."""
    _, data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])


def halved(picture: Pixels) -> Pixels:
    """HxWx3 through half its size and back."""
    height, width = picture.shape[:2]
    small = cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)


def noisy(picture: Pixels, sigma: float) -> Pixels:
    """HxWx3 with Gaussian noise of `sigma` levels."""
    noise = np.random.default_rng(1).normal(0, sigma, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def shaded(picture: Pixels, depth: float) -> Pixels:
    """HxWx3 with a soft shadow falling from the left."""
    ramp = 1 - depth / (1 + np.exp((np.arange(picture.shape[1]) / picture.shape[1] - 0.45) * 12))
    return np.clip(picture * ramp[None, :, None], 0, 255).astype(np.uint8)


def turned(picture: Pixels, degrees: float) -> Pixels:
    """HxWx3 rotated about its middle."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


HARMLESS: dict[str, Change] = {
    "exact": lambda picture: picture,
    "+1 EV": partial(exposed, stops=1),
    "-1 EV": partial(exposed, stops=-1),
    "warm": partial(gained, gains=(1.2, 1.0, 0.8)),
    "cool": partial(gained, gains=(0.8, 1.0, 1.2)),
    "brighter 20 %": partial(gained, gains=(1.2, 1.2, 1.2)),
    "darker 20 %": partial(gained, gains=(0.8, 0.8, 0.8)),
    "gamma 0.8": partial(bent, gamma=0.8),
    "gamma 1.25": partial(bent, gamma=1.25),
    "JPEG 80": partial(compressed, quality=80),
    "half size": halved,
    "noise 4": partial(noisy, sigma=4),
    "soft shadow": partial(shaded, depth=0.4),
    "3° rotation": partial(turned, degrees=3),
}
