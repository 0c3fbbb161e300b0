"""What is written about an audit: its entries as JSON, and a page to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ecomgen.atomic_file import write_atomically, write_json
from ecomgen.audit.journey import Audited, level
from ecomgen.errors import BadPhoto
from ecomgen.export import RuleResult
from ecomgen.export.thumbnails import shrunk
from ecomgen.types import MARKS

SIDE = 360  # pixels of a picture in the report
TEMPLATE = Path(__file__).parent / "report.html"


def entry(one: Audited) -> dict[str, Any]:
    """A picture's entry in JSON."""
    return {
        "path": one.picture.place,
        "channel": one.channel,
        "rules": [{"name": rule.rule, "verdict": level(rule), "figure": figure(rule)} for rule in one.rules],
        "identity": one.judged.identity,
        "quality": one.judged.quality,
        "repairs": [
            {"rank": rank, "command": repair.command, "does": repair.does, "mends": list(repair.mends)}
            for rank, repair in enumerate(one.repairs, start=1)
        ],
    }


def figure(rule: RuleResult) -> float | str:
    """A rule's number; what was found where it has none."""
    return rule.found if rule.value is None else rule.value


def write_report(audited: Sequence[Audited], out: Path) -> Path:
    """Write audit.json, report.html and its small pictures; returns the page.

    Raises:
        CannotWrite: the folder cannot be written.
    """
    write_json(out / "audit.json", {"pictures": [entry(one) for one in audited]})
    files = enumerate(dict.fromkeys(one.file for one in audited))
    thumbnails = ((file, f"thumbnails/{number:05d}.webp") for number, file in files)
    shown = {file: name for file, name in thumbnails if _shrunk(file, out / name)}
    page = out / "report.html"
    write_atomically(page, _page(audited, shown).encode("utf-8"))
    return page


def _shrunk(file: Path, target: Path) -> bool:
    with suppress(BadPhoto, OSError):
        write_atomically(target, shrunk(file, SIDE))
        return True
    return False


def _page(audited: Sequence[Audited], thumbnails: dict[Path, str]) -> str:
    """Whatever stands in a feed is escaped by the template."""
    from jinja2 import Environment

    worst_first = sorted(audited, key=lambda one: (-len(one.failed), one.picture.place))
    missed = Counter(name for one in audited for name in one.failed)
    template = Environment(autoescape=True).from_string(TEMPLATE.read_text("utf-8"))
    return template.render(
        pictures=worst_first,
        failed=sum(bool(one.failed) for one in audited),
        missed=missed.most_common(),
        thumbnails=thumbnails,
        level=level,
        marks=MARKS,
    )
