"""One set for a range of products, and the camera's height by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
from commands import Run, making, pixels
from PIL import Image

SMALL = ("--steps", "4", "--count", "1", "--threshold", "0", "--json")
make = making(*SMALL)


def first(out: Path) -> tuple[np.ndarray, np.ndarray]:
    """The first picture, and how opaque the product is in it."""
    with Image.open(next((out / "candidates").iterdir())) as picture, Image.open(out / "product.png") as product:
        return np.asarray(picture).astype(int), np.asarray(product)[..., 3]


def test_another_product_in_the_same_set(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    setting = ("--size", "128x128", "--seed", "11", "--pipeline", "studio", "--prompt", "on a backdrop with a plant")
    first_run = make(run, one, photos["can"], *setting)
    second_run = make(run, two, photos["bowl"], "--scene-from", one)

    parameters = second_run["parameters"]
    assert second_run["prompt"] == first_run["prompt"]
    assert [entry["seed"] for entry in second_run["candidates"]] == [11]
    assert parameters["scene_from"] == first_run["run_id"]
    held = [name for name in parameters if name.startswith(("camera_", "light_", "set_"))]
    assert len(held) >= 10
    assert parameters.pop("set_shared"), "of the second product only what it changes is rendered"
    held.remove("set_shared")
    assert {name: parameters[name] for name in held} == {name: first_run["parameters"][name] for name in held}

    (a, opaque), (b, other) = first(one), first(two)
    away = cv2.dilate(np.maximum(opaque, other), np.ones((31, 31))) == 0
    assert away.mean() > 0.2
    assert np.median(np.abs(a - b)[away]) < 4, "the set is the same, but for the products' shadows"
    assert a[away].std() > 5

    shutil.rmtree(one)
    assert run("runs", "delete", first_run["run_id"], "--yes").code == 0
    assert run("runs", "replay", second_run["run_id"], "--verify").code == 0


def test_one_picture_of_a_run_gives_its_idea_to_all(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    one, two, setting = tmp_path / "one", tmp_path / "two", ("--pipeline", "studio", "--prompt", "in a kitchen")
    made = make(run, one, photos["can"], *setting, "--size", "96x96", "--seed", "11", "--count", "2")
    alike = make(run, two, photos["can"], "--scene-from", f"{made['run_id']}:12", "--seed", "40")
    assert alike["parameters"]["set_idea_seed"] == 12 and alike["parameters"]["scene_from"] == made["run_id"]
    told = run("looks", "save", alike["run_id"], "--name", "kitchen")
    assert told.code == 0
    again = make(run, tmp_path / "three", photos["bowl"], "--look", "kitchen", "--seed", "41")
    assert again["parameters"]["set_idea_seed"] == 12

    same = make(run, tmp_path / "four", photos["can"], "--scene-from", f"{one}:12")
    assert [entry["seed"] for entry in same["candidates"]] == [12], "that very picture comes first"
    kept = ((one, made["candidates"][1]), (tmp_path / "four", same["candidates"][0]))
    a, b = (pixels(folder / entry["path"]).astype(int) for folder, entry in kept)
    assert np.median(np.abs(a - b)) < 4

    unknown = run("generate", photos["can"], "--scene-from", f"{one}:13", "--out", tmp_path / "five")
    assert unknown.code == 2 and "no picture with seed 13" in unknown.err


def test_a_set_of_before_seeds_took_turns_stays_so(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    one = tmp_path / "one"
    make(run, one, photos["can"], "--size", "64x64", "--seed", "1", "--pipeline", "studio", "--prompt", "on oak")
    record = json.loads((one / "run.json").read_text("utf-8"))
    assert record["parameters"].pop("set_ideas") == 2
    (one / "run.json").write_text(json.dumps(record), "utf-8")
    assert make(run, tmp_path / "two", photos["bowl"], "--scene-from", one)["parameters"]["set_ideas"] == 0


def test_what_is_given_again_is_not_taken_over(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    setting = ("--size", "96x96", "--seed", "3", "--pipeline", "studio", "--prompt", "beige sweep backdrop")
    earlier = make(run, tmp_path / "a", photos["can"], *setting)
    options = ("--seed", 5, "--camera-elevation", 21, "--prompt", "blue sweep backdrop")
    later = make(run, tmp_path / "b", photos["can"], "--scene-from", earlier["run_id"], *options)
    assert later["prompt"] == "blue sweep backdrop"
    assert later["candidates"][0]["seed"] == 5
    assert later["parameters"]["camera_elevation"] == 21
    assert later["parameters"]["camera_elevation_spread"] == 0
    assert later["parameters"]["set_palette"] == earlier["parameters"]["set_palette"]
    assert (later["parameters"]["width"], later["parameters"]["height"]) == (96, 96)


def test_things_stay_where_they_stood_when_the_light_is_turned(
    run: Run, tmp_path: Path, photos: dict[str, Path]
) -> None:
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    setting = ("--size", "96x96", "--seed", "11", "--pipeline", "studio", "--prompt", "on oak with a cup by a window")
    make(run, one, photos["can"], *setting)
    turned = make(run, two, photos["can"], "--scene-from", one, "--light-from", "left")
    again = make(run, three, photos["can"], "--scene-from", two, "--light-from", "right")
    assert "set_light_from" not in json.loads((one / "run.json").read_text())["parameters"]
    told = [made["parameters"]["set_light_from"] for made in (turned, again)]
    assert told == ["", ""], "as it was arranged at first, however often it is turned"
    assert turned["candidates"][0]["sha256"] != again["candidates"][0]["sha256"]
    assert run("runs", "replay", again["run_id"], "--verify").code == 0


def test_what_cannot_be_is_said(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    photo = photos["can"]
    unknown = run("generate", photo, "--scene-from", "nothing-like-it")
    assert unknown.code == 2
    assert "nothing-like-it" in unknown.err
    neither = run("generate", photo)
    assert neither.code == 2
    assert "--scene-from" in neither.err
    tilted = run("generate", photo, "--prompt", "on oak", "--camera-elevation", 80)
    assert tilted.code == 2
    assert "--camera-elevation" in tilted.err
    (tmp_path / "run.json").write_text("{}")
    broken = run("generate", photo, "--scene-from", tmp_path)
    assert broken.code == 2
    assert "run.json" in broken.err


def test_a_size_that_is_that_runs_own_changes_nothing_of_its_set(
    run: Run, tmp_path: Path, photos: dict[str, Path]
) -> None:
    setting = ("--seed", "11", "--pipeline", "studio", "--prompt", "on a wooden table")
    first_run = make(run, tmp_path / "one", photos["can"], *setting, "--size", "96x96")
    place = ("--place", "0.4,0.8,0.3")
    said = make(run, tmp_path / "two", photos["can"], *place, "--scene-from", tmp_path / "one", "--size", "96x96")
    wider = make(run, tmp_path / "three", photos["can"], *place, "--scene-from", tmp_path / "one", "--size", "96x80")
    standing = first_run["parameters"]["set_standing"]
    assert said["parameters"]["set_standing"] == standing
    assert wider["parameters"]["set_standing"] != standing
    assert not any("set_shared" in one["parameters"] for one in (first_run, said, wider)), "each is rendered whole"
    assert said["parameters"]["set_feet"] != first_run["parameters"]["set_feet"], "the ground gives way where it stands"
