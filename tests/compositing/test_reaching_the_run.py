"""What is asked of light and shadow is in the run's record, and a replay repeats it."""

from __future__ import annotations

from pathlib import Path

from commands import Run

from ecomgen import samples


def test_light_and_shadow_are_logged_and_replayed(run: Run, tmp_path: Path) -> None:
    photo = samples.get("bottle").photos[0]
    words = ("--prompt", "on marble", "--count", 1, "--seed", 3, "--size", "128x128", "--steps", 2, "--threshold", 0)
    asked = ("--harmonise", "product", "--contact-shadow", "--pipeline", "studio", "--masker", "grabcut")
    answer = run("generate", photo, *words, *asked, "--out", tmp_path / "o", "--json")
    assert answer.code == 0, answer.err
    parameters = answer.json["parameters"]
    assert parameters["harmonise"] == "product" and parameters["contact_shadow"] is True
    again = run("runs", "replay", answer.json["run_id"], "--verify", "--json")
    assert again.code == 0, again.err
    assert again.json["pictures"][0]["identical"]
