"""A look at unfinished latents: through a small VAE (TAESD) where there is one, otherwise by a linear map.

Latents are nearly linear in colour, one cell for 8x8 pixels. The map is not a table for one family of checkpoints: it
is fitted once to the checkpoint's own VAE, by least squares on a picture of coloured patches.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ecomgen.scenes.diffusion.regions import CELL
from ecomgen.types import Pixels

_CELLS = 24  # a side, of the picture that the linear map is fitted to
Look = Callable[[Any], "Pixels"]  # of latents, CxHxW as the sampler has them: HxWx3


def look_through(pipe: Any, small: Path | None) -> Look:
    """How to look at this pipeline's latents. Call it with the pipeline's lock held."""
    if small is None:
        return _linear(pipe.vae)
    from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny

    vae: Any = AutoencoderTiny.from_pretrained(small, local_files_only=True)
    vae.to(pipe.vae.device, pipe.vae.dtype)
    return lambda latents: _to_pixels(vae.decode(latents[None].to(vae.device, vae.dtype)).sample[0] / 2 + 0.5)


def _linear(vae: Any) -> Look:
    """An affine map from a latent cell to its mean colour."""
    import torch

    factors = _fitted(vae)

    def look(latents: Any) -> Pixels:
        channels = latents.float().cpu()
        ones = torch.ones_like(channels[:1])
        return _to_pixels(torch.einsum("chw,cd->dhw", torch.cat([channels, ones]), factors))

    return look


def _fitted(vae: Any) -> Any:
    """(C+1)x3: from a latent cell, as the sampler scales it, and a constant to RGB in [0, 1]."""
    import torch

    colours = _patches()
    vae = _twin(vae) if hasattr(vae, "_hf_hook") else vae
    with torch.inference_mode():
        picture = torch.from_numpy(colours.repeat(CELL, 0).repeat(CELL, 1)).permute(2, 0, 1)[None]
        encoded = (
            vae.encode((picture * 2 - 1).to(vae.device, vae.dtype)).latent_dist.mode()[0].float().cpu().nan_to_num()
        )
        scaled = (encoded - (vae.config.shift_factor or 0.0)) * vae.config.scaling_factor
        rows = scaled.flatten(1).T
        known = torch.from_numpy(colours).reshape(-1, 3)
        if rows.shape[0] != known.shape[0]:  # a VAE of another grain: take its own
            grain = torch.from_numpy(colours).permute(2, 0, 1)[None]
            known = torch.nn.functional.interpolate(grain, scaled.shape[1:], mode="area")[0].flatten(1).T
        design = torch.cat([rows, torch.ones(len(rows), 1)], dim=1).double()
        return torch.linalg.lstsq(design, known.double()).solution.float()


def _twin(vae: Any) -> Any:
    """The same VAE in the machine's memory: one that comes for its work only would push the network at work off."""
    import torch

    with torch.device("meta"):
        twin = type(vae).from_config(vae.config)
    state = {name: value.detach().to("cpu", torch.float32) for name, value in vae.state_dict().items()}
    twin.load_state_dict(state, assign=True)
    return twin.eval()


def _patches() -> np.ndarray[Any, np.dtype[np.float32]]:
    """Cells a side x cells x 3 in [0, 1]: patches of four by four cells, each of some colour."""
    colours = np.random.default_rng(0).random((_CELLS // 4, _CELLS // 4, 3)).astype(np.float32)
    return colours.repeat(4, 0).repeat(4, 1)


def _to_pixels(picture: Any) -> Pixels:
    """3xHxW in [0, 1], or a little beyond, as HxWx3."""
    return (picture.detach().float().cpu().clamp(0, 1) * 255).round().byte().permute(1, 2, 0).numpy()
