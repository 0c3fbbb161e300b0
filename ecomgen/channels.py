"""Channels: what a marketplace or a social network wants of a picture. The facts are in channels.toml, and one's own in
a file of that name in `ECOMGEN_HOME`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from ecomgen.errors import BadInput
from ecomgen.messages import Message, flag
from ecomgen.options.reading import read_format, unknown
from ecomgen.settings import settings
from ecomgen.toml_table import Table, read, unreadable, written
from ecomgen.types import Canvas, Format, Mode

Basis = Literal["read", "reported", "convention", "own"]
Side = Annotated[int, Field(ge=64, le=8192)]
Share = Annotated[float, Field(ge=0, le=1)]
Level = Annotated[int, Field(ge=0, le=255)]
SHIPPED = Path(__file__).parent / "channels.toml"
OF_SIZE, OF_FORMAT = ("min_width", "min_height", "max_width", "max_height", "ratio"), ("accepts",)


UNITS = {
    **dict.fromkeys(("width", "height", "min_width", "min_height", "max_width", "max_height"), "pixels"),
    "ratio": "width / height: lowest, highest",
    "max_bytes": "bytes",
    **dict.fromkeys(("fill", "min_fill", "max_fill", "margin"), "share of the canvas's side"),
    "safe_area": "shares: left, top, right, bottom",
    "background": "red, green, blue, 0 to 255",
    "dpi": "dots per inch",
}  # what a channel's numbers are in


class SourceTypes(Table):
    """IPTC DigitalSourceType, the last part of its URI, where a channel wants another than ecomgen's usual one."""

    rendered: str | None = None
    diffusion: str | None = None


class Channel(Table):
    """One channel's picture: what ecomgen makes for it, and what it accepts.

    Sizes are in pixels, ratios are width / height, and shares are of the canvas's side: `fill` is what the product's
    longer side takes where ecomgen makes the picture, `min_fill` and `max_fill` what the channel accepts, `margin` the
    least distance of the product from each edge, `safe_area` what is kept free at the left, top, right and bottom
    because the network lays its own buttons there. `recommended` names the rules that the channel only recommends.
    """

    name: str = Field(pattern="^[a-z0-9][a-z0-9_-]{0,62}$")
    title: str
    width: Side
    height: Side
    min_width: int
    min_height: int
    max_width: int
    max_height: int
    ratio: tuple[float, float]  # lowest, highest
    format: Annotated[Format, BeforeValidator(read_format)]
    accepts: tuple[Annotated[Format | Literal["gif", "bmp"], BeforeValidator(read_format)], ...]
    max_bytes: int = Field(ge=10_000)
    fill: Share
    min_fill: Share = 0.0
    max_fill: Share = 1.0
    margin: Share = 0.0
    safe_area: tuple[Share, Share, Share, Share] = (0.0, 0.0, 0.0, 0.0)
    background: tuple[Level, Level, Level] | None = None
    text: bool = True  # whether lettering beside the product is allowed
    dpi: int | None = None
    source_type: SourceTypes = SourceTypes()
    recommended: tuple[str, ...] = ()
    source: str
    basis: Basis  # "read": on the channel's own page; "reported": in articles; "convention": nobody's rule; "own"
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


def every() -> tuple[Channel, ...]:
    """All channels, those that ship first; what one's own file says of one of those counts instead.

    Raises:
        BadInput: one's own file is wrong, with what is wrong.
    """
    file = own_file()
    return _of(file, file.stat().st_mtime_ns) if file.is_file() else _of(None, 0)


def own_file() -> Path:
    """Where one's own channels stand, whether there are any or not."""
    return settings().home / "channels.toml"


def own() -> tuple[Channel, ...]:
    """The channels of one's own file that correct no shipped one.

    Raises:
        BadInput: the file is wrong, with what is wrong.
    """
    return every()[len(_of(None, 0)) :]


def own_text(name: str, facts: Mapping[str, Any] | None) -> str:
    """One's own file as it is to be: with other `facts` of one's own channel, in which None is left out, or without it.

    All other tables stay as they are written, and so do the channel's other facts, but those that follow from a size or
    a format that is another now.

    Raises:
        BadInput: the file or a fact is wrong, or the file is written in a way that is not understood here.
    """
    file = own_file()
    theirs = _theirs(file)
    before = theirs.pop(name, {})
    text = _without(name, file.read_text("utf-8") if file.is_file() else "")
    if facts is not None:
        gone = [*OF_SIZE] if any(facts.get(side) != before.get(side) for side in ("width", "height")) else []
        gone += OF_FORMAT if facts.get("format") != before.get("format") else ()
        kept = {fact: value for fact, value in before.items() if fact not in gone}
        theirs[name] = {fact: value for fact, value in {**kept, **facts}.items() if value is not None}
        lines = (f"{fact} = {written(value)}" for fact, value in theirs[name].items())
        text = "\n".join(filter(None, (text.rstrip(), f"\n[{name}]", *lines))).lstrip() + "\n"
    with unreadable(BadInput, file):
        if name in theirs:
            _channel(name, _completed(name, theirs[name], None))
        if tomllib.loads(text) != theirs:
            raise ValueError(f"[{name}] is written in another way than as a table of its own")
    return text


def _without(name: str, text: str) -> str:
    """A file's text without the table of a channel, and those within it."""
    kept, inside = "", False
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith("["):
            inside = re.match(rf"\s*\[\s*[\"']?{re.escape(name)}[\"']?\s*[.\]]", line) is not None
        kept += "" if inside else line
    return kept


def _theirs(file: Path) -> dict[str, Any]:
    with unreadable(BadInput, file):
        return read(file) if file.is_file() else {}


@lru_cache(maxsize=4)
def _of(own: Path | None, _changed: int) -> tuple[Channel, ...]:
    """The channels that ship and those of one's own file, which is read again when it has changed."""
    shipped = read(SHIPPED)
    theirs = _theirs(own) if own else {}
    with unreadable(BadInput, own or SHIPPED):
        known = shipped | {name: _completed(name, facts, shipped.get(name)) for name, facts in theirs.items()}
        return tuple(_channel(name, facts) for name, facts in known.items())


def _channel(name: str, facts: dict[str, Any]) -> Channel:
    try:
        return Channel(name=name, **facts)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"[{name}] {first['loc'][0]}: {first['msg']}") from error


def _completed(name: str, facts: Any, shipped: dict[str, Any] | None) -> dict[str, Any]:
    """What is not said is as in the shipped one of that name; else the channel takes a picture of its very size."""
    if not isinstance(facts, dict):
        raise ValueError(f"{name} is no table: begin it with [{name}]")
    if "name" in facts:
        raise ValueError(f"[{name}] name: a channel is called as its table is")
    if shipped:
        return shipped | facts
    width, height = facts.get("width"), facts.get("height")
    if not (isinstance(width, int) and isinstance(height, int) and min(width, height) > 0):
        raise ValueError(f"[{name}] needs width and height, in pixels")
    sides = {"min_width": width, "min_height": height, "max_width": width, "max_height": height}
    form = facts.get("format", "jpeg")
    made = {"ratio": (width / height, width / height), "format": form, "accepts": (form,), "fill": 0.66}
    return {
        "title": name,
        "max_bytes": 20_000_000,
        "basis": "own",
        "source": "",
        "checked": "",
        **sides,
        **made,
        **facts,
    }


def get(name: str) -> Channel:
    """The channel called `name`.

    Raises:
        UsageError: there is none of that name.
    """
    known = {channel.name: channel for channel in every()}
    if name not in known:
        raise unknown(flag("channel"), name, known)
    return known[name]
