"""What is known of a product, written down and read back; glass."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from scenes.studio.estimation.photographed import PRODUCTS, photographed

from ecomgen.recipes import get
from ecomgen.scenes.studio.backend import StudioBackend
from ecomgen.scenes.studio.estimation.facts import facts_of
from ecomgen.scenes.studio.estimation.products import size_in_metres
from ecomgen.scenes.studio.rendering import translucent
from ecomgen.types import Box, Canvas, Placement, SceneRequest, silent

PARAMETERS = {"samples_per_pixel": 2, "max_depth": 3, "denoise": True, "variant": "scalar_rgb"}


def placed(colour: tuple[int, int, int], box: Box, alpha: int = 255) -> Placement:
    product = np.zeros((80, 96, 4), np.uint8)
    product[box.y0 : box.y1, box.x0 : box.x1] = (*colour, 255)
    product[box.y0 + 4 : box.y1 - 4, box.x0 + 4 : box.x1 - 4, 3] = alpha
    return Placement(canvas=Canvas(width=96, height=80), product=product, box=box, scale=1.0, contact_y=box.y1)


def request(placement: Placement, **parameters: object) -> SceneRequest:
    return SceneRequest(
        prompt="beige sweep backdrop",
        placement=placement,
        seeds=(3,),
        parameters={**PARAMETERS, **parameters},
        product="bottle",
        views=(photographed(PRODUCTS["bottle"], 18),),
    )


BLUE = placed((30, 60, 200), Box(36, 20, 60, 66))
RED = placed((210, 40, 30), Box(28, 36, 68, 66))


def test_a_product_that_only_the_prompt_names_has_its_size() -> None:
    unnamed = replace(request(BLUE), product="product", prompt="coffee mug on a windowsill")
    assert facts_of(unnamed).metres == size_in_metres("mug") != facts_of(replace(unnamed, prompt="on oak")).metres


def test_facts_go_through_json_and_back() -> None:
    facts = facts_of(request(BLUE))
    logged = json.loads(json.dumps(facts.parameters()))
    assert facts_of(replace(request(RED), parameters=logged, views=())) == facts
    assert facts.spread > 0


def test_a_camera_height_that_is_given_is_taken() -> None:
    assert facts_of(request(BLUE, camera_elevation=27)).elevation == 27
    assert facts_of(request(BLUE, camera_elevation=27)).spread == 0
    assert facts_of(request(BLUE, camera_elevation="auto")).spread > 0
    assert StudioBackend(get("studio")).settled(request(BLUE, camera_elevation=27))["camera_elevation"] == 27


def test_a_guessed_camera_height_is_called_a_guess() -> None:
    studio = StudioBackend(get("studio"))
    unsure, given = (request(BLUE, camera_elevation=12, camera_elevation_spread=spread) for spread in (9.0, 0.0))
    notes = [" ".join(next(studio.make(asked, silent)).notes) for asked in (unsure, given)]
    assert "12°" in notes[0]
    assert "--camera-elevation" in notes[0]
    assert "camera" not in notes[1]


def test_a_product_of_unknown_size_is_said_to_be_one() -> None:
    studio = StudioBackend(get("studio"))
    unnamed = replace(request(BLUE, camera_elevation=12), product="thingamajig")
    told = replace(unnamed, parameters={**unnamed.parameters, "set_metres": 0.3})
    settled = replace(unnamed, parameters={**unnamed.parameters, **studio.settled(unnamed)})
    first, again, *others = (
        " ".join(next(studio.make(asked, silent)).notes) for asked in (unnamed, settled, told, request(BLUE))
    )
    assert "22 cm" in first and "--height-cm" in first and first == again and "cm" not in "".join(others)


def test_a_product_seen_from_the_side_is_said_to_lie_on_its_back_in_a_flat_lay() -> None:
    studio = StudioBackend(get("studio"))

    def notes(**told: float) -> str:
        asked = replace(request(BLUE, **told), prompt="flat lay on linen")
        return " ".join(next(studio.make(asked, silent)).notes)

    assert "lies on its back" in notes(camera_elevation=12)
    assert "lies on its back" not in notes(camera_elevation=48)
    assert "camera" not in notes(camera_elevation=12, camera_elevation_spread=9.0)


def test_the_same_set_shows_another_product() -> None:
    studio = StudioBackend(get("studio"))
    held = studio.settled(request(BLUE))
    blue, same, other = (
        next(studio.make(asked, silent)).pixels.astype(int)
        for asked in (request(BLUE, **held), request(RED, **held), request(RED))
    )
    away = np.ones((80, 96), bool)
    away[:, 12:84] = False
    away[:24] = True
    away[18:24, 24:72] = False
    assert np.abs(blue - same)[away].mean() < 4
    assert np.abs(blue - same)[away].mean() < 0.6 * np.abs(blue - other)[away].mean()


SIZES = [
    ("red running shoes", 0.29),
    ("perfume", 0.10),
    ("thingamajig", None),
    ("tea box", 0.13),
    ("bag of coffee beans", 0.24),
    ("leather bag", 0.42),
    ("perfume bottle", 0.10),
    ("glass bottle", 0.24),
    ("coffee mug", 0.10),
    ("cup of tea", 0.10),
    ("bottle of shampoo", 0.19),
    ("rote Turnschuhe", 0.29),
    ("Gesichtscreme", 0.10),
    ("Kerze", 0.10),
    ("sac à dos", 0.42),
    ("pot de miel", 0.13),
    ("taza de café", 0.10),
]


@pytest.mark.parametrize(("phrase", "metres"), SIZES)
def test_sizes(phrase: str, metres: float) -> None:
    assert size_in_metres(phrase) == metres


def test_relighting_takes_off_the_light_of_its_own_photo_in_the_set_of_another() -> None:
    view = photographed(PRODUCTS["bottle"], 18)
    dim = replace(view, pixels=(view.pixels * 0.4).astype(np.uint8))
    asked = replace(request(BLUE), views=(dim,))
    own = facts_of(asked)
    look = {"light_side": 1.0, "light_softness": 0.1, "light_kelvin": 4400.0, "light_level": 0.1}
    held = facts_of(replace(asked, parameters={**asked.parameters, **look}))
    assert held.light.kelvin == 4400 and held.light != own.light
    assert held.photographed == own.photographed == own.light
    logged = json.loads(json.dumps(held.parameters()))
    again = facts_of(replace(asked, views=(view,), parameters={**asked.parameters, **logged}))
    assert again.photographed == held.photographed, "a replay takes what is logged"


def test_glass_lets_light_through_in_its_own_colour() -> None:
    green = placed((60, 220, 90), Box(30, 20, 66, 66), alpha=90)
    share = translucent.transmitted(green.product, green.box)
    assert share is not None
    assert share[1] > 2 * share[0]
    assert 0.2 < share[1] < 0.9
    assert translucent.transmitted(BLUE.product, BLUE.box) is None
    assert (translucent.solid(green.product)[..., 3] == np.where(green.product[..., 3] > 0, 255, 0)).all()


def test_glass_throws_a_lighter_shadow_and_shows_the_set_behind_it() -> None:
    studio = StudioBackend(get("studio"))
    box = Box(30, 20, 66, 66)
    opaque, glass = (placed((60, 220, 90), box, alpha) for alpha in (255, 60))
    dark, light = (
        next(studio.make(request(one, camera_elevation=20, light_side=1.0), silent)).pixels.astype(int)
        for one in (opaque, glass)
    )
    beside = np.zeros((80, 96), bool)
    beside[58:70, 4:92] = True
    beside &= opaque.product[..., 3] == 0
    assert light[beside].mean() > dark[beside].mean() + 1
    behind = light[30:50, 40:56]
    assert behind.mean() > 90
    assert (behind[..., 0] > behind[..., 1]).all()
