"""What the runs that train small mask decoders share: budget, rate, averaging, saving, going on, export."""

from __future__ import annotations

import math
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from ecomgen.masking.network.mask_decoder import MaskDecoder
from training.cutout import Average

CLIPPED = 5.0  # the largest norm of a step's gradients
TOLD = 100  # steps whose mean loss is told


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a run does. The budget is wall time, which the learning rate follows."""

    samples: Path
    out: Path
    begin: Path | None = None  # weights of an earlier run
    minutes: float = 40.0
    batch: int = 16
    rate: float = 2e-3
    decay: float = 0.02
    averaging: float = 0.995
    warm: float = 0.02  # share of the budget
    save_minutes: float = 5.0
    refresh_every: int = 60  # steps, after which new samples are looked for
    seed: int = 0

    def learning_rate(self, share: float) -> float:
        """A short rise, then half a cosine down to a hundredth."""
        if share < self.warm:
            return self.rate * (0.05 + 0.95 * share / self.warm)
        return self.rate * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(share, 1.0))))


class Run(ABC):
    """A training run; it goes on where it was."""

    def __init__(self, plan: Plan, network: MaskDecoder) -> None:
        if plan.begin:
            network.load_state_dict({name: value.float() for name, value in load_file(plan.begin).items()})
        self.plan, self.network = plan, network.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        decays = [{"params": [value for value in self.network.parameters() if (value.ndim > 1) == large],
                   "weight_decay": plan.decay * large} for large in (True, False)]  # fmt: skip
        self.optimiser = torch.optim.AdamW(decays, lr=plan.rate)
        self.average = Average(self.network, plan.averaging)
        self.step, self.spent = 0, 0.0  # seconds
        self.losses: list[float] = []
        self._resume()
        self.rng = np.random.default_rng(plan.seed + self.step)

    @abstractmethod
    def refresh(self) -> None:
        """Look for new samples."""

    @abstractmethod
    def loss(self) -> Tensor:
        """Of the network on the next batch."""

    @abstractmethod
    def learnt(self) -> str:
        """What the averaged weights can do on held-out samples."""

    @property
    def share(self) -> float:
        return self.spent / (60 * self.plan.minutes)

    def train(self) -> None:
        """Until the minutes are spent; saves every few."""
        self.refresh()
        saved = last = time.monotonic()
        while self.share < 1:
            self._learn()
            now = time.monotonic()
            self.spent, last = self.spent + now - last, now
            if self.step % self.plan.refresh_every == 0:
                self.refresh()
            if self.share >= 1 or now - saved > 60 * self.plan.save_minutes:
                saved = now
                self.save()

    def _learn(self) -> None:
        self.network.train()
        for group in self.optimiser.param_groups:
            group["lr"] = self.plan.learning_rate(self.share)
        loss = self.loss()
        self.optimiser.zero_grad(set_to_none=False)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), CLIPPED)
        self.optimiser.step()
        self.step += 1
        self.average.update(self.network, self.step)
        self.losses.append(float(loss.detach()))

    def save(self) -> None:
        state = {"network": self.network.state_dict(), "optimiser": self.optimiser.state_dict(),
                 "average": self.average.state, "step": self.step, "spent": self.spent}  # fmt: skip
        part = self.plan.out / "checkpoint.part"
        torch.save(state, part)
        part.replace(self.plan.out / "checkpoint.pt")
        loss = float(np.mean(self.losses[-TOLD:]))
        print(f"{self.spent / 60:.1f} min, step {self.step}, loss {loss:.3f}: {self.learnt()}", flush=True)

    def _resume(self) -> None:
        file = self.plan.out / "checkpoint.pt"
        if file.is_file():
            state = torch.load(file, weights_only=True)
            self.network.load_state_dict(state["network"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.average.state, self.step, self.spent = state["average"], state["step"], state["spent"]


def export(out: Path, weights: Path) -> None:
    """The averaged weights in half precision."""
    state = torch.load(out / "checkpoint.pt", weights_only=True)["average"]
    halves = {name: value.half() if value.dtype.is_floating_point else value for name, value in state.items()}
    save_file({name: value.contiguous() for name, value in halves.items()}, weights)
