"""A small network that tells the horizon and the side of the light in a photo without a product.

It looks through the cut-out network's frozen photo encoder and is told what changes from row to row, what the rules of
`backdrop_edges` make of that, and which way light and shadow follow each other (`backdrop_slants`). It learnt from
renders whose camera and light are known (`training/backdrops.py`).
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, replace
from hashlib import blake2b
from threading import Lock

import cv2
import numpy as np
import torch
from cachetools import LRUCache, cached
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from ecomgen import models
from ecomgen.color import LUMA, to_linear
from ecomgen.models.encoder import shipped
from ecomgen.models.location import locate
from ecomgen.models.photo_encoder import PHOTO_WIDTHS, PhotoEncoder
from ecomgen.models.resident import load_once
from ecomgen.scenes.studio.estimation import backdrop_edges
from ecomgen.scenes.studio.estimation.backdrop_slants import SLANTS, slants
from ecomgen.scenes.studio.estimation.resampling import squeezed
from ecomgen.scenes.studio.primitives.types import Values
from ecomgen.types import Pixels

KIND, EYES, PREFIX = "backdrop", "ecomgen-cutout", "photo_encoder."  # in the manifest; of the encoder's tensors
SIDE = 192  # pixels of what the encoder sees
ROWS, COLUMNS = 24, 3  # places of which the network is told
HORIZONS = np.linspace(-1.0, 0.8, 61)  # rows, as shares of the height
CHANGES = ((2, 0.35), (10, 0.35), (2, 0.1), (10, 0.5))  # of `backdrop_edges.changes`
FINE, DEEP, TONES = 2 * PHOTO_WIDTHS[0] + PHOTO_WIDTHS[1], PHOTO_WIDTHS[2] + PHOTO_WIDTHS[3], 5
CUES = 2 * len(CHANGES) + 7
WIDTH, HIDDEN, DROPPED = 48, 96, 0.3
SLANTED, ACROSS = 16, (6, 3)  # of what is made of the slants: channels, places
STRAY, HEAVY = 15.0, 1.0  # degrees by which cameras stray from the usual; the tails: photos may contradict it
RULE = -5  # of the cues: the horizon by rule
RULE_STRAYS = 0.05  # of the height
LENS_STRAYS, LENSES = 0.4, np.exp(np.linspace(-0.9, 0.9, 19))  # of an unknown lens: in logarithms; of the usual one


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`horizon` is a row, as a share of the height; `side` is the chance of light from the right less of the left.

    `focal` is the focal length in heights, as it was known or as it is likely; `spread` the deviation, in degrees, of
    the camera's elevation above where a product usually stands, were the lens that one.
    """

    horizon: float
    focal: float
    spread: float
    side: float = 0.0


class BackdropNetwork(nn.Module):
    """What is seen, NxCUESxROWS and NxSLANTSxROWSx(2*COLUMNS), to logits over HORIZONS and left, neither and right.

    What is seen is Nx(FINE+DEEP+TONES)xROWSxCOLUMNS. A mirrored photo's sides are exactly the other way round.
    """

    def __init__(self) -> None:
        super().__init__()
        self.look = nn.Sequential(nn.Dropout(DROPPED), nn.Conv2d(FINE + DEEP, WIDTH, 1))
        self.tone, self.cue = nn.Conv2d(TONES, WIDTH, 1), nn.Conv1d(CUES, WIDTH, 1)
        self.norm = nn.GroupNorm(8, WIDTH)
        self.mix = nn.ModuleList(_mixing(apart) for apart in (1, 2))
        self.horizon = _answering(WIDTH * ROWS, HIDDEN, len(HORIZONS))
        self.slant = _slanting()
        self.side = _answering(WIDTH * 4 * COLUMNS + SLANTED * math.prod(ACROSS), HIDDEN // 3, 2)

    def forward(self, seen: Tensor, cues: Tensor, slants: Tensor) -> tuple[Tensor, Tensor]:
        looked, tones = seen.split([FINE + DEEP, TONES], 1)
        state = functional.silu(self.norm(self.look(looked) + self.tone(tones) + self.cue(cues)[..., None]))
        for mix in self.mix:
            state = state + mix(state)
        coarse = functional.avg_pool2d(state, (ROWS // 4, 1))
        here, mirrored = self._sides(coarse, slants), self._sides(coarse.flip(-1), -slants.flip(-1))
        odd, even = (here - mirrored)[:, 0], (here + mirrored)[:, 1]
        return self.horizon(state.mean(-1).flatten(1)), torch.stack([-odd, even, odd], 1)

    def _sides(self, coarse: Tensor, slants: Tensor) -> Tensor:
        return self.side(torch.cat([coarse.flatten(1), self.slant(slants).flatten(1)], 1))


def _mixing(apart: int) -> nn.Sequential:
    """Every place with those above, below and beside it."""
    look = nn.Conv2d(WIDTH, WIDTH, (5, 3), padding=(2 * apart, 1), dilation=(apart, 1), groups=WIDTH)
    return nn.Sequential(look, nn.GroupNorm(8, WIDTH), nn.SiLU(), nn.Conv2d(WIDTH, WIDTH, 1))


def _slanting() -> nn.Sequential:
    look = nn.Conv2d(SLANTS, SLANTED, 3, padding=1)
    pool = nn.AdaptiveAvgPool2d(ACROSS)
    return nn.Sequential(nn.Dropout(0.1), look, nn.SiLU(), pool, nn.Conv2d(SLANTED, SLANTED, 1), nn.SiLU())


def _answering(seen: int, hidden: int, answers: int) -> nn.Sequential:
    parts = nn.Dropout(DROPPED), nn.Linear(seen, hidden), nn.SiLU(), nn.Dropout(DROPPED), nn.Linear(hidden, answers)
    return nn.Sequential(*parts)


def answer(pixels: Pixels, focal: float, *, lens_known: bool = True) -> Reading | None:
    """What the network reads; None where its weights, or those of its encoder, are not in this installation.

    Args:
        pixels: HxWx3, sRGB.
        focal: in heights of the picture.
        lens_known: otherwise that is the usual focal length, from which the photo's may stray.

    Raises:
        WeightsCorrupt: they are not what the manifest says.
    """
    name = models.first_here(KIND)
    if name is None or models.first_here("lite") is None:
        return None
    return _answer(shipped(name, BackdropNetwork), pixels, focal, lens_known)


def _asked(network: BackdropNetwork, pixels: Pixels, focal: float, lens_known: bool) -> tuple[Hashable, ...]:
    """What an answer is remembered by: a run asks time and again, and so do the drafts before it."""
    return network, focal, lens_known, pixels.shape, blake2b(pixels.tobytes()).digest()


@cached(LRUCache(maxsize=8), key=_asked, lock=Lock())
def _answer(network: BackdropNetwork, pixels: Pixels, focal: float, lens_known: bool) -> Reading:
    mirrored = np.ascontiguousarray(pixels[:, ::-1])  # the same camera
    both, slanted = torch.stack([seen(pixels), seen(mirrored)]), torch.stack([slants(pixels), slants(mirrored)])
    with torch.inference_mode():
        horizon, side = network(both, cues(pixels, focal).expand(2, -1, -1), slanted)
    rule = backdrop_edges.found(squeezed(pixels, (backdrop_edges.ROWS, backdrop_edges.ROWS)), focal)
    chances = torch.softmax(horizon.mean(0), 0).double().numpy()
    left, _, right = torch.softmax((side[0] + side[1].flip(0)) / 2, 0).tolist()
    return replace(likely(chances, focal, rule and rule[0], lens_known=lens_known), side=right - left)


def likely(chances: NDArray[np.float64], focal: float, rule: float | None, *, lens_known: bool = True) -> Reading:
    """The mean horizon, and lens, of the network's `chances` of HORIZONS, what is usual, and the horizon by `rule`.

    `focal` is in heights of the picture; where the lens is not known, it is but the usual one.
    """
    lenses = focal * (np.ones(1) if lens_known else LENSES)
    fitting = np.exp(-0.5 * (np.log(lenses / focal) / LENS_STRAYS) ** 2)
    degrees = _elevations(lenses[:, None])
    both = fitting[:, None] * chances * (1 + ((degrees - backdrop_edges.USUAL) / STRAY) ** 2) ** -HEAVY
    if rule is not None:
        both = both / (1 + ((HORIZONS - rule) / RULE_STRAYS) ** 2)
    both = both / both.sum()
    rows, lens = both.sum(0), float(np.exp(both.sum(1) @ np.log(lenses)))
    seen_from = _elevations(lens)
    spread = float(np.sqrt(rows @ (seen_from - rows @ seen_from) ** 2))
    return Reading(horizon=float(rows @ HORIZONS), focal=lens, spread=spread)


def _elevations(focal: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """From how high, in degrees, the place where a product usually stands is seen under each of HORIZONS."""
    return np.degrees(np.arcsin(np.clip((backdrop_edges.GROUND - HORIZONS) / focal, -1, 1)))


@torch.inference_mode()
def seen(pixels: Pixels) -> Tensor:
    """What the network is told of the places of a photo (HxWx3, sRGB), (FINE+DEEP+TONES)xROWSxCOLUMNS."""
    square = squeezed(pixels, (SIDE, SIDE))
    planes = torch.from_numpy(square.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1)[None]
    quarter, eighth, sixteenth, deepest = _eyes()(planes)
    mean = functional.avg_pool2d(quarter, 2)
    rough = (functional.avg_pool2d(quarter * quarter, 2) - mean * mean).clamp(min=0).sqrt()
    fine = functional.adaptive_avg_pool2d(torch.cat([mean, rough, eighth], 1), (ROWS, COLUMNS))
    deep = functional.adaptive_avg_pool2d(torch.cat([sixteenth, deepest], 1), (ROWS // 2, COLUMNS))
    deep = functional.interpolate(deep, size=(ROWS, COLUMNS), mode="nearest")
    return torch.cat([fine, deep, torch.from_numpy(_tones(square))[None]], 1)[0]


def _tones(square: Pixels) -> NDArray[np.float32]:
    """Log luminance, how much it varies, and Lab, TONESxROWSxCOLUMNS."""
    light = np.log(to_linear(square) @ LUMA + 0.02)
    light = (light - light.mean()).reshape(ROWS, SIDE // ROWS, COLUMNS, SIDE // COLUMNS)
    lab = cv2.cvtColor(square.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    lab = cv2.resize(lab, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA).transpose(2, 0, 1) / 50
    return np.concatenate([[light.mean((1, 3)), light.std((1, 3))], lab]).astype(np.float32)


def cues(pixels: Pixels, focal: float) -> Tensor:
    """What changes round every row of a photo (HxWx3, sRGB), where the rules see horizon, ground and table, and the
    lens (its `focal` length, in heights of the picture), CUESxROWS."""
    square = squeezed(pixels, (backdrop_edges.ROWS, backdrop_edges.ROWS))
    told: list[Values] = []
    for step, share in CHANGES:
        change = backdrop_edges.changes(square, step, share).reshape(ROWS, -1)
        most = change.max(1)
        where = change.argmax(1) / (change.shape[1] - 1) - 0.5
        told += [np.log1p(most) / 3, where * np.minimum(most / 8, 1)]
    (horizon, ground), table = backdrop_edges.horizon(square, focal), backdrop_edges.table(square)
    rows = (np.arange(ROWS) + 0.5) / ROWS
    told += [np.clip(1 - abs(rows - row) * ROWS, 0, 1) for row in (horizon, ground)]
    flat = horizon, ground, -1.0 if table is None else table, float(table is not None), np.log(focal)
    return torch.from_numpy(np.stack([*told, *(np.full(ROWS, value) for value in flat)]).astype(np.float32))


def _eyes() -> PhotoEncoder:
    """The cut-out network's photo encoder, loaded once."""
    path = locate(EYES)

    def build() -> PhotoEncoder:
        own = {name: value.float() for name, value in load_file(path).items() if name.startswith(PREFIX)}
        encoder = PhotoEncoder()
        encoder.load_state_dict({name.removeprefix(PREFIX): value for name, value in own.items()})
        return encoder.eval()

    return load_once(f"{path}|{PREFIX}", build)
