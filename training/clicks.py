"""Trains the network that answers clicks.

    python -m training.clicks crops --renders RENDERS --out CROPS --shards 60
    python -m training.clicks train --crops CROPS --out RUN --minutes 40
    python -m training.clicks export --out RUN --weights weights/ecomgen-clicks.safetensors

Simulated users begin with what the cut-out network takes for the product, with a damaged truth or with nothing, and
click in the middle of the largest error of what they see. Every answer that was trained on becomes the mask of the
next click, so that the network learns from its own answers.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor
from torch.nn import functional

from ecomgen.masking.cleanup import keep_parts
from ecomgen.masking.interactive.click_answers import ClickNetwork, planes_of
from ecomgen.masking.interactive.clicks import moving
from ecomgen.masking.network.mask_decoder import Features
from ecomgen.masking.signs import iou
from ecomgen.types import BoolMask, Box, Matte, Point
from training import click_crops
from training.click_crops import SIDE, Crop
from training.data import around
from training.decoder_run import Plan, Run, export
from training.mask_damage import damaged

CONTENT, MOST = 0.975, 6  # IoU, and clicks, after which a simulated user leaves
BOXED, UNCLICKED = (
    0.25,
    0.5,
)  # how often there is a box; and how often then it is answered before any click
SWITCHES, LEAST = 0.25, 6  # how often another error than the largest is clicked; pixels of the least that is
HELD_SEED = "crops-90"


@dataclass(frozen=True, kw_only=True, eq=False)
class User:
    """Somebody before a crop, a mask and their clicks."""

    crop: Crop
    mask: BoolMask
    points: tuple[Point, ...] = ()
    box: Box | None = None

    @property
    def truth(self) -> BoolMask:
        return self.crop.truth > 0.5

    @property
    def planes(self) -> Matte:
        return planes_of(self.crop.photo, self.crop.colours, self.mask, self.points, self.box)

    def clicking(self, rng: Generator) -> User:
        return replace(self, points=(*self.points, next_click(self.mask, self.truth, rng)))

    def answered(self, odds: Matte) -> User:
        """With the mask that the network's odds lead to."""
        if not self.points:
            return replace(self, mask=odds > 0)
        return replace(self, mask=self.mask ^ moving(odds, self.mask, self.points))

    def leaves(self) -> bool:
        return len(self.points) >= MOST or iou(self.mask, self.truth) > CONTENT


def next_click(mask: BoolMask, truth: BoolMask, rng: Generator | None = None) -> Point:
    """The middle of the largest connected error; with `rng` now and then of another, and not quite the middle."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((mask ^ truth).astype(np.uint8), connectivity=4)
    areas = np.asarray(stats)[1:, cv2.CC_STAT_AREA].astype(np.float64)
    chosen = int(areas.argmax())
    if rng is not None and rng.random() < SWITCHES:
        chances = areas * (areas >= min(LEAST, areas.max()))
        chosen = int(rng.choice(len(areas), p=chances / chances.sum()))
    piece = np.pad((labels == chosen + 1).astype(np.uint8), 1)
    depth = cv2.distanceTransform(piece, cv2.DIST_L2, 5)[1:-1, 1:-1]
    deep = np.flatnonzero(depth >= depth.max() * (1 if rng is None else rng.uniform(0.5, 1)))
    y, x = divmod(int(deep[0] if rng is None else rng.choice(deep)), mask.shape[1])
    return Point(x, y, bool(truth[y, x]))


def newcomer(crops: Sequence[Crop], rng: Generator) -> User:
    """Somebody before a mask that is worth a click, or who has drawn a box and not clicked yet."""
    while True:
        crop = crops[int(rng.integers(len(crops)))]
        user = User(crop=crop, mask=_beginning(crop, rng))
        if rng.random() < BOXED and (box := _drawn(user.truth, rng)) is not None:
            inside = np.zeros_like(user.mask)
            inside[box.slices] = True
            user = replace(user, mask=user.mask & inside, box=box)
            if rng.random() < UNCLICKED:
                return user
        if not user.leaves():
            return user.clicking(rng)


def _beginning(crop: Crop, rng: Generator) -> BoolMask:
    """What the cut-out network's opinions make of the crop, a far look, a damaged truth, or nothing."""
    kind, truth = rng.random(), crop.truth > 0.5
    if kind < 0.06:
        return np.zeros_like(truth)
    if kind < 0.36:
        return damaged(crop.photo, truth, rng)
    if kind < 0.48:
        soft = crop.far
    else:
        opinion = -3 if kind < 0.8 else int(rng.choice([-2, -1]))
        soft = cv2.resize(torch.sigmoid(crop.seen.half[opinion].float()).numpy(), (SIDE, SIDE))
    mask = soft > (0.5 if rng.random() < 0.5 else rng.uniform(0.2, 0.8))
    return keep_parts(mask, 0.15) if rng.random() < 0.7 else mask


def _drawn(truth: BoolMask, rng: Generator) -> Box | None:
    """A box as people draw it: a little off, or cutting a twentieth to a tenth off on one or two sides."""
    exact = around(truth.astype(np.float32))
    if exact is None:
        return None
    size = np.array([exact.width, exact.height, exact.width, exact.height])
    spread = float(rng.choice([0.01, 0.03]))
    moved = rng.normal(0, spread, 4)
    if rng.random() < 0.5:
        for side in rng.choice(4, int(rng.integers(1, 3)), replace=False):
            moved[side] = rng.uniform(0.04, 0.11) * (1 if side < 2 else -1)
    x0, y0, x1, y1 = np.clip(np.array(exact) + moved * size, 0, SIDE).round().astype(int).tolist()
    return Box(x0, y0, x1, y1) if x1 - x0 > 4 and y1 - y0 > 4 else None


def loss_of(logits: Tensor, users: Sequence[User]) -> Tensor:
    """Cross-entropy where the last click may change something, and one minus the soft IoU of what it leads to."""
    truth, mask, open_, wanted = (
        torch.from_numpy(np.stack(each))[:, None] for each in zip(*map(_told, users), strict=True)
    )
    edge = functional.max_pool2d(truth, 5, 1, 2) + functional.max_pool2d(-truth, 5, 1, 2)
    weight = (0.2 + open_) * (1 + 2 * edge) + 3 * wanted
    entropy = functional.binary_cross_entropy_with_logits(logits, truth, weight=weight)
    result = torch.where(open_ > 0, torch.sigmoid(logits), mask)
    common = (result * truth).sum((1, 2, 3))
    union = (result + truth - result * truth).sum((1, 2, 3))
    return entropy + (1 - (common + 1) / (union + 1)).mean()


def _told(user: User) -> tuple[Matte, Matte, Matte, Matte]:
    """Truth, mask, what the last click may change, and of that the error that was clicked."""
    mask = user.mask.astype(np.float32)
    if not user.points:
        return user.crop.truth, mask, np.ones_like(mask), np.zeros_like(mask)
    last = user.points[-1]
    _, labels = cv2.connectedComponents((user.mask ^ user.truth).astype(np.uint8), connectivity=4)
    wanted = (labels == labels[last.y, last.x]).astype(np.float32)
    return user.crop.truth, mask, (user.mask != last.inside).astype(np.float32), wanted


def inputs(users: Sequence[User]) -> tuple[Features, Tensor]:
    planes = torch.from_numpy(np.stack([user.planes for user in users])).contiguous(memory_format=torch.channels_last)
    levels = zip(*(user.crop.seen for user in users), strict=True)
    return Features(
        *(torch.stack(each).float().contiguous(memory_format=torch.channels_last) for each in levels)
    ), planes


@dataclass(eq=False)
class Crops:
    """All crops of a folder, of training or held out; `refresh` adds those that came since."""

    folder: Path
    held: bool = False
    all: list[Crop] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def refresh(self) -> None:
        for path in sorted(self.folder.glob("crops-*.npz")):
            if path.name not in self.known and path.name.startswith(HELD_SEED) == self.held:
                self.known.add(path.name)
                self.all.extend(click_crops.read(path))


class ClickRun(Run):
    """Trains on clicks, each on the answer to the one before."""

    def __init__(self, plan: Plan) -> None:
        torch.manual_seed(plan.seed)
        super().__init__(plan, ClickNetwork())
        self.crops, self.held = Crops(plan.samples), Crops(plan.samples, held=True)
        self.held.refresh()
        self.users: list[User] = []

    def refresh(self) -> None:
        self.crops.refresh()

    def loss(self) -> Tensor:
        new = [newcomer(self.crops.all, self.rng) for _ in range(self.plan.batch - len(self.users))]
        users = self.users + new
        seen, planes = inputs(users)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = self.network(seen, planes).float()
        answered = [user.answered(odds) for user, odds in zip(users, logits.detach()[:, 0].numpy(), strict=True)]
        self.users = [user.clicking(self.rng) for user in answered if not user.leaves()]
        return loss_of(logits, users)

    def learnt(self) -> str:
        return f"{len(self.crops.all)} crops, " + " ".join(
            f"{value:.3f}" for value in learnt(self.average.state, self.held.all)
        )


def learnt(state: dict[str, Tensor], crops: Sequence[Crop], clicks: int = 3) -> list[float]:
    """Mean IoU on held-out crops before the first click and after each."""
    network = ClickNetwork().to(memory_format=torch.channels_last).eval()
    network.load_state_dict(state)
    users = [User(crop=crop, mask=_first(crop)) for crop in crops]
    if not users:
        return []
    found = [float(np.mean([iou(user.mask, user.truth) for user in users]))]
    with torch.inference_mode():
        for _ in range(clicks):
            users = [_clicked(user, network) for user in users]
            found.append(float(np.mean([iou(user.mask, user.truth) for user in users])))
    return found


def _first(crop: Crop) -> BoolMask:
    return cv2.resize(crop.seen.half[-3].float().numpy(), (SIDE, SIDE)) > 0


def _clicked(user: User, network: ClickNetwork) -> User:
    if user.leaves():
        return user
    clicking = replace(user, points=(*user.points, next_click(user.mask, user.truth)))
    return clicking.answered(network(*inputs([clicking]))[0, 0].float().numpy())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["crops", "train", "export"])
    parser.add_argument("--renders", type=Path)
    parser.add_argument("--crops", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--begin", type=Path)
    parser.add_argument("--shards", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=40.0)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    if asked.what == "crops":
        click_crops.make(asked.renders, asked.out, validation=True, shards=2, seed=90)
        click_crops.make(asked.renders, asked.out, validation=False, shards=asked.shards, seed=asked.seed)
    elif asked.what == "train":
        ClickRun(Plan(samples=asked.crops, out=asked.out, begin=asked.begin, minutes=asked.minutes)).train()
    else:
        export(asked.out, asked.weights)


if __name__ == "__main__":
    main()
