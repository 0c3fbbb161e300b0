"""What happens when somebody decides about a picture on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from ecomgen.runlog import Said, run_log
from ecomgen.runlog.decisions import agreement
from ecomgen.web import controls
from ecomgen.web.deciding import markup
from ecomgen.web.events import MANY, PRIVATE
from ecomgen.web.markup import hint
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import Person, judged_by, person, run_of

LATEST: dict[str, Any] = {"trigger_mode": "always_last", **PRIVATE}  # decisions may come faster than answers
EVENT = "decided"  # of cards; its value is RUN:INDEX:ACT, with :REASON or :WORDS behind it


class Deciding:
    """What is told of the last decision; the page's script takes it to the picture's cards."""

    def __init__(self) -> None:
        self.told = controls.markup(name="decided")

    def wire(self, grids: list[Any], results: Any, history: Any, tab: gr.Tab) -> None:
        """Connect the cards of several grids, and what depends on what was decided."""
        asked, shown = [results.run, results.threshold], [results.agreement]
        of_history = [
            history.details.decided(decide, None, [self.told], **MANY),
            *history.choice.judged(self.told),
        ]
        for event in of_history:
            history.lists_after(event)
        for event in (*of_history, *(grid.decided(decide, None, [self.told], **MANY) for grid in grids)):
            told = event.success(agreeing, asked, shown, **LATEST)
            told.then(counted, None, [history.counted], **LATEST)
        results.run.change(agreeing, asked, shown, **LATEST)
        results.threshold.change(agreeing, asked, shown, **LATEST)
        tab.select(counted, None, [history.counted], **PRIVATE)


@spoken
def decide(web: gr.Request, evt: gr.EventData) -> str:
    """Enter a decision; the picture's bar as it stands now."""
    return enter(person(web), [str(evt.value)])


def enter(who: Person, values: Sequence[str]) -> str:
    """Enter decisions, each as a card tells it: all of them, or none. Their pictures' bars as they stand now.

    Raises:
        UsageError: a run is not theirs to see, or a decision will not do.
    """
    log = run_log()
    said = [_said(who, value) for value in values]
    for run in {one.run_id for one in said}:
        run_of(who, run)
    log.decide(*said)
    standing = {run: log.decisions(run) for run in {one.run_id for one in said}}
    return "".join(markup.bar(one.run_id, one.position, standing[one.run_id][one.position]) for one in said)


def _said(who: Person, value: str) -> Said:
    run, index, act, *more = value.split(":", 3)
    rest = more[0] if more else ""
    what: Any = {"act": act} | ({"reason": rest} if act == "reject" else {"words": rest.strip()})
    return Said(number=0, run_id=run, position=int(index), said="", person=who.signature, **what)


@spoken
def agreeing(web: gr.Request, run: str, threshold: float) -> str:
    """What people decided of the run that is shown, and how all their verdicts agree with the threshold that is set."""
    who = person(web)
    standing = run_log().decisions(run_of(who, run)[0].run_id) if run else {}
    return hint(markup.tally(standing.values())) + markup.agreeing(agreement(judged_by(who), threshold))


@spoken
def counted(web: gr.Request) -> str:
    """Approvals and reasons of rejections, counted."""
    return markup.counted(judged_by(person(web)))
