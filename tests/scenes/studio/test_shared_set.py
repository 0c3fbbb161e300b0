"""A set that several products share is rendered once; each of them only where it changes the light."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ecomgen.recipes import get
from ecomgen.scenes.studio.backend import StudioBackend
from ecomgen.scenes.studio.rendering import exposure, stage_cache
from ecomgen.scenes.studio.rendering.exposure import _work
from ecomgen.settings import settings
from ecomgen.types import Box, Canvas, Placement, Progress, Scene, SceneRequest, silent

Known = dict[str, Any]
SIDE, CLEAR = 128, 120
ASKED: Known = {"samples_per_pixel": 16, "max_depth": 3, "denoise": True, "variant": "scalar_rgb"}


def standing(x0: int, x1: int, y0: int, opacity: int = 255) -> Placement:
    """A red block on a square canvas."""
    product, box = np.zeros((SIDE, SIDE, 4), np.uint8), Box(x0, y0, x1, 102)
    product[box.slices] = (190, 60, 40, 255)
    product[y0 + 4 : 98, x0 + 4 : x1 - 4, 3] = opacity
    canvas = Canvas(width=SIDE, height=SIDE)
    return Placement(canvas=canvas, product=product, box=box, scale=1.0, contact_y=box.y1)


FIRST, SECOND = standing(44, 84, 40), standing(36, 92, 70)


@pytest.fixture
def studio() -> StudioBackend:
    return StudioBackend(get("studio"))


def made(studio: StudioBackend, placed: Placement, prompt: str, known: Known) -> Scene:
    asked = SceneRequest(prompt=prompt, placement=placed, seeds=(4,), parameters=known)
    (scene,) = studio.make(asked, silent)
    return scene


def locked(studio: StudioBackend, prompt: str, **changes: object) -> Known:
    """What a run of the first product tells of its set."""
    asked = SceneRequest(prompt=prompt, placement=FIRST, seeds=(4,), parameters={**ASKED, **changes})
    return {**ASKED, **studio.settled(asked), **changes}


def decibels(one: np.ndarray, other: np.ndarray, seen: np.ndarray) -> float:
    return float(-10 * np.log10(np.square((one.astype(float) - other)[seen] / 255).mean()))


def test_a_further_product_costs_little_and_looks_as_if_rendered_whole(
    studio: StudioBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    monkeypatch.setattr(exposure, "_work", lambda patch: counted.append(_work(patch)) or _work(patch))
    known = locked(studio, "window")
    whole = made(studio, SECOND, "window", known)
    most = sum(counted)
    made(studio, FIRST, "window", {**known, "set_shared": True})
    counted.clear()
    shared = made(studio, SECOND, "window", {**known, "set_shared": True})
    seen = SECOND.product[..., 3] < 255
    assert decibels(whole.pixels, shared.pixels, seen) > 38
    assert sum(counted) < 0.6 * most, "counted with its draft, which weighs much in so small a picture"


def test_the_product_changes_the_set_near_it(studio: StudioBackend) -> None:
    known = {**locked(studio, "on wet asphalt at night, neon"), "set_shared": True}
    one, two = (made(studio, placed, "on wet asphalt at night, neon", known).pixels for placed in (FIRST, SECOND))
    apart = np.abs(one.astype(int) - two).max(-1)
    apart[(FIRST.product[..., 3] > 0) | (SECOND.product[..., 3] > 0)] = 0
    assert apart[102:116, 30:98].max() > 20, "shadow and reflection are each product's own"
    assert np.median(apart[:30]) <= 1


def test_a_picture_does_not_depend_on_what_is_kept(studio: StudioBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    known, product = {**locked(studio, "window"), "set_shared": True, "relight": 0.5}, standing(36, 92, 70, CLEAR)
    cold = made(studio, product, "window", known)
    warm = made(studio, product, "window", known)
    files = kept()
    for path in files:
        path.write_bytes(path.read_bytes()[:-900])
    damaged = made(studio, product, "window", known)
    monkeypatch.setattr(stage_cache, "BOUND", 0)
    unkept = made(studio, product, "window", known)
    for again in (warm, damaged, unkept):
        assert np.array_equal(cold.pixels, again.pixels)
        assert np.array_equal(cold.gains, again.gains)  # type: ignore[arg-type]


def test_what_is_kept_is_bounded(studio: StudioBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {**locked(studio, "window"), "set_shared": True, "samples_per_pixel": 2}
    made(studio, FIRST, "window", known)
    one = sum(path.stat().st_size for path in kept())
    monkeypatch.setattr(stage_cache, "BOUND", one)
    for samples in (1, 3):
        made(studio, FIRST, "window", {**known, "samples_per_pixel": samples})
    assert 0 < sum(path.stat().st_size for path in kept()) <= one


def test_the_draft_shows_the_product_before_the_set_is_rendered(studio: StudioBackend) -> None:
    told: list[Progress] = []
    known = {**locked(studio, "window"), "set_shared": True}
    list(studio.make(SceneRequest(prompt="window", placement=SECOND, seeds=(4,), parameters=known), told.append))
    (number,) = (number for number, one in enumerate(told) if one.draft is not None)
    assert max(one.done for one in told[:number]) == 0
    done = [one.done for one in told]
    assert done == sorted(done)


def test_ground_that_gives_way_does_so_to_each_product(studio: StudioBackend) -> None:
    known = {**locked(studio, "on the beach"), "set_shared": True, "settle": 1.0}
    scene = made(studio, SECOND, "on the beach", known)
    assert scene.cover is not None and scene.cover.max() > 0.5
    whole = made(studio, SECOND, "on the beach", {**known, "set_shared": False})
    assert decibels(whole.pixels, scene.pixels, np.ones((SIDE, SIDE), bool)) > 36


def test_the_set_is_built_for_the_feet_that_are_told(studio: StudioBackend) -> None:
    known = locked(studio, "on the beach")
    assert known["set_feet"]
    request = SceneRequest(prompt="on the beach", placement=SECOND, seeds=(4,), parameters=known)
    assert studio.settled(request)["set_feet"] == known["set_feet"]
    own = {name: value for name, value in known.items() if name != "set_feet"}
    assert studio.settled(replace(request, parameters=own))["set_feet"] != known["set_feet"]


def kept() -> list[Path]:
    return list((settings().cache / "studio" / "sets").iterdir())
