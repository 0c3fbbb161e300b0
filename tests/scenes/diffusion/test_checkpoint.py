"""A single file is told apart by its tensors, and needs nothing from the network."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file, save_file
from tiny_models import recipe

from ecomgen.errors import BadRecipe
from ecomgen.scenes.diffusion import checkpoint
from ecomgen.settings import settings

ENTRANCE = "model.diffusion_model.input_blocks.0.0.weight"
CROSS = "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight"
SECOND_TEXT = "conditioner.embedders.1.model.positional_embedding"


def save_outline(path: Path, channels: int, about: dict[str, str] | None = None, **shapes: tuple[int, ...]) -> Path:
    """The few tensors by which a checkpoint's kind is told."""
    named = {"cross": CROSS, "second_text": SECOND_TEXT}
    tensors = {named.get(name, name): np.zeros(shape, np.float16) for name, shape in shapes.items()}
    save_file({ENTRANCE: np.zeros((320, channels, 3, 3), np.float16), **tensors}, path, metadata=about)
    return path


def predicted(found: checkpoint.Checkpoint) -> dict[str, Any]:
    return json.loads((found.layout / "scheduler" / "scheduler_config.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "about", "side", "predicts"),
    [
        ("v2-1_512-ema-pruned", None, 512, "epsilon"),
        ("512-base-ema", None, 512, "epsilon"),
        ("v2-1_768-ema-pruned", None, 768, "v_prediction"),
        ("mine", {"modelspec.resolution": "512x512", "modelspec.prediction_type": "epsilon"}, 512, "epsilon"),
        ("mine", {"modelspec.resolution": "768x768", "modelspec.prediction_type": "epsilon"}, 768, "epsilon"),
        ("mine-512", {"modelspec.resolution": "768x768", "modelspec.prediction_type": "v"}, 768, "v_prediction"),
        ("mine-512", {"ss_v_parameterization": "True"}, 512, "v_prediction"),
    ],
)
def test_what_stable_diffusion_2_predicts_is_known(
    tmp_path: Path, name: str, about: dict[str, str] | None, side: int, predicts: str
) -> None:
    file = save_outline(tmp_path / f"{name}.safetensors", 4, about, cross=(320, 1024))
    found = checkpoint.of_recipe(recipe(file, "inpaint"))
    assert (found.native, predicted(found)["prediction_type"]) == (side, predicts)


def test_a_checkpoint_of_another_family_that_predicts_v_is_known(tmp_path: Path) -> None:
    marked = save_outline(tmp_path / "m.safetensors", 4, second_text=(77, 1280), v_pred=(0,), ztsnr=(0,))
    told = predicted(checkpoint.of_recipe(recipe(marked, "img2img")))
    assert (told["prediction_type"], told["rescale_betas_zero_snr"]) == ("v_prediction", True)
    plain = save_outline(tmp_path / "plain.safetensors", 4, second_text=(77, 1280))
    told = predicted(checkpoint.of_recipe(recipe(plain, "img2img")))
    assert told.get("prediction_type", "epsilon") == "epsilon" and "rescale_betas_zero_snr" not in told


def test_a_pickle_is_refused_with_the_command_that_converts_it(tmp_path: Path) -> None:
    torch.save({"state_dict": {"one": torch.ones(2, 3).T, "epoch": 3}}, tmp_path / "mine.ckpt")
    with pytest.raises(BadRecipe, match=r"mine\.ckpt is a pickle") as refused:
        checkpoint.of_recipe(recipe(tmp_path / "mine.ckpt", "inpaint"))
    (command,) = re.findall(r"'(python -c .*)', and", str(refused.value))
    subprocess.run([sys.executable, *shlex.split(command)[1:]], cwd=tmp_path, check=True)
    assert load_file(tmp_path / "mine.safetensors")["one"].shape == (3, 2)


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
    import diffusers
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
