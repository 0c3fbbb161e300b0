"""Scenes with a known truth, and small SAM and CLIP weights that go through the real loaders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from masking.pictured import grain
from tiny_models import save_clip

from ecomgen.types import BoolMask, Pixels

SAM = {
    "encoder_embed_dim": 32,
    "encoder_depth": 2,
    "encoder_num_heads": 2,
    "encoder_global_attn_indexes": [1],
    "image_size": 128,
    "patch_size": 16,
    "window_size": 4,
    "prompt_embed_dim": 32,
    "decoder_mlp_dim": 32,
}
SAM_HEAD = """
[small-sam]
kind = "sam"
title = "small SAM"
licence = "none"
file = "sam.pth"
[small-sam.architecture]
"""


@pytest.fixture
def mug() -> tuple[Pixels, BoolMask]:
    """A red mug with an open handle on a grey table, 360x300, and its truth."""
    shape = np.zeros((300, 360), np.uint8)
    cv2.rectangle(shape, (120, 90), (220, 220), 1, -1)
    cv2.ellipse(shape, (222, 155), (45, 45), 0, 0, 360, 1, -1)
    cv2.ellipse(shape, (222, 155), (26, 26), 0, 0, 360, 0, -1)
    cv2.rectangle(shape, (120, 90), (220, 220), 1, -1)
    picture = np.full((300, 360, 3), (120, 125, 130), np.uint8)
    picture[170:] = (150, 140, 120)
    picture[shape > 0] = (190, 30, 40)
    return grain(picture), shape > 0


@pytest.fixture
def with_sam(weights: Path) -> Callable[[], Path]:
    """Puts a small SAM into the weights folder, made of the package's own classes."""

    def put() -> Path:
        import torch

        from ecomgen.masking.sam.segmenter import assemble

        torch.manual_seed(3)
        path = weights / "sam.pth"
        torch.save(assemble(SAM).state_dict(), path)
        table = "\n".join(f"{key} = {value}" for key, value in SAM.items())
        _add(weights, SAM_HEAD + table)
        return path

    return put


@pytest.fixture
def with_clip(weights: Path) -> Callable[[], Path]:
    """Puts a small CLIP, in open_clip's own format, into the weights folder."""

    return lambda: save_clip(weights)


def _add(weights: Path, text: str) -> None:
    with (weights / "manifest.toml").open("a", encoding="utf-8") as file:
        file.write(text)
