"""What happens when somebody decides about a picture on the screen."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ecomgen.runlog import Said
from ecomgen.runlog.decisions import Decision, agreement
from ecomgen.web.deciding import markup
from ecomgen.web.events import PRIVATE
from ecomgen.web.markup import live
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import judged_by, person, run_log, run_of

LATEST: dict[str, Any] = {"trigger_mode": "always_last", **PRIVATE}  # decisions may come faster than answers
EVENT = "decided"  # of cards; its value is RUN:INDEX:ACT, with :REASON or :WORDS behind it


class Deciding:
    """What is told of the last decision; the page's script takes it to the picture's cards."""

    def __init__(self) -> None:
        self.told = gr.HTML("", apply_default_css=False, elem_id="decided")

    def wire(self, grids: list[Any], results: Any, history: Any, tab: gr.Tab) -> None:
        """Connect the cards of several grids, and what depends on what was decided."""
        asked, shown = [results.threshold], [results.agreement]
        for grid in grids:
            event = grid.decided(decide, None, [self.told], concurrency_limit=None, trigger_mode="multiple", **PRIVATE)
            told = event.success(agreeing, asked, shown, **LATEST)
            told.then(counted, None, [history.counted], **LATEST)
        results.run.change(agreeing, asked, shown, **LATEST)
        results.threshold.change(agreeing, asked, shown, **LATEST)
        tab.select(counted, None, [history.counted], **PRIVATE)


def agreement_place() -> Any:
    """Where it stands that people disagree with the threshold."""
    return live("", "fitted", elem_id="agreement")


@spoken
def decide(web: gr.Request, evt: gr.EventData) -> str:
    """Enter a decision; the picture's bar as it stands now."""
    who = person(web)
    run, index, act, *more = str(evt.value).split(":", 3)
    record, _ = run_of(who, run)
    rest = more[0] if more else ""
    said = {"reason": rest} if act == "reject" else {"words": rest.strip()}
    one: Any = {"number": 0, "run_id": record.run_id, "position": int(index), "said": "", "act": act, **said}
    log = run_log()
    log.decide(Said(person=who.signature, **one))
    return markup.bar(record.run_id, int(index), log.decisions(record.run_id).get(int(index), Decision()))


@spoken
def agreeing(web: gr.Request, threshold: float) -> str:
    """How what people decided agrees with the threshold that is set."""
    return markup.agreeing(agreement(judged_by(person(web)), threshold))


@spoken
def counted(web: gr.Request) -> str:
    """Approvals and reasons of rejections, counted beside their scores."""
    return markup.counted(judged_by(person(web)))


def fitted(evt: gr.EventData) -> float:
    """The threshold that was offered."""
    return float(str(evt.value))
