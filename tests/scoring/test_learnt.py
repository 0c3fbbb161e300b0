"""DINOv2, CLIP and LiteRT through their real loaders, with small random weights saved in the real formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import distortions
import drawn
import numpy as np
import pytest
from tiny_models import save_clip

from ecomgen.errors import WeightsCorrupt
from ecomgen.scoring import judge


@pytest.fixture
def clip(weights: Path) -> Path:
    """A small CLIP in open_clip's own format, entered in the user's manifest."""
    return save_clip(weights)


@pytest.fixture
def dino(weights: Path) -> Path:
    """A small DINOv2 in transformers' own format, where the pull would put it."""
    return save_dino(weights / "dinov2-small")


@pytest.fixture
def dinov3(weights: Path) -> Path:
    """The same with DINOv3, which has registers."""
    return save_dino(weights / "dinov3-small")


@pytest.fixture
def litert(weights: Path) -> Path:
    """A quantized embedder of 48 numbers in LiteRT's own format, which averages a grid's cells."""
    pytest.importorskip("ai_edge_litert", reason="needs the extra litert")
    (weights / "manifest.toml").write_text(
        '[mine]\nkind = "litert"\ntitle = "Mine"\nlicence = "none"\nfile = "mine.tflite"\n'
    )
    (weights / "mine.tflite").write_bytes(averaging(side=16, cell=4))
    return weights / "mine.tflite"


def averaging(side: int, cell: int) -> bytes:
    """1 x side x side x 3 uint8 in, the mean of each cell out, both of scale 1/255."""
    import flatbuffers
    from ai_edge_litert import schema_py_generated as schema

    def tensor(across: int) -> Any:
        made: Any = schema.TensorT()
        made.shape, made.type, made.buffer = [1, across, across, 3], schema.TensorType.UINT8, 0
        made.quantization = schema.QuantizationParametersT()
        made.quantization.scale, made.quantization.zeroPoint = [1 / 255], [0]
        return made

    pool: Any = schema.Pool2DOptionsT()
    pool.padding = schema.Padding.VALID
    pool.strideW = pool.strideH = pool.filterWidth = pool.filterHeight = cell
    step: Any = schema.OperatorT()
    step.inputs, step.outputs = [0], [1]
    step.builtinOptionsType, step.builtinOptions = schema.BuiltinOptions.Pool2DOptions, pool
    code: Any = schema.OperatorCodeT()
    code.builtinCode = code.deprecatedBuiltinCode = schema.BuiltinOperator.AVERAGE_POOL_2D
    graph: Any = schema.SubGraphT()
    graph.tensors, graph.inputs, graph.outputs, graph.operators = [tensor(side), tensor(side // cell)], [0], [1], [step]
    model: Any = schema.ModelT()
    model.version, model.operatorCodes, model.subgraphs, model.buffers = 3, [code], [graph], [schema.BufferT()]
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def save_dino(folder: Path) -> Path:
    import torch
    from transformers import Dinov2Config, Dinov2Model, DINOv3ViTConfig, DINOv3ViTModel

    torch.manual_seed(3)
    two = folder.name == "dinov2-small"
    sizes: dict[str, Any] = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": 224}
    sizes |= {"intermediate_size": 64, "patch_size": 14 if two else 16} | ({} if two else {"num_register_tokens": 4})
    model: Any = Dinov2Model(Dinov2Config(**sizes)) if two else DINOv3ViTModel(DINOv3ViTConfig(**sizes))
    model.save_pretrained(folder)
    return folder


def other_view() -> np.ndarray:
    """Not the same shot: another product in the first one's place."""
    return distortions.laid_over(drawn.mug(), distortions.backdrop(drawn.SIDE, drawn.SIDE, 4))


@pytest.mark.usefixtures("clip")
def test_adherence_by_clip() -> None:
    subject = drawn.subject(drawn.mug(), prompt="a blue mug on a table")
    one, other = (judge(other_view(), subject) for _ in range(2))
    assert one.adherence is not None and 0 <= one.adherence <= 1
    assert "adherence" not in one.unavailable
    assert one.adherence == other.adherence


def test_without_weights_adherence_says_what_to_do() -> None:
    scores = judge(other_view(), drawn.subject(drawn.mug(), prompt="a mug"))
    assert scores.adherence is None
    assert "ecomgen models pull" in scores.unavailable["adherence"]


@pytest.mark.usefixtures("clip")
def test_without_a_prompt_there_is_no_adherence() -> None:
    scores = judge(other_view(), drawn.subject(drawn.mug()))
    assert scores.adherence is None and "prompt" in scores.unavailable["adherence"]


@pytest.mark.usefixtures("clip")
def test_a_very_long_prompt_is_no_trouble() -> None:
    assert judge(other_view(), drawn.subject(drawn.mug(), prompt="mug " * 10_000)).adherence is not None


@pytest.mark.parametrize(
    ("weight", "kind"), [("dino", "dino"), ("dinov3", "dino"), ("clip", "clip"), ("litert", "litert")]
)
def test_likeness_uses_what_is_there(weight: str, kind: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(weight)
    parts = judge(other_view(), drawn.subject(drawn.bottle())).parts
    assert 0 <= parts[kind] <= 1


@pytest.mark.usefixtures("clip", "dino")
def test_dino_goes_before_clip() -> None:
    parts = judge(other_view(), drawn.subject(drawn.bottle())).parts
    assert "dino" in parts and "clip" not in parts


@pytest.mark.usefixtures("litert", "dino")
def test_dino_goes_before_litert() -> None:
    parts = judge(other_view(), drawn.subject(drawn.bottle())).parts
    assert "dino" in parts and "litert" not in parts


@pytest.mark.usefixtures("litert")
def test_litert_likes_the_same_crop_best() -> None:
    from ecomgen.scoring import models_used
    from ecomgen.scoring.identity.embedding import likeness
    from ecomgen.scoring.identity.frames import frame_of

    bottle = frame_of(drawn.bottle())
    assert likeness(bottle, frame_of(drawn.bottle()))["litert"] == pytest.approx(1, abs=1e-4)
    assert likeness(bottle, frame_of(drawn.box()))["litert"] < 0.99
    assert "mine" in [used.id for used in models_used()]


def test_a_file_that_is_no_litert_model_is_said_in_a_sentence(litert: Path) -> None:
    litert.write_bytes(b"no model" * 40)
    with pytest.raises(WeightsCorrupt, match="does not hold"):
        judge(other_view(), drawn.subject(drawn.bottle()))


@pytest.mark.usefixtures("dino")
def test_dino_likes_the_same_crop_best() -> None:
    from ecomgen.scoring.identity.embedding import likeness
    from ecomgen.scoring.identity.frames import frame_of

    bottle = frame_of(drawn.bottle())
    assert likeness(bottle, frame_of(drawn.bottle()))["dino"] == pytest.approx(1, abs=1e-4)
    assert likeness(bottle, frame_of(drawn.box()))["dino"] < 0.999


def test_weights_that_are_not_the_model_are_said_in_a_sentence(clip: Path) -> None:
    import torch

    torch.save({"something": torch.zeros(3)}, clip)
    with pytest.raises(WeightsCorrupt, match=r"\.$"):
        judge(other_view(), drawn.subject(drawn.mug(), prompt="a mug"))
