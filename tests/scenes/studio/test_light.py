"""Filling behind the product, metering and development."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ecomgen.color import to_linear
from ecomgen.scenes.studio import neighbours, relighting
from ecomgen.scenes.studio.estimation.facts import Facts, Standing
from ecomgen.scenes.studio.estimation.photo_light import PhotoLight
from ecomgen.scenes.studio.picture import shot_of
from ecomgen.scenes.studio.primitives.palette import (
    Palette,
    from_oklch,
    hexadecimal,
    hue_of,
    product_palette,
    to_oklab,
    toned,
)
from ecomgen.scenes.studio.primitives.shapes import ground
from ecomgen.scenes.studio.primitives.types import Dome, Material, Stage, Sun, Thing
from ecomgen.scenes.studio.prompt import wish_for
from ecomgen.scenes.studio.rendering import tone
from ecomgen.scenes.studio.rendering.behind import grown_behind, hidden_by
from ecomgen.scenes.studio.rendering.render import Quality
from ecomgen.scenes.studio.rendering.variants import best_variant
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.scenes.studio.subject import Subject
from ecomgen.scenes.studio.work import Work
from ecomgen.types import Box, silent


def test_what_is_hidden_is_grown_from_what_is_seen() -> None:
    picture = np.tile(np.linspace(0, 1, 64, dtype=np.float32)[:, None, None], (1, 64, 3))
    hidden = np.zeros((64, 64), bool)
    hidden[20:44, 20:44] = True
    spoilt = np.where(hidden[..., None], 9.0, picture).astype(np.float32)
    filled = grown_behind(spoilt, hidden)
    assert np.array_equal(filled[~hidden], picture[~hidden])
    assert filled[hidden].max() <= 1
    assert np.abs(filled - picture).mean() < 0.03


def test_the_dark_line_under_a_product_also_lies_under_its_soft_edge() -> None:
    picture = np.full((40, 40, 3), 0.8, np.float32)
    picture[30] = 0.05
    alpha = np.zeros((40, 40), np.uint8)
    alpha[5:29], alpha[29] = 255, 120
    filled = grown_behind(picture, hidden_by(alpha))
    assert filled[29].max() < 0.3
    assert filled[12].min() > 0.3


def test_only_what_is_mostly_opaque_hides_the_set() -> None:
    assert hidden_by(np.array([[0, 40, 130, 255]], np.uint8)).tolist() == [[False, False, True, True]]


@pytest.mark.parametrize("irradiance", [0.2, 1.0, 7.0])
def test_metering_shows_surfaces_as_bright_as_they_are(irradiance: float) -> None:
    albedo = np.full((20, 20, 3), 0.4, np.float32)
    gain = tone.metered(albedo * irradiance, albedo, np.ones((20, 20), bool))
    assert gain * irradiance == pytest.approx(1, rel=1e-3)


def test_development_keeps_middle_grey_and_order() -> None:
    ramp = np.linspace(0, 8, 500, dtype=np.float32)[None, :, None].repeat(3, -1)
    developed = tone.developed(ramp, contrast=1.0, rng=None)[0, :, 0].astype(int)
    assert (np.diff(developed) >= 0).all()
    assert developed[-1] >= 254
    grey = tone.developed(np.full((1, 1, 3), 0.18, np.float32), contrast=1.3, rng=None)
    assert abs(int(grey[0, 0, 0]) - 118) <= 1


def test_a_stage_knows_how_bright_its_ground_is() -> None:
    sky = Dome(zenith=(0, 0, 0), horizon=(0, 0, 0), nadir=(0, 0, 0))
    sun = Sun(towards=(0, 1, 0), spread=1, irradiance=(np.pi, np.pi, np.pi))
    assert Stage(things=(), lamps=(sun,), dome=sky).brightness() == pytest.approx(1)


def test_colours_go_there_and_back() -> None:
    colour = hexadecimal("#c4704f")
    lightness, a, b = to_oklab(colour)
    again = from_oklch(lightness, float(np.hypot(a, b)), float(np.degrees(np.arctan2(b, a))))
    assert np.allclose(colour, again, atol=1e-3)
    assert to_oklab(toned(colour, lightness=0.8))[0] == pytest.approx(0.8, abs=0.01)


def test_the_palette_follows_the_product() -> None:
    red = np.full((40, 40, 4), (200, 20, 20, 255), np.uint8)
    blue = np.full((40, 40, 4), (20, 40, 200, 255), np.uint8)
    assert abs(product_palette(red).hue - 29) < 20
    assert abs(product_palette(blue).hue + 96) < 20
    assert Material((1, 1, 1)).roughness == 1


@pytest.mark.parametrize("ideas", [0, 1, 2])
@pytest.mark.parametrize(
    ("prompt", "lightness"),
    [
        ("on a dark background", (0, 0.4)),
        ("in pastel", (0.75, 1)),
        ("bright and airy", (0.8, 1)),
        ("on a pastel pink podium", (0.75, 1)),
    ],
)
def test_a_background_is_as_dark_or_as_pale_as_the_prompt_says(
    prompt: str, lightness: tuple[float, float], ideas: int
) -> None:
    facts = Facts(standing=Standing(x0=0.3, y0=0.3, x1=0.7, y1=0.83, ground=0.83), ideas=ideas)
    subject = Subject(product=None, box=Box(30, 30, 70, 83), width=100, height=100, facts=facts)
    walls = [to_oklab(shot_of(subject, wish_for(prompt), seed).companion())[0] for seed in range(6)]
    assert lightness[0] <= min(walls) and max(walls) <= lightness[1]


def _round(colour: tuple[int, int, int]) -> np.ndarray:
    rows, columns = np.mgrid[-1:1:96j, -1:1:96j]
    product = np.zeros((96, 96, 4), np.uint8)
    product[rows**2 + columns**2 < 0.8] = (*colour, 255)
    return product


def _relit(product: np.ndarray, light: tuple[float, float, float], photo: PhotoLight | None = None) -> np.ndarray:
    """The gains on the product, Nx3, in a set's light from everywhere and half as much more from the right."""
    falling = np.zeros((9, 3))
    falling[0], falling[1] = light, 0.5 * np.array(light)
    taken = relighting.assumed(photo or PhotoLight())
    return relighting.gains(product, Box(0, 0, 96, 96), falling, taken)[product[..., 3] > 0]


def test_under_a_strong_coloured_lamp_light_and_shade_keep_its_tint() -> None:
    found = _relit(_round((150, 70, 40)), (1.6, 0.8, 0.4))
    assert np.ptp(found @ tone.LUMA) > 0.4
    tints = found / found[:, :1]
    assert np.allclose(tints, tints.mean(0), atol=0.06)
    assert found.max() <= relighting.BRIGHTEST + 1e-4


def test_a_white_product_by_candles_stays_white_and_a_red_one_takes_more_of_their_tint() -> None:
    white, red = (_relit(_round(colour), (0.8, 0.4, 0.2)) for colour in ((225, 224, 220), (150, 40, 30)))
    assert 1.2 < (white[:, 0] / white[:, 2]).max() < 1.45
    assert (red[:, 0] / red[:, 2]).min() > 1.6


def test_a_bright_product_in_bright_light_keeps_what_is_drawn_in_its_white() -> None:
    white, dark = (_relit(_round(colour), (2, 2, 2)) for colour in ((230, 230, 230), (90, 90, 90)))
    assert white.max() * to_linear(np.full(1, 230, np.uint8))[0] < 0.92
    assert dark.max() > 1.2


def test_a_product_whose_photo_is_dark_is_lit_as_one_that_was_taken_in_dim_light() -> None:
    dim, usual = (_relit(_round((90, 90, 90)), (0.8, 0.8, 0.8), PhotoLight(level=level)) for level in (-0.3, 0.0))
    assert dim.mean() > 1.1 * usual.mean()


def test_a_tall_product_before_the_lamp_shades_the_short_one_at_that_side_alone() -> None:
    tall, short = Box(40, 20, 65, 110), Box(70, 75, 110, 110)
    parts = []
    for box in (tall, short):
        product = np.zeros((128, 160, 4), np.uint8)
        product[box.slices] = (200, 120, 40, 255)
        parts.append((product, box))
    standing = Standing(x0=40 / 160, y0=20 / 128, x1=110 / 160, y1=110 / 128, ground=110 / 128)
    both = np.maximum(parts[0][0], parts[1][0])
    around = Box(40, 20, 110, 110)
    subject = Subject(product=both, box=around, width=160, height=128, facts=Facts(standing=standing), parts=(*parts,))
    frame = frame_for(160, 128, around, 110, elevation=12)
    sky = Dome(zenith=(0.3, 0.3, 0.3), horizon=(0.3, 0.3, 0.3), nadir=(0.3, 0.3, 0.3))
    table = Thing(ground(-4, 4, 3, -4), Material((0.4, 0.4, 0.4)))

    def shares(side: float) -> tuple[np.ndarray, np.ndarray]:
        sun = Sun(towards=(side, 0.5, 0.05), spread=2, irradiance=(np.pi, np.pi, np.pi))
        stage = Stage(things=(table,), lamps=(sun,), dome=sky, aperture=0.0)
        work = Work(number=0, count=1, seed=5, quality=Quality(variant=best_variant()), report=silent)
        left = neighbours.light_left(stage, frame, subject, work)
        fits = [cv2.resize(one, (160, 128))[box.slices].mean(-1) for one, box in zip(left, (tall, short), strict=True)]
        return fits[0], fits[1]

    tall_share, short_share = shares(-1.0)
    assert short_share[:, :4].mean() < 0.8 and short_share[18:, -12:].mean() > 0.95, "darker at the side towards it"
    assert tall_share[:, :8].mean() > 0.97
    tall_share, short_share = shares(1.0)
    assert tall_share[-30:, -3:].mean() < 0.9 < 0.97 < tall_share[:30].mean(), "as far up as the short one reaches"
    assert short_share[:, -8:].mean() > 0.97


def test_stronger_colours_gain_less_from_saturation_than_pale_ones() -> None:
    both = np.array([[[0.3, 0.25, 0.2], [0.2, 0.4, 0.02]]], np.float32)
    plain, vivid = (tone.graded(both, saturation=each) for each in (1.0, 1.28))
    pale, strong = np.ptp(vivid - plain, axis=-1)[0] / np.ptp(plain, axis=-1)[0]
    assert 0 < strong < 0.4 * pale


def of_colour(hue: float) -> Subject:
    palette = Palette(hue=hue, chroma=0.06, lightness=0.4)
    facts = Facts(standing=Standing(x0=0.3, y0=0.3, x1=0.7, y1=0.83, ground=0.83), ideas=2, palette=palette)
    return Subject(product=None, box=Box(30, 30, 70, 83), width=100, height=100, facts=facts)


@pytest.mark.parametrize(("prompt", "turn"), [("tone on tone", 0), ("contrasting background", 180)])
def test_a_backdrop_takes_its_hue_from_the_product(prompt: str, turn: int) -> None:
    for hue in (20.0, 150.0, 260.0):
        colour = hexadecimal(str(shot_of(of_colour(hue), wish_for(prompt), 5).wish.backdrop_colour))
        assert abs((hue_of(colour) - hue - turn + 180) % 360 - 180) < 6


def test_a_mood_alone_tells_the_wall() -> None:
    """Whatever the product's colour is, dark is dark and bright is bright."""
    for seed in range(4):
        dark, bright = (
            to_oklab(shot_of(of_colour(150), wish_for(one), seed).companion())[0] for one in ("moody", "airy")
        )
        assert dark < 0.4 < 0.9 < bright
