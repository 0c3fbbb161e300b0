"""A small network that tells from how high a product was photographed, by the look of it and of what is round it.

Outlines alone leave much open: a duck, a shoe, a plush toy have no circle or corner to read. The network learnt from
rendered products, whose camera is known (`training/viewpoint.py`). It answers with a likelihood for every elevation, so
that what a foot, a rim or the ground say more exactly still counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from torch import Tensor, nn

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecomgen.types import Pixels

SIDE = 96  # pixels of what the network sees
ROOM = 1.6  # of the product's larger side: how much of the photo that is
BINS = np.arange(0.0, 91.0, 2.5)  # degrees
WIDTHS, DEPTHS = (24, 48, 96, 144), (1, 2, 3, 2)


class CameraNetwork(nn.Module):
    """Nx4xSIDExSIDE (red, green, blue in [-1, 1]; the mask in [0, 1]) to logits over BINS."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = _convolution(4, WIDTHS[0], stride=2)
        stages: list[nn.Module] = []
        before = WIDTHS[0]
        for width, depth in zip(WIDTHS, DEPTHS, strict=True):
            stages += [_convolution(before, width, stride=2), *(Residual(width) for _ in range(depth))]
            before = width
        self.body = nn.Sequential(*stages)
        self.head = nn.Sequential(nn.Linear(9 * before // 2, 160), nn.SiLU(), nn.Linear(160, len(BINS)))
        self.narrow = _convolution(before, before // 2, kernel=1)

    def forward(self, seen: Tensor) -> Tensor:
        return self.head(self.narrow(self.body(self.stem(seen))).flatten(1))


class Residual(nn.Module):
    """Two convolutions beside the identity (He et al., arXiv 1512.03385)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = _convolution(width, width), _convolution(width, width)

    def forward(self, state: Tensor) -> Tensor:
        return state + self.second(self.first(state))


def _convolution(before: int, after: int, *, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(after), nn.SiLU()
    )


def framed(pixels: Pixels, mask: NDArray[Any]) -> NDArray[np.float32]:
    """What the network sees, 4xSIDExSIDE: a square round the product, beyond the photo its edge goes on.

    Args:
        pixels: HxWx3, sRGB.
        mask: HxW, boolean or in [0, 1], not empty.
    """
    import cv2

    rows, columns = np.nonzero(mask > 0.5)
    y0, y1, x0, x1 = rows.min(), rows.max() + 1, columns.min(), columns.max() + 1
    scale = SIDE / (ROOM * max(y1 - y0, x1 - x0))
    move = np.array([[scale, 0, SIDE / 2 - scale * (x0 + x1) / 2], [0, scale, SIDE / 2 - scale * (y0 + y1) / 2]])
    small = _shrunk(pixels, mask, scale)
    if small is not None:
        pixels, mask, share = small
        move = move @ np.diag([share[0], share[1], 1.0])
    planes = cv2.warpAffine(pixels, move, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = cv2.warpAffine(np.asarray(mask, dtype=np.float32), move, (SIDE, SIDE), flags=cv2.INTER_LINEAR)
    return np.concatenate([planes.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1, inside[None]])


def _shrunk(
    pixels: Pixels, mask: NDArray[Any], scale: float
) -> tuple[Pixels, NDArray[Any], tuple[float, float]] | None:
    """A large photo averaged down first, so that the affine map does not alias; and its old size by its new."""
    import cv2

    if scale > 0.7:
        return None
    height, width = mask.shape
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    smaller = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    inside = cv2.resize(np.asarray(mask, dtype=np.float32), size, interpolation=cv2.INTER_AREA)
    return smaller, inside, (width / size[0], height / size[1])
