"""Learnt likeness of two masked crops: ecomgen's own network, and where they are here DINOv2, else CLIP, else LiteRT.

Patch tokens of the product alone are matched in both directions, best to best, and the cosines averaged: a changed
label cannot hide behind an unchanged rest as it does in one token for the whole crop. Weights are found, never
fetched; without any the score does without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any
from weakref import WeakKeyDictionary

import cv2
import numpy as np

from ecomgen import models
from ecomgen.models.clip import load_clip
from ecomgen.scoring.identity.frames import Frame, on_grey
from ecomgen.types import Float

SIDE = 224
MEAN, SPREAD = np.array([0.485, 0.456, 0.406], np.float32), np.array([0.229, 0.224, 0.225], np.float32)

SUREST = 8.0  # logit of the network's answers from which it is no surer

_tokens: WeakKeyDictionary[Frame, dict[str, Float]] = WeakKeyDictionary()

NETWORK = {"form": "network_form", "proportions": "network_proportions"}  # the answers that help, and their names here


def network_name() -> str | None:
    """The id of ecomgen's own network, where it is in this installation."""
    return models.first_here("identity")


def network(reference: Frame, picture: Frame) -> Mapping[str, float]:
    """What ecomgen's own network makes of two crops; empty where it is not in this installation.

    `network` is how surely they show one product, from 0 to 1; the names of NETWORK are how surely that product's form
    or proportions are not as they were, from 0 to 1. Logits run straight between the two.

    Raises:
        WeightsCorrupt: the weights are not what the manifest says.
    """
    name = network_name()
    if name is None:
        return {}
    from ecomgen.scoring.identity.network import answers, tokens_of

    logits = answers(name, tokens_of(name, reference), tokens_of(name, picture))
    share = {asked: float(np.clip(0.5 + logits[asked] / (2 * SUREST), 0, 1)) for asked in ("same", *NETWORK)}
    return {"network": share["same"], **{fault: 1 - share[asked] for asked, fault in NETWORK.items()}}


def likeness(reference: Frame, picture: Frame) -> Mapping[str, float]:
    """The cosine in [0, 1] under the name of the model's kind; empty where no weights are here.

    Raises:
        WeightsCorrupt: the weights are not what the manifest says.
    """
    for kind, embed in (("dino", _dino), ("clip", _clip), ("litert", _litert)):
        name = models.first_here(kind)
        if name is not None and (kind != "litert" or find_spec("ai_edge_litert")):
            return {kind: _matched(_embedded(reference, name, embed), _embedded(picture, name, embed))}
    return {}


def _embedded(frame: Frame, name: str, embed: Callable[[str, Frame], Float]) -> Float:
    """Unit vectors, NxD, worked out once for each frame and model."""
    known = _tokens.setdefault(frame, {})
    if name not in known:
        tokens = embed(name, frame)
        known[name] = tokens / np.maximum(np.linalg.norm(tokens, axis=1, keepdims=True), 1e-6)
    return known[name]


def _matched(one: Float, other: Float) -> float:
    cosines = one @ other.T
    return float(np.clip((cosines.max(axis=0).mean() + cosines.max(axis=1).mean()) / 2, 0, 1))


def _dino(name: str, frame: Frame) -> Float:
    """Patch tokens on the product, NxD."""
    import torch

    model, _ = models.pretrained(name, "AutoModel", "")
    patch = int(model.config.patch_size)
    side = SIDE // patch * patch
    rgb, matte = on_grey(frame, frame.alpha, side)
    pixels = torch.from_numpy(((rgb - MEAN) / SPREAD).transpose(2, 0, 1)[None]).to(model.device)
    with torch.inference_mode():
        hidden = model(pixel_values=pixels).last_hidden_state[0].float().cpu().numpy()
    count = (side // patch) ** 2
    covered = cv2.resize(matte, (side // patch, side // patch), interpolation=cv2.INTER_AREA).ravel()
    tokens = hidden[-count:]
    return tokens[covered > 0.5] if (covered > 0.5).any() else tokens


def _clip(name: str, frame: Frame) -> Float:
    """One vector of the crop, 1xD."""
    rgb, _ = on_grey(frame, frame.alpha, SIDE)
    return load_clip(name).of_pictures([(rgb * 255).astype(np.uint8)])


def _litert(name: str, frame: Frame) -> Float:
    """One vector of the crop and one of its mirror image, 2xD."""
    network = _litert_model(name)
    given, shown = network.get_input_details()[0], network.get_output_details()[0]
    scale, zero = shown["quantization"]
    rgb, _ = on_grey(frame, frame.alpha, int(given["shape"][1]))
    vectors = []
    for pixels in (rgb, rgb[:, ::-1]):
        network.set_tensor(given["index"], np.round(pixels[None] * 255).astype(given["dtype"]))
        network.invoke()
        vectors.append((network.get_tensor(shown["index"]).astype(np.float32).ravel() - zero) * (scale or 1.0))
    return np.stack(vectors)


def _litert_model(name: str) -> Any:
    path = models.locate(name)

    def build() -> Any:
        from ai_edge_litert.interpreter import Interpreter

        try:
            network = Interpreter(model_path=str(path), num_threads=1)
            network.allocate_tensors()
        except (RuntimeError, ValueError) as error:
            raise models.another(name, path) from error
        return network

    return models.load_once(f"litert:{path}", build)
