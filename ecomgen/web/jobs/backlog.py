"""What was asked of the app and has not ended: a file for each, so that after a restart its owner can be told."""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ecomgen.atomic_file import write_atomically
from ecomgen.errors import CannotWrite
from ecomgen.runlog.run_locks import Running
from ecomgen.settings import open_home, settings

log = logging.getLogger("ecomgen.web")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A piece of work in words, and the values from which it can be asked for again."""

    title: str
    values: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What somebody asked for at a place of the screen; `at` in seconds since 1970."""

    name: str
    owner: str  # "person/place"
    at: float
    asked: Asked

    @property
    def place(self) -> str:
        return self.owner.partition("/")[2]


def folder() -> Path:
    """Where the files lie."""
    return settings().home / "backlog"


def keep(person: str, place: str, asked: Asked) -> Callable[[], None]:
    """Note what somebody asked for at a place of the screen; returns what forgets it when it has ended. A full disk
    refuses nobody."""
    notes, name = folder(), f"{time.time_ns()}-{secrets.token_hex(4)}"
    entry = Entry(name=name, owner=f"{person}/{place}", at=time.time(), asked=asked)
    try:
        open_home()
        with _running(notes).starting(name):
            write_atomically(_file(notes, name), json.dumps(asdict(entry), ensure_ascii=False).encode())
    except (CannotWrite, OSError) as error:
        log.warning("What was asked for is not noted: %s", error)
        return lambda: None
    return lambda: forget(name, notes)


def forget(name: str, place: Path | None = None) -> None:
    """It has ended, or nobody wants it any more."""
    place = place or folder()
    _file(place, name).unlink(missing_ok=True)
    _running(place).stop(name)


def left(person: str) -> list[Entry]:
    """What of somebody's was waiting or in work when its process ended, the oldest first."""
    place = folder()
    entries = [entry for file in sorted(place.glob("*.json")) if (entry := _read(file)) is not None]
    mine = [entry for entry in entries if entry.owner.partition("/")[0] == person]
    dead = [entry for entry in mine if _running(place).is_dead(entry.name)]
    return [entry for entry in dead if _file(place, entry.name).exists()]  # one that ended meanwhile is none


def _file(place: Path, name: str) -> Path:
    return place / f"{name}.json"


def _read(file: Path) -> Entry | None:
    """None where it has just gone, or is none of ours."""
    try:
        told = json.loads(file.read_text("utf-8"))
        return Entry(**{**told, "asked": Asked(**told["asked"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


@cache
def _running(place: Path) -> Running:
    """The locks of what this process has in work or waiting; the system lets them go when it ends, however it ends."""
    return Running(place)
