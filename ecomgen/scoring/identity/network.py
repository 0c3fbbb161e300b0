"""A small network that holds two masked crops against each other: one product seen twice, or not quite?

It sees both as tokens and lets them look at each other, so that it can follow a part from one view to the other. It
answers five questions, each with a logit: is it the same product, and if so, are its hues, its form, its proportions
and its parts sound? Learnt from rendered products only (`training/identity.py`), against near-identical others as
NearID argues (arXiv 2604.01973).
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import cv2
import numpy as np
import torch
from cachetools import cached
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from ecomgen.models.encoder import WIDTHS, Encoder, shipped
from ecomgen.scoring.identity.frames import Frame, in_square

SIDE = 96  # pixels of what the network sees
STEP = 16  # pixels of a token's side
GRID = SIDE // STEP  # tokens a side
FILLED = 0.9  # of it by the product's longer side
CHANNELS = 5  # red, green, blue in [-1, 1], grey where it is not the product; the mask in [0, 1]; a plane of zeros
WIDTH = 128  # of a token
HEADS, LAYERS = 4, 2
SUMS = 10  # figures of the whole crop
STRETCH = 0.1  # logarithm of width over height that the network calls 1
ASKED = ("same", "hue", "form", "proportions", "parts")  # the same product; and of this one, whether each is sound


class IdentityNetwork(Encoder):
    """Crops to tokens (`tokens`), then pairs of tokens to logits over ASKED."""

    def __init__(self) -> None:
        super().__init__(CHANNELS)
        seen = 4 * WIDTHS[-3] + WIDTHS[-2] + WIDTHS[-1]
        self.told = nn.Conv2d(seen, WIDTH, 1)
        self.coloured = nn.Sequential(nn.Conv2d(4 * 4, WIDTH // 2, 1), nn.GELU(), nn.Conv2d(WIDTH // 2, WIDTH, 1))
        self.summed = nn.Sequential(nn.Linear(SUMS, WIDTH // 2), nn.GELU(), nn.Linear(WIDTH // 2, WIDTH))
        self.place = nn.Parameter(torch.zeros(1, WIDTH, GRID, GRID))
        self.side = nn.Parameter(torch.zeros(2, 1, WIDTH))
        self.layers = nn.ModuleList(Together() for _ in range(LAYERS))
        self.vector = nn.Linear(WIDTH, WIDTH)
        self.moved = nn.Linear(WIDTH, 2)
        self.head = nn.Sequential(
            nn.LayerNorm(3 * WIDTH + 1),
            nn.Linear(3 * WIDTH + 1, WIDTH),
            nn.SiLU(),
            nn.Dropout(0.2),
            nn.Linear(WIDTH, len(ASKED)),
        )
        self.wider = nn.Sequential(
            nn.LayerNorm(3 * WIDTH + 1), nn.Linear(3 * WIDTH + 1, WIDTH), nn.SiLU(), nn.Linear(WIDTH, 1)
        )

    def tokens(self, crops: Tensor) -> tuple[Tensor, Tensor]:
        """Nx5xSIDExSIDE to tokens NxTxWIDTH and how far each is product, NxTx1.

        There is one for each place, T - 1 = GRID², and last one for the whole, which counts as no product.
        """
        *_, fine, middle, coarse = self.encoded(crops)
        near = functional.pixel_unshuffle(fine, 2)
        whole = functional.interpolate(coarse, middle.shape[-2:], mode="bilinear")
        cells = functional.adaptive_avg_pool2d(crops[:, :4], (2 * GRID, 2 * GRID))
        colour = self.coloured(functional.pixel_unshuffle(3 * cells, 2))
        seen = (self.told(torch.cat([near, middle, whole], 1)) + colour + self.place).flatten(2).transpose(1, 2)
        covered = functional.adaptive_avg_pool2d(cells[:, 3:4], (GRID, GRID)).flatten(2).transpose(1, 2)
        seen = torch.cat([seen, self.summed(_sums(cells))[:, None]], 1)
        return seen, functional.pad(covered, (0, 0, 0, 1))

    def vectors(self, tokens: Tensor, covered: Tensor) -> Tensor:
        """One unit vector a crop, NxWIDTH: near to each other for views of one product."""
        return functional.normalize(self.vector(_mean(tokens, covered)), dim=1)

    def compared(
        self, reference: tuple[Tensor, Tensor], picture: tuple[Tensor, Tensor]
    ) -> tuple[Tensor, Tensor, Tensor]:
        """What is asked, displaced and stretched.

        Logits over ASKED, Nx5; by how much each place of the picture seems displaced, Nx(T-1)x2, of training's unit;
        and how much wider the product seems in it, N, of STRETCH.
        """
        apart = (self.vectors(*reference) * self.vectors(*picture)).sum(1, keepdim=True)
        state = torch.cat([one[0] + self.side[number] for number, one in enumerate((reference, picture))], 1)
        for layer in self.layers:
            state = layer(state)
        own, shown = state.chunk(2, 1)
        strongest = shown.masked_fill(picture[1] < 0.2, -1e4).amax(1).clamp(min=-30)
        taken = torch.cat([_mean(own, reference[1]), _mean(shown, picture[1]), strongest, apart], 1)
        return self.head(taken), self.moved(shown[:, :-1]), self.wider(taken)[:, 0]


class Together(nn.Module):
    """All tokens of both crops look at each other, then each thinks for itself."""

    def __init__(self) -> None:
        super().__init__()
        self.norm, self.again = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.mix, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.think = nn.Sequential(nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH))

    def forward(self, state: Tensor) -> Tensor:
        count, many, _ = state.shape
        query, key, value = self.mix(self.norm(state)).view(count, many, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value)
        state = state + self.out(seen.transpose(1, 2).reshape(count, many, WIDTH))
        return state + self.think(self.again(state))


def _sums(cells: Tensor) -> Tensor:
    """What the whole comes to, NxSUMS, of Nx4xCxC: how wide over how high, how full, its mean colour and contrast."""
    mask = cells[:, 3:4].clamp(min=1e-4)
    total = mask.sum((2, 3))
    share = mask / total[..., None, None]
    across = torch.linspace(-1, 1, cells.shape[-1], device=cells.device)
    x, y = across.view(1, 1, 1, -1), across.view(1, 1, -1, 1)
    mx, my = (share * x).sum((2, 3)), (share * y).sum((2, 3))
    dx, dy = x - mx[..., None, None], y - my[..., None, None]
    xx, yy, xy = ((share * one).sum((2, 3)) + 1e-3 for one in (dx * dx, dy * dy, dx * dy))
    mean = (cells[:, :3]).sum((2, 3)) / total
    spread = (share * (cells[:, :3] / mask - mean[..., None, None]).pow(2)).sum((2, 3)).sqrt()
    shape = [4 * torch.log(xx / yy) / 2, 4 * xy / (xx * yy).sqrt(), total / mask[0, 0].numel(), (xx + yy)]
    return torch.cat([*shape, 3 * mean, spread], 1)


def _mean(tokens: Tensor, covered: Tensor) -> Tensor:
    return (tokens * covered).sum(1) / covered.sum(1).clamp(min=0.1)


def seen(frame: Frame) -> NDArray[np.float32]:
    """What the network sees of a product, 5xSIDExSIDE."""
    rgb, alpha, inside = in_square(frame, frame.alpha, SIDE, FILLED, cv2.INTER_LINEAR)
    planes = np.zeros((CHANNELS, SIDE, SIDE), np.float32)
    planes[(np.s_[:3], *inside)] = ((rgb * 2 - 1) * alpha[..., None]).transpose(2, 0, 1)
    planes[(3, *inside)] = alpha
    return planes


@cached(WeakKeyDictionary(), key=lambda name, frame: frame)  # noqa: ARG005
def tokens_of(name: str, frame: Frame) -> tuple[Tensor, Tensor]:
    """The frame's tokens and what they cover, and those of its mirror image, for the network of that name; worked out
    once for as long as the frame lives."""
    crop = torch.from_numpy(seen(frame))
    with torch.inference_mode():
        return shipped(name, IdentityNetwork).tokens(torch.stack([crop, crop.flip(-1)]))


def answers(name: str, reference: tuple[Tensor, Tensor], picture: tuple[Tensor, Tensor]) -> dict[str, float]:
    """The logits by question for two frames' tokens, the mean over both as they are and both mirrored."""
    with torch.inference_mode():
        logits, *_ = shipped(name, IdentityNetwork).compared(reference, picture)
    return dict(zip(ASKED, logits.mean(0).tolist(), strict=True))
