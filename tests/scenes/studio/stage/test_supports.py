"""What the product stands on is level under it, wide enough, and in the picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shots import shot

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.primitives.shapes import Shape
from ecomgen.scenes.studio.stage import supports, surfaces
from ecomgen.scenes.studio.stage.shot import Foot, Shot
from ecomgen.scenes.studio.stage.supports import cloths, footprint, plates, plinths
from ecomgen.scenes.studio.stage.supports.stump import stump
from ecomgen.types import Box


@pytest.mark.parametrize("surface", surfaces.SURFACES)
def test_a_surface_can_be_stood_on_and_coloured(surface: str) -> None:
    taken = shot(Wish(surface_colour="#a83250"))
    (thing, *_) = supports.stand(taken, surface)
    assert thing.shape.points[:, 1].max() < 0.12
    colour = np.asarray(thing.material.colour).reshape(-1, 3).mean(0)
    assert colour[0] > 1.5 * colour[1]


@pytest.mark.parametrize("surface", ["stone", "marble"])
def test_the_product_stands_on_a_block_whose_top_is_level(surface: str) -> None:
    points = plinths.podium(shot(Wish(support="block")), surface, radius=0.6, height=0.4).shape.points
    under = points[(np.hypot(points[:, 0], points[:, 2]) < 0.4) & (points[:, 1] > -0.2)]
    assert len(under) > 100 and np.ptp(under[:, 1]) < 0.002
    assert abs(under[0, 1]) < 0.002 and points[:, 1].min() < -0.38


def test_a_stump_is_level_where_the_product_stands_and_wider_at_its_roots() -> None:
    top, bark = stump(shot(Wish(support="stump")), "oak", radius=0.5, height=0.4)
    points = top.shape.points
    under = points[np.hypot(points[:, 0], points[:, 2]) < 0.45]
    assert len(under) > 1000 and np.ptp(under[:, 1]) < 0.002
    foot = bark.shape.points[bark.shape.points[:, 1] < -0.35]
    assert np.hypot(foot[:, 0], foot[:, 2]).mean() > np.hypot(points[:, 0], points[:, 2]).max()
    assert np.asarray(bark.material.colour).mean() < 0.5 * np.asarray(top.material.colour).mean()


def test_metal_comes_as_a_tray_with_a_rim() -> None:
    tray, disc = (plates.plate(shot(Wish()), name, radius=0.6, height=0.05).shape.points for name in ("brass", "oak"))
    assert tray[:, 1].max() == pytest.approx(plates.RIM)
    assert disc[:, 1].max() < 1e-6


def test_cloth_is_smooth_under_the_product_and_folded_behind_it() -> None:
    taken = shot(Wish())
    points = cloths.cloth(taken, "silk", far=-1.7).shape.points
    foot = np.hypot(points[:, 0] - taken.frame.product_x, points[:, 2]) < 0.15
    assert np.ptp(points[foot, 1]) < 0.01
    hung = points[points[:, 1] > 1.2]
    assert np.ptp(hung[:, 2]) > 0.08


@pytest.mark.parametrize("place", ["fabric", "room", "sweep"])
def test_a_cushion_carries_the_product_and_slopes_away_round_it(place: str) -> None:
    setup = shot(Wish(place=place, surface="velvet", support="cushion"))
    stage = sets.build(setup)
    cushion = next(thing.shape for thing in stage.things if thing.ground and np.ptp(thing.shape.points[:, 1]) < 0.5)
    x, y, z = cushion.points.T
    under = np.hypot(x - setup.frame.product_x, z) < 0.3 * setup.frame.product_width
    assert np.abs(y[under & (y > -0.1)]).max() < 0.005
    lowest = min(float(thing.shape.points[:, 1].min()) for thing in stage.things if thing.shape is not cushion)
    assert lowest <= -cloths.CUSHION + 0.01
    assert _lies_under(cushion, setup.frame.product_x, 0.0)


def steep(wish: Wish, seed: int) -> Shot:
    return shot(wish, seed, box=Box(18, 24, 78, 78), elevation=26)


@pytest.mark.parametrize("seed", range(4))
def test_from_above_too_the_plinth_s_front_edge_is_in_the_picture(seed: int) -> None:
    picture = steep(Wish(place="podium", surface="marble", dressing="none"), seed)
    plinth = sets.build(picture).things[0].shape.points
    front = plinth[np.argmax(plinth[:, 2])]
    scale = picture.frame.distance / (picture.frame.distance - plinth[:, 2].max())
    assert picture.frame.eye - picture.frame.eye * scale > picture.frame.bottom
    assert 0.15 < front[2] < 1.2


@pytest.mark.parametrize("seed", range(6))
def test_what_stands_beside_a_plinth_stands_before_the_paper_s_bend(seed: int) -> None:
    picture = steep(Wish(place="podium", surface="marble", hardness="soft"), seed)
    plinth, *others = sets.build(picture).things
    paper = next(thing for thing in others if np.ptp(thing.shape.points[:, 0]) > 6)
    floor = paper.shape.points[:, 1].min()
    level = paper.shape.points[paper.shape.points[:, 1] < floor + 1e-4]
    beside = [thing for thing in others if thing is not paper]
    assert plinth.shape.points[:, 2].min() > level[:, 2].min() - 1e-3
    assert all(thing.shape.points[:, 2].min() > level[:, 2].min() - 1e-3 for thing in beside)


@pytest.mark.usefixtures("hardly_painted")
@pytest.mark.parametrize(
    "place", ["window", "kitchen", "cafe", "desk", "festive", "shelf", "fabric", "podium", "garden"]
)
def test_under_a_long_sole_seen_from_above_there_is_ground_up_to_its_heel(place: str) -> None:
    heel = Foot(left=-0.4, right=-0.3, z=-1.3)
    sole = (heel, Foot(left=-0.2, right=0.0, z=-0.5), Foot(left=0.0, right=0.3, z=0.0))
    for seed in range(3):
        stage = sets.build(replace(steep(Wish(place=place), seed), feet=sole))
        assert any(_lies_under(thing.shape, heel.left, heel.z) for thing in stage.things)


def _lies_under(shape: Shape, x: float, z: float) -> bool:
    """Whether a face of what the product stands on is right above or below (x, z), near y = 0."""
    corners = shape.points[shape.faces][:, :, [0, 2]].astype(float) - (x, z)
    heights = shape.points[shape.faces][:, :, 1]
    nexts = np.roll(corners, -1, axis=1)
    turns = (corners[..., 0] * nexts[..., 1] - corners[..., 1] * nexts[..., 0]).T
    around = (np.min(turns, axis=0) >= -1e-9) | (np.max(turns, axis=0) <= 1e-9)
    return bool((around & (np.abs(heights) < 0.15).all(axis=1)).any())


def test_a_sofa_has_a_back_and_a_seat_of_cloth() -> None:
    stage = sets.build(shot(Wish(place="room", support="seat", dressing="none")))
    cloth = [thing for thing in stage.things if isinstance(thing.material.colour, np.ndarray)]
    behind = [thing for thing in cloth if thing.shape.points[:, 1].max() > 0.5]
    assert len(cloth) > len(behind) > 0 and all(thing.shape.points[:, 2].max() < 0 for thing in behind)


def test_a_slice_of_wood_is_level_and_has_no_roots() -> None:
    told = shot(Wish(place="room"))
    top, bark = plates.wood_slice(told, footprint.Footprint(z=0.0, radius=0.6), height=0.07)
    assert np.abs(top.shape.points[:, 1]).max() < 0.03
    low = bark.shape.points[bark.shape.points[:, 1] < -0.06]
    high = bark.shape.points[bark.shape.points[:, 1] > -0.02]
    assert np.hypot(*low[:, [0, 2]].T).max() < 1.1 * np.hypot(*high[:, [0, 2]].T).max()
