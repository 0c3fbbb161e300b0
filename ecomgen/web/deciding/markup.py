"""What was decided as HTML: the bar of a picture, the trail of a run, and how people and threshold agree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from ecomgen.runlog import Judged, Said
from ecomgen.runlog.decisions import Agreement, Decision, reasons
from ecomgen.settings import account
from ecomgen.web import locale
from ecomgen.web.markup import bullets, chip, copying, esc, folded, hint, message, table, unfolding
from ecomgen.web.security.origins import is_loopback


def bar(run: str, index: int, decision: Decision) -> str:
    """The buttons of one picture, as it stands; those beside the enlarged picture are a copy."""
    picture = f"{run}:{index}"
    chips = "".join(
        _chip(picture, act, undo if on else act, title, sign, on)
        for act, undo, title, sign, on in (
            ("star", "unstar", locale.DECIDE["star"], "★", decision.starred),
            ("approve", "undecide", locale.DECIDE["approve"], "✓", decision.verdict == "approved"),
        )
    )
    return (
        f'<div class="decision" data-picture="{esc(picture)}" data-version="{decision.version}" role="group"'
        f' aria-label="{esc(locale.DECIDE_LABEL)}">{chips}{_rejecting(picture, decision)}{_commenting(picture)}'
        f"{told(decision)}</div>"
    )


def _chip(picture: str, name: str, act: str, title: str, sign: str, on: bool) -> str:
    words, facts = "" if name == "star" else title, {"act": name}
    hover, value = _hover(name), f"{picture}:{act}"
    return chip(words, "decided", value, sign=signed(sign), title=hover, label=title, pressed=on, **facts)


def _hover(act: str) -> str:
    """What a button is called, its key, and what comes of it."""
    return f"{locale.DECIDE[act]} ({act[0].upper()}): {locale.DECIDE_HINTS[act]}"


def signed(sign: str) -> str:
    """A sign before a button's words, which is not read out."""
    return f'<span aria-hidden="true">{sign}</span> '


def _rejecting(picture: str, decision: Decision) -> str:
    """The reasons, under a button; once more on the reason that was given takes the verdict back."""
    rejected = decision.verdict == "rejected"
    choices = "".join(
        chip(title, "decided", f"{picture}:{act}", sign=f"<kbd>{number}</kbd>", pressed=one, act="reject")
        for number, (reason, title) in enumerate(locale.REASONS.items(), start=1)
        for one in (rejected and decision.reason == reason,)
        for act in ("undecide" if one else f"reject:{reason}",)
    )
    return _reject(choices, on=rejected)


def _reject(reasons: str, *, on: bool = False) -> str:
    summary, kind = f"{signed('✗')}{esc(locale.DECIDE['reject'])}", "chip on" if on else "chip"
    asked = f'<span class="why" aria-hidden="true">{esc(locale.WHY)}:</span>'
    return unfolding("reject", summary, asked + reasons, locale.WHY, title=_hover("reject"), **{"class": kind})


def _commenting(picture: str) -> str:
    title, hover = esc(locale.DECIDE["comment"]), esc(_hover("comment"))
    return (
        f'<details class="comment"><summary class="chip" data-act="comment" title="{hover}" aria-label="{title}">'
        f"{signed('✎')}</summary>"
        f'<input type="text" maxlength="1000" data-typed="decided" data-value="{esc(picture)}:comment"'
        f' aria-label="{title}" placeholder="{esc(locale.COMMENT_HINT)}"></details>'
    )


def together() -> str:
    """What is done with all that is chosen; the page's script counts it and writes the names into the chips' values."""
    words = json.dumps({"run": locale.CHOSEN_RUNS, "picture": locale.CHOSEN_PICTURES})
    star, approve = locale.DECIDE["star"], locale.DECIDE["approve"]
    reasons = "".join(
        _asking("judged", f"reject:{reason}", title, f"<kbd>{number}</kbd>")
        for number, (reason, title) in enumerate(locale.REASONS.items(), start=1)
    )
    acts = _asking("judged", "star", star, signed("★"), _hover("star"))
    acts += _asking("judged", "approve", approve, signed("✓"), _hover("approve"))
    acts += _reject(reasons)
    acts += f'<button type="button" class="chip" data-packing aria-expanded="false">↓ {esc(locale.DOWNLOAD)}</button>'
    sure = _asking("forgotten", "delete", locale.DELETE_SURE)
    acts += unfolding("delete", esc(locale.DELETE), sure, locale.DELETE, title=f"{locale.DELETE} (Del)")
    acts += chip(locale.CHOOSE_ALL, choosing="all") + chip(locale.CHOOSE_NONE, choosing="none")
    return (
        f'<div class="decision deciding chosen-bar" data-words="{esc(words)}" role="group" '
        f'aria-label="{esc(locale.CHOSEN)}"><strong role="status"></strong>{acts}</div>'
    )


def _asking(event: str, ask: str, text: str, sign: str = "", title: str = "") -> str:
    return chip(text, sign=sign, title=title, trigger=event, act=ask.partition(":")[0], ask=ask)


def judged(act: str, back: Sequence[str]) -> str:
    """How many of the chosen pictures were decided about, and what takes it back."""
    if not back:
        return message(locale.JUDGED_NONE, "plain")
    told = locale.JUDGED.format(count=len(back), what=locale.ACTS[act])
    return message(told, "ok", chip(locale.TAKE_BACK, "undone", ",".join(back)))


def choosing(name: str, title: str) -> str:
    """The box that chooses a run or a picture."""
    label = esc(f"{locale.CHOOSE}: {title}")
    return (
        f'<label class="choose" title="{esc(locale.CHOOSE)}"><input type="checkbox" data-choose="{esc(name)}"'
        f' aria-label="{label}"></label>'
    )


def told(decision: Decision) -> str:
    """Why it was rejected, who gave the verdict unless that is who runs the app, and the comments."""
    lines = []
    if decision.reason or decision.by not in ("", account()):
        verdict = locale.VERDICTS[decision.verdict]
        words = f"{verdict}: {locale.REASONS[decision.reason]}" if decision.reason else verdict
        lines.append(words if decision.by == account() else locale.DECIDED_BY.format(what=words, who=decision.by))
    lines += [locale.SAID_BY.format(words=one.words, who=one.person) for one in decision.comments]
    return bullets(lines, "said")


def tally(decisions: Collection[Decision]) -> str:
    """How many pictures of a run people approved, rejected and starred, in words; nothing where it is none."""
    count = Counter(one.verdict for one in decisions) + Counter({"starred": sum(one.starred for one in decisions)})
    return ", ".join(told.format(count=count[name]) for name, told in locale.TALLY.items() if count[name])


def trail(said: Sequence[Said]) -> str:
    """Every act on a run's pictures, first to last."""
    return folded(f"{locale.TRAIL} ({len(said)})", bullets(map(_line, said)))


def _line(one: Said) -> str:
    more = [locale.REASONS[one.reason]] if one.reason else []
    more += [locale.QUOTED.format(text=one.words)] if one.words else []
    when = locale.moment(datetime.fromisoformat(one.said))
    return ", ".join((when, one.person, locale.NUMBERED.format(number=one.position + 1), locale.ACTS[one.act], *more))


def linked(address: str, until: int) -> str:
    """A link for reviewers, with a button that copies it."""
    there = f'<a href="{esc(address)}" target="_blank" rel="noreferrer">{esc(address)}</a>'
    words = f"{esc(locale.LINK_LABEL)}. {esc(locale.LINK_UNTIL.format(day=locale.moment(until)))}."
    here = is_loopback(urlsplit(address).hostname or "")
    only = f"<br>{esc(locale.LINK_HERE)}" if here else ""
    return f'<p class="message {"warn" if here else "ok"} linked">{words}{only}<br>{there} {copying(address)}</p>'


def agreeing(found: Agreement) -> str:
    """Where people disagree with the threshold, that and which one fits them; nothing where they agree."""
    if not found.approved_below and not found.rejected_above:
        return ""
    said = locale.DISAGREE.format(below=found.approved_below, above=found.rejected_above)
    if found.fits is None:
        return hint(said)
    number = f"{locale.number(found.fits):.2f}"
    use = chip(locale.FIT_USE.format(number=number), "fitted", f"{found.fits:.2f}")
    return message(f"{said} {locale.FITS.format(number=number)}", "warn", use)


def counted(judged: Sequence[Judged]) -> str:
    """What was approved, and each reason of rejections, with how many pictures."""
    found = reasons(judged)
    if not found:
        return hint(locale.UNDECIDED)
    titles: Mapping[str, str] = locale.VERDICTS | locale.REASONS
    rows = "".join(
        f'<tr><th scope="row">{esc(titles[name])}</th><td>{count}</td></tr>' for name, (count, _) in found.items()
    )
    return table((locale.VERDICT, locale.PHOTO_COUNT), rows)
