"""A single file is told apart by its tensors, and needs nothing from the network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tiny_models import recipe

from ecomgen.errors import BadRecipe
from ecomgen.scenes.diffusion import checkpoint
from ecomgen.settings import settings

ENTRANCE = "model.diffusion_model.input_blocks.0.0.weight"
CROSS = "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight"
SECOND_TEXT = "conditioner.embedders.1.model.positional_embedding"


def save_outline(path: Path, channels: int, **shapes: tuple[int, ...]) -> Path:
    """The few tensors by which a checkpoint's kind is told."""
    named = {"cross": CROSS, "second_text": SECOND_TEXT}
    tensors = {named[name]: np.zeros(shape, np.float16) for name, shape in shapes.items()}
    save_file({ENTRANCE: np.zeros((320, channels, 3, 3), np.float16), **tensors}, path)
    return path


@pytest.mark.parametrize("channels", [4, 9])
def test_stable_diffusion_1_5_is_known(tmp_path: Path, channels: int) -> None:
    file = save_outline(tmp_path / "m.safetensors", channels, cross=(320, 768))
    found = checkpoint.of_recipe(recipe(file, "inpaint"))
    assert found.is_single_file and not found.is_xl
    assert (found.channels, found.native, found.unet["cross_attention_dim"]) == (channels, 512, 768)


@pytest.mark.parametrize(("channels", "native", "predicts"), [(4, 768, "v_prediction"), (9, 512, "epsilon")])
def test_stable_diffusion_2_is_known(tmp_path: Path, channels: int, native: int, predicts: str) -> None:
    file = save_outline(tmp_path / "m.safetensors", channels, cross=(320, 1024))
    found = checkpoint.of_recipe(recipe(file, "inpaint"))
    assert (found.channels, found.native, found.unet["cross_attention_dim"]) == (channels, native, 1024)
    assert predicts in (found.layout / "scheduler" / "scheduler_config.json").read_text()


def test_stable_diffusion_xl_is_known(tmp_path: Path) -> None:
    file = save_outline(tmp_path / "m.safetensors", 4, second_text=(77, 1280))
    found = checkpoint.of_recipe(recipe(file, "img2img"))
    assert found.is_xl
    assert (found.native, found.scheduler) == (1024, "EulerDiscreteScheduler")


def test_the_published_layouts_have_the_published_sizes() -> None:
    import json

    import diffusers
    import torch
    import transformers

    sizes = {
        "sd15": (859_520_964, 123_060_480),
        "sd2": (865_910_724, 340_387_840),
        "sdxl": (2_567_463_684, 123_060_480),
    }
    folder = Path(checkpoint.__file__).parent / "layouts"
    for name, expected in sizes.items():
        layout = json.loads((folder / f"{name}.json").read_text())
        with torch.device("meta"):
            unet = diffusers.UNet2DConditionModel.from_config(layout["unet/config.json"])
            text = transformers.CLIPTextModel(transformers.CLIPTextConfig(**layout["text_encoder/config.json"]))
        assert tuple(sum(one.numel() for one in part.parameters()) for part in (unet, text)) == expected


def test_the_vocabulary_is_clips(tmp_path: Path) -> None:
    import transformers

    found = checkpoint.of_recipe(recipe(save_outline(tmp_path / "m.safetensors", 4), "inpaint"))
    tokenizer = transformers.CLIPTokenizer.from_pretrained(found.layout / "tokenizer")
    assert tokenizer("a photo of a cat").input_ids == [49406, 320, 1125, 539, 320, 2368, 49407]
    assert tokenizer.model_max_length == 77


def test_a_layout_is_unpacked_once(tmp_path: Path) -> None:
    file = save_outline(tmp_path / "m.safetensors", 4)
    first = checkpoint.of_recipe(recipe(file, "inpaint")).layout
    stamp = (first / "model_index.json").stat().st_mtime_ns
    again = checkpoint.of_recipe(recipe(file, "inpaint")).layout
    assert again == first and (again / "model_index.json").stat().st_mtime_ns == stamp
    assert [path.name for path in (settings().cache / "layouts").iterdir()] == ["sd15-4"]


def test_a_layout_beside_the_file_wins(tiny_single_file: Path) -> None:
    found = checkpoint.of_recipe(recipe(tiny_single_file, "inpaint"))
    assert found.layout == tiny_single_file.with_suffix("")
    assert found.native == 64


def test_another_file_of_tensors_is_refused(tmp_path: Path) -> None:
    save_file({"weight": np.zeros(4, np.float32)}, tmp_path / "lora.safetensors")
    with pytest.raises(BadRecipe, match="not a Stable Diffusion checkpoint"):
        checkpoint.of_recipe(recipe(tmp_path / "lora.safetensors", "inpaint"))
