"""What goes wrong is said in the screen's own words, and what comes from outside cannot act as HTML."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import pytest

from ecomgen.errors import BadPrompt, UsageError
from ecomgen.messages import Message, flag
from ecomgen.web import locale
from ecomgen.web.markup import badge, file_url
from ecomgen.web.messages import spoken


def test_options_become_the_labels_of_the_form() -> None:
    message = Message("Mark the product with {--box}, or lower {option}, not {--speed}.", option=flag("threshold"))
    assert message == "Mark the product with --box, or lower --threshold, not --speed."
    label = f"Mark the product with “{locale.OPTIONS['box']}”, or lower “{locale.OPTIONS['threshold']}”, not --speed."
    assert locale.translated(message) == label
    assert locale.translated(Message("Lower {--threshold}.")) == f"Lower “{locale.OPTIONS['threshold']}”."
    assert locale.translated("run with --box") == "run with --box"


STORED = (
    Message("Candidate {number} was taken, since it looks like the product in the other photos.", number=2),
    Message(
        "Identity {identity:.2f} is below the threshold {threshold:.2f}: {finding}",
        identity=0.4,
        threshold=0.6,
        finding=Message("all hues are turned by about {degrees:.0f}°", degrees=13),
    ),
    Message("Holes of {pixels:,} pixels inside the product were filled; --no-fill leaves them open.", pixels=3294),
)


@pytest.mark.parametrize("message", STORED)
def test_a_stored_sentence_is_told_as_the_message_it_was(message: Message) -> None:
    spoken_here = locale.spoken_here.set("de")
    try:
        told, stored = locale.translated(message), locale.translated(str.__str__(message))
    finally:
        locale.spoken_here.reset(spoken_here)
    assert stored == told != message


def test_what_somebody_wrote_is_no_message() -> None:
    spoken_here = locale.spoken_here.set("de")
    try:
        assert locale.translated("a walnut table, 13° and 40 cm") == "a walnut table, 13° and 40 cm"
    finally:
        locale.spoken_here.reset(spoken_here)


def test_a_command_that_fetches_weights_is_a_button_of_the_screen() -> None:
    said = locale.translated(Message('Run "ecomgen models pull {name}" to fetch it again.', name="clip"))
    assert said == f"Fetch clip under “{locale.TAB_MACHINE}” again."


def test_an_error_of_ours_becomes_its_sentence() -> None:
    @spoken
    def handler() -> None:
        raise UsageError("There is no <b>pipeline</b> of that name.")

    with pytest.raises(gr.Error) as caught:
        handler()
    assert caught.value.message == "There is no &lt;b&gt;pipeline&lt;/b&gt; of that name."
    assert caught.value.print_exception is False


def test_a_stream_says_its_error_after_what_it_gave() -> None:
    @spoken
    def handler() -> Iterator[int]:
        yield 1
        raise BadPrompt("The prompt is empty.")

    stream = handler()
    assert next(stream) == 1
    with pytest.raises(gr.Error, match="The prompt is empty"):
        next(stream)


def test_the_unexpected_is_one_sentence_and_goes_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    @spoken
    def handler() -> None:
        raise ZeroDivisionError("secret detail")

    with caplog.at_level(logging.ERROR), pytest.raises(gr.Error, match="ZeroDivisionError") as caught:
        handler()
    assert "secret" not in caught.value.message
    assert "secret detail" in caplog.text


def test_text_from_outside_is_text() -> None:
    assert "<script>" not in badge("<script>alert(1)</script>", title='"><img src=x onerror=alert(1)>')
    assert file_url(Path("/runs/a b/#1?.png")) == "gradio_api/file=/runs/a%20b/%231%3F.png"
