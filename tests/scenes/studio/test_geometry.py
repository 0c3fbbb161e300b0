"""The camera, the stand-in and the meshes agree with the picture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecomgen.scenes.studio.primitives.shapes import ball, blended, block, disc, ground, joined, tube
from ecomgen.scenes.studio.rendering.proxy import stand_in
from ecomgen.scenes.studio.stage.frame import Frame, frame_for
from ecomgen.types import Box


def seen(points: np.ndarray, frame: Frame) -> np.ndarray:
    """The pixels (column, row) at which the frame's camera sees points, Nx3."""
    scale = frame.distance / (frame.distance - points[:, 2])
    x = points[:, 0] * scale / frame.unit + frame.width / 2
    y = frame.ground_row - (frame.eye + (points[:, 1] - frame.eye) * scale) / frame.unit
    return np.stack([x, y], -1)


def can(size: int = 200) -> tuple[np.ndarray, Box]:
    """A cylinder seen from a little above: straight sides, an elliptic foot."""
    product = np.zeros((size, size, 4), np.uint8)
    rows, columns = np.mgrid[:size, :size]
    foot = 160 + 8 * np.sqrt(np.clip(1 - ((columns - 100) / 40) ** 2, 0, 1))
    product[(abs(columns - 100) <= 40) & (rows >= 40) & (rows < foot)] = (200, 30, 30, 255)
    return product, Box(60, 40, 141, 168)


@given(st.integers(64, 400), st.integers(64, 400), st.floats(3, 30))
def test_the_ground_is_where_the_frame_says(width: int, height: int, angle: float) -> None:
    box = Box(width // 4, height // 4, 3 * width // 4, 3 * height // 4)
    frame = frame_for(width, height, box, box.y1, elevation=angle)
    assert frame.elevation == pytest.approx(angle)
    depth = frame.ground_depth(frame.bottom)
    assert seen(np.array([[0.0, 0.0, depth]]), frame)[0, 1] == pytest.approx(height)


def test_the_stand_in_hides_behind_the_product() -> None:
    product, box = can()
    frame = frame_for(200, 200, box, box.y1, elevation=11)
    thing = stand_in(product, box, frame)
    assert thing is not None
    pixels = np.floor(seen(thing.shape.points, frame)).astype(int)
    assert (product[pixels[:, 1].clip(0, 199), pixels[:, 0].clip(0, 199), 3] > 0).mean() > 0.99


def test_the_stand_in_stands_on_the_ground_and_has_depth() -> None:
    product, box = can()
    frame = frame_for(200, 200, box, box.y1, elevation=11)
    thing = stand_in(product, box, frame)
    assert thing is not None
    points = thing.shape.points
    assert 0 <= points[:, 1].min() < 0.02
    assert 0.2 < np.ptp(points[:, 2]) < 1.5


def test_the_stand_in_of_a_shoe_stands_on_the_long_side_of_its_sole() -> None:
    """The toe is in front, and the sole goes back to the left in a straight line."""
    product = np.zeros((200, 200, 4), np.uint8)
    for column in range(50, 150):
        toe = 160 if column > 110 else round(160 - 0.7 * (110 - column))
        product[toe - 45 : toe, column] = (230, 230, 220, 255)
    box = Box(50, 73, 150, 160)
    thing = stand_in(product, box, frame_for(200, 200, box, box.y1, elevation=25))
    assert thing is not None
    points = thing.shape.points
    heel = points[points[:, 0] < np.quantile(points[:, 0], 0.15)]
    assert heel[:, 1].min() < 0.02


def test_the_stand_in_glows_as_the_photo_shows_it_in_front_and_is_lit_behind() -> None:
    """So that a mirror shows the product's own colours, and its shadow stays dark."""
    product, box = can()
    thing = stand_in(product, box, frame_for(200, 200, box, box.y1, elevation=11))
    assert thing is not None
    glow, colour = np.asarray(thing.material.glow), np.asarray(thing.material.colour)
    half = glow.shape[1] // 2
    assert glow[:, :half].max() > 0 and not glow[:, half:].any()
    assert colour[:, half:].max() > 0 and not colour[:, :half].any()
    front = thing.shape.uv[:, 0] < 0.5
    assert thing.shape.points[front, 2].mean() > thing.shape.points[~front, 2].mean()


def test_nothing_stands_where_nothing_is_opaque() -> None:
    frame = frame_for(100, 100, Box(20, 20, 80, 80), 80, elevation=10)
    assert stand_in(np.zeros((100, 100, 4), np.uint8), Box(20, 20, 80, 80), frame) is None


def test_a_ball_is_undercut_where_it_meets_the_ground_and_a_box_is_not() -> None:
    """Before the point where a ball touches the ground, its lower side hangs over it."""
    rows, columns = np.mgrid[:200, :200]
    ball_like = np.zeros((200, 200, 4), np.uint8)
    ball_like[np.hypot(columns - 100, rows - 100) < 60] = (200, 200, 30, 255)
    box_like = np.zeros((200, 200, 4), np.uint8)
    box_like[40:160, 40:160] = (200, 200, 30, 255)
    overhang = []
    for product in (ball_like, box_like):
        box = Box(40, 40, 160, 160)
        thing = stand_in(product, box, frame_for(200, 200, box, 160, elevation=25))
        assert thing is not None
        low = thing.shape.points[thing.shape.points[:, 1] < 0.05]
        touching = low[low[:, 1] < 0.001]
        overhang.append(float(low[:, 2].max() - touching[:, 2].max()))
    assert overhang[0] > 0.03
    assert overhang[1] < 0.6 * overhang[0]


@given(st.floats(4, 34), st.integers(64, 400), st.integers(64, 400))
def test_a_circle_on_the_ground_is_as_high_as_a_tilted_camera_shows_it(angle: float, width: int, height: int) -> None:
    """The level camera squeezes the ground as the photo's own tilted one did: by the sine of its elevation."""
    box = Box(width // 4, height // 4, 3 * width // 4, 3 * height // 4)
    frame = frame_for(width, height, box, box.y1, elevation=angle)
    rim = 1e-3
    points = np.array([[-rim, 0, 0], [rim, 0, 0], [0, 0, -rim], [0, 0, rim]])
    pixels = seen(points, frame)
    across, deep = np.ptp(pixels[:2, 0]), np.ptp(pixels[2:, 1])
    assert deep / across == pytest.approx(np.sin(np.radians(angle)), rel=1e-3)


@pytest.mark.parametrize("shape", [ball(0.5), block(1, 2, 3, 0.1), disc(1, 0.3, 0.05), joined([ball(0.2), ball(0.3)])])
def test_solids_are_seen_from_outside(shape) -> None:
    """The enclosed volume (by the divergence theorem) is positive exactly if the faces look outwards."""
    a, b, c = (shape.points[shape.faces[:, k]].astype(float) for k in range(3))
    assert np.einsum("ij,ij->", a, np.cross(b, c)) / 6 > 0
    lengths = np.linalg.norm(shape.normals(), axis=1)
    assert np.allclose(lengths[lengths > 0.5], 1, atol=1e-4)


def test_a_tube_looks_outwards_all_along_a_bent_path() -> None:
    turn = np.linspace(0, np.pi, 40)
    path = np.stack([np.cos(turn), np.sin(turn), np.zeros(40)], -1)
    bent = tube(path, np.full(40, 0.1), segments=8)
    outwards = bent.points - path.repeat(9, 0)
    assert ((bent.normals() * outwards).sum(1) > 0.05).all()


def test_ground_looks_up() -> None:
    assert (ground(-1, 1, 1, -1).normals()[:, 1] > 0.99).all()


@given(st.integers(1, 40), st.integers(0, 99))
def test_liquid_is_closed_and_faces_outwards(count: int, seed: int) -> None:
    points = np.random.default_rng(seed).uniform(-0.05, 0.05, (count, 3))
    shape = blended(points, np.full(count, 2.0), cell=0.01)
    edges = np.sort(np.concatenate([shape.faces[:, [0, 1]], shape.faces[:, [1, 2]], shape.faces[:, [2, 0]]]), axis=1)
    assert (np.unique(edges, axis=0, return_counts=True)[1] == 2).all()
    a, b, c = (shape.points[shape.faces[:, k]].astype(np.float64) for k in range(3))
    assert np.einsum("ij,ij->", a, np.cross(b, c)) > 0
