"""Which programs are let in: by a token of the file that ECOMGEN_TOKENS_FILE names, without one from this machine."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from starlette.datastructures import Headers

from ecomgen.settings import settings
from ecomgen.web.people.access import Person
from ecomgen.web.people.accounts import check_name, lines_of, save
from ecomgen.web.security.origins import host_name, is_loopback

HASH = "sha256$"
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def add(file: Path, name: str) -> str:
    """A new token for a program, whose hash is written into the file.

    Raises:
        UsageError: the name will not do, or the file cannot be read.
        CannotWrite: the file cannot be written.
    """
    check_name(name)
    token = secrets.token_urlsafe(32)
    save(file, {**(tokens(file) if file.exists() else {}), name: _hashed(token)})
    return token


def tokens(file: Path) -> dict[str, str]:
    """The hash of each program's token. A line is NAME:TOKEN, the token plain or hashed; without a name it has its own.

    Raises:
        UsageError: the file cannot be read.
    """
    found = {}
    for number, line in lines_of(file, "token"):
        name, colon, token = line.partition(":")
        if not name:
            continue
        name, token = (name, token.strip()) if colon else (f"program-{number}", name)
        found[name] = token if token.startswith(HASH) else _hashed(token)
    return found


def program(headers: Headers, address: str, host: str) -> Person | None:
    """The program that asks; None where it may not.

    Args:
        address: where the request comes from.
        host: the name by which the app was called.
    """
    file = settings().tokens_file
    if file is None and settings().auth_file is not None:  # a proxy on this machine may not say whom it calls for
        return None
    if file is None:
        here = is_loopback(address) and is_loopback(host_name(host)) and not any(name in headers for name in FORWARDED)
        return Person(name="program:here", private_machine=False) if here else None
    bearer, _, token = headers.get("authorization", "").partition(" ")
    given = _hashed(token.strip() if bearer.lower() == "bearer" else headers.get("x-api-key", ""))
    names = [name for name, stored in tokens(file).items() if hmac.compare_digest(given, stored)]
    return Person(name=f"program:{names[0].replace('/', '')}", private_machine=False) if names else None


def _hashed(token: str) -> str:
    return HASH + hashlib.sha256(token.encode()).hexdigest()
