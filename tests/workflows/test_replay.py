"""A logged run is made again from the log alone, and what differs is said."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from commands import Run
from PIL import Image

from ecomgen import samples
from ecomgen.runlog.migration import scripts
from ecomgen.settings import settings


@pytest.fixture
def made(run: Run, tmp_path: Path) -> dict:
    photo = samples.get("bottle").photos[0]
    words = ("--prompt", "on marble", "--count", 1, "--seed", 3, "--size", "128x128", "--steps", 4)
    answer = run("generate", photo, *words, "--threshold", 0, "--pipeline", "studio", "--out", tmp_path / "o", "--json")
    assert answer.code == 0, answer.err
    return answer.json


def as_version_1(path: Path) -> None:
    """Write the log anew as the first version would have written it."""
    new = sqlite3.connect(path)
    runs = new.execute(
        "SELECT run_id, created, status, pipeline, prompt, folder, record FROM runs JOIN records USING (run_id)"
    ).fetchall()
    photos = new.execute("SELECT * FROM photos WHERE position >= 0").fetchall()
    new.close()
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    old = sqlite3.connect(path)
    old.executescript(scripts()[0])
    old.executemany("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)", runs)
    old.executemany("INSERT INTO photos VALUES (?, ?, ?, ?)", photos)
    old.execute("PRAGMA user_version = 1")
    old.commit()
    old.close()


def rewrite(change: dict) -> None:
    """Change the record of the only run."""
    connection = sqlite3.connect(settings().database)
    (text,) = connection.execute("SELECT record FROM records").fetchone()
    connection.execute("UPDATE records SET record = ?", (json.dumps(json.loads(text) | change),))
    connection.commit()
    connection.close()


def test_a_run_is_the_same_after_a_migration(made: dict, run: Run) -> None:
    as_version_1(settings().database)
    answer = run("runs", "replay", made["run_id"], "--verify", "--json")
    assert answer.code == 0, answer.err
    assert answer.json["pictures"][0]["identical"] and answer.json["differences"] == []


def test_how_far_off_and_why(made: dict, run: Run, tmp_path: Path) -> None:
    """A log that tells of another picture, another library and another scoring weight."""
    path = tmp_path / "o" / made["candidates"][0]["path"]
    with Image.open(path) as picture:
        pixels = np.asarray(picture).copy()
    pixels[0, 0, 0] ^= 4
    Image.fromarray(pixels).save(path)
    from ecomgen.export import picture_hash

    candidate = made["candidates"][0] | {"sha256": picture_hash(pixels)}
    score = {"id": "clip-x", "revision": "1", "sha256": "ab" * 32, "role": "score"}
    versions = made["versions"] | {"numpy": "0.1"}
    rewrite({"candidates": [candidate], "models": [score], "versions": versions, "device": "cpu, another"})
    answer = run("runs", "replay", "--verify", "--json")
    (compared,) = answer.json["pictures"]
    assert answer.code == 1 and not compared["identical"] and compared["max_difference"] == 4
    assert 0 < compared["mean_difference"] < 0.01
    said = " ".join(answer.json["differences"])
    assert "numpy was 0.1" in said and "clip-x were abababababab, are not used" in said and "cpu, another" in said


def test_another_weight_is_refused(made: dict, run: Run) -> None:
    rewrite({"models": [{"id": "sam-vit-b", "revision": "1", "sha256": "cd" * 32, "role": "mask"}]})
    answer = run("runs", "replay", made["run_id"], "--verify")
    assert answer.code == 4 and "sam-vit-b" in answer.err


def test_a_channel_whose_rules_changed_is_replayed_as_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ecomgen import channels

    def channel(fill: float) -> channels.Channel:
        story = channels.get("story").model_dump() | {"name": "tiny", "width": 72, "height": 128, "fill": fill}
        return channels.Channel.model_validate(story)

    before, after = channel(0.3), channel(0.6)
    every = channels.every()
    monkeypatch.setattr(channels, "every", lambda: (*every, before))
    words = ("--prompt", "on grey", "--count", 1, "--channel", "tiny", "--steps", 2, "--pipeline", "studio")
    photo = samples.get("bottle").photos[0]
    assert run("generate", photo, *words, "--threshold", 0, "--out", tmp_path / "o").code == 0
    monkeypatch.setattr(channels, "every", lambda: (*every, after))
    assert run("runs", "replay", "--verify").code == 0


@pytest.mark.parametrize(("asked", "network", "again"), [
    (None, None, "colours"),
    ("auto", None, "colours"),
    ("auto", "vitmatte-small", "vitmatte"),
    ("colours", None, "colours"),
])  # fmt: skip
def test_an_edge_is_softened_again_as_it_was(asked: str | None, network: str | None, again: str) -> None:
    """Whatever weights have come since."""
    from ecomgen.record import read
    from ecomgen.workflows.replay import request_of

    text = (Path(__file__).parents[1] / "record" / "examples" / "version_1_studio.json").read_text("utf-8")
    logged = json.loads(text)
    if asked:
        logged["parameters"]["matting"] = asked
    if network:
        logged["models"].append({"id": network, "revision": "1", "sha256": "ab" * 32, "role": "mask"})
    assert request_of(read(json.dumps(logged)), photos=[Path("mug.jpg")]).matting == again
