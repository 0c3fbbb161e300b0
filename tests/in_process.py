"""A catalogue's worker in the test's own process, where no test asks what becomes of another."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ecomgen.catalogue import Outcome
from ecomgen.catalogue.item import Item
from ecomgen.catalogue.storage import Where
from ecomgen.catalogue.worker import Work
from ecomgen.types import silent


class OwnProcess:
    """Does the work when it is asked for what has ended."""

    def __init__(self, out: Where, _workers: int, work: Work) -> None:
        self._out, self._work = out, work
        self._waiting: list[Item] = []

    def has_room(self) -> bool:
        return not self._waiting

    def begin(self, item: Item) -> None:
        self._waiting.append(item)

    def heard(self, _seconds: float) -> Sequence[tuple[Item, Outcome]]:
        return [(item, self._work(item, self._out, silent)) for item in [self._waiting.pop()]]

    def close(self) -> None:
        """Nothing is left running."""


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catalogues without worker processes: the libraries are there already."""
    monkeypatch.setattr("ecomgen.catalogue.local_engine.LocalPool", OwnProcess)
