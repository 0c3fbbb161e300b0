"""A run's record: what is read is written again as it was, earlier versions are read, and what is broken is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Run
from logged import PARAMETERS, entry_values, record, values

from ecomgen.errors import BadInput
from ecomgen.record import (
    VERSION,
    NoRecord,
    Parameters,
    RunRecord,
    in_picture,
    read,
    read_file,
    read_picture,
    validated,
)
from ecomgen.runlog import RunLog

EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.json"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_earlier_record_is_read_and_written_again_as_it_was(file: Path) -> None:
    text = file.read_text("utf-8")
    made = read(text)
    again = made.as_json()
    assert (again.pop("version"), made.version) == (VERSION, VERSION)
    assert json.dumps(again, sort_keys=True) == json.dumps(json.loads(text), sort_keys=True), "every key and value"
    assert read(json.dumps(made.as_json())) == made


def test_every_earlier_version_has_its_example() -> None:
    assert {file.stem.split("_")[1] for file in EXAMPLES} == {str(1 + number) for number in range(VERSION - 1)}


def test_the_first_records_lacked_parts() -> None:
    made = validated(values("r1"))
    assert (made.status, made.hero, made.mask.masker, made.notes) == ("done", 0, "auto", ())
    assert list(made.as_json())[:2] == ["version", "run_id"] and {"status", "mask", "notes"} <= set(made.as_json())


def test_what_this_version_does_not_know_is_kept() -> None:
    newer = {"version": VERSION + 1, "videos": [{"name": "mug"}], "candidates": [entry_values(0, relit={"x": 1})]}
    made = validated(record("r1").as_json() | newer)
    again = made.model_copy(update={"notes": ("one",)}).as_json()
    assert again["version"] == VERSION + 1 and again["videos"] == [{"name": "mug"}]
    assert again["candidates"][0]["relit"] == {"x": 1} and again["notes"] == ["one"]


def test_parameters_keep_what_they_were_given_and_say_nothing_of_what_does_not_apply() -> None:
    given = {"variant": "x", "seed": 1, "set_palette": [1, 2.5]} | PARAMETERS | {"strength": 1}
    made = Parameters.model_validate(given)
    assert json.dumps(made.as_json(), sort_keys=True) == json.dumps(given, sort_keys=True)
    assert (made.size, made.guidance_scale, made.rendered) == ((64, 48), None, False)
    assert made.model_copy(update={"mask": "mm"}).as_json() == given | {"mask": "mm"}


def test_it_reads_as_the_json_that_it_is() -> None:
    made = record("r1", candidates=[entry_values(0)])
    assert made["candidates"][0]["scores"]["identity"] == made.candidates[0].scores.identity == 0.9
    with pytest.raises(KeyError):
        made["words"]


def test_a_picture_tells_its_run() -> None:
    made = record("r1", candidates=[entry_values(0, parameters=PARAMETERS), entry_values(1)], notes=["a note"])
    candidate, run = json.dumps(made.candidates[0].as_json()), json.dumps(in_picture(made))
    found = read_picture(candidate, run)
    assert (found.run_id, found.prompt, found.parameters.seed, found.notes) == ("r1", made.prompt, 7, ())
    assert [(one.sha256, one.path) for one in found.references] == [("aa", "")]
    for damaged in ((candidate[:-9], run), (candidate, "[]"), ("{}", run), (candidate, "null")):
        with pytest.raises(ValueError):
            read_picture(*damaged)


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"version": "x"}', json.dumps({"run_id": "r1"})])
def test_what_is_no_record_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(ValueError):
        read_file(tmp_path)
    if text:
        with pytest.raises(NoRecord):
            read(text)


def test_a_damaged_record_in_the_log_is_one_sentence(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "runs.sqlite")
    log.begin(record("r1"), tmp_path)
    log.finish(record("r1"))
    with log._writing() as connection:
        connection.execute("UPDATE records SET record = '{\"run_id\": 1'")
    with pytest.raises(BadInput, match="run r1 is damaged"):
        log.show("r1")
    assert [row.run_id for row in log.recent()] == ["r1"], "a list needs no record"
    assert log.find("r").folder == str(tmp_path) and log.delete("r1") == ["aa"]


def test_the_schema_names_every_key_of_a_record(run: Run) -> None:
    schema = run("schema", "run").json
    assert schema == RunRecord.model_json_schema()
    assert set(schema["properties"]) == set(RunRecord.model_fields) >= set(json.loads(EXAMPLES[-1].read_text("utf-8")))
    assert {"run_id", "candidates", "parameters"} <= set(schema["required"]) and "words" not in schema["required"]
    assert "samples_per_pixel" in schema["$defs"]["Parameters"]["properties"]
