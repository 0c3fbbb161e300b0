"""From words to what the networks read: weights, prompts of any length, and the product named.

`(walnut:1.3)` makes words count more, `(people:0.5)` less, as in A1111. Weighting and prompts longer than the text
encoder's 77 tokens are compel's (github.com/damian0815/compel).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ecomgen.types import SceneRequest

_WEIGHTED = re.compile(r"\(([^()]+?):\s*(\d*\.?\d+)\s*\)")
_HEAVIEST = 2.0  # beyond, pictures fall apart
Parts = list[tuple[str, float]]


@dataclass(frozen=True, kw_only=True)
class PromptWords:
    """What is asked for and what is not wanted, as the model is told."""

    prompt: str
    negative: str


def words_of(request: SceneRequest, default_negative: str, *, named: bool) -> PromptWords:
    """The prompt and negative prompt, with the product named so that the model adds no second one.

    Args:
        request: what is asked for.
        default_negative: what the recipe does not want, where the request names nothing.
        named: whether the prompt names the product, for a model that draws it anew. A model that fills the surroundings
            of a kept product, or replaces it, hears of it among what is not wanted.
    """
    negative = request.negative_prompt or default_negative
    product = request.product.strip()
    if not product or product.lower() in plain(request.prompt).lower():
        return PromptWords(prompt=request.prompt, negative=negative)
    if named:
        return PromptWords(prompt=f"{product}, {request.prompt}", negative=negative)
    unwanted = product if request.mode == "replace" else f"second {product}, another {product}, duplicate {product}"
    return PromptWords(prompt=request.prompt, negative=f"{negative}, {unwanted}" if negative else unwanted)


def weighted(text: str) -> Parts:
    """The text in parts with their weights. Brackets without a number are the text's own."""
    parts: Parts = []
    end = 0
    for match in _WEIGHTED.finditer(text):
        parts.append((text[end : match.start()], 1.0))
        parts.append((match[1], min(float(match[2]), _HEAVIEST)))
        end = match.end()
    parts.append((text[end:], 1.0))
    return [part for part in parts if part[0].strip()] or [("", 1.0)]


def plain(text: str) -> str:
    """The text without weights."""
    return _WEIGHTED.sub(lambda match: match[1], text)


def encode(pipe: Any, words: PromptWords) -> dict[str, Any]:
    """The prompts as the pipeline's arguments, for one picture. Call it with the pipeline's lock held."""
    import torch

    with torch.inference_mode():
        if not _is_clip(pipe):
            return _unencoded(pipe, words)
        encoders = _encoders(pipe)
        embeds, negative = _embeddings(encoders, words)
        answer = {"prompt_embeds": embeds, "negative_prompt_embeds": negative}
        if len(encoders) > 1:
            pooled = encoders[1].conditioning_provider.get_pooled_embeddings
            answer["pooled_prompt_embeds"] = pooled([plain(words.prompt)])
            answer["negative_pooled_prompt_embeds"] = pooled([plain(words.negative)])
    return answer


def _is_clip(pipe: Any) -> bool:
    """Whether it is a Stable Diffusion 1.x, 2.x or XL, which compel can read to."""
    return hasattr(pipe, "unet") and type(pipe.text_encoder).__name__.startswith("CLIP")


def _unencoded(pipe: Any, words: PromptWords) -> dict[str, Any]:
    """Every other pipeline reads text itself, and weights mean nothing to it; FLUX.1 reads it once for all pictures."""
    told = {"prompt": plain(words.prompt), "negative_prompt": plain(words.negative)}
    if type(getattr(pipe, "transformer", None)).__name__ != "FluxTransformer2DModel":
        return told
    embeds, pooled, _ = pipe.encode_prompt(told.pop("prompt"), prompt_2=None, device=pipe._execution_device)
    return {**told, "prompt_embeds": embeds, "pooled_prompt_embeds": pooled}


def _encoders(pipe: Any) -> list[Any]:
    """One compel for each text encoder, configured as its family of checkpoints was trained."""
    from compel import Compel, ReturnedEmbeddingsType

    pairs = [(pipe.tokenizer, pipe.text_encoder)]
    kind = ReturnedEmbeddingsType.LAST_HIDDEN_STATES_NORMALIZED
    if getattr(pipe, "text_encoder_2", None) is not None:
        kind = ReturnedEmbeddingsType.PENULTIMATE_HIDDEN_STATES_NON_NORMALIZED
        pairs.append((pipe.tokenizer_2, pipe.text_encoder_2))
    return [
        Compel(
            tokenizer=tokenizer,
            text_encoder=encoder,
            returned_embeddings_type=kind,
            truncate_long_prompts=False,
            device=pipe._execution_device,
        )
        for tokenizer, encoder in pairs
    ]


def _embeddings(encoders: list[Any], words: PromptWords) -> list[Any]:
    """The prompt's and the negative prompt's 1xTxD, of one length, all encoders side by side."""
    import torch

    columns = [[_column(one, weighted(text)) for one in encoders] for text in (words.prompt, words.negative)]
    length = max(column.shape[1] for row in columns for column in row)
    return [
        torch.cat([_padded(one, column, length) for one, column in zip(encoders, row, strict=True)], dim=-1)
        for row in columns
    ]


def _column(encoder: Any, parts: Parts) -> Any:
    """1xTxD: what one encoder makes of the parts; T is a multiple of its 77 tokens."""
    from compel.prompt_parser import FlattenedPrompt

    (tensor, _), _ = encoder.build_conditioning_tensor_for_prompt_object(FlattenedPrompt(parts))
    return tensor


def _padded(encoder: Any, column: Any, length: int) -> Any:
    """With the encoding of nothing behind it, up to `length` tokens."""
    import torch

    missing = (length - column.shape[1]) // encoder.conditioning_provider.max_token_count
    return torch.cat([column, *[_column(encoder, [("", 1.0)])] * missing], dim=1) if missing else column
