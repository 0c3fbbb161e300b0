"""ViTMatte on soft edges: random weights in the real format, and what must hold whatever it answers."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from masking.pictured import photo_of
from masking.small_networks import save_vitmatte
from masking.test_matte import hairy, scene

from ecomgen.errors import WeightsCorrupt, WeightsMissing
from ecomgen.masking import cut_out
from ecomgen.masking.matting import matte, vitmatte
from ecomgen.types import Cutout, Edge, Mask, Matte, Matting, Pixels


def cut(picture: Pixels, alpha: Matte, matting: Matting = "auto") -> Cutout:
    mask = Mask(pixels=alpha > 0.5, masker="grabcut", candidates=())
    return cut_out(photo_of(picture), mask, edge=Edge(matting=matting))


def solver(cutout: Cutout) -> str:
    assert cutout.edge is not None
    return cutout.edge.matting


def test_a_soft_edge_is_vitmattes_and_the_inside_stays_the_photos_own(weights: Path) -> None:
    save_vitmatte(weights)
    picture, alpha = hairy()
    by_colours, seen = cut(picture, alpha, "colours"), cut(picture, alpha)
    assert (solver(by_colours), solver(seen)) == ("colours", "vitmatte")
    assert not by_colours.models
    assert [used.id for used in seen.models] == ["small-vitmatte"]
    assert not np.array_equal(by_colours.rgba, seen.rgba)
    opaque = seen.rgba[..., 3] == 255
    assert np.array_equal(seen.rgba[opaque][:, :3], picture[opaque])
    inside = cv2.erode((alpha > 0.999).astype(np.uint8), np.ones((41, 41), np.uint8)) > 0
    assert inside.any() and opaque[inside].all()
    assert np.array_equal(seen.rgba, cut(picture, alpha).rgba)


def test_what_it_answers_is_what_is_cut(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that knows the truth: the strands come out as they are, tile by tile."""
    save_vitmatte(weights)
    picture, alpha = hairy()
    shown: list[tuple[int, ...]] = []

    def knows(_: vitmatte.ViTMatte, photo: Pixels, trimap: Pixels) -> Matte:
        shown.append(photo.shape[:2])
        assert set(np.unique(trimap)) <= {0, 128, 255}
        differing = np.asarray(cv2.matchTemplate(picture, photo, cv2.TM_SQDIFF))
        row, column = np.unravel_index(int(differing.argmin()), differing.shape)
        return alpha[row : row + photo.shape[0], column : column + photo.shape[1]]

    monkeypatch.setattr(vitmatte.ViTMatte, "alpha", knows)
    monkeypatch.setattr(vitmatte, "TILE", 130)
    monkeypatch.setattr(vitmatte, "MARGIN", 30)
    found = cut(picture, alpha).rgba[..., 3] / 255
    assert len(shown) > 1
    by_colours = cut(picture, alpha, "colours").rgba[..., 3] / 255
    assert np.abs(found - alpha).mean() < 0.7 * np.abs(by_colours - alpha).mean()


def test_a_hard_edge_stays_as_it_is_without_it(weights: Path) -> None:
    picture, alpha = scene(softness=0.8)
    before = cut(picture, alpha)
    save_vitmatte(weights)
    after = cut(picture, alpha)
    assert solver(after) == "colours" and not after.models
    assert np.array_equal(before.rgba, after.rgba)


def test_a_photo_of_any_size_is_taken(weights: Path) -> None:
    save_vitmatte(weights)
    network = vitmatte.opened("small-vitmatte")
    for height, width in ((1, 1), (33, 70), (64, 64)):
        trimap = np.full((height, width), vitmatte.UNKNOWN)
        found = network.alpha(np.zeros((height, width, 3), np.uint8), trimap)
        assert found.shape == (height, width)
        assert found.min() >= 0 and found.max() <= 1


def test_what_is_missing_or_broken_is_said(weights: Path) -> None:
    picture, alpha = hairy()
    assert solver(cut(picture, alpha)) == "colours"
    with pytest.raises(WeightsMissing, match="ecomgen models pull vitmatte-small"):
        cut(picture, alpha, "vitmatte")
    file = save_vitmatte(weights) / "model.safetensors"
    file.write_bytes(file.read_bytes()[:500])
    with pytest.raises(WeightsCorrupt, match="small-vitmatte"):
        cut(picture, alpha)


def test_another_network_in_its_place_is_said(weights: Path) -> None:
    folder = save_vitmatte(weights)
    (folder / "config.json").write_text('{"model_type": "vitmatte", "hidden_size": 384}')
    picture, alpha = hairy()
    with pytest.raises(WeightsCorrupt, match="does not hold small-vitmatte"):
        cut(picture, alpha)


def test_the_band_is_told_as_a_trimap() -> None:
    inside = np.array([[True, False, False]])
    unknown = np.array([[False, True, False]])
    assert vitmatte.trimap_of(inside, unknown).tolist() == [[255, 128, 0]]
    assert matte.TILE < vitmatte.TILE
