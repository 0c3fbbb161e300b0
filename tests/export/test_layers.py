"""A picture in layers is the picture again when the layers are laid over each other."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ecomgen.export.layers import Layers, encode_psd, take_apart

SIDE = 160


def product() -> np.ndarray:
    """A red square with a soft edge."""
    import cv2

    alpha = np.zeros((SIDE, SIDE), np.float32)
    alpha[50:110, 60:100] = 255
    soft = cv2.GaussianBlur(alpha, (0, 0), 1.2).astype(np.uint8)
    return np.dstack([np.full((SIDE, SIDE, 3), (190, 40, 30), np.uint8), soft])


def shadow() -> np.ndarray:
    """How much light it takes, HxW: most at its foot, to the right."""
    import cv2

    dark = np.zeros((SIDE, SIDE), np.float32)
    cv2.ellipse(dark, (95, 110), (34, 9), 0, 0, 360, 0.5, -1)
    return cv2.GaussianBlur(dark, (0, 0), 4)


def ground(*, plain: bool) -> np.ndarray:
    if plain:
        return np.full((SIDE, SIDE, 3), 255, np.uint8)
    rows = np.linspace(90, 200, SIDE)[:, None, None] * np.array([1.0, 0.9, 0.7])
    return np.broadcast_to(rows, (SIDE, SIDE, 3)).astype(np.uint8)


def finished(below: np.ndarray) -> np.ndarray:
    lit = below * (1 - shadow())[..., None]
    alpha = product()[..., 3:].astype(np.float32) / 255
    return np.round(product()[..., :3] * alpha + lit * (1 - alpha)).astype(np.uint8)


def laid(layers: Layers) -> np.ndarray:
    shade = layers.shadow[..., None].astype(np.float32) / 255
    alpha = layers.product[..., 3:].astype(np.float32) / 255
    return layers.product[..., :3] * alpha + layers.scene * (1 - shade) * (1 - alpha)


def beside_the_product() -> np.ndarray:
    """Without the rim of the product, on which its soft edge is laid anew."""
    import cv2

    return cv2.dilate((product()[..., 3] > 0).astype(np.uint8), np.ones((5, 5), np.uint8)) == 0


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("exposure", [1.0, 1.08])
def test_scene_shadow_and_product_are_apart_and_make_the_picture(plain: bool, exposure: float) -> None:
    below = ground(plain=plain)
    empty = below if plain else np.clip(below * exposure, 0, 255).astype(np.uint8)
    layers = take_apart(finished(below), product(), empty)
    off = np.abs(laid(layers) - finished(below))
    free = beside_the_product()
    assert off[free].max() <= 6 and off.mean() < 0.5
    assert np.abs(layers.scene.astype(int) - below)[free].mean() < 3
    assert layers.shadow[112, 115] > 60 and layers.shadow[20, 20] < 8
    np.testing.assert_array_equal(layers.product, product())


def textured(seed: int) -> np.ndarray:
    """A table with grain before a lighter wall, lit from one side."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:SIDE, :SIDE] / SIDE
    light = (
        np.where(rows < 0.45, 205 - 30 * rows, 150 + 40 * rows) + 25 * (columns - 0.5) + rng.normal(0, 4, (SIDE, SIDE))
    )
    return np.clip(light[..., None] * np.array([1.0, 0.93, 0.82]), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("seed", range(4))
def test_without_the_empty_scene_the_shadow_is_read_from_the_picture(seed: int) -> None:
    picture = finished(textured(seed))
    layers = take_apart(picture, product(), None)
    free = product()[..., 3] == 0
    assert np.abs(laid(layers) - picture)[free].max() <= 1.5
    found, true = layers.shadow[free] / 255, shadow()[free]
    assert np.corrcoef(found, true)[0, 1] > 0.9 and 0.6 < found.sum() / true.sum() < 1.3
    assert layers.shadow[:40].max() == 0 and layers.shadow[115, 100] > 60


def test_no_shadow_is_made_up() -> None:
    below = textured(0)
    alpha = product()[..., 3:].astype(np.float32) / 255
    bare = np.round(product()[..., :3] * alpha + below * (1 - alpha)).astype(np.uint8)
    assert (take_apart(bare, product(), None).shadow > 20).mean() < 0.003
    everywhere = np.dstack([picture := bare, np.full((SIDE, SIDE), 255, np.uint8)])
    assert not take_apart(picture, everywhere, None).shadow.any()


def test_another_scene_is_not_laid_under_the_picture() -> None:
    below = ground(plain=False)
    layers = take_apart(finished(below), product(), np.ascontiguousarray(below[::-1]))
    assert np.abs(laid(layers) - finished(below))[product()[..., 3] == 0].max() <= 1.5


def test_two_libraries_find_the_layers(tmp_path: Path) -> None:
    psd_tools = pytest.importorskip("psd_tools", reason="needs the extra psd")
    picture = finished(ground(plain=True))
    layers = take_apart(picture, product(), ground(plain=True))
    data = encode_psd(layers, picture)
    with Image.open(io.BytesIO(data)) as opened:
        assert [layer[0] for layer in opened.layers] == ["scene", "shadow", "product"]  # type: ignore[attr-defined]
        assert opened.info["icc_profile"]
        np.testing.assert_array_equal(np.asarray(opened.convert("RGB")), picture)
    document = psd_tools.PSDImage.open(io.BytesIO(data))
    np.testing.assert_array_equal(np.asarray(document[2].topil().convert("RGBA"))[..., 3], product()[..., 3])
    np.testing.assert_array_equal(np.asarray(document[0].topil().convert("RGB")), layers.scene)
    if shutil.which("identify"):
        (tmp_path / "a.psd").write_bytes(data)
        said = subprocess.run(["identify", str(tmp_path / "a.psd")], capture_output=True, text=True, check=True).stdout
        assert said.count("PSD 160x160") == 4  # the merged picture and its layers
