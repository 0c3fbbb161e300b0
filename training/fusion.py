"""Trains the network that joins the answers of the looks at a photo to one.

    python -m training.fusion samples --renders RENDERS --samples SAMPLES --shards 90
    python -m training.fusion train --samples SAMPLES --out RUN --minutes 45
    python -m training.fusion export --out RUN --weights weights/ecomgen-fusion.safetensors

A sample is a render with all that `lite` finds in it, drawn as the planes of `mask_fusion`, and its features.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from ecomgen.masking.maskers import lite
from ecomgen.masking.network.hypothesis_ranking import ranked
from ecomgen.masking.network.inference import exposed, load, sized
from ecomgen.masking.network.mask_decoder import Features, features
from ecomgen.masking.network.mask_fusion import PLANES, SIDE, SURELY, FusionNetwork, planes_of, window_of
from ecomgen.masking.signs import iou
from ecomgen.types import Box
from training.data import Chances, Picture, Renders, Sampler, Soft, around, degraded
from training.decoder_run import Plan, Run, export
from training.scenes.surfaces import load_bank

SHARD = 24
LOOKS = "ecomgen-cutout"
RIVAL, BOXED, DEGRADED = 0.25, 0.3, 0.8  # how often another product lies beside it, a box is drawn, the photo is poor
SHAKEN = 0.02  # of the product's size, by which a drawn box is off
LEAST = 0.004  # of the picture's area
FIRST, SECOND, LAST = (PLANES.index(name) for name in ("first", "second", "fifth"))
LOST = {"second": 0.15, "colours": 0.1, "first": 0.15}  # how often a plane is not what it was
HELD = "held-*.npz"
COMMON = 2.0  # weight of the soft IoU beside the cross-entropy


@dataclass(frozen=True, kw_only=True, eq=False)
class Sample:
    """What the network is shown of one picture, in bytes and halves, and what it ought to answer."""

    planes: NDArray[np.uint8]  # PxSIDExSIDE, the colours in [0, 255], the rest a likelihood times 255
    truth: NDArray[np.uint8]  # SIDExSIDE, the product's share of each pixel times 255
    seen: Features  # each CxHxW, in half precision


def make(renders: Path, out: Path, *, held: bool, shards: int, seed: int, count: int = SHARD) -> None:
    """Write so many shards of samples; renders that come in meanwhile are used too."""
    found = Renders(renders, validation=held)
    chances = Chances(paste=0.25, two_toned=0.2)
    sampler = Sampler(found, load_bank(renders / "bank.npz"), seed, chances)
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    for number in range(shards):
        path = out / f"{'held' if held else 'learnt'}-{seed:02d}{number:04d}.npz"
        if path.is_file():
            continue
        found.refresh()
        samples: list[Sample] = []
        while len(samples) < count:
            picture, soft = _picture(sampler)
            sample = _sampled(picture, soft, _box(soft, sampler.rng))
            samples += [sample] if sample else []
        part = path.with_name(f".{path.name}")
        np.savez(part, **_packed(samples))  # pyright: ignore[reportArgumentType]
        part.replace(path)
        print(path.name, len(found.pictures), flush=True)


def _picture(sampler: Sampler) -> tuple[Picture, Soft]:
    rng = sampler.rng
    while True:
        picture, soft = sampler.composed(rival=rng.random() < RIVAL)
        if float((soft > 0.5).mean()) > LEAST:
            return (degraded(picture, rng) if rng.random() < DEGRADED else picture), soft


def _box(soft: Soft, rng: Generator) -> Box | None:
    """Now and then one, as people draw it: a little off."""
    exact = around(soft)
    if exact is None or rng.random() >= BOXED:
        return None
    moved = np.array(exact) + rng.normal(0, SHAKEN, 4) * max(exact.width, exact.height)
    x0, y0, x1, y1 = np.clip(moved, 0, len(soft)).round().astype(int).tolist()
    return Box(x0, y0, x1, y1) if x1 - x0 > 4 and y1 - y0 > 4 else None


def _sampled(picture: Picture, soft: Soft, box: Box | None) -> Sample | None:
    """None where nothing was found."""
    answers = lite.looked_at(picture, LOOKS, box)
    found = [each.soft for each in ranked(answers, picture)]
    if not found:
        return None
    window = window_of(found)
    small = sized(exposed(picture)[window.slices], (SIDE, SIDE))
    planes = planes_of(small, found, answers, window)
    planes[:3] = (planes[:3] + 1) / 2
    truth = cv2.resize(np.ascontiguousarray(soft[window.slices]).astype(np.float32), (SIDE, SIDE)).clip(0, 1)
    with torch.inference_mode():
        seen = features(load(LOOKS), torch.from_numpy(planes[None, :3] * 2 - 1))
    return Sample(
        planes=(planes * 255).round().astype(np.uint8),
        truth=(truth * 255).round().astype(np.uint8),
        seen=Features(*(level[0].half() for level in seen)),
    )


def _packed(samples: list[Sample]) -> dict[str, np.ndarray]:
    levels = zip(Features._fields, zip(*(each.seen for each in samples), strict=True), strict=True)
    return {
        "planes": np.stack([each.planes for each in samples]),
        "truths": np.stack([each.truth for each in samples]),
        **{name: torch.stack(level).numpy() for name, level in levels},
    }


def read(path: Path) -> list[Sample]:
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    levels = [torch.from_numpy(arrays[name]) for name in Features._fields]
    return [
        Sample(planes=planes, truth=truth, seen=Features(*(level[number] for level in levels)))
        for number, (planes, truth) in enumerate(zip(arrays["planes"], arrays["truths"], strict=True))
    ]


def batch(samples: list[Sample], rng: Generator | None = None) -> tuple[Features, Tensor, Tensor]:
    """Features, planes and truths; with `rng` some planes are lost or change places, and half is mirrored."""
    planes = torch.from_numpy(np.stack([each.planes for each in samples])).float() / 255
    planes[:, :3] = planes[:, :3] * 2 - 1
    truths = torch.from_numpy(np.stack([each.truth for each in samples])).float()[:, None] / 255
    levels = zip(*(each.seen for each in samples), strict=True)
    seen = [torch.stack(level).float() for level in levels]
    if rng is not None:
        for one in planes:
            _disturb(one, rng)
        for number in np.flatnonzero(rng.random(len(samples)) < 0.5):
            for each in (planes, truths, *seen):
                each[number] = each[number].flip(-1)
    laid = [each.contiguous(memory_format=torch.channels_last) for each in seen]
    return Features(*laid), planes.contiguous(memory_format=torch.channels_last), truths


def _disturb(planes: Tensor, rng: Generator) -> None:
    """An answer is missing, the colours say nothing, or another answer is the first."""
    if rng.random() < LOST["second"]:
        planes[int(rng.integers(SECOND, LAST + 1))] = planes[FIRST]
    if rng.random() < LOST["colours"]:
        planes[PLANES.index("colours")] = 0
    if rng.random() < LOST["first"]:
        other = int(rng.integers(SECOND, LAST + 1))
        planes[[FIRST, other]] = planes[[other, FIRST]]


def odds(network: torch.nn.Module, seen: Features, planes: Tensor) -> Tensor:
    """The first answer's log-odds, changed by the network."""
    first = planes[:, FIRST : FIRST + 1].clamp(SURELY, 1 - SURELY)
    return torch.logit(first) + network(seen, planes).float()


def loss_of(logits: Tensor, truths: Tensor) -> Tensor:
    """Cross-entropy, weightier at the edge, and one minus a soft IoU."""
    edge = functional.max_pool2d(truths, 5, 1, 2) + functional.max_pool2d(-truths, 5, 1, 2)
    entropy = functional.binary_cross_entropy_with_logits(logits, truths, weight=1 + 2 * edge)
    likely = torch.sigmoid(logits)
    common = (likely * truths).sum((1, 2, 3))
    union = (likely + truths - likely * truths).sum((1, 2, 3))
    return entropy + COMMON * (1 - (common + 1) / (union + 1)).mean()


class FusionRun(Run):
    """Trains on all samples of a folder; `held-*` are kept back."""

    def __init__(self, plan: Plan) -> None:
        torch.manual_seed(plan.seed)
        super().__init__(plan, FusionNetwork())
        self.samples: list[Sample] = []
        self.known: set[Path] = set()
        self.held = [sample for path in sorted(plan.samples.glob(HELD)) for sample in read(path)]

    def refresh(self) -> None:
        for path in sorted(set(self.plan.samples.glob("learnt-*.npz")) - self.known):
            self.known.add(path)
            self.samples += read(path)

    def loss(self) -> Tensor:
        drawn = [self.samples[int(each)] for each in self.rng.integers(len(self.samples), size=self.plan.batch)]
        seen, planes, truths = batch(drawn, self.rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = odds(self.network, seen, planes)
        return loss_of(logits.float(), truths)

    def learnt(self) -> str:
        network = FusionNetwork().to(memory_format=torch.channels_last).eval()  # pyright: ignore[reportCallIssue]
        network.load_state_dict(self.average.state)
        pairs = [_ious(network, sample) for sample in self.held]
        means = [f"{np.mean(each):.3f}, worst quarter {_worst(each):.3f}" for each in zip(*pairs, strict=True)]
        return f"{len(self.samples)} samples; first answer {' -> joined '.join(means)}" if pairs else ""


def _ious(network: FusionNetwork, sample: Sample) -> tuple[float, float]:
    seen, planes, truths = batch([sample])
    with torch.inference_mode():
        joined = odds(network, seen, planes)[0, 0].numpy() > 0
    truth = truths[0, 0].numpy() > 0.5
    return iou(planes[0, FIRST].numpy() > 0.5, truth), iou(joined, truth)


def _worst(ious: tuple[float, ...]) -> float:
    return float(np.mean(np.sort(ious)[: max(1, len(ious) // 4)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["samples", "train", "export"])
    parser.add_argument("--renders", type=Path)
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--begin", type=Path)
    parser.add_argument("--shards", type=int, default=90)
    parser.add_argument("--minutes", type=float, default=45.0)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    if asked.what == "samples":
        make(asked.renders, asked.samples, held=True, shards=3, seed=90)
        make(asked.renders, asked.samples, held=False, shards=asked.shards, seed=1)
    elif asked.what == "train":
        asked.out.mkdir(parents=True, exist_ok=True)
        FusionRun(Plan(samples=asked.samples, out=asked.out, begin=asked.begin, minutes=asked.minutes)).train()
    else:
        export(asked.out, asked.weights)


if __name__ == "__main__":
    main()
