"""Does a picture meet a channel's rules? Each rule with its figure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from ecomgen.channels import Channel
from ecomgen.errors import BadPhoto

FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
BORDER = 0.01  # the outermost share of each side, which must be background


@dataclass(frozen=True, kw_only=True)
class RuleResult:
    """One rule: what was found, what is wanted."""

    rule: str
    passed: bool
    found: str
    wanted: str


def check_picture(path: Path, channel: Channel) -> tuple[RuleResult, ...]:
    """Hold one picture file against a channel's rules.

    Raises:
        BadPhoto: the file cannot be read.
    """
    try:
        with Image.open(path) as picture:
            kind = picture.format or "?"
            pixels = np.asarray(picture.convert("RGB"))
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise BadPhoto(f"{path.name} cannot be read: give a JPEG, PNG or WebP picture.") from error
    results = [_size(pixels, channel), _format(kind, channel), _bytes(path, channel)]
    if channel.background is not None:
        results += [_background(pixels, channel.background), _fill(pixels, channel)]
    return tuple(results)


def _size(pixels: np.ndarray, channel: Channel) -> RuleResult:
    height, width = pixels.shape[:2]
    wanted = (channel.width, channel.height)
    return RuleResult(
        rule="size", passed=(width, height) == wanted, found=f"{width}×{height}", wanted=f"{wanted[0]}×{wanted[1]}"
    )


def _format(kind: str, channel: Channel) -> RuleResult:
    accepted = {FORMATS[channel.format], "PNG"}
    return RuleResult(rule="format", passed=kind in accepted, found=kind, wanted=" or ".join(sorted(accepted)))


def _bytes(path: Path, channel: Channel) -> RuleResult:
    size = path.stat().st_size
    return RuleResult(
        rule="file size",
        passed=size <= channel.max_bytes,
        found=f"{size / 1e6:.2f} MB",
        wanted=f"at most {channel.max_bytes / 1e6:g} MB",
    )


def _background(pixels: np.ndarray, colour: tuple[int, int, int]) -> RuleResult:
    """Every pixel of the outermost border has exactly the demanded colour."""
    height, width = pixels.shape[:2]
    margin = max(1, round(BORDER * min(height, width)))
    frame = np.ones((height, width), bool)
    frame[margin:-margin, margin:-margin] = False
    share = float((pixels[frame] == colour).all(axis=1).mean())
    return RuleResult(
        rule="background", passed=share == 1.0, found=f"{share:.2%} of the border is {colour}", wanted="all of it"
    )


def _fill(pixels: np.ndarray, channel: Channel) -> RuleResult:
    """The product's longer side, shadow left out, as a share of the canvas's side."""
    distance = np.abs(pixels.astype(np.int16) - np.array(channel.background, np.int16)).max(axis=2)
    rows, columns = np.nonzero(distance > 64)
    height, width = pixels.shape[:2]
    fill = max(np.ptp(rows) / height, np.ptp(columns) / width) if rows.size else 0.0
    return RuleResult(
        rule="fill",
        passed=bool(fill >= channel.min_fill),
        found=f"{fill:.0%}",
        wanted=f"at least {channel.min_fill:.0%}",
    )
