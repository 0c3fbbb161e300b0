"""Tables of TOML files as models, what is told where one is wrong, and values as TOML writes them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from ecomgen.errors import NO_FILE, EcomgenError, first_fault
from ecomgen.messages import Message

UNREADABLE = Message("{file} cannot be read: {error}. Correct the file.")
WRONG = Message("{file} is wrong at {key}: {reason}. Correct the file.")


def read(path: Path) -> dict[str, Any]:
    """What a file says."""
    return tomllib.loads(path.read_text("utf-8"))


def written(value: Any) -> str:
    """A value as it stands behind a key, in files that people may go on to write; a mapping is a table on one line."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{name} = {written(one)}' for name, one in value.items())} }}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(written, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # of these values TOML writes as JSON does


class Table(BaseModel):
    """A table in which no key is unknown, and which never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """A whole file as one."""
        return cls.model_validate(read(path))


@contextmanager
def unreadable(kind: type[EcomgenError], file: Path | str) -> Iterator[None]:
    """Tells of a file that is no TOML, or cannot be opened, by an error of that kind."""
    try:
        yield
    except FileNotFoundError as error:
        raise kind(NO_FILE, file=file) from error
    except (ValueError, RecursionError, OSError, TypeError) as error:
        raise kind(UNREADABLE, file=file, error=error) from error


@contextmanager
def wrong(kind: type[EcomgenError], file: Path | str, at: str = "") -> Iterator[None]:
    """Tells of what a model does not allow in a file, or in the table `at` of it, by an error of that kind."""
    try:
        yield
    except ValidationError as error:
        key, reason = first_fault(error)
        whole = ".".join(filter(None, (at, key)))
        told = kind(WRONG, file=file, key=whole, reason=reason) if whole else kind(UNREADABLE, file=file, error=reason)
        raise told from error
