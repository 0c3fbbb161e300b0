"""Trains the network that tells a product from near-identical others.

    python -m training.identity --views FOLDER --out RUN --minutes 45

Its samples are pairs (`training/pairs.py`) of views of rendered products (`training/views.py`), sound or damaged
(`training/damage.py`). It begins with the eyes of the camera network, which know products and from where they are seen.
"""

from __future__ import annotations

import csv
import math
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from ecomgen.scoring.identity.network import ASKED, STRETCH, IdentityNetwork
from training.cutout import Average
from training.followers import begun, command_line
from training.pairs import Batch, Held, Products, Samples, held

RARER = 4.0  # how much more a fault counts than its absence, of which there is more
ASKED_OF = {"warp": "form", "hue": "hue", "proportions": "proportions"}
SAVES = 6  # of a run


def loss_of(network: IdentityNetwork, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """What is minimised, and its parts."""
    with torch.autocast("cpu", dtype=torch.bfloat16), sdpa_kernel(SDPBackend.MATH):  # the fused one is slow here
        tokens, covered = network.tokens(batch.crops.to(memory_format=torch.channels_last))
        one, other = batch.pairs.T
        logits, moved, stretch = network.compared((tokens[one], covered[one]), (tokens[other], covered[other]))
    parts = {
        "answers": _wrong(logits.float(), batch.truth),
        "displaced": _displaced(moved.float(), batch.moved, covered[other, :-1].float()),
        "stretched": _stretched(stretch.float(), batch.stretch),
        "near": _contrast(network.vectors(tokens.float(), covered.float()), batch),
    }
    whole = parts["answers"] + 0.3 * parts["displaced"] + 0.4 * parts["stretched"] + 0.1 * parts["near"]
    return whole, {name: float(value.detach()) for name, value in parts.items()}


def _wrong(logits: Tensor, truth: Tensor) -> Tensor:
    """Cross-entropy of what was asked, faults counting more."""
    fault = torch.tensor([1.0, *[RARER] * (len(ASKED) - 1)])
    weight = ~truth.isnan() * torch.where(truth > 0.5, 1.0, fault)
    each = functional.binary_cross_entropy_with_logits(logits, truth.nan_to_num() * 0.98 + 0.01, reduction="none")
    return (each * weight).sum() / weight.sum()


def _displaced(moved: Tensor, truth: Tensor, covered: Tensor) -> Tensor:
    """How far the displacements are from the truth, on the product and where they are known."""
    there = covered * (covered > 0.3) * ~truth.isnan()
    each = functional.smooth_l1_loss(moved, truth.nan_to_num(), reduction="none")
    return (each * there).sum() / there.sum().clamp(min=1)


def _stretched(told: Tensor, truth: Tensor) -> Tensor:
    """How far the stretches are from the truth, where they are known."""
    there = ~truth.isnan()
    return functional.smooth_l1_loss(told[there], truth[there] / STRETCH)


def _contrast(vectors: Tensor, batch: Batch, temperature: float = 0.1) -> Tensor:
    """InfoNCE (arXiv 1807.03748): of honest pairs, the reference nearer than crops of all other products."""
    honest = batch.pairs[batch.truth[:, 0] == 1]
    similar = vectors @ vectors.T / temperature
    rivals = batch.owners[honest[:, 1]][:, None] != batch.owners[None]
    rivals[torch.arange(len(honest)), honest[:, 0]] = True
    return functional.cross_entropy(similar[honest[:, 1]].masked_fill(~rivals, -1e4), honest[:, 0])


def measured(network: IdentityNetwork, known: Held) -> dict[str, float]:
    """The area under the curve of each cell, each by the question that asks for it."""
    with torch.inference_mode():
        parts = [network.eval().tokens(part) for part in known.crops.split(64)]
        tokens, covered = (torch.cat([part[number] for part in parts]) for number in (0, 1))
        answers = {
            name: network.compared((tokens[one], covered[one]), (tokens[other], covered[other]))[0]
            for name, (one, other) in ((name, pairs.T) for name, pairs in known.pairs.items())
        }
    found = {}
    for name in answers.keys() - {"honest"}:
        column = ASKED.index(ASKED_OF.get(name.split()[0], "same"))
        good, bad = answers["honest"][:, column, None], answers[name][None, :, column]
        found[name] = round(float((good > bad).float().mean() + 0.5 * (good == bad).float().mean()), 3)
    return dict(sorted(found.items()))


def awake(network: IdentityNetwork) -> IdentityNetwork:
    """Ready to learn, but for the finest stages, which know edges and patches already: a fifth of the time is saved."""
    network.train()
    for stage in (network.stem, network.stages[0], network.stages[1]):
        stage.eval().requires_grad_(False)
    return network


class Run:
    """Network, optimiser and averaged weights; goes on where it was stopped."""

    def __init__(self, out: Path, eyes: Path, rate: float) -> None:
        torch.manual_seed(0)
        self.out, self.rate, self.step, self.spent = out, rate, 0, 0.0
        self.network = begun(IdentityNetwork(), eyes)
        self.average = Average(self.network, 0.998)
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=rate, weight_decay=0.05)
        self.told: dict[str, float] = {}
        if (out / "state.pt").is_file():
            state = torch.load(out / "state.pt", weights_only=True)
            self.network.load_state_dict(state["network"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.average.state, self.step, self.spent = state["average"], state["step"], state["spent"]

    def learn(self, batch: Batch, share: float) -> None:
        """One step at a share of the budget: a short rise of the rate, then half a cosine down to a hundredth."""
        falling = 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share))
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate * min(1.0, 0.05 + share / 0.03) * falling
        loss, told = loss_of(awake(self.network), batch)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        self.step += 1
        self.average.update(self.network, self.step)
        self.told = {name: 0.98 * self.told.get(name, value) + 0.02 * value for name, value in told.items()}

    def save(self, spent: float, known: Held) -> None:
        """A row of the learning curve, the averaged weights, and all that is needed to go on."""
        averaged = IdentityNetwork()
        averaged.load_state_dict(self.average.state)
        row = {"minutes": round(spent / 60, 2), "step": self.step}
        row |= {name: round(value, 3) for name, value in self.told.items()} | measured(averaged, known)
        print(row, flush=True)
        with (self.out / "curve.csv").open("a", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=list(row))
            if not stream.tell():
                writer.writeheader()
            writer.writerow(row)
        torch.save(self.average.state, self.out / "checkpoint.pt")
        state = {"network": self.network.state_dict(), "optimiser": self.optimiser.state_dict()}
        torch.save(state | {"average": self.average.state, "step": self.step, "spent": spent}, self.out / "state.pt")


def train(views: Path, out: Path, *, minutes: float, eyes: Path, batch: int = 10, rate: float = 1e-3) -> None:
    """One run of `minutes` wall time; writes `checkpoint.pt` with the averaged weights, and `curve.csv`."""
    run = Run(out, eyes, rate)
    samples = Samples(Products(views, validation=False), seed=run.step + 1)
    known = held(Products(views, validation=True))
    budget, start, told = 60 * minutes, time.monotonic() - run.spent, run.spent
    while (spent := time.monotonic() - start) < budget:
        run.learn(samples.batch(batch), spent / budget)
        if spent - told > budget / SAVES:
            told = spent
            samples.products.refresh()
            run.save(spent, known)
    run.save(budget, known)


def main() -> None:
    about = "Trains the network that tells a product from near-identical others."
    command_line(train, about=about, source="views", eyes="ecomgen-viewpoint.safetensors", minutes=45.0)


if __name__ == "__main__":
    main()
