"""The camera's height, read from photos whose height is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes.studio.estimation.photographed import PRODUCTS, SIDE, photographed

from ecomgen.scenes.studio.estimation import elevation_from_base, elevation_from_ground
from ecomgen.scenes.studio.estimation.viewpoint import viewpoint
from ecomgen.types import Box

PHRASES = {"mug": "a red mug", "jar": "glass jar", "bottle": "bottle of oil", "tin": "beer can"}
TELLING = ("cylinder", "mug", "jar", "tin", "carton", "cube", "book")


def estimated(name: str, elevation: float, *, plain: bool = False):
    return viewpoint([photographed(PRODUCTS[name], elevation, plain=plain)], PHRASES.get(name, ""))


def test_the_camera_height_of_things_with_a_foot_is_found() -> None:
    errors = [abs(estimated(name, e).elevation - e) for name in TELLING for e in (8, 16, 24)]
    assert np.mean(errors) < 3.5
    assert max(errors) < 9


@pytest.mark.parametrize("name", ["cylinder", "carton"])
def test_a_higher_camera_is_read_as_higher(name: str) -> None:
    found = [estimated(name, e).elevation for e in (12, 20, 28)]
    assert found == sorted(found)
    assert found[-1] - found[0] > 7


def test_what_has_no_foot_is_called_unsure() -> None:
    """A ball looks alike from everywhere, and so does the front of a box."""
    for name in ("ball", "front"):
        low, high = (estimated(name, e, plain=True) for e in (8, 32))
        assert abs(low.elevation - high.elevation) < 3
        assert min(low.spread, high.spread) > 7
    assert estimated("carton", 16).spread < 4


def test_a_foot_that_the_frame_cuts_off_is_looked_at_from_no_great_height() -> None:
    whole = photographed(PRODUCTS["carton"], 30)
    rows = Box.of(whole.mask).y1 - 8
    cut = replace(whole, pixels=whole.pixels[:rows], mask=whole.mask[:rows])
    assert viewpoint([cut], "").elevation < 15 < viewpoint([whole], "").elevation


def test_without_a_photo_the_kind_of_thing_decides() -> None:
    bottle, shoe, plate = (viewpoint([], phrase) for phrase in ("wine bottle", "running shoes", "dinner plate"))
    assert bottle.elevation < shoe.elevation < plate.elevation
    assert viewpoint([], "") == viewpoint([], "thingamajig")


def test_further_photos_help_an_unsure_one() -> None:
    unsure = photographed(PRODUCTS["front"], 30, plain=True)
    alone = viewpoint([unsure], "")
    together = viewpoint([unsure, *[photographed(PRODUCTS["carton"], 30)] * 2], "")
    assert together.elevation > alone.elevation + 2
    assert together.elevation < 30


def test_ground_that_fills_the_photo_means_a_high_camera() -> None:
    low, high = (photographed(PRODUCTS["ball"], e) for e in (10, 38))
    near, far = (elevation_from_ground.reach(view.pixels, view.mask) for view in (low, high))
    assert near is not None
    assert far is not None
    assert near.ends
    assert near.height < far.height
    most = [elevation_from_base.ELEVATIONS[np.argmax(elevation_from_ground.belief(reach))] for reach in (near, far)]
    assert most[0] < most[1]


def test_a_plain_backdrop_tells_no_height() -> None:
    view = photographed(PRODUCTS["ball"], 20, plain=True)
    assert elevation_from_ground.reach(view.pixels, view.mask) is None
    assert (elevation_from_ground.belief(None) == 1).all()


def test_how_rounded_a_foot_is() -> None:
    for elevation in (10, 25):
        ball, box = (photographed(PRODUCTS[name], elevation, plain=True).mask for name in ("ball", "cylinder"))
        assert elevation_from_base.rounding(cropped(ball), elevation) > 0.3 * np.ptp(np.nonzero(ball)[1])
        assert elevation_from_base.rounding(cropped(box), elevation) < 0.06 * SIDE


def cropped(mask: np.ndarray) -> np.ndarray:
    rows, columns = np.nonzero(mask)
    return mask[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


@settings(max_examples=20)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_any_outline_gives_likelihoods(height: int, width: int, seed: int) -> None:
    mask = np.random.default_rng(seed).random((height, width)) < 0.6
    found = elevation_from_base.belief(mask)
    assert found.shape == elevation_from_base.ELEVATIONS.shape
    assert np.isfinite(found).all()
    assert found.min() >= 0
    assert found.max() <= 1 + 1e-9
    assert elevation_from_base.rounding(mask, 12) >= 0
