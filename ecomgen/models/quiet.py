"""Libraries of models that tell programmers of their progress and give advice, on the user's terminal."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any


@contextmanager
def quiet(*libraries: str) -> Iterator[None]:
    """Keep the progress bars and warnings of `libraries` (diffusers, transformers) away; as before afterwards.

    They load torchao, of whose classes torch would tell what their programmers should change.
    """
    with _errors_only("torch.utils._pytree"):
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


@contextmanager
def _errors_only(name: str) -> Iterator[None]:
    """Of a module's logger."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
