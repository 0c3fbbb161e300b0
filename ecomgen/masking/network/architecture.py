"""The small network behind `lite`: a photo, and where help is given a box and clicks, in; a soft mask out.

Two encoders look at the photo: that of `ecomgen/models/encoder.py`, which learnt from renders, and that of
`ecomgen/models/photo_encoder.py`, which has seen real photos. A U-shaped decoder (arXiv 1505.04597) up to half the
photo's size joins what they see. It was trained with either of them closed now and then, so that each has an opinion of
its own, and where they differ there is doubt.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from ecomgen.models.encoder import STEM, STRIDE, WIDTHS, Encoder, convolution
from ecomgen.models.photo_encoder import PHOTO_WIDTHS, PhotoEncoder

__all__ = ["BOTH", "CHANNELS", "PHOTOS", "RENDERS", "STRIDE", "CutoutNetwork", "Opinion"]

COLOURS, HELP = 3, 2  # planes: red, green, blue in [-1, 1]; the box, 1 inside, and clicks, 1 on the product, -1 beside
CHANNELS = COLOURS + HELP
FUSED = (48, 64, 192, 256)  # channels between the photo encoder's levels and the decoder's, from 1/4 to 1/32


class Opinion(NamedTuple):
    """How much of each encoder is let through to the decoder, 0 or 1."""

    renders: float
    photos: float


BOTH, RENDERS, PHOTOS = Opinion(1, 1), Opinion(1, 0), Opinion(0, 1)


class Seen(NamedTuple):
    """What both encoders see at 1/4 to 1/32 of the size, finest first, and the first one's at 1/2."""

    finest: Tensor
    renders: list[Tensor]
    photos: list[Tensor]


class CutoutNetwork(Encoder):
    """Nx5xHxW to logits Nx1xHxW."""

    def __init__(self) -> None:
        super().__init__(CHANNELS)
        widths = (STEM, *WIDTHS)
        self.photo_encoder = PhotoEncoder()
        quarter, eighth, sixteenth, deepest = PHOTO_WIDTHS
        seen = (quarter, eighth, sixteenth + deepest, sixteenth + deepest)
        self.fusions = nn.ModuleList(map(Fusion, seen, FUSED, WIDTHS))
        self.ups = nn.ModuleList(Up(deep, skip) for deep, skip in zip(widths[:0:-1], widths[-2::-1], strict=True))
        self.head = nn.Conv2d(STEM, 1, 3, padding=1)

    def forward(self, pictures: Tensor, trust: Tensor | None = None) -> Tensor:
        """`trust`, Nx2, is the opinion that is asked for, picture by picture: both encoders' unless given."""
        return self.answer(self.seen(pictures), pictures.shape[-2:], trust)

    def seen(self, pictures: Tensor) -> Seen:
        finest, *renders = self.local(pictures)
        colours, help_ = pictures.split((COLOURS, HELP), 1)
        quarter, eighth, sixteenth, deepest = self.photo_encoder(colours)
        deep = torch.cat([sixteenth, deepest], 1)
        levels = (quarter, eighth, deep, functional.avg_pool2d(deep, 2))
        photos = [
            fusion(level, functional.adaptive_avg_pool2d(help_, (level.shape[-2], level.shape[-1])))
            for fusion, level in zip(self.fusions, levels, strict=True)
        ]
        return Seen(finest, renders, photos)

    def answer(self, seen: Seen, size: tuple[int, ...] | torch.Size, trust: Tensor | None = None) -> Tensor:
        """The logits, Nx1xHxW with (H, W) = `size`."""
        return enlarged(self.head(self.decoded(seen, trust)[-1]), size)

    def decoded(self, seen: Seen, trust: Tensor | None = None) -> list[Tensor]:
        """What the decoder makes at every level, from 1/16 of the size to 1/2."""
        asked = seen.finest.new_ones(len(seen.finest), 2) if trust is None else trust.to(seen.finest)
        renders, photos = asked[:, :, None, None, None].unbind(1)
        levels = [renders * own + photos * real for own, real in zip(seen.renders, seen.photos, strict=True)]
        states = [self.context(levels.pop())]
        for up in self.ups:
            states.append(up(states[-1], levels.pop() if levels else seen.finest))
        return states[1:]


class Fusion(nn.Module):
    """A level of the photo encoder, standardised channel by channel, and the help, made one of the decoder's."""

    def __init__(self, seen: int, between: int, wanted: int) -> None:
        super().__init__()
        self.standard = nn.BatchNorm2d(seen, affine=False)
        self.mix = convolution(seen + HELP, between, kernel=1)
        self.look = convolution(between, between, groups=between)
        self.out = nn.Conv2d(between, wanted, 1)
        nn.init.zeros_(self.out.weight)  # so that training begins with what the decoder knows
        nn.init.zeros_(self.out.bias)  # pyright: ignore[reportArgumentType]

    def forward(self, level: Tensor, help_: Tensor) -> Tensor:
        return self.out(self.look(self.mix(torch.cat([self.standard(level), help_], 1))))


class Up(nn.Module):
    """Enlarge, join with the finer level, mix."""

    def __init__(self, deep: int, skip: int) -> None:
        super().__init__()
        self.narrow = convolution(deep, skip, kernel=1)
        self.join = convolution(2 * skip, skip, kernel=1)
        self.look = convolution(skip, skip, groups=skip)
        self.mix = convolution(skip, skip, kernel=1)

    def forward(self, deep: Tensor, skip: Tensor) -> Tensor:
        wide = enlarged(self.narrow(deep), skip.shape[-2:])
        state = self.join(torch.cat([wide, skip], 1))
        return state + self.mix(self.look(state))


def enlarged(state: Tensor, size: tuple[int, ...] | torch.Size) -> Tensor:
    """Bilinearly, the places' corners left where they are."""
    return functional.interpolate(state, size=tuple(size), mode="bilinear", align_corners=False)
