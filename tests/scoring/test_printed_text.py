"""The text on a product, read on its photo and in a picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from commands import Run
from PIL import Image, ImageDraw, ImageFont

from ecomgen.scoring import printed_text
from ecomgen.types import Box, Cutout

pytest.importorskip("rapidocr")


def label(*lines: str) -> np.ndarray:
    """A cream label with dark words."""
    picture = Image.new("RGB", (480, 320), (240, 232, 215))
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((40, 40 + 110 * number), line, (40, 30, 30), font=ImageFont.load_default(72))
    return np.asarray(picture)


def cutout(pixels: np.ndarray) -> Cutout:
    rgba = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
    return Cutout(rgba=rgba, box=Box(0, 0, pixels.shape[1], pixels.shape[0]))


def test_characters_that_are_others_are_counted() -> None:
    known = (cutout(label("HOLLOW", "FERN TEA")),)
    same = printed_text.compared(label("HOLLOW", "FERN TEA"), known)
    other = printed_text.compared(label("HOLLOW", "FIRM TEA"), known)
    gone = printed_text.compared(np.full((320, 480, 3), 230, np.uint8), known)
    assert same and other and gone
    assert same.error == 0 and same.findings == ()
    assert 0 < other.error < 0.3 and other.line == "FERN TEA"
    assert gone.error == 1 and gone.findings


def test_the_text_is_found_wherever_it_stands() -> None:
    scene = np.full((700, 1000, 3), 180, np.uint8)
    scene[300:620, 400:880] = label("HOLLOW", "FERN TEA")
    reading = printed_text.compared(scene, (cutout(label("HOLLOW", "FERN TEA")),))
    assert reading and reading.error < 0.1


def test_text_too_small_to_be_read_is_not_text_that_reads_otherwise() -> None:
    photo = label("HOLLOW", "FERN TEA")
    known = (cutout(photo),)
    for side, is_read in ((18, False), (300, True)):
        small = np.asarray(Image.fromarray(photo).resize((side, side * 2 // 3), Image.Resampling.LANCZOS))
        reading = printed_text.compared(small, known)
        assert (reading is not None and reading.error < 0.1) is is_read, side
        scene = np.pad(small, ((200, 200), (200, 200), (0, 0)), mode="edge")
        reading = printed_text.compared(scene, known, side=side)
        assert (reading is not None and reading.error < 0.1) is is_read, side
    wrong = Image.fromarray(label("HOLLOW", "FARM TOO")).resize((300, 200), Image.Resampling.LANCZOS)
    reading = printed_text.compared(np.asarray(wrong), known)
    assert reading and reading.error > 0.1, "what could be read is held against the picture"


def test_a_product_without_text_has_no_such_score() -> None:
    assert printed_text.compared(label("HOLLOW"), (cutout(label()),)) is None


def test_score_tells_it(run: Run, tmp_path: Path) -> None:
    for name, words in (("photo", "FERN TEA"), ("same", "FERN TEA"), ("other", "FARM TOO")):
        rgba = np.pad(cutout(label("HOLLOW", words)).rgba, ((60, 60), (60, 60), (0, 0)))
        Image.fromarray(rgba).save(tmp_path / f"{name}.png")
    answer = run(
        "score", tmp_path / "same.png", tmp_path / "other.png", "--reference", tmp_path / "photo.png", "--json"
    )
    same, other = answer.json["pictures"]
    assert same["character_error_rate"] == 0 < other["character_error_rate"]
    assert any("FERN TEA" in reason for reason in other["reasons"])
