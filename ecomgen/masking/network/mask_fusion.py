"""One answer made of several: a small network joins what different looks at a photo took for the product.

Looks err in different places: one takes a neighbour along, another loses a limb. Which is right where is seen better
with all of them side by side than by trusting one whole (stacked generalisation, Wolpert 1992). The network changes the
log-odds of the answer that is trusted most; it was trained by `training/fusion.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from ecomgen.masking.network.hypothesis_ranking import Answers
from ecomgen.masking.network.inference import NEAR_MARGIN, as_planes, draw_box, exposed, load, shape_of, sized
from ecomgen.masking.network.mask_decoder import MaskDecoder, features_of, odds_of
from ecomgen.masking.signs import log_odds
from ecomgen.types import Box, Matte, Pixels

KIND = "fusion"
SIDE = 224  # pixels of the longer side of what the network sees
RANKED = 5
PLANES = (
    "red", "green", "blue", "first", "second", "third", "fourth", "fifth", "mean", "spread", "most", "least", "renders",
    "photos", "colours", "box",
)  # fmt: skip
EXAMPLES = 5  # surely product, the first and the second answer, what is in dispute, surely not
SPREAD = 2.0  # standard deviations are drawn so many times as large
SURELY = 0.03  # likelihoods are kept so far from 0 and 1
LEAST_WINDOW = 64  # pixels


class FusionNetwork(MaskDecoder):
    """What is seen in a photo, and planes NxPxHxW as `PLANES` names them, to log-odds Nx1xHxW."""

    def __init__(self) -> None:
        super().__init__(len(PLANES), EXAMPLES)
        nn.init.zeros_(self.head.weight)  # so that training begins with the first answer
        nn.init.zeros_(self.head.bias)  # pyright: ignore[reportArgumentType]

    def examples(self, planes: Tensor) -> Tensor:
        one = {name: planes[:, number : number + 1] for number, name in enumerate(PLANES)}
        return torch.cat([one["least"], one["first"], one["second"], one["spread"], 1 - one["most"]], 1)


def fused(looks: str, joins: str, photo: Pixels, ranked: Sequence[Matte], answers: Answers) -> Matte:
    """How likely every pixel is product, HxW, by all answers together.

    Args:
        looks: the id of the cut-out network's weights.
        joins: the id of the weights of the one that joins its answers.
        photo: uint8 HxWx3.
        ranked: the distinct answers, the most trusted first; at least one.
        answers: all of them.
    """
    window = window_of(ranked)
    shape = shape_of(window, SIDE)
    small = sized(exposed(photo)[window.slices], shape)
    planes = planes_of(small, ranked, answers, window)
    change = odds_of(load(joins, FusionNetwork), features_of(looks, small), planes)
    odds = log_odds(ranked[0], SURELY)
    odds[window.slices] += cv2.resize(change, (window.width, window.height), interpolation=cv2.INTER_LINEAR)
    likely = 1 / (1 + np.exp(-np.clip(odds, -60, 60)))
    return np.where(window.drawn(likely.shape), likely, 0).astype(np.float32)


def window_of(ranked: Sequence[Matte]) -> Box:
    """A square, as far as the photo allows one, around all answers, with some room."""
    rows, columns = ranked[0].shape
    box = Box.of(np.any([answer > 0.5 for answer in ranked], axis=0))
    size = max(box.longest + 2 * (round(NEAR_MARGIN * box.longest) + 4), LEAST_WINDOW)
    width, height = min(size, columns), min(size, rows)
    x0 = int(np.clip((box.x0 + box.x1 - width) / 2, 0, columns - width))
    y0 = int(np.clip((box.y0 + box.y1 - height) / 2, 0, rows - height))
    return Box(x0, y0, x0 + width, y0 + height)


def planes_of(small: Pixels, ranked: Sequence[Matte], answers: Answers, window: Box) -> Matte:
    """All planes, float32 PxHxW, in the order of `PLANES`; `small` is the photo's window as the network sees it."""
    top = [*ranked, *[ranked[0]] * RANKED][:RANKED]
    every = np.stack([answer[window.slices] for answer in answers.every])
    nothing = np.zeros(ranked[0].shape, np.float32)
    drawn = [
        *(answer[window.slices] for answer in top),
        every.mean(0),
        (SPREAD * every.std(0)).clip(0, 1),
        every.max(0),
        every.min(0),
        *(
            whole[window.slices]
            for whole in (
                answers.closest.renders,
                answers.closest.photos,
                nothing if answers.colours is None else answers.colours.astype(np.float32),
                draw_box(answers.box, nothing.shape) if answers.box else nothing,
            )
        ),
    ]
    shape = small.shape[1::-1]
    interpolation = cv2.INTER_AREA if window.width > shape[0] else cv2.INTER_LINEAR
    seen = [cv2.resize(np.ascontiguousarray(plane), shape, interpolation=interpolation) for plane in drawn]
    return np.stack([*as_planes(small), *seen]).astype(np.float32)
