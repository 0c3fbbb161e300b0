"""The lab's sheet as HTML."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from ecomgen.lab import Experiment, Result, matrix
from ecomgen.lab.experiment import Fragment
from ecomgen.record import ScoresEntry
from ecomgen.web import locale
from ecomgen.web.tabs import lab_markup

SCORES = {"identity": 0.9, "extension": 1.0, "quality": 0.8, "overall": 0.85}


def experiment(
    folder: Path,
    adherence: float | None,
    grid: tuple[str, ...] = ("strength=0.4,0.8",),
    fragments: tuple[Fragment, ...] = (),
) -> str:
    wanted = matrix("on {oak|<i>}", grid)
    Image.new("RGB", (8, 8)).save(folder / "one.png")
    results = tuple(
        Result(
            cell=cell,
            seed=0,
            status="kept",
            scores=ScoresEntry.model_validate(SCORES | {"adherence": adherence}),
            path="one.png",
            run_id=f"run-{cell.number}",
        )
        for cell in wanted.cells
    )
    made = Experiment(results=results, fragments=fragments, sheet=folder / "sheet.png")
    return lab_markup.compared(wanted, made, folder)


def test_axes_are_labelled_and_every_picture_leads_to_its_run(tmp_path: Path) -> None:
    html = experiment(tmp_path, None)
    for label in ("oak", "&lt;i&gt;", "strength 0.4", "strength 0.8"):
        assert f'scope="row">{label}<' in html or f'scope="col">{label}<' in html
    assert "The best 4 pictures are equally good" in html and 'data-trigger="used"' not in html
    assert [html.count(f'data-value="run-{number}"') for number in range(1, 5)] == [1, 1, 1, 1]
    assert "<i>" not in html


def test_what_was_found_is_said_in_words_and_figures_are_folded_away(tmp_path: Path) -> None:
    means = {"words 1": {"oak": 0.95, "marble": 0.9}, "words 2": {"dusk": 0.95, "dawn": 0.94}}
    fragments = tuple(
        Fragment(axis=axis, value=value, pictures=2, mean=mean, spread=0.0)
        for axis, values in means.items()
        for value, mean in values.items()
    )
    html = experiment(tmp_path, None, fragments=fragments)
    seen, _, folded = html.partition("<details")
    assert "Better: oak. Less good: marble." in seen and "Equally good: dusk, dawn." in seen
    assert seen.count(f"{locale.SCORES['quality'][0]}: {locale.FAULTS[1]}") == 4
    assert "0.95" not in seen and "0.95 ± 0.00" in folded


def test_no_column_has_an_empty_head(tmp_path: Path) -> None:
    assert '<th scope="col"></th>' not in experiment(tmp_path, None, ())


@pytest.mark.parametrize(("adherence", "dots"), [(None, 0), (0.3, 4)])
def test_the_scatter_needs_both_scores(tmp_path: Path, adherence: float | None, dots: int) -> None:
    assert experiment(tmp_path, adherence).count("<circle") == dots


def test_words_that_had_no_effect_do_not_win_and_the_sheet_can_be_downloaded(tmp_path: Path) -> None:
    wanted = matrix("on {oak|zzyzx}", [])
    results = []
    for cell, (overall, ignored) in zip(wanted.cells, ((0.8, []), (0.9, ["zzyzx"])), strict=True):
        run = tmp_path / f"run-{cell.number}"
        (run / "candidates").mkdir(parents=True)
        Image.new("RGB", (8, 8)).save(run / "candidates" / "one.png")
        parameters = {"width": 8, "height": 8, "seed": 0, "count": 1, "threshold": 0.5}
        record = {"run_id": run.name, "pipeline": "studio", "prompt": cell.prompt, "negative_prompt": ""}
        record |= {"references": [], "mask": {"masker": "lite"}, "candidates": [], "parameters": parameters}
        (run / "run.json").write_text(json.dumps(record | {"ignored": ignored}))
        results.append(
            Result(
                cell=cell,
                seed=0,
                status="kept",
                scores=ScoresEntry.model_validate(SCORES | {"overall": overall}),
                path=f"{run.name}/candidates/one.png",
                run_id=run.name,
            )
        )
    (tmp_path / "contact-sheet.png").write_bytes(b"")
    made = Experiment(results=tuple(results), fragments=(), sheet=tmp_path / "contact-sheet.png")
    html = lab_markup.compared(wanted, made, tmp_path)
    assert f'data-trigger="used" data-value="{results[0].run_id}:0"' in html
    assert 'download="contact-sheet.png"' in html and 'download="scores.csv"' not in html
