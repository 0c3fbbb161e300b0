"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ecomgen.clicks import read_point
from ecomgen.errors import UsageError
from ecomgen.types import Box, Point, Progress


class Masker(StrEnum):
    AUTO = "auto"
    SAM_CLIP = "sam-clip"
    SAM2 = "sam2"
    GROUNDED = "grounded"
    LITE = "lite"
    GRABCUT = "grabcut"
    ALPHA = "alpha"


class ModeOption(StrEnum):
    KEEP = "keep"
    REPLACE = "replace"
    REDRAW = "redraw"


class InitOption(StrEnum):
    AUTO = "auto"
    STUDIO = "studio"
    PHOTO = "photo"
    BLUR = "blur"
    NOISE = "noise"


class HarmoniseOption(StrEnum):
    OFF = "off"
    SCENE = "scene"
    PRODUCT = "product"


class FramingOption(StrEnum):
    AUTO = "auto"
    WHOLE = "whole"
    CROP = "crop"
    WINDOWS = "windows"


class FormatOption(StrEnum):
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"


def read_box(text: str) -> Box:
    """X0,Y0,X1,Y1 in pixels."""
    try:
        x0, y0, x1, y1 = (int(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a box: give X0,Y0,X1,Y1 in whole pixels.") from None
    if min(x0, y0) < 0 or x1 <= x0 or y1 <= y0:
        raise typer.BadParameter(f"{text!r} is empty: X1 must be larger than X0, and Y1 larger than Y0.")
    return Box(x0, y0, x1, y1)


def typed_point(text: str) -> Point:
    """X,Y or X,Y,- in pixels."""
    try:
        return read_point(text)
    except UsageError as error:
        raise typer.BadParameter(str(error)) from None


def read_size(text: str) -> tuple[int, int]:
    """WxH in pixels."""
    try:
        width, height = (int(part) for part in text.lower().replace("×", "x").split("x"))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a size: give WIDTHxHEIGHT, for example 1080x1350.") from None
    return width, height


def read_threshold(text: str) -> float | str:
    """A number, or a level by name; the request checks which."""
    try:
        return float(text)
    except ValueError:
        return text


Photos = Annotated[list[Path], typer.Argument(metavar="PHOTO...", help="Photos of one product.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
Product = Annotated[str, typer.Option(help="What the product is, in words: helps the mask and the scores.")]
MaskerChoice = Annotated[Masker, typer.Option(help="How to find the product in the photo.")]
BoxChoice = Annotated[
    Box | None, typer.Option(parser=read_box, metavar="X0,Y0,X1,Y1", help="Where the product is, in pixels.")
]

PointChoices = Annotated[
    list[Any] | None,
    typer.Option(
        "--point",
        parser=typed_point,
        metavar="X,Y[,-]",
        help="A pixel of the product, or with ,- one beside it; corrects the mask. Repeat it for more.",
    ),
]


def print_json(value: Any) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=sys.stdout.encoding.lower() != "utf-8"))


class Narrator:
    """Reports progress on stderr: one line that renews itself on a terminal, one line per change elsewhere."""

    def __init__(self) -> None:
        self._renew = sys.stderr.isatty()
        self._last = ""

    def __call__(self, progress: Progress) -> None:
        counted = f" {progress.done}/{progress.total}" if progress.total > 1 else ""
        line = f"{progress.step}{counted}" + (f": {progress.message}" if progress.message else "")
        if line == self._last:
            return
        self._last = line
        if self._renew:
            sys.stderr.write(f"\r\x1b[K{line[:110]}")
            sys.stderr.flush()
        else:
            typer.echo(line, err=True)

    def done(self) -> None:
        if self._renew and self._last:
            sys.stderr.write("\r\x1b[K")


def tell_if_slow(pipeline: str) -> None:
    """Say on stderr, before the first picture, that the studio renders slowly here; nothing where it does not."""
    from ecomgen.generation import choose_recipe
    from ecomgen.scenes.studio import slowness

    if choose_recipe(pipeline).backend == "studio" and (sentence := slowness()):
        typer.echo(f"Note: {sentence}", err=True)
