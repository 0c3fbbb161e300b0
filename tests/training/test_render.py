"""Renders: exact masks, the same for the same seed, written whole."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from ecomgen.scenes.studio.rendering.variants import load_variant
from training.render import Stage, write_manifest


def test_a_seed_is_a_picture(stage: Stage) -> None:
    picture, mask, setting = stage.render(101)
    stage.render(102)
    again, same, _ = stage.render(101)
    assert picture.shape == (64, 64, 3) and mask.shape == (64, 64)
    assert setting.product
    assert np.array_equal(mask, same)
    assert np.abs(picture.astype(int) - again).max() <= 2


def test_a_stage_keeps_its_variant_whatever_others_set(stage: Stage) -> None:
    load_variant("scalar_rgb")
    assert stage.render(101)[0].shape == (64, 64, 3)


def test_the_mask_is_where_the_product_is(stage: Stage) -> None:
    """Seen in full, with room around it: the mask's box lies in the frame, and its edge is soft."""
    for seed in (100, 103, 104):
        _, mask, _ = stage.render(seed)
        assert 0.005 < (mask > 127).mean() < 0.9
        assert ((mask > 0) & (mask < 255)).any()


def test_shards_are_whole_and_named_in_the_manifest(renders: Path) -> None:
    write_manifest(renders)
    known = json.loads((renders / "manifest.json").read_text("utf-8"))
    assert set(known) == {"shard-0000.npz", "shard-0001.npz"}
    with np.load(renders / "shard-0001.npz") as stored:
        assert len(stored["pictures"]) == len(stored["masks"]) == len(stored["families"]) > 0
        assert stored["pictures"].dtype == stored["masks"].dtype == np.uint8
