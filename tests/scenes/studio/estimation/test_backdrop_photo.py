"""What is read of a photo without a product: the camera, the ground, and the light's side."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ecomgen.scenes.studio.backend import preview
from ecomgen.scenes.studio.estimation.backdrop_edges import horizon
from ecomgen.scenes.studio.estimation.backdrop_photo import FOCAL, read
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.scenes.studio.stage.shot import camera_distance
from ecomgen.types import Backdrop, Box, Canvas, silent
from ecomgen.workflows.own_backdrop import ground, loaded

SIDE = 240


def drawn(edge: float, soft: float = 0.0, *, lit: float = 0.0) -> Backdrop:
    """Brown ground under a grey wall that meet at a row, brighter to the right by `lit`."""
    rows, columns = np.arange(SIDE)[:, None, None], np.linspace(-1, 1, SIDE)[None, :, None]
    share = np.clip((rows - edge * SIDE) / (soft * SIDE) + 0.5, 0, 1) if soft else (rows >= edge * SIDE).astype(float)
    colours = (1 - share) * np.array([190.0, 200, 215]) + share * np.array([150.0, 120, 90])
    return Backdrop(pixels=np.clip(colours * (1 + lit * columns), 0, 255).astype(np.uint8))


def test_by_rule_the_horizon_is_above_a_tables_edge_and_where_land_meets_the_sky() -> None:
    table, land = (horizon(drawn(*edge).pixels, FOCAL) for edge in ((0.65, 0.0), (0.4, 0.12)))
    assert table[0] < 0.5 and table[1] == pytest.approx(0.65, abs=0.02)
    assert land[0] == pytest.approx(0.4, abs=0.06) and land[1] < 0.46


def test_a_tables_edge_is_where_its_ground_ends_and_land_ends_at_its_horizon() -> None:
    table, land = read(drawn(0.65), {}), read(drawn(0.4, soft=0.12), {})
    assert table.ground == pytest.approx(0.65, abs=0.02) and table.horizon < 0.5
    assert land.horizon == pytest.approx(land.ground) and land.horizon < 0.46


def test_a_higher_edge_is_seen_from_higher_up() -> None:
    steep = [read(drawn(edge), {}).elevation(0.83, (SIDE, SIDE)) for edge in (0.75, 0.65, 0.55)]
    assert steep == sorted(steep) and steep[-1] > steep[0] + 8


def test_the_light_comes_from_the_brighter_side_or_nobody_knows() -> None:
    sides = [read(drawn(0.6, lit=lit), {}).azimuth for lit in (-0.2, 0.0, 0.2)]
    assert sides[0] is not None and sides[0] < 0 and sides[1] is None and sides[2] is not None and sides[2] > 0


def test_where_the_side_is_not_told_the_likelier_one_is_known() -> None:
    photos = [read(drawn(0.6, lit=lit), {}) for lit in (-0.1, 0.1)]
    assert [photo.azimuth for photo in photos] == [None, None]
    assert photos[0].leaning == -photos[1].leaning != 0
    assert read(drawn(0.4), photos[0].parameters()) == photos[0]


def test_the_base_stands_on_ground_that_begins_low() -> None:
    assert read(drawn(0.5), {}).base is None
    low = read(drawn(0.8), {})
    assert low.base is not None and low.base > 0.88


def test_what_was_read_before_is_taken_back() -> None:
    first = read(drawn(0.6, lit=0.3), {})
    assert read(drawn(0.4), first.parameters()) == first


def test_the_lens_is_read_from_the_file(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[41989] = 26
    picture = Image.fromarray(drawn(0.6).pixels)
    picture.save(tmp_path / "phone.jpg", exif=exif)
    picture.save(tmp_path / "unknown.jpg")
    canvas = Canvas(width=SIDE, height=SIDE)
    phone, unknown = (loaded(tmp_path / name, canvas) for name in ("phone.jpg", "unknown.jpg"))
    assert phone.focal == pytest.approx(26 / 43.27 * 2**0.5, rel=0.01) and unknown.focal is None


def test_the_ground_is_told_where_a_product_stands(tmp_path: Path) -> None:
    Image.fromarray(drawn(0.6).pixels).resize((640, 320)).save(tmp_path / "table.png")
    canvas = Canvas(width=SIDE, height=SIDE // 2)
    usual, near = (ground(tmp_path / "table.png", canvas, row) for row in (None, 0.95))
    assert (usual.row, near.row) == (0.83, 0.95) and near.elevation > usual.elevation
    horizons = [one.row - one.focal * np.sin(np.radians(one.elevation)) for one in (usual, near)]
    assert horizons[0] == pytest.approx(horizons[1], abs=0.01) and horizons[0] < 0.6
    assert usual.pixels.shape == (SIDE // 2, SIDE, 3)


@pytest.mark.parametrize("prompt", ["by a window on oak", "in the snow"])
def test_renders_with_a_known_camera_are_read_within_three_degrees(prompt: str) -> None:
    errors = []
    for seed in (1, 2, 3):
        made = preview(prompt, seed=seed, width=192, height=192, report=silent)
        product = Box(43, 43, 149, 149)
        frame = frame_for(192, 192, product, float(product.y1), elevation=10, away=camera_distance(seed))
        photo = read(Backdrop(pixels=made.pixels, focal=frame.distance * product.height / 192), {})
        errors.append(abs(photo.elevation(product.y1 / 192, (192, 192)) - 10))
    assert np.median(errors) < 3
