"""Pulls, from a real server on this machine: whole, cut and resumed, wrong, offline, stopped."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import constants
from stand_in_hub import COMMIT, StandIn, serve

from ecomgen import models, recipes
from ecomgen.errors import Cancelled, CannotWrite, UsageError, WeightsCorrupt, WeightsMissing
from ecomgen.types import Progress

CONTENT = bytes(range(256)) * 20_000  # 5 MB: several chunks
RECIPE = """title = "Mine"
backend = "img2img"
licence = "none"
[model]
repo = "someone/something"
variant = "fp16"
"""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[StandIn]:
    with serve() as stand_in:
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "ENDPOINT", stand_in.url)
        template = stand_in.url + "/{repo_id}/resolve/{revision}/{filename}"
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
        yield stand_in


@pytest.fixture
def one_file(hub: StandIn, weights: Path) -> StandIn:
    """A model of one file, `mine`, on the server."""
    hub.files["mine.pth"] = CONTENT
    checksum = hashlib.sha256(CONTENT).hexdigest()
    (weights / "manifest.toml").write_text(
        '[mine]\nkind = "sam"\ntitle = "Mine"\nlicence = "none"\nfile = "mine.pth"\n'
        f'url = "{hub.url}/mine.pth"\nsha256 = "{checksum}"\n'
    )
    return hub


@pytest.fixture
def pipeline(hub: StandIn, tiny_sd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """A pipeline's repository on the server, with what nobody needs, and a recipe `mine` for it."""
    hub.files |= {path.relative_to(tiny_sd).as_posix(): path.read_bytes() for path in tiny_sd.rglob("*.*")}
    unet = hub.files["unet/diffusion_pytorch_model.safetensors"]
    hub.files |= {
        "unet/diffusion_pytorch_model.fp16.safetensors": unet,
        "unet/diffusion_pytorch_model.non_ema.safetensors": b"x",
        "vae/diffusion_pytorch_model.bin": b"x",
        "vae/model.onnx": b"x",
        "whole.safetensors": b"x",
        "other/config.json": b"{}",
        "README.md": b"read me",
    }
    (tmp_path / "mine.toml").write_text(RECIPE)
    monkeypatch.setenv("ECOMGEN_PIPELINES", str(tmp_path))
    return hub


@pytest.mark.usefixtures("one_file")
def test_a_file_arrives_with_true_progress(weights: Path) -> None:
    seen: list[Progress] = []
    assert models.pull("mine", seen.append) == weights / "mine.pth"
    assert (weights / "mine.pth").read_bytes() == CONTENT
    assert [progress.done for progress in seen] == sorted({progress.done for progress in seen})
    assert (seen[-1].done, seen[-1].total) == (len(CONTENT), len(CONTENT))
    assert not list(weights.glob("*.part"))


def test_what_is_here_is_not_fetched_again(one_file: StandIn) -> None:
    models.pull("mine")
    one_file.asked.clear()
    models.pull("mine")
    assert one_file.asked == []


def test_a_cut_is_mended_within_the_pull(one_file: StandIn, weights: Path) -> None:
    one_file.cut_after = 2_500_000
    models.pull("mine")
    assert (weights / "mine.pth").read_bytes() == CONTENT
    assert one_file.ranges == ["bytes=2500000-"]


def test_a_stopped_pull_goes_on_where_it_was(one_file: StandIn, weights: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.done > 2_000_000:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        models.pull("mine", stop)
    assert not models.is_here("mine")
    models.pull("mine")
    assert (weights / "mine.pth").read_bytes() == CONTENT
    (wanted,) = one_file.ranges
    assert int(wanted.removeprefix("bytes=").rstrip("-")) > 2_000_000


@pytest.mark.usefixtures("one_file")
def test_a_complete_part_needs_no_more_bytes(weights: Path) -> None:
    (weights / "mine.pth.part").write_bytes(CONTENT)
    models.pull("mine")
    assert (weights / "mine.pth").read_bytes() == CONTENT


@pytest.mark.usefixtures("one_file")
def test_a_truncated_file_is_replaced(weights: Path) -> None:
    (weights / "mine.pth").write_bytes(CONTENT[:100])
    models.pull("mine")
    assert (weights / "mine.pth").read_bytes() == CONTENT


def test_what_differs_from_the_manifest_is_not_kept(one_file: StandIn, weights: Path) -> None:
    one_file.files["mine.pth"] = CONTENT[::-1]
    with pytest.raises(WeightsCorrupt, match="sha256"):
        models.pull("mine")
    assert [path.name for path in weights.iterdir()] == ["manifest.toml"]


def test_a_file_that_is_gone_is_said(one_file: StandIn) -> None:
    one_file.files.clear()
    with pytest.raises(WeightsMissing, match="404"):
        models.pull("mine")


def test_offline_nothing_is_asked(one_file: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(WeightsMissing, match="HF_HUB_OFFLINE"):
        models.pull("mine")
    assert one_file.asked == []


@pytest.mark.usefixtures("one_file")
def test_a_full_disk_is_said_before_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    full = shutil._ntuple_diskusage(10**9, 10**9, 1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(CannotWrite, match="ECOMGEN_WEIGHTS"):
        models.pull("mine")


@pytest.mark.usefixtures("pipeline")
def test_a_pipeline_arrives_with_what_it_needs_and_no_more(weights: Path) -> None:
    folder = models.pull("mine")
    assert folder == weights / "mine"
    weights_there = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if path.suffix != ".json"
    )
    assert [name for name in weights_there if not name.endswith(".txt")] == [
        "text_encoder/model.safetensors",
        "unet/diffusion_pytorch_model.fp16.safetensors",
        "vae/diffusion_pytorch_model.safetensors",
    ]
    assert not (folder / "other").exists() and not (folder / ".cache").exists()
    assert models.recipe_is_here(recipes.get("mine"))


def test_a_pull_records_commit_and_checksums(pipeline: StandIn) -> None:
    folder = models.pull("mine")
    record = json.loads((folder / "pulled.json").read_text())
    assert (record["repo"], record["commit"]) == ("someone/something", COMMIT)
    unet = "unet/diffusion_pytorch_model.fp16.safetensors"
    assert record["files"][unet]["sha256"] == hashlib.sha256(pipeline.files[unet]).hexdigest()
    (used,) = models.used_by_recipe(recipes.get("mine"))
    assert (used.id, used.revision) == ("someone/something", COMMIT)


@pytest.mark.usefixtures("pipeline")
def test_what_a_pull_recorded_is_shown_and_proved_later() -> None:
    folder = models.pull("mine")
    assert models.fetched(recipes.get("mine")) == COMMIT
    (used,) = models.used_by_recipe(recipes.get("mine"))
    assert models.verify("mine") == used
    unet = folder / "unet" / "diffusion_pytorch_model.fp16.safetensors"
    content = bytearray(unet.read_bytes())
    content[-1] ^= 1
    unet.write_bytes(content)
    with pytest.raises(WeightsCorrupt, match="has changed since it was pulled"):
        models.verify("mine")


def test_what_is_mended_stays_at_the_commit_that_was_pulled(pipeline: StandIn) -> None:
    folder = models.pull("mine")
    unet = folder / "unet" / "diffusion_pytorch_model.fp16.safetensors"
    unet.write_bytes(unet.read_bytes()[:-9])
    pipeline.commit = "f" * 40  # the branch has moved
    pipeline.asked.clear()
    assert models.pull("mine") == folder
    assert models.fetched(recipes.get("mine")) == COMMIT
    assert all(f"/{COMMIT}/" in path for _, path, _ in pipeline.asked if "/resolve/" in path)
    shutil.rmtree(folder)
    models.pull("mine")
    assert models.fetched(recipes.get("mine")) == "f" * 40


@pytest.mark.usefixtures("pipeline")
def test_a_pull_of_many_files_reports_their_sum() -> None:
    seen: list[Progress] = []
    models.pull("mine", seen.append)
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)
    assert seen[-1].done == seen[-1].total > 1_000_000


def test_a_pipeline_that_was_stopped_is_not_there_yet(pipeline: StandIn) -> None:
    def stop(progress: Progress) -> None:
        if progress.done > progress.total // 2:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        models.pull("mine", stop)
    assert not models.recipe_is_here(recipes.get("mine"))
    before = len([1 for method, _, _ in pipeline.asked if method == "GET"])
    models.pull("mine")
    after = [path for method, path, _ in pipeline.asked[before:] if method == "GET"]
    assert models.recipe_is_here(recipes.get("mine"))
    assert len(after) < 2 * before


def test_a_part_that_arrives_damaged_is_not_kept(pipeline: StandIn) -> None:
    pipeline.lies = True
    with pytest.raises(WeightsCorrupt, match="damaged"):
        models.pull("mine")
    assert not models.recipe_is_here(recipes.get("mine"))


def test_a_gated_repository_says_where_to_accept(pipeline: StandIn) -> None:
    pipeline.gated = True
    with pytest.raises(WeightsMissing, match=r"https://huggingface\.co/someone/something"):
        models.pull("mine")


@pytest.mark.usefixtures("weights")
def test_a_model_of_the_manifest_takes_one_format(hub: StandIn, tiny_sd: Path) -> None:
    tensors = (tiny_sd / "vae" / "diffusion_pytorch_model.safetensors").read_bytes()
    hub.files |= {"config.json": b"{}", "model.safetensors": tensors, "pytorch_model.bin": b"x", "README.md": b"x"}
    folder = models.pull("dinov2-small")
    assert sorted(path.name for path in folder.iterdir()) == ["config.json", "model.safetensors", "pulled.json"]
    assert models.verify("dinov2-small").revision == COMMIT


@pytest.mark.usefixtures("weights")
def test_a_pulled_file_that_changed_is_found_out(hub: StandIn, tiny_sd: Path) -> None:
    tensors = (tiny_sd / "vae" / "diffusion_pytorch_model.safetensors").read_bytes()
    hub.files |= {"config.json": b"{}", "model.safetensors": tensors}
    file = models.pull("dinov2-small") / "model.safetensors"
    file.write_bytes(tensors[:-1] + bytes([tensors[-1] ^ 1]))
    with pytest.raises(WeightsCorrupt, match="has changed"):
        models.verify("dinov2-small")


@pytest.mark.parametrize(("name", "says"), [("nothing-like-it", "Choose one of"), ("studio", "needs no weights")])
def test_what_cannot_be_pulled_says_why(name: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        models.pull(name)
