"""Channels of one's own stand beside those that ship; what is wrong in their file is told in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Run

from ecomgen import channels
from ecomgen.errors import BadInput


def written(text: str) -> None:
    file = channels.own_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def test_width_and_height_are_enough() -> None:
    shipped = channels.every()
    written("[our-shop]\nwidth = 96\nheight = 128\n")
    assert channels.every()[: len(shipped)] == shipped
    ours = channels.get("our-shop")
    assert (ours.canvas().width, ours.canvas().height) == (96, 128)
    assert (ours.accepts, ours.title, ours.basis) == (("jpeg",), "our-shop", "own")


def test_a_format_may_be_called_as_its_files_are() -> None:
    written('[our-shop]\nwidth = 96\nheight = 128\nformat = "jpg"\naccepts = ["jpg", "tif", "gif"]\n')
    ours = channels.get("our-shop")
    assert ours.format == "jpeg" and ours.accepts == ("jpeg", "tiff", "gif")


def test_what_ships_is_corrected_and_the_file_is_read_again() -> None:
    written("[story]\nmax_bytes = 4_000_000\n")
    assert channels.get("story").max_bytes == 4_000_000
    channels.own_file().unlink()
    assert channels.get("story").max_bytes == 8_000_000


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[our-shop]\nwidth = 96\n", "[our-shop] needs width and height"),
        ("[our-shop]\nwidth = 96\nheight = 0\n", "[our-shop] needs width and height"),
        ("[our-shop]\nwidth = 9\nheight = 128\n", "[our-shop] width"),
        ("[Our]\nwidth = 96\nheight = 128\n", "[Our] name"),
        ("[our-shop]\nwidth = 96\nheight = 128\nfil = 0.5\n", "[our-shop] fil"),
        ("[story]\nfill = 2\n", "[story] fill"),
        ("story = 3", "begin it with [story]"),
        ('[our-shop]\nwidth = 96\nheight = 128\nname = "ours"\n', "[our-shop] name"),
        ("[story", "Expected"),
    ],
)
def test_what_is_wrong_is_named(text: str, reason: str) -> None:
    written(text)
    with pytest.raises(BadInput) as raised:
        channels.every()
    assert reason in str(raised.value)


def test_a_picture_for_ones_own_shop_meets_its_rules(photo: Path, tmp_path: Path, run: Run) -> None:
    ground = "background = [245, 245, 245]\nformat = 'png'\nfill = 0.8\nmargin = 0.03\n"
    written(f"[our-shop]\nwidth = 96\nheight = 128\n{ground}")
    made = run("generate", photo, "--prompt", "plain", "--channel", "our-shop", "--count", "1", "--out", tmp_path)
    assert made.code == 0, made.err
    (picture,) = (tmp_path / "kept").glob("*.png")
    assert run("channels", "check", picture, "--channel", "our-shop").code == 0
