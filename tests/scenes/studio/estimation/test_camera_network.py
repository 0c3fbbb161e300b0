"""The camera's height by the look of a photo, on samples that were rendered by other means than its training set."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from ecomgen import references, samples
from ecomgen.scenes.studio.estimation import camera_network
from ecomgen.scenes.studio.estimation.viewpoint import viewpoint
from ecomgen.types import View
from training.samples.views import VIEWS


def taken(number: int) -> tuple[View, str, float]:
    """A sample photo with its product's phrase and the elevation that it was taken from."""
    made = VIEWS[number]
    sample = samples.get(made.product)
    photo, matte = sample.photos[made.number - 1], sample.mattes[made.number - 1]
    x, y, z = made.camera
    mask = np.asarray(Image.open(matte).convert("L")) > 127
    return (
        View(pixels=references.load(photo).pixels, mask=mask),
        sample.product,
        float(np.degrees(np.arctan2(z, np.hypot(x, y)))),
    )


def test_the_height_of_real_looking_photos_is_found() -> None:
    errors = []
    for number in range(len(VIEWS)):
        view, phrase, elevation = taken(number)
        errors.append(abs(viewpoint([view], phrase).elevation - elevation))
    assert np.mean(errors) < 2.5
    assert max(errors) < 7


def test_answers_are_shares_and_alike_when_mirrored() -> None:
    view, *_ = taken(0)
    found = camera_network.answer(view.pixels, view.mask)
    mirrored = camera_network.answer(view.pixels[:, ::-1].copy(), view.mask[:, ::-1].copy())
    assert found is not None and mirrored is not None
    assert found.sum() == pytest.approx(1)
    assert np.abs(found - mirrored).max() < 0.05


def test_a_small_copy_is_seen_alike() -> None:
    view, *_ = taken(0)
    small = Image.fromarray(view.pixels).resize((400, 400 * view.pixels.shape[0] // view.pixels.shape[1]))
    mask = Image.fromarray(view.mask).resize(small.size)
    large, little = (
        camera_network.framed(view.pixels, view.mask),
        camera_network.framed(np.asarray(small), np.asarray(mask)),
    )
    assert np.abs(large - little).mean() < 0.06


def test_without_the_weights_outlines_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    view, phrase, elevation = taken(0)
    monkeypatch.setattr(camera_network, "KIND", "a kind that no manifest has")
    assert camera_network.answer(view.pixels, view.mask) is None
    assert abs(viewpoint([view], phrase).elevation - elevation) < 10
