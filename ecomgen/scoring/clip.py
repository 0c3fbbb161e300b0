"""CLIP (Radford et al. 2021) by open_clip, from weights on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecomgen import models
from ecomgen.errors import WeightsCorrupt

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
    architecture = models.entry(name).architecture
    return models.load_once(f"scoring-clip:{path}:{device}", lambda: _built(path, architecture, device))


def _built(path: Path, architecture: Mapping[str, Any], device: str) -> Clip:
    import open_clip

    try:
        name, options = _source(path, architecture)
        built: Any = open_clip.create_model_from_pretrained(name, device=device, **options)
    except (RuntimeError, ValueError, OSError, KeyError, EOFError) as error:
        advice = 'Run "ecomgen models verify".'
        raise WeightsCorrupt(f"{path} does not hold the CLIP model that the manifest describes. {advice}") from error
    model, preprocess = built
    return Clip(model=model.eval(), preprocess=preprocess, tokenizer=open_clip.get_tokenizer(name), device=device)


def _source(path: Path, architecture: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """What open_clip is asked for: a folder with its own configuration, or a file for a known architecture."""
    if path.is_dir():
        return f"local-dir:{path}", {}
    rest = {key: value for key, value in architecture.items() if key not in ("model", "pretrained")}
    return str(architecture["model"]), {"pretrained": str(path), **rest}
