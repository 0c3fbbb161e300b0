"""The catalogue as HTML: a table of what is to be made, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from statistics import fmean

from ecomgen import channels
from ecomgen.catalogue import Catalogue, Item, Outcome
from ecomgen.export.archive import best_first
from ecomgen.record import NoRecord, read_file
from ecomgen.request import NO_PROMPT, Request
from ecomgen.runlog.decisions import Decision
from ecomgen.types import DOUBTED
from ecomgen.web import locale
from ecomgen.web.create.results.markup import lightbox
from ecomgen.web.create.results.progress import counted
from ecomgen.web.create.setting import own_looks
from ecomgen.web.deciding.markup import bar
from ecomgen.web.jobs.scheduler import View
from ecomgen.web.markup import badge, chip, data, duration, esc, folded, hint, image, message, table
from ecomgen.web.pictures import file_uri, picture_url
from ecomgen.web.tabs.catalogue.folder import height_of
from ecomgen.web.titles import of_channel

LISTED = 300  # rows on the screen; the report has them all
PICTURED, THUMB, MADE = 60, 96, 240  # rows with a picture, its pixels, and those of what was made


def empty() -> str:
    """What stands where the table will be, with an example to copy for those who have one."""
    listed = f'<p>{esc(locale.CATALOGUE_EXAMPLE)}</p><pre class="example">{esc(locale.CATALOGUE_TABLE)}</pre>'
    return (
        f'<div class="empty small"><h2>{esc(locale.CATALOGUE_EMPTY)}</h2><p>{esc(locale.CATALOGUE_FIRST)}</p>'
        f"{folded(locale.CATALOGUE_LISTS, listed)}</div>"
    )


def plan(
    catalogue: Catalogue,
    folder: Path,
    outcomes: Mapping[str, Outcome],
    decided: Mapping[str, Mapping[int, Decision]],
    *,
    expected: float | None = None,
    working: bool = False,
) -> str:
    """A row for each product and channel with its photo, what became of it, and its pictures with what was `decided` of
    those of each run; what is wrong with several is told once. That nothing says yet where they stand is no mistake,
    but comes next. All of it is `expected` to take so many seconds.

    One after the other is made while it is `working`.
    """
    counts, total = Counter(str(item.problem) for item in catalogue.problems), len(catalogue.items)
    shared = {str(one.problem): one.problem for one in catalogue.problems if counts[str(one.problem)] > 1 or total == 1}
    is_whole = bool(outcomes) and all(item.problem or item.name in outcomes for item in catalogue.items)
    coming = "" if is_whole or working else _coming(catalogue, outcomes, expected)
    titles = own_looks.titles()
    items = catalogue.items[:LISTED]
    next_one = _next(items, outcomes)
    first = {item.product: item.name for item in reversed(items)}
    rows = "".join(
        _row(
            item,
            outcomes.get(item.name),
            folder if number < PICTURED else None,
            titles,
            decided,
            is_told=str(item.problem) in shared,
            in_work=working and item is next_one,
            height="" if working or first[item.product] != item.name else _height(item),
        )
        for number, item in enumerate(items)
    )
    left = len(catalogue.items) - LISTED
    more = hint(locale.CATALOGUE_MORE.format(count=left)) if left > 0 else ""
    notes = _notes(catalogue, counts, shared, is_whole)
    told = f"{coming}{notes}{_ranges(catalogue.items, outcomes, titles)}{_to_channels(outcomes) if is_whole else ''}"
    return f"{told}{table(locale.CATALOGUE_COLUMNS, rows, lightbox())}{more}"


def _coming(catalogue: Catalogue, outcomes: Mapping[str, Outcome], expected: float | None) -> str:
    """How many pictures there will be, or how many are still to come, and how long that takes."""
    left = catalogue.pictures - sum(one.made for one in outcomes.values())
    told = (locale.CATALOGUE_LEFT if outcomes else locale.CATALOGUE_PICTURES).format(count=left)
    told += f" {locale.CATALOGUE_EXPECTED.format(time=duration(expected))}" if expected else ""
    return message(told, "plain") if left > 0 else ""


def _notes(catalogue: Catalogue, counts: Counter[str], shared: Mapping[str, str], is_whole: bool) -> str:
    """What is to be known of the source, and what is wrong: what several share once, and until all that can be made is,
    how many have other faults."""
    listed, total = [locale.translated(note) for note in catalogue.notes], len(catalogue.items)
    notes = "".join(message(f"{note[:1].upper()}{note[1:]}.", "plain") for note in listed)
    for text, problem in shared.items():
        told = locale.CATALOGUE_SETTING if text == NO_PROMPT else _told(problem, catalogue.problems[0])
        of_some = locale.CATALOGUE_SHARED.format(count=counts[text], problem=told)
        of_all = message(told, "plain" if text == NO_PROMPT else "warn")
        notes += of_all if counts[text] == total else message(of_some)
    single = sum(count for text, count in counts.items() if text not in shared)
    of_others = locale.CATALOGUE_PROBLEMS.format(count=single, total=total) if single and not is_whole else ""
    return notes + (message(of_others) if of_others else "")


def _ranges(items: Sequence[Item], outcomes: Mapping[str, Outcome], titles: Mapping[str, str]) -> str:
    """Which products of a look are not like the others, and what nobody looked at."""
    from ecomgen.catalogue.consistency import judged

    called, told = {item.name: item for item in items}, ""
    for one in judged(outcomes.values()):
        unlike = "".join(
            f"<li><b>{esc(title)}</b>: {esc('; '.join(map(locale.translated, other['reasons'])))}</li>"
            for other in one["stands_out"]
            for title in (called[other["name"]].title if other["name"] in called else other["name"],)
        )
        look, *channel = one["range"].split(", ")
        alike = locale.CATALOGUE_ALIKE.format(
            alike=one["products"] - len(one["stands_out"]),
            count=one["products"],
            range=", ".join([titles.get(look, look), *map(of_channel, channel)]),
        )
        told += f"<h2>{esc(alike)}</h2>{f'<ul>{unlike}</ul>' if unlike else ''}"
    return f'<div class="ranges">{told}{hint(locale.CATALOGUE_UNSEEN)}</div>' if told else ""


def _to_channels(outcomes: Mapping[str, Outcome]) -> str:
    """A button that takes all that was made to the history, to be downloaded for channels as it is approved."""
    runs = list(dict.fromkeys(one.run_id for one in outcomes.values() if one.run_id and one.pictures))
    return chip(f"↓ {locale.CATALOGUE_PACK}", "opened", runs[0], packs=",".join(runs)) if runs else ""


def progress(
    view: View, doing: str, items: Sequence[Item], outcomes: Mapping[str, Outcome], expected: float | None = None
) -> str:
    """How many of those that can be done are, how far the one in work is, and how long all that is left takes: as those
    did that are finished, and before the first of them as it was `expected`."""
    failed = {name for name, one in outcomes.items() if one.status == "failed"}
    total = sum(not item.problem and item.name not in failed for item in items)
    took = [one.seconds for one in outcomes.values() if one.seconds > 0]
    each = fmean(took) if took else expected and expected / max(1, total)
    item = _next(items, outcomes)
    request = item.request if item else None
    pictures = max(request.count, request.keep or 0) if request else 1
    channel = f", {of_channel(request.channel)}" if request and request.channel else ""
    name = f"{item.title}{channel}" if item else ""
    return counted(view, doing, len(outcomes) - len(failed), total, name=name, pictures=pictures, each=each)


def _next(items: Sequence[Item], outcomes: Mapping[str, Outcome]) -> Item | None:
    """The one in work, for one after the other is made."""
    return next((one for one in items if one.asked and one.name not in outcomes), None)


def summary(catalogue: Catalogue, outcomes: Mapping[str, Outcome]) -> str:
    """What came out, in a sentence."""
    good = sum(outcome.status == "done" for outcome in outcomes.values())
    pictures = sum(len(outcome.pictures) for outcome in outcomes.values())
    return locale.CATALOGUE_SUMMARY.format(good=good, total=len(catalogue.items), count=pictures)


def _row(
    item: Item,
    outcome: Outcome | None,
    folder: Path | None,
    titles: Mapping[str, str],
    decided: Mapping[str, Mapping[int, Decision]],
    *,
    is_told: bool,
    in_work: bool,
    height: str,
) -> str:
    request = item.request
    told = [_source(item.source)]
    if request:
        photos = locale.CATALOGUE_PHOTOS.format(count=len(request.photos)) if len(request.photos) > 1 else ""
        channel = of_channel(request.channel) if request.channel else ""
        is_plain = request.channel and channels.get(request.channel).is_same_for_all(request.mode)
        scene = locale.CATALOGUE_PLAIN if is_plain else request.prompt or titles.get(request.look or "", "")
        told = [channel, *told, photos, scene]
    source = f'<span class="hint">{esc(" · ".join(filter(None, told)))}</span>'
    called = ", ".join(filter(None, (item.title, of_channel(request.channel or "") if request else "")))
    made = _made(outcome, folder, decided.get(outcome.run_id, {}), called) if outcome and folder else ""
    return (
        f'<tr><th scope="row">{_photo(item, request, folder)}{_name(item, outcome)}{source}{height}</th>'
        f"<td>{_state(item, outcome, is_told, in_work)}{made}</td></tr>"
    )


def _name(item: Item, outcome: Outcome | None) -> str:
    """What its product is called, which opens its run."""
    if not (outcome and outcome.run_id):
        return esc(item.title)
    return chip(item.title, "opened", outcome.run_id, kind="plain-button")


def _height(item: Item) -> str:
    """A field for how high its product is in truth."""
    if not (request := item.request):
        return ""
    typed = data({"typed": "sized", "value": "height"})
    field = f'<input type="text" inputmode="decimal" value="{esc(height_of(request))}"{typed}>'
    return f'<label class="height"{data({"product": item.product})}>{esc(locale.HINTS["height_cm"])} {field}</label>'


def _made(outcome: Outcome, folder: Path, decided: Mapping[int, Decision], called: str) -> str:
    """The pictures of what is `called` so, to be looked at and decided about one by one."""
    cards = "".join(
        f'<div class="card"><button type="button" class="picture" data-full="{esc(picture_url(file))}"'
        f' data-alt="{esc(called)}" data-caption="{esc(called)}" aria-label="{esc(locale.FULL_SIZE)}, {esc(called)}">'
        f'<img src="{uri}" alt=""></button>{bar(outcome.run_id, index, decided.get(index, Decision()))}</div>'
        for index, name in pictured(outcome, folder)
        for file in (folder / name,)
        if (uri := file_uri(file, MADE))
    )
    return f'<div class="made">{cards}</div>' if cards else ""


def pictured(outcome: Outcome, folder: Path) -> list[tuple[int, str]]:
    """The index in its run of each finished picture, and its file."""
    try:
        return list(zip(_kept(folder / outcome.folder, outcome.run_id), outcome.pictures, strict=False))
    except (OSError, ValueError, NoRecord):  # its folder was deleted since
        return []


@lru_cache(maxsize=2 * LISTED)
def _kept(folder: Path, run_id: str) -> tuple[int, ...]:
    """The indices of the pictures that the run of that id kept, best first.

    Raises:
        NoRecord: another run lies there now.
    """
    record = read_file(folder)
    if record.run_id != run_id:
        raise NoRecord(run_id)
    return tuple(entry.index for entry in best_first(record))


def _source(told: str) -> str:
    """The line of a table in the page's words; a file by its name."""
    kind, _, number = told.partition(" ")
    return locale.CATALOGUE_LINE.format(number=number) if kind == "line" and number.isdecimal() else told


def _photo(item: Item, request: Request | None, folder: Path | None) -> str:
    """The first photo that is at hand; nothing without a `folder`."""
    if folder is None:
        return ""
    photos = [photo for photo in request.photos if photo not in item.away] if request else []
    named = folder / "source" / Path(item.source).name  # of a photo that is a product by itself
    uri = next((found for file in (*photos[:1], named) if (found := file_uri(file, THUMB))), "")
    return image(uri)


def _state(item: Item, outcome: Outcome | None, is_told: bool, in_work: bool) -> str:
    if item.problem and is_told:
        return badge(locale.CATALOGUE_NO_SETTING if str(item.problem) == NO_PROMPT else locale.CATALOGUE_ABOVE)
    if in_work:
        return badge(locale.CATALOGUE_IN_WORK, "accent")
    if outcome is None:
        return badge(locale.CATALOGUE_READY) if not item.problem else _bad(item.problem, item)
    if outcome.status == "failed":
        return _bad(outcome.reason, item)
    kept = locale.SUMMARY.format(kept=len(outcome.pictures), count=outcome.made)
    doubt = f" {badge(locale.DOUBTFUL, 'warn')}" if is_doubtful(item, outcome) else ""
    return badge(kept, "ok" if outcome.status == "done" else "warn") + doubt


def is_doubtful(item: Item, outcome: Outcome) -> bool:
    """Whether a cut-out is doubtful that nobody has looked after."""
    found = item.request.mask_request if item.request else None
    looked_after = found is not None and (found.steered or found.chosen > 0 or found.confirmed)
    return outcome.cutout_confidence is not None and outcome.cutout_confidence < DOUBTED and not looked_after


def _bad(reason: str, item: Item) -> str:
    return f'{badge(locale.CATALOGUE_WRONG, "fail")}<span class="hint">{esc(_told(reason, item))}</span>'


def _told(problem: str, item: Item) -> str:
    """What is wrong, with options as the item's source calls them: a table has columns, for photos there is a form."""
    return locale.translated(problem, _column if item.source.startswith("line ") else locale.labelled)


def _column(option: str) -> str:
    name = option.replace("-", "_")
    return locale.QUOTED.format(text={"channel": "channels"}.get(name, name))
