"""One catalogue at a time in a folder: a second would make everything twice, and each spoil the other's journal."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ecomgen.disk_cache import read_json
from ecomgen.errors import CannotWrite

LOCK, HOLDER = ".catalogue.lock", ".catalogue.json"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder; the system lets go of it when the process dies.

    Raises:
        CannotWrite: another process holds it; the message says which.
    """
    lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise CannotWrite(
            "{folder} is in use by process {process} on {machine} since {since}: wait for it, or choose another --out.",
            **{"folder": folder, "process": "?", "machine": "?", "since": "?"} | (read_json(folder / HOLDER) or {}),
        ) from error
    except OSError as error:
        raise CannotWrite("{folder} cannot be written: choose another folder with --out.", folder=folder) from error
    try:
        told = {"process": os.getpid(), "machine": socket.gethostname(), "since": f"{datetime.now(UTC):%F %T} UTC"}
        with suppress(OSError):
            (folder / HOLDER).write_text(json.dumps(told), "utf-8")
        yield
    finally:
        with suppress(OSError):
            (folder / HOLDER).unlink(missing_ok=True)
        lock.release()
