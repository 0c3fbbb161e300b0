"""What goes wrong is said in the screen's own words, and what comes from outside cannot act as HTML."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import pytest

from ecomgen.errors import BadPrompt, UsageError
from ecomgen.web import locale
from ecomgen.web.markup import badge, file_url
from ecomgen.web.messages import in_screen_words, spoken


def test_options_become_the_labels_of_the_form() -> None:
    said = in_screen_words("Mark the product with --box X0,Y0,X1,Y1, or lower --threshold.")
    assert said == f"Mark the product with “{locale.BOX}”, or lower “{locale.LEVEL}”."
    assert in_screen_words("run with --unheard-of") == "run with --unheard-of"
    pulled = in_screen_words('No weights are here; run "ecomgen models pull clip-vit-b-32".')
    assert pulled == f"No weights are here; fetch clip-vit-b-32 under “{locale.TAB_MACHINE}”."


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
