"""What is added in one place is known everywhere else: options, maskers, scores."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest

from ecomgen import options
from ecomgen.masking.maskers import MASKERS
from ecomgen.record.entries import SCORES
from ecomgen.record.run_record import ScoresEntry
from ecomgen.request import Request
from ecomgen.runlog import RunLog
from ecomgen.types import Scores
from ecomgen.web.locale import english
from ecomgen.web.tabs.history_markup import HIDDEN


def test_the_history_names_every_option_that_is_recorded() -> None:
    told = {name for one in options.of(Request).values() if (name := one.option.record or one.option.setting)}
    assert told - {*HIDDEN} <= {*english.OPTIONS, *english.PARAMETERS}, (
        "give it a name in web/locale/english_settings.py"
    )


@pytest.mark.parametrize("name", MASKERS)
def test_a_masker_is_a_module_of_its_name_with_a_title(name: str) -> None:
    assert import_module(f"ecomgen.masking.maskers.{name.replace('-', '_')}").propose
    assert name in english.MASKERS, "give it a title in web/locale/english.py"


def test_a_score_is_recorded_logged_and_shown(home: Path) -> None:
    scores = [field.name for field in fields(Scores)]
    recorded = [*ScoresEntry.model_fields]  # what is measured now and then, as text is, stands behind them
    assert scores[: len(SCORES)] == [*SCORES] == recorded[: len(SCORES)]
    assert {*SCORES} <= {*english.SCORES, "overall"}, "give it a title in web/locale/english.py"
    RunLog(home / "runs.sqlite").recent()
    with sqlite3.connect(home / "runs.sqlite") as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(candidates)")}
    assert {*SCORES} <= columns, "add a migration in runlog/migrations"
