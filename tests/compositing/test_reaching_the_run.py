"""What is asked of light and shadow is in the run's record, and a replay repeats it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from commands import Run
from PIL import Image

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


def test_relighting_changes_the_product_as_far_as_it_is_told_and_a_replay_repeats_it(run: Run, tmp_path: Path) -> None:
    photo = samples.get("bottle").photos[0]
    words = (
        "--prompt",
        "neon at night",
        "--count",
        1,
        "--seed",
        3,
        "--size",
        "128x128",
        "--steps",
        2,
        "--threshold",
        0,
    )
    asked = (photo, *words, "--pipeline", "studio", "--masker", "grabcut")
    plain = run("generate", *asked, "--out", tmp_path / "plain", "--json")
    off = run("generate", *asked, "--relight", 0, "--out", tmp_path / "off", "--json")
    lit = run("generate", *asked, "--relight", 0.6, "--out", tmp_path / "lit", "--json")
    assert lit.code == 0, lit.err
    (was,), (none,), (now,) = (one.json["candidates"] for one in (plain, off, lit))
    assert none["sha256"] == was["sha256"] != now["sha256"] and none.get("relit") is None
    assert len(lit.json["parameters"]["photo_light"]) == 4, "what was read of the photo's light is logged"
    assert now["relit"]["mean_delta_e"] > 1 and 1 < now["relit"]["max_gain"] < 4
    product, kept = (_pixels(tmp_path / name / "product.png") for name in ("plain", "lit"))
    assert (product == kept).all()
    before, after = (_pixels(tmp_path / name / one["path"]) for name, one in (("plain", was), ("lit", now)))
    outside = product[..., 3] == 0
    assert (before[outside] == after[outside]).all()
    again = run("runs", "replay", lit.json["run_id"], "--verify", "--json")
    assert again.code == 0 and again.json["pictures"][0]["identical"]


def _pixels(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path))
