"""Two encoders and a decoder: each encoder has an opinion of its own, and a photo that moves moves its mask."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ecomgen.masking.network.architecture import BOTH, CHANNELS, PHOTOS, RENDERS, CutoutNetwork, Opinion
from ecomgen.masking.network.inference import exposed
from ecomgen.models.encoder import folded
from ecomgen.models.photo_encoder import LARGEST_STRIDE, PHOTO_WIDTHS, PhotoEncoder


@pytest.fixture(scope="module")
def network() -> CutoutNetwork:
    torch.manual_seed(0)
    made = CutoutNetwork().eval()
    for fusion in made.fusions:
        torch.nn.init.normal_(fusion.out.weight, std=0.1)  # pyright: ignore[reportArgumentType, reportAttributeAccessIssue]
    return made


def answer(network: CutoutNetwork, pictures: torch.Tensor, opinion: Opinion) -> torch.Tensor:
    with torch.inference_mode():
        return network(pictures, torch.tensor([opinion] * len(pictures)))


@pytest.mark.parametrize(("closed", "opinion"), [("photo_encoder", RENDERS), ("stages", PHOTOS)])
def test_an_opinion_does_not_ask_the_encoder_that_is_closed(
    network: CutoutNetwork, closed: str, opinion: Opinion
) -> None:
    pictures = torch.rand(2, CHANNELS, 64, 96) * 2 - 1
    before, joint = answer(network, pictures, opinion), answer(network, pictures, BOTH)
    changed = CutoutNetwork().eval()
    changed.load_state_dict(network.state_dict())
    for value in getattr(changed, closed).parameters():
        torch.nn.init.normal_(value, std=0.05)
    assert torch.equal(answer(changed, pictures, opinion), before)
    assert not torch.allclose(answer(changed, pictures, BOTH), joint)


def test_pictures_of_one_batch_may_be_asked_for_different_opinions(network: CutoutNetwork) -> None:
    picture = torch.rand(1, CHANNELS, 64, 64) * 2 - 1
    with torch.inference_mode():
        together = network(picture.expand(3, -1, -1, -1), torch.tensor([BOTH, RENDERS, PHOTOS]))
    for one, opinion in zip(together, (BOTH, RENDERS, PHOTOS), strict=True):
        assert torch.allclose(one, answer(network, picture, opinion)[0], atol=1e-5)
    assert not torch.allclose(together[0], together[1])


def test_a_network_for_use_answers_as_before(network: CutoutNetwork) -> None:
    picture = torch.rand(1, CHANNELS, 64, 64) * 2 - 1
    before = answer(network, picture, BOTH)
    ready = CutoutNetwork().eval()
    ready.load_state_dict(network.state_dict())
    assert torch.allclose(answer(folded(ready), picture, BOTH), before, atol=1e-4)


def test_what_moves_in_the_photo_moves_in_every_level() -> None:
    torch.manual_seed(1)
    encoder = PhotoEncoder().eval()
    wide = torch.rand(1, 3, 384, 384 + LARGEST_STRIDE) * 2 - 1
    with torch.inference_mode():
        here, there = encoder(wide[..., LARGEST_STRIDE:]), encoder(wide[..., :-LARGEST_STRIDE])
    for level, moved, width in zip(here, there, PHOTO_WIDTHS, strict=True):
        places = 384 // level.shape[-1]
        step, room = LARGEST_STRIDE // places, level.shape[-1] // 2 - 1
        assert level.shape[1] == width
        middle = slice(room, room + 1)
        assert torch.allclose(level[..., middle, middle], moved[..., middle, room + step : room + step + 1], atol=1e-4)


@given(gain=st.floats(0.45, 1.0))
def test_a_darker_photo_is_seen_alike(gain: float) -> None:
    rng = np.random.default_rng(3)
    photo = rng.integers(0, 230, (40, 60, 3)).astype(np.uint8)
    darker = np.round(photo * gain).astype(np.uint8)
    difference = np.abs(exposed(darker).astype(int) - exposed(photo))
    assert difference.max() <= 4
