"""Small models with random weights, saved in the real formats and loaded through the real loaders."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ecomgen.recipes import ModelSource, Recipe

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch: so small a network only waits for its second thread
CHANNELS = (16, 16, 32, 32)


def recipe(
    path: Path, backend: str, *, name: str = "tiny", added: Mapping[str, Any] | None = None, **defaults: Any
) -> Recipe:
    """A recipe for the weights at `path`; two steps unless told, and no value where told None.

    `added` holds tables beside [model]: control, reference, lora, vae, preview.
    """
    settings = {"num_inference_steps": 2, "guidance_scale": 3.0, "width": 64, "height": 64, **defaults}
    settings = {key: value for key, value in settings.items() if value is not None}
    source = ModelSource(path=path, dtype="float32")
    about = {"name": name, "title": "Tiny", "backend": backend, "licence": "none", "model": source}
    return Recipe.model_validate({**about, **(added or {}), "defaults": settings})


def write_recipe(folder: Path, name: str, weights: Path, backend: str, steps: int = 2) -> Path:
    """The same as a file that the command line finds through ECOMGEN_PIPELINES."""
    text = f"""title = "Tiny {backend}"
backend = "{backend}"
licence = "none"
[model]
path = '{weights}'
dtype = "float32"
[defaults]
scheduler = "DPMSolverMultistepScheduler"
num_inference_steps = {steps}
width = 64
height = 64
"""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def save_sd(folder: Path, *, channels: int = 4, checker: str | None = None) -> Path:
    """A Stable Diffusion 1.5 in miniature, in diffusers format.

    Args:
        folder: where to.
        channels: what the UNet takes in: 4, or 9 for one trained to inpaint.
        checker: None for no safety checker; "passes" or "flags" for one that does so to every picture.
    """
    import diffusers

    _seed()
    parts: dict[str, Any] = {
        "unet": _unet(channels, cross=32),
        "vae": _vae(),
        "text_encoder": _text_encoder(),
        "tokenizer": _tokenizer(),
        "scheduler": diffusers.PNDMScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", skip_prk_steps=True, steps_offset=1
        ),
        "safety_checker": _checker(flags=checker == "flags") if checker else None,
        "feature_extractor": _feature_extractor() if checker else None,
        "requires_safety_checker": checker is not None,
    }
    kind = diffusers.StableDiffusionInpaintPipeline if channels == 9 else diffusers.StableDiffusionPipeline
    kind(**parts).save_pretrained(folder)
    return folder


def save_xl(folder: Path, *, channels: int = 4) -> Path:
    """A Stable Diffusion XL in miniature, in diffusers format."""
    import diffusers

    _seed()
    parts: dict[str, Any] = {
        "unet": _unet_xl(channels),
        "vae": _vae(force_upcast=True),
        "text_encoder": _text_encoder(),
        "text_encoder_2": _text_encoder(projection=32),
        "tokenizer": _tokenizer(),
        "tokenizer_2": _tokenizer(),
        "scheduler": diffusers.EulerDiscreteScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear"
        ),
    }
    kind = diffusers.StableDiffusionXLInpaintPipeline if channels == 9 else diffusers.StableDiffusionXLPipeline
    kind(**parts).save_pretrained(folder)
    return folder


def save_flux(folder: Path) -> Path:
    """A FLUX.1 Fill in miniature, in diffusers format."""
    import diffusers
    import transformers

    _seed()
    text = transformers.T5Config(
        vocab_size=300, d_model=32, d_kv=8, d_ff=32, num_layers=1, num_heads=4, feed_forward_proj="gated-gelu"
    )
    transformer = diffusers.FluxTransformer2DModel(
        patch_size=1, in_channels=4 * 4 * 2 + 64 * 4, out_channels=16, num_layers=1, num_single_layers=1,
        attention_head_dim=16, num_attention_heads=2, joint_attention_dim=32, pooled_projection_dim=32,
        guidance_embeds=True, axes_dims_rope=(4, 4, 8),
    )  # fmt: skip
    diffusers.FluxFillPipeline(
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(),
        vae=_vae(shift_factor=0.1),
        text_encoder=_text_encoder(),
        tokenizer=_tokenizer(),
        text_encoder_2=transformers.T5EncoderModel(text),
        tokenizer_2=_t5_tokenizer(),
        transformer=transformer,
    ).save_pretrained(folder)
    return folder


def save_control(folder: Path, *, channels: int = 4, xl: bool = False) -> Path:
    """A ControlNet for `save_sd`, or `save_xl`; with nine channels one that was grown from an inpainting UNet."""
    import diffusers
    import torch

    _seed()
    unet, widths = _unet_xl(channels) if xl else _unet(channels, cross=32), (8, 8, 8, 8)
    control = diffusers.ControlNetModel.from_unet(unet, conditioning_embedding_out_channels=widths)
    for block in (*control.controlnet_down_blocks, control.controlnet_mid_block, control.controlnet_cond_embedding):
        for weight in block.parameters():
            torch.nn.init.normal_(weight, std=0.1)  # a fresh ControlNet adds nothing: its last layers are zero
    control.save_pretrained(folder)
    return folder


def save_ip_adapter(folder: Path) -> Path:
    """An IP-Adapter for `save_sd` with its image encoder, laid out as the published ones: models/…"""
    import torch
    import transformers
    from safetensors.torch import save_file

    _seed()
    encoder = transformers.CLIPVisionModelWithProjection(
        transformers.CLIPVisionConfig(
            hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=32,
            patch_size=16, projection_dim=16,
        )
    )  # fmt: skip
    encoder.save_pretrained(folder / "models" / "image_encoder")
    unet = _unet(4, cross=32)
    tensors = {
        "image_proj.proj.weight": torch.randn(4 * 32, 16) * 0.3,
        "image_proj.proj.bias": torch.zeros(4 * 32),
        "image_proj.norm.weight": torch.ones(32),
        "image_proj.norm.bias": torch.zeros(32),
    }
    crossing = [name for name in unet.attn_processors if "attn2" in name]
    widths = dict(unet.named_modules())
    for number, name in zip(range(1, 2 * len(crossing), 2), crossing, strict=True):
        width = widths[name.removesuffix(".processor")].to_k.out_features
        tensors |= {f"ip_adapter.{number}.to_{one}_ip.weight": torch.randn(width, 32) * 0.3 for one in "kv"}
    save_file(tensors, folder / "models" / "adapter.safetensors")
    return folder


def save_lora(folder: Path) -> Path:
    """A LoRA for `save_sd`'s UNet, in the form that diffusers writes."""
    import diffusers
    import torch
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    _seed()
    unet = _unet(4, cross=32)
    unet.add_adapter(LoraConfig(r=2, lora_alpha=2, init_lora_weights="gaussian", target_modules=["to_q", "to_v"]))
    for name, weight in unet.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weight, std=0.5)
    layers = get_peft_model_state_dict(unet)
    diffusers.StableDiffusionPipeline.save_lora_weights(folder, unet_lora_layers=layers)
    return folder


def save_small_vae(folder: Path) -> Path:
    """A TAESD in miniature."""
    import diffusers

    _seed()
    diffusers.AutoencoderTiny(
        encoder_block_out_channels=(8, 8, 8, 8), decoder_block_out_channels=(8, 8, 8, 8)
    ).save_pretrained(folder)
    return folder


def save_single_file(file: Path, source: Path) -> Path:
    """The pipeline in `source` as one .safetensors file with the original names, its layout in a folder beside it."""
    from safetensors.torch import load_file, save_file

    parts = {
        "model.diffusion_model.": _renamed(load_file(_only(source / "unet")), _unet_names()),
        "first_stage_model.": _renamed(load_file(_only(source / "vae")), _vae_names()),
        "cond_stage_model.transformer.text_model.": load_file(_only(source / "text_encoder")),
    }
    tensors = {prefix + name: value for prefix, part in parts.items() for name, value in part.items()}
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: value.contiguous() for name, value in tensors.items()}, file)
    shutil.copytree(source, file.with_suffix(""), ignore=shutil.ignore_patterns("*.safetensors"))
    return file


_TINY_CLIP = {
    "embed_dim": 16,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "patch_size": 16},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 1},
}
_CLIP_ENTRY = """
[small-clip]
kind = "clip"
title = "small CLIP"
licence = "none"
file = "clip.pt"
[small-clip.architecture]
model = "ViT-B-32"
embed_dim = 16
vision_cfg = { image_size = 32, layers = 1, width = 64, patch_size = 16 }
text_cfg = { context_length = 77, vocab_size = 49408, width = 16, heads = 2, layers = 1 }
"""


def save_clip(weights: Path) -> Path:
    """A small CLIP in open_clip's own format in the folder `weights`, entered in the manifest there."""
    import open_clip
    import torch

    torch.manual_seed(3)
    path = weights / "clip.pt"
    torch.save(open_clip.create_model("ViT-B-32", **_TINY_CLIP).state_dict(), path)
    with (weights / "manifest.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(_CLIP_ENTRY)
    return path


@pytest.fixture(scope="session")
def tiny_inpaint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SD 1.5 inpainting in miniature: 9 input channels, with a safety checker that lets everything pass."""
    return save_sd(tmp_path_factory.mktemp("models") / "inpaint", channels=9, checker="passes")


@pytest.fixture(scope="session")
def tiny_sd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SD 1.5 in miniature, without a safety checker."""
    return save_sd(tmp_path_factory.mktemp("models") / "sd")


@pytest.fixture(scope="session")
def tiny_xl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SDXL in miniature."""
    return save_xl(tmp_path_factory.mktemp("models") / "xl")


@pytest.fixture(scope="session")
def tiny_flux(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """FLUX.1 Fill in miniature."""
    return save_flux(tmp_path_factory.mktemp("models") / "flux")


@pytest.fixture(scope="session")
def tiny_single_file(tmp_path_factory: pytest.TempPathFactory, tiny_sd: Path) -> Path:
    """The same weights as `tiny_sd`, as one file."""
    return save_single_file(tmp_path_factory.mktemp("models") / "single.safetensors", tiny_sd)


def _seed() -> None:
    import torch

    torch.manual_seed(7)


def _unet(channels: int, cross: int) -> Any:
    import diffusers

    return diffusers.UNet2DConditionModel(
        sample_size=8, in_channels=channels, out_channels=4, block_out_channels=CHANNELS, layers_per_block=2,
        cross_attention_dim=cross, attention_head_dim=4, norm_num_groups=8,
    )  # fmt: skip


def _unet_xl(channels: int) -> Any:
    import diffusers

    return diffusers.UNet2DConditionModel(
        sample_size=8, in_channels=channels, out_channels=4, block_out_channels=(16, 32, 32), layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        transformer_layers_per_block=(1, 1, 2), attention_head_dim=(2, 4, 4), use_linear_projection=True,
        cross_attention_dim=64, norm_num_groups=8, addition_embed_type="text_time", addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=8 * 6 + 32,
    )  # fmt: skip


def _vae(**options: Any) -> Any:
    import diffusers

    return diffusers.AutoencoderKL(
        block_out_channels=(16, 16, 16, 16), layers_per_block=2, norm_num_groups=8, latent_channels=4, sample_size=64,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4, **options,
    )  # fmt: skip


def _text_encoder(projection: int | None = None) -> Any:
    import transformers

    config = transformers.CLIPTextConfig(
        vocab_size=514, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        projection_dim=projection or 32, bos_token_id=512, eos_token_id=513, pad_token_id=513,
    )  # fmt: skip
    kind = transformers.CLIPTextModelWithProjection if projection else transformers.CLIPTextModel
    return kind(config)


def _tokenizer() -> Any:
    """CLIP's tokenizer without a single merge: every letter is a token."""
    import transformers

    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = [chr(code) for code in printable] + [chr(256 + number) for number in range(256 - len(printable))]
    words = [*letters, *(letter + "</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {word: number for number, word in enumerate(words)}
    return transformers.CLIPTokenizer(vocab=vocabulary, merges=[], model_max_length=77)


def _t5_tokenizer() -> Any:
    """One token a letter."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = {chr(code): code - 29 for code in range(32, 127)}
    plain = Tokenizer(models.WordLevel({"<pad>": 0, "</s>": 1, "<unk>": 2, **letters}, unk_token="<unk>"))
    plain.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    return PreTrainedTokenizerFast(tokenizer_object=plain, pad_token="<pad>", eos_token="</s>", unk_token="<unk>")


def _checker(*, flags: bool) -> Any:
    """The real safety checker; a concept is found where its weight is below the similarity."""
    import torch
    import transformers
    from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker

    vision = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = transformers.CLIPConfig(
        vision_config={**vision, "image_size": 32, "patch_size": 16, "projection_dim": 8}, projection_dim=8
    )
    checker = StableDiffusionSafetyChecker(config)
    with torch.no_grad():
        checker.concept_embeds_weights.fill_(-2.0 if flags else 2.0)
        checker.special_care_embeds_weights.fill_(2.0)
    return checker


def _feature_extractor() -> Any:
    import transformers

    return transformers.CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})


# Diffusers' names to the original ones, for the shapes above (four stages, two layers each)


def _renamed(tensors: Mapping[str, Any], names: Iterable[tuple[str, str]]) -> dict[str, Any]:
    renamed = {}
    for name, value in tensors.items():
        for pattern, replacement in names:
            name = re.sub(pattern, replacement, name)
        renamed[name] = value[..., None, None] if re.search(r"mid\.attn_1\.(q|k|v|proj_out)\.weight", name) else value
    return renamed


def _unet_names() -> list[tuple[str, str]]:
    names = [
        (r"resnets(.*)norm1\.", r"resnets\1in_layers.0."),
        (r"resnets(.*)conv1\.", r"resnets\1in_layers.2."),
        (r"resnets(.*)norm2\.", r"resnets\1out_layers.0."),
        (r"resnets(.*)conv2\.", r"resnets\1out_layers.3."),
        (r"time_emb_proj\.", "emb_layers.1."),
        (r"conv_shortcut\.", "skip_connection."),
        (r"time_embedding\.linear_1", "time_embed.0"),
        (r"time_embedding\.linear_2", "time_embed.2"),
        (r"^conv_in\.", "input_blocks.0.0."),
        (r"^conv_norm_out\.", "out.0."),
        (r"^conv_out\.", "out.2."),
        (r"mid_block\.attentions\.0\.", "middle_block.1."),
        (r"mid_block\.resnets\.0\.", "middle_block.0."),
        (r"mid_block\.resnets\.1\.", "middle_block.2."),
    ]
    for stage in range(4):
        for layer in range(3):
            into, out = 3 * stage + layer + 1, 3 * stage + layer
            names += [
                (rf"down_blocks\.{stage}\.resnets\.{layer}\.", f"input_blocks.{into}.0."),
                (rf"down_blocks\.{stage}\.attentions\.{layer}\.", f"input_blocks.{into}.1."),
                (rf"up_blocks\.{stage}\.resnets\.{layer}\.", f"output_blocks.{out}.0."),
                (rf"up_blocks\.{stage}\.attentions\.{layer}\.", f"output_blocks.{out}.1."),
            ]
        after = 1 if stage == 0 else 2
        names += [
            (rf"down_blocks\.{stage}\.downsamplers\.0\.conv\.", f"input_blocks.{3 * stage + 3}.0.op."),
            (rf"up_blocks\.{stage}\.upsamplers\.0\.", f"output_blocks.{3 * stage + 2}.{after}."),
        ]
    return names


def _vae_names() -> list[tuple[str, str]]:
    names = [
        (r"mid_block\.resnets\.0\.", "mid.block_1."),
        (r"mid_block\.resnets\.1\.", "mid.block_2."),
        (r"mid_block\.attentions\.0\.", "mid.attn_1."),
        (r"attn_1\.group_norm\.", "attn_1.norm."),
        (r"attn_1\.to_([qkv])\.", r"attn_1.\1."),
        (r"attn_1\.to_out\.0\.", "attn_1.proj_out."),
        (r"conv_norm_out\.", "norm_out."),
        (r"conv_shortcut\.", "nin_shortcut."),
    ]
    for stage in range(4):
        names += [
            (rf"encoder\.down_blocks\.{stage}\.resnets\.(\d)\.", rf"encoder.down.{stage}.block.\1."),
            (rf"encoder\.down_blocks\.{stage}\.downsamplers\.0\.", f"encoder.down.{stage}.downsample."),
            (rf"decoder\.up_blocks\.{stage}\.resnets\.(\d)\.", rf"decoder.up.{3 - stage}.block.\1."),
            (rf"decoder\.up_blocks\.{stage}\.upsamplers\.0\.", f"decoder.up.{3 - stage}.upsample."),
        ]
    return names


def _only(folder: Path) -> Path:
    (file,) = folder.glob("*.safetensors")
    return file
