"""Zips that nobody should unpack, and those that are unpacked once."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from commands import Run

from ecomgen.catalogue import Limits, read
from ecomgen.catalogue.archive import LOCAL, OF_A_STRANGER
from ecomgen.errors import BadInput


def bomb(file: Path, megabytes: int, kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", kind) as archive, archive.open("mug/one.jpg", "w") as entry:
        for _ in range(megabytes):
            entry.write(bytes(2**20))
    return file


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_is_refused_before_anything_is_written(tmp_path: Path, kind: int) -> None:
    source = bomb(tmp_path / "bomb.zip", 100, kind)
    with pytest.raises(BadInput, match="hundredfold"):
        read(source, tmp_path / "unpacked", {})
    assert not (tmp_path / "unpacked").exists()


def test_so_is_it_by_a_dry_run(run: Run, tmp_path: Path) -> None:
    answer = run("batch", bomb(tmp_path / "bomb.zip", 100), "--out", tmp_path / "out", "--dry-run")
    assert answer.code == 3 and "hundredfold" in answer.err
    assert not (tmp_path / "out").exists()


def test_a_dry_run_of_a_zip_leaves_nothing(run: Run, photo: Path, tmp_path: Path) -> None:
    answer = run("batch", one(photo, tmp_path), "--out", tmp_path / "out", "--prompt", "on oak", "--dry-run")
    assert answer.code == 0 and not (tmp_path / "out").exists()


def test_many_small_files_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "many.zip"
    with zipfile.ZipFile(source, "w") as archive:
        for number in range(40):
            archive.writestr(f"{number}.jpg", b"")
    with pytest.raises(BadInput, match="40 files"):
        read(source, tmp_path / "unpacked", {}, limits=Limits(entries=39))
    assert not (tmp_path / "unpacked").exists()
    assert OF_A_STRANGER.entries < LOCAL.entries < 60_000 and OF_A_STRANGER.unpacked < LOCAL.unpacked


def test_how_large_a_zip_may_be_can_be_said(run: Run, photo: Path, tmp_path: Path) -> None:
    source = one(photo, tmp_path, times=8)
    words = ("batch", source, "--out", tmp_path / "out", "--prompt", "on oak", "--dry-run")
    assert run(*words).code == 0
    refused = run(*words, "--unpack-limit", "0.001")
    assert refused.code == 3 and "GiB unpacked" in refused.err


def test_a_zip_is_unpacked_once(photo: Path, tmp_path: Path) -> None:
    source = one(photo, tmp_path)
    (first,) = read(source, tmp_path / "unpacked", {"prompt": "on oak"}).items
    source.rename(tmp_path / "another.zip")
    (again,) = read(tmp_path / "another.zip", tmp_path / "unpacked", {"prompt": "on oak"}).items
    assert first.fingerprint == again.fingerprint, "what was made of it need not be made again"
    assert len(list((tmp_path / "unpacked").iterdir())) == 1


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_damaged_zip_leaves_nothing_behind(photo: Path, tmp_path: Path, cut: float) -> None:
    source = one(photo, tmp_path)
    data = bytearray(source.read_bytes())
    data[int(cut * len(data) * 0.8)] ^= 255
    source.write_bytes(data)
    with pytest.raises(BadInput, match="cannot be unpacked"):
        read(source, tmp_path / "unpacked", {"prompt": "on oak"})
    assert list((tmp_path / "unpacked").iterdir()) == []


def one(photo: Path, folder: Path, times: int = 1) -> Path:
    source = folder / "products.zip"
    with zipfile.ZipFile(source, "w") as archive:
        for number in range(times):
            archive.write(photo, f"mug/{number}.png")
    return source
