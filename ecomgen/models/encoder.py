"""How the small networks that ship with ecomgen look at a picture: down to 1/32 of its size, where all places meet.

Inverted residuals (Sandler et al., MobileNetV2, arXiv 1801.04381) with squeeze-and-excitation (arXiv 1709.01507), then
self-attention over the few tokens left, so that every place knows the whole picture.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

from ecomgen.models.location import locate
from ecomgen.models.resident import load_once

Network = TypeVar("Network", bound=nn.Module)

STRIDE = 32  # the input's sides must be multiples of it
STEM, WIDTHS, DEPTHS = 24, (32, 64, 128, 208), (1, 2, 4, 4)
EXPANSION = 3
HEADS = 4


class Encoder(nn.Module):
    """NxCxHxW to what is seen at 1/2, 1/4, 1/8, 1/16 and 1/32 of the size."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.stem = convolution(channels, STEM, stride=2)
        widths = (STEM, *WIDTHS)
        self.stages = nn.ModuleList(
            nn.Sequential(convolution(before, width, stride=2), *(Inverted(width) for _ in range(depth)))
            for before, width, depth in zip(widths, WIDTHS, DEPTHS, strict=False)
        )
        self.context = Attention(WIDTHS[-1])

    def encoded(self, pictures: Tensor) -> list[Tensor]:
        """The levels, finest first."""
        levels = self.local(pictures)
        levels[-1] = self.context(levels[-1])
        return levels

    def local(self, pictures: Tensor) -> list[Tensor]:
        """The levels, finest first, before all places meet."""
        levels = [self.stem(pictures)]
        for stage in self.stages:
            levels.append(stage(levels[-1]))
        return levels


class Inverted(nn.Module):
    """Widen, look about in every channel, weigh the channels by the whole, narrow, add."""

    def __init__(self, width: int) -> None:
        super().__init__()
        wide = EXPANSION * width
        self.widen = convolution(width, wide, kernel=1)
        self.look = convolution(wide, wide, groups=wide)
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


def folded(network: Network) -> Network:
    """The same network for use, not for training: its batch norms are folded into the convolutions before them."""
    for part in list(network.modules()):
        if isinstance(part, nn.Sequential) and len(part) > 1:
            first, second = part[0], part[1]
            if isinstance(first, nn.Conv2d) and isinstance(second, nn.BatchNorm2d):
                part[0] = fuse_conv_bn_eval(first, second)
                del part[1]
    return network


def shipped(name: str, kind: Callable[[], Network]) -> Network:
    """The network of a kind with the weights under this id of the manifest, on the processor, loaded once.

    Raises:
        WeightsMissing, WeightsCorrupt: they are not on this machine or not what the manifest says.
    """
    path = locate(name)

    def build() -> Network:
        network = kind()
        network.load_state_dict({key: value.float() for key, value in load_file(path).items()})
        return network.eval()

    return load_once(f"{path}|cpu", build)


def convolution(before: int, after: int, *, kernel: int = 3, stride: int = 1, groups: int = 1) -> nn.Sequential:
    """Convolution, batch norm, rectifier; the size is kept but for the stride."""
    return nn.Sequential(
        nn.Conv2d(before, after, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(inplace=True),
    )
