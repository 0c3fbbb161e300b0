"""A scene that is to look like a picture: colours and light come nearer, the product stays, and it is made again."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from commands import Run, making
from drawn_photo import draw_can
from PIL import Image

from ecomgen.color import to_linear
from ecomgen.scenes.studio.estimation.style import Tones, measured, tones
from ecomgen.scenes.studio.primitives.palette import to_oklab

SMALL = ("--steps", "8", "--count", "1", "--threshold", "0", "--seed", "5", "--size", "240x240", "--json")
PROMPT = ("--prompt", "on a podium, pale pink wall")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return draw_can(tmp_path / "can.png")


@pytest.fixture
def mood(tmp_path: Path) -> Path:
    """Green and gold, in strong light."""
    pixels = np.zeros((200, 300, 3), np.uint8)
    pixels[:, :120], pixels[:, 120:240], pixels[:, 240:] = (30, 70, 40), (200, 160, 60), (245, 235, 200)
    Image.fromarray(pixels).save(tmp_path / "mood.png")
    return tmp_path / "mood.png"


def made(run: Run, out: Path, photo: Path, *options: object) -> tuple[dict, np.ndarray]:
    record = making(*SMALL)(run, out, photo, *options)
    with Image.open(next((out / "candidates").iterdir())) as picture:
        return record, np.asarray(picture)


def tones_of(picture: np.ndarray, product: Path) -> Tones:
    """Of what is round the product."""
    with Image.open(product) as placed:
        scene = np.asarray(placed)[..., 3] == 0
    return tones(to_oklab(to_linear(picture[scene])))


def test_the_scene_comes_nearer_to_the_picture_and_the_product_stays(
    run: Run, tmp_path: Path, photo: Path, mood: Path
) -> None:
    _, plain = made(run, tmp_path / "plain", photo, *PROMPT)
    record, styled = made(run, tmp_path / "styled", photo, *PROMPT, "--style", mood)
    placed = np.asarray(Image.open(tmp_path / "styled" / "product.png"))
    opaque = placed[..., 3] == 255
    assert np.array_equal(styled[opaque], placed[opaque][:, :3])
    with Image.open(mood) as picture:
        wanted = measured(np.asarray(picture)).style.tones
    before, after = (tones_of(one, tmp_path / "plain" / "product.png") for one in (plain, styled))
    warmth = [np.hypot(one.a - wanted.a, one.b - wanted.b) for one in (before, after)]
    assert warmth[1] < 0.6 * warmth[0]
    assert abs(after.contrast - wanted.contrast) < abs(before.contrast - wanted.contrast)
    assert len(record["parameters"]["style_colours"]) > 1
    again = run("runs", "replay", record["run_id"], "--verify", "--json")
    assert again.code == 0 and again.json["pictures"][0]["identical"]


def test_a_styled_run_is_a_look_that_another_product_takes(run: Run, tmp_path: Path, photo: Path, mood: Path) -> None:
    record, styled = made(run, tmp_path / "styled", photo, *PROMPT, "--style", mood)
    assert run("looks", "save", record["run_id"], "--name", "gold").code == 0
    taken, same = made(run, tmp_path / "same", photo, "--look", "gold")
    for name in ("style_tones", "style_colours", "light_kelvin", "light_softness"):
        assert taken["parameters"][name] == record["parameters"][name]
    noise = np.sqrt(np.mean((cv2.blur(styled, (9, 9)).astype(float) - cv2.blur(same, (9, 9))) ** 2))
    assert noise < 4, "of 255: its set is rendered once for all products, with other noise"


def test_a_look_of_a_picture_says_the_same(run: Run, tmp_path: Path, photo: Path, mood: Path) -> None:
    assert run("looks", "picture", mood, "--name", "mood", *PROMPT).code == 0
    record, _ = made(run, tmp_path / "styled", photo, *PROMPT, "--style", mood)
    looked, _ = made(run, tmp_path / "look", photo, "--look", "mood")
    for name in ("style_tones", "style_colours", "light_kelvin", "light_softness"):
        assert looked["parameters"][name] == record["parameters"][name]


def test_what_a_backdrop_makes_void_is_said(run: Run, tmp_path: Path, photo: Path, mood: Path) -> None:
    record, _ = made(run, tmp_path / "out", photo, "--backdrop", mood, "--style", mood)
    assert any("--style" in reason for reason in record["candidates"][0]["reasons"] + record.get("notes", []))
