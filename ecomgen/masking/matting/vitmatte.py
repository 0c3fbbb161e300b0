"""Alpha of a soft edge by ViTMatte (Yao et al., arXiv 2305.15272), through transformers, where its weights are here.

It has seen hair, fur and lenses out of focus, where a matte from colours alone can only compare them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ecomgen import models
from ecomgen.messages import Message
from ecomgen.types import BoolMask, Matte, Matting, ModelUsed, Pixels

KIND = "matting"
TILE, MARGIN = 512, 128  # pixels a side that one look settles, and around it that it sees
OUTSIDE, UNKNOWN, INSIDE = np.uint8(0), np.uint8(128), np.uint8(255)  # of a trimap


def chosen(matting: Matting) -> str | None:
    """The model of the manifest that softens edges; None where colours do.

    Raises:
        WeightsMissing: it was asked for and is not here.
    """
    if matting == "colours":
        return None
    missing = Message(
        'ViTMatte is not on this machine: run "ecomgen models pull vitmatte-small", or choose {--matting} colours.'
    )
    return models.required(KIND, missing) if matting == "vitmatte" else models.first_here(KIND)


@dataclass(frozen=True, kw_only=True, eq=False)
class ViTMatte:
    """ViTMatte with its weights."""

    model: Any
    processor: Any
    used: ModelUsed

    def alpha(self, photo: Pixels, trimap: Pixels) -> Matte:
        """Alpha in [0, 1], HxW, of a tile and its trimap: uint8 HxWx3, and HxW of OUTSIDE, UNKNOWN and INSIDE."""
        import torch

        told = self.processor(images=photo, trimaps=trimap, input_data_format="channels_last", return_tensors="pt")
        with torch.inference_mode():
            found = self.model(pixel_values=told["pixel_values"].to(self.model.device)).alphas[0, 0]
        return np.nan_to_num(found.float().cpu().numpy())[: photo.shape[0], : photo.shape[1]]


def opened(name: str) -> ViTMatte:
    """A ViTMatte of the manifest, loaded once.

    Raises:
        WeightsMissing, WeightsCorrupt: it is not here, or not whole.
    """
    model, processor = models.pretrained(name, "VitMatteForImageMatting", "VitMatteImageProcessor")
    return ViTMatte(model=model, processor=processor, used=models.used(name))


def trimap_of(inside: BoolMask, unknown: BoolMask) -> Pixels:
    """What is product, what is ground, and what is either, as ViTMatte is told it."""
    return np.where(unknown, UNKNOWN, np.where(inside, INSIDE, OUTSIDE))
