"""Channels: what a marketplace or a social network wants of a picture. The facts are in channels.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ecomgen.errors import UsageError
from ecomgen.types import Canvas


class Channel(BaseModel):
    """One channel's picture. Sizes in pixels, `fill` the product's longer side as a share of the canvas's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    width: int
    height: int
    format: Literal["jpeg", "png", "webp"]
    max_bytes: int
    fill: float
    min_fill: float = 0.0
    background: tuple[int, int, int] | None = None
    source: str
    checked: str  # the date on which the rule was read

    def canvas(self) -> Canvas:
        return Canvas(
            width=self.width, height=self.height, channel=self.name, fill=self.fill, background=self.background
        )


@lru_cache
def every() -> tuple[Channel, ...]:
    """All channels, in the file's order."""
    table = tomllib.loads((Path(__file__).parent / "channels.toml").read_text("utf-8"))
    return tuple(Channel(name=name, **facts) for name, facts in table.items())


def get(name: str) -> Channel:
    """The channel called `name`.

    Raises:
        UsageError: there is none of that name.
    """
    for channel in every():
        if channel.name == name:
            return channel
    known = ", ".join(channel.name for channel in every())
    raise UsageError(f"There is no channel called {name!r}. Choose one of: {known}.")
