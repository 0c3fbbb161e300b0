"""The log as a table, and as a training set, is what other programs expect."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import logged
import numpy as np
import pytest
from logged import entry, record
from PIL import Image

from ecomgen.errors import BadInput, CannotWrite
from ecomgen.export import save_picture
from ecomgen.export.dataset import TrainingSet, caption
from ecomgen.export.log_tables import COLUMNS, write_table
from ecomgen.record import RunRecord
from ecomgen.record.run_record import ReferenceEntry

PARAMETERS = {"product": "blue mug", "channel": None, "mode": "keep", "masker": "auto", "width": 64, "height": 48}


def run(run_id: str, prompt: str = 'on oak, "soft" light\nÜnï', **more: object) -> RunRecord:
    return record(
        run_id,
        prompt,
        sha256="ab" * 32,
        parameters=PARAMETERS | more,
        negative_prompt="",
        device="cpu",
        status="done",
        candidates=[entry(0), entry(1, "filtered")],
    )


@pytest.fixture
def runs(tmp_path: Path) -> list[tuple[RunRecord, Path]]:
    return [(run(f"r{number}"), tmp_path / f"r{number}") for number in range(3)]


def test_json_lines_hold_whole_records(runs: list[tuple[RunRecord, Path]], tmp_path: Path) -> None:
    assert write_table(iter(runs), tmp_path / "a.jsonl", "jsonl", keep_paths=True) == 3
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    assert lines == [one.as_json() | {"folder": str(folder)} for one, folder in runs]


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_a_table_does_not_tell_where_files_lie(
    kind: str, runs: list[tuple[RunRecord, Path]], tmp_path: Path, home: Path
) -> None:
    hidden = run("x").model_copy(
        update={"references": (ReferenceEntry(path=str(tmp_path / "secret" / "mug.jpg"), sha256="aa"),)}
    )
    told = tmp_path / f"a.{kind}"
    write_table(iter([*runs, (hidden, tmp_path / "x")]), told, kind)
    text = told.read_text("utf-8")
    assert str(tmp_path) not in text and str(home) not in text and "secret" not in text
    assert kind == "csv" or ("mug.jpg" in text and '"aa"' in text)
    write_table(iter([*runs, (hidden, tmp_path / "x")]), told, kind, keep_paths=True)
    assert str(tmp_path) in told.read_text("utf-8")


def test_csv_has_a_row_a_picture(runs: list[tuple[RunRecord, Path]], tmp_path: Path) -> None:
    assert write_table(iter(runs), tmp_path / "deep" / "a.csv", "csv") == 6
    with (tmp_path / "deep" / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(COLUMNS) and len(rows) == 6
    first = rows[0]
    assert (first["run_id"], first["prompt"], first["verdict"]) == ("r0", 'on oak, "soft" light\nÜnï', "kept")
    assert (first["identity"], first["extension"], first["product"]) == ("0.9", "", "blue mug")
    assert rows[1]["reasons"] == "too far" and json.loads(first["parameters"]) == logged.PARAMETERS | PARAMETERS


def test_parquet_keeps_the_types(runs: list[tuple[RunRecord, Path]], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")
    assert write_table(iter(runs), tmp_path / "a.parquet", "parquet") == 6
    rows = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert rows[0]["width"] == 64 and rows[0]["identity"] == 0.9 and rows[0]["extension"] is None
    assert [row["run_id"] for row in rows] == ["r0", "r0", "r1", "r1", "r2", "r2"]


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_an_empty_log_gives_an_empty_table(kind: str, tmp_path: Path) -> None:
    assert write_table(iter([]), tmp_path / "a", kind) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_place_that_cannot_be_written_leaves_nothing(runs: list[tuple[RunRecord, Path]], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite, match="--out"):
        write_table(iter(runs), tmp_path / "file" / "a.csv", "csv")


def written(folder: Path, **more: object) -> tuple[RunRecord, Path]:
    """A run folder with two pictures, the first kept, and a product on the left half."""
    product = np.zeros((48, 64, 4), np.uint8)
    product[:, :32] = (10, 200, 10, 255)
    save_picture(folder / "product.png", product)
    made = run(folder.name, **more)
    for one in made.candidates:
        save_picture(folder / one.path, product[..., :3] + 5)
    return made, folder


def test_a_training_set_has_pictures_masks_photos_and_captions(tmp_path: Path) -> None:
    photo = np.full((20, 30, 3), 77, np.uint8)
    made = TrainingSet(tmp_path / "set", lambda _: photo)
    for number in range(2):
        made.add(*written(tmp_path / f"r{number}"))
    lines = [json.loads(line) for line in made.close().read_text("utf-8").splitlines()]
    folder = tmp_path / "set" / "train"
    assert len(made) == 2 and [line["seed"] for line in lines] == [7, 7]
    assert lines[0]["text"] == 'blue mug on oak, "soft" light Ünï' and len(list((folder / "references").iterdir())) == 1
    with Image.open(folder / lines[0]["file_name"]) as picture, Image.open(folder / lines[0]["mask_file_name"]) as mask:
        assert picture.size == mask.size == (64, 48) and mask.getpixel((3, 3)) == 255 and mask.getpixel((60, 3)) == 0
        assert set(picture.info) == {"icc_profile"}
    with Image.open(folder / lines[0]["reference_file_name"]) as reference:
        assert reference.size == (30, 20)


def test_what_is_gone_is_left_out_and_said(tmp_path: Path) -> None:
    made = TrainingSet(tmp_path / "set", lambda _: None)
    made.add(run("r9"), tmp_path / "nowhere")
    assert len(made.skipped) == 1
    with pytest.raises(BadInput, match="nothing to train on"):
        made.close()
    made.add(*written(tmp_path / "r1", mode="replace"))
    (line,) = [json.loads(line) for line in made.close().read_text("utf-8").splitlines()]
    assert line["reference_file_name"] is None
    with Image.open(tmp_path / "set" / "train" / line["mask_file_name"]) as mask:
        assert mask.getpixel((3, 3)) == 0 and mask.getpixel((60, 3)) == 255


def test_a_caption_names_the_product_once() -> None:
    assert caption(run("r", "on oak", product="Oak")) == "on oak"
    assert caption(run("r", "on oak", product="")) == "on oak"
