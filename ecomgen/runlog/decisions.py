"""What people decide about pictures, with every act kept; and which threshold fits what they decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from ecomgen.errors import UsageError

Act = Literal["star", "unstar", "approve", "reject", "undecide", "comment"]
Reason = Literal["product", "scene", "light", "placement", "quality", "cutout", "other"]
ACTS: tuple[Act, ...] = get_args(Act)
REASONS: tuple[Reason, ...] = get_args(Reason)
LONGEST = 1000  # characters of a comment
FEWEST = 2  # disagreements less, before another threshold is worth saying
VERDICTS = {"approve": "approved", "reject": "rejected", "undecide": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One act of the trail: who did what to which picture of a run, and when."""

    number: int
    run_id: str
    position: int
    said: str
    person: str
    act: Act
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How a picture stands after all that was said of it; `version` is the number of the last act."""

    starred: bool = False
    verdict: str = ""  # approved, rejected or nothing
    reason: str = ""
    comments: tuple[Said, ...] = ()
    by: str = ""  # who gave the verdict
    version: int = 0

    @property
    def liked(self) -> bool:
        """Whether it was starred or approved."""
        return self.starred or self.verdict == "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A decided picture beside its scores."""

    verdict: str
    reason: str
    identity: float | None
    quality: float | None
    overall: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How people and a threshold of identity agree: pictures approved below it, and pictures at or above it that
    were rejected as not true.

    `fits` is the threshold with the fewest such pictures; None where it would be no better worth saying.
    """

    threshold: float
    approved_below: int
    rejected_above: int
    decided: int
    fits: float | None


def act(connection: sqlite3.Connection, one: Said) -> None:
    """Enter an act, and what follows from it for its picture.

    Raises:
        UsageError: there is no such picture, or the act, reason or words will not do.
    """
    _refuse(connection, one)
    columns = ("run_id", "position", "said", "person", "act", "reason", "words")
    said = one.said or datetime.now(UTC).isoformat(timespec="seconds")
    values = {name: getattr(one, name) for name in columns} | {"said": said}
    names = ", ".join(columns)
    connection.execute(f"INSERT INTO acts ({names}) VALUES ({', '.join(f':{name}' for name in columns)})", values)
    place = (one.run_id, one.position)
    connection.execute("INSERT OR IGNORE INTO decisions VALUES (?, ?, 0, '', '')", place)
    where = "WHERE run_id = ? AND position = ?"
    if one.act in ("star", "unstar"):
        connection.execute(f"UPDATE decisions SET starred = ? {where}", (one.act == "star", *place))
    elif one.act in VERDICTS:
        verdict = (VERDICTS[one.act], one.reason)
        connection.execute(f"UPDATE decisions SET verdict = ?, reason = ? {where}", (*verdict, *place))


def _refuse(connection: sqlite3.Connection, one: Said) -> None:
    if one.act not in ACTS:
        raise UsageError("{act!r} is no decision: choose one of {known}.", act=one.act, known=", ".join(ACTS))
    if one.act == "reject" and one.reason not in REASONS:
        raise UsageError(
            "A picture is rejected for a reason, and {reason!r} is none: choose one of {known}.",
            reason=one.reason,
            known=", ".join(REASONS),
        )
    if one.reason and one.act != "reject":
        raise UsageError("Only a rejection has a reason: leave it out.")
    if one.act == "comment" and not one.words.strip():
        raise UsageError("A comment needs words: type some.")
    if len(one.words) > LONGEST:
        raise UsageError("A comment has at most {most} characters: shorten it.", most=LONGEST)
    known = "SELECT 1 FROM candidates WHERE run_id = ? AND position = ?"
    if not connection.execute(known, (one.run_id, one.position)).fetchone():
        raise UsageError("The run {run} has no picture {number}.", run=one.run_id, number=one.position + 1)


def acts(connection: sqlite3.Connection, run_ids: str, values: dict[str, Any]) -> list[Said]:
    """The trail of runs, first to last; `run_ids` is a query for their ids."""
    query = f"SELECT * FROM acts WHERE run_id IN ({run_ids}) ORDER BY number"
    return [Said(**dict(row)) for row in connection.execute(query, values)]


def standing(trail: Iterable[Said]) -> dict[int, Decision]:
    """How each picture of one run stands after a trail."""
    found: dict[int, dict[str, Any]] = {}
    for one in trail:
        facts = found.setdefault(one.position, {"comments": ()})
        facts["version"] = one.number
        if one.act in ("star", "unstar"):
            facts["starred"] = one.act == "star"
        elif one.act in VERDICTS:
            facts |= {"verdict": VERDICTS[one.act], "reason": one.reason, "by": one.person}
        if one.words:
            facts["comments"] += (one,)
    return {position: Decision(**facts) for position, facts in found.items()}


def judged(connection: sqlite3.Connection, run_ids: str, values: dict[str, Any]) -> list[Judged]:
    """The pictures of runs on which there is a verdict."""
    query = (
        "SELECT decisions.verdict, decisions.reason, identity, quality, overall FROM decisions"
        f" JOIN candidates USING (run_id, position) WHERE verdict != '' AND run_id IN ({run_ids})"
    )
    return [Judged(**dict(row)) for row in connection.execute(query, values)]


def agreement(pictures: Sequence[Judged], threshold: float) -> Agreement:
    """How people agree with a threshold of identity, and which would fit them better.

    A picture that was rejected for its light or its scene says nothing about identity.
    """
    scored = [one for one in pictures if one.identity is not None]
    approved = sorted(one.identity or 0.0 for one in scored if one.verdict == "approved")
    rejected = [one.identity or 0.0 for one in scored if one.verdict == "rejected" and one.reason == "product"]

    def wrong(at: float) -> tuple[int, int]:
        return sum(one < at for one in approved), sum(one >= at for one in rejected)

    now = wrong(threshold)
    tried = {
        0.0,
        *(int(one * 100) / 100 for one in approved),
        *(min(1.0, int(one * 100 + 1) / 100) for one in rejected),
    }
    best = min(tried, key=lambda at: (sum(wrong(at)), abs(at - threshold)))
    better = sum(now) - sum(wrong(best)) >= FEWEST
    return Agreement(
        threshold=threshold,
        approved_below=now[0],
        rejected_above=now[1],
        decided=len(approved) + len(rejected),
        fits=best if better else None,
    )


def reasons(pictures: Sequence[Judged]) -> dict[str, tuple[int, dict[str, float]]]:
    """For approvals and each reason of rejection: how many pictures, and the means of their scores."""
    found: dict[str, tuple[int, dict[str, float]]] = {}
    for name in ("approved", *REASONS):
        group = [one for one in pictures if name in (one.verdict, one.reason)]
        means = {}
        for score in ("identity", "quality", "overall"):
            values = [value for one in group if (value := getattr(one, score)) is not None]
            if values:
                means[score] = sum(values) / len(values)
        if group:
            found[name] = (len(group), means)
    return found
