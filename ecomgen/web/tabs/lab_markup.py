"""The lab as HTML: pictures in rows and columns, the words that did best, and a scatter of two scores."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ecomgen.lab import Experiment, Matrix, Result
from ecomgen.lab.experiment import Fragment
from ecomgen.lab.matrix import titled
from ecomgen.lab.sheet import placed
from ecomgen.record import NoRecord, read_file
from ecomgen.web import locale
from ecomgen.web.create.results.markup import grade
from ecomgen.web.create.results.progress import counted
from ecomgen.web.jobs.scheduler import View
from ecomgen.web.markup import bullets, chip, esc, facts, file_url, folded, hint, message, saving
from ecomgen.web.pictures import file_uri

THUMB = 360
SEEN = 12
PLACE = '<div class="card coming"><i style="aspect-ratio:1"></i></div>'
INNER, LEFT, TOP, BELOW = 280, 40, 12, 28  # units of the scatter's frame, and the room around it
HOLLOW = ' class="hollow"'
ACROSS, UP = "identity", "adherence"
ALIKE = 0.02  # mean scores that differ by less do not count as different


def empty() -> str:
    """What stands where the sheet will be."""
    return f'<div class="empty small"><h2>{esc(locale.LAB_EMPTY)}</h2><p>{esc(locale.LAB_EMPTY_TEXT)}</p></div>'


def coming(count: int) -> str:
    """A place for each picture to come, as many as are seen at once."""
    return f'<div class="grid coming" aria-hidden="true">{PLACE * min(count, SEEN)}</div>'


def progress(view: View, total: int, pictures: int) -> str:
    """How many combinations are made, and how far the one in work is, of so many pictures."""
    done = view.progress.done if view.progress and view.progress.step == "catalogue" else 0
    return counted(view, locale.LAB_DOING, done, total, pictures=pictures)


def compared(wanted: Matrix, made: Experiment, out: Path) -> str:
    """The sheet, the ranking and the scatter of a finished experiment."""
    problems = "".join(message(locale.translated(problem), "warn") for problem in made.problems)
    sheet = _sheet(wanted, made.results, out)
    figures = folded(locale.LAB_FIGURES, _figures(made) + _scatter(made.results))
    return problems + _best(made.results, out) + _files(out) + sheet + _ranking(made) + figures


def _files(out: Path) -> str:
    """The sheet and the tables, to be downloaded."""
    files = {"contact-sheet.png": locale.LAB_SHEET, "scores.csv": locale.LAB_SCORES, "fragments.csv": locale.LAB_WORDS}
    links = "".join(
        saving(file_url(out / name), name, f"↓ {title}") for name, title in files.items() if (out / name).is_file()
    )
    return f'<div class="chips lab-files">{links}</div>' if links else ""


def _ignored(one: Result, out: Path) -> tuple[str, ...]:
    """The words that had no effect on a picture."""
    try:
        return tuple(read_file((out / one.path).parent.parent).ignored)
    except (OSError, ValueError, NoRecord):
        return ()


def _best(results: Sequence[Result], out: Path) -> str:
    """The picture with the best overall score of those of whose words most were understood, and a way to go on; none
    where several are as good."""
    scored = [one for one in results if one.scores.overall is not None]
    if not scored:
        return ""
    ignored = {id(one): _ignored(one, out) for one in scored}
    best, *others = sorted(scored, key=lambda one: (len(ignored[id(one)]), -(one.scores.overall or 0.0)))
    alike = [one for one in others if len(ignored[id(one)]) == len(ignored[id(best)]) and _shown(one) == _shown(best)]
    if alike:
        return message(locale.LAB_TIED.format(count=1 + len(alike)), "plain")
    left = ", ".join(ignored[id(best)])
    winner = locale.LAB_WINNER.format(prompt=best.cell.prompt)
    winner += f" {locale.LAB_IGNORED.format(words=left)}" if left else ""
    use = chip(locale.LAB_USE, "used", f"{best.run_id}:{best.seed}", kind="chip on")
    return message(winner, "ok", use)


def _shown(one: Result) -> str:
    """Its overall score as it is read."""
    return f"{one.scores.overall:.2f}"


def _sheet(wanted: Matrix, results: Sequence[Result], out: Path) -> str:
    rows, columns, cells = placed(wanted, results)
    seeds = len({result.seed for result in results}) > 1
    heads = [_words(key if seeds else key[:-1]) for key in columns]
    head = "".join(f'<th scope="col">{words}</th>' if words else "<td></td>" for words in heads)
    corner = "<td></td>" if any(rows) else ""
    body = "".join(
        "<tr>"
        + (f'<th scope="row">{_words(row)}</th>' if row else "")
        + "".join(_cell(cells.get((row, column)), out) for column in columns)
        + "</tr>"
        for row in rows
    )
    table = f'<table class="lab"><thead><tr>{corner}{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="scrolled" tabindex="0">{table}</div>'


def _words(values: Sequence[str]) -> str:
    return "<br>".join(esc(value or locale.LAB_NOTHING) for value in values)


def _cell(result: Result | None, out: Path) -> str:
    if result is None:
        return "<td></td>"
    alt = f"{result.cell.prompt}, {locale.OPTIONS['seed']} {result.seed}"
    return (
        f'<td class="{"" if result.status == "kept" else "filtered"}"><button type="button" class="picture"'
        f' data-trigger="opened" data-value="{esc(result.run_id)}"><img src="{file_uri(out / result.path, THUMB)}"'
        f' alt="{esc(alt)}"></button>{hint(_told(result))}</td>'
    )


def _told(result: Result) -> str:
    """What was found in a picture, in words."""
    if result.status != "kept":
        return locale.FILTERED
    faults = ((locale.SCORES[name][0], fault) for name in locale.FAULTLESS if (fault := grade(result.scores, name)))
    measured = any(getattr(result.scores, name) is not None for name in locale.FAULTLESS)
    return "; ".join(f"{title}: {fault}" for title, fault in faults) or (locale.NO_FAULT if measured else "")


def _ranking(made: Experiment) -> str:
    """How the words of each choice did, a line for each."""
    axes: dict[str, list[Fragment]] = {}
    for one in made.fragments:
        axes.setdefault(one.axis, []).append(one)
    lines = bullets((_ranked(values) for values in axes.values() if len(values) > 1), "compared")
    return f'<h2 class="part">{esc(locale.LAB_BEST)}</h2>{lines}' if lines else ""


def _ranked(values: Sequence[Fragment]) -> str:
    """Which values of an axis, best first, did best or as well, and which did not."""
    least = values[0].mean - max(ALIKE, values[0].spread)
    good, less = ([_value(one) for one in values if (one.mean > least) is is_good] for is_good in (True, False))
    told = (locale.LAB_ALIKE if len(good) > 1 else locale.LAB_BETTER).format(words=", ".join(good))
    return f"{told} {locale.LAB_WORSE.format(words=', '.join(less))}" if less else told


def _value(one: Fragment) -> str:
    return titled(one.axis, one.value) or locale.LAB_NOTHING


def _figures(made: Experiment) -> str:
    """The mean score of each value, and by how much its pictures differ."""
    if not made.fragments:
        return ""
    told = {_value(one): f"{locale.number(one.mean):.2f} ± {locale.number(one.spread):.2f}" for one in made.fragments}
    return hint(locale.LAB_BEST_HINT) + facts(told)


def _scatter(results: Sequence[Result]) -> str:
    """Identity against adherence, where this machine can judge both; hollow dots were filtered out."""
    points = [
        (x, y, one)
        for one in results
        if (x := getattr(one.scores, ACROSS)) is not None and (y := getattr(one.scores, UP)) is not None
    ]
    if not points:
        return ""
    across, up = Axis.around([x for x, _, _ in points]), Axis.around([y for _, y, _ in points])
    dots = "".join(
        f'<circle cx="{LEFT + INNER * across.share(x):.1f}" cy="{TOP + INNER * (1 - up.share(y)):.1f}" r="5"'
        f"{'' if one.status == 'kept' else HOLLOW}><title>{esc(one.cell.prompt)}: {locale.number(x):.2f}, "
        f"{locale.number(y):.2f}</title></circle>"
        for x, y, one in points
    )
    names = locale.SCORES[ACROSS][0], locale.SCORES[UP][0]
    legend = locale.LAB_SCATTER.format(across=names[0], up=names[1])
    width, height, middle = LEFT + INNER + TOP, TOP + INNER + BELOW, TOP + INNER / 2
    return (
        f'<figure class="scatter"><svg viewBox="0 0 {width} {height}" role="img" aria-label="{esc(legend)}">'
        f'<rect x="{LEFT}" y="{TOP}" width="{INNER}" height="{INNER}"/>'
        f'<text x="{LEFT}" y="{TOP + INNER + 18}">{locale.number(across.low):g}</text>'
        f'<text x="{LEFT + INNER}" y="{TOP + INNER + 18}" text-anchor="end">{locale.number(across.high):g}</text>'
        f'<text x="{LEFT + INNER / 2}" y="{TOP + INNER + 18}" text-anchor="middle">{esc(names[0])} →</text>'
        f'<text x="{LEFT - 6}" y="{TOP + INNER}" text-anchor="end">{locale.number(up.low):g}</text>'
        f'<text x="{LEFT - 6}" y="{TOP + 10}" text-anchor="end">{locale.number(up.high):g}</text>'
        f'<text x="{LEFT - 12}" y="{middle}" text-anchor="middle" transform="rotate(-90 {LEFT - 12} {middle})">'
        f"{esc(names[1])} →</text>{dots}</svg>"
        f'<figcaption class="hint">{esc(legend)}</figcaption></figure>'
    )


@dataclass(frozen=True, kw_only=True)
class Axis:
    """The part of a score's range that is drawn."""

    low: float
    high: float

    @classmethod
    def around(cls, values: Sequence[float]) -> Axis:
        """From the tenth below the least value to the tenth above the largest."""
        low, high = math.floor(10 * min(values)) / 10, math.ceil(10 * max(values)) / 10
        return cls(low=low, high=high) if high > low else cls(low=low - 0.1, high=high + 0.1)

    def share(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)
