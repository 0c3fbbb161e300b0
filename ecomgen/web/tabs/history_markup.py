"""The history as HTML: a card per run, and one run with its pictures and settings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ecomgen import channels
from ecomgen.export.thumbnails import SIDE, front
from ecomgen.masking import DRAWN
from ecomgen.record import RunRecord
from ecomgen.runlog import RunFilter, RunSummary, Said, run_log
from ecomgen.runlog.decisions import standing
from ecomgen.settings import settings
from ecomgen.web import locale
from ecomgen.web.create.results import markup as results_markup
from ecomgen.web.create.setting import meaning, own_looks
from ecomgen.web.deciding.markup import choosing, tally, trail
from ecomgen.web.markup import badge, bullets, chip, esc, facts, folded, hint, image, message, table
from ecomgen.web.pictures import file_uri
from ecomgen.web.titles import of_channel, of_run
from ecomgen.workflows.replay import Comparison, Replay

COMPARED = 640
DATE = re.compile(r"(\d{1,4}(-\d{0,2}(-\d{0,2}(T.*)?)?)?)?")  # as far as it is typed
GONE = '<span class="gone"></span>'
PLACING = ("place_asked", "place_given", "place_by_height")  # whose the place is, for a replay
HIDDEN = ("product", "mask", "backdrop", "chosen", "box", "threshold_level", *PLACING)
MEASURED = ("set_", "photo_")  # what a set was built from, as the record holds it for a replay


def runs(rows: Sequence[RunSummary], current: str, more: bool, which: RunFilter) -> str:
    """A card per run, newest first; or what is wrong with the dates."""
    wrong = [day for day in (which.since, which.until) if not DATE.fullmatch(day)]
    if wrong:
        return message(locale.NO_DATE.format(text=wrong[0]))
    if not rows:
        return message(_nothing(which), "plain")
    cards = "".join(_row(row, row.run_id == current) for row in rows)
    button = chip(locale.MORE, "more") if more else ""
    return f'<div class="runs">{cards}</div>{button}'


def _nothing(which: RunFilter) -> str:
    """Why no run is listed."""
    if which != RunFilter():
        return locale.NOT_FOUND.format(text=which.text) if which.text else locale.NOTHING_FITS
    alone = settings().auth_file is None  # a login would bring one's pictures to any browser
    return f"{locale.HISTORY_EMPTY} {locale.HISTORY_ELSEWHERE}" if alone else locale.HISTORY_EMPTY


def head(row: RunSummary, record: RunRecord) -> str:
    """What a run is called, and how many pictures were kept."""
    title, catalogue = _title(row)
    below = hint(f"{catalogue} · {locale.translated(record.prompt)}") if catalogue else ""
    return f"<h2>{esc(title)}</h2>{below}{results_markup.summary(record)}"


def _title(row: RunSummary) -> tuple[str, str]:
    """What a run is called, and of which catalogue it is, if of any."""
    title, catalogue = of_run(row.prompt, row.product, Path(row.folder))
    return title, f"{locale.TAB_CATALOGUE}: {catalogue}" if catalogue else ""


def details(record: RunRecord, folder: Path, said: Sequence[Said]) -> str:
    """One run: pictures, what was said of them, what went into it."""
    timings = ((locale.TIMED.get(step, step), locale.number(took)) for step, took in record.timings.items())
    seconds = ", ".join(f"{step} {took:.1f}" for step, took in timings)
    told = {name: _short(value) for name, value in (_facts(record) | {locale.SECONDS: seconds}).items()}
    return (
        f"{results_markup.cards(record, folder, standing(said), chosen=True)}{trail(said)}"
        f"{folded(locale.SETTINGS, facts(told))}"
    )


def _facts(record: RunRecord) -> dict[str, Any]:
    """What went into a run, by the names of the screen."""
    told = {
        locale.WHEN: _when(record.created),
        locale.OPTIONS["pipeline"]: record.pipeline,
        locale.DEVICE: record.device,
        locale.PHOTOS: ", ".join(Path(entry.path).name for entry in record.references),
        locale.CUT_WITH: ({DRAWN: locale.MASK} | locale.MASKERS).get(record.mask.masker, record.mask.masker),
    }
    choices = {"mode": locale.MODES, "harmonise": locale.HARMONISE, "masker": locale.MASKERS}
    choices |= {"matting": {"auto": locale.AUTOMATIC}, "look": own_looks.titles()}
    choices |= {"channel": {one.name: locale.translated(one.title) for one in channels.every()}}
    known, called = record.parameters.as_json(), locale.OPTIONS | locale.PARAMETERS
    taken = meaning.words(record.prompt, record)
    told |= {title: taken[title] for title in (locale.APPROXIMATED, locale.IGNORED) if taken[title]}
    return told | {
        called.get(name, name.replace("_", " ").capitalize()): choices.get(name, {}).get(str(value), value)
        for name, value in known.items()
        if value not in (None, "", []) and name not in HIDDEN and not name.startswith(MEASURED)
    }


def compared(one: tuple[RunRecord, Path], other: tuple[RunRecord, Path]) -> str:
    """Two runs beside each other: their best pictures, then every setting, with those that differ marked and first."""
    columns = "".join(_column(record, folder) for record, folder in (one, other))
    sides = [{locale.PROMPT: locale.translated(record.prompt), **_facts(record)} for record, _ in (one, other)]
    names = [name for name in dict.fromkeys([*sides[0], *sides[1]]) if name != locale.WHEN]  # it heads the columns
    left, right = ({name: _short(side.get(name, locale.LAB_NOTHING)) for name in names} for side in sides)
    pairs = {name: (left[name], right[name]) for name in names}
    different = [name for name in names if pairs[name][0] != pairs[name][1]]
    same = [name for name in names if name not in different]
    rows = "".join(_pair(name, pairs[name], changed=name in different) for name in (*different, *same))
    heads = (locale.SETTINGS, *(_when(record.created) for record, _ in (one, other)))
    title = esc(locale.COMPARED.format(count=len(different)))
    return (
        f'<section class="comparison" aria-label="{title}"><h2 class="part">{title}</h2>'
        f'<div class="pair">{columns}</div>{table(heads, rows)}</section>'
    )


def _column(record: RunRecord, folder: Path) -> str:
    best = results_markup.ranked(record)[0]
    picture = image(file_uri(folder / best.path, COMPARED), record.prompt, GONE)
    return f"<figure>{picture}<figcaption>{results_markup.summary(record)}</figcaption></figure>"


def _pair(name: str, values: tuple[str, str], *, changed: bool) -> str:
    cells = "".join(f"<td>{esc(value)}</td>" for value in values)
    mark = f" {badge(locale.DIFFERS, 'accent')}" if changed else ""
    return f'<tr class="{"changed" if changed else ""}"><th scope="row">{esc(name)}{mark}</th>{cells}</tr>'


def named(row: RunSummary) -> str:
    """A run in a line of a list."""
    title, _ = _title(row)
    return f"{_when(row.created)} · {title[:60]}{'…' * (len(title) > 60)}"


def replayed(result: Replay) -> str:
    """Whether a run could be made again, picture by picture."""
    identical = all(picture.identical for picture in result.pictures)
    verdict = locale.IDENTICAL if identical else locale.WITHIN if result.faithful else locale.DIFFERENT
    lines = [*map(_compared, result.pictures), *map(locale.translated, result.differences)]
    return message(verdict, "ok" if result.faithful else "fail") + bullets(lines, "compared")


def _compared(picture: Comparison) -> str:
    if picture.identical:
        return locale.SEED_SAME.format(seed=picture.seed)
    if picture.max_difference is None:
        return locale.SEED_UNKNOWN.format(seed=picture.seed)
    return locale.SEED_DIFFERS.format(seed=picture.seed, difference=picture.max_difference)


def _row(row: RunSummary, is_current: bool) -> str:
    decisions = run_log().decisions(row.run_id)
    liked = [index for index, one in decisions.items() if one.liked]
    shown, (title, catalogue) = front(Path(row.folder), liked), _title(row)
    below = " · ".join(filter(None, (catalogue, of_channel(row.channel or ""), _when(row.created))))
    picture = image(file_uri(shown, SIDE) if shown else "", otherwise=GONE)
    kept = locale.SUMMARY.format(kept=row.kept, count=row.count)
    return (
        f'<div class="run-row"><button type="button" class="run{" on" if is_current else ""}" data-trigger="opened"'
        f' data-value="{esc(row.run_id)}">{picture}<span class="run-text"><strong>{esc(title)}</strong>'
        f'<span class="hint">{esc(below)}</span>'
        f"<span>{badge(kept, 'ok' if row.kept else 'warn')}</span>"
        f"<span class='hint'>{esc(tally(decisions.values()))}</span></span></button>"
        f"{choosing(row.run_id, title)}</div>"
    )


def _when(created: str) -> str:
    return locale.moment(datetime.fromisoformat(created))


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return locale.YES if value else locale.NO
    if isinstance(value, list | tuple):
        return ", ".join(map(_short, value))
    return f"{locale.number(value):.4g}" if isinstance(value, float) else str(value)
