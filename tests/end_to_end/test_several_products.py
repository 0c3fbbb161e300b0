"""Several products in one picture: each exact where it is seen, each judged by itself, all of them made again."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from channel_sizes import make_small
from commands import Run, making, pixels
from PIL import Image

SMALL = ("--steps", "4", "--count", "2", "--threshold", "0", "--seed", "5", "--json")
make = making(*SMALL)
SETTING = ("--size", "192x144", "--pipeline", "studio", "--prompt", "on white paper")
SHAPES = {
    "can": ((40, 90, 200), (90, 40, 70, 120)),
    "bowl": ((200, 60, 40), (50, 110, 150, 70)),
    "box": ((240, 200, 40), (70, 60, 100, 110)),
}


@pytest.fixture
def photos(tmp_path: Path) -> dict[str, Path]:
    """A blue can, a red bowl and a yellow box, already cut out."""
    for name, (colour, (left, top, width, height)) in SHAPES.items():
        pixels = np.zeros((240, 240, 4), np.uint8)
        pixels[top : top + height, left : left + width] = (*colour, 255)
        pixels[top : top + height // 3, left : left + width, :3] //= 2
        Image.fromarray(pixels).save(tmp_path / f"{name}.png")
    return {name: tmp_path / f"{name}.png" for name in SHAPES}


def of_colour(product: np.ndarray, name: str) -> np.ndarray:
    """Where the opaque pixels are those of a product, the bright part of it."""
    away = np.abs(product[..., :3].astype(int) - SHAPES[name][0]).max(-1)
    return (away < 12) & (product[..., 3] == 255)


def test_products_stand_in_a_row_exact_and_judged_apart(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    out = tmp_path / "out"
    record = make(run, out, photos["can"], *SETTING, "--with", photos["bowl"], "--with", photos["box"])
    product = pixels(out / "product.png")
    columns = [np.nonzero(of_colour(product, name).any(0))[0] for name in SHAPES]
    assert all(one.size > 10 for one in columns)
    assert columns[0].max() < columns[1].min() and columns[1].max() < columns[2].min(), "beside one another"
    bases = {np.nonzero(of_colour(product, name).any(1))[0].max() for name in SHAPES}
    assert max(bases) - min(bases) <= 1, "on one line"

    opaque = product[..., 3] == 255
    for entry in record["candidates"]:
        assert (pixels(out / entry["path"])[opaque] == product[opaque, :3]).all()

    listed = record["products"]
    assert [one["name"] for one in listed] == ["can", "bowl", "box"]
    assert listed[0]["place"] == record["parameters"]["place"]
    assert [one["references"][0]["path"] for one in listed] == [str(photo) for photo in photos.values()]
    assert all(one["mask"]["masker"] == "alpha" and len(one["scores"]) == 2 for one in listed)
    for number, entry in enumerate(record["candidates"]):
        assert entry["scores"]["identity"] == min(one["scores"][number]["identity"] for one in listed) > 0.9

    for name in photos:
        photos[name].unlink()
    assert run("runs", "replay", record["run_id"], "--verify").code == 0, "from the log alone"


def test_each_is_cut_out_as_was_said_of_it_and_so_again(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    flat = tmp_path / "bowl.jpg"
    Image.open(photos["bowl"]).convert("RGB").save(flat, quality=95)
    mask = np.zeros((240, 240), np.uint8)
    mask[110:180, 50:125] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    given = (
        "--with",
        f"{flat};mask={tmp_path / 'mask.png'};point=60,120",
        "--with",
        f"{flat};product=bowl;box=45,105,205,185",
    )
    record = make(run, tmp_path / "out", photos["can"], *SETTING, *given)
    main, half, whole = record["products"]
    assert "correction" not in main and whole["correction"] == {"product": "bowl", "box": [45, 105, 205, 185]}
    assert half["correction"]["points"] == [[60, 120, True]] and len(half["correction"]["mask"]) == 64
    assert half["mask"]["masker"] == "file"
    assert half["place"][2] > 1.3 * whole["place"][2], "of equal areas the half of a bowl is the higher"

    for file in (flat, tmp_path / "mask.png"):
        file.unlink()
    assert run("runs", "replay", record["run_id"], "--verify").code == 0, "from the log alone"
    assert run("generate", photos["can"], *SETTING, "--with", f"{photos['bowl']};mask=no.png").code == 3


def test_the_nearer_hides_the_farther_and_both_are_given_back(
    run: Run, tmp_path: Path, photos: dict[str, Path]
) -> None:
    out = tmp_path / "out"
    places = ("--place", "0.5,0.75,0.6", "--with", f"{photos['bowl']}@0.55,0.95,0.3")
    record = make(run, out, photos["can"], *SETTING, *places)
    product = pixels(out / "product.png")
    assert of_colour(product, "bowl")[118:130, 100].all(), "the bowl is before the can"
    assert of_colour(product, "can").sum() < 0.9 * 70 * 80
    assert [one["place"] for one in record["products"]] == [[0.5, 0.75, 0.6, 0], [0.55, 0.95, 0.3, 0]]
    assert min(one["scores"][0]["identity"] for one in record["products"]) > 0.9, (
        "what is hidden is not held against it"
    )


def test_a_shadow_falls_from_each(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    alone = ("--place", "0.2,0.85,0.4")
    make(run, tmp_path / "one", photos["can"], *SETTING, *alone)
    first = make(run, tmp_path / "two", photos["can"], *SETTING, *alone, "--with", f"{photos['box']}@0.75,0.85,0.4")
    assert first["parameters"]["place"] == [0.2, 0.85, 0.4, 0]
    one, two = (pixels(next((tmp_path / name / "candidates").iterdir())).astype(int) for name in ("one", "two"))
    foot = np.s_[123:126, 130:158]
    assert two[foot].mean() < one[foot].mean() - 8, "the ground is darker under the box than where there is none"


def test_what_the_light_changed_is_told_of_each_and_made_again(
    run: Run, tmp_path: Path, photos: dict[str, Path]
) -> None:
    relit = ("--relight", "0.8", "--count", "1", "--with", photos["box"])
    record = make(run, tmp_path / "out", photos["can"], *SETTING, *relit)
    can, box = (entry["relit"][0] for entry in record["products"])
    whole = record["candidates"][0]["relit"]
    assert whole["max_gain"] == max(can["max_gain"], box["max_gain"]) > 1
    assert (
        min(can["mean_delta_e"], box["mean_delta_e"])
        < whole["mean_delta_e"]
        < max(can["mean_delta_e"], box["mean_delta_e"])
    )
    assert run("runs", "replay", record["run_id"], "--verify").code == 0


def test_an_export_keeps_all_of_them(
    run: Run, tmp_path: Path, photos: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_small(monkeypatch, "amazon-main", 160, 160)
    sizes = ("--height-cm", "10; 14")
    record = make(run, tmp_path / "a", photos["can"], *SETTING, "--with", photos["bowl"], *sizes)
    high = [one["place"][2] for one in record["products"]]
    assert high[1] / high[0] == pytest.approx(1.4, rel=1e-3), "in their true sizes"
    left, right = (one["place"][0] for one in record["products"])
    assert record["parameters"]["set_metres"] > 0.14 and left < right, "the set is built to that scale"
    answer = run("runs", "export", record["run_id"], "--channel", "amazon-main", "--format", "png", "--top", 1,
                 "--out", tmp_path / "out", "--json")  # fmt: skip
    assert answer.code == 0, answer.err
    picture = pixels(next((tmp_path / "out").glob("*amazon-main*.png")))
    seen = np.dstack([picture, np.full(picture.shape[:2], 255, np.uint8)])
    tall = [np.ptp(np.nonzero(of_colour(seen, name).any(1))[0]) + 1 for name in ("can", "bowl")]
    assert tall[1] / tall[0] == pytest.approx(1.4, abs=0.12)


def test_what_cannot_stand_together_is_told(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    out = ("--out", tmp_path / "x")
    hidden = run("generate", photos["can"], *SETTING, *out, "--place", "0.5,0.95,0.9",
                 "--with", f"{photos['can']}@0.5,0.8,0.1")  # fmt: skip
    assert hidden.code == 2 and "hidden" in hidden.err
    redrawn = run("generate", photos["can"], *SETTING, *out, "--with", photos["bowl"], "--mode", "redraw")
    assert redrawn.code == 2 and "--with" in redrawn.err
    bowls = ("--with", photos["bowl"]) * 2
    short = run("generate", photos["can"], *SETTING, *out, *bowls, "--height-cm", "10;5")
    assert short.code == 2 and "2 of 3 products" in short.err
    headless = run("generate", photos["can"], *SETTING, *out, *bowls, "--height-cm", ";5;5")
    assert headless.code == 2 and "main product's height" in headless.err
    gone = run("generate", photos["can"], *SETTING, *out, "--with", tmp_path / "no.png")
    assert gone.code == 3 and "no.png" in gone.err
    assert not (tmp_path / "x").exists()


def test_photos_with_an_at_in_their_name_are_photos(run: Run, tmp_path: Path, photos: dict[str, Path]) -> None:
    odd = tmp_path / "bowl@2x.png"
    shutil.copy(photos["bowl"], odd)
    record = make(run, tmp_path / "out", photos["can"], *SETTING, "--count", "1", "--with", f"{odd};{photos['bowl']}")
    assert [Path(one["path"]).name for one in record["products"][1]["references"]] == ["bowl@2x.png", "bowl.png"]


def test_what_was_done_to_a_mask_names_the_product(photos: dict[str, Path]) -> None:
    from ecomgen.generation import prepared_of
    from ecomgen.request import Request

    hole = np.array(Image.open(photos["bowl"]))
    hole[150:153, 120:124] = 0
    Image.fromarray(hole).save(photos["bowl"])
    request = Request(photos=(photos["can"],), prompt="on oak", with_=(str(photos["bowl"]),))
    assert [note[:20] for note in prepared_of(request).notes if "Holes" in note] == ["bowl.png: Holes of 1"]
    alone = Request(photos=(photos["bowl"],), prompt="on oak")
    assert any(note.startswith("Holes of 12") for note in prepared_of(alone).notes)
