"""Procedural products: whole meshes of every family, the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from training.products import FAMILIES, make_product, normalised
from training.products.finishes import Parts
from training.scenes import make_setting


def points_of(parts: Parts) -> np.ndarray:
    return np.concatenate([one.mesh.points for one in parts])


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_gives_whole_meshes(family: str) -> None:
    for seed in range(3):
        name, parts = make_product(np.random.default_rng(seed), family=family)
        assert name == family and parts
        for one in parts:
            assert np.isfinite(one.mesh.points).all() and np.isfinite(one.mesh.normals).all()
            assert int(one.mesh.faces.max()) < len(one.mesh.points) == len(one.mesh.uv) == len(one.mesh.normals)


def test_a_product_stands_on_the_ground_at_unit_size() -> None:
    _, parts = make_product(np.random.default_rng(4), family="creature")
    points = points_of(normalised(parts))
    assert points[:, 2].min() == pytest.approx(0)
    assert np.linalg.norm(np.ptp(points, axis=0)) == pytest.approx(1)
    assert points[:, :2].min(0) + points[:, :2].max(0) == pytest.approx(np.zeros(2))


def test_a_seed_is_a_scene() -> None:
    one, again, other = make_setting(7), make_setting(7), make_setting(8)
    assert np.array_equal(points_of(one.product), points_of(again.product))
    assert one.camera == again.camera != other.camera
    assert [part.finish for part in one.product] == [part.finish for part in again.product]


def test_the_camera_sees_the_product() -> None:
    """Most products lie within the frame; none is behind the lens."""
    inside = []
    for seed in range(20):
        setting = make_setting(seed)
        camera = setting.camera
        ahead = np.subtract(camera.target, camera.origin)
        ahead = ahead / np.linalg.norm(ahead)
        offset = points_of(setting.product) - np.array(camera.origin)
        distance = offset @ ahead
        away = np.linalg.norm(offset - distance[:, None] * ahead, axis=1)
        inside.append(float((away / distance < np.tan(np.radians(camera.field / 2)) * 1.3).mean()))
        assert distance.mean() > 0
    assert np.mean(inside) > 0.8
