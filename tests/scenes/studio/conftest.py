"""What is painted behind a set, small, so that sets are built fast."""

from __future__ import annotations

import pytest

from ecomgen.scenes.studio.interiors import photograph
from ecomgen.scenes.studio.stage import backdrop


@pytest.fixture
def small_paintings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backdrop, "LONGEST", 200)


@pytest.fixture
def hardly_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what is judged by shapes and lamps alone: the same ones, whatever size the picture behind them has."""
    monkeypatch.setattr(backdrop, "LONGEST", 100)
    monkeypatch.setattr(photograph, "LONGEST", 32)
