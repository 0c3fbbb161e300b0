"""The network for near-identical others: views, what may happen to them and what may not, a short run."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file

from ecomgen.scoring.identity.network import ASKED, GRID, SIDE, IdentityNetwork
from training.damage import KINDS, UNIT, damaged, framed, sound
from training.followers import begun, export
from training.identity import awake, loss_of, train
from training.pairs import Products, Samples
from training.scenes.surfaces import Bank
from training.views import SPREADS, Views

WEIGHTS = Path(__file__).parents[2] / "weights"
EYES, EARLIER = WEIGHTS / "ecomgen-viewpoint.safetensors", WEIGHTS / "ecomgen-identity.safetensors"


def box(seed: int, side: int = 96) -> np.ndarray:
    """A drawn box with a label, SxSx4."""
    rng = np.random.default_rng(seed)
    rgba = np.zeros((side, side, 4), np.uint8)
    width, height = rng.integers(30, 60, 2)
    at = np.s_[48 - height // 2 : 48 + height // 2, 48 - width // 2 : 48 + width // 2]
    rgba[(*at, slice(0, 3))] = rng.integers(30, 230, 3)
    rgba[(*at, 3)] = 255
    rgba[44:52, 44:52, :3] = rng.integers(0, 255, 3)
    return rgba


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with five products of two families, one held out."""
    folder = tmp_path_factory.mktemp("views")
    for number in range(5):
        shots = np.stack([np.roll(box(number), shift, (0, 1)) for shift in range(3)])
        np.savez_compressed(folder / f"{number:04d}.npz", views=shots, family=np.array("ab"[number % 2]))
    return folder


@pytest.mark.usefixtures("stage")
def test_a_product_stays_while_all_round_it_changes(bank: Bank) -> None:
    shots = Views(bank, size=48, samples=2)
    one, again, other = shots.shown(3, 0), shots.shown(3, 0), shots.shown(3, 1)
    assert one.shape == (48, 48, 4) and (one[..., 3] > 127).any()
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert shots.family(3) == shots.family(3)


@pytest.mark.usefixtures("stage")
def test_wide_views_fill_more_of_the_frame_and_lie_farther_apart(bank: Bank) -> None:
    usual, wide = (Views(bank, size=48, samples=2, spread=SPREADS[name]) for name in ("usual", "wide"))
    near, far = ([stage.shown(3, number)[..., 3] > 127 for number in range(2)] for stage in (usual, wide))
    assert np.mean(far) > np.mean(near)
    assert (far[0] != far[1]).sum() / np.sum(far[0]) > (near[0] != near[1]).sum() / np.sum(near[0])


@pytest.mark.parametrize("kind", KINDS)
def test_damage_changes_the_product_and_what_is_harmless_keeps_it(kind: str) -> None:
    rng = np.random.default_rng(1)
    bad = damaged(box(1), kind, None, box(2), rng)
    assert bad.kind == kind
    assert np.abs(bad.moves).max() > 0.5 or not np.array_equal(bad.rgba, box(1))
    crop, moved, _ = framed(bad, rng, flip=False)
    assert crop.shape == (5, SIDE, SIDE) and moved.shape == ((SIDE // 16) ** 2, 2)
    assert np.abs(crop).max() <= 1


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.booleans())
def test_a_sound_product_is_framed_whole_and_nothing_is_out_of_place(seed: int, flip: bool) -> None:
    crop, moved, good = framed(sound(box(seed)), np.random.default_rng(seed), flip=flip)
    assert not moved.any()
    rows, columns = np.nonzero(crop[3] > 0.5)
    if good:
        assert 0.75 * SIDE < max(np.ptp(rows), np.ptp(columns)) <= SIDE


def test_a_stretch_is_as_large_as_asked_for_and_said_so() -> None:
    rng = np.random.default_rng(0)
    bad = damaged(box(3), "proportions", 0.2, box(4), rng)
    x, y = np.meshgrid(*[np.arange(96, dtype=np.float32)] * 2)
    shown = cv2.remap(box(3)[..., 3], x + bad.moves[..., 0], y + bad.moves[..., 1], cv2.INTER_LINEAR)
    before, after = (cv2.boundingRect((one > 127).astype(np.uint8)) for one in (box(3)[..., 3], shown))
    ratio = (after[2] / after[3]) / (before[2] / before[3])
    assert max(ratio, 1 / ratio) == pytest.approx(1.2, abs=0.06)
    assert bad.stretch == pytest.approx(np.log(ratio), abs=0.05)
    _, moved, _ = framed(bad, rng, flip=False)
    assert np.abs(moved).max() * UNIT == pytest.approx(0.05, abs=0.03)


def test_a_batch_asks_what_can_be_answered(views: Path) -> None:
    samples = Samples(Products(views, validation=False), seed=0)
    batch = samples.batch(4)
    assert batch.crops.shape[1:] == (5, SIDE, SIDE)
    assert int(batch.pairs.max()) < len(batch.crops) == len(batch.owners)
    same, *faults = batch.truth.T
    others = same == 0
    assert others.any() and (same == 1).any()
    assert all(fault[others].isnan().all() for fault in faults)
    owners = batch.owners[batch.pairs]
    assert ((owners[:, 0] != owners[:, 1]) == others).all()


def test_how_much_wider_a_crop_is_than_another_is_known_within_one_product(views: Path) -> None:
    batch = Samples(Products(views, validation=False), seed=0).batch(4)
    known = ~batch.stretch.isnan()
    one, other = batch.owners[batch.pairs[known]].T
    assert (one == other).all()
    stretched = batch.stretch[known & (batch.truth[:, ASKED.index("proportions")] == 0)]
    assert len(stretched) and ((stretched.abs() > 0.05) & (stretched.abs() < 0.25)).all()
    told = {tuple(pair): float(value) for pair, value in zip(batch.pairs.tolist(), batch.stretch, strict=True)}
    both = [(value, told[b, a]) for (a, b), value in told.items() if (b, a) in told and value]
    assert any(np.isfinite(value) for value, _ in both)
    assert all(value == -back for value, back in both if np.isfinite(value))


def test_what_it_cannot_see_it_is_not_asked() -> None:
    grey = box(5)
    grey[..., :3] = grey[..., :3].mean(axis=2, keepdims=True)
    bad = damaged(grey, "hue", 90.0, box(6), np.random.default_rng(0))
    assert bad.visible == 0


def test_a_short_run_learns_from_products_and_its_weights_load(views: Path, tmp_path: Path) -> None:
    train(views, tmp_path, minutes=0.03, eyes=EYES, batch=3)
    assert (tmp_path / "curve.csv").read_text("utf-8").startswith("minutes,step")
    export(tmp_path / "checkpoint.pt", tmp_path / "network.safetensors")
    assert (tmp_path / "network.safetensors").stat().st_size < 8_000_000
    network = IdentityNetwork().eval()
    network.load_state_dict(load_file(tmp_path / "network.safetensors"))
    assert sum(value.numel() for value in network.parameters()) <= 4_000_000
    train(views, tmp_path, minutes=0.04, eyes=EYES, batch=3)
    assert len((tmp_path / "curve.csv").read_text("utf-8").splitlines()) > 2


def test_it_begins_with_the_eyes_of_the_camera_network_and_has_a_gradient(views: Path) -> None:
    network = begun(IdentityNetwork(), EYES)
    assert torch.allclose(network.stem[0].weight, load_file(EYES)["stem.0.weight"].float())
    loss, told = loss_of(awake(network), Samples(Products(views, validation=False), seed=1).batch(3))
    loss.backward()
    assert all(np.isfinite(value) for value in told.values())
    assert all((value.grad is not None) == value.requires_grad for value in network.parameters())


def test_it_goes_on_from_all_of_an_earlier_one_of_its_kind() -> None:
    network, earlier = begun(IdentityNetwork(), EARLIER), load_file(EARLIER)
    assert torch.equal(network.head[1].weight, earlier["head.1.weight"].float())
    other = begun(IdentityNetwork(), EYES)
    assert not torch.equal(other.head[1].weight, network.head[1].weight)


def test_it_answers_every_question_for_every_pair() -> None:
    network = IdentityNetwork().eval()
    tokens = network.tokens(torch.rand(3, 5, SIDE, SIDE))
    logits, moved, stretch = network.compared(tokens, tokens)
    assert logits.shape == (3, len(ASKED)) and moved.shape == (3, GRID**2, 2) and stretch.shape == (3,)
