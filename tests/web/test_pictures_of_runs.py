"""What stands on a finished picture's card, its heat map, and two runs side by side."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from logged import entry, record
from PIL import Image

from ecomgen.masking import DRAWN
from ecomgen.record import RunRecord
from ecomgen.runlog import Decision, RunFilter
from ecomgen.settings import settings
from ecomgen.web import locale
from ecomgen.web.create.results import markup as results_markup
from ecomgen.web.deciding.markup import tally
from ecomgen.web.pictures import heat
from ecomgen.web.tabs import history_markup

DIFFERENCE = {"box": [8, 8, 56, 56], "grid": [[0, 100], [0, 0]], "aligned": True}


def run(folder: Path, prompt: str = "on oak", **parameters: Any) -> RunRecord:
    """A record of one picture, with its file."""
    made = entry(0, difference=DIFFERENCE, findings=["colour shifted towards <red>"], unavailable={})
    (folder / "candidates").mkdir(parents=True)
    Image.new("RGB", (64, 64), (90, 120, 150)).save(folder / made.path)
    facts = {"mode": "redraw", "threshold": 0.5, "seed": 7, "steps": 4, "width": 64, "height": 64} | parameters
    return record(
        f"run-{folder.name}",
        prompt,
        created="2026-01-31T12:00:00+00:00",
        device="cpu",
        mask={"masker": "lite"},
        parameters=facts,
        candidates=[made],
    )


def test_a_heat_map_is_made_once_and_shows_where_it_differs(tmp_path: Path) -> None:
    made = run(tmp_path / "a").candidates[0]
    file = heat(made, tmp_path / "a")
    assert file is not None
    with Image.open(file) as opened:
        shown = np.asarray(opened.convert("RGB")).astype(int)
    warm = shown[..., 0] - shown[..., 2]
    assert warm[12:30, 36:52].mean() > warm[40:52, 12:28].mean() + 40, "the cell that differs is the warm one"
    (tmp_path / "a" / made.path).unlink()
    assert heat(made, tmp_path / "a") == file
    assert heat(made.model_copy(update={"difference": None, "path": "candidates/other.png"}), tmp_path / "a") is None


def test_a_card_offers_what_can_be_done_next(tmp_path: Path) -> None:
    made = run(tmp_path / "a")
    html = results_markup.cards(made, tmp_path / "a", {})
    for event in ("alike", "scened"):
        assert f'data-trigger="{event}" data-value="run-a:7"' in html
    assert "data-heat=" in html
    assert "Colour shifted towards &lt;red&gt;." in html
    assert 'data-value="run-a:0:approve" aria-pressed="false"' in html
    approved = results_markup.cards(made, tmp_path / "a", {0: Decision(verdict="approved")})
    assert 'data-value="run-a:0:undecide" aria-pressed="true"' in approved


def test_where_nothing_differs_that_is_said(tmp_path: Path) -> None:
    made = run(tmp_path / "a")
    html = results_markup.cards(made, tmp_path / "a", {})
    assert locale.HEAT_NONE not in html and all(f"<span>{end}</span>" in html for end in locale.HEAT_ENDS)
    differs = made.candidates[0].difference
    exact = differs and differs.model_copy(update={"grid": ((0, 2), (0, 0))})
    same = made.model_copy(update={"candidates": (made.candidates[0].model_copy(update={"difference": exact}),)})
    assert locale.HEAT_NONE in results_markup.cards(same, tmp_path / "a", {})


def test_where_no_fault_was_found_that_is_said_in_words_and_only_a_fault_has_a_figure(tmp_path: Path) -> None:
    made = run(tmp_path / "a")
    scores = made.candidates[0].scores.model_copy(update={"identity": 1.0, "extension": 0.9961, "quality": 0.93})
    judged = made.model_copy(update={"candidates": (made.candidates[0].model_copy(update={"scores": scores}),)})
    html = results_markup.cards(judged, tmp_path / "a", {})
    assert locale.FAULTLESS["identity"] in html and locale.FAULTLESS["extension"] in html and "1.00" not in html
    title, fault = locale.SCORES["quality"][0], locale.FAULTS[2]
    assert (
        f'<dt>{title}</dt><dd><span class="grade">{fault}</span> 0.93</dd>' in html
        and locale.FAULTLESS["quality"] not in html
    )


def test_what_people_decided_is_counted_in_words() -> None:
    stand = [Decision(verdict="approved", starred=True), Decision(verdict="approved"), Decision(verdict="rejected")]
    assert tally(stand) == "2 approved, 1 rejected, 1 with a star"
    assert tally([Decision()]) == tally([]) == ""


@pytest.mark.parametrize(
    ("code", "title", "figure"), [("en", "Print unchanged", "0.75"), ("de", "Aufdruck unverändert", "0,75")]
)
def test_a_re_drawn_products_text_is_among_its_scores(tmp_path: Path, code: str, title: str, figure: str) -> None:
    made = run(tmp_path / "a")
    read = made.candidates[0].scores.model_copy(update={"character_error_rate": 0.25})
    other = made.model_copy(update={"candidates": (made.candidates[0].model_copy(update={"scores": read}),)})
    before = locale.spoken_here.set(code)
    try:
        plain, told = (results_markup.cards(one, tmp_path / "a", {}) for one in (made, other))
    finally:
        locale.spoken_here.reset(before)
    assert re.search(f"<dt>{title}</dt><dd><span[^/]*</span> {figure}</dd>", told) and title not in plain


def test_what_a_set_was_built_from_is_kept_for_a_replay_and_not_told(tmp_path: Path) -> None:
    scene = {"place": "window", "accents": ["light", "shadow"]}
    made = run(tmp_path / "a", set_scene=json.dumps(scene)).model_copy(update={"scene": scene})
    html = history_markup.details(made, tmp_path / "a", ())
    assert "set scene" not in html.lower() and "accents" not in html


def test_a_mask_that_was_given_and_usual_edges_are_called_so(tmp_path: Path) -> None:
    made = run(tmp_path / "a", matting="auto")
    given = made.model_copy(update={"mask": made.mask.model_copy(update={"masker": DRAWN})})
    html = history_markup.details(given, tmp_path / "a", ())
    assert f"<dt>{locale.CUT_WITH}</dt><dd>{locale.MASK}</dd>" in html
    assert f"<dd>{locale.AUTOMATIC}</dd>" in html and "<dd>auto</dd>" not in html


def test_two_runs_show_what_differs_first_and_marked(tmp_path: Path) -> None:
    pair = [(run(tmp_path / name, prompt, seed=seed), tmp_path / name) for name, prompt, seed in (
        ("a", "on oak", 7),
        ("b", "on <b>slate</b>", 7),
    )]  # fmt: skip
    html = history_markup.compared(*pair)
    rows = html.split("<tr")[2:]
    marked = [locale.DIFFERS in row for row in rows]
    assert marked == sorted(marked, reverse=True) and marked.count(True) == 1
    assert "on oak" in rows[0] and "on &lt;b&gt;slate&lt;/b&gt;" in rows[0]
    assert locale.COMPARED.format(count=1) in html


@pytest.mark.parametrize(("differs", "count"), [({"seed": 8}, 1), ({"seed": 8, "steps": 9}, 2), ({}, 0)])
def test_how_many_settings_differ_is_counted(tmp_path: Path, differs: dict[str, Any], count: int) -> None:
    one, other = run(tmp_path / "a"), run(tmp_path / "b", **differs)
    assert locale.COMPARED.format(count=count) in history_markup.compared(
        (one, tmp_path / "a"), (other, tmp_path / "b")
    )


def test_a_run_that_lies_outside_the_home_is_seen_too(tmp_path: Path) -> None:
    elsewhere, home = tmp_path / "out", settings().runs_folder / "own"
    for folder, shown in ((elsewhere, "data:image/png;base64,"), (home, "gradio_api/file=")):
        cards = results_markup.cards(run(folder), folder, {})
        assert f'<img src="{shown}' in cards and f'data-full="{shown}' in cards


@pytest.mark.parametrize(
    ("day", "is_told"), [("2026", False), ("2026-01-", False), ("hier", True), ("31.01.2026", True)]
)
def test_a_date_that_cannot_be_read_is_told_and_one_that_is_half_typed_is_not(day: str, is_told: bool) -> None:
    shown = history_markup.runs((), "", False, RunFilter(since=day))
    assert (locale.NO_DATE.format(text=day) in unescape(shown)) is is_told
