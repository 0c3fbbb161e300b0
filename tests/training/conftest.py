"""A few small renders, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecomgen.scenes.studio.rendering.variants import load_variant, works
from training.render import Stage, render_shard
from training.scenes.surfaces import Bank, make_bank


@pytest.fixture(scope="session")
def bank() -> Bank:
    return make_bank(0, each=1, prints=3, places=3)


@pytest.fixture(scope="session")
def stage(bank: Bank) -> Stage:
    if not works("llvm_ad_rgb"):
        pytest.skip("rendering for training needs LLVM")
    load_variant("llvm_ad_rgb")
    return Stage(bank, size=64, samples=2)


@pytest.fixture(scope="session")
def renders(tmp_path_factory: pytest.TempPathFactory, bank: Bank, stage: Stage) -> Path:
    """A folder with one shard held out and one to train on, of a few pictures each."""
    folder = tmp_path_factory.mktemp("renders")
    bank.save(folder / "bank.npz")
    for number in (0, 1):
        render_shard(folder, number, stage, count=6)
    return folder
