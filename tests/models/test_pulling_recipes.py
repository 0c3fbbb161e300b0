"""Pulling what recipes add to a base model, base models that several share, and another hub than the usual."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Run
from huggingface_hub import constants
from stand_in_hub import COMMIT, StandIn, serve

from ecomgen import models, recipes
from ecomgen.errors import WeightsMissing
from ecomgen.models.manifest import entry

BASE = """title = "Mine"
backend = "inpaint"
licence = "none"
[model]
repo = "someone/something"
"""
ADDED = """[control]
model = "edges"
kind = "canny"
subfolder = "controlnet"
"""
EDGES = """[edges]
kind = "control"
title = "Edges"
licence = "none"
repo = "someone/else"
files = ["controlnet/*"]
"""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: Path, tiny_sd: Path) -> Iterator[StandIn]:
    """A pipeline's repository and the recipes plain and outlined for it; `edges` lies in the same place."""
    with serve() as stand_in:
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "ENDPOINT", stand_in.url)
        template = stand_in.url + "/{repo_id}/resolve/{revision}/{filename}"
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
        stand_in.files |= {path.relative_to(tiny_sd).as_posix(): path.read_bytes() for path in tiny_sd.rglob("*.*")}
        weights = stand_in.files["vae/diffusion_pytorch_model.safetensors"]
        stand_in.files |= {"controlnet/config.json": b"{}", "controlnet/model.safetensors": weights}
        (home / "weights").mkdir()
        (home / "weights" / "manifest.toml").write_text(EDGES)
        folder = tmp_path / "recipes"
        folder.mkdir()
        (folder / "plain.toml").write_text(BASE)
        (folder / "outlined.toml").write_text(BASE + ADDED)
        monkeypatch.setenv("ECOMGEN_PIPELINES", str(folder))
        yield stand_in


@pytest.mark.usefixtures("hub")
def test_a_recipe_brings_what_it_adds(home: Path) -> None:
    assert models.pull("outlined") == home / "weights" / "outlined"
    assert sorted(path.name for path in (home / "weights" / "edges" / "controlnet").iterdir()) == [
        "config.json",
        "model.safetensors",
    ]
    assert models.recipe_is_here(recipes.get("outlined"))
    assert [one.id for one in models.used_by_recipe(recipes.get("outlined"))] == ["someone/something", "edges"]


@pytest.mark.usefixtures("hub")
def test_commits_are_shown_once_they_are_here(run: Run) -> None:
    before = {row["id"]: row["commit"] for row in run("models", "list", "--json").json}
    assert before["edges"] is None and COMMIT not in run("pipelines", "show", "outlined").out
    models.pull("outlined")
    after = {row["id"]: row["commit"] for row in run("models", "list", "--json").json}
    assert after["edges"] == COMMIT and after["sam-vit-b"] is None
    (line,) = (line for line in run("models", "list").out.splitlines() if line.startswith("✓ edges "))
    assert f"@ {COMMIT[:12]}" in line
    shown = run("pipelines", "show", "outlined").out
    assert f"base: someone/something, float16 @ {COMMIT}" in shown
    assert f"control: edges (someone/else) @ {COMMIT}" in shown


def test_licences_are_said_before_anything_is_fetched(hub: StandIn, home: Path, run: Run) -> None:
    manifest = home / "weights" / "manifest.toml"
    manifest.write_text(EDGES.replace('"none"', '"CC BY-NC 4.0"'))
    hub.gated = True  # nothing comes
    for name in ("outlined", "edges"):
        hub.asked.clear()
        answer = run("models", "pull", name)
        assert answer.code == 4 and hub.asked and not (home / "weights" / name).exists()
        assert "edges: licence CC BY-NC 4.0" in answer.err and "edges: not for business" in answer.err
        assert ("outlined: licence none" in answer.err) == (name == "outlined")
        assert "outlined: not for business" not in answer.err
        assert answer.err.index("not for business") < answer.err.index("is gated")


def test_the_whole_size_is_told_before_anything_is_fetched(hub: StandIn, home: Path) -> None:
    told = models.size_of(recipes.get("plain"))
    assert not (home / "weights" / "plain").exists()
    models.pull("plain")
    fetched = (path for path in (home / "weights" / "plain").rglob("*") if path.is_file())
    assert told == sum(path.stat().st_size for path in fetched if path.name != "pulled.json")
    assert models.size_of(recipes.get("plain")) == 0
    hub.gated = True
    with pytest.raises(WeightsMissing):
        models.size_of(recipes.get("sd15-inpaint"))


def test_a_base_model_is_fetched_and_kept_once_for_all_recipes(hub: StandIn, home: Path) -> None:
    models.pull("plain")
    assert not models.recipe_is_here(recipes.get("outlined"))  # its addition is not
    hub.asked.clear()
    assert models.pull("outlined") == home / "weights" / "plain"
    assert {path.split("/")[-2] for _, path, _ in hub.asked if "/resolve/" in path} == {"controlnet"}
    assert models.verify("edges").sha256


def test_names_that_match_nothing_are_said(hub: StandIn) -> None:
    del hub.files["controlnet/model.safetensors"]
    with pytest.raises(WeightsMissing, match="none of the files"):
        models.pull("edges")


def test_a_shipped_recipe_names_only_models_of_the_manifest() -> None:
    for recipe in map(recipes.get, recipes.paths()):
        for one in (*recipe.additions, *filter(None, [recipe.preview])):
            assert one.model in models.entries(), recipe.name
            assert entry(one.model or "").repo


def test_another_hub_is_asked_where_the_environment_names_one(hub: StandIn, home: Path, tmp_path: Path) -> None:
    own = {"HF_ENDPOINT": hub.url, "HF_HUB_OFFLINE": "0", "HF_HOME": str(tmp_path / "hf")}
    code = "from ecomgen import models; print(models.pull('plain'))"
    told = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **own}, capture_output=True, text=True, check=True, timeout=120
    )
    assert told.stdout.strip() == str(home / "weights" / "plain")
    assert any("/api/models/someone/something" in path for _, path, _ in hub.asked)
