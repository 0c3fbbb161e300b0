"""Recipes are data; a wrong one says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecomgen import models, recipes
from ecomgen.errors import BadRecipe, UsageError
from ecomgen.workflows.resolution import choose_recipe

GOOD = """
title = "Mine"
backend = "inpaint"
licence = "CC0-1.0"
[model]
path = "/some/folder"
[defaults]
num_inference_steps = 4
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ECOMGEN_PIPELINES", str(tmp_path))
    return tmp_path


def test_shipped_recipes_are_all_valid() -> None:
    shipped = {name: recipes.get(name) for name in recipes.paths()}
    assert {"studio", "sd15-inpaint", "sd15-img2img"} <= set(shipped)
    assert all(recipe.title and recipe.licence for recipe in shipped.values())


def test_a_users_own_recipe_is_found_and_wins(folder: Path) -> None:
    (folder / "mine.toml").write_text(GOOD)
    (folder / "studio.toml").write_text(GOOD)
    assert recipes.get("mine").defaults["num_inference_steps"] == 4
    assert recipes.get("studio").backend == "inpaint"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = ", "cannot be read"),
        (GOOD.replace("licence", "license"), "licen[cs]e"),
        (GOOD.replace("inpaint", "outpaint"), "backend"),
        (GOOD.replace('path = "/some/folder"', ""), "repo or path"),
        (GOOD.replace("[model]", '[model]\nrepo = "a/b"'), "repo or path"),
        (GOOD + "[memory]\nvram = 3\n", "memory"),
        (GOOD.replace('path = "/some/folder"', 'path = "/x"\ndtype = "float8"'), "dtype"),
        (GOOD.split("[model]")[0], "model"),
    ],
)
def test_a_wrong_recipe_says_where(folder: Path, text: str, says: str) -> None:
    (folder / "wrong.toml").write_text(text)
    with pytest.raises(BadRecipe, match=says) as error:
        recipes.get("wrong")
    assert "wrong.toml" in str(error.value) and "\n" not in str(error.value)


def test_a_wrong_recipe_hides_no_other(folder: Path) -> None:
    (folder / "mine.toml").write_text(GOOD)
    (folder / "wrong.toml").write_text("title = ")
    heard: dict[str, str] = {}
    names = [
        recipe.name for recipe in recipes.readable(on_failure=lambda name, error: heard.update({name: str(error)}))
    ]
    assert (
        {"mine", "studio"} <= set(names) and list(heard) == ["wrong"] and "wrong.toml cannot be read" in heard["wrong"]
    )


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(UsageError, match="studio"):
        recipes.get("nothing")


def test_auto_is_never_a_step_down(monkeypatch: pytest.MonkeyPatch) -> None:
    here, card = {"sdxl-inpaint", "sd15-inpaint"}, {"GiB": 24}
    monkeypatch.setattr(models, "device", lambda: "cuda:1")
    monkeypatch.setattr(models, "total_memory", lambda: card["GiB"] * 2**30)
    monkeypatch.setattr(models, "recipe_is_here", lambda recipe: recipe.name in here)
    assert choose_recipe("auto").name == "studio"
    assert choose_recipe("auto", "replace").name == "sdxl-inpaint"
    for better in ("sd2-background", "sdxl-background", "photographic", "photographic-sdxl"):
        here.add(better)
        assert choose_recipe("auto").name == better
    card["GiB"] = 8
    assert choose_recipe("auto").name == "photographic"
    here.difference_update({"photographic", "sd2-background"})
    assert choose_recipe("auto").name == "photographic-sdxl"  # none is held whole: networks come in turn
