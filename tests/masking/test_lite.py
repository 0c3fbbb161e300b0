"""The network that ships with ecomgen: there, whole, the same everywhere, and better than a guess."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest
import threadpoolctl
import torch
from masking.pictured import photo_of
from PIL import Image

from ecomgen import models, samples
from ecomgen.errors import NoProduct, WeightsCorrupt
from ecomgen.masking import best_masker, find_mask
from ecomgen.masking.maskers.lite import CANVAS, enlarged, hypotheses, networks
from ecomgen.masking.network.inference import Looker, Looks, load
from ecomgen.masking.network.mask_upsampling import follow_edges
from ecomgen.masking.refinement import smaller
from ecomgen.masking.signs import iou
from ecomgen.masking.threads import one_for_numpy, one_for_torch
from ecomgen.types import Box, MaskRequest, Pixels

NAME = "ecomgen-cutout"
MUG = """
    0000000000000000
    0000011110000000
    0004899998400000
    0006999999730000
    0006999999867100
    0006999999502400
    0006999999500600
    0006999999501500
    0006999999504300
    0006999999876000
    0005999999730000
    0005999999400000
    0003999999200000
    0000699996000000
    0000012210000000
    0000000000000000
"""


def opened(path: Path) -> Pixels:
    return np.asarray(Image.open(path).convert("RGB"))


def truth_of(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path)) > 127


def two_mugs() -> tuple[Pixels, list[np.ndarray]]:
    """The sample mug twice, side by side, and the truth of each."""
    sample = samples.get("mug")
    photo, truth = opened(sample.photos[0]), truth_of(sample.mattes[0])
    nothing = np.zeros_like(truth)
    return np.hstack([photo, photo]), [np.hstack([truth, nothing]), np.hstack([nothing, truth])]


def box_of(mask: np.ndarray) -> Box:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def test_the_weights_ship_whole() -> None:
    entry = models.entry(NAME)
    assert entry.sha256 and entry.licence == "Apache-2.0"
    assert models.verify(NAME).sha256 == entry.sha256
    assert models.locate(NAME).stat().st_size <= 20_000_000
    assert sum(value.numel() for value in load(NAME).parameters()) <= 5_000_000


def test_auto_takes_it_where_nothing_better_is() -> None:
    photo = photo_of(opened(samples.get("mug").photos[0]))
    name, why = best_masker(photo)
    assert name == "lite" and "sam-vit-b" in why


def test_damaged_weights_are_refused(home: Path) -> None:
    folder = home / "weights"
    folder.mkdir()
    whole = models.locate(NAME).read_bytes()
    (folder / models.locate(NAME).name).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(WeightsCorrupt, match="checksum"):
        find_mask(photo_of(opened(samples.get("mug").photos[0])), MaskRequest(masker="lite"))


@pytest.mark.parametrize("sample", samples.every(), ids=lambda sample: sample.name)
def test_it_finds_the_samples(sample: samples.Sample) -> None:
    ious = []
    for photo, matte in zip(sample.photos[:2], sample.mattes, strict=False):
        mask = find_mask(photo_of(opened(photo)), MaskRequest(masker="lite"))
        assert 1 <= len(mask.candidates) <= 5 and 0 <= mask.confidence <= 1
        assert mask.models[0].id == NAME
        ious.append(iou(mask.pixels, truth_of(matte)))
    assert np.mean(ious) > 0.85


def test_a_box_says_which_of_two() -> None:
    photo, truths = two_mugs()
    for truth in truths:
        mask = find_mask(photo_of(photo), MaskRequest(masker="lite", box=box_of(truth)))
        assert iou(mask.pixels, truth) > 0.85


@pytest.mark.parametrize("name", ["mug", "bottle"])
def test_a_box_drawn_too_tight_cuts_nothing_off(name: str) -> None:
    sample = samples.get(name)
    photo, truth = photo_of(opened(sample.photos[0])), truth_of(sample.mattes[0])
    exact = box_of(truth)
    for side in range(4):
        tight = list(exact)
        tight[side] += round((0.09 if side < 2 else -0.09) * (exact.width, exact.height)[side % 2])
        mask = find_mask(photo, MaskRequest(masker="lite", box=Box(*tight)))
        assert iou(mask.pixels, truth) > 0.97


def test_the_same_weights_give_the_same_mask() -> None:
    """The coarse answer for a sample photo, in 16x16 cells from 0 to 9; only rounding may differ between machines."""
    photo = opened(samples.get("mug").photos[0])
    small = smaller(photo, 384)
    soft = hypotheses(
        small,
        networks(),
        box_of(cv2.resize(truth_of(samples.get("mug").mattes[0]).astype(np.uint8), small.shape[1::-1]) > 0),
    )[0].soft
    cells = cv2.resize(soft, (16, 16), interpolation=cv2.INTER_AREA) * 9
    known = np.array([[int(cell) for cell in row] for row in MUG.split()])
    assert np.abs(cells - known).max() < 0.7


def test_nearly_the_same_box_is_looked_at_once() -> None:
    photo = smaller(opened(samples.get("mug").photos[0]), 384)
    box, shifted, other = Box(100, 100, 300, 300), Box(102, 100, 301, 300), Box(150, 100, 300, 300)
    with ThreadPoolExecutor(2) as pool:
        looks = Looks(Looker(load(NAME), photo), pool)
        first = looks.near(box)
        assert looks.near(shifted) is first
        assert looks.near(other) is not first and looks.near(box, told=False) is not first


def test_torch_has_one_thread_until_the_last_look_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = torch.get_num_threads()
    monkeypatch.setattr(models, "threads", lambda: 3)
    with one_for_torch:
        with one_for_torch:
            pass
        assert torch.get_num_threads() == 1, "another look goes on"
    assert torch.get_num_threads() == 3
    torch.set_num_threads(usual)


def test_numpy_gets_its_threads_back() -> None:
    """Also where two masks are looked for at once, and the first is found while the second is not."""
    usual = blas_threads()
    one_for_numpy.__enter__()
    with one_for_numpy:
        assert set(blas_threads()) == {1}
    assert set(blas_threads()) == {1}
    one_for_numpy.__exit__()
    assert blas_threads() == usual


def blas_threads() -> list[int]:
    return [library["num_threads"] for library in threadpoolctl.threadpool_info() if library["user_api"] == "blas"]


@pytest.mark.parametrize("shade", [40, 128, 250])
def test_a_photo_of_nothing_has_no_product(shade: int) -> None:
    with pytest.raises(NoProduct, match="--box"):
        find_mask(photo_of(np.full((200, 300, 3), shade, np.uint8)), MaskRequest(masker="lite"))


def test_edges_follow_the_colours_but_never_lose_a_piece() -> None:
    """A soft disc that is a little off is moved to the true one; a second, unlike piece stays as the network says."""
    rows, columns = np.indices((300, 400))
    disc, bar = np.hypot(columns - 150, rows - 150) < 80, (abs(rows - 150) < 20) & (columns > 220) & (columns < 340)
    photo = np.where((disc | bar)[..., None], np.uint8([200, 40, 40]), np.uint8([90, 120, 90]))
    photo[bar] = (95, 125, 95)
    loose = np.hypot(columns - 153, rows - 148) < 84
    soft = cv2.GaussianBlur((loose | bar).astype(np.float32), (0, 0), 4)
    found = follow_edges(np.ascontiguousarray(photo), cv2.resize(soft, (200, 150)))
    assert iou(found & (columns < 225), disc) > 0.97
    assert iou(found & (columns > 235), bar & (columns > 235)) > 0.8


@pytest.mark.parametrize("sample", samples.every(), ids=lambda each: each.name)
def test_a_coarse_answer_gains_edges_by_an_enlarged_look(sample: samples.Sample) -> None:
    photo = smaller(opened(sample.photos[0]), CANVAS)
    whole = (truth_of(sample.mattes[0]) * np.uint8(255)).astype(np.uint8)
    truth = cv2.resize(whole, photo.shape[1::-1], interpolation=cv2.INTER_AREA) > 127
    blotch = cv2.resize(truth.astype(np.float32), (32, 32), interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(blotch, photo.shape[1::-1]).astype(np.float32)
    assert iou(enlarged(photo, NAME, coarse, None) > 0.5, truth) > iou(coarse > 0.5, truth) + 0.005


def test_an_answer_stays_where_an_enlarged_look_sees_nothing() -> None:
    photo, faint = np.full((200, 300, 3), 128, np.uint8), np.zeros((200, 300), np.float32)
    faint[80:120, 100:140] = 0.55
    assert enlarged(photo, NAME, faint, None) is faint
