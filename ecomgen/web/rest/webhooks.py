"""Tells a program that its job has ended: signed as https://www.standardwebhooks.com says."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import threading
import time
from typing import Any

from ecomgen import outbound
from ecomgen.errors import BadInput, UsageError
from ecomgen.settings import settings

log = logging.getLogger("ecomgen.web")
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
    """Post `state()` to an address once `wait()` returns or raises; beside everything else."""

    def follow() -> None:
        try:
            wait()
        except Exception as error:  # it is told as the job's state
            log.debug("The job of a webhook failed", exc_info=error)
        send(url, number, state())

    threading.Thread(target=follow, name="ecomgen-webhook", daemon=True).start()


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
