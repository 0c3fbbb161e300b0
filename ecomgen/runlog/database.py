"""The log's database: SQLite in WAL mode, so that it can be read while runs go on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from ecomgen.errors import CannotWrite, UsageError

SCORES = ("identity", "extension", "adherence", "quality", "overall")


class RunLog:
    """Runs as they happen. A connection is opened for each call, so that one log serves several threads.

    Raises:
        CannotWrite: the folder of `path` cannot be written, or the file is no run log.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect()) as connection:
                _migrate(connection)
        except (OSError, sqlite3.Error) as error:
            raise CannotWrite(
                f"The run log {path} cannot be used ({error}): set ECOMGEN_HOME to a folder that can be written."
            ) from error

    def begin(self, record: Mapping[str, Any], folder: Path) -> None:
        """Write down a run that starts now. `record` is run.json as far as it is known."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO runs VALUES (:run_id, :created, 'running', :pipeline, :prompt, :folder, :record)",
                {**_columns(record), "folder": str(folder), "record": json.dumps(record)},
            )
            connection.executemany(
                "INSERT INTO photos VALUES (?, ?, ?, ?)",
                [
                    (record["run_id"], position, photo["path"], photo["sha256"])
                    for position, photo in enumerate(record["references"])
                ],
            )

    def add_candidate(self, run_id: str, candidate: Mapping[str, Any]) -> None:
        """Write down one finished picture, before the selection has judged it."""
        with self._writing() as connection:
            _put_candidate(connection, run_id, candidate)

    def finish(self, record: Mapping[str, Any], status: str) -> None:
        """Complete a run: its whole record, and what became of each candidate."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE runs SET status = ?, record = ? WHERE run_id = ?",
                (status, json.dumps(record), record["run_id"]),
            )
            for candidate in record["candidates"]:
                _put_candidate(connection, record["run_id"], candidate)

    def moved(self, run_id: str, folder: Path) -> None:
        """The run's folder lies elsewhere now."""
        with self._writing() as connection:
            connection.execute("UPDATE runs SET folder = ? WHERE run_id = ?", (str(folder), run_id))

    def recent(self, *, limit: int = 50, text: str = "") -> list[dict[str, Any]]:
        """Summaries, newest first: run_id, created, status, pipeline, prompt, folder, count, kept, best (overall)."""
        rows = self._read(
            """
            SELECT runs.run_id, created, runs.status, pipeline, prompt, folder, COUNT(position) AS count,
                   COUNT(*) FILTER (WHERE candidates.status = 'kept') AS kept, MAX(overall) AS best
            FROM runs LEFT JOIN candidates USING (run_id)
            WHERE instr(lower(prompt || ' ' || pipeline || ' ' || run_id), lower(?))
            GROUP BY run_id ORDER BY created DESC, run_id DESC LIMIT ?
            """,
            (text, limit),
        )
        return [dict(row) for row in rows]

    def show(self, run_id: str) -> tuple[dict[str, Any], Path]:
        """A run's record as in run.json, and its folder. The start of an id is enough where it is unambiguous.

        Raises:
            UsageError: no run, or more than one, begins like this.
        """
        rows = self._read(
            "SELECT run_id, record, folder FROM runs WHERE substr(run_id, 1, length(?1)) = ?1 "
            "ORDER BY run_id != ?1 LIMIT 2",
            (run_id,),
        )
        exact = [row for row in rows if row["run_id"] == run_id] or rows
        if not run_id or len(exact) != 1:
            what = "No run begins" if not exact else "Several runs begin"
            raise UsageError(f'{what} with {run_id!r}: "ecomgen runs list" shows them.')
        return json.loads(exact[0]["record"]), Path(exact[0]["folder"])

    def delete(self, run_id: str) -> list[str]:
        """Forget a run. Returns the hashes of references that no other run uses."""
        with self._writing() as connection:
            rows = connection.execute("SELECT DISTINCT sha256 FROM photos WHERE run_id = ?", (run_id,)).fetchall()
            connection.execute("DELETE FROM runs WHERE run_id = ?", (run_id,))
            used = "SELECT 1 FROM photos WHERE sha256 = ?"
            return [row["sha256"] for row in rows if not connection.execute(used, (row["sha256"],)).fetchone()]

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _read(self, query: str, values: tuple[Any, ...]) -> list[sqlite3.Row]:
        with closing(self._connect()) as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._connect()) as connection, connection:
                yield connection
        except sqlite3.OperationalError as error:
            raise CannotWrite(f"The run log {self.path} cannot be written ({error}): free some space.") from error


def _columns(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in ("run_id", "created", "pipeline", "prompt")}


def _put_candidate(connection: sqlite3.Connection, run_id: str, candidate: Mapping[str, Any]) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO candidates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run_id,
            *(candidate[name] for name in ("index", "seed", "path", "sha256", "status")),
            json.dumps(candidate["reasons"]),
            *(candidate["scores"][name] for name in SCORES),
        ),
    )


def _migrate(connection: sqlite3.Connection) -> None:
    """Apply the numbered migrations that this file has not seen, each in one transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    scripts = sorted(
        (entry for entry in (files("ecomgen.runlog") / "migrations").iterdir() if entry.name.endswith(".sql")),
        key=lambda entry: entry.name,
    )
    if version > len(scripts):
        raise sqlite3.DatabaseError("it was written by a newer ecomgen")
    for number, script in enumerate(scripts[version:], start=version + 1):
        sql = script.read_text("utf-8")
        connection.executescript(f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version = {number};\nCOMMIT;")
