"""Looks: a run's set, camera and light under a name, one readable file each, and a range of products in one of them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest
from commands import Run, making
from PIL import Image

from ecomgen import looks
from ecomgen.errors import BadInput, UsageError
from ecomgen.looks import SHIPPED, load
from ecomgen.scenes.studio.prompt import parse
from ecomgen.scenes.studio.stage.shot import camera_distance

SMALL = ("--steps", "4", "--count", "1", "--threshold", "0", "--json")
make = making(*SMALL)


def box(out: Path) -> tuple[int, int, int, int]:
    with Image.open(out / "product.png") as product:
        rows, columns = np.nonzero(np.asarray(product)[..., 3] > 127)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_look_is_one_that_the_studio_understands(path: Path) -> None:
    look = load(path)
    assert look.title and look.pack and look.seed is not None and look.camera and look.light and look.placement
    assert not parse(look.prompt, "").ignored
    assert looks.NAME.fullmatch(look.name)
    assert tomllib.loads(look.as_toml()) == tomllib.loads(path.read_text("utf-8"))


def test_there_are_looks_for_seasons_and_trades() -> None:
    packs = {load(path).pack for path in SHIPPED.glob("*.toml")}
    assert {"winter", "spring", "summer", "autumn", "christmas", "valentine", "school"} <= packs
    assert {"beauty", "food", "fashion", "home", "toys", "tech"} <= packs
    assert len(list(SHIPPED.glob("*.toml"))) >= 30


def test_a_run_becomes_a_look_for_another_product(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    setting = ("--size", "128x128", "--seed", "11", "--pipeline", "studio", "--prompt", "on a beige backdrop")
    options = ("--camera-elevation", 14, "--contact-shadow", "--relight", 0.4, "--settle", 0.6)
    first = make(run, tmp_path / "one", photos["can"], *setting, *options)
    assert run("looks", "save", first["run_id"], "--name", "house", "--title", "The house look").code == 0
    assert run("runs", "delete", first["run_id"], "--yes").code == 0

    second = make(run, tmp_path / "two", photos["bowl"], "--look", "house")
    before, after = first["parameters"], second["parameters"]
    assert (second["prompt"], after["seed"], after["width"]) == (first["prompt"], 11, 128)
    assert after["look"] == "house" and after["contact_shadow"] is True
    assert (after["relight"], after["settle"]) == (0.4, 0.6)
    held = [name for name in before if name.startswith(("camera_", "light_", "set_")) and name != "set_feet"]
    assert len(held) >= 8
    for name in held:
        assert after[name] == pytest.approx(before[name], abs=1e-5), name
    assert before["set_ideas"] == 2 and "camera_distance" not in before
    assert after["camera_distance"] == pytest.approx(camera_distance(11), abs=1e-5), (
        "one range has one horizon, whatever the seed"
    )
    (left, _, right, foot), (left_, _, right_, foot_) = box(tmp_path / "one"), box(tmp_path / "two")
    assert abs(foot_ - foot) <= 1, "one stands where the other stood"
    assert right_ - left_ > 1.3 * (right - left), "a bowl is not as narrow as a can"

    assert run("looks", "delete", "house").code == 0
    assert run("runs", "replay", second["run_id"], "--verify").code == 0, "without the look's file"


def test_a_look_of_a_product_placed_by_hand_has_its_box_for_others(
    run: Run, tmp_path: Path, photos: dict[str, Path]
) -> None:
    setting = ("--size", "96x96", "--pipeline", "studio", "--prompt", "on a beige backdrop")
    first = make(run, tmp_path / "one", photos["can"], *setting, "--place", "0.4,0.8,0.4")
    assert run("looks", "save", first["run_id"], "--name", "aside").code == 0
    second = make(run, tmp_path / "two", photos["bowl"], "--look", "aside")
    assert second["parameters"]["place"][:2] == pytest.approx([0.4, 0.8], abs=0.01)
    (left, _, right, _), (left_, _, right_, _) = box(tmp_path / "one"), box(tmp_path / "two")
    assert abs((right_ - left_) - (right - left)) <= 1


def test_a_look_is_that_of_the_picture_which_people_chose(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    setting = ("--size", "96x96", "--seed", "11", "--count", "2", "--pipeline", "studio", "--prompt", "in a kitchen")
    made = make(run, tmp_path / "one", photos["can"], *setting)

    def kept(name: str, of: str) -> looks.Look:
        assert run("looks", "save", of, "--name", name).code == 0
        return looks.get(name)

    best = next(one["seed"] for one in made["candidates"] if one["why_first"] or one["status"] == "kept")
    other = next(one for one in made["candidates"] if one["seed"] != best)
    assert (kept("best", made["run_id"]).seed, kept("other", f"{made['run_id']}:{other['seed']}").seed) == (
        best,
        other["seed"],
    )
    assert run("runs", "decide", made["run_id"], other["index"] + 1, "star").code == 0
    look = kept("starred", made["run_id"])
    assert look.set is not None and (look.seed, look.set.idea_seed) == (other["seed"], other["seed"])
    assert run("looks", "save", f"{made['run_id']}:5", "--name", "none").code == 2


def test_products_of_a_range_stand_on_one_line_and_fit_one_box(
    run: Run, tmp_path: Path, photos: dict[str, Path]
) -> None:
    made = {
        name: make(run, tmp_path / name, photo, "--look", "fashion-cyclorama", "--size", "160x128")
        for name, photo in photos.items()
    }
    boxes = {name: box(tmp_path / name) for name in made}
    assert abs(boxes["can"][3] - boxes["bowl"][3]) <= 1
    assert abs(boxes["can"][3] - boxes["can"][1] - 64) <= 1, "as high as the box"
    assert abs(boxes["bowl"][2] - boxes["bowl"][0] - 96) <= 1, "as wide as the box"
    one, two = (record["parameters"] for record in made.values())
    same = (
        "camera_elevation",
        "light_side",
        "light_kelvin",
        "seed",
        "set_feet",
        "set_palette",
        "set_shared",
        "set_standing",
    )
    assert {name: one[name] for name in same} == {name: two[name] for name in same}


def test_products_of_known_height_stand_in_a_look_in_their_true_sizes(
    run: Run, tmp_path: Path, photos: dict[str, Path]
) -> None:
    options = ("--look", "home-walnut-and-plants", "--size", "128x128")
    heights = {}
    for product, high in (("can", 12), ("can", 16), ("bowl", 8), ("bowl", 90), ("bowl", 1)):
        heights[product, high] = make(
            run, tmp_path / f"{product}{high}", photos[product], *options, "--height-cm", high
        )
    places = {one: made["parameters"]["place"] for one, made in heights.items()}
    assert places["can", 16][2] / places["can", 12][2] == pytest.approx(16 / 12, rel=0.02)
    assert places["bowl", 8][2] / places["can", 16][2] == pytest.approx(8 / 16, rel=0.02)
    assert len({tuple(place[:2]) for place in places.values()}) == 1, "on one line"
    said = {one: [note for note in made["notes"] if "--height-cm" in note] for one, made in heights.items()}
    assert [len(said[one]) for one in heights] == [0, 0, 0, 1, 1]
    assert "smaller" in said["bowl", 90][0] and "larger" in said["bowl", 1][0]

    again = run("runs", "replay", heights["can", 16]["run_id"])
    assert again.code == 0 and "identical" in again.out


def test_a_true_height_leaves_the_rule_of_a_look_as_it_is(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    small = ("--size", "128x128")
    first = make(
        run, tmp_path / "one", photos["can"], *small, "--pipeline", "studio", "--prompt", "on a beige backdrop"
    )
    assert run("looks", "save", first["run_id"], "--name", "house").code == 0
    second = make(run, tmp_path / "two", photos["can"], "--look", "house", "--height-cm", "12")["parameters"]
    assert (
        second["place_by_height"] is True and second["place_asked"] == second["place"] != first["parameters"]["place"]
    )
    assert run("looks", "save", tmp_path / "two", "--name", "again").code == 0
    rules = [looks.get(name).placement for name in ("house", "again")]
    assert all(rule is not None and rule.size == "usual" for rule in rules)

    elsewhere = ("--scene-from", tmp_path / "two", "--size", "160x96", "--height-cm", "12")
    wide = make(run, tmp_path / "wide", photos["can"], *elsewhere)["parameters"]
    assert wide["set_metres"] == pytest.approx(0.12, rel=0.03), "a set that is built anew is built to its scale"


def test_what_is_said_besides_a_look_wins(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    options = ("--size", "96x96", "--prompt", "on blue paper", "--seed", 9, "--camera-elevation", 20)
    place = ("--place", "0.4,0.9,0.3")
    record = make(run, tmp_path / "a", photos["can"], "--look", "beauty-marble", *options, *place)
    assert (record["prompt"], record["parameters"]["seed"]) == ("on blue paper", 9)
    assert record["parameters"]["camera_elevation"] == 20
    assert record["parameters"]["place"] == [0.4, 0.9, 0.3, 0]


@pytest.mark.usefixtures("in_process")
def test_a_catalogue_in_one_look(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    table = tmp_path / "range.csv"
    table.write_text("photos,size,steps,count\n" + "".join(f"{path.name},96x96,2,1\n" for path in photos.values()))
    answer = run("batch", table, "--look", "fashion-cyclorama", "--out", tmp_path / "out", "--json")
    assert answer.code == 0, answer.err
    records = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "out").rglob("run.json")]
    assert [record["parameters"]["look"] for record in records] == ["fashion-cyclorama"] * 2


def test_looks_travel_as_files(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    assert run("looks", "export", "winter-snow-and-pine", "--out", file).code == 0
    assert run("looks", "import", file).code == 0
    listed = {one["name"]: one for one in run("looks", "list", "--json").json}
    assert listed["mine"]["shipped"] is False and listed["winter-snow-and-pine"]["shipped"] is True
    shown = run("looks", "show", "mine", "--json").json
    assert shown["prompt"] == listed["winter-snow-and-pine"]["prompt"]
    again = run("looks", "import", file)
    assert again.code == 2 and "mine" in again.err
    missing = run("looks", "import", tmp_path / "nowhere.toml")
    assert missing.code == 3 and "nowhere.toml does not exist: check the name" in missing.err
    assert run("looks", "delete", "winter-snow-and-pine").code == 2
    assert run("looks", "delete", "mine").code == 0
    assert run("looks", "show", "mine").code == 2


@pytest.mark.usefixtures("home")
def test_a_look_is_read_once_and_again_when_its_file_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "oak.toml"
    file.write_text('prompt = "on oak"', "utf-8")
    look = load(file)
    assert load(file) is look
    file.write_text('prompt = "on red oak"', "utf-8")
    assert load(file).prompt == "on red oak"


@pytest.mark.parametrize("name", ["", "../up", "A B", "x" * 64, ".hidden"])
def test_a_name_that_no_file_may_have_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="--name"):
        looks.keep(load(next(SHIPPED.glob("*.toml"))).model_copy(update={"name": name}))


@pytest.mark.parametrize(
    "text", ["prompt = 3", "nothing = true", "prompt = 'x'\n[camera]\nelevation = 900", "not toml", ""]
)
def test_a_file_that_is_no_look_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(text)
    with pytest.raises(BadInput, match="bad"):
        load(tmp_path / "bad.toml")


def test_a_look_may_not_say_what_is_the_product_s(
    run: Run, tmp_path: Path, photos: dict[str, Path], home: Path
) -> None:
    (home / "looks").mkdir(parents=True)
    (home / "looks" / "sly.toml").write_text('prompt = "on oak"\n[options]\nout = "/tmp/elsewhere"\n')
    answer = run("generate", photos["can"], "--look", "sly", "--out", tmp_path / "x")
    assert answer.code == 3 and "out" in answer.err


def test_a_shipped_look_is_lit_from_the_left_or_from_the_right() -> None:
    assert {abs(look.light.side) for look in looks.every() if look.shipped and look.light} == {1.0}
