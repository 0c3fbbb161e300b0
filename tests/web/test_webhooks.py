"""What a program hears when its job has ended: signed, tried again, and never sent into a private network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rest_calls import QUICK, calling, files
from small_web import Web

from ecomgen.web.rest import jobs, webhooks

SECRET = "a secret of the two"


@pytest.fixture(autouse=True)
def told(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    monkeypatch.setenv("ECOMGEN_WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("ECOMGEN_WEBHOOK_HOSTS", "127.0.0.1")
    monkeypatch.setattr(webhooks, "PAUSES", (0.01, 0.01))
    web.serve("/ended", b"")


def test_a_job_that_has_ended_is_told_once_and_signed(web: Web, photo: Path) -> None:
    with calling() as client:
        ask: dict[str, Any] = {"params": {"webhook": web.at("/ended")}, "headers": {"Idempotency-Key": "one"}}
        begun = client.post("/v1/jobs", files=files(photo), data=QUICK | {"count": "1"}, **ask).json()
        client.post("/v1/jobs", files=files(photo), data=QUICK | {"count": "1"}, **ask)
        client.get(f"/v1/jobs/{begun['id']}/events")
        waited_for(lambda: bool(web.posted))
        state = client.get(f"/v1/jobs/{begun['id']}").json()
    ((headers, body),) = web.posted
    assert headers["webhook-id"] == begun["id"] and abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mac}"
    said = json.loads(body)
    assert said["type"] == "job.ended" and said["data"] == {name: one for name, one in state.items() if name != "run"}


def test_what_is_not_taken_is_sent_again(web: Web) -> None:
    answers = [500, 302, 204]

    def answer(handler: Any) -> None:
        handler.send_response(answers[len(web.posted) - 1])
        handler.send_header("location", web.at("/elsewhere"))
        handler.send_header("content-length", "0")
        handler.end_headers()

    web.pages["/ended"] = answer
    assert webhooks.send(web.at("/ended"), "j", {}) and len(web.posted) == 3
    answers[:] = [410]
    web.posted.clear()
    assert not webhooks.send(web.at("/ended"), "j", {}) and len(web.posted) == 1
    answers[:] = [500] * 3
    web.posted.clear()
    assert not webhooks.send(web.at("/ended"), "j", {}) and len(web.posted) == 3


@pytest.mark.parametrize("url", ["http://localhost/ended", "http://169.254.169.254/", "file:///etc/passwd", "ended"])
def test_a_webhook_that_may_not_be_sent_is_refused_at_once(
    url: str, photo: Path, monkeypatch: pytest.MonkeyPatch, web: Web
) -> None:
    with calling() as client:
        refused = client.post("/v1/jobs", files=files(photo), data=QUICK, params={"webhook": url})
        assert refused.status_code == 422 and "webhook" in refused.json()["detail"].lower()
        monkeypatch.setenv("ECOMGEN_WEBHOOK_HOSTS", "*")
        monkeypatch.delenv("ECOMGEN_FETCH_LOOPBACK")
        private = client.post("/v1/jobs", files=files(photo), data=QUICK, params={"webhook": web.at("/ended")})
        assert private.status_code == 422 and "private network" in private.json()["detail"]
        monkeypatch.delenv("ECOMGEN_WEBHOOK_SECRET")
        off = client.post("/v1/jobs", files=files(photo), data=QUICK, params={"webhook": web.at("/ended")})
    assert off.status_code == 422 and "ECOMGEN_WEBHOOK_SECRET" in off.json()["detail"] and not web.posted


def test_a_restart_forgets_nobody(web: Web, home: Path) -> None:
    """The message that was being tried, and the job that was being made, when the server before this one died."""
    known = {"id": "done", "status": "done"}
    for number, state in (("done", known), ("running", None), ("old", known)):
        owed = webhooks.Owed.new(web.at("/ended"), number)
        owed.file.write_text(json.dumps({"url": web.at("/ended"), "state": state}), "utf-8")
    os.utime(owed.file, (0, 0))
    with webhooks.Owed.new(web.at("/ended"), "elsewhere").held():
        webhooks.resume(jobs.lost)
        waited_for(lambda: len(web.posted) == 2 and len(list((home / "webhooks").glob("*.json"))) == 1)
    said = {headers["webhook-id"]: json.loads(body)["data"] for headers, body in web.posted}
    assert said["done"] == known
    assert said["running"]["status"] == "failed" and "once more" in said["running"]["error"]
    assert said["running"].keys() == jobs.lost("").keys()
    webhooks.resume(jobs.lost)
    waited_for(lambda: len(web.posted) == 3)


def test_a_lost_job_is_told_in_the_form_of_the_others(photo: Path) -> None:
    with calling() as client:
        begun = client.post("/v1/jobs", files=files(photo), data=QUICK | {"count": "1"}).json()
        client.get(f"/v1/jobs/{begun['id']}/events")
    assert jobs.lost("").keys() == begun.keys() - {"run"}


def waited_for(fulfilled: Callable[[], bool]) -> None:
    until = time.monotonic() + 120
    while not fulfilled():
        assert time.monotonic() < until
        time.sleep(0.02)
