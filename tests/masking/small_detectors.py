"""SAM 2, Grounding DINO and OWLv2 in miniature: random weights, saved as the published ones are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tiny_models import _tokenizer as tokenizer_of_letters

ENTRY = """
[{name}]
kind = "{kind}"
title = "{name}"
licence = "none"
repo = "none/{name}"
"""


def save_sam2(weights: Path) -> Path:
    """SAM 2 for pictures of 128 pixels, in the weights folder and its manifest."""
    import torch
    from transformers import Sam2Config, Sam2ImageProcessor, Sam2Model, Sam2Processor

    torch.manual_seed(5)
    backbone = {
        "model_type": "sam2_hiera_det_model", "hidden_size": 8, "image_size": [128, 128],
        "blocks_per_stage": [1, 1, 2, 1],
        "embed_dim_per_stage": [8, 16, 32, 64], "num_attention_heads_per_stage": [1, 1, 2, 2],
        "window_size_per_stage": [8, 4, 4, 4], "global_attention_blocks": [3],
    }  # fmt: skip
    vision = {
        "backbone_config": backbone, "backbone_channel_list": [64, 32, 16, 8], "fpn_hidden_size": 32,
        "backbone_feature_sizes": [[32, 32], [16, 16], [8, 8]],
    }  # fmt: skip
    config = Sam2Config(
        vision_config=vision,
        prompt_encoder_config={"hidden_size": 32, "image_size": 128},
        mask_decoder_config={
            "hidden_size": 32, "mlp_dim": 32, "num_attention_heads": 2, "iou_head_hidden_dim": 32,
        },
    )  # fmt: skip
    folder = weights / "small-sam2"
    Sam2Model(config).save_pretrained(folder)
    pictures = Sam2ImageProcessor(size={"height": 128, "width": 128}, mask_size={"height": 32, "width": 32})
    Sam2Processor(image_processor=pictures, target_size=128).save_pretrained(folder)
    return _entered(weights, folder, "sam2")


def save_sam3(weights: Path) -> Path:
    """SAM 3 for pictures of 112 pixels, with layers of 32."""
    import torch
    from transformers import Sam3Config, Sam3ImageProcessor, Sam3Model, Sam3Processor

    torch.manual_seed(5)
    backbone = {
        "model_type": "sam3_vit_model", "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2,
        "num_attention_heads": 2, "image_size": 112, "patch_size": 14, "window_size": 4, "global_attn_indexes": [1],
        "pretrain_image_size": 112,
    }  # fmt: skip
    text = {
        "model_type": "clip_text_model", "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1,
        "num_attention_heads": 2, "vocab_size": 514, "max_position_embeddings": 32, "projection_dim": 16,
        "bos_token_id": 512, "eos_token_id": 513,
    }  # fmt: skip
    layers = {"hidden_size": 32, "num_attention_heads": 2, "intermediate_size": 32, "num_layers": 1}
    config = Sam3Config(
        vision_config={
            "backbone_config": backbone, "fpn_hidden_size": 32, "backbone_feature_sizes": [[32, 32], [16, 16], [8, 8]],
        },
        text_config=text,
        geometry_encoder_config=layers,
        detr_encoder_config=layers,
        detr_decoder_config={**layers, "num_queries": 6},
        mask_decoder_config={"hidden_size": 32, "num_attention_heads": 2},
    )  # fmt: skip
    folder = weights / "small-sam3"
    Sam3Model(config).save_pretrained(folder)
    pictures = Sam3ImageProcessor(size={"height": 112, "width": 112})
    Sam3Processor(pictures, tokenizer_of_letters()).save_pretrained(folder)
    return _entered(weights, folder, "sam3")


def save_mm_grounding_dino(weights: Path) -> Path:
    """MM-Grounding-DINO, the same in small."""
    return save_grounding_dino(weights, mm=True)


def save_grounding_dino(weights: Path, *, mm: bool = False) -> Path:
    """Grounding DINO with a Swin of one layer a stage."""
    import torch
    from transformers import (
        BertTokenizerFast,
        GroundingDinoConfig,
        GroundingDinoForObjectDetection,
        GroundingDinoImageProcessor,
        GroundingDinoProcessor,
        MMGroundingDinoConfig,
        MMGroundingDinoForObjectDetection,
    )

    torch.manual_seed(5)
    swin = {
        "model_type": "swin", "image_size": 64, "embed_dim": 8, "depths": [1, 1, 1, 1], "num_heads": [1, 1, 2, 2],
        "window_size": 2, "out_features": ["stage2", "stage3", "stage4"],
    }  # fmt: skip
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "?", "red", "mug"]
    text = {
        "model_type": "bert", "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
        "intermediate_size": 16, "vocab_size": len(words), "max_position_embeddings": 64,
    }  # fmt: skip
    config = (MMGroundingDinoConfig if mm else GroundingDinoConfig)(
        backbone_config=swin, text_config=text, d_model=32, encoder_layers=1, decoder_layers=2, num_queries=6,
        encoder_ffn_dim=16, decoder_ffn_dim=16, encoder_attention_heads=2, decoder_attention_heads=2, max_text_len=32,
    )  # fmt: skip
    folder = weights / ("small-mm-grounding-dino" if mm else "small-grounding-dino")
    model: Any = (MMGroundingDinoForObjectDetection if mm else GroundingDinoForObjectDetection)(config)
    model.save_pretrained(folder)
    vocabulary = {word: number for number, word in enumerate(words)}
    pictures = GroundingDinoImageProcessor(size={"shortest_edge": 64, "longest_edge": 96})
    GroundingDinoProcessor(pictures, BertTokenizerFast(vocab=vocabulary)).save_pretrained(folder)
    return _entered(weights, folder, "detector")


def save_owl(weights: Path) -> Path:
    """OWLv2 with one layer a tower."""
    import torch
    from transformers import Owlv2Config, Owlv2ForObjectDetection, Owlv2ImageProcessor, Owlv2Processor

    torch.manual_seed(5)
    tower: dict[str, Any] = {
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
    }
    config = Owlv2Config(
        text_config={
            **tower,
            "vocab_size": 514,
            "max_position_embeddings": 77,
            "bos_token_id": 512,
            "eos_token_id": 513,
        },
        vision_config={**tower, "image_size": 64, "patch_size": 16},
        projection_dim=16,
    )
    folder = weights / "small-owlv2"
    Owlv2ForObjectDetection(config).save_pretrained(folder)
    pictures = Owlv2ImageProcessor(size={"height": 64, "width": 64})
    Owlv2Processor(pictures, tokenizer_of_letters()).save_pretrained(folder)
    return _entered(weights, folder, "detector")


def _entered(weights: Path, folder: Path, kind: str) -> Path:
    with (weights / "manifest.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(ENTRY.format(name=folder.name, kind=kind))
    return folder
