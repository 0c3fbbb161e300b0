"""File names from a pattern, safe on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Set
from string import Formatter

from ecomgen.errors import UsageError

USUAL = "{rank}-{seed}"
LONGEST = 120  # bytes, suffix left out: file systems allow 255, archives and shops less
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


def file_name(pattern: str, facts: Mapping[str, object], suffix: str, taken: Set[str] = frozenset()) -> str:
    """The pattern with its fields filled in, without anything that a file system, a shell or a shop stumbles over.

    Args:
        pattern: text with fields in braces, for example "{product}-{channel}-{rank}".
        facts: the fields' values. A `rank` is written with two digits.
        suffix: the file's ending, with its dot.
        taken: names that are there already, in lower case; the new one is numbered if need be.

    Raises:
        UsageError: the pattern has an unknown field or a single brace.
    """
    stem = _safe(_filled(pattern, facts))
    name, number = f"{stem}{suffix}", 2
    while name.lower() in taken:
        name, number = f"{stem}-{number}{suffix}", number + 1
    return name


def _filled(pattern: str, facts: Mapping[str, object]) -> str:
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        parts = [("", "", None, None)]
    known = ", ".join(f"{{{name}}}" for name in facts)
    for _, field, form, conversion in parts:
        if field is not None and (field not in facts or form or conversion):
            raise UsageError(
                "The file name pattern {pattern!r} cannot be read: its fields are {known}.",
                pattern=pattern,
                known=known,
            )
    words = {name: f"{value:02d}" if name == "rank" else _safe(str(value)) for name, value in facts.items()}
    return "".join(text + (words[field] if field is not None else "") for text, field, _, _ in parts)


def _safe(text: str) -> str:
    """Letters, digits, dots, dashes and underscores; never empty, hidden, reserved or too long."""
    plain = unicodedata.normalize("NFC", text)
    plain = re.sub(r"[^\w.\-]+", "-", plain)
    plain = re.sub(r"-{2,}", "-", re.sub(r"\.{2,}", ".", plain)).strip("-. ")
    plain = plain.encode("utf-8")[:LONGEST].decode("utf-8", "ignore").strip("-. ")
    if plain.split(".")[0].lower() in RESERVED:
        plain = f"_{plain}"
    return plain or "picture"
