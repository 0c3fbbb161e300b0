"""Tables of TOML files as models, what is told where one is wrong, and values as TOML writes them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from ecomgen.errors import EcomgenError, first_fault


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
def unreadable(kind: type[EcomgenError], message: str, **values: Any) -> Iterator[None]:
    """Tells of a file that is no TOML, or cannot be opened, by an error of that kind; the message says {error}."""
    try:
        yield
    except (ValueError, RecursionError, OSError, TypeError) as error:
        raise kind(message, error=error, **values) from error


@contextmanager
def wrong(kind: type[EcomgenError], message: str, at: str = "", whole: str = "", **values: Any) -> Iterator[None]:
    """Tells of what a model does not allow by an error of that kind; the message says the {reason} and the {key}, which
    is within the table `at`, or is the `whole` where none is at fault."""
    try:
        yield
    except ValidationError as error:
        key, reason = first_fault(error)
        raise kind(message, key=".".join(filter(None, (at, key))) or whole, reason=reason, **values) from error
