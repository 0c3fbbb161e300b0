"""The network that joins answers: its samples, a short run, what is written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from ecomgen.masking.network.mask_fusion import PLANES, SIDE, FusionNetwork
from training.decoder_run import Plan, export
from training.fusion import FusionRun, batch, make, odds


@pytest.fixture(scope="module")
def samples(renders: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    make(renders, folder, held=False, shards=1, seed=1, count=4)
    return folder


def test_it_begins_with_the_first_answer_learns_and_goes_on(samples: Path, tmp_path: Path) -> None:
    plan = Plan(samples=samples, out=tmp_path, minutes=0.05, batch=2)
    run = FusionRun(plan)
    run.refresh()
    seen, planes, truths = batch(run.samples[:2])
    assert planes.shape == (2, len(PLANES), SIDE, SIDE) and truths.shape == (2, 1, SIDE, SIDE)
    with torch.inference_mode():
        begun = odds(run.network.eval(), seen, planes)
    assert torch.equal(begun > 0, planes[:, 3:4] > 0.5)
    run.train()
    assert run.step and np.isfinite(run.losses).all()
    assert FusionRun(plan).step == run.step and FusionRun(plan).share >= 1
    export(tmp_path, tmp_path / "fusion.safetensors")
    FusionNetwork().load_state_dict(
        {name: value.float() for name, value in load_file(tmp_path / "fusion.safetensors").items()}
    )


def test_a_disturbed_batch_keeps_its_truths(samples: Path, tmp_path: Path) -> None:
    run = FusionRun(Plan(samples=samples, out=tmp_path, minutes=0.05))
    run.refresh()
    plain, disturbed = (batch(run.samples[:4], rng)[2].sum((1, 2, 3)) for rng in (None, np.random.default_rng(3)))
    assert torch.allclose(plain, disturbed)
