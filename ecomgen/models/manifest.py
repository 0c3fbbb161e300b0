"""Which models there are: the shipped weights/manifest.toml with the user's own merged over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ConfigDict, TypeAdapter

from ecomgen.errors import BadInput, UsageError
from ecomgen.messages import Message
from ecomgen.settings import settings, shipped
from ecomgen.toml_table import WRONG, read, unreadable, wrong


@dataclass(frozen=True, kw_only=True)
class ModelEntry:
    """One model of the manifest. It has either `file`, a name inside the weights folder, or `repo`, on the hub.

    `sha256` is the file's, or `checksums.folder_digest` of a repository's weight files; `md5` is for a file only.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    kind: str  # sam, clip, dino, lite, birefnet, rembg, matting…
    title: str
    licence: str
    size_gib: float = 0.0
    file: str | None = None
    repo: str | None = None
    files: tuple[str, ...] = ()  # patterns of what to fetch from `repo`; everything where empty
    url: str | None = None
    revision: str = "main"
    md5: str | None = None
    sha256: str | None = None
    architecture: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.file is None) == (self.repo is None):
            raise ValueError("a model needs either file or repo")
        if self.url and not (self.md5 or self.sha256):
            raise ValueError("a url needs md5 or sha256")


_ADAPTER = TypeAdapter(ModelEntry)


def entries() -> dict[str, ModelEntry]:
    """Every model by id, best of a kind first; a manifest.toml in the weights folder adds to the shipped one.

    Raises:
        BadInput: a manifest is not TOML, or a key is missing, unknown or of the wrong kind.
    """
    theirs = settings().weights_folder / "manifest.toml"
    files = (shipped("weights") / "manifest.toml", *([theirs] if theirs.is_file() else []))
    return dict(_entries(files, tuple(file.stat().st_mtime_ns for file in files)))


@lru_cache(maxsize=4)
def _entries(files: tuple[Path, ...], _changed: tuple[int, ...]) -> dict[str, ModelEntry]:
    """The entries of the manifests, which are read again when one has changed."""
    tables: dict[str, Any] = {}
    for file in files:
        for name, table in _read(file).items():
            tables[name] = _merged(tables.get(name, {}), table)
    return {name: _entry(name, table, files[-1]) for name, table in tables.items()}


def entry(name: str) -> ModelEntry:
    """The model with this id.

    Raises:
        UsageError: the manifest has none of that name.
    """
    known = entries()
    if name not in known:
        raise UsageError(
            "There is no model called {name!r}. Choose one of: {known}.", name=name, known=", ".join(known)
        )
    return known[name]


def _read(path: Path) -> dict[str, Any]:
    with unreadable(BadInput, path):
        return read(path)


def _merged(base: Any, over: Any) -> Any:
    """The user's keys over the shipped ones. A source of one sort replaces the other, with its checksums."""
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    replaced = {"file", "repo", "files", "url", "md5", "sha256"} if {"file", "repo"} & over.keys() else set()
    return {**{key: value for key, value in base.items() if key not in replaced}, **over}


def _entry(name: str, table: Any, source: Path) -> ModelEntry:
    if isinstance(table, dict) and "id" in table:
        raise BadInput(WRONG, file=source, key=f"{name}.id", reason=Message("a model is called as its table is"))
    with wrong(BadInput, source, name):
        return _ADAPTER.validate_python({"id": name, **table} if isinstance(table, dict) else table)
