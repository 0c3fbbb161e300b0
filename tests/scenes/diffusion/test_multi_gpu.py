"""Several devices side by side: two processes on this machine's CPU stand for two graphics cards."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenes.diffusion.placed import ask, make
from tiny_models import recipe

from ecomgen.errors import Cancelled
from ecomgen.scenes.diffusion.multi_gpu import Crew
from ecomgen.types import Progress, silent


def test_two_devices_make_one_requests_pictures_stop_when_told_and_go_on(tiny_inpaint: Path) -> None:
    alone = {scene.seed: scene.pixels for scene in make(tiny_inpaint, "inpaint", ask(1, 2, 3))}
    crew, mine = Crew(("cpu", "cpu")), recipe(tiny_inpaint, "inpaint")
    try:
        with pytest.raises(Cancelled):
            list(crew.make(mine, ask(4, 5, 6), _stop))
        seen: list[Progress] = []
        scenes = list(crew.make(mine, ask(1, 2, 3), seen.append))
        assert [scene.seed for scene in scenes] == [1, 2, 3]
        assert all((scene.pixels == alone[scene.seed]).all() for scene in scenes)
        assert [one.done for one in seen] == sorted(one.done for one in seen)
        assert seen[-1].done == seen[-1].total
        assert next(crew.make(mine, ask(1, 2), silent)).seed == 1  # the rest is not wanted
        assert [scene.seed for scene in crew.make(mine, ask(3), silent)] == [3]
    finally:
        crew.close()


def _stop(progress: Progress) -> None:
    if progress.done:
        raise Cancelled("stopped")
