"""The small network behind `lite`: a photo, and where help is given a box and clicks, in; a soft mask out.

An encoder of inverted residuals (Sandler et al., MobileNetV2, arXiv 1801.04381) with squeeze-and-excitation (arXiv
1709.01507) down to 1/32, self-attention over the few tokens left, so that every place knows the whole photo, and a
U-shaped decoder (arXiv 1505.04597) up to half the photo's size.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

CHANNELS = 5  # red, green, blue in [-1, 1]; the box, 1 inside; clicks, 1 on the product and -1 beside it
STRIDE = 32  # the input's sides must be multiples of it
STEM, WIDTHS, DEPTHS = 24, (32, 64, 128, 208), (1, 2, 4, 4)
EXPANSION = 3
HEADS = 4


class CutoutNetwork(nn.Module):
    """Nx5xHxW to logits Nx1xHxW."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = _convolution(CHANNELS, STEM, stride=2)
        widths = (STEM, *WIDTHS)
        self.stages = nn.ModuleList(
            nn.Sequential(_convolution(before, width, stride=2), *(Inverted(width) for _ in range(depth)))
            for before, width, depth in zip(widths, WIDTHS, DEPTHS, strict=False)
        )
        self.context = Attention(WIDTHS[-1])
        self.ups = nn.ModuleList(Up(deep, skip) for deep, skip in zip(widths[:0:-1], widths[-2::-1], strict=True))
        self.head = nn.Conv2d(STEM, 1, 3, padding=1)

    def forward(self, pictures: Tensor) -> Tensor:
        return _enlarged(self.head(self.decoded(pictures)[-1]), pictures.shape[-2:])

    def decoded(self, pictures: Tensor) -> list[Tensor]:
        """What the decoder makes at every level, from 1/16 of the size to 1/2."""
        levels = [self.stem(pictures)]
        for stage in self.stages:
            levels.append(stage(levels[-1]))
        states = [self.context(levels.pop())]
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


class Inverted(nn.Module):
    """Widen, look about in every channel, weigh the channels by the whole, narrow, add."""

    def __init__(self, width: int) -> None:
        super().__init__()
        wide = EXPANSION * width
        self.widen = _convolution(width, wide, kernel=1)
        self.look = _convolution(wide, wide, groups=wide)
        self.weigh = Weigh(wide)
        self.narrow = nn.Sequential(nn.Conv2d(wide, width, 1, bias=False), nn.BatchNorm2d(width))

    def forward(self, state: Tensor) -> Tensor:
        return state + self.narrow(self.weigh(self.look(self.widen(state))))


class Weigh(nn.Module):
    """Squeeze and excitation."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(width, width // 12, 1)
        self.excite = nn.Conv2d(width // 12, width, 1)

    def forward(self, state: Tensor) -> Tensor:
        mean = state.mean((2, 3), keepdim=True)
        return state * torch.sigmoid(self.excite(functional.relu(self.squeeze(mean))))


class Attention(nn.Module):
    """Self-attention over all places, with where each is said by a small convolution."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.place = nn.Conv2d(width, width, 3, padding=1, groups=width)
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, state: Tensor) -> Tensor:
        state = state + self.place(state)
        count, width, height, across = state.shape
        tokens = state.flatten(2).transpose(1, 2)
        query, key, value = self.mix(self.norm(tokens)).view(count, -1, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(count, -1, width)
        return (tokens + self.out(seen)).transpose(1, 2).reshape(count, width, height, across)


class Up(nn.Module):
    """Enlarge, join with the finer level, mix."""

    def __init__(self, deep: int, skip: int) -> None:
        super().__init__()
        self.narrow = _convolution(deep, skip, kernel=1)
        self.join = _convolution(2 * skip, skip, kernel=1)
        self.look = _convolution(skip, skip, groups=skip)
        self.mix = _convolution(skip, skip, kernel=1)

    def forward(self, deep: Tensor, skip: Tensor) -> Tensor:
        wide = _enlarged(self.narrow(deep), skip.shape[-2:])
        state = self.join(torch.cat([wide, skip], 1))
        return state + self.mix(self.look(state))


def _convolution(before: int, after: int, *, kernel: int = 3, stride: int = 1, groups: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(inplace=True),
    )


def _enlarged(state: Tensor, size: tuple[int, ...] | torch.Size) -> Tensor:
    return functional.interpolate(state, size=tuple(size), mode="bilinear", align_corners=False)
