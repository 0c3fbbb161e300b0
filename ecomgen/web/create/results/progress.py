"""Pictures that are being made as HTML: progress that is true, what is ready, and a place for each to come; and how far
many runs are."""

from __future__ import annotations

import time

from ecomgen.record import CandidateEntry
from ecomgen.record.entries import scores_entry
from ecomgen.web import locale, markup
from ecomgen.web.create.results.markup import card, lightbox, ratio
from ecomgen.web.jobs.scheduler import View
from ecomgen.web.markup import badge, duration, esc, time_left
from ecomgen.web.pictures import data_uri

ENOUGH = 0.15  # of the first picture, from which on the time left is told
BEFORE_SCENES = ("load", "mask", "matte", "place")


def progress(view: View, total: int, expected: float | None = None) -> str:
    """One line and a bar: which picture of how many, which step of it, and the time left, at first as it was `expected`
    in seconds."""
    share = max(len(view.made) / max(1, total), _share_of_scenes(view))
    left = _seconds_left(view, total, expected)
    told = (_detail(view), "" if left is None else time_left(left))
    return markup.progress(_headline(view, total), told, share)


def counted(
    view: View,
    doing: str,
    done: int,
    total: int,
    *,
    name: str = "",
    pictures: int = 1,
    each: float | None = None,
) -> str:
    """How many runs of a job are done, and how far the one in work is, which is called so and makes so many pictures;
    with the time left where `each` takes so many seconds, or as the one in work tells."""
    if view.started is None or view.ahead:
        line = _waiting(view) if view.ahead else doing
        return markup.progress(line, (f"{done} / {total}",), done / max(1, total))
    unit = view.unit or View()
    share, left = _share_of_scenes(unit), _seconds_left(unit, pictures, each)
    pace = locale.SO_FAR.format(time=duration(time.monotonic() - view.started)) if done < total else ""
    if unit.started is not None and left is not None:
        each = each or time.monotonic() - unit.started + left
    if each and done < total:
        pace = time_left((each if left is None else left) + each * (total - done - 1))
    whole = markup.progress(doing, (f"{done} / {total}", pace), (done + share) / max(1, total))
    if view.stopping or done >= total:
        return whole
    told = [_headline(unit, pictures), _detail(unit)]
    if unit.progress and (unit.progress.step in BEFORE_SCENES or pictures == 1):
        told = [locale.STEPS_OF_WORK.get(unit.progress.step, told[0])]
    return whole + markup.progress(name or told.pop(0), told, share)


def live_cards(view: View, total: int, shape: tuple[int, int]) -> str:
    """The pictures that are ready, newest last, and a place for each still to come, with a draft of the next one."""
    cards = "".join(
        card(
            CandidateEntry.of(one, path=str(one.path), sha256="", status="kept", scores=scores_entry(one.scores)),
            one.path,
            shape,
            "made",
        )
        for one in view.made
    )
    waiting = max(0, total - len(view.made))
    draft = ""
    if view.draft is not None and waiting:
        waiting -= 1
        source = data_uri(view.draft, max(view.draft.shape[:2]))
        draft = _coming(shape, f'<img src="{source}" alt="{esc(locale.DRAFT)}">', badge(locale.DRAFT))
    return f'<div class="grid"{lightbox()}>{cards}{draft}{_coming(shape) * waiting}</div>'


def _coming(shape: tuple[int, int], draft: str = "", mark: str = "") -> str:
    """A card as large as the picture's will be, so that nothing jumps when it is there."""
    frame = f'<i style="{ratio(shape)}">{draft}</i>'
    verdict = f'<div class="verdict">{mark}</div>' if mark else ""
    return f'<div class="card coming">{frame}{verdict}<div class="about"></div></div>'


def _share_of_scenes(view: View) -> float:
    """How much of all scenes is made, as the back end counts it; the last picture is done when it is scored."""
    now = view.progress
    if now is None or now.step in BEFORE_SCENES:
        return 0.0
    if now.step == "words":
        return 0.99
    done = now.done + 1 if now.step == "score" else now.done
    return min(0.99, done / max(1, now.total))


def _made(view: View, total: int) -> int:
    """How many pictures are made: those that were seen, or where nobody sees them those that are told of."""
    now = view.progress
    if view.made or now is None or now.step in BEFORE_SCENES:
        return len(view.made)
    if now.step == "scene":
        return max(0, now.done - 1) * total // max(1, now.total)
    return total if now.step == "words" else now.done


def _headline(view: View, total: int) -> str:
    if view.stopping and not view.ended:
        return locale.STOPPING
    if view.started is None:
        return _waiting(view) if view.ahead else locale.PREPARING
    if view.progress is None or view.progress.step in BEFORE_SCENES:
        return locale.PREPARING
    if view.progress.step == "words":
        return locale.STEPS_OF_WORK["words"]
    if (made := _made(view, total)) >= total:
        return locale.FINISHING
    return locale.PICTURE_OF.format(number=made + 1, total=total)


def _waiting(view: View) -> str:
    own = locale.BEHIND.get(view.behind) if view.ahead == 1 else None
    return own or locale.WAITING.format(ahead=view.ahead)


def _detail(view: View) -> str:
    """What is being done, until it is told how long it takes."""
    now = view.progress
    if now is None:
        return ""
    if now.step == "words":
        return locale.TEXT_OF.format(number=now.done + 1, total=now.total)
    return "" if now.step == "scene" and now.done else locale.STEPS_OF_WORK.get(now.step, "")


def _seconds_left(view: View, total: int, expected: float | None) -> float | None:
    """From the pictures that are done; before that as it was `expected`, and from the first picture the more, the more
    there is of it."""
    if view.started is None or len(view.made) >= total:
        return None
    if not view.made:
        share = _share_of_scenes(view)
        still = max(0.0, (expected or 0.0) - (time.monotonic() - view.started))
        if total * share < ENOUGH:
            return still or None
        if view.begun is None:
            return None
        weight = min(1.0, total * share) if still else 1.0
        seen = (time.monotonic() - view.begun) * (1 - share) / share
        return weight * seen + (1 - weight) * still
    each = (view.made[-1].at - view.started) / len(view.made)
    return each * (total - len(view.made)) - (time.monotonic() - view.made[-1].at)
