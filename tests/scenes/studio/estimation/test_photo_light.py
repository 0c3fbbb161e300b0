"""The photo's own light, and the set lit to match it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from scenes.studio.estimation.photographed import PRODUCTS, SIDE, photographed

from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.scenes.studio.adaptation.grade import graded
from ecomgen.scenes.studio.adaptation.light_match import matched
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.estimation.photo_light import (
    DAYLIGHT,
    UNDECIDED,
    PhotoLight,
    lit_side,
    photo_light,
    softness,
)
from ecomgen.scenes.studio.primitives.types import Dome, Softbox, Stage, Sun
from ecomgen.scenes.studio.stage.lights import kelvin
from ecomgen.types import View


def grey_crop(tint: tuple[float, float, float] = (1, 1, 1), slope: float = 0.0) -> np.ndarray:
    """A grey product under a tinted light that falls off by `slope` from left to right."""
    lightness = np.linspace(0.3 - slope, 0.3 + slope, 80)[None, :, None] * np.ones((60, 80, 3))
    return np.dstack([to_bytes(to_srgb(lightness * np.array(tint))), np.full((60, 80), 255, np.uint8)])


@pytest.mark.parametrize(("slope", "side"), [(0.2, 1.0), (-0.2, -1.0), (0.0, 0.0)])
def test_the_key_light_s_side_is_where_the_product_is_bright(slope: float, side: float) -> None:
    assert photo_light(grey_crop(slope=slope), None).side == side


@pytest.mark.parametrize("temperature", [4700.0, 5600.0, 6600.0])
def test_warmth_is_read_from_greys(temperature: float) -> None:
    found = photo_light(grey_crop(kelvin(temperature)), None).kelvin
    assert found == pytest.approx(temperature, abs=350)


def test_a_colourful_product_tells_no_warmth() -> None:
    red = np.full((40, 40, 4), (200, 20, 20, 255), np.uint8)
    assert photo_light(red, None).kelvin == DAYLIGHT


def test_a_dark_photo_asks_for_a_darker_set() -> None:
    view = photographed(PRODUCTS["jar"], 15)
    dim = View(pixels=to_bytes(to_srgb(0.2 * to_linear(view.pixels))), mask=view.mask)
    bright, dark = (photo_light(grey_crop(), one).level for one in (view, dim))
    assert -0.4 < dark < bright < 0.2


def shadowed(blur: float) -> View:
    """A disc on light ground, with a dark shadow to its right whose edge is `blur` pixels soft."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    mask = np.hypot(columns - 150, rows - 180) < 70
    shade = ((columns - 260) / 110) ** 2 + ((rows - 230) / 30) ** 2 < 1
    ground = 190 - 140 * cv2.GaussianBlur(shade.astype(np.float32), (0, 0), blur)
    return View(pixels=np.repeat(ground[..., None], 3, -1).astype(np.uint8), mask=mask)


def test_a_shadow_s_edge_tells_how_soft_the_light_was() -> None:
    hard, soft = (softness(view.pixels, view.mask) for view in (shadowed(1.0), shadowed(14.0)))
    assert hard < 0.4 < soft
    plain = photographed(PRODUCTS["ball"], 20, plain=True)
    assert softness(plain.pixels, plain.mask) == UNDECIDED


def test_where_the_product_tells_no_side_the_shadow_beside_it_does() -> None:
    view = shadowed(4.0)
    assert lit_side(view.pixels, view.mask) == -1, "the shadow falls to the right"
    assert lit_side(view.pixels[:, ::-1], view.mask[:, ::-1]) == 1
    assert photo_light(grey_crop(), view).side == -1
    assert photo_light(grey_crop(slope=0.2), view).side == 1, "the product itself is believed first"
    plain = photographed(PRODUCTS["ball"], 20, plain=True)
    assert lit_side(plain.pixels, plain.mask) == 0


SKY = Dome(zenith=(0.5, 0.5, 0.5), horizon=(0.5, 0.5, 0.5), nadir=(0.2, 0.2, 0.2))
BOX = Softbox(position=(2, 3, 2), target=(0, 0, 0), width=1, height=1, radiance=(9, 9, 9))
STAGE = Stage(things=(), lamps=(BOX, Sun(towards=(0, 1, 1), spread=2, irradiance=(1, 1, 1))), dome=SKY)


def test_undecided_daylight_changes_nothing() -> None:
    same = matched(STAGE, Wish(), PhotoLight())
    box = same.lamps[0]
    assert isinstance(box, Softbox)
    assert box.radiance == pytest.approx(BOX.radiance, rel=1e-2)
    assert same.exposure == 0


def test_hard_light_makes_lamps_smaller_at_the_same_power() -> None:
    hard = matched(STAGE, Wish(), PhotoLight(softness=0.0))
    box, sun = hard.lamps
    assert isinstance(box, Softbox)
    assert isinstance(sun, Sun)
    assert box.width < 0.7 * BOX.width
    assert box.width * box.height * box.radiance[1] == pytest.approx(9, rel=1e-2)
    assert sun.spread < 2
    assert hard.dome.zenith[1] < SKY.zenith[1]


def test_at_night_the_photographer_s_soft_box_is_as_in_the_photo_and_all_else_stays() -> None:
    night = replace(STAGE, flashed=True)
    lit = graded(matched(night, Wish(time="night"), PhotoLight(kelvin=4500, softness=1.0)), Wish(style=("cyberpunk",)))
    flash, sun = lit.lamps
    assert isinstance(flash, Softbox)
    assert isinstance(sun, Sun)
    assert flash.width > BOX.width
    assert flash.radiance[0] > 1.15 * flash.radiance[2]  # the photo's warmth, whatever the mood
    assert sun.irradiance[2] > sun.irradiance[0]  # the mood's cold light


def test_the_prompt_wins_over_the_photo() -> None:
    seen = PhotoLight(softness=0.0, kelvin=4500, level=-0.3)
    assert matched(STAGE, Wish(hardness="soft"), seen).lamps[0].width == 1  # type: ignore[union-attr]
    assert matched(STAGE, Wish(mood=("bright",)), seen).exposure == 0
    named, free = (matched(STAGE, wish, seen).dome.zenith for wish in (Wish(time="noon"), Wish()))
    assert named[0] == pytest.approx(named[2])
    assert free[0] > 1.15 * free[2]
