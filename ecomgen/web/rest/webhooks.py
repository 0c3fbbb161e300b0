"""Tells a program that its job has ended: signed as https://www.standardwebhooks.com says.

Whoever is to be told stands in a file until somebody has taken it, so that a restart forgets nobody.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ecomgen import outbound
from ecomgen.atomic_file import write_atomically
from ecomgen.errors import BadInput, UsageError
from ecomgen.settings import settings

log = logging.getLogger("ecomgen.web")
FOLDER = "webhooks"  # of ECOMGEN_HOME
OLDEST = 3 * 24 * 3600  # seconds, after which nobody waits for a message any more
PAUSES = (2.0, 10.0, 60.0, 300.0)  # seconds before each further try
GONE = 410  # whoever answers so is not asked again


def refuse_unreachable(url: str) -> None:
    """Say at once, rather than when the job has ended, that a webhook cannot be sent.

    Raises:
        UsageError: nobody may be told, or not there.
    """
    if settings().webhook_secret is None:
        raise UsageError("Webhooks are off: set ECOMGEN_WEBHOOK_SECRET and ECOMGEN_WEBHOOK_HOSTS.")
    try:
        outbound.judged(outbound.placed(url), settings().webhook_hosts)
    except BadInput as error:
        raise UsageError("The webhook cannot be sent: {error}", error=error) from error


def send_when_ended(url: str, number: str, wait: Any, state: Any) -> None:
    """Post `state()` to an address once `wait()` returns or raises; beside everything else, and after a restart too."""
    owed = Owed.new(url, number)

    def follow() -> None:
        with owed.held():
            try:
                wait()
            except Exception as error:  # it is told as the job's state
                log.debug("The job of a webhook failed", exc_info=error)
            owed.pay(state())

    _beside(follow)


def resume(lost: Callable[[str], dict[str, Any]]) -> None:
    """Post what a server that is no more has left; `lost` is the state of a job that ended with it."""
    for file in sorted((settings().home / FOLDER).glob("*.json")):
        _beside(partial(_resumed, Owed(file), lost))


def _resumed(owed: Owed, lost: Callable[[str], dict[str, Any]]) -> None:
    with suppress(Timeout), owed.held():
        if owed.is_stale:
            log.warning("The webhook of job %s was waiting for too long", owed.number)
            owed.forget()
        elif owed.file.is_file():
            owed.pay(owed.said["state"] or lost(owed.number))


def _beside(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="ecomgen-webhook", daemon=True).start()


@dataclass(frozen=True)
class Owed:
    """A message that somebody waits for, in a file of its own: to whom, and what once it is known."""

    file: Path

    @classmethod
    def new(cls, url: str, number: str) -> Owed:
        owed = cls(settings().home / FOLDER / f"{number}.json")
        owed._keep(url, None)
        return owed

    @property
    def number(self) -> str:
        return self.file.stem

    @property
    def said(self) -> dict[str, Any]:
        return json.loads(self.file.read_text("utf-8"))

    @property
    def is_stale(self) -> bool:
        with suppress(FileNotFoundError):
            return time.time() - self.file.stat().st_mtime > OLDEST
        return False

    def held(self) -> FileLock:
        """So that of several servers with one home only one sends it; the system lets go when that dies."""
        return FileLock(self.file.with_suffix(".lock"), timeout=0, thread_local=False)

    def pay(self, state: dict[str, Any]) -> None:
        """Send it; whether or not it is taken, nobody tries again then."""
        url = self.said["url"]
        self._keep(url, state)
        send(url, self.number, state)
        self.forget()

    def forget(self) -> None:
        for file in (self.file, self.file.with_suffix(".lock")):
            file.unlink(missing_ok=True)

    def _keep(self, url: str, state: dict[str, Any] | None) -> None:
        write_atomically(self.file, json.dumps({"url": url, "state": state}, ensure_ascii=False).encode())


def send(url: str, number: str, state: dict[str, Any]) -> bool:
    """Post a job's state, signed anew for each try, until somebody takes it; whether somebody did."""
    body = json.dumps({"type": "job.ended", "data": state}, ensure_ascii=False).encode()
    for pause in (*PAUSES, None):
        try:
            status = outbound.post(url, body, signed(number, body, int(time.time())))
        except BadInput as error:
            status, reason = 0, str(error)
        else:
            reason = f"status {status}"
        if 200 <= status < 300:
            return True
        log.warning("The webhook of job %s was not taken (%s)", number, reason)
        if status == GONE or pause is None:
            break
        time.sleep(pause)
    return False


def signed(number: str, body: bytes, now: int) -> dict[str, str]:
    """The headers of a message: its id, its time, and an HMAC over both and the body."""
    secret = settings().webhook_secret
    key = secret.get_secret_value().encode() if secret else b""
    mac = hmac.new(key, f"{number}.{now}.".encode() + body, hashlib.sha256).digest()
    return {
        "content-type": "application/json",
        "webhook-id": number,
        "webhook-timestamp": str(now),
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }
