"""How far a download is, while its pictures are composed anew."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from logged import entry_values
from PIL import Image

from ecomgen import channels
from ecomgen.errors import BadPhoto, Cancelled
from ecomgen.export import check_picture
from ecomgen.record import validated
from ecomgen.request import ExportOptions
from ecomgen.types import Progress
from ecomgen.web import locale
from ecomgen.web.create.results import export
from ecomgen.web.create.results.export import busy, missed, of_all, packed, told_on_button
from ecomgen.web.jobs.scheduler import Job, View
from ecomgen.workflows.channel_export import Order, Published


def order(**options: Any) -> Order:
    """What is wanted of a run of four pictures, of 512 pixels a side, that took 100 seconds."""
    values = {
        "run_id": "r",
        "pipeline": "studio",
        "prompt": "on oak",
        "negative_prompt": "",
        "references": [],
        "mask": {"masker": "grabcut"},
        "candidates": [entry_values(index) for index in range(4)],
        "parameters": {"width": 512, "height": 512, "seed": 1, "count": 4, "threshold": 0.6},
        "timings": {"load": 1.0, "mask": 2.0, "place": 1.0, "scene": 92.0, "score": 4.0},
    }
    return Order(record=validated(values), folder=Path("run"), options=ExportOptions(**options))


def test_a_file_is_expected_to_take_what_its_pixels_took_in_the_run() -> None:
    built = 105_000  # pixels' worth of what does not grow with a picture
    prepared = 4
    white, story = (24 * (pixels + built) / (512**2 + built) for pixels in (2000**2, 1080 * 1920))
    expected = [1 + prepared + white, 1 + story, 1 + story]
    assert order(channel=("amazon-main", "story"), top=2).seconds == pytest.approx(expected)
    assert order().seconds == [1.0] * 4, "nothing is made anew"


def test_progress_counts_expected_seconds_and_never_falls() -> None:
    heard: list[Progress] = []
    hear = of_all(heard.append, [30.0, 10.0])
    for number in range(2):
        hear(Progress(step="export", done=number, total=2))
        hear(Progress(step="matte", done=3, total=5))
        hear(Progress(step="scene", done=500, total=1000))
        hear(Progress(step="score"))
    shares = [one.done / one.total for one in heard]
    assert shares == [0, 0, 0.375, 0.375, 0.75, 0.75, 0.875, 0.875]


def test_the_button_tells_the_expected_time_at_once_and_corrects_it_by_what_was_measured() -> None:
    def told(elapsed: float, done: int) -> str:
        view = View(started=time.monotonic() - elapsed, progress=Progress(step="export", done=done, total=80_000))
        return busy(view, locale.EXPORTING)["value"]

    assert told(0, 0) == "Composing… 0 % · about 80 s left"
    assert told(40, 40_000) == "Composing… 50 % · about 40 s left"
    assert told(96, 40_000) == "Composing… 50 % · about 80 s left"
    assert busy(View(ahead=2), locale.EXPORTING)["value"] == "Waiting: 2 before this"


def test_why_a_download_was_not_made_stays_on_the_page() -> None:
    def refused(*_: Any) -> None:
        raise BadPhoto("The backdrop is too small.")

    told = told_on_button(Job(refused, []).begin(), locale.EXPORT, locale.EXPORTING, str, None)
    assert next(told)[2] == "", "what was told before goes"
    with pytest.raises(BadPhoto):
        for *_, progress, button, _ in told:
            last = progress, button
    assert "The backdrop is too small." in last[0] and last[1]["interactive"]


def test_a_download_that_is_stopped_is_told_in_a_note(monkeypatch: Any) -> None:
    notes: list[str] = []
    monkeypatch.setattr(export.gr, "Info", lambda text, **_: notes.append(text))

    def stopped(*_: Any) -> None:
        raise Cancelled("The run was stopped.")

    *_, last = packed(Job(stopped, [order(channel=("amazon-main", "story"))]).begin(), "Download")
    assert notes == [
        "Amazon, main picture: one picture, since on its plain ground all would look the same.",
        "Stopped: nothing is downloaded. What was finished is kept, and the next download goes on from there.",
    ]
    assert last[-1] is None, "an earlier file is not saved again"


def test_what_a_channel_asks_for_and_a_picture_misses_is_told_in_the_language_of_the_page(tmp_path: Path) -> None:
    channels.own_file().parent.mkdir(parents=True, exist_ok=True)
    channels.own_file().write_text(
        '[stamp]\ntitle = "Marken"\nwidth = 128\nheight = 128\nformat = "png"\nmin_fill = 0.8\nmargin = 0.025\n',
        "utf-8",
    )
    Image.new("RGB", (128, 96), "grey").save(tmp_path / "one.png")
    mask = np.zeros((96, 128), bool)
    mask[2:50, 20:104] = True
    rules = check_picture(tmp_path / "one.png", channels.get("stamp"), mask=mask)
    two = [Published(name=name, channel="stamp", seed=1, bytes=1, rules=rules) for name in "ab"]
    token = locale.spoken_here.set("de")
    told = missed(two)
    locale.spoken_here.reset(token)
    assert told == [
        "Marken verlangt etwas anderes. Größe: 128×96, verlangt: 128×128; Breite zu Höhe: 1,333, verlangt: 1; "
        "Produkt im Bild: 65,6\xa0% (nach seiner Maske), verlangt: 80\xa0% bis 100\xa0%; "
        "Platz am Rand: 2,1\xa0% (nach seiner Maske), verlangt: mindestens 2,5\xa0% an jeder Seite. "
        "Alle Werte stehen in export.json."
    ]
    assert missed([Published(name="a", channel=None, seed=1, bytes=1)]) == []
