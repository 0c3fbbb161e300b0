"""How well each proposal fits the product's name: CLIP (Radford et al., 2021) through open_clip.

A crop of the box would score the neighbour, so what lies outside a proposal is neutralised first.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image

from ecomgen import models
from ecomgen.errors import WeightsCorrupt, WeightsMissing

if TYPE_CHECKING:
    from pathlib import Path

    from ecomgen.types import BoolMask, Pixels

templates = ("a photo of a {}.", "a product photo of a {}.", "a cut-out of a {} on a grey background.")
background_words = ("table", "wall", "floor", "shadow", "hand", "background", "plant", "cloth", "patch of grass")
part_words = ("part of a {}", "detail of a {}", "label of a {}")
grey = 124  # near the mean of CLIP's training pictures
batch = 64  # views encoded at a time


@dataclass(frozen=True, kw_only=True, eq=False)
class Clip:
    """A loaded model with what its inputs must go through."""

    model: Any
    tokenize: Any
    prepare: Any


def load(model_id: str) -> Clip:
    """The model, built once and kept.

    Raises:
        WeightsMissing, WeightsCorrupt: the weights are not there, or not those of this architecture.
    """
    path = models.locate(model_id)
    return models.load_once(f"clip:{path}", lambda: _build(path, models.entry(model_id).architecture))


def rank(clip: Clip, photo: Pixels, masks: Sequence[BoolMask], product: str) -> list[float]:
    """For each mask the likelihood, in [0, 1], that it shows the product and not background or a part of it."""
    import torch

    views = [view for mask in masks for view in (tight_view(photo, mask), context_view(photo, mask))]
    with torch.inference_mode():
        pictures = _encode_pictures(clip, views)
        words = _encode_words(clip, _names(product))
        scale = float(clip.model.logit_scale.exp())
        likely = (scale * pictures @ words.T).softmax(dim=1)[:, 0]
    return [float(value) for value in likely.reshape(-1, 2).mean(dim=1).nan_to_num().cpu()]


def tight_view(photo: Pixels, mask: BoolMask) -> Pixels:
    """The proposal alone on grey, filling a square."""
    x0, y0, x1, y1 = _square(mask, 1.1)
    return _padded(np.where(mask[..., None], photo, np.uint8(grey)), x0, y0, x1, y1)


def context_view(photo: Pixels, mask: BoolMask) -> Pixels:
    """The proposal with some of its surroundings, blurred and greyed so that they cannot be taken for it."""
    x0, y0, x1, y1 = _square(mask, 1.6)
    blurred = cv2.GaussianBlur(photo, (0, 0), max(1.0, 0.02 * (x1 - x0)))
    dull = (0.35 * blurred + 0.65 * grey).astype(np.uint8)
    return _padded(np.where(mask[..., None], photo, dull), x0, y0, x1, y1)


def _square(mask: BoolMask, room: float) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    middle = (columns[0] + columns[-1] + 1) / 2, (rows[0] + rows[-1] + 1) / 2
    half = room * max(columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1) / 2
    x0, y0 = round(middle[0] - half), round(middle[1] - half)
    return x0, y0, x0 + max(1, round(2 * half)), y0 + max(1, round(2 * half))


def _padded(picture: Pixels, x0: int, y0: int, x1: int, y1: int) -> Pixels:
    height, width = picture.shape[:2]
    canvas = np.full((y1 - y0, x1 - x0, 3), grey, np.uint8)
    left, top, right, bottom = max(x0, 0), max(y0, 0), min(x1, width), min(y1, height)
    canvas[top - y0 : bottom - y0, left - x0 : right - x0] = picture[top:bottom, left:right]
    return canvas


def _names(product: str) -> list[list[str]]:
    """Sentences for the product, then for each thing that it is not."""
    others = [*background_words, *(word.format(product) for word in part_words)]
    return [[template.format(name) for template in templates] for name in (product, *others)]


def _encode_pictures(clip: Clip, views: Sequence[Pixels]) -> Any:
    import torch

    device = models.device()
    prepared = [clip.prepare(Image.fromarray(view)) for view in views]
    chunks = [torch.stack(prepared[start : start + batch]) for start in range(0, len(prepared), batch)]
    return torch.cat([clip.model.encode_image(chunk.to(device), normalize=True) for chunk in chunks])


def _encode_words(clip: Clip, names: list[list[str]]) -> Any:
    """One direction a name: the mean over its sentences."""
    import torch

    sentences = [sentence for name in names for sentence in name]
    encoded = clip.model.encode_text(clip.tokenize(sentences).to(models.device()), normalize=True)
    means = encoded.reshape(len(names), len(templates), -1).mean(dim=1)
    return torch.nn.functional.normalize(means, dim=-1)


def _build(path: Path, architecture: Any) -> Clip:
    import open_clip

    name, options = _description(path, architecture)
    try:
        built: Any = open_clip.create_model_from_pretrained(name, **options, device=models.device())
    except RuntimeError as error:
        if "Required pretrained weights" in str(error):
            raise WeightsMissing(_absent(path)) from error
        raise WeightsCorrupt(_broken(path)) from error
    except (ValueError, OSError, KeyError, EOFError, json.JSONDecodeError) as error:
        raise WeightsCorrupt(_broken(path)) from error
    model, prepare = built
    model.eval()
    return Clip(model=model, tokenize=open_clip.get_tokenizer(name), prepare=prepare)


def _description(path: Path, architecture: Any) -> tuple[str, dict[str, Any]]:
    """open_clip's name for the weights: a folder with its own configuration, or a file for a known architecture."""
    if path.is_dir():
        return f"local-dir:{path}", {}
    table = dict(architecture)
    name = str(table.pop("model", None) or table.pop("model_name", ""))
    table.pop("pretrained", None)
    return name, {"pretrained": str(path), **table}


def _absent(path: Path) -> str:
    return f'There are no CLIP weights in {path}: run "ecomgen models pull clip-vit-b-32", or choose --masker grabcut.'


def _broken(path: Path) -> str:
    return f'{path} does not hold the CLIP model that the manifest describes: run "ecomgen models verify".'
