"""The home folder: whose it is, and what is read of the environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from commands import Run
from logged import record

from ecomgen.atomic_file import write_atomically
from ecomgen.runlog import RunLog
from ecomgen.settings import open_home, settings

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions.")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_home_and_what_is_in_it_are_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, photo = tmp_path / "data" / "ecomgen", tmp_path / "photo.png"
    photo.write_bytes(b"x")
    monkeypatch.setenv("ECOMGEN_HOME", str(home))
    log = RunLog(settings().database)
    log.begin(record("a"), home / "runs" / "a")
    write_atomically(home / "runs" / "a" / "run.json", b"{}")
    log._originals.keep(photo, "aa", "a")
    assert mode(home) == 0o700
    files = [file for file in home.rglob("*") if file.is_file() and file.parent.name != "running"]
    assert {file.name for file in files} >= {"runs.sqlite", "run.json", "aa.png"}
    assert {file.name: oct(mode(file)) for file in files if mode(file) != 0o600} == {}


def test_a_home_that_was_open_is_closed_unless_its_group_shares_it(home: Path) -> None:
    home.chmod(0o755)
    assert mode(open_home()) == 0o700
    home.chmod(0o775)
    assert mode(open_home()) == 0o775


def test_what_goes_elsewhere_is_as_open_as_the_user_has_it(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_atomically(tmp_path / "out" / "picture.png", b"x")
    finally:
        os.umask(before)
    assert mode(tmp_path / "out" / "picture.png") == 0o644


def test_names_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_ALLOWED_HOSTS", " a.example ,*.b.example,")
    assert settings().allowed_hosts == ("a.example", "*.b.example")


@pytest.mark.parametrize(
    ("name", "value"),
    [("ECOMGEN_UPLOADS_HOURS", "soon"), ("ECOMGEN_SHARED_LOG", "perhaps"), ("ECOMGEN_RUNS_PER_PERSON", "0")],
)
@pytest.mark.parametrize("words", [("runs", "list"), ("models", "list"), ("doctor",), ("schema", "request")])
def test_a_wrong_variable_is_one_sentence_from_every_command(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv(name, value)
    answer = run(*words)
    assert answer.code == 0 or (answer.code == 2 and name in answer.err and "Unexpected" not in answer.err)


def test_an_unexpected_error_is_told_even_where_the_settings_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    from ecomgen.cli.outcome import unexpected

    monkeypatch.setenv("ECOMGEN_UPLOADS_HOURS", "soon")
    assert unexpected(KeyError("x")).startswith("Unexpected KeyError")
