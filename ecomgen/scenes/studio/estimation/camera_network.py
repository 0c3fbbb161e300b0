"""A small network that tells from how high a product was photographed, by the look of it and of what is round it.

Outlines alone leave much open: a duck, a shoe, a plush toy have no circle or corner to read. The network learnt from
rendered products, whose camera is known (`training/viewpoint.py`). It answers with a likelihood for every elevation, so
that what a foot, a rim or the ground say more exactly still counts.
"""

from __future__ import annotations

from hashlib import blake2b
from threading import Lock
from typing import Any

import cv2
import numpy as np
import torch
from cachetools import LRUCache, cached
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from ecomgen import models
from ecomgen.models.encoder import WIDTHS, Encoder, shipped
from ecomgen.scenes.studio.estimation.resampling import squeezed
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.types import BoolMask, Box, Pixels

KIND = "viewpoint"  # in the manifest
SIDE = 128  # pixels of what the network sees
ROOM = 1.6  # of the product's larger side: how much of the photo that is
BINS = np.arange(0.0, 91.0, 2.5)  # degrees
CHANNELS = 5  # red, green, blue in [-1, 1]; the mask in [0, 1]; the encoder's last plane, here always 0


class CameraNetwork(Encoder):
    """Nx5xSIDExSIDE to logits over BINS: what is seen on the product, round it and below it, taken together."""

    def __init__(self) -> None:
        super().__init__(CHANNELS)
        seen = 3 * (WIDTHS[-1] + WIDTHS[-2])
        self.head = nn.Sequential(
            nn.Dropout(0.2), nn.Linear(seen, 128), nn.SiLU(), nn.Dropout(0.3), nn.Linear(128, len(BINS))
        )

    def forward(self, pictures: Tensor) -> Tensor:
        *_, fine, coarse = self.encoded(pictures)
        return self.head(torch.cat([*_pooled(coarse, pictures[:, 3:4]), *_pooled(fine, pictures[:, 3:4])], 1))


def _pooled(state: Tensor, mask: Tensor) -> list[Tensor]:
    """Means over the product, what is round it, and the lower half of that."""
    inside = functional.interpolate(mask, state.shape[-2:], mode="area")
    around, low = 1 - inside, state.shape[-2] // 2
    return [
        (state * inside).sum((2, 3)) / inside.sum((2, 3)).clamp(min=0.1),
        (state * around).sum((2, 3)) / around.sum((2, 3)).clamp(min=0.1),
        (state * around)[:, :, low:].mean((2, 3)),
    ]


def answer(pixels: Pixels, mask: BoolMask) -> Values | None:
    """How likely each of BINS is, summing to 1; None where the weights are not in this installation.

    Args:
        pixels: HxWx3, sRGB.
        mask: HxW, not empty.

    Raises:
        WeightsCorrupt: they are not what the manifest says.
    """
    name = models.first_here(KIND)
    return None if name is None else _answer(shipped(name, CameraNetwork), framed(pixels, mask))


def _asked(network: CameraNetwork, seen: NDArray[np.float32]) -> tuple[CameraNetwork, bytes]:
    """What an answer is remembered by: drafts and runs ask again of the same photo."""
    return network, blake2b(seen.tobytes()).digest()


@cached(LRUCache(maxsize=64), key=_asked, lock=Lock())
def _answer(network: CameraNetwork, planes: NDArray[np.float32]) -> Values:
    seen = torch.from_numpy(planes)
    with torch.inference_mode():
        logits = network(torch.stack([seen, seen.flip(-1)]))  # a mirrored photo has the same camera
    return torch.softmax(logits.mean(0), -1).numpy().astype(np.float64)


def framed(pixels: Pixels, mask: NDArray[Any]) -> NDArray[np.float32]:
    """What the network sees, 5xSIDExSIDE: a square round the product, beyond the photo (HxWx3) its edge goes on.

    `mask` is HxW, boolean or in [0, 1], and not empty.
    """
    box = Box.of(mask > 0.5)
    scale = SIDE / (ROOM * box.longest)
    x, y = (SIDE / 2 - scale * (low + high) / 2 for low, high in ((box.x0, box.x1), (box.y0, box.y1)))
    move = np.array([[scale, 0, x], [0, scale, y]])
    if scale <= 0.7:  # averaged down first, so that the affine map does not alias
        height, width = mask.shape
        size = max(round(width * scale), 1), max(round(height * scale), 1)
        mask = cv2.resize(np.asarray(mask, dtype=np.float32), size, interpolation=cv2.INTER_AREA)
        pixels, move = squeezed(pixels, size), move @ np.diag([width / size[0], height / size[1], 1.0])
    planes = cv2.warpAffine(pixels, move, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = cv2.warpAffine(np.asarray(mask, dtype=np.float32), move, (SIDE, SIDE), flags=cv2.INTER_LINEAR)
    colours = planes.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1
    return np.stack([*colours, inside, np.zeros_like(inside)]).astype(np.float32)
