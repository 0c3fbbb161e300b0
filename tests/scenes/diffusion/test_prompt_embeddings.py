"""Weights, long prompts, and the product's name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scenes.diffusion.placed import ask
from tiny_models import recipe

from ecomgen.errors import BadRecipe
from ecomgen.scenes import open_backend
from ecomgen.scenes.diffusion import checkpoint
from ecomgen.scenes.diffusion.loader import load
from ecomgen.scenes.diffusion.prompt_embeddings import PromptWords, encode, plain, weighted, words_of


def pipe_of(folder: Path, **defaults: Any):
    mine = recipe(folder, "inpaint", **defaults)
    return load(checkpoint.of_recipe(mine), "inpaint", mine).pipe


def test_weights_are_read_and_brackets_without_a_number_are_text() -> None:
    assert weighted("a (walnut:1.3) table") == [("a ", 1.0), ("walnut", 1.3), (" table", 1.0)]
    assert weighted("a mug (blue), 3:2") == [("a mug (blue), 3:2", 1.0)]
    assert weighted("(oak:9)") == [("oak", 2.0)]
    assert plain("a (walnut: .5) table") == "a walnut table"


@given(st.text(max_size=60))
def test_nothing_of_a_prompt_is_lost(text: str) -> None:
    joined = "".join(part for part, _ in weighted(text))
    assert joined == plain(text) or not plain(text).strip()


def test_a_plain_prompt_is_read_as_diffusers_reads_it(tiny_sd: Path, tiny_xl: Path) -> None:
    words = PromptWords(prompt="a red mug on oak", negative="blurry")
    pipe = pipe_of(tiny_sd)
    ours = encode(pipe, words)
    theirs = pipe.encode_prompt(words.prompt, "cpu", 1, True, words.negative)
    assert torch.equal(ours["prompt_embeds"], theirs[0]) and torch.equal(ours["negative_prompt_embeds"], theirs[1])
    pipe = pipe_of(tiny_xl)
    ours = encode(pipe, words)
    theirs = pipe.encode_prompt(words.prompt, None, "cpu", 1, True, words.negative)
    for name, tensor in zip(ours, theirs, strict=True):
        assert torch.equal(ours[name], tensor), name


@pytest.mark.parametrize("name", ["tiny_sd", "tiny_xl"])
def test_a_long_prompt_is_read_to_its_end_and_weights_count(name: str, request: pytest.FixtureRequest) -> None:
    pipe = pipe_of(request.getfixturevalue(name))
    long = "oak, " * 60
    one, other, heavy = (
        encode(pipe, PromptWords(prompt=long + last, negative="dull")) for last in ("zebra", "lemon", "(zebra:1.4)")
    )
    assert one["prompt_embeds"].shape[1] > 77
    assert one["prompt_embeds"].shape == one["negative_prompt_embeds"].shape
    assert not torch.equal(one["prompt_embeds"], other["prompt_embeds"])
    assert not torch.equal(one["prompt_embeds"], heavy["prompt_embeds"])


def test_the_product_is_named_so_that_no_second_one_is_added() -> None:
    mug = ask(1, product="green mug")
    assert words_of(mug, "blurry", named=True) == PromptWords(prompt="green mug, on oak", negative="blurry")
    around = words_of(mug, "blurry", named=False)
    assert around.prompt == "on oak" and around.negative.startswith("blurry, second green mug")
    replaced = words_of(ask(1, product="t-shirt", mode="replace"), "", named=False)
    assert replaced == PromptWords(prompt="on oak", negative="t-shirt")
    wanted = ask(1, prompt="a blue T-shirt", product="t-shirt", mode="replace")
    assert words_of(wanted, "", named=False) == PromptWords(prompt="a blue T-shirt", negative="")


def test_a_requests_own_negative_prompt_replaces_the_recipes() -> None:
    assert words_of(ask(1, negative_prompt="people"), "blurry", named=False).negative == "people"


def test_clip_skip_reads_a_layer_earlier(tiny_sd: Path, tiny_xl: Path) -> None:
    words, pipe = PromptWords(prompt="a red mug", negative="blurry"), pipe_of(tiny_sd)
    told = pipe.tokenizer(words.prompt, padding="max_length", max_length=77, return_tensors="pt").input_ids
    states = pipe.text_encoder(told, output_hidden_states=True).hidden_states
    expected = getattr(pipe.text_encoder, "text_model", pipe.text_encoder).final_layer_norm(states[-2])
    skipped = encode(pipe_of(tiny_sd, clip_skip=1), words)["prompt_embeds"]
    assert torch.allclose(skipped, expected, atol=1e-5)
    assert not torch.allclose(encode(pipe, words)["prompt_embeds"], expected, atol=1e-3)
    with pytest.raises(BadRecipe, match=r"defaults\.clip_skip"):
        open_backend(recipe(tiny_xl, "inpaint", clip_skip=1))
