"""Brings a log written by an earlier ecomgen up to date."""

from __future__ import annotations

import sqlite3
from importlib.resources import files

from ecomgen.errors import CannotWrite


def scripts() -> list[str]:
    """The numbered migrations, first to last."""
    folder = files("ecomgen.runlog") / "migrations"
    entries = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return [entry.read_text("utf-8") for entry in entries]


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the migrations that this file has not seen, each in one transaction.

    Raises:
        CannotWrite: the file was written by a newer ecomgen.
        sqlite3.DatabaseError: it is no run log.
    """
    known = scripts()
    while (version := _version(connection)) < len(known):
        _apply(connection, version, known[version])
    if version > len(known):
        raise CannotWrite(
            "The run log was written by a newer ecomgen: update this one, or set ECOMGEN_HOME to another folder."
        )


def _apply(connection: sqlite3.Connection, version: int, script: str) -> None:
    """One step, unless another process has just taken it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) == version:
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    """The statements of a script, so that they run inside one transaction (executescript would commit it)."""
    found, begun = [], ""
    for line in script.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            found.append(begun)
            begun = ""
    return found


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
