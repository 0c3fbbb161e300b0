"""A small vision-language model with random weights in the real format, and transformers' own server in front of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

TEMPLATE = (
    "{% for message in messages %}{{ message['role'] }}: {% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image>{% else %}{{ part['text'] }}{% endif %}{% endfor %}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)
PATIENCE = 400  # seconds for the server to come up on a busy machine


def save_vlm(folder: Path) -> Path:
    """A LLaVA in miniature: CLIP's vision tower, a Llama, a tokenizer in which every byte is a token."""
    import torch
    import transformers

    torch.manual_seed(7)
    tokenizer = _tokenizer()
    side, patch = 28, 14
    image_processor = transformers.CLIPImageProcessor(
        size={"shortest_edge": side}, crop_size={"height": side, "width": side}
    )
    processor = transformers.LlavaProcessor(
        image_processor=image_processor, tokenizer=tokenizer, patch_size=patch, image_token="<image>",
        vision_feature_select_strategy="default", num_additional_image_tokens=1, chat_template=TEMPLATE,
    )  # fmt: skip
    config = transformers.LlavaConfig(
        vision_config=transformers.CLIPVisionConfig(
            hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2, image_size=side,
            patch_size=patch, projection_dim=16,
        ),
        text_config=transformers.LlamaConfig(
            vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
            num_attention_heads=4, num_key_value_heads=4, max_position_embeddings=4096, bos_token_id=1,
            eos_token_id=2, pad_token_id=0,
        ),
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"), image_seq_length=(side // patch) ** 2,
    )  # fmt: skip
    transformers.LlavaForConditionalGeneration(config).save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


def _tokenizer() -> Any:
    import transformers
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    words = ["<pad>", "<s>", "</s>", "<image>", *sorted(pre_tokenizers.ByteLevel.alphabet())]
    raw = Tokenizer(models.BPE(vocab={word: number for number, word in enumerate(words)}, merges=[]))
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)  # type: ignore[assignment]
    raw.decoder = decoders.ByteLevel()  # type: ignore[assignment]
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=raw, bos_token="<s>", eos_token="</s>", pad_token="<pad>",
        extra_special_tokens={"image_token": "<image>"},
    )  # fmt: skip


@pytest.fixture(scope="session")
def tiny_vlm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_vlm(tmp_path_factory.mktemp("models") / "tiny-vlm")


@pytest.fixture
def tiny_writer(tmp_path: Path, tiny_vlm: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a words recipe for it."""
    shelf = tmp_path / "recipes" / "words"
    shelf.mkdir(parents=True)
    (shelf / "tiny.toml").write_text(
        f'title = "Tiny"\nbackend = "words"\nlicence = "none"\n[model]\npath = "{tiny_vlm}"\ndtype = "float32"\n'
        "[defaults]\nmax_new_tokens = 24\n"
    )
    monkeypatch.setenv("ECOMGEN_PIPELINES", str(shelf.parent))
    return "tiny"


@dataclass(frozen=True)
class Server:
    """`transformers serve`, and the name under which it serves the model."""

    url: str
    model: str
    wait: Callable[[], None]  # until it answers


@pytest.fixture(scope="session")
def serving(tmp_path_factory: pytest.TempPathFactory, tiny_vlm: Path) -> Iterator[Server]:
    """The server, coming up while other tests run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    cache = tmp_path_factory.mktemp("hub")
    words = [Path(sys.executable).with_name("transformers"), "serve", tiny_vlm, "--host", "127.0.0.1"]
    environment = os.environ | {"HF_HUB_CACHE": str(cache), "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [*words, "--port", str(port), "--device", "cpu"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        yield Server(url=url, model=str(tiny_vlm), wait=lambda: _wait(process, url))
        process.kill()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("transformers serve did not come up")


@pytest.fixture
def endpoint(serving: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """ECOMGEN_LLM_URL and ECOMGEN_LLM_MODEL lead to it."""
    serving.wait()
    monkeypatch.setenv("ECOMGEN_LLM_URL", serving.url)
    monkeypatch.setenv("ECOMGEN_LLM_MODEL", serving.model)
    return serving.url
