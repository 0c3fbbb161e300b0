"""Long work is left at once when somebody says stop, and what it gives or raises comes through."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from ecomgen.cancellation import attended, outwait
from ecomgen.errors import Cancelled, UsageError
from ecomgen.generation import generate
from ecomgen.request import Request
from ecomgen.types import Progress, Report, silent

BEGIN = Progress(step="mask")


def test_work_that_never_asks_is_left_all_the_same() -> None:
    going_on, heard = threading.Event(), []

    def report(progress: Progress) -> None:
        heard.append(progress)
        if len(heard) > 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        attended(lambda _: going_on.wait(60), report, BEGIN)
    assert not going_on.is_set()
    assert heard == [BEGIN] * 3
    going_on.set()


def test_work_that_was_left_stops_at_its_own_next_report() -> None:
    left, ended, asked = threading.Event(), threading.Event(), []

    def work(heard: Report) -> None:
        left.wait(60)
        try:
            heard(Progress(step="mask", done=1))
        except Cancelled:
            ended.set()

    def report(progress: Progress) -> None:
        asked.append(progress)
        if len(asked) > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        attended(work, report, BEGIN)
    left.set()
    assert ended.wait(60)


def test_what_was_left_can_be_outwaited() -> None:
    goes_on, asked, done = threading.Event(), [], []

    def report(progress: Progress) -> None:
        asked.append(progress)
        if len(asked) > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        attended(lambda _: done.append(goes_on.wait(60)), report, BEGIN)
    waiting = threading.Thread(target=outwait, daemon=True)
    waiting.start()
    assert waiting.is_alive() and not done
    goes_on.set()
    waiting.join(60)
    assert done == [True]


def test_what_it_gives_and_what_it_raises_comes_through() -> None:
    def refuse(_: Report) -> None:
        raise UsageError("No.")

    for report in (silent, lambda _: None):
        assert attended(lambda _: 7, report, BEGIN) == 7
        with pytest.raises(UsageError, match="No"):
            attended(refuse, report, BEGIN)


@pytest.mark.parametrize(("step", "kept"), [("load", 0), ("place", 0), ("scene", 0), ("score", 0), ("picture", 1)])
def test_a_run_asks_in_every_step_and_does_nothing_more_once_it_is_told_to_stop(
    step: str, kept: int, tmp_path: Path
) -> None:
    product = Image.new("RGBA", (200, 200))
    ImageDraw.Draw(product).ellipse((40, 40, 160, 160), (200, 80, 60, 255))
    product.save(tmp_path / "disc.png")
    heard: list[str] = []

    def report(progress: Progress) -> None:
        heard.append(progress.step)
        if progress.step == step:
            raise Cancelled("stop")

    request = Request(
        photos=(tmp_path / "disc.png",), prompt="on oak", count=3, size=(64, 64), steps=1, out=tmp_path / "out"
    )
    if kept:
        assert len(generate(request, report).record.candidates) == kept
    else:
        with pytest.raises(Cancelled):
            generate(request, report)
    assert heard.count(step) == 1
    assert heard[-1] == step
