"""How far a download is, while its pictures are composed anew."""

from __future__ import annotations

from ecomgen.types import Progress
from ecomgen.web.create.export import of_all


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
