"""Trains the cut-out network on renders: `python -m training.cutout --renders FOLDER --out RUN --minutes 60`.

The budget is wall time: learning rate and picture size follow the share of it that is spent, so that a run that was
stopped goes on where it was and ends when its time is up. Several processes (`--rank 0 --ranks 2` and `--rank 1
--ranks 2`) train as one: each computes on one thread, which suits cores that are shared, and only the gradients meet.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import time
from dataclasses import asdict, dataclass, field
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor, distributed, nn
from torch.nn import functional

from ecomgen.masking.network.architecture import BOTH, PHOTOS, RENDERS, CutoutNetwork, Opinion, enlarged
from ecomgen.models.encoder import WIDTHS
from training.data import Renders, Sampler, Soft
from training.scenes.surfaces import load_bank

FURTHER = ((0.5, (224,)), (1.0, (192, 224, 256, 288)))  # sizes of a run that begins with weights: those of its looks
OPINIONS: dict[Opinion, float] = {BOTH: 0.5, RENDERS: 0.2, PHOTOS: 0.3}  # how often each is asked for
REFRESH_EVERY = 150  # batches, after which new renders are looked for


class TrainingNetwork(nn.Module):
    """The network with a second head at 1/8 of the size, which steadies its start; only the first is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.network = CutoutNetwork()
        self.coarse_head = nn.Conv2d(WIDTHS[1], 1, 1)

    def forward(self, pictures: Tensor, trust: Tensor | None = None) -> tuple[Tensor, Tensor]:
        states = self.network.decoded(self.network.seen(pictures), trust)
        fine, coarse = self.network.head(states[-1]), self.coarse_head(states[1])
        return enlarged(fine, pictures.shape[-2:]), enlarged(coarse, pictures.shape[-2:])


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a run does. `sizes` are (share of the budget up to which, pixels a side, from batch to batch in turn)."""

    renders: Path
    out: Path
    minutes: float = 60.0
    steps: int = 0  # the budget, where several runs are compared; else it is `minutes`
    batch: int = 20  # for each rank
    rate: float = 2e-3
    decay: float = 0.02
    averaging: float = 0.996
    warm: float = 0.02  # share of the budget
    sizes: tuple[tuple[float, tuple[int, ...]], ...] = ((0.3, (128,)), (0.75, (160,)), (1.0, (192,)))
    save_minutes: float = 3.0
    seed: int = 0
    begin: Path | None = None  # exported weights to go on from, where a run's own state is gone
    photo_encoder: Path | None = None  # its weights, where `begin` has none
    opinions: dict[Opinion, float] = field(default_factory=lambda: OPINIONS)  # how often each is asked for
    thaw: float = 0.0  # times the rate, at which the photo encoder learns
    thaw_from: int = 14  # the first of its layers that does: those at 1/16 with the widest view
    fresh: float = 3.0  # times the rate, at which what joins the photo encoder to the decoder learns
    loaders: int = 1  # processes that draw samples, for each rank
    checks: int = 8  # batches of held-out samples, on which every saved state is tried
    check_size: int = 160
    half: bool = torch.backends.cpu.get_cpu_capability() == "AVX512"  # bfloat16, faster by half where there is hardware

    def size(self, share: float, batch: int = 0) -> int:
        in_turn = next((pixels for until, pixels in self.sizes if share < until), self.sizes[-1][1])
        return in_turn[batch % len(in_turn)]

    def learning_rate(self, share: float) -> float:
        """A short rise, then half a cosine down to a hundredth."""
        if share < self.warm:
            return self.rate * (0.05 + 0.95 * share / self.warm)
        return self.rate * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(share, 1.0))))


class Batches(torch.utils.data.IterableDataset):
    """Endless batches of the size that the shared progress asks for."""

    def __init__(self, plan: Plan, progress: Synchronized[float], seed: int) -> None:
        self.plan, self.progress, self.seed = plan, progress, seed

    def __iter__(self) -> Any:
        renders = Renders(self.plan.renders)
        sampler = Sampler(renders, load_bank(self.plan.renders / "bank.npz"), self.seed)
        number = 0
        while True:
            number += 1
            if number % REFRESH_EVERY == 0:
                renders.refresh()
            yield sampler.batch(self.plan.batch, self.plan.size(self.progress.value, number))


def loss_of(logits: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy, weightier at the edge, and one minus a soft IoU; a mean over the samples."""
    edge = functional.max_pool2d(target, 5, 1, 2) + functional.max_pool2d(-target, 5, 1, 2)
    entropy = functional.binary_cross_entropy_with_logits(logits, target, weight=1 + 2 * edge)
    guess = torch.sigmoid(logits)
    common = (guess * target).sum((1, 2, 3))
    union = (guess + target - guess * target).sum((1, 2, 3))
    return entropy + (1 - (common + 1) / (union + 1)).mean()


class Average:
    """Exponential moving average of a network, slower as training goes on."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.state = {name: value.detach().clone() for name, value in network.state_dict().items()}

    def update(self, network: nn.Module, step: int) -> None:
        keep = min(self.decay, (1 + step) / (10 + step))
        for name, value in network.state_dict().items():
            if value.dtype.is_floating_point:
                self.state[name].lerp_(value.detach(), 1 - keep)
            else:
                self.state[name].copy_(value)


def validation_set(plan: Plan) -> list[tuple[Tensor, Tensor]]:
    """Augmented samples of held-out renders, always the same."""
    sampler = Sampler(Renders(plan.renders, validation=True), load_bank(plan.renders / "bank.npz"), 12345)
    drawn = [sampler.batch(16, plan.check_size) for _ in range(plan.checks)]
    return [(_tensor(inputs), _tensor(targets)) for inputs, targets in drawn]


def validate(state: dict[str, Tensor], batches: list[tuple[Tensor, Tensor]]) -> dict[str, float]:
    """Mean IoU on the held-out renders: alone, with a box, with clicks; alone, each encoder by itself."""
    network = TrainingNetwork().to(memory_format=torch.channels_last).eval()
    network.load_state_dict(state)
    found: dict[str, list[float]] = {"alone": [], "box": [], "clicks": [], "renders": [], "photos": []}
    with torch.inference_mode():
        for inputs, targets in batches:
            kinds = ["box" if plane[3].any() else "clicks" if plane[4].any() else "alone" for plane in inputs]
            for kind, iou in zip(kinds, _ious(network, inputs, targets, BOTH), strict=True):
                found[kind].append(iou)
            for name, opinion in (("renders", RENDERS), ("photos", PHOTOS)):
                ious = zip(kinds, _ious(network, inputs, targets, opinion), strict=True)
                found[name] += [iou for kind, iou in ious if kind == "alone"]
    return {name: float(np.mean(values)) if values else float("nan") for name, values in found.items()}


def _ious(network: TrainingNetwork, inputs: Tensor, targets: Tensor, opinion: Opinion) -> list[float]:
    guess, truth = network(inputs, torch.tensor([opinion] * len(inputs)))[0] > 0, targets > 0.5
    return (((guess & truth).sum((1, 2, 3)) + 1) / ((guess | truth).sum((1, 2, 3)) + 1)).tolist()


class Run:
    """One rank of a training run."""

    def __init__(self, plan: Plan, rank: int, ranks: int) -> None:
        torch.manual_seed(plan.seed)
        self.plan, self.rank, self.ranks = plan, rank, ranks
        self.network = TrainingNetwork().to(memory_format=torch.channels_last)
        features = self.network.network.photo_encoder.features
        features.requires_grad_(requires_grad=False)
        features[plan.thaw_from :].requires_grad_(requires_grad=plan.thaw > 0)
        self.optimiser = torch.optim.AdamW(_groups(self.network, plan), lr=plan.rate)
        self.average = Average(self.network, plan.averaging)
        self.opinions, self.chances = torch.tensor(list(plan.opinions)), torch.tensor(list(plan.opinions.values()))
        self.step, self.spent = 0, 0.0  # seconds
        self.losses: list[float] = []
        self._resume()
        self.progress = torch.multiprocessing.get_context("fork").Value("d", self.share)

    @property
    def share(self) -> float:
        return self.step / self.plan.steps if self.plan.steps else self.spent / (60 * self.plan.minutes)

    def train(self) -> None:
        """Until the budget is spent; saves every few minutes."""
        seed = self.plan.seed + 1000 * self.rank + self.step
        data = Batches(self.plan, self.progress, seed)
        parallel: dict[str, Any] = (
            {"prefetch_factor": 4, "multiprocessing_context": "fork"} if self.plan.loaders else {}
        )
        loader = torch.utils.data.DataLoader(data, batch_size=None, num_workers=self.plan.loaders, **parallel)
        checked = validation_set(self.plan) if self.rank == 0 else []
        saved = last = time.monotonic()
        for inputs, targets in loader:
            self._step(_laid(inputs), targets)
            now = time.monotonic()
            self.spent, last = self._agree(self.spent + now - last), now
            self.progress.value = self.share
            finished = self.share >= 1
            if self.rank == 0 and (finished or now - saved > 60 * self.plan.save_minutes):
                saved = now
                self.save(checked)
            if finished:
                return

    def _step(self, inputs: Tensor, targets: Tensor) -> None:
        self.network.train()
        for group in self.optimiser.param_groups:
            group["lr"] = self.plan.learning_rate(self.share) * group["times"]
        chosen = torch.multinomial(self.chances, len(inputs), replacement=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.plan.half):
            logits, coarse = self.network(inputs, self.opinions[chosen])
        loss = loss_of(logits.float(), targets) + 0.3 * loss_of(coarse.float(), targets)
        self.optimiser.zero_grad(set_to_none=False)
        loss.backward()
        self._share_gradients()
        nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimiser.step()
        self.step += 1
        self.average.update(self.network, self.step)
        self.losses.append(float(loss.detach()))

    def _share_gradients(self) -> None:
        if self.ranks == 1:
            return
        gradients = [value.grad for value in self.network.parameters() if value.grad is not None]
        flat = torch.cat([one.flatten() for one in gradients])
        distributed.all_reduce(flat)
        flat /= self.ranks
        start = 0
        for one in gradients:
            one.copy_(flat[start : start + one.numel()].view_as(one))
            start += one.numel()

    def _agree(self, spent: float) -> float:
        """The ranks' mean, so that all follow one schedule and stop at one step."""
        if self.ranks == 1:
            return spent
        told = torch.tensor([spent], dtype=torch.float64)
        distributed.all_reduce(told)
        return float(told) / self.ranks

    def save(self, checked: list[tuple[Tensor, Tensor]]) -> None:
        """The checkpoint, the averaged weights, one line of the learning curve and its picture."""
        recent = float(np.mean(self.losses[-200:])) if self.losses else float("nan")
        scores = validate(self.average.state, checked) if checked else {}
        state = {
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "average": self.average.state,
            "step": self.step,
            "spent": self.spent,
            "plan": {name: str(value) for name, value in asdict(self.plan).items()},
        }
        part = self.plan.out / "checkpoint.part"
        torch.save(state, part)
        part.replace(self.plan.out / "checkpoint.pt")
        row = {"minutes": self.spent / 60, "step": self.step, "size": self.plan.size(self.share), "loss": recent}
        write_curve(self.plan.out / "curve.csv", row | scores)
        print(row | scores, flush=True)

    def _resume(self) -> None:
        file = self.plan.out / "checkpoint.pt"
        if not file.is_file():
            self._begin()
            return
        state = torch.load(file, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.average.state = state["average"]
        self.step, self.spent = state["step"], state["spent"]

    def _begin(self) -> None:
        from safetensors.torch import load_file

        for file, within in ((self.plan.begin, "network."), (self.plan.photo_encoder, "network.photo_encoder.")):
            if file is not None:
                known = {f"{within}{name}": value.float() for name, value in load_file(file).items()}
                self.network.load_state_dict(known, strict=False)  # a coarse head is not exported, and learns anew
        self.average = Average(self.network, self.plan.averaging)


def _groups(network: TrainingNetwork, plan: Plan) -> list[dict[str, Any]]:
    """What learns, by whether its weights decay and how fast it learns."""
    times = {id(value): plan.fresh for value in network.network.fusions.parameters()}
    times |= {id(value): plan.thaw for value in network.network.photo_encoder.parameters()}
    groups: dict[tuple[bool, float], list[Tensor]] = {}
    for value in network.parameters():
        if value.requires_grad:
            groups.setdefault((value.ndim > 1, times.get(id(value), 1.0)), []).append(value)
    return [
        {"params": values, "weight_decay": plan.decay * decays, "times": rate}
        for (decays, rate), values in groups.items()
    ]


def write_curve(file: Path, row: dict[str, float]) -> None:
    """Add a line to the learning curve's CSV and draw it again beside it."""
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines())) if file.is_file() else []
    rows.append({name: str(value) for name, value in row.items()})
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(row))
        writer.writeheader()
        writer.writerows(rows)
    if len(rows) > 1:
        draw_curve(rows, file.with_suffix(".png"))


def draw_curve(rows: list[dict[str, str]], file: Path) -> None:
    """IoU on held-out renders and the loss over minutes."""
    from PIL import Image, ImageDraw

    width, height, margin = 900, 500, 50
    sheet = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(sheet)
    longest = max(float(row["minutes"]) for row in rows)
    inks = {"alone": "#1f5fbf", "box": "#1a8f4c", "clicks": "#c77d0a", "photos": "#8a2fbf", "loss": "#999999"}
    for tick in range(11):
        y = height - margin - tick / 10 * (height - 2 * margin)
        draw.line((margin, y, width - margin, y), "#eeeeee")
        draw.text((12, y - 6), f"{tick / 10:.1f}", "#666666")
    for number, (name, ink) in enumerate(inks.items()):
        points = [
            (
                margin + float(row["minutes"]) / longest * (width - 2 * margin),
                height - margin - min(float(row.get(name, "nan")), 1.0) * (height - 2 * margin),
            )
            for row in rows
            if not math.isnan(float(row.get(name, "nan")))
        ]
        draw.line(points, ink, 2)
        draw.text((margin + 110 * number, 14), name if name == "loss" else f"IoU {name}", ink)
    draw.text((width - 190, height - 30), f"minutes (to {longest:.0f})", "#666666")
    sheet.save(file)


def export(checkpoint: Path, file: Path, earlier: Path | None = None) -> None:
    """The averaged weights of a checkpoint in half precision, as safetensors.

    With `earlier`, weights of the same run, their mean with those: what one has learnt and the other not forgotten
    (Wortsman et al., "Model soups", 2022).
    """
    from safetensors.torch import load_file, save_file

    average = torch.load(checkpoint, weights_only=True)["average"]
    kept = {name.removeprefix("network."): value for name, value in average.items() if name.startswith("network.")}
    if earlier is not None:
        known = load_file(earlier)
        kept = {
            name: (value + known[name].float()) / 2 if value.is_floating_point() else value
            for name, value in kept.items()
        }
    save_file(
        {name: value.half().contiguous() if value.is_floating_point() else value for name, value in kept.items()}, file
    )


def _tensor(planes: Soft) -> Tensor:
    return _laid(torch.from_numpy(planes))


def _laid(planes: Any) -> Tensor:
    return torch.as_tensor(planes).to(memory_format=torch.channels_last)


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains the cut-out network on renders.")
    parser.add_argument("--renders", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rank", type=int, default=0, help="this process's number")
    parser.add_argument("--ranks", type=int, default=1, help="of how many that train as one")
    parser.add_argument("--begin", type=Path, help="exported weights to go on from, on larger pictures, gently")
    parser.add_argument("--photo-encoder", type=Path, help="weights of a MobileNetV2 that learnt from photos")
    parser.add_argument("--thaw", type=float, default=0.0, help="times the rate, at which its last blocks learn on")
    parser.add_argument("--export", type=Path, help="write the averaged weights here, and do not train")
    parser.add_argument("--earlier", type=Path, help="weights that the run exported earlier, to take the mean with")
    arguments = parser.parse_args()
    if arguments.export:
        export(arguments.out / "checkpoint.pt", arguments.export, arguments.earlier)
        return
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)  # before the loaders fork: they would wait for threads that were not copied
    if arguments.ranks > 1:
        meeting = "tcp://" + os.environ.get("MASTER_ADDR", "127.0.0.1") + ":" + os.environ.get("MASTER_PORT", "29511")
        distributed.init_process_group("gloo", meeting, rank=arguments.rank, world_size=arguments.ranks)
    further = {"begin": arguments.begin, "rate": 8e-4, "sizes": FURTHER} if arguments.begin else {}
    plan = Plan(
        renders=arguments.renders,
        out=arguments.out,
        minutes=arguments.minutes,
        photo_encoder=arguments.photo_encoder,
        thaw=arguments.thaw,
        **further,
    )
    Run(plan, arguments.rank, arguments.ranks).train()


if __name__ == "__main__":
    main()
