"""Looks: one TOML file each keeps set, camera, light, placement rule, recipe and options, without the product."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from ecomgen.errors import IN_HOME, BadInput, CannotWrite, UsageError
from ecomgen.settings import settings
from ecomgen.toml_table import Table, read, unreadable, written, wrong

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
LARGEST = 64 * 1024  # bytes of a look's file
REMEMBERED = 256  # files
SHIPPED = Path(__file__).parent / "shipped"

Value = str | int | float | bool | list[int]


class _Part(Table, allow_inf_nan=False):
    """A table of a look."""


class Camera(_Part):
    """Degrees above the product's foot; where `spread` is not 0, the prompt's words may still move it. `distance` is
    from 0, near by, to 1, far off; without it every seed may have its own."""

    elevation: float = Field(ge=0, le=60)
    spread: float = Field(default=0.0, ge=0, le=90)
    distance: float | None = Field(default=None, ge=0, le=1)


class Light(_Part):
    """The photo's light that the set is brought to: -1 from the left, 1 from the right; softness; colour; stops."""

    side: float = Field(default=0.0, ge=-1, le=1)
    softness: float = Field(default=0.5, ge=0, le=1)
    kelvin: float = Field(default=5600.0, ge=1000, le=20000)
    level: float = Field(default=0.0, ge=-4, le=4)


class Colours(_Part):
    """What a set takes its colours from where the prompt names none: hue, chroma, lightness; and a product's size."""

    palette: tuple[float, float, float]
    metres: float = Field(gt=0, le=100)
    ideas: int | None = Field(default=None, ge=0, le=2)  # not 0 where seeds that follow each other take turns
    idea_seed: int | None = Field(default=None, ge=0, lt=2**32)  # whose idea every picture has


class Style(_Part):
    """Of a picture that the set is to look like, in Oklab: mean lightness, its spread, cast (a, b), colourfulness; and
    its colours, the most frequent first."""

    tones: tuple[float, float, float, float, float]
    colours: tuple[Annotated[str, Field(pattern="^#[0-9a-f]{6}$")], ...] = ()


class Standing(_Part):
    """The rule for every product: as large as fits a box, standing on its lower edge, in its middle; or, of `size`
    "usual", where and as large as the prompt has any product of its shape.

    All are shares of the canvas. The set is built round the box, so that the horizon is the same for every product.
    """

    across: float = Field(default=0.5, ge=0, le=1)
    base: float = Field(default=0.83, gt=0, le=1.5)
    width: float = Field(default=0.6, gt=0, le=4)
    height: float = Field(default=0.5, gt=0, le=4)
    size: Literal["usual"] | None = None


class Look(_Part):
    """`name` is the file's name without .toml; `options` are those of a request, by their names there."""

    name: str
    title: str = ""
    pack: str = ""
    prompt: str = Field(min_length=1, max_length=4000)
    pipeline: str = "studio"
    seed: int | None = Field(default=None, ge=0, lt=2**32)
    options: Mapping[str, Value] = Field(default_factory=dict)
    camera: Camera | None = None
    light: Light | None = None
    set: Colours | None = None
    style: Style | None = None
    placement: Standing | None = None

    @property
    def shipped(self) -> bool:
        file = f"{self.name}.toml"
        return (SHIPPED / file).is_file() and not (_own() / file).is_file()

    @property
    def whole(self) -> bool:
        """Whether the set is the same for every product: nothing that it is built from is left to them."""
        return None not in (self.camera, self.light, self.set, self.placement, self.seed)

    def held(self) -> dict[str, Any]:
        """What of it is a run's parameters, by their names there."""
        found: dict[str, Any] = {}
        if self.camera:
            found |= {"camera_elevation": self.camera.elevation, "camera_elevation_spread": self.camera.spread}
            found |= {"camera_distance": self.camera.distance} if self.camera.distance is not None else {}
        if self.light:
            found |= {f"light_{name}": value for name, value in self.light}
        if self.set:
            found |= {f"set_{name}": value for name, value in self.set if value is not None}
            found["set_palette"] = list(self.set.palette)
        if self.style:
            found |= {"style_tones": list(self.style.tones), "style_colours": list(self.style.colours)}
        if self.placement:
            box = self.placement
            sides = [box.across - box.width / 2, box.base - box.height, box.across + box.width / 2, box.base, box.base]
            found |= {"set_standing": [round(side, 6) for side in sides]}
        return found

    def as_toml(self) -> str:
        """The file's text."""
        facts = self.model_dump(exclude={"name"}, exclude_none=True)
        lines = [
            f"{key} = {written(value)}" for key, value in facts.items() if not isinstance(value, dict) and value != ""
        ]
        for table, values in facts.items():
            if isinstance(values, dict) and values:
                lines += ["", f"[{table}]", *(f"{key} = {written(value)}" for key, value in values.items())]
        return "\n".join(lines) + "\n"


def paths() -> dict[str, Path]:
    """Every look there is, by name: those that ship, and one's own."""
    return {path.stem: path for folder in (SHIPPED, _own()) for path in sorted(folder.glob("*.toml"))}


def every() -> Iterator[Look]:
    """All looks, by name; a file that cannot be read is told of by `get`, not here."""
    for path in paths().values():
        try:
            yield load(path)
        except BadInput:
            continue


def get(name: str) -> Look:
    """The look called `name`.

    Raises:
        UsageError: there is none of that name.
        BadInput: its file is wrong.
    """
    known = paths()
    if name not in known:
        raise UsageError(
            'There is no look called {name!r}: choose one of "ecomgen looks list", or save one from a run.', name=name
        )
    return load(known[name])


def load(path: Path, name: str = "") -> Look:
    """Read a look's file.

    Raises:
        BadInput: it is no look, with what is wrong.
    """
    with unreadable(BadInput, path.name), wrong(BadInput, path.name):
        facts = path.stat()
        if facts.st_size > LARGEST:
            raise ValueError(f"larger than {LARGEST // 1024} KiB")
        return _read(path, name or path.stem, (facts.st_size, facts.st_mtime_ns))


@lru_cache(REMEMBERED)
def _read(path: Path, name: str, _changes: tuple[int, int]) -> Look:
    """What a file says, read anew where it has changed."""
    return Look.model_validate({"name": name} | read(path))


def keep(look: Look) -> Path:
    """Write a look among one's own.

    Raises:
        UsageError: its name cannot be a file's, or is taken.
        CannotWrite: there is no room.
    """
    if not NAME.fullmatch(look.name):
        raise UsageError(
            "{--name} {name!r} cannot be a look's name: use small letters, digits, - and _, 63 at most.", name=look.name
        )
    if look.name in paths():
        raise UsageError("There is a look called {name!r} already: choose another {--name}.", name=look.name)
    target = _own() / f"{look.name}.toml"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(look.as_toml(), "utf-8")
    except OSError as error:
        raise CannotWrite(IN_HOME, folder=target.parent, reason=error.strerror) from error
    return target


def delete(name: str) -> None:
    """Remove one of one's own looks.

    Raises:
        UsageError: there is none of that name, or it ships with ecomgen.
    """
    path = _own() / f"{name}.toml"
    if paths().get(name) == path:
        path.unlink()
        return
    if name in paths():
        raise UsageError("The look {name} ships with ecomgen and stays: save your own beside it.", name=name)
    get(name)


def _own() -> Path:
    return settings().home / "looks"
