"""A folder that is watched: what is dropped in comes out finished.

The folder is a catalogue like any other, which is gone through again whenever something in it has changed and come to
rest; what is done is not made again.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from ecomgen import references
from ecomgen.catalogue.batch import Engine, run
from ecomgen.catalogue.item import Outcome
from ecomgen.catalogue.source import read, refuse_wrong
from ecomgen.catalogue.storage import where
from ecomgen.errors import BadInput, UsageError
from ecomgen.types import Progress, Report, silent

REST = 1.0  # seconds in which no file may grow before one begins
TOLD = (*references.SUFFIXES, ".txt", ".csv")


def watch(
    folder: Path,
    out: Path | str,
    defaults: Mapping[str, str],
    *,
    engine: Engine | None = None,
    report: Report = silent,
    on_outcome: Callable[[Outcome], None] | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Make what lies in a folder, and whatever is dropped into it, until `stop` is set or Ctrl-C is pressed.

    Args:
        folder: loose photos are a product each, a folder of photos is one product.
        out: as for a catalogue; not inside the folder.
        defaults: what a product does not say itself, by column.
        engine: where the workers are.
        report: receives progress, and why what lies there cannot be read yet.
        on_outcome: receives each outcome of what was made, and of what failed.
        stop: ends it.

    Raises:
        BadInput: there is no such folder.
        UsageError: `out` lies in it.
        EcomgenError: something is wrong with the defaults.
    """
    from watchfiles import watch as changes

    if not folder.is_dir():
        raise BadInput("There is no {source}: check the name and the folder.", source=folder.name)
    if where(out).local.resolve().is_relative_to(folder.resolve()):
        raise UsageError("{--out} lies in the folder that is watched: name one outside it.")
    refuse_wrong(defaults)
    known: dict[str, Outcome] = {}

    def heard(outcome: Outcome) -> None:
        if known.get(outcome.name) != outcome and on_outcome:
            on_outcome(outcome)
        known[outcome.name] = outcome

    seen: frozenset[tuple[str, int, int]] = frozenset()
    for _ in changes(folder, stop_event=stop, rust_timeout=500, yield_on_timeout=True, watch_filter=_matters):
        state = _state(folder)
        if state and state != seen and _rests(folder, state):
            seen = state
            try:
                with TemporaryDirectory() as place:
                    items = read(folder, Path(place), defaults).items
            except BadInput as error:  # something is still to come, as the photos of a prompt
                report(Progress(step="watch", message=error.message))
                continue
            run(items, out, engine=engine or Engine(), report=report, on_outcome=heard)


def _matters(_: object, path: str) -> bool:
    return not Path(path).name.startswith(".") and Path(path).suffix.lower() in TOLD


def _state(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Every file that matters, with its size and time."""
    found = []
    for place, _, names in os.walk(folder):
        for name in names:
            file = Path(place) / name
            with suppress(FileNotFoundError):  # it was taken away meanwhile
                if _matters(None, name) and file.is_file():
                    facts = file.stat()
                    found.append((str(file), facts.st_size, facts.st_mtime_ns))
    return frozenset(found)


def _rests(folder: Path, state: frozenset[tuple[str, int, int]]) -> bool:
    """Whether nothing is being copied any more."""
    time.sleep(REST)
    return _state(folder) == state
