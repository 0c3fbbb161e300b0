"""A file is whole or not there, and only files are replaced."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ecomgen.atomic_file import whole, write, write_atomically
from ecomgen.errors import CannotWrite
from ecomgen.export.log_tables import write_table


def test_what_fails_half_way_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "a"
    write_atomically(file, b"before")
    with pytest.raises(ZeroDivisionError), whole(file) as part:
        part.write_bytes(b"aft")
        raise ZeroDivisionError
    assert file.read_bytes() == b"before" and list(tmp_path.iterdir()) == [file]


def test_threads_that_write_one_file_do_not_mix(tmp_path: Path) -> None:
    file, contents = tmp_path / "a", [bytes([number]) * 100_000 for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: write(file, content), contents))
    assert file.read_bytes() in contents and list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes.")
def test_a_private_file_is_its_owner_s_from_the_first_byte_on(tmp_path: Path) -> None:
    with whole(tmp_path / "key", private=True) as part:
        assert part.stat().st_mode & 0o077 == 0
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


@pytest.fixture(params=["pipe", "socket", "folder", "link"])
def no_file(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Something that has a name, but is no file."""
    place = tmp_path / "out"
    with socket.socket(socket.AF_UNIX) as listener:
        if request.param == "socket":
            listener.bind(str(place))
        elif request.param == "folder":
            place.mkdir()
        else:
            pipe = tmp_path / "pipe" if request.param == "link" else place
            os.mkfifo(pipe)
            if request.param == "link":
                place.symlink_to(pipe)
        yield place


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names.")
@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet", None])
def test_what_is_no_file_is_never_replaced(no_file: Path, kind: str | None) -> None:
    before = no_file.lstat()
    beside = set(no_file.parent.iterdir())
    with pytest.raises(CannotWrite, match="is not replaced"):
        write_table(iter([]), no_file, kind) if kind else write_atomically(no_file, b"x")
    after = no_file.lstat()
    assert (after.st_mode, after.st_ino) == (before.st_mode, before.st_ino)
    assert set(no_file.parent.iterdir()) == beside


def test_the_file_that_stdout_goes_to_is_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    words = "from pathlib import Path; from ecomgen.atomic_file import write_atomically as w; print('told', flush=True)"
    with out.open("wb") as stdout:
        done = subprocess.run(
            [sys.executable, "-c", f"{words}; w(Path({str(out)!r}), b'x')"], stdout=stdout, stderr=subprocess.PIPE
        )
    assert out.read_text() == "told\n" and b"own output" in done.stderr
