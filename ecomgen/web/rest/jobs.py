"""Runs that a program has ordered: queued once for each idempotency key, watched, fetched and deleted."""

from __future__ import annotations

import hashlib
import json
import math
import secrets
import threading
from collections.abc import AsyncIterator, Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool

from ecomgen.errors import Cancelled, UsageError
from ecomgen.export import run_folder
from ecomgen.generation import Run
from ecomgen.messages import Message
from ecomgen.record import file_hash
from ecomgen.request import Request
from ecomgen.runlog import run_log
from ecomgen.web.create.results.work import work_of
from ecomgen.web.jobs.scheduler import Job, View, lane
from ecomgen.web.messages import for_programs
from ecomgen.web.people.access import Person
from ecomgen.web.rest import quotas, webhooks
from ecomgen.web.rest.forms import Sent

REMEMBERED = 1_000  # jobs that can still be asked for
PACKS = 16  # exports and clips of one job, that need not be made again
LOOK_EVERY = 0.1  # seconds between two looks at a job
LONGEST_KEY = 255  # characters


class Gone(UsageError):
    """There is no such thing, or it is somebody else's."""


class Conflict(UsageError):
    """It cannot be had now, or not with this key."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """A job with its id, its owner, and what was asked for, as a hash."""

    id: str
    person: str
    asked: str
    job: Job
    packs: LRUCache[Hashable, Job] = field(default_factory=lambda: LRUCache(PACKS))

    @property
    def run(self) -> Run:
        """The finished run.

        Raises:
            Conflict: it is not finished, or was not made.
        """
        if self.job.view.result is None:
            raise Conflict(
                Message("The job {job} has no pictures: it is {status}.", job=self.id, status=status(self.job.view))
            )
        return self.job.view.result

    async def packed(self, asked: Hashable, begin: Callable[[], Job], seconds: float) -> View:
        """How far it is with the export or clip that is asked for, at its end or after so long. What has failed, and
        what is gone, is begun anew."""
        job = self.packs.get(asked)
        if job is None or (job.view.result and not job.view.result.file.is_file()):
            self.packs[asked] = job = begin()
        view = await seen(job, seconds)
        if view.error is not None:
            self.packs.pop(asked, None)
            raise view.error
        return view


class Orders:
    """The jobs of all programs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: LRUCache[str, Order] = LRUCache(REMEMBERED)
        self._keys: LRUCache[tuple[str, str], str] = LRUCache(REMEMBERED)

    def place(self, who: Person, request: Request, asked: str, key: str, webhook: str = "") -> Order:
        """Queue a request; with a key that was used before it is the order of then. `webhook` hears of its end.

        Raises:
            Conflict: the key was used for something else.
            UsageError: the request is refused, or the program has too many jobs.
        """
        if len(key) > LONGEST_KEY:
            raise UsageError("The Idempotency-Key is longer than {most} characters: shorten it.", most=LONGEST_KEY)
        with self._lock:
            known = self._orders.get(self._keys.get((who.name, key), "")) if key else None
            if known and known.asked != asked:
                raise Conflict(
                    Message("The Idempotency-Key {key!r} was used for another request: take a new one.", key=key)
                )
            if known:
                return known
            number = secrets.token_hex(8)
            with quotas.charged(who, request.count):
                job = lane.start(who.name, "rest", work_of(request, who))
            order = Order(id=number, person=who.name, asked=asked, job=job)
            self._orders[number] = order
            if webhook:
                webhooks.send_when_ended(webhook, number, job.wait, lambda: state(order))
            if key:
                self._keys[who.name, key] = number
            return order

    def find(self, who: Person, number: str) -> Order:
        """A program's own order.

        Raises:
            Gone: there is none.
        """
        with self._lock:
            order = self._orders.get(number)
        if order is None or order.person != who.name:
            raise Gone(Message("There is no job {job}.", job=number))
        return order

    def forget(self, order: Order) -> None:
        """Nobody can ask for it any more."""
        with self._lock:
            self._orders.pop(order.id, None)


async def delete(order: Order) -> None:
    """Stop it, and remove what it has made."""
    for job in (order.job, *order.packs.values()):
        job.cancel()
    orders.forget(order)
    try:
        run = await ended(order.job)
    except Exception:  # it was told to whoever watched; nothing is left of it
        return
    await run_in_threadpool(_remove, run)


def _remove(run: Run) -> None:
    run_log().delete(run.run_id)
    run_folder.remove(run.folder, run.run_id)


def fingerprint(sent: Sent) -> str:
    """Of what was asked: options and the files' contents."""
    asked = json.dumps(
        [sent.options, sent.files], sort_keys=True, default=lambda file: f"{file.name} {file_hash(file)}"
    )
    return hashlib.sha256(asked.encode()).hexdigest()


def status(view: View) -> str:
    """queued, running, done, failed or cancelled."""
    if not view.ended:
        return "queued" if view.started is None else "running"
    if view.error is None:
        return view.result.record.status
    return "cancelled" if isinstance(view.error, Cancelled) else "failed"


def standing(view: View, step: str = "") -> dict[str, Any]:
    """How far a job is; all of it is one `step`, where one is given."""
    now = view.progress
    progress = {"step": step or now.step, "done": now.done, "total": now.total} if now and not view.ended else None
    return {"status": status(view), "ahead": view.ahead, "progress": progress}


def told(order: Order) -> dict[str, Any]:
    """A job as it stands."""
    run = order.job.view.result
    return state(order) | {"run": run.record.as_json() if run is not None else None}


def state(order: Order) -> dict[str, Any]:
    """A job as it stands, without the record of its run."""
    return _state(order.id, order.job.view)


def _state(number: str, view: View) -> dict[str, Any]:
    kept = [] if view.result is None else view.result.kept
    return {
        "id": number,
        **standing(view),
        "made": len(view.made),
        "pictures": [f"/v1/jobs/{number}/pictures/{n}" for n in range(1, len(kept) + 1)],
        "error": for_programs(view.error) if view.error is not None else None,
    }


def lost(number: str) -> dict[str, Any]:
    """The state of a job that ended with the server that had it."""
    error = UsageError("The server was started again before the job had ended: send it once more.")
    return _state(number, View(error=error, ended=True))


async def events(order: Order) -> AsyncIterator[str]:
    """Server-sent events until the job has ended: `progress` whenever something has changed, then `end`."""
    last, ended = "", False
    while not ended:
        ended = order.job.view.ended
        text = json.dumps(state(order), ensure_ascii=False)
        if ended or text != last:
            yield f"event: {'end' if ended else 'progress'}\ndata: {text}\n\n"
        last = text
        await anyio.sleep(LOOK_EVERY)


async def ended(job: Job) -> Any:
    """The result of a job, or its error raised; no thread waits for it."""
    await seen(job)
    return job.wait()


async def seen(job: Job, seconds: float = math.inf) -> View:
    """A job once it has ended, or as it stands after so long."""
    with anyio.move_on_after(seconds):
        while not job.view.ended:
            await anyio.sleep(LOOK_EVERY)
    return job.view


def picture(order: Order, n: int) -> Path:
    """A kept picture's file; the best is 1.

    Raises:
        Gone: there are fewer.
    """
    kept = order.run.kept
    if not 1 <= n <= len(kept):
        raise Gone(
            Message("The job {job} has no picture {n}: the last is {count}.", job=order.id, count=len(kept), n=n)
        )
    return kept[n - 1]


orders = Orders()
