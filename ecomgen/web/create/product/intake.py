"""Photos that come in: the field they are dropped on, those of them that can be read, and pictures of ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gradio as gr

from ecomgen import references
from ecomgen.errors import EcomgenError
from ecomgen.record import RunRecord
from ecomgen.web.markup import esc
from ecomgen.web.messages import sentence

PHOTO_LIMIT = 10


def readable(files: Sequence[str] | None) -> list[str]:
    """Those that are photos; what is none is said and left out."""
    good = []
    for file in files or []:
        try:
            references.load(file)
            good.append(file)
        except EcomgenError as error:
            gr.Warning(esc(sentence(error)))
    return good


def recalled(files: list[str] | None) -> RunRecord | None:
    """What a finished picture that is dropped alone says of its run."""
    from ecomgen.export.metadata import own_record

    if len(files or []) != 1:
        return None
    try:
        return own_record(Path((files or [""])[0]))
    except EcomgenError:
        return None
