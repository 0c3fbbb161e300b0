"""What of a request a run records, and what of a record asks for the same again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ecomgen.errors import BadInput
from ecomgen.options import of, reading
from ecomgen.record import file_hash
from ecomgen.request.run import Request

FILES = tuple(name for name, one in of(Request).items() if one.base is Path and name != "out")
"""Options that are a file each, which a run records by its hash."""


def recorded(request: Request) -> dict[str, Any]:
    """What of the request stands among a run's parameters, by its name there, as JSON gives it back."""
    return {
        one.option.record: reading.as_lists(value) if isinstance(value := getattr(request, name), tuple) else value
        for name, one in of(Request).items()
        if one.option.record
    }


def requested(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What of a run's parameters asks for the same again, by the names of a request; newer options are left out."""
    return {
        name: parameters[one.option.record]
        for name, one in of(Request).items()
        if one.option.record and one.option.record in parameters
    }


def file_hashes(request: Request) -> dict[str, str | None]:
    """The files besides photos that a run depends on, by their content.

    Raises:
        BadInput: one cannot be opened.
    """
    return {name: hash_of(getattr(request, name)) for name in FILES}


def hash_of(path: Path | None) -> str | None:
    """Of a file's content; None of none.

    Raises:
        BadInput: it cannot be opened.
    """
    if path is None:
        return None
    try:
        return file_hash(path)
    except OSError as error:
        raise BadInput("The file {file} cannot be opened: check its name.", file=path.name) from error
