"""Step 3 as HTML: the pictures with what was found, what people decided, and what can be done with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ecomgen.export import file_name, names
from ecomgen.export.thumbnails import SIDE, front
from ecomgen.record import CandidateEntry, RunRecord, ScoresEntry, WordsEntry
from ecomgen.runlog import RunSummary
from ecomgen.runlog.decisions import Decision
from ecomgen.selection import CHECKED
from ecomgen.web import locale
from ecomgen.web.create.finished import filming, matching
from ecomgen.web.create.finished.placing_markup import opener
from ecomgen.web.create.setting import presets
from ecomgen.web.deciding.markup import bar, choosing
from ecomgen.web.markup import badge, bullets, chip, copying, data, esc, folded, hint, message, meter, unfolding
from ecomgen.web.pictures import file_uri, heat, picture_url
from ecomgen.web.titles import of_run
from ecomgen.workflows.before_after import before

SEEN = 3  # percent, from which on a difference is told
FAULTLESS = 0.995  # a score that is rounded to 1.00
GRADES = (0.7, 0.9)  # scores from which on faults are small, and hardly any


def empty() -> str:
    """What stands where pictures will be."""
    title, text = esc(locale.EMPTY_TITLE), esc(locale.EMPTY_TEXT)
    return f'<div class="empty"><h3>{title}</h3><p>{text}</p>{presets.starters()}</div>'


def ratio(shape: tuple[int, int]) -> str:
    """Room for a picture before it is there; its own shape counts once it is."""
    return f"aspect-ratio:auto {shape[0]} / {shape[1]}"


def cards(record: RunRecord, folder: Path, decided: Mapping[int, Decision], *, chosen: bool = False) -> str:
    """All pictures of a run: the kept by rank, then the filtered with their reasons; and what was `decided` of each.
    One that was rejected has no rank.

    `chosen` lets several be chosen.
    """
    entries = ranked(record)
    rejected = {index for index, decision in decided.items() if decision.verdict == "rejected"}
    kept = [entry for entry in entries if entry.kept and entry.index not in rejected]
    ranks = {entry.index: rank for rank, entry in enumerate(kept, start=1)}
    shape = record.parameters.size
    inside = "".join(
        card(entry, folder / entry.path, shape, entry.status, ranks.get(entry.index), more, name)
        for entry in entries
        for box in (choosing(f"{record.run_id}:{entry.index}", _named(entry)) if chosen else "",)
        for decision in (decided.get(entry.index, Decision()),)
        for name in (_saved_as(record, entry, ranks.get(entry.index)),)
        for more in (box + bar(record.run_id, entry.index, decision) + _next(record, entry, folder),)
    )
    grid = f'<div class="grid"{lightbox()}{_before(record, folder)}>{inside}</div>'
    return grid + written(record) + _limits() + notes(record)


def lightbox() -> str:
    """What the buttons round an enlarged picture are called."""
    return f' data-words="{esc(json.dumps(locale.LIGHTBOX))}"'


def _before(record: RunRecord, folder: Path) -> str:
    file = before(record, folder)
    return f' data-before="{esc(picture_url(file))}" data-before-words="{esc(locale.BEFORE)}"' if file else ""


def ranked(record: RunRecord) -> list[CandidateEntry]:
    """Kept before filtered, best first."""
    return sorted(record.candidates, key=lambda entry: entry.turn)


def earlier(rows: Sequence[RunSummary]) -> str:
    """Runs that were made before, in a row of small pictures."""
    made = "".join(
        presets.tile(uri, title, row.run_id, "reshown", title)
        for row in rows
        for title, _ in (of_run(row.prompt, row.product, Path(row.folder)),)
        if (picture := front(Path(row.folder))) and (uri := file_uri(picture, SIDE))
    )
    return f'<h3 class="part">{esc(locale.EARLIER)}</h3>{presets.row(locale.EARLIER, made)}' if made else ""


def summary(record: RunRecord) -> str:
    """How many were kept, in a line."""
    parts = [locale.SUMMARY.format(kept=len(record.kept), count=len(record.candidates))]
    if record.status == "cancelled":
        parts.append(locale.STOPPED)
    return f'<p class="summary">{esc(", ".join(parts))}</p>'


def notes(record: RunRecord) -> str:
    """What was ignored, replaced or repaired: nothing is silent."""
    of_pictures = (note for entry in record.candidates for note in entry.notes)
    noted = dict.fromkeys((*record.notes, *of_pictures, *_unmeasured(record)))  # what is shared, once
    return folded(f"{locale.NOTES} ({len(noted)})", bullets(map(_sentence, noted)))


def _limits() -> str:
    """What was checked and what was not, and what comes of a verdict."""
    return folded(locale.SCORES_ABOUT, "".join(f"<p>{esc(one)}</p>" for one in locale.SCORES_LIMITS))


def _unmeasured(record: RunRecord) -> Iterator[str]:
    """Which scores there are not, and why."""
    for entry in record.candidates:
        for name, why in entry.unavailable.items():
            if name in locale.SCORES:
                yield f"{locale.SCORES[name][0]}: {locale.NOT_MEASURED}. {locale.translated(why)}"


def written(record: RunRecord) -> str:
    """The texts for the shop, language by language, each to be copied, with what is doubtful in them."""
    return "".join(_written(one) for one in record.words)


def _written(one: WordsEntry) -> str:
    texts = {locale.TEXT_TITLE: one.title, locale.TEXT_DESCRIPTION: one.description}
    texts |= {locale.TEXT_ALT.format(number=alt.index + 1): alt.text for alt in one.alt_texts}
    doubts = "".join(message(_sentence(doubt), "warn") for doubt in one.doubts)
    rows = "".join(
        f'<div><dt>{esc(title)}</dt><dd lang="{esc(one.language)}">{esc(text)}</dd>{copying(text)}</div>'
        for title, text in texts.items()
        if text
    )
    title = f"{locale.WORDS} ({one.language})"
    head = f'<h3 class="part">{esc(title)}</h3>'
    return f'<section class="texts" aria-label="{esc(title)}">{head}{doubts}<dl>{rows}</dl></section>'


def _sentence(text: str) -> str:
    spoken = locale.translated(text)
    return spoken[:1].upper() + spoken[1:]


def card(
    entry: CandidateEntry,
    path: Path,
    shape: tuple[int, int],
    status: str,
    rank: int | None = None,
    more: str = "",
    name: str = "",
) -> str:
    """A picture, saved under a `name`; one that is not judged yet is just "made"."""
    url = esc(picture_url(path))
    filtered = status == "filtered"
    verdict = {
        "kept": badge(locale.BEST if rank == 1 else str(rank or ""), "accent"),
        "filtered": badge(locale.FILTERED, "warn"),
        "made": "",
    }[status]
    alt = esc(_named(entry))
    save = esc(locale.DOWNLOAD_TITLE)
    return (
        f'<article class="card{" filtered" if filtered else ""}" data-status="{status}">'
        f'<button type="button" class="picture" data-full="{url}" data-name="{esc(name or path.name)}" data-alt="{alt}"'
        f' title="{alt}"'
        f' aria-label="{esc(locale.FULL_SIZE)}, {alt}"><img src="{url}" alt="{alt}" style="{ratio(shape)}"></button>'
        f'<div class="verdict"{data(locale.VERDICTS | {"best": locale.BEST})}>{verdict}</div>'
        f'<a class="save" href="{url}" download="{esc(name or path.name)}" title="{save}" aria-label="{save}">↓</a>'
        f'<div class="about">{_reason(entry)}{found(entry)}{more}</div></article>'
    )


def _saved_as(record: RunRecord, entry: CandidateEntry, rank: int | None) -> str:
    """The name of its file, as the download of all has it; one that was filtered goes by its number."""
    pattern = names.USUAL if rank else f"{names.USUAL}_filtered"
    return file_name(pattern, names.facts(record, entry, rank or entry.index + 1, record.parameters.size), ".png")


def _named(entry: CandidateEntry) -> str:
    return locale.PICTURE.format(number=entry.index + 1, seed=entry.seed)


def _reason(entry: CandidateEntry) -> str:
    """Why a picture was filtered, or is doubtful; else what is not quite as in the photos, or why it comes first, or
    that its cut-out was checked."""
    if entry.reasons and entry.reasons[0] != CHECKED:
        return f'<p class="reason">{esc(_sentence(entry.reasons[0]))}</p>'
    why = "; ".join(locale.translated(finding) for finding in entry.findings) or locale.translated(entry.why_first)
    why = why or "; ".join(map(locale.translated, entry.reasons))
    return hint(f"{_sentence(why)}.") if why else ""


def _next(record: RunRecord, entry: CandidateEntry, folder: Path) -> str:
    """What can be done with a finished picture."""
    value = f"{record.run_id}:{entry.seed}"
    alike, scened = (
        chip(title, event, value, title=hint)
        for event, (title, hint) in (("alike", locale.MORE_LIKE), ("scened", locale.SAME_SCENE))
    )
    more = scened + filming.opener(record, entry)
    if file := heat(entry, folder):
        shown = {"heat": picture_url(file), "plain": picture_url(folder / entry.path)}
        more += chip(locale.HEAT, title=locale.HEAT_HINT, pressed=False, **shown)
    more = unfolding("more", esc(locale.MORE_STEPS), more, locale.MORE_STEPS)
    chips = f'<div class="next">{alike}{opener(record, entry.seed)}{matching.opener(record, entry, folder)}{more}</div>'
    return f'{chips}<p class="hint heat-legend">{_legend(entry)}</p>'


def _legend(entry: CandidateEntry) -> str:
    """What the colours of a heat map mean, or that it has none."""
    if entry.difference and max(map(max, entry.difference.grid), default=0) < SEEN:
        return esc(locale.HEAT_NONE)
    same, differs = locale.HEAT_ENDS
    return f"<span>{esc(same)}</span><i></i><span>{esc(differs)}</span>"


def grade(scores: ScoresEntry, name: str) -> str:
    """How large the faults are that were found, in words; nothing where none was, or it was not measured."""
    value = getattr(scores, name)
    return "" if value is None or value >= FAULTLESS else locale.FAULTS[sum(value >= least for least in GRADES)]


def found(entry: CandidateEntry) -> str:
    """What was measured: in words where no fault was found, else as a figure. What was not stands among the notes."""
    measured = {name: value for name in locale.SCORES if (value := getattr(entry.scores, name)) is not None}
    clean = [name for name, value in measured.items() if value >= FAULTLESS and name in locale.FAULTLESS]
    ticks = "".join(f'<li title="{esc(locale.SCORES[name][1])}">{esc(locale.FAULTLESS[name])}</li>' for name in clean)
    figures = "".join(_score(entry.scores, name) for name in measured if name not in clean)
    shown = f'<dl class="scores">{figures}</dl>' if figures else ""
    return shown + (f'<ul class="checked">{ticks}</ul>' if ticks else "")


def _score(scores: ScoresEntry, name: str) -> str:
    (title, hover), value = locale.SCORES[name], getattr(scores, name)
    graded = name in locale.FAULTLESS
    said = f'<span class="grade">{esc(grade(scores, name))}</span> ' if graded else ""
    figure = f"<dd>{said}{locale.number(value):.2f}</dd>{'' if graded else meter(value)}"
    return f'<div title="{esc(hover)}"><dt>{esc(title)}</dt>{figure}</div>'
