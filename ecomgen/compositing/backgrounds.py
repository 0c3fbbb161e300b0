"""Plain backgrounds for cut-outs: colours, and soft gradients as a studio's paper sweep shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.types import Pixels

COLOUR = re.compile(r"#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Background:
    """Colours as #RRGGBB. `top` fades into `bottom`; `glow` lights the middle, as a share of the light there."""

    top: str
    bottom: str
    glow: float = 0.0


def _plain(colour: str) -> Background:
    return Background(top=colour, bottom=colour)


PRESETS: dict[str, Background] = {
    "white": _plain("#FFFFFF"),
    "black": _plain("#000000"),
    "grey": _plain("#808080"),
    "studio": Background(top="#D9DBDE", bottom="#F1F1F0", glow=0.25),
    "gradient": Background(top="#C9D3E2", bottom="#F6F4F1"),
    "blue": Background(top="#8FB4D9", bottom="#C6DAEC", glow=0.15),
    "sky": Background(top="#BFDDF2", bottom="#F4F9FC"),
    "green": Background(top="#9DBF9B", bottom="#CFE0C8", glow=0.15),
    "sage": Background(top="#B4BFA9", bottom="#D6DCCC", glow=0.12),
    "pink-white": Background(top="#F6D5DC", bottom="#FFFDFC"),
    "rose-white": Background(top="#EFC3C6", bottom="#FBF1EE", glow=0.1),
    "peach": Background(top="#F3C9AE", bottom="#FBE8DA", glow=0.12),
    "sand": Background(top="#D9C7AE", bottom="#EFE6D8", glow=0.12),
    "lavender": Background(top="#C9C0E0", bottom="#ECE7F5", glow=0.12),
    "terracotta": Background(top="#B5694B", bottom="#D39272", glow=0.2),
    "charcoal": Background(top="#26282B", bottom="#3C3F43", glow=0.35),
}


def background(name: str, width: int, height: int) -> Pixels | None:
    """A preset or a colour (#RRGGBB) as HxWx3; None where `name` is neither.

    Gradients run in linear light and are dithered by a fixed pattern, so that they show no bands.
    """
    match = COLOUR.fullmatch(name)
    if match:
        colour = np.array([int(pair, 16) for pair in match.groups()], np.uint8)
        return np.broadcast_to(colour, (height, width, 3)).copy()
    preset = PRESETS.get(name)
    return None if preset is None else _painted(preset, width, height)


def _painted(preset: Background, width: int, height: int) -> Pixels:
    top, bottom = (to_linear(_bytes(colour)) for colour in (preset.top, preset.bottom))
    if preset.top == preset.bottom and not preset.glow:
        return np.broadcast_to(_bytes(preset.top), (height, width, 3)).copy()
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    columns = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    blend = (rows * rows * (3 - 2 * rows))[..., None]
    light = (1 - blend) * top + blend * bottom
    glow = np.exp(-(columns**2 + (2.2 * (rows - 0.45)) ** 2) / 0.5)[..., None]
    lit = np.clip(light * (1 + preset.glow * (glow - 0.5)), 0, 1)
    chance = np.random.default_rng(0).random((2, height, width, 1), np.float32)
    return to_bytes(to_srgb(lit) + (chance[0] - chance[1]) / 255)


def _bytes(colour: str) -> NDArray[np.uint8]:
    return np.frombuffer(bytes.fromhex(colour[1:]), np.uint8)
