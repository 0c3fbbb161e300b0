"""A single file of weights, over plain HTTP."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException, HTTPResponse
from pathlib import Path

from ecomgen.errors import WeightsCorrupt, WeightsMissing
from ecomgen.messages import Message
from ecomgen.models.checksums import digest
from ecomgen.models.manifest import ModelEntry
from ecomgen.models.preconditions import require_network, require_space
from ecomgen.types import Progress, Report

ATTEMPTS = 3  # each goes on where the one before was cut
CHUNK = 1 << 20
TIMEOUT = 30  # seconds without a byte


def pull_file(one: ModelEntry, target: Path, report: Report) -> None:
    require_network(one.title)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    _fetch_all(one, part, report)
    algorithm, promised = ("sha256", one.sha256) if one.sha256 else ("md5", one.md5)
    if digest(part, algorithm, again=True) != (promised or "").lower():
        part.unlink()
        raise WeightsCorrupt(
            "What {url} sent is not {title} (its {algorithm} differs). Try again later.",
            url=one.url,
            title=Message(one.title),
            algorithm=algorithm,
        )
    part.replace(target)


def _fetch_all(one: ModelEntry, part: Path, report: Report) -> None:
    """Until `part` is complete, in at most a few attempts."""
    reason: object = Message("the connection was cut")
    for _ in range(ATTEMPTS):
        try:
            if _fetch_rest(one, part, report):
                return
        except urllib.error.HTTPError as error:
            raise WeightsMissing(
                "{url} answers {code} {reason}. Check the url in the manifest.",
                url=one.url,
                code=error.code,
                reason=error.reason,
            ) from error
        except (urllib.error.URLError, HTTPException, ConnectionError, TimeoutError) as error:
            reason = getattr(error, "reason", error)
    again = Message('Run "ecomgen models pull {name}" again; it goes on where it stopped.', name=one.id)
    raise WeightsMissing(
        "{title} did not arrive whole: {reason}. {again}", title=Message(one.title), reason=reason, again=again
    )


def _fetch_rest(one: ModelEntry, part: Path, report: Report) -> bool:
    """One request for what `part` does not hold yet; True when it is complete."""
    start = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(one.url or "", headers={"Range": f"bytes={start}-"} if start else {})
    try:
        answer: HTTPResponse = urllib.request.urlopen(request, timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code == 416 and start:  # nothing is left to send
            return True
        raise
    with answer:
        if answer.status != 206:  # the server sends all of it again
            start = 0
        total = start + int(answer.headers.get("Content-Length", 0))
        require_space(part.parent, total - start)
        with part.open("r+b" if start else "wb") as stream:
            stream.seek(start)
            done = start
            while chunk := answer.read(CHUNK):
                stream.write(chunk)
                done += len(chunk)
                report(Progress(step="pull", done=done, total=max(total, done), message=one.title))
    return done >= total
