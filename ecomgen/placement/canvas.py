"""The canvas: its size, and the room on it."""

from __future__ import annotations

import math

from ecomgen import channels
from ecomgen.errors import UsageError
from ecomgen.types import Box, Canvas

MIN_SIDE, MAX_SIDE = 64, 8192
GROUND = 0.83  # a standing product touches the ground at this share of the canvas's height


def canvas_for(size: tuple[int, int] | None, channel: str | None, default: tuple[int, int]) -> Canvas:
    """The canvas from `--size` (width, height), from `--channel`, or the recipe's own size.

    Raises:
        UsageError: both are given, the channel is unknown, or a side is outside 64–8192 pixels.
    """
    if size and channel:
        raise UsageError(
            "{--size} and {--channel} exclude each other: a channel brings its own size. Give one of them."
        )
    if channel:
        return channels.get(channel).canvas()
    width, height = size or (min(default[0], MAX_SIDE), min(default[1], MAX_SIDE))
    if not (MIN_SIDE <= width <= MAX_SIDE and MIN_SIDE <= height <= MAX_SIDE):
        raise UsageError(
            "A side of {width}×{height} is outside {least}–{most} pixels: choose another size.",
            width=width,
            height=height,
            least=MIN_SIDE,
            most=MAX_SIDE,
        )
    return Canvas(width=width, height=height)


def safe_box(canvas: Canvas) -> Box:
    """The whole pixels inside what must stay free."""
    left, top, right, bottom = canvas.safe_area
    return Box(
        math.ceil(left * canvas.width),
        math.ceil(top * canvas.height),
        math.floor((1 - right) * canvas.width),
        math.floor((1 - bottom) * canvas.height),
    )
