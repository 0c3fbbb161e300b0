"""The log's database: SQLite in WAL mode, so that it can be read while runs go on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from ecomgen.errors import BadInput, CannotWrite, UsageError
from ecomgen.messages import Message, collected, restored
from ecomgen.record import CandidateEntry, RunRecord, validated
from ecomgen.record.entries import SCORES
from ecomgen.runlog import decisions, interrupted
from ecomgen.runlog.decisions import Decision, Judged, Said
from ecomgen.runlog.migration import migrate
from ecomgen.runlog.originals import Originals
from ecomgen.runlog.run_filter import RunFilter
from ecomgen.runlog.run_locks import Running
from ecomgen.settings import open_home, touch

MASK, BACKDROP, STYLE, REPAIR = -1, -2, -3, -4  # the places of these files among a run's photos
MASKS_BESIDE = -11  # of its further products, and on from there downwards
INTERRUPTED = Message("the run was interrupted: the pictures that were finished are here")
CHANNEL = (  # a damaged record tells none
    "(SELECT CASE WHEN json_valid(record) THEN json_extract(record, '$.parameters.channel') END"
    " FROM records WHERE run_id = runs.run_id)"
)
SUMMARY = (
    f"runs.run_id, created, status, runs.pipeline, runs.prompt, runs.product, folder, count, kept, best, {CHANNEL}"
)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run's line in a list; `best` is its highest overall score."""

    run_id: str
    created: str
    status: str
    pipeline: str
    prompt: str
    product: str
    folder: str
    count: int
    kept: int
    best: float | None
    channel: str | None  # for which it was made


class RunLog:
    """Runs as they happen. A connection is opened for each call, so that one log serves several threads.

    Opening it settles what a killed process left behind: a run with pictures is complete with those that it made, a run
    without any is forgotten.

    Raises:
        CannotWrite: the folder of `path` cannot be written, or the file is no run log.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._running = Running(path.parent / "running")
        self._originals = Originals(path.parent / "originals")
        try:
            open_home(path.parent)
            touch(path)
            with closing(self._connect()) as connection:
                migrate(connection)
            self._settle()
        except (OSError, sqlite3.Error) as error:
            raise CannotWrite(
                "The run log {path} cannot be used ({error}): set ECOMGEN_HOME to a folder that can be written.",
                path=path,
                error=error,
            ) from error

    def begin(self, record: RunRecord, folder: Path) -> None:
        """Write down a run that starts now, as far as it is known.

        Raises:
            CannotWrite: the log cannot be written, or another run is being made in the same folder.
        """
        with self._writing() as connection, self._running.starting(record.run_id):
            put_run(connection, record, folder)
            same = "SELECT run_id FROM runs WHERE status = 'running' AND folder = ? AND run_id != ?"
            for row in connection.execute(same, (str(folder), record.run_id)):
                if not self._running.is_dead(row[0]):
                    raise CannotWrite(
                        "Another run is being made in {folder}: wait for it, or choose another --out.", folder=folder
                    )

    def add_candidate(self, run_id: str, candidate: CandidateEntry) -> None:
        """Write down one finished picture, before the selection has judged it."""
        with self._writing() as connection:
            _put_candidate(connection, run_id, candidate, json.dumps(candidate.as_json()))
            _count(connection, run_id)

    def finish(self, record: RunRecord) -> None:
        """Complete a run: its whole record, and what became of each candidate."""
        try:
            with self._writing() as connection:
                put_record(connection, record)
        finally:
            self._running.stop(record.run_id)

    def enter(self, record: RunRecord, folder: Path, product: str = "") -> None:
        """Write down a run that was made elsewhere and has ended, of a `product` that it may not name itself; once,
        however often it is told.

        A run that it found in its folder lies in `earlier/` there now.
        """
        with self._writing() as connection:
            if connection.execute("SELECT 1 FROM runs WHERE run_id = ?", (record.run_id,)).fetchone():
                return
            for row in connection.execute("SELECT run_id FROM runs WHERE folder = ?", (str(folder),)).fetchall():
                there = folder / "earlier" / row[0]
                if there.is_dir():
                    connection.execute("UPDATE runs SET folder = ? WHERE run_id = ?", (str(there), row[0]))
            put_run(connection, record, folder, product)
            put_record(connection, record)

    def amend(self, record: RunRecord) -> None:
        """Write a finished run's record anew: something was added to it, its pictures are the same."""
        with self._writing() as connection:
            _put_text(connection, record)

    def moved(self, run_id: str, folder: Path) -> None:
        """The run's folder lies elsewhere now."""
        with self._writing() as connection:
            connection.execute("UPDATE runs SET folder = ? WHERE run_id = ?", (str(folder), run_id))

    def recent(self, *, limit: int = 50, which: RunFilter | None = None) -> list[RunSummary]:
        """Summaries, newest first."""
        clause, values = (which or RunFilter()).clause()
        rows = self._read(f"SELECT {SUMMARY} {clause} LIMIT :limit", values | {"limit": limit})
        return [RunSummary(*row) for row in rows]

    def each(self, which: RunFilter) -> Iterator[tuple[RunRecord, Path]]:
        """The records of all runs that are meant, with their folders, newest first, one at a time."""
        clause, values = which.clause()
        with closing(self._connect()) as connection:
            for row in connection.execute(f"SELECT runs.run_id AS id {clause}", values):
                yield _load(connection, row[0])

    def find(self, run_id: str) -> RunSummary:
        """A run's line. The start of an id is enough where it is unambiguous.

        Raises:
            UsageError: no run, or more than one, begins like this.
        """
        rows = self._read(
            f"SELECT {SUMMARY} FROM runs WHERE run_id >= ?1 AND substr(run_id, 1, length(?1)) = ?1 "
            "ORDER BY run_id != ?1, run_id LIMIT 2",
            (run_id,),
        )
        exact = [row for row in rows if row[0] == run_id] or rows
        if not run_id or not exact:
            raise UsageError('No run begins with {run!r}: "ecomgen runs list" shows them.', run=run_id)
        if len(exact) > 1:
            raise UsageError('Several runs begin with {run!r}: "ecomgen runs list" shows them.', run=run_id)
        return RunSummary(*exact[0])

    def show(self, run_id: str) -> tuple[RunRecord, Path]:
        """A run's record and its folder. The start of an id is enough where it is unambiguous.

        Raises:
            UsageError: no run, or more than one, begins like this.
            BadInput: what the log holds of it is damaged.
        """
        found = self.find(run_id)
        with closing(self._connect()) as connection:
            return _load(connection, found.run_id)

    def decide(self, *said: Said) -> None:
        """Enter what somebody decided about pictures: all of it, or nothing.

        Raises:
            UsageError: there is no such picture, or the act, reason or words will not do.
        """
        with self._writing() as connection:
            for one in said:
                decisions.act(connection, one)

    def said(self, which: RunFilter | None = None, *, run_id: str = "") -> list[Said]:
        """Every act on the pictures of one run, or of all that are meant, first to last."""
        with closing(self._connect()) as connection:
            return decisions.acts(connection, *_ids(which, run_id))

    def decisions(self, run_id: str) -> dict[int, Decision]:
        """How a run's pictures stand, by their index; only those of which something was said."""
        return decisions.standing(self.said(run_id=run_id))

    def approved(self, run_id: str) -> frozenset[int]:
        """The indices of a run's approved pictures."""
        return self._decided(run_id, "approved")

    def rejected(self, run_id: str) -> frozenset[int]:
        """The indices of a run's rejected pictures."""
        return self._decided(run_id, "rejected")

    def _decided(self, run_id: str, verdict: str) -> frozenset[int]:
        return frozenset(index for index, one in self.decisions(run_id).items() if one.verdict == verdict)

    def judged(self, which: RunFilter | None = None) -> list[Judged]:
        """The pictures on which people gave a verdict, with their scores."""
        with closing(self._connect()) as connection:
            return decisions.judged(connection, *_ids(which))

    def expired(self, *, older_than: timedelta | None, keep_last: int | None) -> list[str]:
        """Ids of finished runs that are older than that and not among the newest `keep_last`, oldest first."""
        before = (datetime.now(UTC) - older_than).isoformat() if older_than is not None else "~"
        rows = self._read(
            "SELECT run_id FROM runs WHERE status != 'running' AND created < ?1 AND number NOT IN"
            " (SELECT number FROM runs ORDER BY number DESC LIMIT ?2) ORDER BY number",
            (before, keep_last or 0),
        )
        return [row[0] for row in rows]

    def delete(self, run_id: str) -> list[str]:
        """Forget a run, with our copies of those references that no other run uses. Returns their hashes.

        Raises:
            UsageError: another process is making it.
        """
        self._refuse_running(run_id)
        with self._writing() as connection:
            rows = connection.execute("SELECT DISTINCT sha256 FROM photos WHERE run_id = ?", (run_id,)).fetchall()
            number = "SELECT number FROM runs WHERE run_id = ?"
            connection.execute(f"DELETE FROM words WHERE rowid = ({number})", (run_id,))
            connection.execute("DELETE FROM runs WHERE run_id = ?", (run_id,))
            used = "SELECT 1 FROM photos WHERE sha256 = ?"
            freed = [row[0] for row in rows if not connection.execute(used, (row[0],)).fetchone()]
        self._running.stop(run_id)
        self._forget_photos(freed)
        return freed

    def _refuse_running(self, run_id: str) -> None:
        going_on = self._read("SELECT 1 FROM runs WHERE run_id = ? AND status = 'running'", (run_id,))
        if going_on and not self._running.is_ours(run_id) and not self._running.is_dead(run_id):
            raise UsageError("The run {run} is still being made: stop it first.", run=run_id)

    def _forget_photos(self, sha256s: Sequence[str]) -> None:
        """Remove photos that are still unused now, while nobody can begin a run with them."""
        with self._writing() as connection:
            connection.execute("BEGIN IMMEDIATE")
            for sha256 in sha256s:
                if not connection.execute("SELECT 1 FROM photos WHERE sha256 = ?", (sha256,)).fetchone():
                    self._originals.forget(sha256)

    def _settle(self) -> None:
        """Complete or forget what a killed process left behind."""
        running = {row[0] for row in self._read("SELECT run_id FROM runs WHERE status = 'running'", ())}
        for run_id in running:
            if self._running.is_dead(run_id):
                self._originals.drop_parts(run_id)
                self._end(run_id)
        self._running.clear(running)

    def _end(self, run_id: str) -> None:
        try:
            record, folder = self.show(run_id)
        except BadInput:  # one damaged record does not keep the others from being read
            with self._writing() as connection:
                connection.execute("UPDATE runs SET status = 'failed' WHERE run_id = ?", (run_id,))
            return
        self._complete(record, folder)

    def _complete(self, record: RunRecord, folder: Path) -> None:
        """With its run.json, where it came to that; else with the pictures that were finished, if there are any."""
        interrupted.clean(folder, [entry.path for entry in record.candidates])
        whole = interrupted.record_in(folder, record)
        if whole is None and not record.candidates:
            self.delete(record.run_id)
            return
        if whole is None:
            whole = record.model_copy(update={"status": "failed", "notes": (*record.notes, INTERRUPTED)})
            interrupted.write_record(folder, whole)
        self.finish(whole)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _read(self, query: str, values: tuple[Any, ...] | dict[str, Any]) -> list[sqlite3.Row]:
        with closing(self._connect()) as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._connect()) as connection, connection:
                yield connection
        except (sqlite3.OperationalError, OSError) as error:
            raise CannotWrite(
                "The run log {path} cannot be written ({error}): free some space.", path=self.path, error=error
            ) from error


def _ids(which: RunFilter | None, run_id: str = "") -> tuple[str, dict[str, Any]]:
    """A query for the ids of runs, with its values."""
    if run_id:
        return ":one_run", {"one_run": run_id}
    clause, values = (which or RunFilter()).clause()
    return f"SELECT runs.run_id {clause}", values


def _load(connection: sqlite3.Connection, run_id: str) -> tuple[RunRecord, Path]:
    """A run's record and folder; while it goes on, with the pictures that it has made so far."""
    row = connection.execute(
        "SELECT record, folder, packed FROM records JOIN runs USING (run_id) LEFT JOIN messages USING (run_id)"
        " WHERE run_id = ?",
        (run_id,),
    )
    text, folder, packed = row.fetchone()
    entries = "SELECT entry FROM candidates WHERE run_id = ? AND entry IS NOT NULL ORDER BY position"
    try:
        values = from_json(text)
        if not values.get("candidates"):
            values["candidates"] = [from_json(entry) for (entry,) in connection.execute(entries, (run_id,))]
        return validated(restored(values, from_json(packed or "{}"))), Path(folder)
    except (ValueError, AttributeError) as error:
        raise BadInput(
            'What the log holds of the run {run} is damaged: delete it with "ecomgen runs delete {run}".', run=run_id
        ) from error


def put_run(connection: sqlite3.Connection, record: RunRecord, folder: Path, product: str = "") -> None:
    """The rows of a run that starts; `product` where it does not name its own."""
    run_id = record.run_id
    connection.execute(
        "INSERT INTO runs (run_id, created, status, pipeline, prompt, folder, product, number) VALUES"
        " (:run_id, :created, 'running', :pipeline, :prompt, :folder, :product,"
        " (SELECT coalesce(MAX(number), 0) + 1 FROM runs))",
        {name: getattr(record, name) for name in ("run_id", "created", "pipeline", "prompt")}
        | {"folder": str(folder), "product": record.parameters.product or product},
    )
    connection.execute("INSERT INTO records VALUES (?, ?)", (run_id, json.dumps(record.as_json())))
    connection.execute(
        "INSERT INTO words (rowid, prompt, product, pipeline, run_id)"
        " SELECT number, prompt, product, pipeline, run_id FROM runs WHERE run_id = ?",
        (run_id,),
    )
    beside = [one for product in record.products[1:] for one in product.references]
    photos = [(place, one.path, one.sha256) for place, one in enumerate((*record.references, *beside))]
    given = record.parameters
    files = ((MASK, given.mask), (BACKDROP, given.backdrop), (STYLE, given.style), (REPAIR, given.repair))
    masks = ((MASKS_BESIDE - number, one.correction.mask) for number, one in enumerate(record.products[1:]))
    photos += [(place, "", sha256) for place, sha256 in (*files, *masks) if sha256]
    connection.executemany("INSERT INTO photos VALUES (?, ?, ?, ?)", [(run_id, *photo) for photo in photos])


def put_record(connection: sqlite3.Connection, record: RunRecord) -> None:
    """The rows of a run that ends."""
    connection.execute("UPDATE runs SET status = ? WHERE run_id = ?", (record.status, record.run_id))
    _put_text(connection, record)
    for candidate in record.candidates:
        _put_candidate(connection, record.run_id, candidate, None)
    _count(connection, record.run_id)


def _put_text(connection: sqlite3.Connection, record: RunRecord) -> None:
    """A run's record, and beside it what its messages were made from."""
    text, packed = json.dumps(record.as_json()), collected(record.model_dump())
    connection.execute("UPDATE records SET record = ? WHERE run_id = ?", (text, record.run_id))
    if packed:
        connection.execute("INSERT OR REPLACE INTO messages VALUES (?, ?)", (record.run_id, json.dumps(packed)))


def _put_candidate(connection: sqlite3.Connection, run_id: str, candidate: CandidateEntry, entry: str | None) -> None:
    """One picture's row; `entry` is its whole JSON as long as the run's record does not hold it."""
    row = {
        "run_id": run_id,
        "position": candidate.index,
        **{name: getattr(candidate, name) for name in ("seed", "path", "sha256", "status")},
        "reasons": json.dumps(candidate.reasons),
        **{name: getattr(candidate.scores, name) for name in SCORES},
        "entry": entry,
    }
    columns, values = ", ".join(row), ", ".join("?" * len(row))
    connection.execute(f"INSERT OR REPLACE INTO candidates ({columns}) VALUES ({values})", tuple(row.values()))


def _count(connection: sqlite3.Connection, run_id: str) -> None:
    """Bring a run's line for the list up to date."""
    connection.execute(
        "UPDATE runs SET (count, kept, best) = (SELECT COUNT(*), COUNT(*) FILTER (WHERE status = 'kept'), MAX(overall)"
        " FROM candidates WHERE run_id = ?1) WHERE run_id = ?1",
        (run_id,),
    )
