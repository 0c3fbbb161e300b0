"""The small network behind `lite`: a photo, and where help is given a box and clicks, in; a soft mask out.

The encoder of `ecomgen/models/encoder.py`, and a U-shaped decoder (arXiv 1505.04597) up to half the photo's size.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from ecomgen.models.encoder import STEM, STRIDE, WIDTHS, Encoder, convolution

__all__ = ["CHANNELS", "STRIDE", "CutoutNetwork", "TrainingNetwork"]

CHANNELS = 5  # red, green, blue in [-1, 1]; the box, 1 inside; clicks, 1 on the product and -1 beside it


class CutoutNetwork(Encoder):
    """Nx5xHxW to logits Nx1xHxW."""

    def __init__(self) -> None:
        super().__init__(CHANNELS)
        widths = (STEM, *WIDTHS)
        self.ups = nn.ModuleList(Up(deep, skip) for deep, skip in zip(widths[:0:-1], widths[-2::-1], strict=True))
        self.head = nn.Conv2d(STEM, 1, 3, padding=1)

    def forward(self, pictures: Tensor) -> Tensor:
        return _enlarged(self.head(self.decoded(pictures)[-1]), pictures.shape[-2:])

    def decoded(self, pictures: Tensor) -> list[Tensor]:
        """What the decoder makes at every level, from 1/16 of the size to 1/2."""
        levels = self.encoded(pictures)
        states = [levels.pop()]
        for up in self.ups:
            states.append(up(states[-1], levels.pop()))
        return states[1:]


class TrainingNetwork(nn.Module):
    """The network with a second head at 1/8 of the size, which steadies its start; only the first is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.network = CutoutNetwork()
        self.coarse_head = nn.Conv2d(WIDTHS[1], 1, 1)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        states = self.network.decoded(pictures)
        fine, coarse = self.network.head(states[-1]), self.coarse_head(states[1])
        return _enlarged(fine, pictures.shape[-2:]), _enlarged(coarse, pictures.shape[-2:])


class Up(nn.Module):
    """Enlarge, join with the finer level, mix."""

    def __init__(self, deep: int, skip: int) -> None:
        super().__init__()
        self.narrow = convolution(deep, skip, kernel=1)
        self.join = convolution(2 * skip, skip, kernel=1)
        self.look = convolution(skip, skip, groups=skip)
        self.mix = convolution(skip, skip, kernel=1)

    def forward(self, deep: Tensor, skip: Tensor) -> Tensor:
        wide = _enlarged(self.narrow(deep), skip.shape[-2:])
        state = self.join(torch.cat([wide, skip], 1))
        return state + self.mix(self.look(state))


def _enlarged(state: Tensor, size: tuple[int, ...] | torch.Size) -> Tensor:
    return functional.interpolate(state, size=tuple(size), mode="bilinear", align_corners=False)
