"""Crops of renders with what the cut-out network sees in them, made once and practised on many times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.random import Generator

from ecomgen.masking.interactive.click_answers import smoothed
from ecomgen.masking.network.architecture import CutoutNetwork
from ecomgen.masking.network.inference import exposed, load
from ecomgen.masking.network.mask_decoder import Features, features
from ecomgen.types import Box, Matte, Pixels
from training.data import Renders, Sampler, Soft, around, degraded
from training.scenes.surfaces import load_bank

SIDE, FAR_SIDE = 224, 256  # pixels of a crop, and of the whole picture in a look from farther off
SHARD, TOGETHER = 48, 8
RIVAL = 0.3  # how often another product lies beside it


@dataclass(frozen=True, kw_only=True, eq=False)
class Crop:
    """A part of a picture at SIDE x SIDE, its truth, what a far look takes for product, and its features."""

    photo: Pixels
    truth: Matte
    far: Matte
    seen: Features  # each CxHxW, in half precision

    @cached_property
    def colours(self) -> Matte:
        return smoothed(self.photo)


def make(renders: Path, out: Path, *, validation: bool, shards: int, seed: int = 0, count: int = SHARD) -> None:
    """Write so many shards of `count` crops of the folder's renders; renders that come in meanwhile are used too."""
    found = Renders(renders, validation=validation)
    sampler, network = Sampler(found, load_bank(renders / "bank.npz"), seed), load("ecomgen-cutout")
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    for number in range(shards):
        path = out / f"crops-{seed:02d}{number:04d}.npz"
        if path.is_file():
            continue
        found.refresh()
        parts = [_together(sampler, network) for _ in range(count // TOGETHER)]
        part = path.with_name(f".{path.name}")
        np.savez(part, **{name: np.concatenate([each[name] for each in parts]) for name in parts[0]})
        part.replace(path)
        print(path.name, len(found.pictures), flush=True)


def read(path: Path) -> Iterator[Crop]:
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    for number, photo in enumerate(arrays["photos"]):
        yield Crop(
            photo=photo,
            truth=arrays["truths"][number].astype(np.float32) / 255,
            far=arrays["fars"][number].astype(np.float32) / 255,
            seen=Features(*(torch.from_numpy(arrays[name][number]) for name in Features._fields)),
        )


def _together(sampler: Sampler, network: CutoutNetwork) -> dict[str, np.ndarray]:
    drawn = [_picture(sampler) for _ in range(TOGETHER)]
    with torch.inference_mode():
        wholes = np.stack([cv2.resize(picture, (FAR_SIDE, FAR_SIDE)) for picture, _ in drawn])
        fars = torch.sigmoid(network(_with_no_help(_tensor(wholes))))[:, 0].numpy()
        framed = [_framed(*each, far, sampler.rng) for each, far in zip(drawn, fars, strict=True)]
        photos, truths, nears = (np.stack(each) for each in zip(*framed, strict=True))
        seen = features(network, _tensor(photos))
    bytes_ = {"photos": photos, "truths": (truths * 255).astype(np.uint8), "fars": (nears * 255).astype(np.uint8)}
    return bytes_ | {name: level.half().numpy() for name, level in seen._asdict().items()}


def _picture(sampler: Sampler) -> tuple[Pixels, Soft]:
    rng = sampler.rng
    while True:
        picture, soft = sampler.composed(rival=rng.random() < RIVAL)
        if float((soft > 0.5).mean()) > 0.004:
            return exposed(degraded(picture, rng) if rng.random() < 0.8 else picture), soft


def _framed(picture: Pixels, soft: Soft, far: Matte, rng: Generator) -> tuple[Pixels, Matte, Matte]:
    """A square around what is or seems to be the product, mirrored now and then."""
    side = len(picture)
    seen = np.asarray(cv2.resize(far, (side, side)), dtype=np.float32)
    kind = rng.random()
    box = around(soft if kind < 0.4 else np.maximum(soft, seen))
    x0, y0, size = _square(box, side, rng) if box and kind < 0.9 else (0, 0, side)
    here = slice(y0, y0 + size), slice(x0, x0 + size)
    interpolation = cv2.INTER_AREA if size > SIDE else cv2.INTER_LINEAR
    mirrored = slice(None, None, -1 if rng.random() < 0.5 else 1)
    photo, truth, near = (
        cv2.resize(each[here], (SIDE, SIDE), interpolation=interpolation)[:, mirrored] for each in (picture, soft, seen)
    )
    return photo, truth.clip(0, 1), near.clip(0, 1)


def _square(box: Box, side: int, rng: Generator) -> tuple[int, int, int]:
    """Left, top and size of a square in the picture, with some room around the box."""
    longest = max(box.width, box.height)
    size = int(np.clip(longest * (1 + 2 * rng.uniform(0.12, 0.35)) + 8, 64, side))
    shift = rng.normal(0, 0.04, 2) * longest
    x0 = int(np.clip((box.x0 + box.x1 - size) / 2 + shift[0], 0, side - size))
    y0 = int(np.clip((box.y0 + box.y1 - size) / 2 + shift[1], 0, side - size))
    return x0, y0, size


def _tensor(pictures: Pixels) -> torch.Tensor:
    planes = torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 127.5 - 1
    return planes.contiguous(memory_format=torch.channels_last)


def _with_no_help(colours: torch.Tensor) -> torch.Tensor:
    return torch.cat([colours, colours.new_zeros(len(colours), 2, *colours.shape[-2:])], 1)
