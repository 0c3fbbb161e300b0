"""Weights on this machine: found, missing, truncated, or not what they should be."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from tiny_models import recipe

from ecomgen import models
from ecomgen.errors import BadInput, BadRecipe, WeightsCorrupt, WeightsMissing
from ecomgen.recipes import ModelSource, Recipe

CONTENT = b"weights" * 1000


def declare(weights: Path, **keys: str) -> None:
    """One model, `mine`, in the user's manifest."""
    lines = {"kind": "sam", "title": "Mine", "licence": "none", **keys}
    text = "[mine]\n" + "".join(f'{key} = "{value}"\n' for key, value in lines.items())
    (weights / "manifest.toml").write_text(text)


def save_tensors(path: Path, value: float = 0.0) -> Path:
    import numpy as np
    from safetensors.numpy import save_file

    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({"weight": np.full((8, 8), value, np.float32)}, path)
    return path


def test_what_is_not_here_names_the_command() -> None:
    assert not models.is_here("sam-vit-b")
    assert models.first_here("sam") is None
    with pytest.raises(WeightsMissing, match=r'Run "ecomgen models pull sam-vit-b", or choose --masker grabcut'):
        models.locate("sam-vit-b")


def test_a_file_that_meets_its_checksum_is_located_and_named(weights: Path) -> None:
    declare(weights, file="mine.bin", sha256=hashlib.sha256(CONTENT).hexdigest(), revision="r1")
    (weights / "mine.bin").write_bytes(CONTENT)
    assert models.locate("mine") == weights / "mine.bin"
    assert models.first_here("sam") == "mine"
    used = models.used("mine")
    assert (used.id, used.revision, used.sha256) == ("mine", "r1", hashlib.sha256(CONTENT).hexdigest())


def test_a_model_has_no_other_name_than_its_table(weights: Path) -> None:
    declare(weights, file="mine.bin", id="theirs")
    with pytest.raises(BadInput, match=r"mine\.id: a model is called as its table is"):
        models.is_here("mine")


@pytest.mark.parametrize("content", [b"", b"x", CONTENT[:-1], CONTENT + b"x"])
@pytest.mark.parametrize("algorithm", ["md5", "sha256"])
def test_a_file_that_differs_is_corrupt(weights: Path, content: bytes, algorithm: str) -> None:
    declare(weights, file="mine.bin", **{algorithm: hashlib.new(algorithm, CONTENT).hexdigest()})
    (weights / "mine.bin").write_bytes(content)
    with pytest.raises(WeightsCorrupt, match="Mine"):
        models.locate("mine")


def test_a_checksum_is_remembered_until_the_file_changes(weights: Path) -> None:
    declare(weights, file="mine.bin", sha256=hashlib.sha256(CONTENT).hexdigest())
    path = weights / "mine.bin"
    path.write_bytes(CONTENT)
    models.locate("mine")
    before = path.stat()
    path.write_bytes(CONTENT[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    models.locate("mine")  # same size and time: taken at its word, and not read again
    with pytest.raises(WeightsCorrupt):
        models.verify("mine")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    with pytest.raises(WeightsCorrupt):
        models.locate("mine")


def test_a_truncated_torch_checkpoint_is_told_from_a_whole_one(weights: Path) -> None:
    import torch

    declare(weights, file="mine.pth")
    path = weights / "mine.pth"
    torch.save({"weight": torch.zeros(64)}, path)
    models.locate("mine")
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(WeightsCorrupt, match="truncated"):
        models.locate("mine")


def test_a_repository_is_found_in_the_weights_folder(weights: Path) -> None:
    folder = weights / "dinov2-small"
    save_tensors(folder / "model.safetensors")
    (folder / "config.json").write_text("{}")
    assert models.locate("dinov2-small") == folder
    assert models.first_here("dino") == "dinov2-small"


def test_a_repository_is_found_in_the_hubs_cache_with_its_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    repo = tmp_path / "models--facebook--dinov2-small"
    commit = "a" * 40
    save_tensors(repo / "snapshots" / commit / "model.safetensors")
    (repo / "snapshots" / commit / "config.json").write_text("{}")
    (repo / "refs").mkdir()
    (repo / "refs" / "main").write_text(commit)
    assert models.locate("dinov2-small").name == commit
    assert models.used("dinov2-small").revision == commit


def test_a_folders_hash_follows_its_weights_only(weights: Path) -> None:
    folder = weights / "dinov2-small"
    save_tensors(folder / "model.safetensors")
    (folder / "config.json").write_text("{}")
    first = models.used("dinov2-small").sha256
    (folder / "README.md").write_text("notes")
    assert models.used("dinov2-small").sha256 == first
    save_tensors(folder / "model.safetensors", 1.0)
    assert models.used("dinov2-small").sha256 != first


def diffusers_folder(folder: Path) -> Path:
    """The outline of a pipeline: one network, one scheduler."""
    save_tensors(folder / "unet" / "model.safetensors")
    (folder / "unet" / "config.json").write_text("{}")
    (folder / "scheduler").mkdir()
    (folder / "scheduler" / "scheduler_config.json").write_text("{}")
    index = {"_class_name": "P", "unet": ["diffusers", "U"], "scheduler": ["diffusers", "S"], "checker": [None, None]}
    (folder / "model_index.json").write_text(json.dumps(index))
    return folder


def test_a_recipes_folder_is_located(tmp_path: Path) -> None:
    folder = diffusers_folder(tmp_path / "model")
    mine = recipe(folder, "inpaint")
    assert models.locate_recipe(mine) == folder
    (used,) = models.used_by_recipe(mine)
    assert (used.id, used.revision, len(used.sha256)) == ("model", "local", 64)


def test_a_recipe_without_its_folder_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing, match="gone"):
        models.locate_recipe(recipe(tmp_path / "gone", "inpaint"))


def test_a_recipe_without_its_repository_names_the_command() -> None:
    mine = Recipe(
        name="mine", title="Mine", backend="inpaint", licence="x", model=ModelSource(repo="someone/something")
    )
    assert not models.recipe_is_here(mine)
    with pytest.raises(WeightsMissing, match=r'"ecomgen models pull mine", or choose --pipeline studio'):
        models.locate_recipe(mine)


def test_a_name_that_no_repository_can_have_is_not_here() -> None:
    mine = Recipe(name="mine", title="Mine", backend="inpaint", licence="x", model=ModelSource(repo="no such/repo!"))
    assert not models.recipe_is_here(mine)


@pytest.mark.parametrize("part", ["unet/model.safetensors", "scheduler/scheduler_config.json", "model_index.json"])
def test_a_recipes_folder_without_a_part_names_it(tmp_path: Path, part: str) -> None:
    folder = diffusers_folder(tmp_path / "model")
    (folder / part).unlink()
    with pytest.raises(WeightsCorrupt, match=r"incomplete.*missing"):
        models.locate_recipe(recipe(folder, "inpaint"))


@pytest.mark.parametrize("size", [0, 7, 40, -1])
def test_truncated_safetensors_are_corrupt(tmp_path: Path, size: int) -> None:
    folder = diffusers_folder(tmp_path / "model")
    file = folder / "unet" / "model.safetensors"
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(WeightsCorrupt, match="truncated"):
        models.locate_recipe(recipe(folder, "inpaint"))


def test_a_single_file_is_located_or_truncated(tmp_path: Path) -> None:
    file = save_tensors(tmp_path / "one.safetensors")
    assert models.locate_recipe(recipe(file, "inpaint")) == file
    file.write_bytes(file.read_bytes()[:-4])
    with pytest.raises(WeightsCorrupt, match="truncated"):
        models.locate_recipe(recipe(file, "inpaint"))


def test_a_pickle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.ckpt").write_bytes(b"x")
    with pytest.raises(BadRecipe, match="safetensors"):
        models.locate_recipe(recipe(tmp_path / "old.ckpt", "inpaint"))


@pytest.mark.parametrize("suffix", [".ckpt", ".pt", ".bin"])
def test_a_pickle_is_refused_wherever_a_recipe_names_one(tmp_path: Path, suffix: str) -> None:
    pickle = tmp_path / f"old{suffix}"
    pickle.write_bytes(b"x")
    for name, table in (
        ("vae", {"path": pickle}),
        ("lora", {"path": pickle}),
        ("lora", {"path": tmp_path, "file": pickle.name}),
        ("control", {"path": pickle, "kind": "canny"}),
        ("reference", {"path": tmp_path, "file": pickle.name, "image_encoder": "encoder"}),
    ):
        mine = recipe(tmp_path, "inpaint", added={name: table})
        with pytest.raises(BadRecipe, match=rf"old{suffix} is a pickle.*old\.safetensors"):
            models.locate_addition(mine.additions[0], mine)
