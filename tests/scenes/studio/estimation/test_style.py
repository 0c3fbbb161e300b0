"""What the studio takes from a picture that its set is to look like: its colours, and how soft its light is."""

from __future__ import annotations

import numpy as np
import pytest
from scenes.diffusion.placed import ask, view

from ecomgen import recipes
from ecomgen.scenes import open_backend
from ecomgen.scenes.studio.estimation.style import measured

GREEN, PINK = (40, 120, 60), (230, 130, 160)


def lit(colour: tuple[int, int, int], *, shaded: float) -> np.ndarray:
    """A hall of one colour, the left half of it in shade."""
    light = np.where(np.arange(120) < 60, shaded, 1.0)[None, :, None]
    grain = np.random.default_rng(4).normal(0, 1, (80, 120, 3))
    linear = (np.array(colour) / 255) ** 2.2 * light
    return ((linear ** (1 / 2.2)) * 255 + grain).clip(0, 255).astype(np.uint8)


def test_hard_light_parts_a_colour_into_lit_and_shaded() -> None:
    hard, between, soft = (measured(lit(PINK, shaded=shaded)).softness for shaded in (0.1, 0.4, 0.95))
    assert hard < between < soft
    assert hard <= 0.2 and soft >= 0.8


@pytest.mark.parametrize("colour", [GREEN, PINK])
def test_its_colours_are_the_most_of_the_picture_first(colour: tuple[int, int, int]) -> None:
    picture = lit(colour, shaded=0.95)
    picture[:10] = (250, 240, 40)
    first = measured(picture).style.colours[0]
    told = np.array([int(first[place : place + 2], 16) for place in (1, 3, 5)])
    assert np.abs(told - np.array(colour)).max() < 20


def test_a_set_takes_them_instead_of_the_products() -> None:
    studio = open_backend(recipes.get("studio"))
    plain, green, pink, hard = (
        studio.settled(ask(1, views=(view(),), style=style))
        for style in (None, lit(GREEN, shaded=0.95), lit(PINK, shaded=0.95), lit(PINK, shaded=0.1))
    )
    hues = [one["set_palette"][0] for one in (plain, green, pink, hard)]
    assert len({round(hue, 1) for hue in hues[:3]}) == 3 and hues[2] == pytest.approx(hues[3], abs=0.2)
    assert hard["light_softness"] < 0.3 < 0.7 < pink["light_softness"]
    assert "style_colours" not in plain and green["style_colours"] != pink["style_colours"]


def test_a_dark_picture_is_in_a_low_key_and_a_pale_one_in_a_high_key() -> None:
    def mood(level: int) -> str | None:
        return measured(np.full((64, 64, 3), level, np.uint8)).style.mood

    assert (mood(40), mood(128), mood(245)) == ("dark", None, "bright")
