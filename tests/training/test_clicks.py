"""The network that answers clicks: its simulated users, a short run, what is written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file

from ecomgen.masking.interactive.click_answers import ClickNetwork
from ecomgen.masking.signs import iou
from training.click_crops import make
from training.clicks import ClickRun, newcomer, next_click
from training.decoder_run import Plan, export
from training.mask_damage import damaged


@pytest.fixture(scope="module")
def crops(renders: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crops")
    make(renders, folder, validation=False, shards=1, count=8)
    return folder


def test_a_simulated_user_clicks_in_the_middle_of_the_largest_error() -> None:
    truth, mask = np.zeros((60, 80), dtype=bool), np.zeros((60, 80), dtype=bool)
    truth[20:41, 10:31], mask[2:5, 50:70] = True, True
    assert next_click(mask, truth) == (20, 30, True)
    assert next_click(mask | truth, truth).inside is False


def test_damage_leaves_something_to_correct() -> None:
    rng = np.random.default_rng(0)
    photo = rng.integers(0, 255, (64, 64, 3), dtype=np.uint8)
    truth = np.hypot(*(np.indices((64, 64)) - 32)) < 18
    ious = [iou(damaged(photo, truth, rng), truth) for _ in range(30)]
    assert min(ious) < 0.9 and np.median(ious) > 0.5


def test_it_learns_from_its_own_answers_and_its_weights_are_written(crops: Path, tmp_path: Path) -> None:
    run = ClickRun(Plan(samples=crops, out=tmp_path, minutes=0.05, batch=2))
    run.train()
    assert run.step and np.isfinite(run.losses).all()
    user = newcomer(run.crops.all, run.rng)
    sure = user.answered(np.where(user.truth, np.float32(9), np.float32(-9)))
    assert not user.points or sure.mask[user.points[-1].y, user.points[-1].x] == user.points[-1].inside
    export(tmp_path, tmp_path / "clicks.safetensors")
    ClickNetwork().load_state_dict(
        {name: value.float() for name, value in load_file(tmp_path / "clicks.safetensors").items()}
    )


def test_a_run_goes_on_where_it_was(crops: Path, tmp_path: Path) -> None:
    plan = Plan(samples=crops, out=tmp_path, minutes=0.02, batch=2)
    first = ClickRun(plan)
    first.train()
    assert ClickRun(plan).step == first.step and ClickRun(plan).share >= 1
