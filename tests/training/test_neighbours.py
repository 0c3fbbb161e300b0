"""What products are photographed on and with: supports reach up to where the product stands, seeds tell everything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.data import Renders, Sampler
from training.products.finishes import make_look
from training.scenes import CROWDS, make_setting
from training.scenes.neighbours import SUPPORTS, surroundings, wearer
from training.scenes.surfaces import Bank


@pytest.mark.parametrize("support", sorted(set(SUPPORTS), key=lambda one: one.__name__))
def test_a_support_is_there_where_the_product_stands(support) -> None:
    for seed in range(6):
        top, parts = support(make_look(np.random.default_rng(seed)), 0.4)
        under = np.concatenate([one.mesh.points for one in parts])
        middle = under[np.hypot(under[:, 0], under[:, 1]) < 2.0]
        assert 0 <= top <= middle[:, 2].max() + 1e-6
        assert all(np.isfinite(one.mesh.points).all() for one in parts)


def test_whoever_carries_a_product_stands_behind_it() -> None:
    low, high = (-0.3, -0.2, 0.0), (0.3, 0.2, 0.7)
    for seed in range(6):
        body = wearer(make_look(np.random.default_rng(seed)), low, high)[0].mesh.points
        assert np.median(body[:, 1]) > high[1]


def test_what_is_behind_differs_by_seed_and_repeats() -> None:
    counts = [len(surroundings(np.random.default_rng(seed), 0.4, 0.3)) for seed in range(20)]
    assert len(set(counts)) > 3
    assert counts == [len(surroundings(np.random.default_rng(seed), 0.4, 0.3)) for seed in range(20)]


def test_a_lived_in_scene_has_more_behind_the_product() -> None:
    lived = replace(CROWDS["usual"], lived=1.0)
    more = [len(make_setting(seed, lived).props) - len(make_setting(seed).props) for seed in range(12)]
    assert min(more) >= 0 and max(more) > 0


def test_products_are_pasted_over_sets(renders: Path, bank: Bank) -> None:
    known = Renders(renders)
    red = np.zeros((64, 64, 3), np.uint8)
    red[..., 0] = 200
    known.plates.append(red)
    sampler = Sampler(known, bank, 0)
    assert any(np.array_equal(sampler.plate(32)[0, 0], (200, 0, 0)) for _ in range(20))
