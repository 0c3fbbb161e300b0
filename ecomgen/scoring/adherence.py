"""Does the picture show what the prompt asks for: the cosine of CLIP's two towers, spread over its usual range."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecomgen import models
from ecomgen.messages import Message
from ecomgen.models.clip import load_clip

if TYPE_CHECKING:
    from ecomgen.types import Pixels

RANGE = (0.12, 0.34)  # cosines of unrelated and of well described pictures with ViT-B/32 and ViT-L/14 from LAION


def unavailable(prompt: str) -> str | None:
    """Why there is no adherence; None where there is."""
    if not prompt.strip():
        return Message("There is no prompt to compare with.")
    if models.first_here("clip") is None:
        return Message('No CLIP weights are on this machine; run "ecomgen models pull clip-vit-b-32".')
    return None


def adherence(picture: Pixels, prompt: str) -> float:
    """In [0, 1], of HxWx3 and a prompt; ask `unavailable` first.

    Raises:
        WeightsMissing, WeightsCorrupt: as `models.locate`.
    """
    clip = load_clip(models.first_here("clip") or "")
    cosine = float((clip.of_pictures([np.ascontiguousarray(picture)]) @ clip.of_texts([prompt]).T).item())
    return float(np.clip((cosine - RANGE[0]) / (RANGE[1] - RANGE[0]), 0, 1))
