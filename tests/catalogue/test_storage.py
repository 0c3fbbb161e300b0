"""A catalogue from and to object storage, through s3fs, against a server on the loopback that speaks S3."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import Run

from ecomgen import catalogue
from ecomgen.catalogue import storage
from ecomgen.catalogue.journal import Journal
from ecomgen.catalogue.worker import make
from ecomgen.errors import BackendMissing, BadInput, CannotWrite, UsageError

SECRET = "a-key-that-nobody-may-see"
OPTIONS = ("--count", 1, "--size", "64x64", "--seed", 3, "--threshold", 0, "--steps", 1)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """An empty bucket; credentials from the environment, as the libraries look for them."""
    import s3fs

    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    storage._opened.cache_clear()
    s3fs.S3FileSystem.clear_instance_cache()
    files = s3fs.S3FileSystem(use_listings_cache=False, skip_instance_cache=True)
    files.mkdir("shop")
    yield files
    files.rm("shop", recursive=True)
    storage._opened.cache_clear()


def names(files: Any, folder: str) -> set[str]:
    return {name.removeprefix(f"{folder}/") for name in files.find(folder)}


@pytest.mark.usefixtures("in_process")
def test_a_catalogue_goes_from_storage_to_storage_and_goes_on_elsewhere(
    bucket: Any, photo: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bucket.put_file(str(photo), "shop/in/photos/bottle.png")
    bucket.pipe_file("shop/in/autumn.csv", b"name,photos,prompt\nbox,photos/bottle.png,on marble\ngone,no.png,on oak\n")
    planned = run("batch", "s3://shop/in/autumn.csv", "--out", "s3://shop/out", "--dry-run", "--json")
    box, gone = planned.json["items"]
    assert planned.code == 3 and box["photos"] == ["s3://shop/in/photos/bottle.png"] and "no.png" in gone["problem"]
    answer = run("batch", "s3://shop/in/autumn.csv", "--out", "s3://shop/out", *OPTIONS, "--json")
    done, gone = answer.json["items"]
    assert answer.code == 3 and done["status"] == "done" and "no.png" in gone["reason"], answer.err
    made = names(bucket, "shop/out")
    assert {"journal.jsonl", "report.json", "report.csv", "pictures/box-1.png", "runs/box/outcome.json"} <= made
    assert {"runs/box/run.json", "runs/box/product.png", "runs/box/mask.png"} <= made
    assert not [name for name in made if name.endswith(".part") or name.startswith(".")]
    assert run("runs", "list", "--json").json[0]["run_id"] == done["run_id"]
    assert SECRET not in answer.out + answer.err

    bucket.put_file(str(photo), "shop/in/no.png")
    monkeypatch.setenv("ECOMGEN_HOME", str(tmp_path / "another machine"))
    again = run("batch", "s3://shop/in/autumn.csv", "--out", "s3://shop/out/", *OPTIONS, "--json")
    assert again.code == 0, again.err
    after, new = again.json["items"]
    assert after["run_id"] == done["run_id"] and new["status"] == "done"
    report = json.loads(bucket.cat_file("shop/out/report.json"))
    assert [one["status"] for one in report["items"]] == ["done", "done"]


def test_what_was_made_before_the_journal_was_written_is_taken_over_and_a_changed_photo_is_not(
    bucket: Any, photo: Path, tmp_path: Path
) -> None:
    bucket.put_file(str(photo), "shop/photos/mug/a.png")
    bucket.pipe_file("shop/photos/mug/prompt.txt", b"on marble")
    facts = {"count": "2", "size": "64x64", "seed": "3", "threshold": "0", "steps": "1"}
    read = lambda **more: catalogue.read("s3://shop/photos", tmp_path, facts | more).items  # noqa: E731
    (item,) = read()
    assert item.name == "mug" and item.request and item.request.prompt == "on marble"
    out = storage.where("s3://shop/out")
    first = make(item, out)
    assert first.status == "done" and len(first.pictures) == 2, first.reason
    assert make(item, out).run_id == first.run_id and not list((out.local / "pictures").iterdir())
    assert Journal(out).finished(item) is None
    (fewer,) = read(count="1")
    second = make(fewer, out)
    assert second.run_id != first.run_id and names(bucket, "shop/out/pictures") == {"mug-1.png"}
    assert sum(name.startswith("kept/") for name in names(bucket, "shop/out/runs/mug")) == 1
    bucket.rm("shop/out/pictures/mug-1.png")
    third = make(fewer, out)
    assert third.run_id != second.run_id, "a picture that is gone is made again"
    before = fewer.fingerprint
    bucket.pipe_file("shop/photos/mug/a.png", photo.read_bytes() + b"\0")
    assert fewer.fingerprint != before and make(fewer, out).run_id != third.run_id


def test_photos_that_were_fetched_leave_room(bucket: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_FETCH_CACHE_GIB", str(2.5 * 2**10 / 2**30))
    for name in ("a", "b"):
        bucket.pipe_file(f"shop/{name}.png", bytes(1024))
        file = storage.brought(f"s3://shop/{name}.png")
        os.utime(file, (1e9, 1e9))
    again = storage.brought("s3://shop/a.png")
    assert again.stat().st_mtime > 1e9, "it was used"
    bucket.pipe_file("shop/c.png", bytes(1024))
    storage.brought("s3://shop/c.png")
    kept = {file.name for file in (home / "cache" / "photos").rglob("*.png")}
    assert kept == {"a.png", "c.png"}


def test_storage_that_takes_no_arguments_is_opened() -> None:
    """As SFTP, which hands on all that it does not know to the connection."""
    import fsspec
    from fsspec.implementations.memory import MemoryFileSystem

    class Strict(MemoryFileSystem):
        protocol = "strict"

        def __init__(self) -> None:
            super().__init__()

    fsspec.register_implementation("strict", Strict, clobber=True)
    assert not storage.where("strict://shop/out").exists("report.csv")


def test_half_an_object_is_never_seen_over_sftp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that is not atomic, stood in for by a local one of that protocol."""
    from fsspec.implementations.local import LocalFileSystem

    class Slow(LocalFileSystem):
        protocol = "sftp"
        seen: list[str] = []  # noqa: RUF012

        def put_file(self, lpath: str, rpath: str, **_: Any) -> None:  # type: ignore[override]
            self.seen.append(rpath)
            shutil.copy(lpath, rpath)

    monkeypatch.setattr(storage, "_opened", lambda _: (Slow(), str(tmp_path / "out")))
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "a.txt").write_text("whole")
    storage.Where(tmp_path / "here", "sftp://host/out").publish("a.txt")
    assert (tmp_path / "out" / "a.txt").read_text() == "whole" and Slow.seen[0].endswith(".part")
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.parametrize(
    ("url", "kind", "said"),
    [
        ("https://shop.example/out", UsageError, "no storage that can be written"),
        ("nonsense://a/b", CannotWrite, "nonsense"),
        ("s3://nobody-has-this/out", BadInput, "nobody-has-this"),
    ],
)
def test_an_address_that_cannot_be_used(bucket: Any, url: str, kind: type[Exception], said: str) -> None:
    assert bucket is not None
    with pytest.raises(kind, match=said):
        storage.where(url)
        catalogue.run((), url)


def test_without_the_library_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path) -> None:
    def missing(_: str) -> Any:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(storage, "_opened", missing)
    with pytest.raises(BackendMissing, match=r"ecomgen\[storage\]"):
        storage.where("s3://me:secret@shop/out")
    answer = run("batch", tmp_path, "--out", "s3://me:secret@shop/out")
    assert answer.code == 4 and "secret" not in answer.err


@pytest.mark.usefixtures("in_process")
def test_an_address_of_a_file_is_that_folder(run: Run, photo: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(photo, tmp_path / "in" / "bottle.png")
    answer = run("batch", f"file://{tmp_path}/in", "--out", f"file://{tmp_path}/out", "--prompt", "on oak", *OPTIONS)
    assert answer.code == 0 and (tmp_path / "out" / "pictures" / "bottle-1.png").is_file()
