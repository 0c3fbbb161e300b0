"""The small network that answers a click: what the cut-out network sees, a mask and clicks in, the mask's log-odds out.

A U-shaped decoder on features that are worked out once a photo, so that a click costs little. It was trained on its own
answers to simulated clicks (Sofiiuk et al., arXiv 2102.06583); besides drawn clicks and distances from them it is told
how alike every place is to what was clicked, to the mask and to the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from ecomgen.masking.network.architecture import BOTH, HELP, PHOTOS, RENDERS, CutoutNetwork, Up
from ecomgen.models.encoder import STEM, WIDTHS, Attention, Inverted, convolution
from ecomgen.models.photo_encoder import PHOTO_WIDTHS

if TYPE_CHECKING:
    from ecomgen.masking.network.architecture import Opinion

PLANES = (
    "red", "green", "blue", "mask", "box", "good", "bad", "last", "good_far", "bad_far", "near", "signed", "colour",
    "side",
)  # fmt: skip
OWN = (24, 48, 64, 96)  # channels of the decoder at 1/2 to 1/16 of the size
BROUGHT = (24, 48, 64)  # to which the features from 1/4 to 1/16 are brought
DEPTHS = (1, 2, 2)
HEADS, LENGTH = 4, 8  # comparisons with each example, and their length
EXAMPLES = 5  # the last click, all good ones, all bad ones, the mask, the rest


class Features(NamedTuple):
    """What the cut-out network sees in a photo, at 1/2, 1/4, 1/8 and 1/16 of its size."""

    half: Tensor
    quarter: Tensor
    eighth: Tensor
    sixteenth: Tensor


FEATURE_WIDTHS = (  # their channels
    STEM + 3, WIDTHS[0] + PHOTO_WIDTHS[0], WIDTHS[1] + PHOTO_WIDTHS[1], WIDTHS[2] + sum(PHOTO_WIDTHS[2:])
)  # fmt: skip


def features(network: CutoutNetwork, colours: Tensor) -> Features:
    """The decoder's levels, the photo encoder's and three opinions of photos Nx3xHxW in [-1, 1], sides times 32."""
    nothing = colours.new_zeros(len(colours), HELP, *colours.shape[-2:])
    seen = network.seen(torch.cat([colours, nothing], 1))
    sixteenth, eighth, quarter, half = network.decoded(seen, _trust(BOTH, colours))
    photos = network.photo_encoder(colours)
    alone = [network.head(network.decoded(seen, _trust(each, colours))[-1]) for each in (RENDERS, PHOTOS)]
    return Features(
        torch.cat([half, network.head(half), *alone], 1),
        torch.cat([quarter, photos[0]], 1),
        torch.cat([eighth, photos[1]], 1),
        torch.cat([sixteenth, *photos[2:]], 1),
    )


def _trust(opinion: Opinion, colours: Tensor) -> Tensor:
    return colours.new_tensor([opinion] * len(colours))


class ClickNetwork(nn.Module):
    """Features, and planes NxPxHxW as `PLANES` names them, to log-odds Nx1xHxW that each pixel is product."""

    def __init__(self) -> None:
        super().__init__()
        self.standards = nn.ModuleList(nn.BatchNorm2d(width, affine=False) for width in FEATURE_WIDTHS)
        self.stem = convolution(4 * len(PLANES) + FEATURE_WIDTHS[0], OWN[0], kernel=1)
        coarser = list(zip(OWN, OWN[1:], FEATURE_WIDTHS[1:], BROUGHT, strict=False))
        self.downs = nn.ModuleList(convolution(finer, own, stride=2) for finer, own, _, _ in coarser)
        self.brought = nn.ModuleList(convolution(seen, wanted, kernel=1) for _, _, seen, wanted in coarser)
        self.compared = nn.ModuleList(Compared(own + wanted) for _, own, _, wanted in coarser)
        self.joins = nn.ModuleList(
            convolution(own + wanted + HEADS * EXAMPLES, own, kernel=1) for _, own, _, wanted in coarser
        )
        self.blocks = nn.ModuleList(
            nn.Sequential(*(Inverted(own) for _ in range(depth))) for own, depth in zip(OWN[1:], DEPTHS, strict=True)
        )
        self.context = Attention(OWN[-1])
        self.ups = nn.ModuleList(Up(deep, skip) for deep, skip in zip(OWN[:0:-1], OWN[-2::-1], strict=True))
        self.head = nn.Conv2d(OWN[0], 4, 3, padding=1)

    def forward(self, seen: Features, planes: Tensor) -> Tensor:
        finest, *levels = (standard(level) for standard, level in zip(self.standards, seen, strict=True))
        states = [self.stem(torch.cat([functional.pixel_unshuffle(planes, 2), finest], 1))]
        examples = functional.avg_pool2d(_examples(planes), 2)
        for down, bring, compared, join, blocks, level in zip(
            self.downs, self.brought, self.compared, self.joins, self.blocks, levels, strict=True
        ):
            examples = functional.avg_pool2d(examples, 2)
            state = torch.cat([down(states[-1]), bring(level)], 1)
            states.append(blocks(join(torch.cat([state, compared(state, examples)], 1))))
        state = self.context(states.pop())
        for up in self.ups:
            state = up(state, states.pop())
        return functional.pixel_shuffle(self.head(state), 2)


def _examples(planes: Tensor) -> Tensor:
    """How much each pixel is an example of the last click, of good ones, of bad ones, of the mask and of the rest."""
    one = {name: planes[:, number : number + 1] for number, name in enumerate(PLANES)}
    return torch.cat([one["last"].abs(), one["good"], one["bad"], one["mask"], 1 - one["mask"]], 1)


class Compared(nn.Module):
    """How alike every place is to the mean of each example, NxExHxW, by several learnt measures; 0 to none."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.key = nn.Conv2d(width, HEADS * LENGTH, 1)

    def forward(self, state: Tensor, examples: Tensor) -> Tensor:
        keys = functional.normalize(self.key(state).flatten(2).unflatten(1, (HEADS, LENGTH)), dim=2)  # NxKxDxP
        shares = (examples / (examples.sum((2, 3), keepdim=True) + 1e-4)).flatten(2)[:, None].to(keys.dtype)
        means = shares @ keys.transpose(2, 3)  # NxKxExD
        return (means @ keys).flatten(1, 2).unflatten(2, state.shape[2:])
