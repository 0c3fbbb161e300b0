"""What a recipe adds to its base model, a VAE, a ControlNet, a LoRA, an IP-Adapter, and how coarsely it is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any

from ecomgen.errors import BackendMissing
from ecomgen.models import addition_is_here, device, locate, locate_addition
from ecomgen.recipes import Addition, Recipe
from ecomgen.scenes.diffusion.checkpoint import Checkpoint


def parts(checkpoint: Checkpoint, recipe: Recipe, dtype: Any) -> dict[str, Any]:
    """The networks that replace or join the base model's while it is loaded, by the pipeline's names for them.

    Raises:
        BackendMissing: gguf is not here.
    """
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL

    loaded = {}
    if recipe.vae is not None:
        loaded["vae"] = _network(AutoencoderKL, locate_addition(recipe.vae, recipe), dtype)
    if recipe.control:
        folders = [locate_addition(one, recipe) / one.subfolder for one in recipe.control]
        networks = [_network(_control_class(folder), folder, dtype) for folder in folders]
        loaded["controlnet"] = networks if len(networks) > 1 else networks[0]
    if recipe.transformer is not None:
        loaded["transformer"] = _from_gguf(checkpoint, locate_addition(recipe.transformer, recipe), recipe, dtype)
    return loaded


def _control_class(path: Path) -> Any:
    """The class that a ControlNet's folder names; a single file holds one of Stable Diffusion."""
    import diffusers

    config = path / "config.json"
    named = json.loads(config.read_text("utf-8")).get("_class_name") if config.is_file() else None
    return getattr(diffusers, named or "ControlNetModel")


def _from_gguf(checkpoint: Checkpoint, file: Path, recipe: Recipe, dtype: Any) -> Any:
    """The large network as llama.cpp keeps it, in two to eight bits a weight; each layer is unpacked for its work."""
    import diffusers

    if find_spec("gguf") is None:
        raise _missing(recipe, "gguf")
    from diffusers.quantizers.quantization_config import GGUFQuantizationConfig

    kind = getattr(diffusers, checkpoint.index["transformer"][1])
    return kind.from_single_file(
        str(file),
        config=str(checkpoint.layout),
        subfolder="transformer",
        quantization_config=GGUFQuantizationConfig(compute_dtype=dtype),
        dtype=dtype,
        local_files_only=True,
    )


def _missing(recipe: Recipe, library: str) -> BackendMissing:
    return BackendMissing(
        "{recipe} needs {library}: run \"pip install 'ecomgen[{library}]'\".", recipe=recipe.name, library=library
    )


def _network(kind: Any, path: Path, dtype: Any) -> Any:
    if path.is_file():
        return kind.from_single_file(str(path), dtype=dtype, local_files_only=True)
    options = {"variant": "fp16"} if any(path.glob("*.fp16.*")) else {}
    return kind.from_pretrained(path, dtype=dtype, local_files_only=True, **options)


def quantization(index: Mapping[str, Any], recipe: Recipe, dtype: Any) -> Any:
    """How diffusers is to keep the large networks of a model_index.json, in four or eight bits a weight.

    Raises:
        BackendMissing: the library, or the card that it needs, is not here.
    """
    import diffusers
    import transformers
    from diffusers.quantizers.pipe_quant_config import PipelineQuantizationConfig

    library, _, bits = (recipe.quantize or "").partition("-")
    if find_spec(library) is None:
        raise _missing(recipe, library)
    if library == "bitsandbytes" and not device().startswith("cuda"):
        raise BackendMissing(
            "{recipe}: bitsandbytes needs a CUDA card. Set quantize to torchao-int8.", recipe=recipe.name
        )
    large = {name: one[0] for name, one in index.items() if isinstance(one, list) and _is_large(name, one[1])}
    homes = {"diffusers": diffusers, "transformers": transformers}
    configs = {name: _coarse(homes[home], bits, dtype) for name, home in large.items() if home in homes}
    return PipelineQuantizationConfig(quant_mapping=configs)


def _is_large(name: str, kind: Any) -> bool:
    return name in ("transformer", "unet") or (name.startswith("text_encoder") and not str(kind).startswith("CLIP"))


def _coarse(home: Any, bits: str, dtype: Any) -> Any:
    if bits == "int8":
        from torchao.quantization import Int8WeightOnlyConfig  # pyright: ignore[reportMissingImports] # an extra

        return home.TorchAoConfig(Int8WeightOnlyConfig())
    if bits == "8bit":
        return home.BitsAndBytesConfig(load_in_8bit=True)
    return home.BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=dtype)


def join(pipe: Any, recipe: Recipe) -> None:
    """Add to the finished pipeline what changes its networks from inside."""
    skipped = int(recipe.defaults.get("clip_skip", 0))
    if skipped:  # without them, the last layer's normalised output is that of the one before
        reader = getattr(pipe.text_encoder, "text_model", pipe.text_encoder).encoder
        reader.layers = reader.layers[:-skipped]
    if recipe.lora is not None:
        _merge_lora(pipe, locate_addition(recipe.lora, recipe), recipe)
    if recipe.reference is not None:
        file = PurePosixPath(recipe.reference.file)
        pipe.load_ip_adapter(
            str(locate_addition(recipe.reference, recipe)),
            subfolder=str(file.parent),
            weight_name=file.name,
            image_encoder_folder=_from_root(recipe.reference.image_encoder),
            local_files_only=True,
        )
    control = getattr(pipe, "controlnet", None)
    for network in getattr(control, "nets", [control] if control is not None else []):
        if _reads_mask(network, pipe):
            _show_mask(pipe, network)


def _merge_lora(pipe: Any, path: Path, recipe: Recipe) -> None:
    """Merged into the weights, so that a step costs no more than without."""
    lora = recipe.lora
    name = path.name if path.is_file() else lora and lora.file
    pipe.load_lora_weights(str(path.parent if path.is_file() else path), weight_name=name, local_files_only=True)
    pipe.fuse_lora(lora_scale=lora.scale if lora else 1.0)
    pipe.unload_lora_weights()


def style_layers(unet: Any, scale: float) -> dict[str, Any]:
    """How much an IP-Adapter counts in each block so that only a picture's style is heard (InstantStyle, 2404.02733).

    Of XL it is the middle layer of the innermost block on the way up; of smaller networks all but the innermost
    blocks, which lay the picture out.
    """
    down, up = (
        [n for n, one in enumerate(blocks) if hasattr(one, "attentions")]
        for blocks in (unet.down_blocks, unet.up_blocks)
    )
    if unet.config.addition_embed_type == "text_time":
        layers = [0.0] * len(unet.up_blocks[up[0]].attentions)
        layers[len(layers) // 2] = scale
        return {"up": {f"block_{up[0]}": layers}}
    return {
        "down": {f"block_{number}": scale for number in down[:-1]},
        "up": {f"block_{number}": scale for number in up[1:] or up},
    }


def _from_root(folder: str) -> str:
    """diffusers takes a bare name to lie beside the adapter's file, and a path with a slash from the top."""
    return folder if "/" in folder else f"./{folder}"


def _reads_mask(control: Any, pipe: Any) -> bool:
    """Whether the ControlNet was grown from an inpainting UNet and reads its nine channels, as Yahoo's does."""
    unet = getattr(pipe, "unet", None)
    return unet is not None and control.config.in_channels == unet.config.in_channels == 9


def _show_mask(pipe: Any, control: Any) -> None:
    """Hand the ControlNet the mask and the masked picture too; diffusers' own pipeline gives it the latents alone.

    Both are what the pipeline prepares for its UNet in the same call, which has the pipeline to itself.
    """
    import torch

    prepare, seen = pipe.prepare_mask_latents, {}

    def prepare_and_keep(*args: Any, **options: Any) -> Any:
        seen["latents"] = prepare(*args, **options)
        return seen["latents"]

    def append(network: Any, args: tuple[Any, ...], options: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        del network
        latents, *rest = args or (options["sample"],)
        shown = torch.cat([latents, *seen["latents"]], dim=1)
        return ((shown, *rest), options) if args else (args, {**options, "sample": shown})

    pipe.prepare_mask_latents = prepare_and_keep
    control.register_forward_pre_hook(append, with_kwargs=True)


def preview_folder(preview: Addition | None) -> Path | None:
    """Where the small VAE for live previews lies, if it is here."""
    if preview is None or not addition_is_here(preview):
        return None
    return locate(preview.model) if preview.model else preview.path and preview.path.expanduser()
