"""Networks of rembg and ViTMatte in miniature: saved as the published ones are, read by the real loaders."""

from __future__ import annotations

from pathlib import Path

from masking.small_detectors import _entered as entered

REDNESS = (4.0, -2.0, -2.0)  # what the small network weighs red, green and blue with
ENTRY = """
[{name}]
kind = "{kind}"
title = "{name}"
licence = "{licence}"
file = "{name}.onnx"
[{name}.architecture]
session = "{session}"
"""


def save_onnx(path: Path, side: int, *, bounded: bool = True) -> Path:
    """A network that finds what is red, for pictures of `side` pixels; `bounded` as those that end in a sigmoid."""
    import onnx
    from onnx import TensorProto, helper

    picture = helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, side, side])
    answer = helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, side, side])
    weight = helper.make_tensor("weight", TensorProto.FLOAT, [1, 3, 1, 1], REDNESS)
    bias = helper.make_tensor("bias", TensorProto.FLOAT, [1], [-3.0])
    nodes = [helper.make_node("Conv", ["input", "weight", "bias"], ["score" if bounded else "output"])]
    nodes += [helper.make_node("Sigmoid", ["score"], ["output"])] if bounded else []
    graph = helper.make_graph(nodes, "small", [picture], [answer], [weight, bias])
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)
    return path


def save_rembg(
    weights: Path, session: str = "u2netp", side: int = 320, *, kind: str = "rembg", licence: str = "none"
) -> Path:
    """The same in the weights folder and its manifest, for one of rembg's sessions, as `small-SESSION`."""
    name = f"small-{session}"
    entry = ENTRY.format(name=name, kind=kind, session=session, licence=licence)
    with (weights / "manifest.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(entry)
    return save_onnx(weights / f"{name}.onnx", side, bounded=not session.startswith("birefnet"))


def save_vitmatte(weights: Path) -> Path:
    """ViTMatte with two layers, in the weights folder and its manifest."""
    import torch
    from transformers import VitDetConfig, VitMatteConfig, VitMatteForImageMatting, VitMatteImageProcessor

    torch.manual_seed(5)
    backbone = VitDetConfig(
        hidden_size=16, num_hidden_layers=2, num_attention_heads=2, image_size=64, pretrain_image_size=32,
        num_channels=4, window_size=2, window_block_indices=[0], residual_block_indices=[1],
        use_relative_position_embeddings=True, out_features=["stage2"],
    )  # fmt: skip
    config = VitMatteConfig(
        backbone_config=backbone, hidden_size=16, convstream_hidden_sizes=[4, 8, 16],
        fusion_hidden_sizes=[16, 8, 8, 4],
    )  # fmt: skip
    folder = weights / "small-vitmatte"
    VitMatteForImageMatting(config).save_pretrained(folder)
    VitMatteImageProcessor().save_pretrained(folder)
    return entered(weights, folder, "matting")
