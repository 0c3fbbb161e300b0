"""What the networks that begin with another's eyes have in common: how they begin, are written out and are started."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import cv2
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

Network = TypeVar("Network", bound=nn.Module)


def begun(network: Network, eyes: Path) -> Network:
    """With the encoder of a network that has learnt to see products, or, of an earlier one of its kind, all of it."""
    own = {name: value.shape for name, value in network.state_dict().items()}
    known = {name: value.float() for name, value in load_file(eyes).items() if name in own}
    kin = all(value.shape == own[name] for name, value in known.items())
    kept = {name: value for name, value in known.items() if kin or not name.startswith("head.")}
    network.load_state_dict(kept, strict=False)
    return network


def export(checkpoint: Path, file: Path) -> None:
    """The averaged weights in half precision, as safetensors."""
    average = torch.load(checkpoint, weights_only=True)
    save_file({name: _half(value) for name, value in average.items()}, file)


def _half(value: Tensor) -> Tensor:
    return value.half().contiguous() if value.is_floating_point() else value


def command_line(train: Callable[..., None], *, about: str, source: str, eyes: str, minutes: float) -> None:
    """Train on the folder that `--SOURCE` names, or with `--export` write what was learnt."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument(f"--{source}", dest="source", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=minutes)
    parser.add_argument("--eyes", type=Path, default=Path("weights") / eyes, help="the network that it begins with")
    parser.add_argument("--export", type=Path, help="write the averaged weights here, and do not train")
    arguments = parser.parse_args()
    if arguments.export:
        export(arguments.out / "checkpoint.pt", arguments.export)
        return
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    train(arguments.source, arguments.out, minutes=arguments.minutes, eyes=arguments.eyes)
