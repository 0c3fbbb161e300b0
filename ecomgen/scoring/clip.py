"""CLIP (Radford et al. 2021) by open_clip, from weights on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecomgen import models

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ecomgen.types import Pixels


@dataclass(frozen=True, kw_only=True, eq=False)
class Clip:
    """Both towers with what they need; vectors are float32 1xD and not normalised."""

    model: Any
    preprocess: Any
    tokenizer: Any
    device: str

    def of_picture(self, picture: Pixels) -> NDArray[np.float32]:
        """The vector of HxWx3."""
        import torch
        from PIL import Image

        pixels = self.preprocess(Image.fromarray(picture))[None].to(self.device)
        with torch.inference_mode():
            return self.model.encode_image(pixels).float().cpu().numpy()

    def of_text(self, text: str) -> NDArray[np.float32]:
        """The vector of a sentence; what is past the model's context is left out."""
        import torch

        with torch.inference_mode():
            return self.model.encode_text(self.tokenizer([text]).to(self.device)).float().cpu().numpy()


def clip_on(name: str) -> Clip:
    """The model with this id, loaded once.

    Raises:
        WeightsMissing, WeightsCorrupt: as `models.locate`.
    """
    path, device = models.locate(name), models.device()
    return models.load_once(f"scoring-clip:{path}:{device}", lambda: _built(path, device))


def _built(path: Path, device: str) -> Clip:
    import open_clip

    source = f"local-dir:{path}"
    model: Any
    model, preprocess = open_clip.create_model_from_pretrained(source, device=device)  # pyright: ignore[reportGeneralTypeIssues]
    return Clip(model=model.eval(), preprocess=preprocess, tokenizer=open_clip.get_tokenizer(source), device=device)
