"""The network that reads backdrops: the one that ships, and any in its format."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from ecomgen import models
from ecomgen.errors import WeightsCorrupt
from ecomgen.scenes.studio.estimation import backdrop_network
from ecomgen.scenes.studio.estimation.backdrop_network import HORIZONS, BackdropNetwork, answer, likely
from ecomgen.scenes.studio.estimation.backdrop_photo import read
from ecomgen.scenes.studio.estimation.backdrop_slants import slants
from ecomgen.types import Backdrop

WEIGHTS = Path(__file__).parents[4] / "weights" / "ecomgen-backdrop.safetensors"


@pytest.fixture
def picture() -> np.ndarray:
    """Brown ground, lit from the right, before a grey wall."""
    rows, columns = np.arange(120)[:, None, None], np.linspace(0.7, 1.2, 160)[None, :, None]
    colours = np.where(rows < 60, np.array([190.0, 200, 215]), np.array([150.0, 120, 90]))
    return np.clip(colours * columns, 0, 255).astype(np.uint8)


@pytest.fixture
def mine(home: Path) -> Path:
    """Weights by chance, as the user's manifest names them in the place of those that ship."""
    torch.manual_seed(0)
    folder = home / "weights"
    folder.mkdir()
    file = folder / "mine.safetensors"
    save_file({name: value.half() for name, value in BackdropNetwork().state_dict().items()}, file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "manifest.toml").write_text(f'[ecomgen-backdrop]\nfile = "mine.safetensors"\nsha256 = "{digest}"\n')
    return file


def test_it_is_the_network_that_the_manifest_names() -> None:
    entry = models.entry("ecomgen-backdrop")
    assert entry.sha256 == hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()
    assert entry.licence == "Apache-2.0" and WEIGHTS.stat().st_size < 2_000_000


def test_weights_of_the_users_are_read_and_a_mirrored_picture_has_the_same_horizon(
    mine: Path, picture: np.ndarray
) -> None:
    shown, mirrored = answer(picture, 1.35), answer(picture[:, ::-1], 1.35)
    assert mine.exists() and shown is not None and mirrored is not None
    assert HORIZONS[0] <= shown.horizon <= HORIZONS[-1] and shown.horizon == pytest.approx(mirrored.horizon, abs=1e-4)
    assert shown.side == pytest.approx(-mirrored.side, abs=1e-4) and -1 <= shown.side <= 1


def test_weights_that_are_not_the_manifests_are_refused(mine: Path, picture: np.ndarray) -> None:
    mine.write_bytes(mine.read_bytes()[:-8] + b"12345678")
    with pytest.raises(WeightsCorrupt):
        answer(picture, 1.35)


def test_without_weights_the_rules_read(monkeypatch: pytest.MonkeyPatch, picture: np.ndarray) -> None:
    monkeypatch.setattr(backdrop_network.models, "first_here", lambda _: None)
    photo = read(Backdrop(pixels=picture), {})
    assert answer(picture, 1.35) is None and photo.ground == pytest.approx(0.5, abs=0.06)


def test_slants_change_their_sign_in_the_mirror(picture: np.ndarray) -> None:
    shown, mirrored = slants(picture), slants(np.ascontiguousarray(picture[:, ::-1]))
    assert shown.abs().max() > 0.1 and torch.allclose(shown, -mirrored.flip(-1), atol=0.05)


def test_where_the_lens_is_unknown_a_horizon_far_above_is_that_of_a_longer_one() -> None:
    chances = np.exp(-(((HORIZONS - 0.0) / 0.05) ** 2))
    known, guessed = (likely(chances, 1.35, None, lens_known=lens) for lens in (True, False))
    assert known.horizon == pytest.approx(0.0, abs=0.02) and known.focal == pytest.approx(1.35)
    assert guessed.focal > 1.45


def test_horizons_that_are_all_as_likely_are_told_to_be_unsure() -> None:
    sure, unsure = (likely(np.exp(-(((HORIZONS - 0.4) / wide) ** 2)), 1.35, None) for wide in (0.04, 0.2))
    assert 0.5 < sure.spread < 2 < unsure.spread
