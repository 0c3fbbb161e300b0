"""A training run of a few steps: it learns, saves, goes on where it was, and its weights load where they are used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from ecomgen.masking.network.architecture import CutoutNetwork
from training.cutout import Plan, Run, export, loss_of
from training.data import Renders, Sampler, degraded, two_toned
from training.scenes.surfaces import Bank


@pytest.fixture
def plan(renders: Path, tmp_path: Path) -> Plan:
    return Plan(
        renders=renders, out=tmp_path, minutes=0.02, batch=2, sizes=((1.0, (64,)),), loaders=0, checks=1, check_size=64
    )


def test_a_run_saves_and_goes_on(plan: Plan) -> None:
    Run(plan, 0, 1).train()
    steps = Run(plan, 0, 1).step
    assert steps >= 1
    longer = Run(replace(plan, minutes=plan.minutes + 0.01), 0, 1)
    longer.train()
    assert longer.step > steps
    assert (plan.out / "curve.png").is_file()
    assert len((plan.out / "curve.csv").read_text("utf-8").splitlines()) == 3


def test_exported_weights_are_the_averaged_ones(plan: Plan) -> None:
    run = Run(plan, 0, 1)
    run.train()
    export(plan.out / "checkpoint.pt", plan.out / "network.safetensors")
    network = CutoutNetwork()
    network.load_state_dict(
        {name: value.float() for name, value in load_file(plan.out / "network.safetensors").items()}
    )
    assert torch.allclose(network.head.weight, run.average.state["network.head.weight"], atol=1e-3)
    assert sum(value.numel() for value in network.parameters()) <= 5_000_000


def test_the_mean_with_earlier_weights_lies_between(plan: Plan) -> None:
    Run(plan, 0, 1).train()
    first, mean = plan.out / "first.safetensors", plan.out / "mean.safetensors"
    export(plan.out / "checkpoint.pt", first)
    run = Run(replace(plan, minutes=plan.minutes + 0.01), 0, 1)
    run.train()
    export(plan.out / "checkpoint.pt", mean, first)
    between = (load_file(first)["head.weight"].float() + run.average.state["network.head.weight"]) / 2
    assert torch.allclose(load_file(mean)["head.weight"].float(), between, atol=1e-3)


def test_the_loss_falls_on_one_batch(renders: Path, bank: Bank) -> None:
    torch.manual_seed(0)
    inputs, targets = Sampler(Renders(renders), bank, 0).batch(4, 64)
    network = CutoutNetwork().train()
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3)
    losses = []
    for _ in range(12):
        loss = loss_of(network(torch.from_numpy(inputs)), torch.from_numpy(targets))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.85 * losses[0]


def test_samples_tell_help_by_their_planes(renders: Path, bank: Bank) -> None:
    inputs, targets = Sampler(Renders(renders), bank, 1).batch(60, 64)
    assert inputs.shape == (60, 5, 64, 64) and targets.shape == (60, 1, 64, 64)
    assert np.abs(inputs[:, :3]).max() <= 1 and targets.min() >= 0 and targets.max() <= 1
    boxed, clicked = inputs[:, 3].any((1, 2)), inputs[:, 4].any((1, 2))
    assert boxed.any() and clicked.any() and not (boxed & clicked).any() and not (boxed | clicked).all()
    covered = [
        (target[0] * planes[3]).sum() / target.sum()
        for planes, target in zip(inputs[boxed], targets[boxed], strict=True)
    ]
    assert np.median(covered) > 0.9 and min(covered) > 0.1  # some are drawn badly, as people do
    for planes, target in zip(inputs[clicked], targets[clicked], strict=True):
        good = planes[4] > 0
        assert not good.any() or target[0][good].mean() > 0.2


def test_a_run_may_begin_with_exported_weights(plan: Plan, tmp_path: Path) -> None:
    Run(plan, 0, 1).train()
    file = tmp_path / "earlier.safetensors"
    export(plan.out / "checkpoint.pt", file)
    begun = Run(replace(plan, out=tmp_path / "another", begin=file), 0, 1)
    assert torch.equal(begun.network.network.head.weight, load_file(file)["head.weight"].float())
    assert torch.equal(begun.average.state["network.head.weight"], load_file(file)["head.weight"].float())


def test_a_second_colour_stays_on_the_product(renders: Path) -> None:
    seen = Renders(renders)
    changed = 0
    for number, (picture, mask) in enumerate(zip(seen.pictures, seen.masks, strict=True)):
        toned = two_toned(picture, mask.astype(np.float32) / 255, np.random.default_rng(number))
        assert np.array_equal(toned[mask == 0], picture[mask == 0])
        changed += not np.array_equal(toned, picture)
    assert changed > len(seen.pictures) // 2


def test_a_camera_changes_a_picture_and_not_its_shape() -> None:
    """Every branch is met; what is where stays: the square is still darker than what is round it, mostly."""
    picture = np.full((48, 48, 3), 170, np.uint8)
    picture[16:32, 16:32] = 60
    seen = [degraded(picture, np.random.default_rng(seed)) for seed in range(60)]
    assert all(one.shape == picture.shape and one.dtype == np.uint8 for one in seen)
    assert len({one.tobytes() for one in seen}) == 60
    darker = [one[20:28, 20:28].mean() < one[:, :8].mean() for one in seen]
    assert np.mean(darker) > 0.95
    assert np.array_equal(seen[3], degraded(picture, np.random.default_rng(3)))
