"""Channels as they are, but small: their rules can be tried on pictures that are made at once."""

from __future__ import annotations

import pytest

from ecomgen import channels

SIDES = ("width", "height", "min_width", "min_height")


def make_small(monkeypatch: pytest.MonkeyPatch, name: str, width: int, height: int) -> None:
    """Let the channel `name` make and accept pictures of `width` x `height`; all its other rules stay."""
    sides = dict(zip(SIDES, (width, height, width, height), strict=True))
    every = tuple(one.model_copy(update=sides) if one.name == name else one for one in channels.every())
    monkeypatch.setattr(channels, "every", lambda: every)
