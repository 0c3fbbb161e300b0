"""Setup: weights with size and licence, a button for those that are missing, and the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecomgen import models, recipes
from ecomgen.diagnosis import Finding, diagnose
from ecomgen.types import Progress
from ecomgen.web import locale
from ecomgen.web.jobs.scheduler import Job
from ecomgen.web.tabs import machine_markup


def test_every_model_and_pipeline_is_listed_with_its_licence() -> None:
    html = machine_markup.weights({}, may_pull=True)
    for one in models.entries().values():
        assert one.licence in html
    named = {one.name for one in machine_markup.every()}
    assert named >= set(models.entries()) | {one.name for one in recipes.readable() if one.model}
    missing = [one for one in machine_markup.every() if not one.here]
    assert missing and html.count('data-trigger="pulled"') == len(missing)


def test_what_helps_most_stands_first_in_each_group_until_it_is_here() -> None:
    groups = machine_markup.weights({}, may_pull=True).split("<table")[1:]
    rows = [[row for row in group.split("<tr>") if "data-value" in row] for group in groups]
    assert all(locale.BEGIN_WITH in group[0] and locale.BEGIN_WITH not in group[-1] for group in rows)
    assert {one.name for one in machine_markup.every()} >= set(machine_markup.FIRST)


def test_what_is_not_for_business_is_marked_beside_its_button(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = home / "mine"
    mine.mkdir()
    (mine / "edged.toml").write_text(
        'title = "Edged"\nbackend = "inpaint"\nlicence = "MIT"\n[model]\nrepo = "a/b"\n'
        '[control]\nmodel = "edges"\nkind = "canny"\n'
    )
    monkeypatch.setenv("ECOMGEN_PIPELINES", str(mine))
    (home / "weights").mkdir()
    (home / "weights" / "manifest.toml").write_text(
        '[edges]\nkind = "control"\ntitle = "Edges"\nlicence = "CC BY-NC 4.0"\nrepo = "a/c"\n'
    )
    html = machine_markup.weights({}, may_pull=True)
    rows = {name: row for row in html.split("<tr>") for name in ("flux-fill", "sdxl-inpaint", "edges", "edged")
            if f'data-value="{name}"' in row}  # fmt: skip
    marked = {name for name, row in rows.items() if locale.NOT_FOR_BUSINESS in row}
    assert len(rows) == 4 and marked == {"flux-fill", "edges", "edged"}
    assert "Non-Commercial" in rows["flux-fill"] and "MIT; edges: CC BY-NC 4.0" in rows["edged"]


def test_a_stranger_gets_no_button() -> None:
    html = machine_markup.weights({}, may_pull=False)
    assert "data-trigger" not in html
    assert locale.PULL_FORBIDDEN in html


def test_what_is_being_fetched_tells_how_far_it_is() -> None:
    name = next(one.name for one in machine_markup.every() if not one.here)
    job = Job(lambda report, _: report(Progress(step="pull", done=30_000_000, total=120_000_000)))
    job.run()
    html = machine_markup.weights({name: job}, may_pull=True)
    assert "30.0 MB / 120 MB" in html and 'aria-valuenow="25"' in html
    assert f'data-trigger="halted" data-value="{name}"' in html


def test_sizes_that_were_asked_for_stand_in_the_table() -> None:
    name = machine_markup.unsized({})[0]
    assert locale.SIZE_LATER in machine_markup.weights({}, may_pull=True)
    html = machine_markup.weights({}, {name: 2_740_000_000}, may_pull=True)
    assert "about 2.7 GB" in html
    assert name not in machine_markup.unsized({name: 1})
    assert 'data-trigger="sized"' not in machine_markup.weights({}, may_pull=False)


def test_the_disk_is_told_by_its_parts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(home / "cache" / "uploads"))
    for place, size in (("runs/a/picture.png", 4_000_000), ("cache/uploads/photo.jpg", 1500)):
        (home / place).parent.mkdir(parents=True)
        (home / place).write_bytes(bytes(size))
    html = machine_markup.storage()
    for title, size in (
        (locale.STORAGE_RUNS, "4.0 MB"),
        (locale.STORAGE_CACHE, "1.5 KB"),
        (locale.STORAGE_LABS, "0 B"),
    ):
        assert f"<dt>{title}</dt><dd>{size}</dd>" in html
    assert locale.KEPT_FOREVER in html
    monkeypatch.setenv("ECOMGEN_RESULTS_DAYS", "30")
    assert "30 days" in machine_markup.storage()


def test_what_is_found_is_told_in_plain_words_with_the_technical_ones_behind() -> None:
    found = [one for one in diagnose() if not one.name.startswith("pipeline")]
    assert {str(one.name) for one in found} == set(locale.FINDINGS), "each has a name that people understand"
    better, wrong, words = (
        machine_markup.findings([Finding(name=name, ok=False, found="so it is")]) for name in ("masks", "home", "words")
    )
    assert locale.WORKS in better and "so it is" in better.partition("<details")[2]
    assert locale.LOOK_AT in wrong and locale.NOT_SET_UP in words
