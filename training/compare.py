"""What the photo encoder is worth: `python -m training.compare --renders R --held H --photos P --weights W --out OUT`.

Every row is the same decoder, trained for the same number of steps on the same samples with one encoder: the network's
own from scratch, or the photo encoder from ImageNet or from DeepLab, frozen or its last blocks learning on at a
hundredth of the rate. Measured in one look of the network alone: IoU on families of products that no training saw, and
how well a photo's answer agrees with those for its mirrored, darkened, cropped and smaller copies.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from ecomgen.masking.network.architecture import PHOTOS, RENDERS, Opinion
from training.cutout import Plan, Run, TrainingNetwork
from training.evaluate import worst_quarter

Picture = NDArray[np.uint8]  # HxWx3

SIDE = 224  # pixels a side of the look
EDGE = 0.08  # of a side: what a cropped copy loses on each
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}


@dataclass(frozen=True)
class Row:
    """One network of the table: the weights that its photo encoder begins with, and how much those learn on."""

    name: str
    weights: str = ""  # a file's name; where empty, the network's own encoder learns from scratch
    thaw: float = 0.0

    @property
    def opinion(self) -> Opinion:
        """The encoder that the row is about."""
        return PHOTOS if self.weights else RENDERS


ROWS = (
    Row("scratch"),
    Row("imagenet-frozen", "mobilenetv2_imagenet.safetensors"),
    Row("imagenet-thawed", "mobilenetv2_imagenet.safetensors", thaw=0.01),
    Row("deeplab-frozen", "mobilenetv2_deeplab_voc.safetensors"),
    Row("deeplab-thawed", "mobilenetv2_deeplab_voc.safetensors", thaw=0.01),
)


def trained(row: Row, arguments: argparse.Namespace) -> TrainingNetwork:
    """The row's network after its steps; a run that was stopped goes on."""
    out = arguments.out / row.name
    out.mkdir(parents=True, exist_ok=True)
    plan = Plan(
        renders=arguments.renders,
        out=out,
        steps=arguments.steps,
        sizes=((1.0, (160, 224)),),
        opinions={row.opinion: 1.0},
        photo_encoder=arguments.weights / row.weights if row.weights else None,
        thaw=row.thaw,
        save_minutes=10,
    )
    run = Run(plan, rank=0, ranks=1)
    if run.share < 1:
        run.train()
    run.network.load_state_dict(run.average.state)
    return run.network.eval()


@dataclass(frozen=True)
class Looker:
    """A trained network, asked through one encoder."""

    network: TrainingNetwork
    opinion: Opinion

    def look(self, picture: Picture) -> NDArray[np.bool_]:
        """The answer for a picture, SIDExSIDE."""
        small = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        planes = np.zeros((1, 5, SIDE, SIDE), np.float32)
        planes[0, :3] = small.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1
        with torch.inference_mode():
            return self.network(torch.from_numpy(planes), torch.tensor([self.opinion]))[0][0, 0].numpy() > 0


def held_out(looker: Looker, folder: Path) -> Iterator[float]:
    """IoU on every render of a folder of shards."""
    for path in sorted(folder.glob("shard-*.npz")):
        with np.load(path) as stored:
            for picture, mask in zip(stored["pictures"], stored["masks"], strict=True):
                truth = cv2.resize(mask, (SIDE, SIDE), interpolation=cv2.INTER_AREA) > 127
                yield overlap(looker.look(picture), truth)


def agreement(looker: Looker, photo: Picture) -> Iterator[float]:
    """IoU between a photo's answer and those for its copies."""
    whole = looker.look(photo)
    yield overlap(looker.look(np.ascontiguousarray(photo[:, ::-1]))[:, ::-1], whole)
    yield overlap(looker.look((photo * 0.7).astype(np.uint8)), whole)
    yield overlap(looker.look(cv2.resize(photo, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)), whole)
    yield overlap(looker.look(_inner(photo)), _enlarged(_inner(whole.astype(np.uint8))))


def overlap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """IoU; nothing agrees with nothing no more than with something."""
    return float(np.count_nonzero(one & other) / max(np.count_nonzero(one | other), 1))


def _inner(picture: Picture) -> Picture:
    top, left = (round(EDGE * side) for side in picture.shape[:2])
    return picture[top : picture.shape[0] - top, left : picture.shape[1] - left]


def _enlarged(mask: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return cv2.resize(255 * mask, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR) > 127


def photos(folder: Path) -> Iterator[Picture]:
    """The photos of a folder and those below it, at most 448 pixels a side."""
    for path in sorted(each for each in folder.rglob("*") if each.suffix.lower() in SUFFIXES):
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        picture.thumbnail((448, 448))
        yield np.asarray(picture)


def main() -> None:
    parser = argparse.ArgumentParser(description="What the photo encoder of the cut-out network is worth.")
    for name in ("renders", "held", "photos", "weights", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--only", choices=[row.name for row in ROWS], help="one row")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    known: list[Picture] = list(photos(arguments.photos))
    for row in ROWS:
        if arguments.only in (None, row.name):
            looker = Looker(trained(row, arguments), row.opinion)
            ious = list(held_out(looker, arguments.held))
            agreed = [value for photo in known for value in agreement(looker, photo)]
            print(
                f"{row.name:18} held out {np.mean(ious):.3f}, worst quarter {worst_quarter(ious):.3f}, "
                f"agreement {np.mean(agreed):.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
