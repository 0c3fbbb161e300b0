"""Settings of a diffusion run: a recipe's, and a request's over them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tiny_models import recipe

from ecomgen import recipes
from ecomgen.errors import BadRecipe, UsageError
from ecomgen.scenes.diffusion import settings as diffusion_settings

ANYWHERE = Path("/anywhere")


def test_every_shipped_diffusion_recipe_is_understood() -> None:
    for one in map(recipes.get, recipes.paths()):
        if one.backend != "studio":
            settings = diffusion_settings.of_recipe(one, strength=1.0)
            assert settings.scheduler and settings.width == settings.height


@pytest.mark.parametrize(
    ("defaults", "says"),
    [
        ({"strenght": 0.5}, "strenght"),
        ({"num_inference_steps": 0}, "num_inference_steps"),
        ({"num_inference_steps": "many"}, "num_inference_steps"),
        ({"strength": 1.5}, "strength"),
        ({"guidance_scale": float("nan")}, "guidance_scale"),
        ({"width": 500}, "width"),
    ],
)
def test_a_wrong_recipe_names_the_key(defaults: dict[str, Any], says: str) -> None:
    with pytest.raises(BadRecipe, match=says):
        diffusion_settings.of_recipe(recipe(ANYWHERE, "inpaint", **defaults), strength=1.0)


@pytest.mark.parametrize("name", ["EulerAncestralScheduler", "DPMSolverSDEScheduler", "os"])
def test_an_unknown_scheduler_names_the_valid_ones(name: str) -> None:
    with pytest.raises(BadRecipe, match="DPMSolverMultistepScheduler"):
        diffusion_settings.of_recipe(recipe(ANYWHERE, "inpaint", scheduler=name), strength=1.0)


def test_a_request_goes_over_the_recipe_but_not_over_the_native_size() -> None:
    defaults = diffusion_settings.of_recipe(recipe(ANYWHERE, "inpaint", guidance_scale=3.0), strength=1.0)
    asked = {"num_inference_steps": 9, "strength": None, "width": 2000, "count": 4}
    settings = diffusion_settings.of_request(defaults, asked)
    assert (settings.num_inference_steps, settings.strength, settings.guidance_scale) == (9, 1.0, 3.0)
    assert settings.width == 64


@pytest.mark.parametrize(
    "asked", [{"strength": -0.5}, {"guidance_scale": float("inf")}, {"num_inference_steps": 0}, {"strength": 0.01}]
)
def test_a_value_that_makes_no_picture_is_refused(asked: dict[str, Any]) -> None:
    defaults = diffusion_settings.of_recipe(recipe(ANYWHERE, "inpaint"), strength=1.0)
    with pytest.raises(UsageError, match=next(iter(asked))):
        diffusion_settings.of_request(defaults, asked)
