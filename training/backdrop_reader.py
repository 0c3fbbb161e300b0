"""Trains the network that reads backdrops: `python -m training.backdrop_reader --renders FOLDER --out RUN`.

Its samples are the renders of `training.backdrops`, as they are, cut to other shapes and seen by cameras that are
turned, with what a camera does to them. What the frozen encoder sees of them is kept beside the renders. Without
`--export` it is trained on all kinds of sets but some, in turns, and tells how well it reads those; with it, on all.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

from ecomgen.scenes.studio.estimation import backdrop_edges
from ecomgen.scenes.studio.estimation.backdrop_network import HORIZONS, RULE, BackdropNetwork, cues, likely, seen
from ecomgen.scenes.studio.estimation.backdrop_photo import FOCAL
from ecomgen.scenes.studio.estimation.backdrop_slants import slants
from training.backdrops import FOOT, SIDE
from training.cutout import Average
from training.data import degraded

EACH = 3  # altered copies of every render
TILTED, TRIES, FLATTEST = 0.5, 12, 0.03  # of them: seen by a camera that is turned; draws of how; its least sine
COVERED = 0.3  # of them: by something large before the place
LENS_UNKNOWN = 0.3  # of the altered copies
NEARLY = 0.035  # of the height: how far beside the truth an answer is still nearly right
SIDE_COUNTS = 0.5  # beside the horizon, in the loss
BATCH, RATE, DECAY = 48, 2e-3, 0.05
FOLDS, CLOSE = 4, 3.0  # turns; degrees


@dataclass(frozen=True, kw_only=True)
class Samples:
    """What the network is told and is to answer, a row a sample; `rule` is the horizon by rule."""

    seen: Tensor
    cues: Tensor
    slants: Tensor
    horizon: Tensor
    focal: Tensor
    side: Tensor
    rule: Tensor
    altered: Tensor
    kind: list[str]

    def batch(self, rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.seen[rows].float(), self.cues[rows], self.slants[rows].float()


def altered(one: dict[str, Any], rng: Generator) -> dict[str, Any]:
    """Cut to another shape or seen by a turned camera, mirrored by chance, and photographed."""
    tilted = next((found for found in (turned(one, rng) for _ in range(TRIES)) if found), None)
    made = tilted if tilted is not None and rng.random() < TILTED else cut(one, rng)
    aspect = made.pop("aspect")
    pixels, mirrored = degraded(made["pixels"], rng), rng.random() < 0.5
    known = made["focal"] if rng.random() > LENS_UNKNOWN else FOCAL * max(aspect, 1.0)
    return (
        one
        | made
        | {
            "pixels": pixels[:, ::-1].copy() if mirrored else pixels,
            "known": known,
            "side": -one["side"] if mirrored else one["side"],
            "altered": True,
        }
    )


def cut(one: dict[str, Any], rng: Generator) -> dict[str, Any]:
    """A part of the picture, of another shape."""
    aspect = float(np.exp(rng.uniform(np.log(0.7), np.log(1.5))))
    scale = rng.uniform(0.72, 1)
    wide, high = scale * min(aspect, 1), scale * min(1 / aspect, 1)
    x0, y1 = rng.uniform(0, 1 - wide), rng.uniform(max(high, 0.85), 1)
    y0 = y1 - high
    part = one["pixels"][int(y0 * SIDE) : round(y1 * SIDE), int(x0 * SIDE) : round((x0 + wide) * SIDE)]
    pixels = np.asarray(cv2.resize(part, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR), np.uint8)
    return {"pixels": pixels, "horizon": (one["horizon"] - y0) / high, "focal": one["focal"] / high, "aspect": aspect}


def turned(one: dict[str, Any], rng: Generator) -> dict[str, Any] | None:
    """A part of the picture as a camera at the same place sees it that looks there; None where it sees beyond it.

    A camera that turns about its lens sees the same rays: its picture is a homography of the other.
    """
    focal, aspect = one["focal"], float(np.exp(rng.uniform(np.log(0.7), np.log(1.5))))
    tilt = np.arcsin((FOOT - one["horizon"]) / focal) - np.arctan((FOOT - 0.5) / focal)
    level = one["kind"] != "place"
    axis, pitch = (one["horizon"], 0.0) if level else (0.5, tilt)
    longer = focal / rng.uniform(0.66, 0.98) * max(aspect, 1.0)
    aim = np.array([rng.uniform(0.4, 0.6) - 0.5, axis - rng.uniform(0.45, 0.68), focal])
    yaw, down = np.arctan2(aim[0], focal), pitch - np.arctan2(aim[1], np.hypot(aim[0], focal))
    seen_by = _rotation(yaw, down, np.radians(rng.normal(0, 1.5)))
    to_ray = np.array([[aspect / longer, 0, -0.5 * aspect / longer], [0, -1 / longer, 0.5 / longer], [0, 0, 1]])
    to_share = np.array([[focal, 0, 0.5], [0, -focal, axis], [0, 0, 1]])
    mapped = to_share @ _rotation(0, pitch, 0).T @ seen_by @ to_ray
    corners = mapped @ np.array([[0, 1, 0, 1], [0, 0, 1, 1], [1, 1, 1, 1.0]])
    ray = seen_by @ to_ray @ np.array([0.5, FOOT, 1])
    steep = -ray[1] / np.linalg.norm(ray)
    if min(corners[2]) <= 0 or abs(corners[:2] / corners[2] - 0.5).max() > 0.52 or steep < FLATTEST:
        return None
    pixel = np.diag([SIDE, SIDE, 1.0])
    pixels = cv2.warpPerspective(
        one["pixels"],
        pixel @ mapped @ np.linalg.inv(pixel),
        (SIDE, SIDE),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REFLECT,
    )
    horizon = FOOT - longer * float(steep)
    return {"pixels": np.asarray(pixels, np.uint8), "horizon": horizon, "focal": longer, "aspect": aspect}


def _rotation(yaw: float, down: float, roll: float) -> NDArray[np.float64]:
    """From a camera's x to the right, y up and z ahead to those of a level one, in radians."""
    (a, b, c), (d, e, f) = (wave([yaw, down, roll]) for wave in (np.cos, np.sin))
    around, over = np.array([[a, 0, d], [0, 1, 0], [-d, 0, a]]), np.array([[1, 0, 0], [0, b, -e], [0, e, b]])
    return around @ over @ np.array([[c, -f, 0], [f, c, 0], [0, 0, 1]])


def covered(pixels: NDArray[np.uint8], texture: NDArray[np.uint8], rng: Generator) -> NDArray[np.uint8]:
    """The place behind a large round thing that has another picture's pixels and a shading of its own."""
    high, wide = pixels.shape[:2]
    texture = np.roll(texture[:, :: rng.choice([-1, 1])], int(rng.integers(high)), 0)
    middle, foot = rng.uniform(0.3, 0.7), rng.uniform(0.8, 1.1)
    half_wide, half_high = rng.uniform(0.12, 0.4), rng.uniform(0.15, 0.45)
    around = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    power, x, y = rng.uniform(2, 5), np.cos(around), np.sin(around)
    reach = (abs(x) ** power + abs(y) ** power) ** (-1 / power)
    for wave in range(2, 6):
        reach *= 1 + rng.normal(0, 0.18 / wave) * np.cos(wave * around + rng.uniform(0, 2 * np.pi))
    outline = np.stack([(middle + half_wide * reach * x) * wide, (foot + half_high * (reach * y - 1)) * high], 1)
    mask = cv2.fillPoly(np.zeros((high, wide), np.float32), [outline.astype(np.int32)], 1.0)
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.6, 1.5))[..., None]
    shading = (1 + rng.normal(0, 0.25) * np.linspace(-1, 1, wide)[None, :, None]) * rng.uniform(0.6, 1.4)
    return np.clip(pixels * (1 - mask) + np.clip(texture * shading, 0, 255) * mask, 0, 255).astype(np.uint8)


def told(one: dict[str, Any]) -> dict[str, Any]:
    """What the network is told of a sample, beside the truth."""
    lines = cues(one["pixels"], one["known"])
    truth = {name: one[name] for name in ("horizon", "focal", "side", "altered", "kind")}
    looked = {"seen": seen(one["pixels"]).half(), "slants": slants(one["pixels"]).half()}
    return truth | looked | {"cues": lines, "rule": float(lines[RULE, 0])}


def looked_at(file: Path) -> list[dict[str, Any]]:
    """The samples of a shard of renders, from beside it where they were looked at before."""
    kept = file.with_suffix(".pt")
    if kept.exists():
        return torch.load(kept, weights_only=False)
    stored, rng = np.load(file), np.random.default_rng(int(file.stem[-4:]))
    samples = []
    for row in range(len(stored["pixels"])):
        one = {name: stored[name][row] if name == "pixels" else stored[name][row].item() for name in stored.files}
        one |= {"known": one["focal"], "altered": False}
        samples.append(told(one))
        for copy in (altered(one, rng) for _ in range(EACH)):
            if rng.random() < COVERED:
                copy["pixels"] = covered(copy["pixels"], stored["pixels"][rng.integers(len(stored["pixels"]))], rng)
            samples.append(told(copy))
    torch.save(samples, kept)
    return samples


def gathered(folder: Path) -> Samples:
    """All that there is in a folder."""
    rows = [row for file in sorted(folder.glob("shard-*.npz")) for row in looked_at(file)]
    columns: dict[str, Any] = {one.name: [row[one.name] for row in rows] for one in fields(Samples)}
    kind = columns.pop("kind")
    stacked = {
        name: torch.stack(values) if isinstance(values[0], Tensor) else torch.tensor(values, dtype=torch.float32)
        for name, values in columns.items()
    }
    return Samples(kind=kind, **stacked)


def train(samples: Samples, rows: Tensor, *, epochs: int, seed: int = 0) -> BackdropNetwork:
    """The network with its averaged weights."""
    torch.manual_seed(seed)
    network = BackdropNetwork()
    average = Average(network, 0.99)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * (len(rows) // BATCH)
    for step in range(steps):
        share = step / steps
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, 0.05 + share / 0.05) * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * share)))
        chosen = rows[torch.randint(len(rows), (BATCH,))]
        loss = loss_of(network.train()(*samples.batch(chosen)), samples.horizon[chosen], samples.side[chosen])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        average.update(network, step + 1)
    averaged = BackdropNetwork().eval()
    averaged.load_state_dict(average.state)
    return averaged


def loss_of(answers: tuple[Tensor, Tensor], horizon: Tensor, side: Tensor) -> Tensor:
    """Cross-entropy with horizons that are nearly right, and with the side."""
    away = torch.from_numpy(HORIZONS).float()[None] - horizon[:, None]
    near = torch.softmax(-0.5 * (away / NEARLY) ** 2, 1)
    wrong = -(near * functional.log_softmax(answers[0], 1)).sum(1).mean()
    return wrong + SIDE_COUNTS * functional.cross_entropy(answers[1], (side + 1).long())


def held_out_kinds(samples: Samples, epochs: int) -> None:
    """Prints how well sets of kinds are read that were not learnt from, and how well by rule."""
    kinds = np.array(samples.kind)
    names = np.random.default_rng(1).permutation(sorted(set(kinds) - {"place"}))
    parts = []
    for fold in range(FOLDS):
        out = np.isin(kinds, names[fold::FOLDS])
        network = train(samples, torch.from_numpy(np.flatnonzero(~out)), epochs=epochs)
        rows = torch.from_numpy(np.flatnonzero(out & ~samples.altered.bool().numpy()))
        parts.append(_compared(network, samples, rows))
    network_off, rule_off, side, truth = (np.concatenate(column) for column in zip(*parts, strict=True))
    for name, off in (("network", network_off), ("rule", rule_off)):
        print(f"{name}: {(off <= CLOSE).mean():.3f} within {CLOSE} degrees, median {np.median(off):.1f}")
    for least in (0.8, 0.9, 0.95, 0.98):
        sure = (abs(side) > least) & (truth != 0)
        print(f"side, {least}: {sure.sum()} of {(truth != 0).sum()}, right {(np.sign(side) == truth)[sure].mean():.3f}")


@torch.inference_mode()
def _compared(network: BackdropNetwork, samples: Samples, rows: Tensor) -> list[NDArray[Any]]:
    """How far off, in degrees, network and rule are where a product stands; the side that is read, and the true one."""
    horizon, side = network(*samples.batch(rows))
    focal, truth, rule = (part[rows].numpy() for part in (samples.focal, samples.horizon, samples.rule))
    chances = torch.softmax(horizon, 1).double().numpy()
    edges = np.where(abs(rule - FOOT + focal * np.sin(np.radians(backdrop_edges.USUAL))) > 1e-4, rule, np.nan)
    told_by = [None if np.isnan(edge) else float(edge) for edge in edges]
    read = np.array([likely(*one).horizon for one in zip(chances, focal, told_by, strict=True)])
    exact, *found = (np.degrees(np.arcsin(np.clip((FOOT - row) / focal, -1, 1))) for row in (truth, read, rule))
    sides = torch.softmax(side, 1)
    return [*(abs(one - exact) for one in found), (sides[:, 2] - sides[:, 0]).numpy(), samples.side[rows].numpy()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--renders", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--export", type=Path, help="train on all kinds and write the weights here")
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    samples = gathered(options.renders)
    if not options.export:
        held_out_kinds(samples, options.epochs)
        return
    network = train(samples, torch.arange(len(samples.kind)), epochs=options.epochs)
    save_file({name: value.half().contiguous() for name, value in network.state_dict().items()}, options.export)


if __name__ == "__main__":
    main()
