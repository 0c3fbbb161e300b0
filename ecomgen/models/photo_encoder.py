"""MobileNetV2 1.0 (Sandler et al., arXiv 1801.04381) as trained in DeepLabv3 on ImageNet, COCO and PASCAL VOC photos.

What a network knows that has seen the real world; the weights come with the network that looks through it. Its batch
norms are folded, its third stride past 1/16 is a dilation, and padding is even, so that place i of a level of stride s
lies at pixel s i, as in `models.encoder`.
"""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor, nn

PHOTO_WIDTHS = (24, 32, 96, 320)  # channels of the levels, at 1/4, 1/8, 1/16 and 1/16 of the size
BLOCKS = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
LEVELS = (3, 6, 13, 17)  # the layers that end one
LARGEST_STRIDE = 16


class PhotoEncoder(nn.Module):
    """Nx3xHxW in [-1, 1], sides multiples of 16, to four levels, finest first, without a rectifier at their end."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(*_layers())

    def forward(self, pictures: Tensor) -> list[Tensor]:
        levels, state = [], pictures
        for number, layer in enumerate(self.features):
            state = layer(state)
            if number in LEVELS:
                levels.append(state)
        return levels


class Residual(nn.Module):
    """An inverted residual: widen, look about in every channel, narrow; add where size and width are kept."""

    def __init__(self, before: int, after: int, expansion: int, stride: int, dilation: int) -> None:
        super().__init__()
        wide = before * expansion
        widen = [_convolution(before, wide, kernel=1)] if expansion > 1 else []
        look = _convolution(wide, wide, stride=stride, dilation=dilation, groups=wide)
        self.conv = nn.Sequential(*widen, look, nn.Conv2d(wide, after, 1))
        self.adds = stride == 1 and before == after

    def forward(self, state: Tensor) -> Tensor:
        return state + self.conv(state) if self.adds else self.conv(state)


def _layers() -> Iterator[nn.Module]:
    yield _convolution(3, 32, stride=2)
    before, reached, dilation = 32, 2, 1
    for expansion, width, repeats, first in BLOCKS:
        for number in range(repeats):
            stride, rate = first if number == 0 else 1, dilation
            if reached * stride > LARGEST_STRIDE:
                stride, dilation = 1, dilation * stride
            reached *= stride
            yield Residual(before, width, expansion, stride, rate)
            before = width


def _convolution(
    before: int, after: int, *, kernel: int = 3, stride: int = 1, dilation: int = 1, groups: int = 1
) -> nn.Sequential:
    padding = dilation * (kernel // 2)
    return nn.Sequential(
        nn.Conv2d(before, after, kernel, stride, padding, dilation=dilation, groups=groups), nn.ReLU6(inplace=True)
    )
