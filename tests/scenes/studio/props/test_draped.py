"""What is flat lies on each fold of a cloth; what stands is left as one."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import ball, ground, joined
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.scatter import draped

WHITE = Material((0.8, 0.8, 0.8))


def test_each_pearl_lies_on_the_fold_under_it() -> None:
    folds = ground(-1, 1, 1, -1, 0.1 + 0.1 * np.sin(np.linspace(0, 20, 200))[None, :].repeat(200, 0))
    places = np.linspace(-0.8, 0.8, 9)
    string = Thing(joined([ball(0.02, rings=7).moved(x) for x in places]), WHITE)
    (laid,) = draped([string], folds)
    for x in places:
        pearl = laid.shape.points[np.abs(laid.shape.points[:, 0] - x) < 0.03]
        assert abs(pearl[:, 1].min() - (0.1 + 0.1 * np.sin(10 * (x + 1)))) < 0.02


def test_what_stands_is_not_taken_apart() -> None:
    standing = Thing(joined([ball(0.2), ball(0.1).moved(y=0.4)]), WHITE)
    (laid,) = draped([standing], ground(-1, 1, 1, -1, np.full((9, 9), 0.3)))
    assert laid is standing
