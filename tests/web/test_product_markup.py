"""Step 1 says when a cut-out is doubtful, until somebody has looked after it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ecomgen.masking.maskers import lite
from ecomgen.types import Box, Cutout, Mask, MaskCandidate, ReferenceImage
from ecomgen.web import locale
from ecomgen.web.create.marks import Aid
from ecomgen.web.create.product_markup import stage
from ecomgen.workflows.preparation import Prepared

PIXELS = np.full((40, 40, 3), 128, np.uint8)
INSIDE = np.ones((40, 40), bool)
DOUBTFUL = Mask(
    pixels=INSIDE,
    masker="lite",
    candidates=(MaskCandidate(pixels=INSIDE),) * 2,
    warnings=("There are no SAM weights on this machine, so lite stands in.", lite.DOUBT_WITHOUT_SAM),
)
LOOKED_AFTER = [
    replace(DOUBTFUL, corrected=True),
    replace(DOUBTFUL, chosen=1),
    replace(DOUBTFUL, warnings=DOUBTFUL.warnings[:1]),
]


def shown(mask: Mask) -> str:
    photo = ReferenceImage(path=Path("/mug.jpg"), sha256="", pixels=PIXELS)
    cutout = Cutout(rgba=np.dstack([PIXELS, PIXELS[..., :1]]), box=Box(0, 0, 40, 40))
    return stage(Prepared(references=(photo,), hero_index=0, mask=mask, cutout=cutout), Aid())


def test_a_doubtful_cutout_says_so_in_the_words_of_the_screen() -> None:
    said = shown(DOUBTFUL)
    assert "The mask is uncertain" in said
    assert "ecomgen models pull" not in said
    assert locale.DRAW_HINT not in said


@pytest.mark.parametrize("mask", LOOKED_AFTER, ids=["corrected", "chosen", "sure"])
def test_nothing_is_doubted_that_somebody_chose(mask: Mask) -> None:
    assert "uncertain" not in shown(mask)
    assert locale.DRAW_HINT in shown(mask)
