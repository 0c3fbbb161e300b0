"""One picture after the other: its rules, its quality, its product, and what mends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecomgen import channels, outbound, scoring
from ecomgen.audit.repairs import Missed, Remedy, repairs_of
from ecomgen.audit.sources import Picture, found_in
from ecomgen.channels import Channel
from ecomgen.errors import BadInput
from ecomgen.export import RuleResult, read_pixels
from ecomgen.messages import Message
from ecomgen.types import Level, Progress, Report, silent
from ecomgen.workflows.channel_check import check_file
from ecomgen.workflows.evaluation import score

READABLE = "readable"  # the rule that a picture fails which cannot be opened


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a source is held against: `channels` by name; without any, that of the shop whose feed it is."""

    channels: tuple[str, ...] = ()
    reference_column: str = ""
    out: Path | None = None  # in whose folder `repaired` repairs put what they make; by default in one called audit


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What holds for a picture on every channel. A score that cannot be told is None."""

    quality: float | None = None
    identity: float | None = None
    threshold: float = 0.0
    reasons: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[str, ...]:
        """Which of the scores are too low."""
        poor = ("quality",) if self.quality is not None and self.quality < scoring.LOW else ()
        other = ("identity",) if self.identity is not None and self.identity < self.threshold else ()
        return (*other, *poor)


@dataclass(frozen=True, kw_only=True)
class Audited:
    """A picture on one channel, or on none."""

    picture: Picture
    file: Path
    channel: str | None
    rules: tuple[RuleResult, ...]
    judged: Judged
    repairs: tuple[Remedy, ...]

    @property
    def failed(self) -> tuple[str, ...]:
        """The rules and scores that it fails."""
        return (*(one.rule for one in self.rules if level(one) == "fail"), *self.judged.failed)


def level(rule: RuleResult) -> Level:
    """A rule that a channel only recommends warns."""
    if rule.passed:
        return "ok"
    return "fail" if rule.required else "warn"


def audit(source: Path, wanted: Wanted, report: Report = silent) -> list[Audited]:
    """Look at every picture of a source, on every channel that is wanted.

    Raises:
        BadInput: the source cannot be read, or has no picture.
        UsageError: a channel or column is named that there is not.
    """
    found = found_in(source, wanted.reference_column)
    names = wanted.channels or tuple(filter(None, [found.channel]))
    asked = [channels.get(name) for name in names] or [None]
    audited: list[Audited] = []
    for done, picture in enumerate(found.pictures):
        report(Progress(step="audit", done=done, total=len(found.pictures), message=Path(picture.place).name))
        place = (wanted.out or Path("audit")).absolute() / "repaired" / f"{done + 1:04d}"
        audited += _looked_at(picture, asked, place)
    return audited


def _looked_at(picture: Picture, asked: Sequence[Channel | None], place: Path) -> Iterator[Audited]:
    file = Path(picture.place)
    try:
        if outbound.is_address(picture.place):
            file = outbound.cached_picture(picture.place)
        elif not file.exists():
            raise BadInput("There is no {source}: check the name and the folder.", source=picture.place)
        judged = _judged(file, picture)
        found = [check_file(file, channel) if channel else () for channel in asked]
    except BadInput as error:
        gone = RuleResult(rule=READABLE, passed=False, found=error.message, wanted="a picture file")
        judged, found = Judged(), [(gone,)] * len(asked)
    for channel, rules in zip(asked, found, strict=True):
        wrong = {one.rule: one.required for one in rules if not one.passed} | dict.fromkeys(judged.failed, True)
        missed = Missed(picture=picture, file=file, channel=channel, wrong=wrong, place=place)
        yield Audited(
            picture=picture,
            file=file,
            channel=channel and channel.name,
            rules=rules,
            judged=judged,
            repairs=() if READABLE in wrong else repairs_of(missed),
        )


def _judged(file: Path, picture: Picture) -> Judged:
    """Quality, and where photos of the product are known whether it is that product."""
    if not picture.references:
        return _well_made(file)
    gone = [photo.name for photo in picture.references if not photo.is_file()]
    if gone:
        reason = Message("There is no photo {gone}: correct the column of references.", gone=", ".join(gone))
        return _well_made(file, reason)
    try:
        (entry,) = score([file], picture.references)
    except BadInput as error:  # of the photos; where it is the picture's own, it comes again
        return _well_made(file, error.message)
    return Judged(
        quality=entry["quality"],
        identity=entry["identity"],
        threshold=entry["threshold"],
        reasons=tuple(entry["reasons"]),
    )


def _well_made(file: Path, *reasons: str) -> Judged:
    quality, findings = scoring.technical(read_pixels(file))
    return Judged(quality=round(quality, 4), reasons=(*reasons, *findings))
