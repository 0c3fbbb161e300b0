"""What each token may ask for in a day, as ECOMGEN_JOBS_PER_DAY and ECOMGEN_PICTURES_PER_DAY say; a day is UTC's.

What was asked for stands in the home folder, so that a restart forgives nothing.
"""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic_core import from_json

from ecomgen.atomic_file import write_atomically
from ecomgen.messages import Message
from ecomgen.settings import settings
from ecomgen.web.jobs.scheduler import TooManyJobs
from ecomgen.web.people.access import Person

_lock = threading.Lock()


class Exhausted(TooManyJobs):
    """A token has had what it may have today."""

    code = "rate_limit_exceeded"


@contextmanager
def charged(who: Person, pictures: int) -> Iterator[None]:
    """Count a job and its pictures for a token; not where the job is refused.

    Raises:
        Exhausted: the day's quota does not hold it.
    """
    if settings().tokens_file is None or not any(_quota().values()):
        yield
        return
    _count(who, {"jobs": 1, "pictures": pictures})
    try:
        yield
    except BaseException:
        _count(who, {"jobs": -1, "pictures": -pictures})
        raise


def headers(error: Exception) -> dict[str, str]:
    """When to ask again, where a quota is used up."""
    return {"Retry-After": str(_seconds_left())} if isinstance(error, Exhausted) else {}


def _quota() -> dict[str, int | None]:
    return {"jobs": settings().jobs_per_day, "pictures": settings().pictures_per_day}


def _count(who: Person, more: dict[str, int]) -> None:
    file, today = settings().home / "quotas.json", f"{datetime.now(UTC):%Y-%m-%d}"
    with _lock:
        used = _read(file, today)
        mine = {name: used.get(who.name, {}).get(name, 0) + count for name, count in more.items()}
        for name, most in _quota().items():
            if most is not None and more[name] > 0 and mine[name] > most:
                raise _exhausted(name, most, more[name])
        write_atomically(file, json.dumps({"day": today, "used": {**used, who.name: mine}}).encode())


def _exhausted(name: str, most: int, asked: int) -> Exhausted:
    if name == "jobs":
        return Exhausted(Message("Today's quota of {most} jobs is used up: ask again after midnight (UTC).", most=most))
    return Exhausted(
        Message(
            "Today's quota of {most} pictures does not hold {asked} more: ask for fewer, or after midnight (UTC).",
            most=most,
            asked=asked,
        )
    )


def _read(file: Path, today: str) -> dict[str, dict[str, int]]:
    """What each program has had today."""
    try:
        found = from_json(file.read_bytes())
    except FileNotFoundError:
        return {}
    return found["used"] if found["day"] == today else {}


def _seconds_left() -> int:
    now = datetime.now(UTC)
    tomorrow = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC)
    return math.ceil((tomorrow - now).total_seconds())
