"""A product that settles: what its ground covers, in the record and in the pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import Run
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from ecomgen import samples
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.estimation.products import weight_of
from ecomgen.scenes.studio.grounds import fabric, meniscus
from ecomgen.scenes.studio.primitives.shapes import ground
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.types import Box

ASKED = ("--pipeline", "studio", "--masker", "grabcut", "--count", 1, "--seed", 3, "--steps", 2, "--threshold", 0)
X = np.linspace(-0.3, 0.3, 120)
LINE = np.stack([X, -0.4 * X**2], -1)


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Any:
    """The only candidate of a run on such ground, its picture, and the product that was placed."""

    def make(prompt: str, settle: float) -> tuple[dict[str, Any], np.ndarray, np.ndarray]:
        out = tmp_path / f"{prompt}-{settle}"
        photo = samples.get("bottle").photos[0]
        asked = ("--prompt", prompt, "--settle", settle, "--size", "128x128", "--out", out, "--json")
        answer = run("generate", photo, *ASKED, *asked)
        assert answer.code == 0, answer.err
        (entry,) = answer.json["candidates"]
        return entry | {"run_id": answer.json["run_id"]}, _pixels(out / entry["path"]), _pixels(out / "product.png")

    return make


def test_snow_covers_the_base_alone_and_a_replay_repeats_it(made: Any, run: Run) -> None:
    (none, flat, product), (most, sunk, whole) = (made("in fresh snow", share) for share in (0, 1))
    assert none.get("relit") is None
    assert (product == whole).all()
    assert 0 < most["relit"]["covered_fraction"] < 0.15
    assert "grounded" not in most["parts"]
    changed = (flat != sunk).any(-1) & (product[..., 3] == 255)
    rows = np.flatnonzero((product[..., 3] > 0).any(1))
    assert changed.any()
    assert np.flatnonzero(changed.any(1)).min() > rows[-1] - 0.22 * len(rows)
    assert abs(most["scores"]["identity"] - none["scores"]["identity"]) < 0.02
    again = run("runs", "replay", most["run_id"], "--verify", "--json")
    assert again.code == 0 and again.json["pictures"][0]["identical"]


@pytest.mark.parametrize(
    ("prompt", "least"), [("on linen", 0.004), ("on a sheepskin", 0.004), ("in shallow water", 0.0)]
)
def test_cloth_rugs_and_water_lie_close_round_the_base(made: Any, prompt: str, least: float) -> None:
    entry, picture, product = made(prompt, 1)
    assert not any("--settle" in note for note in entry["notes"])
    assert least <= entry["relit"]["covered_fraction"] < 0.15
    hidden = (product[..., 3] == 255) & (picture != product[..., :3]).any(-1)
    assert not hidden[: product.shape[0] // 2].any()


def test_firm_ground_covers_nothing_and_says_so(made: Any) -> None:
    entry, picture, product = made("on a marble table", 1)
    assert entry.get("relit") is None
    assert any("--settle" in note for note in entry["notes"])
    opaque = product[..., 3] == 255
    assert (picture[opaque] == product[opaque, :3]).all()


def test_what_a_picture_tells_of_its_cover_holds_outside_its_run(run: Run, tmp_path: Path) -> None:
    """The sand that a run knows of is no fault where its picture is judged by itself, in another size too."""
    bottle = samples.get("bottle")
    photo = Image.open(bottle.photos[0]).convert("RGB")
    photo.putalpha(Image.open(bottle.mattes[0]).convert("L"))
    reference = tmp_path / "bottle.png"
    photo.save(reference)
    asked = ("--prompt", "on a sandy beach", "--settle", 0.7, "--size", "480x480", "--out", tmp_path / "run", "--json")
    answer = run("generate", reference, *(one if one != "grabcut" else "alpha" for one in ASKED), *asked)
    (entry,) = answer.json["candidates"]
    made = tmp_path / "run" / entry["path"]
    shared, stripped = tmp_path / "shared.png", tmp_path / "stripped.png"
    with Image.open(made) as picture:
        told = PngInfo()
        for name in ("ecomgen", "ecomgen-run"):
            told.add_text(name, picture.info[name])
        picture.resize((640, 640), Image.Resampling.LANCZOS).save(shared, pnginfo=told)
        picture.save(stripped)
    judged = run("score", shared, stripped, "--reference", reference, "--json").json["pictures"]
    larger, unknown = (one["identity"] for one in judged)
    assert entry["scores"]["identity"] > 0.97
    assert larger > 0.8
    assert unknown < larger - 0.1


@pytest.fixture
def shot() -> Shot:
    frame = frame_for(512, 512, Box(150, 120, 360, 420), 420.0, elevation=14)
    return Shot(wish=Wish(), frame=frame, rng=np.random.default_rng(0), side=1.0)


def rise(shot: Shot, cloth: str, pressing: float) -> float:
    lying = fabric.Lying(ground=ground(-3, 3, 2, -3, np.zeros((40, 40))), line=LINE)
    made = fabric.rim(shot, lying, fabric.CLOTHS[cloth], pressing, np.random.default_rng(1))
    assert made is not None
    assert np.isfinite(made.uv).all()
    border = np.abs(made.points[:, 0]) > 0.3 + 0.95 * fabric.REACH
    assert (made.points[border, 1] < 0).all()
    return float(made.points[:, 1].max())


def test_cloth_rises_the_more_the_softer_it_is_and_the_heavier_the_product(shot: Shot) -> None:
    assert rise(shot, "linen", 0.6) < rise(shot, "linen", 1.3) < rise(shot, "cotton", 1.3)
    assert weight_of("plush bear") < weight_of("umbrella") < weight_of("cast teapot")


def test_no_cloth_is_found_where_none_lies() -> None:
    far = fabric.Lying(ground=ground(-3, 3, -8, -9, np.zeros((9, 9))), line=LINE)
    assert np.isnan(far.at(*LINE.T)).all()


def test_water_climbs_the_product_all_along_its_line(shot: Shot) -> None:
    rim = meniscus.rim(shot, LINE, lambda x, _: np.zeros_like(x), 1.0)
    assert rim is not None
    middle = rim.points[np.abs(rim.points[:, 0]) < 0.2]
    inner, outer = middle[middle[:, 2] < -0.4 * middle[:, 0] ** 2], middle[middle[:, 2] > 0.02]
    assert meniscus.RIM[0] < inner[:, 1].max() <= 2 * meniscus.RIM[1]
    assert outer.size == 0 or outer[:, 1].max() < inner[:, 1].max()


def _pixels(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path))
