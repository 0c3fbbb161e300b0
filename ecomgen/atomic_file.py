"""Files that are whole or not there: each is written beside its place, and put into it at once."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from ecomgen.errors import CannotWrite
from ecomgen.settings import is_private


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that no reader ever sees half of it.

    Raises:
        CannotWrite: with the reason and the way out.
    """
    with replacing(path) as part:
        part.write_bytes(data)


def as_json(value: object) -> bytes:
    """Plain values as JSON that people can read. Raises ValueError for NaN and infinity, which JSON lacks."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False).encode("utf-8")


def write_json(path: Path, value: object) -> None:
    """Write plain values as `as_json` has them, and as `write_atomically` writes."""
    write_atomically(path, as_json(value))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """As `whole`, for a file that people named.

    Raises:
        CannotWrite: with the reason and the way out. Only a file is ever replaced: no folder, pipe, socket or device.
    """
    try:
        _refuse_what_is_no_file(path)
        with whole(path) as part:
            yield part
    except OSError as error:
        raise CannotWrite(
            "{file} cannot be written ({reason}): choose another --out.",
            file=path,
            reason=error.strerror or str(error),
        ) from error


def write(path: Path, data: bytes, *, private: bool = False) -> None:
    """As `write_atomically`, for a file of our own. It raises OSError."""
    with whole(path, private=private) as part:
        part.write_bytes(data)


@contextmanager
def whole(path: Path, *, private: bool = False) -> Iterator[Path]:
    """A file beside `path` to be written, which takes its place once it is whole; where anything fails it is gone.

    It is its owner's only from the first byte on where it is `private`, or inside a home that is.

    Raises:
        OSError: it cannot be written.
    """
    part = path.with_name(f".{uuid4().hex}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        part.touch(0o600 if private or is_private(path) else 0o666)
        yield part
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _refuse_what_is_no_file(path: Path) -> None:
    if path.exists() and (not path.is_file() or _is_own_stream(path)):
        raise CannotWrite(
            "{file} is a folder, a pipe, a device or this command's own output, and is not replaced: "
            "choose another --out.",
            file=path,
        )


def _is_own_stream(path: Path) -> bool:
    """Whether this process's stdin, stdout or stderr is that file, as it is for /dev/stdout."""
    place = path.stat()
    for stream in range(3):
        with suppress(OSError):
            if os.path.samestat(place, os.fstat(stream)):
                return True
    return False
