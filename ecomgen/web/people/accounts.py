"""Who may log in: a text file with a line for each user, the name and a salted scrypt hash of the password."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import anyio
from anyio.to_thread import run_sync

from ecomgen.atomic_file import write_atomically
from ecomgen.errors import UsageError

NAME = re.compile(r"[\w.@+-]{1,64}")
SHORTEST = 8  # characters of a password
COST, BLOCK, PARALLEL = 2**14, 8, 1  # scrypt (RFC 7914): 16 MiB and about 50 ms
PATIENCE = 1.0  # seconds that a wrong password costs
AT_ONCE = 2  # passwords that are looked at; the others wait, and nobody else does


def add(file: Path, name: str, password: str) -> None:
    """Write a user into the file, or change the password.

    Raises:
        UsageError: the name or the password will not do, or the file is no list of users.
        CannotWrite: the file cannot be written.
    """
    check_name(name)
    if len(password) < SHORTEST:
        raise UsageError("The password is too short: take at least {least} characters.", least=SHORTEST)
    known = users(file) if file.exists() else {}
    known[name] = hashed(password)
    save(file, known)


def check_name(name: str) -> None:
    """Raises UsageError for what cannot be the name of somebody, or of a program."""
    if not NAME.fullmatch(name):
        raise UsageError("{name!r} cannot be a name: take letters, digits and . @ + - _, at most 64.", name=name)


def save(file: Path, names: Mapping[str, str]) -> None:
    """Write a file that only its owner may read, with a line NAME:STORED for each name.

    Raises:
        CannotWrite: it cannot be written.
    """
    write_atomically(file, "".join(f"{name}:{stored}\n" for name, stored in names.items()).encode())
    file.chmod(0o600)


def users(file: Path) -> dict[str, str]:
    """The stored hash of each user.

    Raises:
        UsageError: the file cannot be read, or a line is not a user's.
    """
    found = {}
    for number, line in lines_of(file, "user"):
        name, _, stored = line.partition(":")
        if not NAME.fullmatch(name) or len(stored.split("$")) != 6:
            raise UsageError(
                "Line {line} of {file} is no user: make it with ecomgen user NAME.", line=number, file=file
            )
        found[name] = stored
    return found


def lines_of(file: Path, command: str) -> list[tuple[int, str]]:
    """The lines of a file of names, each with its number, without comments and empty ones.

    Raises:
        UsageError: the file cannot be read; `command` makes it.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            "{file} cannot be read: make it with ecomgen {command} NAME.", file=file, command=command
        ) from error
    told = ((number, line.strip()) for number, line in enumerate(lines, start=1))
    return [(number, line) for number, line in told if line and not line.startswith("#")]


def hashed(password: str) -> str:
    """The password as it is stored: scrypt$cost$block$parallel$salt$hash."""
    salt = secrets.token_bytes(16)
    return f"scrypt${COST}${BLOCK}${PARALLEL}${salt.hex()}${_scrypt(password, salt, COST, BLOCK, PARALLEL).hex()}"


def matches(password: str, stored: str) -> bool:
    """Whether a password is the stored one; the time it takes does not tell how nearly."""
    try:
        _, cost, block, parallel, salt, digest = stored.split("$")
        found = _scrypt(password, bytes.fromhex(salt), int(cost), int(block), int(parallel))
        return hmac.compare_digest(found, bytes.fromhex(digest))
    except ValueError:
        return False


def checker(file: Path) -> Callable[[str, str], Awaitable[bool]]:
    """What a login asks; the file is read each time, so that a new user need not wait for a restart.

    Raises:
        UsageError: the file cannot be used now.
    """
    users(file)
    nobody = hashed(secrets.token_hex())
    desk = anyio.CapacityLimiter(AT_ONCE)

    def look(name: str, password: str) -> bool:
        return matches(password, users(file).get(name, nobody))  # a name that is not there takes as long

    async def check(name: str, password: str) -> bool:
        good = await run_sync(look, name, password, limiter=desk)
        if not good:
            await anyio.sleep(PATIENCE)
        return good

    return check


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=2**27, dklen=32)
