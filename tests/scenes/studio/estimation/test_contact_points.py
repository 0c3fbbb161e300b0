"""Where a product touches the ground, and how the ground answers."""

from __future__ import annotations

import numpy as np
import pytest

from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.estimation.contact_points import feet, touching
from ecomgen.scenes.studio.grounds import GROUNDS
from ecomgen.scenes.studio.grounds.lawn import grass
from ecomgen.scenes.studio.stage.frame import Frame, frame_for
from ecomgen.scenes.studio.stage.shot import Foot, Shot
from ecomgen.types import Box

SIDE = 200
BOX = Box(50, 60, 150, 160)


def frame(elevation: float = 25) -> Frame:
    return frame_for(SIDE, SIDE, BOX, BOX.y1, elevation=elevation)


def animal(*paws: tuple[int, int, int]) -> np.ndarray:
    """A body with paws, each from one column to another, down to a row."""
    alpha = np.zeros((SIDE, SIDE), np.uint8)
    alpha[60:120, 50:150] = 255
    for left, right, bottom in paws:
        alpha[60:bottom, left:right] = 255
    return alpha


def test_every_paw_is_a_foot_and_the_farther_one_stands_behind() -> None:
    near, far = feet(animal((60, 80, 160), (120, 140, 150)), frame())
    assert near.right < far.left
    assert near.z == pytest.approx(0, abs=0.03)
    assert far.z < near.z - 0.15


def test_a_belly_and_a_thin_handle_touch_nothing() -> None:
    alpha = animal((90, 150, 160))
    alpha[60:128, 50:90] = 0
    alpha[122:128, 50:90] = 255  # a handle's lower end
    (only,) = feet(alpha, frame(elevation=20))
    assert only.left > -0.15
    assert feet(np.zeros((SIDE, SIDE), np.uint8), frame()) == ()


def shoe(slope: float = 0.7) -> np.ndarray:
    """A sole whose toe is in front: from there its long side goes back to the left, ruled straight, as a flat shape."""
    alpha = np.zeros((SIDE, SIDE), np.uint8)
    for column in range(50, 150):
        toe = 160 if column > 110 else round(160 - slope * (110 - column))
        alpha[toe - 45 : toe, column] = 255
    return alpha


def test_the_long_side_of_a_sole_touches_the_ground_all_along() -> None:
    alpha = shoe()
    sure = touching(alpha, frame())
    assert (sure[70:140] > 0.9).all()
    found = feet(alpha, frame())
    assert len(found) > 2, "one behind the other"
    assert min(foot.z for foot in found) < -0.5


def test_the_flanks_of_a_bowl_and_of_a_ball_hang() -> None:
    alpha = np.zeros((SIDE, SIDE), np.uint8)
    for column in range(50, 150):
        alpha[100 : round(160 - 0.8 * max(abs(column - 100) - 15, 0)), column] = 255
    sure = touching(alpha, frame(elevation=15))
    assert sure[100] > 0.9
    assert sure[58] < 0.5 and sure[142] < 0.5
    rows, columns = np.mgrid[0:SIDE, 0:SIDE]
    ball = np.where(np.hypot(rows - 110, columns - 100) < 50, 255, 0).astype(np.uint8)
    assert touching(ball, frame(elevation=15))[60] < 0.5


def test_places_are_as_far_away_as_the_nearest_foot() -> None:
    shot = Shot(
        wish=Wish(),
        frame=frame(),
        rng=np.random.default_rng(1),
        side=1.0,
        feet=(Foot(left=-0.5, right=-0.3, z=0.0), Foot(left=0.2, right=0.4, z=-0.5)),
    )
    dx, dz = shot.from_foot(np.array([-0.4, -0.4, 0.3, 0.7]), np.array([-0.05, 0.3, -0.55, -0.58]))
    assert np.hypot(dx, dz) == pytest.approx([0, 0.3, 0, 0.3], abs=0.01)
    assert dz[1] == pytest.approx(0.3) and dx[3] == pytest.approx(0.3, abs=0.01)


def lawn(**wish: object) -> tuple[Shot, np.ndarray, np.ndarray]:
    """The shot of a lawn, its blades' points (NxKx3) and the colours of its palette."""
    shot = Shot(wish=Wish(surface="grass", **wish), frame=frame(), rng=np.random.default_rng(2), side=1.0)  # type: ignore[arg-type]
    blades = grass(shot, 0.0)[1]
    return shot, blades.shape.points.reshape(-1, 10, 3), np.asarray(blades.material.colour)


def test_blades_stand_up_to_the_product_s_foot_and_end_there() -> None:
    shot, blades, _ = lawn()
    root, tip = blades[:, :2].mean(1), blades[:, 8:].mean(1)
    scale = shot.frame.distance / (shot.frame.distance - tip[:, 2])
    shown = shot.frame.eye + (tip[:, 1] - shot.frame.eye) * scale
    before = (np.abs(root[:, 0]) < 0.35) & (root[:, 2] > 0) & (root[:, 2] < 0.35)
    assert before.sum() > 100
    assert np.percentile(shown[before], 95) < 0.12  # none hides behind the product, into which it would be cut
    assert (shown[before] > -0.04).sum() > 50  # and there are enough of them at its very foot


def test_a_lawn_is_of_many_heights_and_greens_and_stays_green() -> None:
    _, blades, palette = lawn()
    tall = np.ptp(blades[..., 1], axis=1)[blades[:, 0, 2] < -1.5]
    assert np.percentile(tall, 95) > 2.5 * np.percentile(tall, 10)
    green, dry = palette[8, 5], palette[8, -1]
    assert green[1] > 1.3 * green[0]
    assert dry[0] > dry[1]
    _, _, asked = lawn(surface_colour="#4f8a54")
    assert np.abs(asked - palette).max() < 0.08


@pytest.mark.parametrize("ground", ["sand", "snow", "moss"])
def test_soft_ground_rises_round_a_foot_that_sank_into_it(ground: str) -> None:
    risen = []
    for seed in range(3):
        shot = Shot(wish=Wish(), frame=frame(), rng=np.random.default_rng(seed), side=1.0)
        points = GROUNDS[ground](shot, 0.0)[0].shape.points
        dx, dz = shot.from_foot(points[:, 0], points[:, 2])
        away = np.hypot(dx, dz)
        beside = (away > 0.06) & (away < 0.2) & (dz < 0)
        risen.append(points[beside, 1].mean() - points[away == 0, 1].mean())
        scale = shot.frame.distance / (shot.frame.distance - points[:, 2])
        shown = shot.frame.eye + (points[:, 1] - shot.frame.eye) * scale
        assert shown[(np.abs(dx) < 0.02) & (dz > 0.02) & (dz < 0.3)].max() < 0.01  # it hides nothing of the product
    assert np.mean(risen) > 0.008


def test_a_meadow_has_many_colours_and_a_field_one() -> None:
    shot = Shot(wish=Wish(), frame=frame(), rng=np.random.default_rng(2), side=1.0)
    colours = [
        len(np.unique(np.asarray(GROUNDS[name](shot, 0.0)[-1].material.colour)[0], axis=0))
        for name in ("flowers", "poppies")
    ]
    assert colours[0] >= 4
    assert colours[1] == 1
