"""CLIP (Radford et al., 2021) through open_clip: one model for everybody who compares words and pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.errors import WeightsMissing
from ecomgen.models.devices import device
from ecomgen.models.location import locate
from ecomgen.models.manifest import entry
from ecomgen.models.resident import another, load_once
from ecomgen.types import Pixels

Vectors = NDArray[np.float32]  # NxD, each of length 1

BATCH = 64  # pictures or sentences encoded at a time


@dataclass(frozen=True, kw_only=True, eq=False)
class Clip:
    """Both towers with what their inputs must go through."""

    model: Any
    prepare: Any
    tokenize: Any
    device: str

    @property
    def scale(self) -> float:
        """What cosines are multiplied by before a softmax over them."""
        return float(self.model.logit_scale.detach().exp())

    def of_pictures(self, pictures: Sequence[Pixels]) -> Vectors:
        """The unit vectors of pictures, each HxWx3."""
        import torch
        from PIL import Image

        prepared = [self.prepare(Image.fromarray(picture)) for picture in pictures]
        chunks = [torch.stack(prepared[start : start + BATCH]) for start in range(0, len(prepared), BATCH)]
        return self._encoded(self.model.encode_image, chunks)

    def of_texts(self, texts: Sequence[str]) -> Vectors:
        """The unit vectors of sentences; what is past the model's context is left out."""
        chunks = [self.tokenize(list(texts[start : start + BATCH])) for start in range(0, len(texts), BATCH)]
        return self._encoded(self.model.encode_text, chunks)

    def _encoded(self, encode: Any, chunks: Sequence[Any]) -> Vectors:
        import torch

        with torch.inference_mode():
            parts = [encode(chunk.to(self.device), normalize=True) for chunk in chunks]
            return torch.cat(parts).float().cpu().numpy()


def load_clip(model_id: str) -> Clip:
    """The model with this id, built once and kept.

    Raises:
        UsageError, WeightsMissing, WeightsCorrupt: as `models.locate`; also where the weights are those of another
            architecture.
    """
    path, where = locate(model_id), device()
    return load_once(f"clip:{path}:{where}", lambda: _built(model_id, path, where))


def _built(model_id: str, path: Path, where: str) -> Clip:
    import open_clip

    name, options = _source(path, entry(model_id).architecture)
    try:
        built: Any = open_clip.create_model_from_pretrained(name, device=where, **options)
    except (RuntimeError, ValueError, OSError, KeyError, EOFError) as error:
        if "Required pretrained weights" in str(error):
            raise WeightsMissing(
                'There are no CLIP weights in {path}: run "ecomgen models pull clip-vit-b-32", or choose {--masker} '
                "grabcut.",
                path=path,
            ) from error
        raise another(model_id, path) from error
    model, prepare = built
    return Clip(model=model.eval(), prepare=prepare, tokenize=open_clip.get_tokenizer(name), device=where)


def _source(path: Path, architecture: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """What open_clip is asked for: a folder with its own configuration, or a file for a known architecture."""
    if path.is_dir():
        return f"local-dir:{path}", {}
    rest = {key: value for key, value in architecture.items() if key not in ("model", "pretrained")}
    return str(architecture.get("model", "")), {"pretrained": str(path), **rest}
