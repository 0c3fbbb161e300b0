"""Libraries of models that tell programmers of their progress and give advice, on the user's terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any


@contextmanager
def quiet(*libraries: str) -> Iterator[None]:
    """Keep the progress bars and warnings of `libraries` (diffusers, transformers) away; as before afterwards."""
    voices: list[Any] = [import_module(f"{library}.utils.logging") for library in libraries]
    before = [(voice.get_verbosity(), voice.is_progress_bar_enabled()) for voice in voices]
    for voice in voices:
        voice.set_verbosity_error()
        voice.disable_progress_bar()
    try:
        yield
    finally:
        for voice, (verbosity, bars) in zip(voices, before, strict=True):
            voice.set_verbosity(verbosity)
            if bars:
                voice.enable_progress_bar()
