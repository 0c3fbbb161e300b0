"""How far a download is, while its pictures are composed anew."""

from __future__ import annotations

import time

from ecomgen.types import Progress
from ecomgen.web.create.export import busy, of_all
from ecomgen.web.jobs.scheduler import View


def test_progress_counts_all_pictures_and_never_falls() -> None:
    heard: list[Progress] = []
    hear = of_all(heard.append)
    for number in range(2):
        hear(Progress(step="export", done=number, total=2))
        hear(Progress(step="matte", done=3, total=5))
        hear(Progress(step="scene", done=500, total=1000))
        hear(Progress(step="score"))
    shares = [one.done / one.total for one in heard]
    assert shares == [0, 0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75]


def test_the_button_tells_the_time_left_once_it_can_be_known() -> None:
    began = time.monotonic() - 20
    told = [
        busy(View(started=began, progress=Progress(step="export", done=done, total=100)))["value"] for done in (1, 25)
    ]
    assert told == ["Composing… 1 %", "Composing… 25 % · about 60 s left"]
    assert busy(View(ahead=2))["value"] == "Waiting: 2 before you"
