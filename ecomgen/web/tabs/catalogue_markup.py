"""The catalogue as HTML: a table of what is to be made, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ecomgen.web import locale
from ecomgen.web.markup import badge, esc, message

if TYPE_CHECKING:
    from ecomgen.catalogue import Catalogue, Item, Outcome
    from ecomgen.web.jobs.scheduler import View

LISTED = 300  # rows on the screen; the report has them all


def empty() -> str:
    """What stands where the table will be, with an example to copy."""
    return (
        f'<div class="empty small"><h2>{esc(locale.CATALOGUE_EMPTY)}</h2><p>{esc(locale.CATALOGUE_EXAMPLE)}</p>'
        f'<pre class="example">{esc(locale.CATALOGUE_TABLE)}</pre></div>'
    )


def plan(catalogue: Catalogue, outcomes: Mapping[str, Outcome] | None = None) -> str:
    """A row for each product and channel; with `outcomes`, what became of it."""
    listed = [locale.translated(note) for note in catalogue.notes]
    notes = "".join(message(f"{note[:1].upper()}{note[1:]}.", "plain") for note in listed)
    if catalogue.problems:
        count = locale.CATALOGUE_PROBLEMS.format(count=len(catalogue.problems), total=len(catalogue.items))
        notes += message(count, "warn")
    head = "".join(f'<th scope="col">{esc(title)}</th>' for title in locale.CATALOGUE_COLUMNS)
    rows = "".join(_row(item, (outcomes or {}).get(item.name)) for item in catalogue.items[:LISTED])
    left = len(catalogue.items) - LISTED
    more = f'<p class="hint">{esc(locale.CATALOGUE_MORE.format(count=left))}</p>' if left > 0 else ""
    table = f'<table class="plan"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return f'{notes}<div class="scrolled" tabindex="0">{table}</div>{more}'


def progress(view: View, done: int, total: int) -> str:
    """How far the catalogue is."""
    share = 100 * done / max(1, total)
    line = locale.WAITING.format(ahead=view.ahead) if view.started is None and view.ahead else locale.CATALOGUE_DOING
    return (
        f'<div class="progress" role="status"><div class="progress-line"><strong>{esc(line)}</strong>'
        f'<span class="hint">{done} / {total}</span></div><div class="bar" role="progressbar" aria-valuemin="0" '
        f'aria-label="{esc(line)}" '
        f'aria-valuemax="100" aria-valuenow="{share:.0f}"><i style="width:{share:.1f}%"></i></div></div>'
    )


def summary(catalogue: Catalogue, outcomes: Mapping[str, Outcome]) -> str:
    """What came out, in a sentence."""
    good = sum(outcome.status == "done" for outcome in outcomes.values())
    pictures = sum(len(outcome.pictures) for outcome in outcomes.values())
    return locale.CATALOGUE_SUMMARY.format(good=good, total=len(catalogue.items), count=pictures)


def _row(item: Item, outcome: Outcome | None) -> str:
    request = item.request
    photos = "" if request is None else str(len(request.photos))
    prompt = "" if request is None else request.prompt
    return (
        f'<tr><th scope="row">{esc(item.name)}<span class="hint">{esc(item.source)}</span></th><td>{photos}</td>'
        f"<td>{esc(prompt)}</td><td>{_state(item, outcome)}</td></tr>"
    )


def _state(item: Item, outcome: Outcome | None) -> str:
    if outcome is None:
        return badge(locale.CATALOGUE_READY) if not item.problem else _bad(item.problem)
    if outcome.status == "failed":
        return _bad(outcome.reason)
    kept = locale.SUMMARY.format(kept=len(outcome.pictures), count=outcome.made)
    return badge(kept, "ok" if outcome.status == "done" else "warn")


def _bad(reason: str) -> str:
    return f'{badge(locale.CATALOGUE_WRONG, "fail")}<span class="hint">{esc(locale.translated(reason))}</span>'
