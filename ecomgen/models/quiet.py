"""Libraries of models that tell programmers of their progress and give advice, on the user's terminal."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any


@contextmanager
def quiet(*libraries: str) -> Iterator[None]:
    """Keep the progress bars and warnings of `libraries` (diffusers, transformers) away; as before afterwards.

    They load torchao, of whose classes torch would tell what their programmers should change.
    """
    with ExitStack() as back:
        logger = logging.getLogger("torch.utils._pytree")
        back.callback(logger.setLevel, logger.level)
        logger.setLevel(logging.ERROR)
        for library in libraries:
            voice: Any = import_module(f"{library}.utils.logging")
            back.callback(voice.set_verbosity, voice.get_verbosity())
            if voice.is_progress_bar_enabled():
                back.callback(voice.enable_progress_bar)
            voice.set_verbosity_error()
            voice.disable_progress_bar()
        yield
