"""A real small VAE (TAESD for Stable Diffusion 1.5): photographs go through it and back, and previews show them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from conftest import SHARED
from PIL import Image
from safetensors.torch import load_file

from ecomgen.scenes.diffusion.preview import look_through

pytestmark = pytest.mark.shared
PARTS = ("encoder", "decoder")
PHOTOS = ("teapot/00.jpg", "backpack/02.jpg", "can/00.jpg")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published files, in diffusers format. A clamp heads the original decoder, so its layers count from one."""
    import diffusers

    vae = diffusers.AutoencoderTiny()
    encoder, decoder = (load_file(SHARED / "weights" / f"taesd_sd15_{part}.safetensors") for part in PARTS)
    tensors = {f"encoder.layers.{name}": value for name, value in encoder.items()}
    for name, value in decoder.items():
        number, _, rest = name.partition(".")
        tensors[f"decoder.layers.{int(number) - 1}.{rest}"] = value
    vae.load_state_dict(tensors)
    folder = tmp_path_factory.mktemp("taesd")
    vae.save_pretrained(folder)
    return folder


class Encoder:
    """TAESD under the interface of the VAE that it imitates: its latents are that one's, already scaled."""

    def __init__(self, folder: Path) -> None:
        import diffusers

        self._tiny: Any = diffusers.AutoencoderTiny.from_pretrained(folder)
        self.device, self.dtype = torch.device("cpu"), torch.float32
        self.config = SimpleNamespace(scaling_factor=1.0, shift_factor=None)

    def encode(self, picture: torch.Tensor) -> Any:
        with torch.inference_mode():
            latents = self._tiny.encode(picture).latents
        return SimpleNamespace(latent_dist=SimpleNamespace(mode=lambda: latents))


@pytest.fixture(scope="module")
def pipe(small: Path) -> Any:
    return SimpleNamespace(vae=Encoder(small))


def photographs() -> Iterator[np.ndarray]:
    for name in PHOTOS:
        with Image.open(SHARED / "photos" / name) as photo:
            yield np.asarray(photo.convert("RGB").resize((256, 256), Image.Resampling.LANCZOS))


def latents_of(pipe: Any, pixels: np.ndarray) -> torch.Tensor:
    picture = torch.from_numpy(pixels.astype(np.float32) / 127.5 - 1).permute(2, 0, 1)[None]
    return pipe.vae.encode(picture).latent_dist.mode()[0]


def test_a_photograph_comes_back(pipe: Any, small: Path) -> None:
    look = look_through(pipe, small)
    for photo in photographs():
        with torch.inference_mode():
            again = look(latents_of(pipe, photo))
        error = ((photo.astype(float) - again) ** 2).mean()
        assert 10 * np.log10(255**2 / error) > 22  # decibels


def test_without_it_the_colours_are_right_all_the_same(pipe: Any) -> None:
    look = look_through(pipe, None)
    for photo in photographs():
        rough = look(latents_of(pipe, photo))
        cells = np.asarray(Image.fromarray(photo).reduce(8), float)
        assert rough.shape == (32, 32, 3)
        assert np.abs(rough - cells).mean() < 25
        assert np.corrcoef(rough.ravel(), cells.ravel())[0, 1] > 0.8
