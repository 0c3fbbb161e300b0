"""What the studio rendered, what the pipelines were called with, and a small ControlNet."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tiny_models import save_control

from ecomgen.scenes.studio.backend import StudioBackend
from ecomgen.types import Scene, SceneRequest


@pytest.fixture(scope="module")
def control(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_control(tmp_path_factory.mktemp("depth") / "control")


@pytest.fixture
def renders(monkeypatch: pytest.MonkeyPatch) -> list[Scene]:
    """What the studio has rendered, one sample a pixel."""
    made: list[Scene] = []
    real = StudioBackend.make

    def listen(self: StudioBackend, request: SceneRequest, report: Any) -> Iterator[Scene]:
        quick = replace(request, parameters={**request.parameters, "samples_per_pixel": 1})
        for scene in real(self, quick, report):
            made.append(scene)
            yield scene

    monkeypatch.setattr(StudioBackend, "make", listen)
    return made


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the pipelines that follow a ControlNet are called with."""
    import diffusers

    calls: list[dict[str, Any]] = []
    for family in ("StableDiffusion", "StableDiffusionXL", "Flux"):
        kind = getattr(diffusers, f"{family}ControlNetInpaintPipeline")
        monkeypatch.setattr(kind, "__call__", _overheard(kind.__call__, calls))
    return calls


def _overheard(real: Any, calls: list[dict[str, Any]]) -> Any:
    @functools.wraps(real)
    def listen(self: Any, **options: Any) -> Any:
        calls.append(options)
        return real(self, **options)

    return listen
