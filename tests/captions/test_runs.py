"""Words of a run: in its record, in the log, in the exported files; and never at the cost of its pictures."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from commands import Run
from logged import entry, record
from PIL import Image
from stand_in_writer import answering, said

from ecomgen import channels
from ecomgen.export import Provenance, encode

pytestmark = pytest.mark.usefixtures("serving")  # it comes up meanwhile
SMALL = ("--prompt", "on white", "--product", "blue mug", "--size", "96x96", "--steps", 2, "--pipeline", "studio")
MAKE = (*SMALL, "--masker", "grabcut", "--count", 2, "--seed", 7, "--threshold", 0, "--json")


@pytest.fixture
def mug(photo: Path, tmp_path: Path) -> Path:
    """A photo so small that it is cut out at once."""
    with Image.open(photo) as large:
        large.resize((120, 160)).save(tmp_path / "mug.png")
    return tmp_path / "mug.png"


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.usefixtures("tiny_writer")
def test_words_by_a_recipe_are_logged_and_leave_with_the_pictures(run: Run, mug: Path, tmp_path: Path) -> None:
    asked = ("--words", "auto", "--language", "de", "--language", "en", "--attribute", "material=stoneware")
    made = run("generate", mug, *MAKE, *asked, "--out", tmp_path / "out")
    assert made.code == 0, made.err
    german, english = made.json["words"]
    assert (german["language"], english["language"]) == ("de", "en")
    assert [one["seed"] for one in german["alt_texts"]] == [
        entry["seed"] for entry in sorted(made.json["candidates"], key=lambda one: -one["scores"]["overall"])
    ]
    assert german["attributes"] == {"material": "stoneware"} and german["model"]["revision"] == "local"
    about = [(one["about"], one["index"]) for one in german["questions"]]
    assert about[:2] == [("title", None), ("description", None)] and len(about) == 4
    assert all("Write in German" in one["prompt"] and one["answer"] for one in german["questions"])
    (writer,) = [model for model in made.json["models"] if model["role"] == "words"]
    assert writer["sha256"] == german["model"]["sha256"] and made.json["timings"]["words"] > 0
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["words"] == made.json["words"]
    assert run("words", "show", "--json").json == made.json["words"]

    shown = run("words", "show").out
    assert german["title"] in shown and english["description"] in shown
    assert run("runs", "replay", "--verify", "--json").code == 0
    exported = run("runs", "export", "--format", "jpeg", "--top", 1, "--out", tmp_path / "a")
    assert exported.code == 0, exported.err
    rows = table((tmp_path / "a" / "words.csv").read_bytes())
    assert [(row["language"], row["title"]) for row in rows] == [("de", german["title"]), ("en", english["title"])]
    assert [row["alt_text"] for row in rows] == [german["alt_texts"][0]["text"], english["alt_texts"][0]["text"]]
    with Image.open(tmp_path / "a" / rows[0]["file"]) as picture:
        assert b"AltTextAccessibility" in picture.info["xmp"]


def test_words_are_off_by_default_and_come_later_from_a_server(
    run: Run, mug: Path, tmp_path: Path, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run("generate", mug, *MAKE, "--out", tmp_path / "out").json
    assert "words" not in made and run("words", "show", "--json").json == []
    assert run("generate", mug, *MAKE, "--language", "de").code == 2

    written = run("words", "write", made["run_id"], "--language", "fr", "--json")
    assert written.code == 0, written.err
    (french,) = written.json
    assert french["writer"] == "endpoint" and french["parameters"]["url"].startswith(endpoint)
    small = channels.get("story").model_dump() | {"name": "small", "width": 72, "height": 128}
    every = (*channels.every(), channels.Channel.model_validate(small))
    monkeypatch.setattr(channels, "every", lambda: every)
    words = ("--words", "endpoint", "--language", "fr", "--language", "it")
    exported = run("runs", "export", "--channel", "small", "--top", 1, *words, "--out", tmp_path / "a")
    assert exported.code == 0, exported.err
    rows = table((tmp_path / "a" / "words.csv").read_bytes())
    assert [(row["language"], row["channel"]) for row in rows] == [("fr", "small"), ("it", "small")]
    assert rows[0]["alt_text"] and rows[0]["alt_text"] in [one["text"] for one in french["alt_texts"]]
    logged = run("runs", "show", "--json").json
    assert [entry["language"] for entry in logged["words"]] == ["fr", "it"]


def test_a_writer_that_fails_costs_no_picture(
    run: Run, mug: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECOMGEN_LLM_URL", "http://127.0.0.1:9")
    absent = run("generate", mug, *MAKE, "--words", "auto", "--out", tmp_path / "none")
    assert absent.code == 4 and "start it" in absent.err and not (tmp_path / "none").exists()
    with answering(said("Tasse"), (500, {"error": "out of memory"})) as (url, _):
        monkeypatch.setenv("ECOMGEN_LLM_URL", url)
        made = run("generate", mug, *MAKE, "--words", "auto", "--out", tmp_path / "out")
        assert made.code == 0 and len(list((tmp_path / "out" / "kept").iterdir())) == 2
        assert "words" not in made.json and "out of memory" in made.json["notes"][-1]
        assert run("runs", "show", "--json").json["notes"] == made.json["notes"]
        assert run("words", "write").code == 4


@pytest.mark.usefixtures("in_process")
def test_a_catalogue_gets_a_table_of_words(
    run: Run, mug: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["name,photos,masker,words,languages,attributes"]
    lines += [f"cup,{mug},grabcut,auto,de;en,material: stoneware; volume: 330 ml"]
    lines += [f"quiet,{mug},grabcut,,,", f"wrong,{mug},grabcut,auto,xx,"]
    (tmp_path / "shop.csv").write_text("\n".join(lines), "utf-8")
    with answering(said("Tasse, 330 ml")) as (url, asked):
        monkeypatch.setenv("ECOMGEN_LLM_URL", url)
        how = ("--prompt", "on white", "--size", "64x64", "--count", 1, "--seed", 3, "--threshold", 0)
        answer = run("batch", tmp_path / "shop.csv", "--out", tmp_path / "out", *how)
    assert answer.code == 3 and "1 of 3" in answer.err, answer.err
    rows = table((tmp_path / "out" / "words.csv").read_bytes())
    assert {(row["language"], row["title"]) for row in rows} == {("de", "Tasse, 330 ml"), ("en", "Tasse, 330 ml")}
    assert all((tmp_path / "out" / row["file"]).is_file() and not row["look_at"] for row in rows)
    assert all("- volume: 330 ml" in one["messages"][0]["content"][1]["text"] for one in asked)
    picture = (tmp_path / "out" / rows[0]["file"]).read_bytes()
    assert b"Tasse, 330 ml" in picture


def test_words_stand_in_the_fields_that_the_standard_has_for_them() -> None:
    said = (("de", 'Tasse <a> & "b"', "Tasse\x0b"), ("en", "Mug", ""))
    model = {"id": "w", "revision": "1", "sha256": ""}
    words = [
        {
            "language": language,
            "title": title,
            "description": "",
            "model": model,
            "alt_texts": [{"index": 0, "text": alt}],
        }
        for language, alt, title in said
    ]
    told = Provenance(
        record=record("a", negative_prompt="", versions={"ecomgen": "1"}, words=words), candidate=entry(0)
    )
    tree = ElementTree.fromstring(told.xmp(with_texts=True))
    name = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility"
    lines = tree.findall(f".//{name}//*[@{{http://www.w3.org/XML/1998/namespace}}lang]")
    assert [line.text for line in lines] == ['Tasse <a> & "b"', 'Tasse <a> & "b"', "Mug"]
    assert tree.find(".//{http://purl.org/dc/elements/1.1/}description") is None
    assert encode(np.zeros((8, 8, 3), np.uint8), "jpeg", told)
