"""How events of the screen are connected: nothing of them is part of the public API, nothing covers what is shown.

And how a file that an event makes comes to be saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import gradio as gr

from ecomgen.web.jobs.scheduler import Job, Place, lane
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import person

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "show_progress_on": []}
SWIFT: dict[str, Any] = PRIVATE | {"queue": False}  # answered at once, also while others wait
LONG: dict[str, Any] = PRIVATE | {"concurrency_limit": None}  # goes on for long, and keeps nobody waiting
MANY: dict[str, Any] = LONG | {"trigger_mode": "multiple"}  # may come again before it is answered
SEARCH: dict[str, Any] = PRIVATE | {  # finds products in photos: only the latest counts, and four run at a time
    "trigger_mode": "always_last",
    "concurrency_limit": 4,
    "concurrency_id": "look",
}


def filling(names: Iterable[str], told: Mapping[str, Any]) -> list[Any]:
    """The outputs of these names, in their order: what is told of them, the rest as it is."""
    return list({**dict.fromkeys(names, gr.skip()), **told}.values())


def told_number(evt: gr.EventData) -> float:
    """The number that an event brings."""
    return float(str(evt.value))


def scroll_to(place: str) -> str:
    """A script for an event: bring `place` into view."""
    return f"() => goTo(document.querySelector('{place}'))"


def hidden_button(name: str) -> gr.DownloadButton:
    """Holds the file that was made; `then_saved` presses it."""
    return gr.DownloadButton("zip", visible="hidden", elem_id=name)


def then_saved(event: Any, name: str) -> Any:
    """Once the file is there, the browser saves it."""
    return event.success(None, None, None, js=f"() => document.querySelector('#{name}').click()", **PRIVATE)


def stops(button: gr.Button, job: gr.State, place: Any, told: Callable[[], str]) -> None:
    """Let a button stop the job that the page watches; what is `told` of it stands at a place."""

    def stop(job: Job | None) -> str:
        if job:
            job.cancel()
        return told()

    button.click(stop, [job], [place], **SWIFT)


def watching_again(place: Place, watched: Callable[[Job], Iterator[list[Any]]]) -> Callable[..., Iterator[Any]]:
    """The handler by which a page shows what its owner started last at a place of the screen.

    A page that is opened anew shows it as it goes on or as it ended. One that has seen a job, or holds something else,
    shows only what is in work elsewhere, once its own has ended.
    """

    @spoken
    def watch_again(web: gr.Request, seen: Job | None, *held: Any) -> Iterator[Any]:
        job = lane.current(person(web).name, place)
        is_new = job is not None and job is not seen and not any(held)
        if job and is_new and (seen is None or (seen.view.ended and not job.view.ended)):
            yield from watched(job)
        else:
            yield gr.skip()

    return watch_again
