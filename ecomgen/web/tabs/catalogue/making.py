"""A catalogue in work: what is chosen for it, what there is to make, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ecomgen.catalogue import Catalogue, Outcome
from ecomgen.catalogue.cutouts import CutOuts
from ecomgen.runlog import run_log
from ecomgen.web import locale
from ecomgen.web.jobs.scheduler import View
from ecomgen.web.markup import message
from ecomgen.web.messages import ended
from ecomgen.web.tabs.catalogue import cutouts, cutouts_markup, markup

COUNT = 1  # so that a range is soon seen


class Chosen(NamedTuple):
    """What the form says for products that do not say it themselves."""

    prompt: str = ""
    look: str = ""  # a name
    channels: tuple[str, ...] = ()
    pictures: int = COUNT  # of each product

    @classmethod
    def of(cls, prompt: str | None, look: str | None, channels: list[str] | None, count: float | None) -> Chosen:
        """As the components tell it."""
        return cls((prompt or "").strip(), look or "", tuple(channels or ()), int(count or COUNT))

    def as_columns(self) -> dict[str, str]:
        """As a table would say it, without what is empty."""
        told = {
            "prompt": self.prompt,
            "look": self.look,
            "channels": ";".join(self.channels),
            "count": str(self.pictures),
        }
        return {name: text for name, text in told.items() if text}


class Making:
    """A catalogue in work in a folder: what there is to make, and what became of it `so_far`, by name."""

    makes_pictures = True

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self.so_far: dict[str, Outcome] = {}

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left that can be made."""
        made = sum(one.status != "failed" for one in self.so_far.values())
        return made == len(self.catalogue.items) - len(self.catalogue.problems)

    @property
    def is_made(self) -> bool:
        """Whether there are pictures, and nothing is left that can be made."""
        return bool(self.so_far) and self.is_whole

    def table(self, *, working: bool = False) -> str:
        """What there is to make and what became of it, with what was decided of its pictures."""
        log, runs = run_log(), filter(None, (one.run_id for one in self.so_far.values()))
        decided = {run: log.decisions(run) for run in runs}
        expected = None if working or self.so_far else self.expected
        return markup.plan(self.catalogue, self.folder, self.so_far, decided, expected=expected, working=working)

    @cached_property
    def expected(self) -> float | None:
        """Seconds that all of it is likely to take; nothing where nothing on this machine tells."""
        from ecomgen.catalogue.estimate import likely_seconds

        return likely_seconds(request for item in self.catalogue.items if (request := item.request))

    def record(self, outcome: Outcome) -> None:
        """One product is finished."""
        self.so_far[outcome.name] = outcome

    def progress(self, view: View) -> str:
        """How far it is."""
        items = self.catalogue.items
        return markup.progress(view, locale.CATALOGUE_DOING, items, self.so_far, self.expected)

    def ended(self, error: BaseException | None) -> str:
        """What came out."""
        if error is None:
            return message(markup.summary(self.catalogue, self.so_far), "plain")
        return ended(error, locale.CATALOGUE_STOPPED if self.so_far else locale.CANCELLED_EMPTY)

    @property
    def is_cut_out(self) -> bool:
        """Whether nothing is left that can be cut out."""
        return cutouts.seen(self.folder).is_whole


class Cutting(Making):
    """A catalogue whose products are being cut out."""

    makes_pictures = False

    def __init__(self, made: Making, cut: CutOuts) -> None:
        super().__init__(made.folder, made.catalogue)
        self.so_far = made.so_far
        self.cut = cut

    @property
    def is_cut_out(self) -> bool:
        """Whether nothing is left that can be cut out."""
        return self.cut.is_whole

    def progress(self, view: View) -> str:
        """How far it is."""
        return markup.progress(view, locale.CUTOUTS_DOING, self.cut.items, self.cut.so_far)

    def ended(self, error: BaseException | None) -> str:
        """Nothing more than the cut-outs say themselves, or why it has stopped."""
        return "" if error is None else ended(error, locale.CUTOUTS_STOPPED)

    def cutouts(self, *, working: bool) -> str:
        """The cut-outs as far as they have come."""
        from ecomgen.catalogue.cutouts import fine

        if not working:  # what has been corrected since is seen, too
            return cutouts_markup.every(cutouts.seen(self.folder), self.folder, 0)
        return cutouts_markup.every(replace(self.cut, fine=fine(self.folder)), self.folder, 0, working=True)
