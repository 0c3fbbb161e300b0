"""What can be refused at once never waits for a turn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecomgen.errors import UsageError
from ecomgen.request import Request
from ecomgen.web.create.results import work_of


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"size": (10_000_000, 3)}, "another size"),
        ({"pipeline": "no-such"}, "no-such"),
        ({"channel": "no-such"}, "no-such"),
        ({"pipeline": "studio", "mode": "replace"}, "--mode replace"),
        ({"scene_from": "no-such"}, "no-such"),
    ],
)
def test_a_mistake_is_refused_before_the_queue(wrong: dict[str, Any], said: str) -> None:
    request = Request(photos=(Path("mug.jpg"),), prompt="on oak", **wrong)
    with pytest.raises(UsageError, match=said):
        work_of(request, "visitor:anna")
