"""Hostile requests to the app: how many are answered with anything but a sentence.

    python benchmarks/hostile_requests.py [--seed S] [--count N] [--out FILE.json]

The app is served on the loopback with a home of its own. Every endpoint gets payloads that nobody should send (wrong
types, missing and further values, huge numbers, files of the server, null characters, long and invisible texts), in
each of the ways in which Gradio takes them; plain routes get paths, headers, hosts and bodies of that kind. A request
got through where it has no answer within a minute, a status of 500, no text at all for what went wrong, such as
`{"error": null}`, a traceback, something called unexpected, or characters that control a terminal.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hostile_drawn import MAIN, UNSEEN, main
from PIL import Image

PATIENCE = 60  # seconds
START = 150  # seconds until the app answers
LONGEST = 4000  # characters of a refusal
ENDPOINTS = ("check", "cutout", "generate", "words", "score", "history", "export")
WAYS = ("call", "call/v2", "run", "api")
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**30, -(10**400), float("inf"), float("nan"), 1e308, [], {}, [[]], [None]),
    *("", " ", "\0", "a\0b", "x" * 100_000, "\x1b[31m", "\u202egnp", "\ud800", "../../etc/passwd", "/etc/passwd"),
    *(
        {"path": "/etc/passwd"},
        {"path": None},
        {"path": 7},
        {"path": "a\0b"},
        {"path": "n" * 5000},
        {"path": "/dev/zero"},
    ),
    *([{"path": "/etc/passwd"}], [{"path": []}], ["x"], [7], [{}], {"url": "http://127.0.0.1:9/"}, [[[[[[]]]]]]),
    *({"path": "x", "meta": {"_type": "gradio.FileData"}, "url": "file:///etc/passwd"}, {"__type__": "update"}),
    *(
        "nan",
        "9" * 5000,
        "1e400",
        "magic",
        "transparent; drop",
        "a;b;;c",
        "1,1",
        [[1, 2], [3]],
        [["a", "b"]],
        [[1e400, 0]],
    ),
)
PATHS = (
    *("/", "/nothing", "/config", "/gradio_api/info", "/gradio_api/call/nothing", "/gradio_api/call/check/nothing"),
    *(
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=" + "n" * 5000,
        "/gradio_api/file=a%00b",
        "/gradio_api/file=%ff%fe",
    ),
    *("/gradio_api/file=", "/gradio_api/file=../../x", "/gradio_api/file=http://127.0.0.1:9/", "/assets/%2e%2e/x"),
    *(
        "/assets/" + "n" * 300,
        "/static/%00",
        "/svelte/..",
        "/%ff",
        "/" + "a/" * 3000,
        "/?language=%ff",
        "/?language=xx",
    ),
    *(
        "/?__theme=" + "x" * 9000,
        "/gradio_api/upload",
        "/gradio_api/upload_progress",
        "/gradio_api/upload_progress?upload_id=x",
    ),
    *(
        "/gradio_api/queue/join",
        "/gradio_api/queue/data",
        "/gradio_api/queue/data?session_hash=x",
        "/gradio_api/queue/status",
    ),
    *("/gradio_api/reset", "/gradio_api/cancel", "/gradio_api/component_server", "/gradio_api/custom_component/x/y/z"),
    *(
        "/gradio_api/run/nothing",
        "/gradio_api/api/0",
        "/gradio_api/openapi.json",
        "/gradio_api/user",
        "/login",
        "/logout",
    ),
    *(
        "/gradio_api/app_id",
        "/gradio_api/startup-events",
        "/theme.css",
        "/manifest.json",
        "/pwa_icon/999999999999999999999999",
    ),
    *(
        "/gradio_api/run/history",
        "/gradio_api/call/history",
        "/gradio_api/call/v2/history",
        "/gradio_api/call/v2/nothing",
    ),
)
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "GET", "POST", "POST")
HEADERS: tuple[tuple[str, bytes], ...] = (
    *(
        ("cookie", value)
        for value in (b"language=xx", b"\xff=\xfe", b"=;=;=", b"a" * 9000, b'a="\x01"', b"ecomgen=" + b"x" * 5000)
    ),
    *(("accept-language", value) for value in (b"xx", b"\xff", b"de;q=nan", b"," * 5000)),
    *(
        ("content-type", value)
        for value in (
            b"application/json",
            b"text/plain",
            b"multipart/form-data",
            b"\xff",
            b"application/json; charset=utf-99",
        )
    ),
    *(("content-type", b"multipart/form-data; boundary=" + value) for value in (b"", b"x", b"x" * 500)),
    *(
        ("host", value)
        for value in (b"evil.example", b"", b"[::1", b"127.0.0.1:99999", b"\xff", b"a" * 5000, b"localhost:x")
    ),
    *(("origin", value) for value in (b"null", b"http://evil.example", b"http://[", b"\xff")),
    *(("range", value) for value in (b"bytes=9-1", b"bytes=" + b"9" * 500 + b"-", b"x")),
    *(
        ("x-forwarded-proto", b"\xff"),
        ("x-forwarded-host", b"evil.example"),
        ("referer", b"\xff"),
        ("user-agent", b"gradio_client\xff"),
    ),
    *(
        ("content-length", b"-1"),
        ("transfer-encoding", b"x"),
        ("if-none-match", b"\xff"),
        ("authorization", b"Basic \xff"),
    ),
)
BODIES = (
    *(b"", b"{", b"null", b"[]", b"{}", b'"x"', b"[" * 50_000, b'{"a":' * 50_000, b"\xff\xfe", b'{"data": null}'),
    *(b'{"data": {}}',),
    *(b'{"data": "x"}', b'{"data": [1,2,3]}', b'{"data": [NaN]}', b'{"data": ["\\ud800"]}'),
    *(b'{"data": [' + b"9" * 5000 + b"]}",),
    *(b'{"fn_index": 99999, "data": [], "session_hash": "x"}', b'{"fn_index": -1, "data": [], "session_hash": "x"}'),
    *(b'{"fn_index": "x", "data": []}', b'{"fn_index": 3, "data": [], "session_hash": "x"}'),
    *(b'{"session_hash": null, "data": []}',),
    *(b'{"fn_index": 3, "data": [null,null,null], "session_hash": "x", "event_data": 7, "trigger_id": "a"}',),
    *(b'{"session_hash": "x", "fn_index": 1, "event_id": "x"}', b'{"event_id": "x", "session_hash": "\\u0000"}'),
    *(b'{"data": [], "component_id": 99999, "fn_name": "x", "session_hash": "x"}',),
    *(b"username=x&password=" + b"y" * 9000,),
    *(b'--x\r\ncontent-disposition: form-data; name="files"; filename="a\x00b.png"\r\n\r\nx\r\n--x--\r\n',),
    *(b'--x\r\ncontent-disposition: form-data; name="files"; filename="' + b"n" * 400 + b'"\r\n\r\nx\r\n--x--\r\n',),
    *(b"--x\r\n",),
    *(b'--x\r\ncontent-disposition: form-data; name="files"; filename="../../a\x1b[31m.png"\r\n\r\nx\r\n--x--\r\n',),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request; `way` of an endpoint, or nothing for a plain route."""

    method: str
    path: str
    headers: tuple[tuple[str, bytes], ...] = ()
    body: bytes = b""
    way: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of it; `through` says why it should not have come, or nothing."""

    number: int
    call: str
    status: int
    answer: str
    through: str


@contextmanager
def served(home: Path) -> Iterator[int]:
    """The app on a free port of the loopback, until it is left."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    own = {"ECOMGEN_HOME": str(home), "ECOMGEN_WEIGHTS": str(home / "weights"), "HF_HUB_OFFLINE": "1"}
    log = (home.parent / "server.txt").open("wb")
    command = [sys.executable, "-c", MAIN, "serve", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        try:
            if _asked(port, Call(method="GET", path="/gradio_api/app_id"))[0] == 200:
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("the app did not start")


def whole_payloads(port: int, photo: Path) -> dict[str, dict[str, Any]]:
    """What each endpoint takes, by name, with the defaults that it tells and an uploaded photo."""
    info = json.loads(_asked(port, Call(method="GET", path="/gradio_api/info"))[1])["named_endpoints"]
    form = (
        b'--x\r\ncontent-disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
        + photo.read_bytes()
        + b"\r\n--x--\r\n"
    )
    head = (("content-type", b"multipart/form-data; boundary=x"),)
    status, answer = _asked(port, Call(method="POST", path="/gradio_api/upload", headers=head, body=form))
    uploaded = [{"path": json.loads(answer)[0], "meta": {"_type": "gradio.FileData"}}] if status == 200 else []
    files = dict.fromkeys(("photos", "pictures", "reference"), uploaded)
    return {
        name: {
            one["parameter_name"]: files.get(one["parameter_name"], one.get("parameter_default"))
            for one in info[f"/{name}"]["parameters"]
        }
        for name in ENDPOINTS
    }


def drawn(payloads: dict[str, dict[str, Any]], chance: random.Random) -> Call:
    """A request nobody should make."""
    if chance.random() < 0.5:
        return _plain(chance)
    name, way = chance.choice(ENDPOINTS), chance.choice(WAYS)
    values = dict(payloads[name])
    if "prompt" in values and name == "generate":
        values["prompt"] = ""  # so that nothing is ever made
    spoilt = chance.sample(sorted(values), min(len(values), chance.choice((1, 1, 2, 3))))
    values |= {one: chance.choice(VALUES) for one in spoilt if one != "prompt" or name != "generate"}
    sent: Any = values if way == "call/v2" else {"data": list(values.values())}
    if chance.random() < 0.15:
        if way == "call/v2":
            values["nothing"] = 1
        else:
            sent["data"] = chance.choice((sent["data"][:-1], [*sent["data"], 7], [], sent["data"][:1]))
    body = json.dumps(sent).encode()
    head = (("content-type", b"application/json"),)
    return Call(method="POST", path=f"/gradio_api/{way}/{name}", headers=head, body=body, way=way)


def _plain(chance: random.Random) -> Call:
    method, path = chance.choice(METHODS), chance.choice(PATHS)
    head = dict(chance.sample(HEADERS, chance.choice((0, 0, 1, 2))))
    body = chance.choice(BODIES) if method in ("POST", "PUT", "PATCH") else b""
    if body and chance.random() < 0.7:
        boundary = b"multipart/form-data; boundary=x" if body.startswith(b"--x") else b"application/json"
        head["content-type"] = boundary
    return Call(method=method, path=path, headers=tuple(head.items()), body=body)


def _asked(port: int, call: Call) -> tuple[int, str]:
    """Status and body of the answer; of a stream of events at most what comes within the patience."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        named = {name for name, _ in call.headers}
        connection.putrequest(call.method, call.path, skip_host="host" in named, skip_accept_encoding=True)
        for name, value in call.headers:
            connection.putheader(name, value)
        if not named & {"content-length", "transfer-encoding"}:
            connection.putheader("content-length", str(len(call.body)))
        connection.endheaders(call.body)
        answer = connection.getresponse()
        stream = "event-stream" in (answer.getheader("content-type") or "")
        body = answer.read1(1 << 16) if stream and not call.way else answer.read()
        return answer.status, body.decode("utf-8", "surrogateescape")
    finally:
        connection.close()


def run(port: int, number: int, call: Call) -> Outcome:
    """Make one request, and where it is an event, wait for its end."""
    shown = f"{call.method} {call.path[:80]} {dict(call.headers)} {call.body[:300]!a}"
    status, answer = 0, ""
    try:
        status, answer = _asked(port, call)
        if call.way.startswith("call") and status == 200:
            ticket = json.loads(answer)["event_id"]
            status, answer = _asked(port, Call(method="GET", path=f"{call.path}/{ticket}", way="event"))
        found = judged(status, answer, call)
    except TimeoutError:
        found = f"no answer in {PATIENCE} s"
    except (http.client.HTTPException, ConnectionError) as error:
        found = "" if _malformed(call) else f"no answer: {type(error).__name__}"
    return Outcome(number=number, call=shown, status=status, answer=answer[:600], through=found)


def _malformed(call: Call) -> bool:
    """Whether a server may close the connection without a word."""
    named = {name for name, _ in call.headers}
    return bool(named & {"content-length", "transfer-encoding"}) or any(len(one) > 4000 for _, one in call.headers)


def judged(status: int, answer: str, call: Call) -> str:
    """What is wrong with an answer; nothing where all is well."""
    if "Traceback" in answer or "omething unexpected" in answer:
        return "called unexpected"
    if status >= 500 and status != 503:
        return f"status {status}"
    wrong = status >= 400 or "event: error" in answer
    if not wrong or call.method == "HEAD":
        return ""
    if found := UNSEEN.search(_unescaped(answer)):
        return f"control character {found[0]!a}"
    if (
        '"error": null' in answer
        or '"error":null' in answer
        or "event: error\ndata: null" in answer
        or not answer.strip()
    ):
        return "no sentence"
    return "more than a sentence" if len(answer) > LONGEST or '"detail":[' in answer.replace(" ", "") else ""


def _unescaped(answer: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), answer)


def outcomes(seed: int, count: int) -> Iterator[Outcome]:
    """Draw and make so many requests to an app of their own."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="hostile-") as place:
        photo, home = Path(place) / "a.png", Path(place) / "home"
        Image.new("RGB", (96, 96), (200, 200, 200)).save(photo)
        with served(home) as port:
            payloads = whole_payloads(port, photo)
            for number in range(count):
                yield run(port, number, drawn(payloads, chance))


if __name__ == "__main__":
    main(__doc__, outcomes, 600, lambda one: f"{one.call}\n    {one.status} {one.answer[:300]!a}")
