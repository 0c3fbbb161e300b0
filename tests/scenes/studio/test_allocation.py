"""Which part of a picture gets how many samples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ecomgen.scenes.studio.rendering.allocation import FALL, Tiles, allocated, even
from ecomgen.scenes.studio.stage.frame import Frame, frame_for
from ecomgen.types import Box

STEPS = (0.25, 0.5, 1.0, 2.0)


def frame(width: int, height: int) -> Frame:
    box = Box(width // 3, height // 4, 2 * width // 3, 3 * height // 4)
    return frame_for(width, height, box, 0.75 * height, elevation=10)


@given(st.integers(16, 900), st.integers(16, 900), st.integers(1, 100_000))
def test_bands_cover_the_picture_once(width: int, height: int, pixels: int) -> None:
    bands = even(frame(width, height), 4, pixels)
    rows = [row for band in bands for row in range(band.box.y0, band.box.y1)]
    assert rows == list(range(height))
    assert all((band.box.x0, band.box.x1, band.samples) == (0, width, 4) for band in bands)
    assert max(band.box.height for band in bands) <= max(1, -(-pixels // width))


@given(st.integers(16, 700), st.integers(16, 700), st.integers(1, 10**6), st.data())
def test_patches_give_every_tile_its_samples(width: int, height: int, samples: int, data: st.DataObject) -> None:
    tiles = Tiles.of(width, height)
    counts = data.draw(arrays(np.intp, tiles.all.shape, elements=st.sampled_from([0, 4, 16])))
    found = np.zeros((height, width), int)
    for patch in tiles.patches(counts, samples):
        assert not found[patch.box.slices].any()  # no pixel is in two patches
        found[patch.box.slices] = patch.samples
    wanted = np.repeat(np.repeat(counts, np.diff(tiles.rows), 0), np.diff(tiles.columns), 1)
    assert np.array_equal(found, wanted)


def test_large_patches_are_cut() -> None:
    tiles = Tiles.of(1024, 1024)
    patches = tiles.patches(np.full(tiles.all.shape, 16), 300_000)
    assert max(patch.box.width * patch.box.height * patch.samples for patch in patches) <= 300_000
    assert len(patches) < 70


@given(arrays(np.float32, (5, 7), elements=st.floats(0, 1, width=32)), st.integers(1, 64))
def test_the_noise_is_that_of_the_target(noise: np.ndarray, samples: int) -> None:
    counts = allocated(noise, samples, STEPS, 0.75)
    left = (noise * counts.astype(float) ** -FALL).mean()
    assert left <= noise.mean(dtype=float) * max(0.75 * samples, 1) ** -FALL * 1.001
    assert set(np.unique(counts)) <= {max(round(step * samples), 1) for step in STEPS}


def test_noisy_tiles_get_more_and_the_whole_less() -> None:
    noise = np.geomspace(1e-6, 1e-2, 64).reshape(8, 8)
    counts = allocated(noise, 16, STEPS, 0.75)
    assert (np.diff(counts.ravel()) >= 0).all()
    assert counts[0, 0] == 4
    assert counts[-1, -1] == 32
    assert counts.mean() < 10


def test_even_noise_gets_even_samples() -> None:
    assert (allocated(np.ones((4, 4)), 16, STEPS, 1.0) == 16).all()


def test_a_calm_picture_gets_the_fewest() -> None:
    assert (allocated(np.zeros((4, 4)), 16, STEPS, 0.75) == 4).all()


def test_tiles_near_what_is_seen_are_seen() -> None:
    tiles, mask = Tiles.of(512, 512), np.zeros((512, 512), bool)
    mask[110, 95] = True
    assert np.argwhere(tiles.seen(mask)).tolist() == [[3, 2], [3, 3]]


@pytest.mark.parametrize("scale", [1, 4])
def test_noise_is_where_two_pictures_differ(scale: int) -> None:
    tiles, one = Tiles.of(256, 128), np.zeros((128 // scale, 256 // scale, 3), np.float32)
    other = one.copy()
    other[: 16 // scale, -16 // scale :] = 0.5
    noise = tiles.noise([one, other])
    assert noise.shape == (8, 16)
    assert np.argwhere(noise > 0).tolist() == [[0, 15]]
    assert noise[0, 15] == pytest.approx(0.25)
