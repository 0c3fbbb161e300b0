"""Trains the network that tells the camera's height: `python -m training.viewpoint --renders FOLDER --out RUN`.

Its samples are renders whose camera is known, framed as the studio frames photos, with what a camera and a rough mask
do to them; on some the product is put before another place, so that its own look has to tell.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from ecomgen.scenes.studio.estimation.camera_network import BINS, CameraNetwork, framed
from training.cutout import Average
from training.data import Renders, Sampler, degraded, shards
from training.followers import begun, command_line
from training.scenes.surfaces import load_bank

BLURRED_LABEL = 3.0  # degrees: how far beside the truth an answer is still nearly right
REPLACED = 0.3  # of the samples show another place round the product
SMALLEST = 20  # pixels of the product's larger side, below which nothing can be told


class Views:
    """Renders with the elevation of their camera, and samples of them."""

    def __init__(self, folder: Path, *, validation: bool, seed: int) -> None:
        self.renders = Renders(folder, validation=validation)
        self.sampler = Sampler(self.renders, load_bank(folder / "bank.npz"), seed)
        self.rng = self.sampler.rng
        self.elevations = np.concatenate([_stored(path) for path in shards(folder, validation=validation)])
        self.usable = [number for number, mask in enumerate(self.renders.masks) if _large(mask)]

    def sample(self, number: int, *, augment: bool) -> tuple[NDArray[np.float32], float]:
        """One input 5xSIDExSIDE and its elevation in degrees."""
        picture, mask = self.renders.pictures[number], self.renders.masks[number].astype(np.float32) / 255
        if not augment:
            return framed(picture, mask), float(self.elevations[number])
        if self.rng.random() < REPLACED:
            plate = self.sampler.plate(len(mask)).astype(np.float32)
            picture = (plate * (1 - mask[..., None]) + picture * mask[..., None]).astype(np.uint8)
        picture, mask = self._moved(degraded(picture, self.rng), mask)
        if not _large((255 * mask).astype(np.uint8)):
            return self.sample(number, augment=False)
        return framed(picture, mask), float(self.elevations[number])

    def _moved(self, picture: Any, mask: Any) -> tuple[Any, Any]:
        """Turned and flipped a little, cut by a new frame, its mask a little too large, too small or too smooth."""
        rng, side = self.rng, len(mask)
        turn = cv2.getRotationMatrix2D((side / 2, side / 2), float(rng.normal(0, 3)), float(rng.uniform(0.85, 1.1)))
        picture = cv2.warpAffine(picture, turn, (side, side), borderMode=cv2.BORDER_REPLICATE)
        mask = cv2.warpAffine(mask, turn, (side, side))
        if rng.random() < 0.5:
            picture, mask = picture[:, ::-1].copy(), mask[:, ::-1].copy()
        if rng.random() < 0.5:
            kernel = np.ones((3, 3), np.uint8)
            mask = cv2.dilate(mask, kernel) if rng.random() < 0.5 else cv2.erode(mask, kernel)
        return picture, mask

    def batch(self, count: int) -> tuple[Tensor, Tensor]:
        drawn = [self.sample(int(self.rng.choice(self.usable)), augment=True) for _ in range(count)]
        return _pair(drawn)

    def whole(self) -> tuple[Tensor, Tensor]:
        """All that can be used, as they are."""
        return _pair([self.sample(number, augment=False) for number in self.usable])


def _pair(drawn: list[tuple[NDArray[np.float32], float]]) -> tuple[Tensor, Tensor]:
    return torch.from_numpy(np.stack([one for one, _ in drawn])), torch.tensor([angle for _, angle in drawn])


def _stored(path: Path) -> NDArray[np.float32]:
    with np.load(path) as stored:
        return stored["elevations"]


def _large(mask: NDArray[Any]) -> bool:
    rows, columns = np.nonzero(mask > 127)
    return len(rows) > 0 and bool(max(np.ptp(rows), np.ptp(columns)) >= SMALLEST)


def loss_of(logits: Tensor, angles: Tensor) -> Tensor:
    """Cross-entropy with a label that is spread over the neighbours."""
    near = torch.exp(-0.5 * ((torch.from_numpy(BINS).float()[None] - angles[:, None]) / BLURRED_LABEL) ** 2)
    return -(near / near.sum(1, keepdim=True) * functional.log_softmax(logits, 1)).sum(1).mean()


def errors(network: CameraNetwork, seen: Tensor, angles: Tensor) -> dict[str, float]:
    """Mean absolute error in degrees by how high the camera was, and over all below 50."""
    with torch.inference_mode():
        shares = torch.softmax(torch.cat([network(part) for part in seen.split(128)]), 1)
    found = shares @ torch.from_numpy(BINS).float()
    wrong = (found - angles).abs()
    ranges = {"0-50": (0, 50), "0-10": (0, 10), "10-20": (10, 20), "20-35": (20, 35), "35-50": (35, 50)}
    return {name: round(float(wrong[(angles >= a) & (angles < b)].mean()), 2) for name, (a, b) in ranges.items()}


def train(folder: Path, out: Path, *, minutes: float, eyes: Path, batch: int = 32, rate: float = 1e-3) -> None:
    """One run of `minutes`; writes `checkpoint.pt` with the averaged weights."""
    torch.manual_seed(0)
    views, held = Views(folder, validation=False, seed=1), Views(folder, validation=True, seed=2).whole()
    network = begun(CameraNetwork(), eyes)
    average = Average(network, 0.995)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.05)
    start, step, told = time.monotonic(), 0, 0.0
    while (share := (time.monotonic() - start) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, 0.05 + share / 0.03) * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * share)))
        seen, angles = views.batch(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network.train()(seen)
        loss = loss_of(logits.float(), angles)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        step += 1
        average.update(network, step)
        if share - told > 0.1:
            told = share
            averaged = CameraNetwork().eval()
            averaged.load_state_dict(average.state)
            print(round(share, 2), step, round(float(loss.detach()), 3), errors(averaged, *held), flush=True)
            torch.save(average.state, out / "checkpoint.pt")
    torch.save(average.state, out / "checkpoint.pt")


def main() -> None:
    about = "Trains the network that tells the camera's height."
    command_line(train, about=about, source="renders", eyes="ecomgen-cutout.safetensors", minutes=20.0)


if __name__ == "__main__":
    main()
