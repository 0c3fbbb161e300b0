"""The network that reads backdrops: its samples, a short run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.backdrop import HELD_OUT
from ecomgen.scenes.studio.primitives.types import Backdrop, Dome, Stage
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.types import Box
from training import backdrop_reader
from training.backdrop_reader import altered, covered, cut, gathered, loss_of, train, turned
from training.backdrops import FOOT, LEARNT, PARTS, SIDE, _camera, _frame, _seen_from, _wish, _within


def drawn(horizon: float) -> np.ndarray:
    return np.where(np.arange(SIDE)[:, None, None] < horizon * SIDE, 220, np.array([60, 50, 40])).repeat(SIDE, 1)


def edge(pixels: np.ndarray) -> float:
    """Where the picture gets dark, in its middle."""
    return (np.abs(np.diff(pixels[:, SIDE // 2, 0].astype(int))).argmax() + 1) / SIDE


def test_a_cut_sample_keeps_its_horizon() -> None:
    one = {"pixels": drawn(0.5).astype(np.uint8), "horizon": 0.5, "focal": 1.6, "side": 1.0}
    for seed in range(8):
        made = cut(one, np.random.default_rng(seed))
        assert edge(made["pixels"]) == pytest.approx(made["horizon"], abs=0.02)
        assert made["focal"] >= 1.6


@pytest.mark.parametrize("kind", ["room", "place"])
def test_a_turned_sample_sees_the_ground_as_steeply_as_its_picture_shows(kind: str) -> None:
    tilt = 0.0 if kind == "room" else np.arctan(0.1 / 1.6)  # the horizon of a tilted camera is told as a level one's
    steep = tilt + np.arctan((FOOT - 0.5) / 1.6)
    told = 0.4 if kind == "room" else FOOT - 1.6 * np.sin(steep)
    one = {"pixels": drawn(0.4).astype(np.uint8), "horizon": told, "focal": 1.6, "side": 1.0, "kind": kind}
    made = [found for seed in range(40) if (found := turned(one, np.random.default_rng(seed)))]
    assert len(made) > 5
    for found in made:
        row, focal = edge(found["pixels"]), found["focal"]
        steep = np.arctan((0.5 - row) / focal) + np.arctan((FOOT - 0.5) / focal)
        assert found["horizon"] == pytest.approx(FOOT - focal * np.sin(steep), abs=0.02)


def test_an_altered_sample_may_be_mirrored() -> None:
    one = {"pixels": drawn(0.5).astype(np.uint8), "horizon": 0.5, "focal": 1.6, "side": 1.0, "kind": "room"}
    made = [altered(one, np.random.default_rng(seed)) for seed in range(12)]
    assert {sample["side"] for sample in made} == {-1.0, 1.0} and all(sample["altered"] for sample in made)


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


def test_another_camera_sees_the_same_set_under_its_own_horizon() -> None:
    picture = np.linspace(1, 0, 40, dtype=np.float32)[:, None, None].repeat(40, 1).repeat(3, 2)
    first = frame_for(SIDE, SIDE, Box(60, 70, 160, 186), 186, elevation=15)
    behind = Backdrop(picture=picture, depth=9, left=-2, right=2, bottom=first.eye - 1, top=first.eye + 2)
    dome = Dome(zenith=(1, 1, 1), horizon=(1, 1, 1), nadir=(1, 1, 1))
    for seed in range(6):
        frame = _frame(first, np.random.default_rng(seed))
        moved = _seen_from(Stage(things=(), lamps=(), dome=dome, backdrop=behind), first, frame).backdrop
        assert moved is not None and (frame is first or _within(frame, first))
        sizes = [frame.spread(-9) * (moved.bottom - frame.eye), frame.spread(-9) * (moved.right - moved.left)]
        assert sizes == pytest.approx([first.spread(-9) * -1, first.spread(-9) * 4 * 1.8])
        assert moved.picture[-40:, 16:-16] == pytest.approx(picture)


def test_sets_have_other_parts_but_none_of_those_held_out() -> None:
    wishes = [_wish(np.random.default_rng(seed)) for seed in range(40)]
    assert len({wish.surface for wish in wishes}) > 3 and any(wish == replace(wish, surface=None) for wish in wishes)
    assert not {*LEARNT} & {*HELD_OUT}
    only = {"surf", "city", "street", "hedge", "trees", "palms", "house", "hills", "office", "fir tree", "cupboards"}
    assert not only & {value for values in PARTS.values() for value in values}


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
