"""Whose pictures are whose: what somebody made in the app is shown to nobody else, unless that is wanted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import gradio as gr

from ecomgen.errors import UsageError
from ecomgen.record import RunRecord
from ecomgen.runlog import Places, RunLog, RunSummary, Which
from ecomgen.settings import open_home, settings, touch
from ecomgen.web import locale

VISITOR = "ecomgen_visitor"  # the cookie that names a browser
TABLE = "CREATE TABLE IF NOT EXISTS places (place TEXT PRIMARY KEY, person TEXT NOT NULL)"


class House:
    """How strangers are treated; set when the app is launched."""

    private_machine = True  # no login, and only this machine can call: what the command line made is shown, too


def person(web: gr.Request) -> str:
    """Who asks: the user who logged in, else the browser, else the session. Never holds a slash."""
    if web.username:
        return f"user:{web.username}"
    visitor = web.cookies.get(VISITOR) if web.request else None
    return visitor_name(visitor) if visitor else f"session:{web.session_hash}"


def visitor_name(cookie: str) -> str:
    """The person behind a browser's cookie."""
    return f"visitor:{cookie.replace('/', '')}"


def place_of(file: Path) -> str:
    """The run, catalogue or experiment that a file of the home belongs to; nothing for a file elsewhere."""
    home = settings().home.resolve()
    file = file.resolve()
    return "/".join(file.relative_to(home).parts[:2]) if file.is_relative_to(home) else ""


def claim(who: str, folder: Path) -> None:
    """From now on the run, catalogue or experiment in `folder` is theirs."""
    with closing(_connect()) as connection, connection:
        connection.execute("INSERT OR IGNORE INTO places VALUES (?, ?)", (place_of(folder), who))


def may_see(who: str, folder: Path) -> bool:
    """Whether the run, catalogue or experiment in `folder` is theirs to see."""
    if settings().shared_log:
        return True
    with closing(_connect()) as connection:
        row = connection.execute("SELECT person FROM places WHERE place = ?", (place_of(folder),)).fetchone()
    return House.private_machine if row is None else row[0] == who


def theirs(who: str, folders: list[Path]) -> Iterator[Path]:
    """Of several folders those that are theirs to see."""
    return (folder for folder in folders if may_see(who, folder))


def run_log() -> RunLog:
    """The log of this machine's runs."""
    return RunLog(settings().database)


def run_of(who: str, run: str) -> tuple[RunRecord, Path]:
    """A run's record and folder.

    Raises:
        UsageError: there is none, or it is not theirs to see.
    """
    record, folder = run_log().show(run)
    if not may_see(who, folder):
        raise UsageError(locale.RUN_GONE.format(run=run))
    return record, folder


def runs_of(who: str, which: Which, limit: int) -> list[RunSummary]:
    """The newest of the runs that are meant and that are theirs to see, as the log lists them."""
    log, ask = run_log(), limit
    which = which if settings().shared_log else replace(which, **_where(who))
    while True:
        rows = log.recent(limit=ask, which=which)
        seen = [row for row in rows if _listed(row) and may_see(who, Path(row.folder))]
        if len(seen) >= limit or len(rows) < ask:
            return seen[:limit]
        ask *= 4


def _where(who: str) -> dict[str, Places]:
    """Where the runs lie that may be theirs to see: a first choice, which spares the log a look at all others."""
    mine = "person != ?" if House.private_machine else "person = ?"
    with closing(_connect()) as connection:
        places = [row[0] for row in connection.execute(f"SELECT place FROM places WHERE {mine}", (who,))]
    homes = {settings().home.absolute(), settings().home.resolve()}
    single = [place for place in places if place.startswith("runs/")]
    several = [place for place in places if place and not place.startswith("runs/")]
    runs, above = (tuple(str(home / place) for home in homes for place in some) for some in (single, several))
    return {"without" if House.private_machine else "only": Places(runs=runs, above=above)}


def _listed(row: RunSummary) -> bool:
    """A run that has just begun belongs to nobody yet: it is listed from its first picture on."""
    return row.status != "running" or row.count > 0


def _connect() -> sqlite3.Connection:
    connection = sqlite3.connect(touch(open_home() / "app.sqlite"), timeout=30)
    connection.execute(TABLE)
    return connection
