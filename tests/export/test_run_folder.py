"""A run's folder: what is the user's stays, an earlier run is moved whole, nothing is there before it is needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ecomgen.export.run_folder import RunFolder, remove


def put_run(folder: Path, run_id: str) -> None:
    for name in ("candidates/00-7.png", "kept/01-7.png", "product.png", "mask.png", "cutout.png", "heat/00-7.webp"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(run_id)
    (folder / "run.json").write_text(json.dumps({"run_id": run_id}))


def files(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def test_nothing_is_made_before_room_is(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "deep" / "out")
    assert not (tmp_path / "deep").exists()
    folder.discard()
    assert folder.make_room() is None and (tmp_path / "deep" / "out").is_dir()
    folder.discard()
    assert not (tmp_path / "deep" / "out").exists()


def test_an_earlier_run_is_moved_whole_and_what_is_the_users_stays(tmp_path: Path) -> None:
    put_run(tmp_path, "r1")
    (tmp_path / "notes.txt").write_text("mine")
    assert RunFolder(tmp_path).make_room() == ("r1", tmp_path / "earlier" / "r1")
    assert files(tmp_path) == {"notes.txt", *(f"earlier/r1/{name}" for name in files(tmp_path / "earlier" / "r1"))}
    assert "heat/00-7.webp" in files(tmp_path / "earlier" / "r1"), "or it would be shown with the next run's pictures"


def test_a_move_that_was_cut_short_goes_on(tmp_path: Path) -> None:
    put_run(tmp_path, "r1")
    whole = files(tmp_path)
    (tmp_path / "earlier" / "r1").mkdir(parents=True)
    (tmp_path / "product.png").rename(tmp_path / "earlier" / "r1" / "product.png")
    assert RunFolder(tmp_path).make_room() == ("r1", tmp_path / "earlier" / "r1")
    assert files(tmp_path / "earlier" / "r1") == whole


@pytest.mark.parametrize("beside", ["notes.txt", "earlier/r0/run.json", None])
def test_deleting_a_run_leaves_what_it_did_not_write(tmp_path: Path, beside: str | None) -> None:
    folder = tmp_path / "out"
    put_run(folder, "r1")
    if beside:
        (folder / beside).parent.mkdir(parents=True, exist_ok=True)
        (folder / beside).write_text("mine")
    remove(folder, "r1")
    assert files(tmp_path) == ({f"out/{beside}"} if beside else set()) and folder.exists() == bool(beside)


def test_another_run_in_the_same_folder_is_not_deleted(tmp_path: Path) -> None:
    put_run(tmp_path, "r2")
    whole = files(tmp_path)
    remove(tmp_path, "r1")
    assert files(tmp_path) == whole
