"""A link for reviewers: it opens one run's pictures until its time is over, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Run
from logged import entry, record
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ecomgen.errors import UsageError
from ecomgen.runlog import RunLog, Said
from ecomgen.settings import settings
from ecomgen.web.deciding import review
from ecomgen.web.security.doors import around, is_open
from ecomgen.web.security.request_log import shown

SECRET = "a secret of sixteen"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An app with links, and a run of two pictures one of which was rejected."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    monkeypatch.setenv("ECOMGEN_REVIEW_SECRET", SECRET)
    log = RunLog(settings().database)
    for run, prompt in (("r1", "on <oak>"), ("r2", "on slate")):
        log.begin(record(run, prompt), tmp_path / run)
        log.finish(record(run, prompt, candidates=[entry(0), entry(1, "filtered")]))
        (tmp_path / run / "candidates").mkdir(parents=True)
        Image.new("RGB", (8, 8), "red").save(tmp_path / run / "candidates" / "00-7.png")
    said = Said(number=0, run_id="r1", position=0, said="", person="anna", act="reject", reason="light", words="<dim>")
    log.decide(said)
    app = Starlette(lifespan=around("127.0.0.1", review.routes()))
    app.cookie_id, app.tokens = "x", {}  # type: ignore[attr-defined]
    with TestClient(app, base_url="http://localhost:7860", client=("127.0.0.1", 1)) as client:
        yield client


def test_the_link_shows_pictures_and_what_was_decided_and_nothing_can_be_sent(client: TestClient) -> None:
    place = f"/review/{review.link('r1').token}"
    page = client.get(place)
    assert page.status_code == 200 and "on &lt;oak&gt;" in page.text and "&lt;dim&gt;" in page.text
    assert "Rejected: Light (anna)" in page.text and "<script" not in page.text and "<form" not in page.text
    assert page.headers["cache-control"] == "no-store" and "noindex" in page.headers["x-robots-tag"]
    picture = client.get(f"{place}/0")
    assert picture.status_code == 200 and picture.headers["content-type"] == "image/png"
    assert client.get(f"{place}/1").status_code == 404  # its file is gone
    assert client.post(place).status_code == 405


def test_a_link_ends(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made = review.link("r1", 1)
    monkeypatch.setattr(review.time, "time", lambda: made.until + 1)
    assert [client.get(f"/review/{made.token}{end}").status_code for end in ("", "/0")] == [410, 410]


def test_nobody_makes_a_link_of_their_own_or_changes_one(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    token = review.link("r1").token
    run, until, signature = token.split(".")
    wrong = [f"r2.{until}.{signature}", f"{run}.{int(until) + 9}.{signature}", f"{run}.{until}.", f"{run}.{until}"]
    assert {client.get(f"/review/{one}").status_code for one in wrong} == {404}
    assert is_open(f"/review/{token}/0") and not is_open(f"/review/{token}/0/x")
    monkeypatch.setenv("ECOMGEN_REVIEW_SECRET", SECRET + "!")
    assert client.get(f"/review/{token}").status_code == 404
    monkeypatch.delenv("ECOMGEN_REVIEW_SECRET")
    assert client.get(f"/review/{token}").status_code == 404


def test_a_deleted_run_is_not_shown(client: TestClient) -> None:
    made = review.link("r1")
    RunLog(settings().database).delete("r1")
    assert client.get(f"/review/{made.token}").status_code == 410


def test_links_are_off_unless_wanted_short_secrets_are_refused_and_logs_hold_no_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(UsageError, match="are off"):
        review.link("r1")
    monkeypatch.setenv("ECOMGEN_REVIEW_SECRET", "short")
    with pytest.raises(UsageError, match="ECOMGEN_REVIEW_SECRET"):
        review.link("r1")
    monkeypatch.setenv("ECOMGEN_REVIEW_SECRET", SECRET)
    with pytest.raises(UsageError, match="90 days"):
        review.link("r1", 91)
    assert shown("/review/r1.1.abc/0") == "/review"


def test_the_command_line_prints_a_link(client: TestClient, run: Run) -> None:
    address = run("runs", "link", "r2", "--address", "https://studio.example/").out.strip()
    assert address.startswith("https://studio.example/review/r2.")
    assert "on slate" in client.get(address.removeprefix("https://studio.example")).text
