"""The network for the camera's height: its samples, a short run, what is written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from ecomgen.scenes.studio.estimation.camera_network import BINS, SIDE, CameraNetwork
from training.followers import begun, export
from training.viewpoint import Views, loss_of, train

CUTOUT = Path(__file__).parents[2] / "weights" / "ecomgen-cutout.safetensors"


def test_samples_carry_the_elevation_of_their_render(renders: Path) -> None:
    views = Views(renders, validation=False, seed=0)
    seen, angles = views.batch(8)
    assert seen.shape == (8, 5, SIDE, SIDE)
    assert float(seen[:, :3].abs().max()) <= 1
    assert all(np.isclose(views.elevations, float(angle), atol=1e-4).any() for angle in angles)
    assert (angles > 0).all() and (angles < 90).all()


def test_the_loss_is_least_at_the_truth() -> None:
    truth = torch.tensor([20.0])
    at = [float(loss_of(4 * -((torch.from_numpy(BINS).float()[None] - e).abs() / 10), truth)) for e in (5, 20, 60)]
    assert at[1] < at[0] < at[2]


def test_it_begins_with_eyes_that_know_products_and_its_weights_are_written(renders: Path, tmp_path: Path) -> None:
    assert torch.allclose(begun(CameraNetwork(), CUTOUT).stem[0].weight, load_file(CUTOUT)["stem.0.weight"].float())
    train(renders, tmp_path, minutes=0.02, eyes=CUTOUT, batch=2)
    export(tmp_path / "checkpoint.pt", tmp_path / "network.safetensors")
    network = CameraNetwork()
    network.load_state_dict(
        {name: value.float() for name, value in load_file(tmp_path / "network.safetensors").items()}
    )
    assert sum(value.numel() for value in network.parameters()) <= 4_000_000
