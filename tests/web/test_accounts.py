"""Who may log in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomgen.errors import UsageError
from ecomgen.web.people import accounts


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(accounts, "PATIENCE", 0.0)
    accounts.add(tmp_path / "users", "anna", "correct horse")
    return tmp_path / "users"


def asked(file: Path) -> Callable[[str, str], bool]:
    """What a login asks, and waits for."""
    check = accounts.checker(file)

    def ask(name: str, password: str) -> bool:
        with start_blocking_portal() as portal:
            return portal.call(check, name, password)

    return ask


def test_the_right_password_opens_and_the_wrong_does_not(file: Path) -> None:
    check = asked(file)
    assert check("anna", "correct horse")
    assert not check("anna", "correct horsE")
    assert not check("ben", "correct horse")
    assert not check("", "")


def test_a_new_user_and_a_new_password_need_no_restart(file: Path) -> None:
    check = asked(file)
    accounts.add(file, "ben", "another one")
    accounts.add(file, "anna", "battery staple")
    assert check("ben", "another one") and check("anna", "battery staple")
    assert not check("anna", "correct horse")


def test_the_file_holds_no_password_and_is_for_its_owner_only(file: Path) -> None:
    assert "horse" not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert accounts.hashed("same again") != accounts.hashed("same again"), "each has a salt of its own"


@pytest.mark.parametrize("line", ["anna", "anna:secret", "a/b:scrypt$1$1$1$00$00"])
def test_a_line_that_is_no_user_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "users").write_text(f"# a comment\n\n{line}\n")
    with pytest.raises(UsageError, match="Line 3"):
        accounts.checker(tmp_path / "users")


def test_a_file_that_is_missing_is_told_and_nobody_gets_in(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        accounts.checker(tmp_path / "gone")


@pytest.mark.parametrize(("name", "password"), [("", "long enough"), ("a/b", "long enough"), ("anna", "short")])
def test_what_will_not_do_is_told(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(UsageError):
        accounts.add(tmp_path / "users", name, password)
    assert not (tmp_path / "users").exists()


@settings(max_examples=8)
@given(st.text(min_size=8, max_size=40, alphabet=st.characters(blacklist_categories=["Cs"])))
def test_any_password_matches_itself_only(password: str) -> None:
    stored = accounts.hashed(password)
    assert accounts.matches(password, stored)
    assert not accounts.matches(f"{password}.", stored)
    assert not accounts.matches(password, "scrypt$broken$8$1$zz$zz")
