"""What can be refused at once never waits for a turn, and a doubtful cut-out is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import logged
import pytest

from ecomgen.errors import UsageError
from ecomgen.request import Request
from ecomgen.runlog.decisions import Decision
from ecomgen.web import locale
from ecomgen.web.create.form import FIELDS
from ecomgen.web.create.product.companions import doubtful
from ecomgen.web.create.results import markup
from ecomgen.web.create.results.step import SHOWN, unless_doubted
from ecomgen.web.create.results.work import work_of


def test_the_question_for_doubtful_cutouts_names_each_of_several_products() -> None:
    others = [{"photos": ["bowl.jpg"], "place": ""}, {"photos": ["box.jpg", "side.jpg"], "box": "1,2,30,40"}]
    cards = [{"photos": sorted(one["photos"]), "key": "", "doubted": True} for one in others]
    assert doubtful(others, cards) == ["bowl.jpg", "box.jpg +1"]
    assert doubtful(others[1:], [cards[0], cards[1] | {"doubted": False}]) == [], "what is removed is not asked for"
    filled = {"photos": ["mug.jpg"], "with_": others, "prompt": "on oak", "pipeline": "studio"}
    values = [filled.get(name) for name in FIELDS]
    (asked,) = unless_doubted(None, True, cards, *values)  # type: ignore[arg-type]
    assert "mug.jpg, bowl.jpg, box.jpg +1" in asked[SHOWN.index("progress")]


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


def test_what_was_rejected_has_no_rank() -> None:
    record = logged.record("r", candidates=[logged.entry_values(index) for index in range(3)])
    first, second, _ = markup.ranked(record)

    def best(decided: dict[int, Decision]) -> str:
        cards = markup.cards(record, Path("run"), decided).split("<article")[1:]
        return next(card for card in cards if locale.BEST in card.partition("badge accent")[2][:30])

    assert f"seed {first.seed}" in best({}).lower()
    assert f"seed {second.seed}" in best({first.index: Decision(verdict="rejected")}).lower()
