"""One app in every language: the same components and events, with the texts of whoever asks for the page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import gradio as gr

from ecomgen.web import locale


class Screen(gr.Blocks):
    """Blocks whose page is sent in the language of the browser.

    The page is built once more for each further language when it is first asked for. Only what its components show is
    taken from that; ids and events stay those of the app that runs.
    """

    another: Callable[[], gr.Blocks]  # builds the same page in the language that is spoken then
    _built: dict[str, Any]
    _lock = threading.Lock()

    @property
    def config(self) -> Any:
        code = locale.spoken_here.get()
        return self._built[locale.USUAL] if code == locale.USUAL else self._translated(code)

    @config.setter
    def config(self, built: Any) -> None:
        self._built = {locale.USUAL: built}

    def _translated(self, code: str) -> Any:
        with self._lock:
            if code not in self._built:
                usual = self._built[locale.USUAL]
                theirs: Any = self.another().config
                self._built[code] = {**usual, "components": _shown(usual["components"], theirs["components"])}
            return self._built[code]


def _shown(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Our components with the texts of theirs: both pages are built alike, in the same order."""
    return [our | {"props": their["props"]} for our, their in zip(ours, theirs, strict=True)]
