"""The network that reads backdrops: its samples, a short run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from training import backdrop_reader
from training.backdrop_reader import altered, covered, gathered, loss_of, train
from training.backdrops import FOOT, SIDE, _camera


def drawn(horizon: float) -> np.ndarray:
    return np.where(np.arange(SIDE)[:, None, None] < horizon * SIDE, 220, np.array([60, 50, 40])).repeat(SIDE, 1)


def test_a_cut_sample_keeps_its_horizon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backdrop_reader, "degraded", lambda picture, _: picture)
    one = {"pixels": drawn(0.5).astype(np.uint8), "horizon": 0.5, "focal": 1.6, "side": 1.0}
    for seed in range(8):
        cut = altered(one, np.random.default_rng(seed))
        steps = np.abs(np.diff(cut["pixels"][:, 100, 0].astype(int)))
        assert steps.argmax() / SIDE == pytest.approx(cut["horizon"], abs=0.02)
        assert cut["focal"] >= 1.6 and abs(cut["side"]) == 1


def test_what_stands_before_a_place_hides_a_part_of_it() -> None:
    place, texture = np.full((SIDE, SIDE, 3), 200, np.uint8), np.full((SIDE, SIDE, 3), 20, np.uint8)
    for seed in range(6):
        hidden = covered(place, texture, np.random.default_rng(seed))[..., 0] < 150
        assert 0.03 < hidden.mean() < 0.8 and not np.all(hidden[:, 0])


def test_the_camera_sees_the_foot_where_products_stand() -> None:
    for seed in range(6):
        camera, horizon, focal = _camera(np.random.default_rng(seed))
        eye, ahead = np.array(camera.origin), np.array(camera.target) - np.array(camera.origin)
        pitch = np.arcsin(-ahead[2])
        steep = np.arcsin((FOOT - horizon) / focal)
        assert 0.5 + focal * np.tan(steep - pitch) == pytest.approx(FOOT, abs=1e-6)
        assert eye[2] == pytest.approx(np.sin(steep) * camera.focus, rel=1e-6)


def test_the_loss_is_least_at_the_truth() -> None:
    horizons, truth, sides = torch.from_numpy(backdrop_reader.HORIZONS).float(), torch.tensor([0.2]), torch.zeros(1, 3)
    at = [float(loss_of((-40 * (horizons[None] - h).abs(), sides), truth, truth * 0)) for h in (-0.3, 0.2, 0.6)]
    assert at[1] < at[0] and at[1] < at[2]


def test_what_was_looked_at_is_kept_and_learnt_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backdrop_reader, "BATCH", 2)
    horizons = np.array([0.4, 0.5])
    np.savez(
        tmp_path / "shard-0000.npz",
        pixels=np.stack([drawn(row) for row in horizons]).astype(np.uint8),
        kind=np.array(["room", "place"]),
        horizon=horizons,
        focal=np.array([1.5, 1.6]),
        side=np.array([-1.0, 0.0]),
    )
    samples, again = gathered(tmp_path), gathered(tmp_path)
    assert len(samples.kind) == 2 * (1 + backdrop_reader.EACH) and torch.equal(samples.cues, again.cues)
    network = train(samples, torch.arange(len(samples.kind)), epochs=1)
    horizon, side = network(*samples.batch(torch.arange(2)))
    assert horizon.shape == (2, len(backdrop_reader.HORIZONS)) and torch.isfinite(side).all()
