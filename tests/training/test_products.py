"""Procedural products: whole meshes of every family, the same for the same seed."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from training.products import EARLIER, FAMILIES, HARDER, HELD_OUT, make_product, normalised
from training.products.finishes import Parts
from training.scenes import CROWDS, camouflage, make_setting


def points_of(parts: Parts) -> np.ndarray:
    return np.concatenate([one.mesh.points for one in parts])


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_gives_whole_meshes(family: str) -> None:
    for seed in range(3):
        name, parts = make_product(np.random.default_rng(seed), family=family)
        assert name == family and parts
        for one in parts:
            assert np.isfinite(one.mesh.points).all() and np.isfinite(one.mesh.normals()).all()
            assert int(one.mesh.faces.max()) < len(one.mesh.points) == len(one.mesh.uv) == len(one.mesh.normals())


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


def drawn(count: int, *, harder: float = 0.0, held_out: bool = False) -> set[str]:
    rngs = [np.random.default_rng(seed) for seed in range(count)]
    return {make_product(rng, harder=harder, held_out=held_out)[0] for rng in rngs}


def test_families_held_out_are_drawn_only_when_asked() -> None:
    assert set(HARDER) > HELD_OUT and not HELD_OUT & set(EARLIER)
    assert drawn(60) <= set(EARLIER)
    assert drawn(120, harder=1.0) <= set(HARDER) - HELD_OUT
    assert drawn(60, held_out=True) == HELD_OUT


def test_a_torn_scene_shows_no_family_held_out_unless_asked() -> None:
    torn = CROWDS["torn"]
    assert not {make_setting(seed, torn).family for seed in range(40)} & HELD_OUT
    assert {make_setting(seed, replace(torn, held_out=True)).family for seed in range(12)} <= HELD_OUT


@pytest.mark.parametrize(
    ("crowd", "digest"),
    [
        ("usual", "2f0d1cf9bbb9"),
        ("harder", "93d6491a71fe"),
        ("lived", "3cf70987fb7d"),
    ],
)
def test_scenes_of_earlier_crowds_stay_as_they_were(crowd: str, digest: str) -> None:
    """Renders that are stored follow from their seeds."""
    setting = make_setting(101011, CROWDS[crowd])
    sums = [f"{one.mesh.points.sum():.4f} {one.finish}" for one in (*setting.product, *setting.props, setting.ground)]
    told = " ".join([*sums, setting.family, setting.kind, f"{setting.camera.origin[0]:.5f}"])
    assert hashlib.sha256(told.encode()).hexdigest()[:12] == digest


def test_a_material_and_what_is_around_come_to_share_a_colour() -> None:
    """One of the two takes the other's colour; the number of parts stays."""
    setting = make_setting(11)
    product, (ground,) = camouflage.blended(setting.product, [setting.ground], np.random.default_rng(0))
    assert len(product) == len(setting.product)
    tones = np.array([tone for one in product for tone in one.finish.colours])
    assert np.abs(tones - np.array(ground.finish.colours[-1])).max(1).min() < 0.25
    assert [one.finish for one in product] != [one.finish for one in setting.product] or ground is not setting.ground


def test_what_hides_a_product_stands_before_it() -> None:
    low, high, eye = np.array([-0.3, -0.2, 0.0]), np.array([0.3, 0.2, 0.7]), np.array([0.0, -3.0, 0.5])
    for seed in range(12):
        parts = camouflage.occluders(low, high, eye, np.random.default_rng(seed))
        points = points_of(parts)
        assert np.isfinite(points).all() and points[:, 1].min() > eye[1]
        assert np.median(points[:, 1]) < 0
