"""What soft ground covers of a product's base, without a whole picture."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from ecomgen.scenes.studio import settling
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.estimation.facts import Facts, Standing
from ecomgen.scenes.studio.grounds.fabric import Lying
from ecomgen.scenes.studio.grounds.relief import land
from ecomgen.scenes.studio.primitives.shapes import Shape, lathe
from ecomgen.scenes.studio.primitives.types import Dome, Material, Stage, Thing
from ecomgen.scenes.studio.rendering.contact import PROFILE
from ecomgen.scenes.studio.rendering.render import Quality, render
from ecomgen.scenes.studio.rendering.variants import best_variant
from ecomgen.scenes.studio.stage.frame import frame_for
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.subject import Subject
from ecomgen.scenes.studio.work import Work
from ecomgen.types import Box, silent

BOX = Box(40, 20, 216, 186)
DARK = Quality(variant=best_variant(), samples_per_pixel=1, max_depth=2, denoise=False)
LOBE = 0.02  # units, some millimetres of a product as large as a bottle: wider than that is no tip
SKY = Dome(zenith=(1, 1, 1), horizon=(1, 1, 1), nadir=(1, 1, 1))


def stage_of(name: str, seed: int, drop: float = 0.0, bump: float = 0.0) -> tuple[Shot, Stage]:
    """Level ground of this name, `drop` units below the block's lower edge, with ridges `bump` high that run to it."""
    frame = frame_for(256, 224, BOX, 186, elevation=14)
    shot = Shot(
        wish=Wish(), frame=frame, rng=np.random.default_rng(seed), side=1.0, seed=seed, units_per_metre=1 / 0.25
    )
    area, grey = land(shot), Material((0.4, 0.4, 0.4))
    none = Shape(points=np.zeros((3, 3), np.float32), faces=np.array([[0, 1, 2]], np.uint32), uv=np.zeros((3, 2)))
    things = (
        Thing(area.shape(bump * np.exp(-((np.sin(10 * area.x) / 0.15) ** 2)), drop), grey, ground=name),
        Thing(none, grey),
    )
    return shot, Stage(things=things, lamps=(), dome=SKY, aperture=0.0)


def block() -> Subject:
    product = np.zeros((224, 256, 4), np.uint8)
    product[BOX.slices] = (255, 60, 30, 255)
    standing = Standing(x0=40 / 256, y0=20 / 224, x1=216 / 256, y1=186 / 224, ground=186 / 224)
    return Subject(product=product, box=BOX, width=256, height=224, facts=Facts(standing=standing))


def covered(
    name: str, seed: int, share: float, quality: Quality, bump: float = 0.0
) -> tuple[Shot, Stage, settling.Cover]:
    (shot, stage), subject = stage_of(name, seed, bump=bump), block()
    raised = settling.before_base(stage, shot, subject, share)
    assert raised is not None
    stage = stage.adding(*raised.things)
    work = Work(number=0, count=1, seed=seed, quality=quality, report=silent)
    found = settling.cover(stage, raised, shot.frame, subject, work)
    assert found is not None
    return shot, stage, found


def edge(name: str, seed: int, share: float, bump: float = 0.0) -> tuple[NDArray[np.floating], float]:
    """How high such ground covers a block over its lower edge, in units for each of its columns; a column's width."""
    shot, _, found = covered(name, seed, share, DARK, bump)
    return found.share[:, BOX.x0 + 4 : BOX.x1 - 4].sum(0) * shot.frame.unit, shot.frame.unit


def lobes(high: NDArray[np.floating], unit: float) -> tuple[float, float]:
    """An edge's deviation in waves wider than `LOBE`, less what leans or bends as a whole, and in finer ones, units."""
    x = np.linspace(-1, 1, len(high))
    level = high - np.polyval(np.polyfit(x, high, 2), x)
    broad = gaussian_filter1d(level, LOBE / unit)
    return float(broad.std()), float((level - broad).std())


@pytest.mark.parametrize("seed", [2, 3, 5])
def test_moss_covers_the_base_with_fine_tips_and_cuts_no_lobes_into_it(seed: int) -> None:
    broad, fine = lobes(*edge("moss", seed, 1.0))
    assert broad < 0.004, "waves along the base"
    assert fine > broad, "no tips"


def test_bumps_of_the_ground_are_pressed_flat_under_a_bank() -> None:
    (level, unit), (bumpy, _) = (edge("sand", 1, 0.5, bump) for bump in (0.0, 0.02))
    assert lobes(bumpy - level, unit)[0] < 0.002


@pytest.mark.parametrize("name", ["snow", "grass"])
def test_ground_covers_more_of_the_base_the_more_the_product_settles(name: str) -> None:
    (some, _), (most, _) = (edge(name, 1, share) for share in (0.3, 1.0))
    assert 0 < some.mean() < most.mean() < settling.WHOLE


@pytest.mark.parametrize(("name", "drop", "share"), [("marble", 0.0, 1.0), ("grass", 0.3, 1.0), ("grass", 0.0, 0.0)])
def test_firm_ground_or_what_lies_far_below_covers_nothing(name: str, drop: float, share: float) -> None:
    shot, stage = stage_of(name, 1, drop)
    assert settling.before_base(stage, shot, block(), share) is None


def test_snow_before_a_product_has_as_much_of_its_colour_as_that_beside_it() -> None:
    quality = Quality(variant=best_variant(), samples_per_pixel=32, max_depth=4, denoise=False, settle=0.5)
    shot, stage, found = covered("snow", 1, 0.5, quality)
    subject = block()
    whole = render(
        stage, shot.frame, subject.stand_ins(shot.frame), quality, seed=1, tick=lambda _: None, seen=~subject.hidden
    )
    light = settling.laid(whole.light, found, shot.frame, subject, 0.5, PROFILE)[:, BOX.x0 + 20 : BOX.x1 - 20]
    inside, outside = (light[rows].mean((0, 1)) for rows in (slice(BOX.y1 - 3, BOX.y1), slice(BOX.y1, BOX.y1 + 3)))
    assert inside[0] / inside[2] == pytest.approx(outside[0] / outside[2], rel=0.1)
    assert inside.mean() == pytest.approx(outside.mean(), rel=0.1)


def test_cloth_of_few_points_is_there_round_the_product() -> None:
    """A rug is a disc whose points lie in its middle and on its rim."""
    rug = lathe([(1.4, 0), (1.4, 0.02), (0, 0.02)], segments=48).moved(0, 0, -0.3)
    lying = Lying(ground=rug, line=np.array([[-0.35, 0.0], [0.3, 0.0]]))
    found = lying.at(np.array([0.1, -0.2, 5.0]), np.array([0.0, 0.1, 5.0]))
    assert found[:2, 0] == pytest.approx([0.02, 0.02], abs=1e-6) and np.isnan(found[2]).all()
