"""Whose pictures are whose: what somebody made in the app is shown to nobody else, unless that is wanted."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import gradio as gr

from ecomgen.errors import UsageError
from ecomgen.record import RunRecord
from ecomgen.runlog import Judged, Places, RunFilter, RunSummary, run_log
from ecomgen.settings import account, open_home, settings, touch
from ecomgen.web import locale

VISITOR = "ecomgen_visitor"  # the cookie that names a browser
TABLE = "CREATE TABLE IF NOT EXISTS places (place TEXT PRIMARY KEY, person TEXT NOT NULL)"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who asks an app: a user who logged in, a browser, or a session.

    On a private machine nobody logs in, and only this machine can call: what the command line made is shown, too.
    """

    name: str  # never holds a slash
    private_machine: bool

    @property
    def signature(self) -> str:
        """Who it is to others: a user's name, this machine's account, or a few letters that stand for a browser."""
        kind, _, rest = self.name.partition(":")
        if kind == "user":
            return rest
        return account() if self.private_machine else f"{kind} {hashlib.sha256(rest.encode()).hexdigest()[:6]}"

    @property
    def may_pull(self) -> bool:
        """On one's own machine, or after a login; a stranger may not fill the disk."""
        return self.private_machine or self.name.startswith("user:")


def person(web: gr.Request) -> Person:
    """Who asks, as `Visitors` found out; a stranger, where the request did not pass there."""
    found = getattr(web.request.state, "person", None) if web.request else None
    return found or Person(name=f"session:{web.session_hash}", private_machine=False)


def trusted(web: gr.Request, otherwise: str) -> Person:
    """Who asks, where that is no stranger.

    Raises:
        UsageError: it is one; what is told then is `otherwise`.
    """
    who = person(web)
    if not who.may_pull:
        raise UsageError(otherwise)
    return who


def place_of(file: Path) -> str:
    """The run, catalogue or experiment that a file of the home belongs to; nothing for a file elsewhere."""
    home = settings().home.resolve()
    file = file.resolve()
    return "/".join(file.relative_to(home).parts[:2]) if file.is_relative_to(home) else ""


def claim(who: Person, folder: Path) -> None:
    """From now on the run, catalogue or experiment in `folder` is theirs."""
    with closing(_connect()) as connection, connection:
        connection.execute("INSERT OR IGNORE INTO places VALUES (?, ?)", (place_of(folder), who.name))


def may_see(who: Person, folder: Path) -> bool:
    """Whether the run, catalogue or experiment in `folder` is theirs to see."""
    if settings().shared_log:
        return True
    with closing(_connect()) as connection:
        row = connection.execute("SELECT person FROM places WHERE place = ?", (place_of(folder),)).fetchone()
    return who.private_machine if row is None else row[0] == who.name


def run_of(who: Person, run: str) -> tuple[RunRecord, Path]:
    """A run's record and folder.

    Raises:
        UsageError: there is none, or it is not theirs to see.
    """
    record, folder = run_log().show(run)
    if not may_see(who, folder):
        raise UsageError(locale.RUN_GONE, run=run)
    return record, folder


def picture_of(who: Person, key: str) -> tuple[RunRecord, Path, int]:
    """Of a picture RUN:SEED its run's record and folder, and its seed.

    Raises:
        UsageError: there is no such run, or it is not theirs to see.
    """
    run, _, seed = key.partition(":")
    return *run_of(who, run), int(seed)


def runs_of(who: Person, which: RunFilter, limit: int) -> list[RunSummary]:
    """The newest of the runs that are meant and that are theirs to see, as the log lists them."""
    log, ask = run_log(), limit
    which = which if settings().shared_log else replace(which, **_where(who))
    while True:
        rows = log.recent(limit=ask, which=which)
        seen = [row for row in rows if _listed(row) and may_see(who, Path(row.folder))]
        if len(seen) >= limit or len(rows) < ask:
            return seen[:limit]
        ask *= 4


def judged_by(who: Person) -> list[Judged]:
    """The decided pictures of the runs that are theirs to see, with their scores."""
    return run_log().judged(RunFilter() if settings().shared_log else replace(RunFilter(), **_where(who)))


def _where(who: Person) -> dict[str, Places]:
    """Where the runs lie that may be theirs to see: a first choice, which spares the log a look at all others."""
    mine = "person != ?" if who.private_machine else "person = ?"
    with closing(_connect()) as connection:
        places = [row[0] for row in connection.execute(f"SELECT place FROM places WHERE {mine}", (who.name,))]
    homes = {settings().home.absolute(), settings().home.resolve()}
    single = [place for place in places if place.startswith("runs/")]
    several = [place for place in places if place and not place.startswith("runs/")]
    runs, above = (tuple(str(home / place) for home in homes for place in some) for some in (single, several))
    return {"without" if who.private_machine else "only": Places(runs=runs, above=above)}


def _listed(row: RunSummary) -> bool:
    """A run that has just begun belongs to nobody yet: it is listed from its first picture on."""
    return row.status != "running" or row.count > 0


def _connect() -> sqlite3.Connection:
    connection = sqlite3.connect(touch(open_home() / "app.sqlite"), timeout=30)
    connection.execute(TABLE)
    return connection
