"""Where it differs: the grid lies on the picture, says the right place, and can be shown."""

from __future__ import annotations

import cv2
import distortions
import drawn
import numpy as np

from ecomgen.record import DifferenceEntry
from ecomgen.record.entries import difference_of
from ecomgen.scoring import heat_map, judge
from ecomgen.types import Difference

BACK = distortions.backdrop(drawn.SIDE, drawn.SIDE, 4)


def relabelled() -> np.ndarray:
    """The bottle with another colour on the lower half of its label."""
    product = drawn.bottle()
    product[330:405, 172:338, :3] = distortions.hue(product, 150)[330:405, 172:338, :3]
    return product


def judged(shown: np.ndarray) -> tuple[np.ndarray, Difference]:
    product = drawn.bottle()
    picture = distortions.laid_over(shown, BACK)
    found = judge(picture, drawn.subject(product), placement=drawn.placed(product)).difference
    assert found is not None
    return picture, found


def on_pixels(found: Difference) -> np.ndarray:
    """The grid as a layer of the picture, 0 outside its box."""
    layer = np.zeros((drawn.SIDE, drawn.SIDE), np.float32)
    grid = np.array(found.grid, np.float32)
    box = found.box
    layer[box.y0 : box.y1, box.x0 : box.x1] = cv2.resize(grid, (box.width, box.height))
    return layer


def test_the_product_itself_differs_nowhere() -> None:
    _, found = judged(drawn.bottle())
    assert found.aligned and max(map(max, found.grid)) < 15


def test_the_changed_place_is_hot_and_the_rest_is_cold() -> None:
    _, found = judged(relabelled())
    layer = on_pixels(found)
    assert layer[345:395, 190:320].mean() > 50
    assert layer[100:220].mean() < 3


def test_it_follows_the_product_wherever_that_is_found() -> None:
    product = drawn.bottle()
    turned = cv2.getRotationMatrix2D((256, 256), 15, 0.7)
    turned[:, 2] += (40, -20)
    picture = cv2.warpAffine(distortions.laid_over(relabelled(), BACK), turned, (drawn.SIDE, drawn.SIDE))
    found = judge(picture, drawn.subject(product)).difference
    assert found is not None and found.aligned
    x, y = turned @ np.array([255, 370, 1])
    layer = on_pixels(found)
    assert layer[int(y) - 10 : int(y) + 10, int(x) - 20 : int(x) + 20].mean() > 40


def test_another_view_is_compared_patch_by_patch() -> None:
    mug = drawn.mug()
    scores = judge(distortions.laid_over(drawn.box(), BACK), drawn.subject(mug), remask=lambda _: mug[..., 3] > 127)
    assert scores.difference is not None and not scores.difference.aligned
    assert scores.why


def test_it_survives_json_and_nothing_stays_nothing() -> None:
    _, found = judged(relabelled())
    entry = DifferenceEntry.of(found)
    assert difference_of(DifferenceEntry.model_validate_json(entry.model_dump_json())) == found
    assert difference_of(None) is None
    assert max(len(found.grid), len(found.grid[0])) <= 32


def test_the_picture_of_it_is_hot_where_it_differs() -> None:
    picture, found = judged(relabelled())
    shown = heat_map(picture, found)
    assert shown.shape == picture.shape and shown.dtype == np.uint8
    warm = shown[345:395, 190:320].astype(int)
    assert (warm[..., 0] - warm[..., 2]).mean() > 60
    assert (heat_map(picture, None) == picture).all()
