"""Who writes: a model on this machine, or one behind a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import Run
from huggingface_hub import constants
from stand_in_hub import COMMIT, serve
from stand_in_writer import answering, said

from ecomgen import models, recipes
from ecomgen.captions.choice import open_writer, writers
from ecomgen.captions.endpoint import Endpoint
from ecomgen.captions.local import LocalWriter
from ecomgen.errors import BackendMissing, BadRecipe, Unavailable, UsageError, WeightsCorrupt, WeightsMissing

pytestmark = pytest.mark.usefixtures("serving")  # it comes up meanwhile
RED = np.full((90, 60, 3), (200, 20, 20), np.uint8)
QUESTION = "Write a title."


def test_a_model_here_answers_the_same_each_time_and_sees_the_picture(tiny_writer: str) -> None:
    import torch

    writer = open_writer("auto")
    assert writer.name == tiny_writer
    torch.manual_seed(5)
    before = torch.random.get_rng_state()
    first = writer.answer(QUESTION, RED, seed=1)
    assert first.text and first == writer.answer(QUESTION, RED, seed=1)
    assert torch.equal(before, torch.random.get_rng_state())
    noise = np.random.default_rng(0).integers(0, 256, (60, 60, 3), np.uint8)
    assert writer.answer(QUESTION, noise, seed=1) != first
    assert len(writer.model.sha256) == 64 and writer.model.revision == "local"
    assert models.verify(tiny_writer) == writer.model
    assert writer.parameters["temperature"] == 0 and writer.parameters["dtype"] == "float32"


def test_with_a_temperature_the_seed_decides(tiny_writer: str) -> None:
    warm = recipes.get(tiny_writer, "words").model_copy(update={"defaults": {"temperature": 1.5, "max_new_tokens": 12}})
    writer = LocalWriter(warm)
    one, two = writer.answer(QUESTION, RED, seed=1), writer.answer(QUESTION, RED, seed=2)
    assert one == writer.answer(QUESTION, RED, seed=1) and one != two


@pytest.mark.usefixtures("tiny_writer")
def test_what_is_wrong_with_a_recipe_is_said(tmp_path: Path, tiny_vlm: Path, tiny_sd: Path) -> None:
    file = tmp_path / "recipes" / "words" / "tiny.toml"
    good = file.read_text()

    def refused(text: str) -> Exception:
        file.write_text(text)
        with pytest.raises((BadRecipe, Unavailable)) as caught:
            open_writer("tiny").answer(QUESTION, RED, seed=0)
        return caught.value

    assert isinstance(refused(good.replace("max_new_tokens = 24", "max_tokens = 24")), BadRecipe)
    assert isinstance(refused(good.replace(str(tiny_vlm), str(tmp_path / "none"))), WeightsMissing)
    assert isinstance(refused(good.replace(str(tiny_vlm), str(tiny_sd))), WeightsCorrupt)
    assert isinstance(refused(good.replace(str(tiny_vlm), str(tiny_vlm / "model.safetensors"))), BadRecipe)
    assert "folder words" in str(refused(good.replace('"words"', '"inpaint"')))
    with pytest.raises(UsageError, match="smolvlm-500m"):
        open_writer("nobody")


def test_who_there_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ECOMGEN_LLM_URL", raising=False)
    assert [one.name for one in writers()] == ["endpoint", "qwen3-vl-2b", "smolvlm-500m"]
    assert not any(one.here for one in writers())
    with pytest.raises(WeightsMissing, match="models pull qwen3-vl-2b"):
        open_writer("auto")
    with pytest.raises(UsageError, match="ECOMGEN_LLM_URL"):
        open_writer("endpoint")
    with pytest.raises(WeightsMissing, match="ECOMGEN_LLM_URL"):
        models.locate_recipe(recipes.get("smolvlm-500m", "words"))
    listed = run("words", "list", "--json").json
    assert [one["licence"] for one in listed] == ["", "Apache-2.0", "Apache-2.0"]
    assert "smolvlm-500m" not in [one["name"] for one in run("pipelines", "list", "--json").json]


def test_a_shipped_recipe_is_pulled_and_writes(
    run: Run, tmp_path: Path, tiny_vlm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve() as hub:
        hub.files |= {path.name: path.read_bytes() for path in tiny_vlm.iterdir()}
        hub.files |= {"onnx/model.safetensors": b"x", "pytorch_model.bin": b"x", "README.md": b"x"}
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "ENDPOINT", hub.url)
        template = hub.url + "/{repo_id}/resolve/{revision}/{filename}"
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
        pulled = run("models", "pull", "smolvlm-500m", "--json")
    assert pulled.code == 0 and "licence Apache-2.0" in pulled.err, pulled.err
    names = {path.name for path in Path(pulled.json[0]["path"]).iterdir()}
    assert names == {path.name for path in tiny_vlm.iterdir()} | {"pulled.json"}
    writer = open_writer("auto")
    assert writer.answer(QUESTION, RED, seed=0).text
    assert (writer.name, writer.model.revision) == ("smolvlm-500m", COMMIT)


def test_the_server_of_transformers_writes(endpoint: str) -> None:
    writer = open_writer("auto")
    assert isinstance(writer, Endpoint)
    first = writer.answer(QUESTION, RED, seed=1)
    assert first.text and first == writer.answer(QUESTION, RED, seed=1)
    assert writer.model.id and writer.model.sha256 == "not told"
    assert writer.parameters["url"] == f"{endpoint}/v1" and writer.parameters["max_tokens"] == 400


def test_a_server_is_asked_as_openai_is_and_what_it_does_not_take_is_left_out() -> None:
    refusal = 400, {"error": {"message": "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'."}}
    with answering(refusal, said("A mug", "length")) as (url, asked):
        writer = Endpoint(f"{url}/v1/chat/completions", key="secret")
        answer = writer.answer(QUESTION, RED, seed=9)
    assert (answer.text, answer.cut) == ("A mug", True)
    assert (
        writer.model.id == "first"
        and writer.model.revision == "fp1"
        and writer.parameters["not_taken"] == ["max_tokens"]
    )
    picture, words = asked[0]["messages"][0]["content"]
    assert picture["image_url"]["url"].startswith("data:image/jpeg;base64,") and words["text"] == QUESTION
    assert asked[0]["path"] == "/v1/chat/completions" and asked[0]["key"] == "Bearer secret"
    assert (asked[0]["seed"], asked[0]["temperature"]) == (9, 0.0)
    assert "max_tokens" in asked[0] and "max_tokens" not in asked[1] and len(asked) == 2


@pytest.mark.parametrize(
    ("reply", "way_out"),
    [
        ((401, {"error": "no key"}), "ECOMGEN_LLM_KEY"),
        ((404, {"detail": "no such model"}), "ECOMGEN_LLM_MODEL"),
        ((500, b"<html>"), "try again later"),
        ((200, b"<html>"), "ECOMGEN_LLM_URL"),
        ((200, {"choices": []}), "ECOMGEN_LLM_URL"),
    ],
)
def test_a_server_that_does_not_play_along(reply: tuple[int, Any], way_out: str) -> None:
    with answering(reply) as (url, _):
        writer = Endpoint(url.replace("127", "me:secret@127", 1))
        with pytest.raises(BackendMissing, match=way_out) as caught:
            writer.answer(QUESTION, RED, seed=0)
    assert "secret" not in str(caught.value) + str(writer.parameters)


@pytest.mark.parametrize("url", ["ftp://a", "127.0.0.1:8000", "http://", "http://a:port", "x"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(UsageError, match="http://127"):
        Endpoint(url)


def test_nobody_there() -> None:
    with pytest.raises(BackendMissing, match="start it"):
        Endpoint("http://127.0.0.1:9/v1")
