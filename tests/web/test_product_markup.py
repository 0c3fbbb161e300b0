"""Step 1 says when a cut-out is doubtful, until somebody has looked after it."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np
import pytest
from PIL import Image

from ecomgen.types import Box, Check, Cutout, Doubt, Mask, MaskCandidate, ReferenceImage
from ecomgen.web import locale
from ecomgen.web.create.product.companions import forward, part
from ecomgen.web.create.product.marks import Aid
from ecomgen.web.create.product.markup import confirming, others, photo_strip, stage
from ecomgen.web.pictures import photo_uri, suggestion_uris
from ecomgen.workflows.preparation import Prepared

PIXELS = np.full((40, 40, 3), 128, np.uint8)
INSIDE = np.ones((40, 40), bool)
DOUBTFUL = Mask(
    pixels=INSIDE,
    masker="lite",
    candidates=(MaskCandidate(pixels=INSIDE),) * 2,
    confidence=0.2,
    doubts=(Doubt(kind="left-out", box=Box(5, 6, 25, 36), sentence="This part may belong to the product."),),
)
LOOKED_AFTER = [
    replace(DOUBTFUL, corrected=True),
    replace(DOUBTFUL, chosen=1),
    replace(DOUBTFUL, confidence=0.9),
]


MUG = ReferenceImage(path=Path("/mug.jpg"), sha256="", pixels=PIXELS)


def shown(mask: Mask, *photos: ReferenceImage) -> str:
    cutout = Cutout(rgba=np.dstack([PIXELS, PIXELS[..., :1]]), box=Box(0, 0, 40, 40))
    return stage(Prepared(references=photos or (MUG,), hero_index=0, mask=mask, cutout=cutout), Aid())


def test_a_doubtful_cutout_says_so_in_the_words_of_the_screen() -> None:
    said = shown(DOUBTFUL)
    assert "The cut-out is doubtful" in said
    assert "This part may belong to the product." in said
    assert 'class="doubt" x="5" y="6" width="20" height="30"' in said


def test_of_a_cutout_that_is_not_quite_sure_only_the_place_is_pointed_out() -> None:
    said = shown(replace(DOUBTFUL, confidence=0.6))
    assert "doubtful" not in said
    assert "This part may belong to the product." in said and 'class="doubt"' in said


@pytest.mark.parametrize("mask", LOOKED_AFTER, ids=["corrected", "chosen", "sure"])
def test_nothing_is_doubted_that_somebody_chose(mask: Mask) -> None:
    said = shown(mask)
    assert "The cut-out is doubtful" not in said and 'class="doubt"' not in said and locale.CORRECT in said
    assert ("it still looks doubtful (confidence 0.20)" in said) is mask.doubted, "as the pictures' reasons will say"


def test_what_is_doubtful_can_be_found_right_which_ends_the_question() -> None:
    asked, said = confirming(replace(DOUBTFUL, chosen=1)), replace(DOUBTFUL, confirmed=True)
    assert locale.CONFIRM in asked and 'data-value="1"' in asked
    assert locale.CONFIRMED in confirming(said) and 'aria-pressed="true"' in confirming(said)
    assert "doubtful" not in shown(said) and 'class="doubt"' not in shown(said)
    assert confirming(replace(DOUBTFUL, confidence=0.9)) == "", "nobody asks"


def test_further_products_of_one_name_have_numbers_and_change_places() -> None:
    products: list[dict[str, Any]] = [{"photos": ["/a/01.jpg"]}, {"photos": ["/b/01.jpg"], "height": "9"}]
    said = others([(one, "") for one in products])
    assert "2 · 01.jpg" in said and "3 · 01.jpg" in said and said.count('data-trigger="forwarded"') == 1
    assert forward(products, gr.EventData(None, {"value": "2:"})) == products[::-1]
    left = part(products, gr.EventData(None, {"value": "1:"}))
    assert left == products[1:] and part(left, gr.EventData(None, {"value": "1:"})) == []


def test_any_of_several_photos_can_be_made_the_main_one() -> None:
    strip = photo_strip([MUG, replace(MUG, path=Path("/side.jpg"))], hero=1)
    assert 'data-trigger="mained" data-value="0"' in strip and 'aria-label="Use mug.jpg as main photo"' in strip
    assert strip.count("mained") == 1 and locale.MAIN_PHOTO in strip
    assert "mained" not in photo_strip([MUG]), "there is nothing to choose"


def test_advice_names_its_photo_among_several() -> None:
    far = replace(
        MUG, path=Path("/far.jpg"), checks=(Check(name="size", value=0.1, verdict="warn", advice="Go closer."),)
    )
    assert ">far.jpg: Go closer.<" in shown(DOUBTFUL, MUG, far)
    assert ">Go closer.<" in shown(DOUBTFUL, far) and ">Go closer.<" in shown(DOUBTFUL, far, far)


def test_ways_to_cut_out_a_small_product_are_seen_closely() -> None:
    photo, masks = np.zeros((100, 200, 3), np.uint8), np.zeros((2, 100, 200), bool)
    masks[0, 40:60, 20:40] = masks[1, 50:60, 20:40] = True
    whole, half = (
        np.asarray(Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2]))).convert("L"))
        for uri in suggestion_uris(photo, list(masks), 60)
    )
    assert whole.shape == half.shape, "the same part of the photo"
    assert (whole < 100).mean() > 0.6 and 0.3 < (half < 100).mean() < 0.5


def test_a_transparent_photo_is_shown_as_one() -> None:
    photo = ReferenceImage(path=Path("/mug.png"), sha256="cut", pixels=PIXELS, alpha=np.eye(40, dtype=np.float32))
    shown = Image.open(io.BytesIO(base64.b64decode(photo_uri(photo, 40).partition(",")[2])))
    assert shown.mode == "RGBA" and shown.getchannel("A").getextrema() == (0, 255)


def test_a_photo_that_the_log_keeps_is_not_called_by_its_hash(tmp_path: Path) -> None:
    kept = tmp_path / f"{'0af' * 21}0.jpg"
    told = others([({"photos": [str(kept)]}, ""), ({"photos": ["bowl.jpg", "side.jpg"], "place": "0.5,0.8,0.3"}, "")])
    assert "0af" not in told
    assert "bowl.jpg +1" in told and "0.5,0.8,0.3" in told
