"""Flow models of several makers in miniature, with random weights, saved as diffusers publishes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tiny_models import _seed, _t5_tokenizer, _text_encoder, _tokenizer, _vae

SPECIAL = ("<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>")
TEMPLATE = "{% for m in messages %}{{ m['content'] }}{% endfor %}"


def save_flux_plain(folder: Path) -> Path:
    """FLUX.1 [schnell]: sixteen channels in, no guidance embedded."""
    return _save(folder, "FluxPipeline", **_flux_parts(guidance=False))


def save_kontext(folder: Path) -> Path:
    """FLUX.1 Kontext: the same, with guidance."""
    return _save(folder, "FluxKontextPipeline", **_flux_parts(guidance=True))


def save_flux_control(folder: Path) -> Path:
    """A ControlNet for `save_flux_plain` that changes what it is heard in: a fresh one adds nothing."""
    import diffusers
    import torch

    _seed()
    control = diffusers.FluxControlNetModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=32, pooled_projection_dim=32, guidance_embeds=False, axes_dims_rope=[4, 4, 8],
    )  # fmt: skip
    for block in (*control.controlnet_blocks, *control.controlnet_single_blocks, control.controlnet_x_embedder):
        for weight in block.parameters():
            torch.nn.init.normal_(weight, std=0.3)
    control.save_pretrained(folder)
    return folder


def save_chroma(folder: Path) -> Path:
    import diffusers

    _seed()
    transformer = diffusers.ChromaTransformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=32, axes_dims_rope=(4, 4, 8), approximator_hidden_dim=32, approximator_layers=1,
        approximator_num_channels=16,
    )  # fmt: skip
    return _save(
        folder, "ChromaPipeline", transformer=transformer, vae=_vae(shift_factor=0.1), text_encoder=_t5(),
        tokenizer=_t5_tokenizer(),
    )  # fmt: skip


def save_sd3(folder: Path) -> Path:
    import diffusers

    _seed()
    transformer = diffusers.SD3Transformer2DModel(
        sample_size=8, patch_size=2, in_channels=16, out_channels=16, num_layers=1, attention_head_dim=8,
        num_attention_heads=4, joint_attention_dim=64, caption_projection_dim=32, pooled_projection_dim=64,
    )  # fmt: skip
    return _save(
        folder, "StableDiffusion3Pipeline", transformer=transformer, vae=_wide_vae(),
        text_encoder=_text_encoder(projection=32), tokenizer=_tokenizer(), text_encoder_2=_text_encoder(projection=32),
        tokenizer_2=_tokenizer(), text_encoder_3=_t5(64), tokenizer_3=_t5_tokenizer(),
    )  # fmt: skip


def save_z_image(folder: Path) -> Path:
    import diffusers
    import torch
    import transformers

    _seed()
    transformer = diffusers.ZImageTransformer2DModel(
        all_patch_size=(2,), all_f_patch_size=(1,), in_channels=16, dim=32, n_layers=1, n_refiner_layers=1, n_heads=2,
        n_kv_heads=2, cap_feat_dim=16, axes_dims=[8, 4, 4], axes_lens=[256, 32, 32],
    )  # fmt: skip
    with torch.no_grad():  # they are made of whatever lay in memory
        transformer.x_pad_token.fill_(1)
        transformer.cap_pad_token.fill_(1)
    return _save(
        folder, "ZImagePipeline", transformer=transformer, vae=_wide_vae(), tokenizer=_qwen_tokenizer(),
        text_encoder=transformers.Qwen3Model(transformers.Qwen3Config(**_QWEN)),
    )  # fmt: skip


def save_klein(folder: Path) -> Path:
    import diffusers
    import transformers

    _seed()
    transformer = diffusers.Flux2Transformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=48, timestep_guidance_channels=16, axes_dims_rope=(4, 4, 4, 4), guidance_embeds=False,
    )  # fmt: skip
    vae = diffusers.AutoencoderKLFlux2(
        sample_size=64, down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        block_out_channels=(16, 16, 16, 16), layers_per_block=1, latent_channels=4, norm_num_groups=8,
    )  # fmt: skip
    text = transformers.Qwen3ForCausalLM(transformers.Qwen3Config(**_QWEN))
    return _save(
        folder, "Flux2KleinPipeline", transformer=transformer, vae=vae, text_encoder=text, tokenizer=_qwen_tokenizer(),
        is_distilled=True,
    )  # fmt: skip


def save_qwen_edit(folder: Path) -> Path:
    import diffusers
    import transformers

    _seed()
    transformer = diffusers.QwenImageTransformer2DModel(
        patch_size=2, in_channels=16, out_channels=4, num_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=16, axes_dims_rope=(8, 4, 4),
    )  # fmt: skip
    vae = diffusers.AutoencoderKLQwenImage(
        base_dim=4, z_dim=4, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True],
        latents_mean=[0.0] * 4, latents_std=[1.0] * 4,
    )  # fmt: skip
    tokenizer = _qwen_tokenizer()
    marks = ("vision_start", "vision_end", "image", "video")
    ids = dict(zip(marks, tokenizer.convert_tokens_to_ids(list(SPECIAL)), strict=True))
    rope = {"mrope_section": [1, 1, 2], "rope_type": "default", "rope_theta": 10000.0}
    text = transformers.Qwen2_5_VLForConditionalGeneration(transformers.Qwen2_5_VLConfig(
        text_config={**_QWEN, "rope_scaling": rope},
        vision_config={"depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "out_hidden_size": 16},
        **{f"{name}_token_id": number for name, number in ids.items()},
    ))  # fmt: skip
    processor = transformers.Qwen2VLProcessor(
        image_processor=transformers.Qwen2VLImageProcessor(min_pixels=56 * 56, max_pixels=56 * 56),
        tokenizer=tokenizer,
        video_processor=transformers.Qwen2VLVideoProcessor(),
        chat_template=TEMPLATE,
    )
    return _save(
        folder, "QwenImageEditPipeline", transformer=transformer, vae=vae, text_encoder=text, tokenizer=tokenizer,
        processor=processor,
    )  # fmt: skip


SAVE: dict[str, Callable[[Path], Path]] = {
    "flux-inpaint": save_flux_plain,
    "flux-kontext": save_kontext,
    "flux2-klein": save_klein,
    "flux2-klein-edit": save_klein,
    "qwen-image-edit": save_qwen_edit,
    "z-image-inpaint": save_z_image,
    "sd35-inpaint": save_sd3,
    "chroma-img2img": save_chroma,
}
_QWEN: dict[str, Any] = {
    "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "head_dim": 8,
    "num_key_value_heads": 2, "vocab_size": 320, "max_position_embeddings": 4096,
}  # fmt: skip


def _save(folder: Path, kind: str, **parts: Any) -> Path:
    import diffusers

    scheduler = diffusers.FlowMatchEulerDiscreteScheduler()
    getattr(diffusers, kind)(scheduler=scheduler, **parts).save_pretrained(folder)
    return folder


def _flux_parts(*, guidance: bool) -> dict[str, Any]:
    import diffusers

    _seed()
    transformer = diffusers.FluxTransformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=32, pooled_projection_dim=32, guidance_embeds=guidance, axes_dims_rope=(4, 4, 8),
    )  # fmt: skip
    return {
        "transformer": transformer, "vae": _vae(shift_factor=0.1), "text_encoder": _text_encoder(),
        "tokenizer": _tokenizer(), "text_encoder_2": _t5(), "tokenizer_2": _t5_tokenizer(),
    }  # fmt: skip


def _wide_vae() -> Any:
    """Sixteen channels of latents."""
    import diffusers

    return diffusers.AutoencoderKL(
        block_out_channels=(8, 8, 8, 8), layers_per_block=1, norm_num_groups=8, latent_channels=16, sample_size=64,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4, shift_factor=0.1,
    )  # fmt: skip


def _t5(width: int = 32) -> Any:
    import transformers

    config = transformers.T5Config(
        vocab_size=300, d_model=width, d_kv=8, d_ff=32, num_layers=1, num_heads=4, feed_forward_proj="gated-gelu"
    )
    return transformers.T5EncoderModel(config)


def _qwen_tokenizer() -> Any:
    """One token a letter, the marks of a picture, and a template that is the message alone."""
    tokenizer = _t5_tokenizer()
    tokenizer.add_special_tokens({"additional_special_tokens": list(SPECIAL)})
    tokenizer.chat_template = TEMPLATE
    return tokenizer
