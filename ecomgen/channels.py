"""Channels: what a marketplace or a social network wants of a picture. The facts are in channels.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ecomgen.errors import UsageError
from ecomgen.messages import Message
from ecomgen.types import Canvas, Mode

Format = Literal["png", "jpeg", "webp", "avif", "tiff"]
Basis = Literal["read", "reported", "convention"]


class SourceTypes(BaseModel):
    """IPTC DigitalSourceType, the last part of its URI, where a channel wants another than ecomgen's usual one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rendered: str | None = None
    diffusion: str | None = None


class Channel(BaseModel):
    """One channel's picture: what ecomgen makes for it, and what it accepts.

    Sizes are in pixels, ratios are width / height, and shares are of the canvas's side: `fill` is what the product's
    longer side takes where ecomgen makes the picture, `min_fill` and `max_fill` what the channel accepts, `margin` the
    least distance of the product from each edge, `safe_area` what is kept free at the left, top, right and bottom
    because the network lays its own buttons there. `recommended` names the rules that the channel only recommends.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    width: int
    height: int
    min_width: int
    min_height: int
    max_width: int
    max_height: int
    ratio: tuple[float, float]  # lowest, highest
    format: Format
    accepts: tuple[str, ...]
    max_bytes: int
    fill: float
    min_fill: float = 0.0
    max_fill: float = 1.0
    margin: float = 0.0
    safe_area: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    background: tuple[int, int, int] | None = None
    text: bool = True  # whether lettering beside the product is allowed
    dpi: int | None = None
    source_type: SourceTypes = SourceTypes()
    recommended: tuple[str, ...] = ()
    source: str
    basis: Basis  # "read": on the channel's own page; "reported": in articles on it; "convention": nobody's rule
    checked: str  # the date on which the source was last looked at

    def is_same_for_all(self, mode: Mode) -> bool:
        """Whether all pictures of a run would be the same here, the product and the ground."""
        return self.background is not None and mode == "keep"

    @property
    def one_picture(self) -> Message:
        """Says that there is one picture of several."""
        title = Message(self.title)
        return Message("{channel}: one picture, since on its plain ground all would look the same", channel=title)

    def canvas(self) -> Canvas:
        return Canvas(
            width=self.width,
            height=self.height,
            channel=self.name,
            fill=self.fill,
            background=self.background,
            safe_area=self.safe_area,
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
    raise UsageError("There is no channel called {name!r}. Choose one of: {known}.", name=name, known=known)
